"""The sentences of a debrief. They say what was told, recorded and listed, and nothing about whoever recorded it."""

from __future__ import annotations

from collections.abc import Sequence

from screener.forms.evaluation import RuleOutcome
from screener.training.kept import Asked
from screener.training.scenario import PATIENT, Release, Told

NOT_RECORDED = "Not recorded"
NOT_SHOWN = "Not shown"
"""Nothing is recorded, and another answer keeps the question from being asked."""
NOT_TOLD_OF = "The story says nothing"
NOT_TOLD = "not told"
STORYS, RECORDED = "the story’s answers", "what was recorded"
NOT_ESTABLISHED, NOT_LISTED = "Not established", "Not listed"
MOST_QUOTED = 40
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_TAKES = {
    Release.FIRST: "when asked",
    Release.AGAIN: "when asked again",
    Release.OPEN: "when asked in open words",
    Release.ALONE: "with nobody else in the room",
}
WHEN = {
    Release.FIRST: "when asked",
    Release.AGAIN: "when asked again",
    Release.OPEN: "when asked in open words, kindly",
    Release.ALONE: "with nobody else in the room",
}
"""The same as instructions to whoever plays the patient."""
ON_REQUEST = "shown when it is asked for"


def capital(text: str) -> str:
    """The same with its first letter as a sentence begins."""
    return f"{text[:1].upper()}{text[1:]}"


def ordinal(number: int) -> str:
    """first, second, ... tenth, 11th."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def how_told(asked: Asked, nth: int) -> str:
    """`told the second time, alone`."""
    said = [f"told the {ordinal(nth)} time"]
    said += ["in open words"] * asked.openly + ["alone"] * asked.alone
    said += [f"by {asked.to}"] * (asked.to != PATIENT)
    return ", ".join(said)


def takes(told: Told) -> str:
    """What it takes until these words come out."""
    who = "" if told.by == PATIENT else f"by {told.by} "
    return f"told {who}{_TAKES[told.when]}"


def quoted(words: str, label: str, *, story: bool) -> str:
    """An answer as a sentence has it: “yes”, or in general words where it is long."""
    if words == NOT_RECORDED:
        return RECORDED
    if len(words) > MOST_QUOTED:
        return STORYS if story else RECORDED
    return f"“{words}”" + (f" under {label}" if label else "")


def effect(
    end: RuleOutcome,
    truth: RuleOutcome,
    *,
    recorded: str,
    story: str,
    listed: str | None,
    left: str | None,
    responded: str | None,
    also: Sequence[str],
) -> str:
    """What the list did with one item, and what it would have done with the story's answer."""
    said = [_did(end, recorded, listed, left, responded)]
    if (end.outcome, end.level) != (truth.outcome, truth.level):
        said.append(f"With {story} {_would(truth)}{_also(also)}.")
    return " ".join(said)


def _did(end: RuleOutcome, recorded: str, listed: str | None, left: str | None, responded: str | None) -> str:
    if end.outcome == "listed":
        return f"Listed {listed}, {'no response recorded' if responded is None else f'response {responded}'}."
    if left is not None:
        return f"Listed {listed}; with {recorded} it left the list {left}."
    return f"{NOT_ESTABLISHED}." if end.outcome == "not_established" else f"{NOT_LISTED} with {recorded}."


def did(outcome: str, listed: str | None, left: str | None) -> str:
    """What the list did with an item, in one clause."""
    if outcome == "listed":
        return f"Listed {listed}"
    if left is not None:
        return f"Listed {listed}, left the list {left}"
    return NOT_ESTABLISHED if outcome == "not_established" else NOT_LISTED


def _would(truth: RuleOutcome) -> str:
    match truth.outcome:
        case "listed":
            return f"it is listed as “{truth.title}”" if truth.level else "it is listed"
        case "not_established":
            return "it is not established"
        case _:
            return "it is not listed"


def _also(also: Sequence[str]) -> str:
    return f", together with {'; '.join(also)}" if also else ""


def means(phase: str, all_of_them: str, without: str, differ: Sequence[tuple[str, bool]]) -> str:
    """The mean with and without the last reading, and the items for which that makes a difference."""
    where = f" {phase}" if phase else ""
    said = f"Mean{where} {all_of_them}; without the last reading {without}."
    for title, listed in differ:
        said += f" Without it “{title}” {'is listed' if listed else 'is not listed'}."
    return said
