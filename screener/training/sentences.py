"""The sentences of a debrief. They say what was told, recorded and listed, and nothing about whoever recorded it."""

from __future__ import annotations

from collections.abc import Sequence

from screener.forms.evaluation import RuleOutcome
from screener.forms.words import by_words
from screener.language import KEPT, Voice, kept
from screener.training.kept import Asked
from screener.training.scenario import PATIENT, Release, Told

NOT_RECORDED = kept("Not recorded")
NOT_SHOWN = kept("Not shown")
"""Nothing is recorded, and another answer keeps the question from being asked."""
NOT_TOLD_OF = kept("The story says nothing")
NOT_TOLD = kept("not told")
STORYS, RECORDED = kept("the story’s answers"), kept("what was recorded")
NOT_ESTABLISHED, NOT_LISTED = kept("Not established"), kept("Not listed")
MOST_QUOTED = 40
_ORDINALS = (
    kept("first"), kept("second"), kept("third"), kept("fourth"), kept("fifth"),
    kept("sixth"), kept("seventh"), kept("eighth"), kept("ninth"), kept("tenth"),
)  # fmt: skip
_FURTHER = {1: kept("{number}st"), 2: kept("{number}nd"), 3: kept("{number}rd")}
_TAKES = {
    Release.FIRST: kept("when asked"),
    Release.AGAIN: kept("when asked again"),
    Release.OPEN: kept("when asked in open words"),
    Release.ALONE: kept("with nobody else in the room"),
}
WHEN = {
    Release.FIRST: "when asked",
    Release.AGAIN: "when asked again",
    Release.OPEN: "when asked in open words, kindly",
    Release.ALONE: "with nobody else in the room",
}
"""The same as instructions to whoever plays the patient."""
ON_REQUEST = kept("shown when it is asked for")


def capital(text: str) -> str:
    """The same with its first letter as a sentence begins."""
    return f"{text[:1].upper()}{text[1:]}"


def ordinal(number: int, say: Voice = KEPT) -> str:
    """first, second, ... tenth, 11th."""
    if number <= len(_ORDINALS):
        return say.word(_ORDINALS[number - 1])
    regular = number % 100 in (11, 12, 13) or number % 10 not in _FURTHER
    ending = say.tr("{number}th") if regular else say.word(_FURTHER[number % 10])
    return ending.format(number=number)


def how_told(asked: Asked, nth: int, say: Voice = KEPT) -> str:
    """`told the second time, alone`."""
    said = [say.tr("told the {ordinal} time").format(ordinal=ordinal(nth, say))]
    said += [say.tr("in open words")] * asked.openly + [say.tr("alone")] * asked.alone
    said += [say.tr("by {whom}").format(whom=by_words(asked.to, say))] * (asked.to != PATIENT)
    return ", ".join(said)


def takes(told: Told, say: Voice = KEPT) -> str:
    """What it takes until these words come out."""
    when = say.word(_TAKES[told.when])
    if told.by == PATIENT:
        return say.tr("told {when}").format(when=when)
    return say.tr("told by {whom} {when}").format(whom=by_words(told.by, say), when=when)


def quoted(words: str, label: str, *, story: bool, say: Voice = KEPT) -> str:
    """An answer as a sentence has it: “yes”, or in general words where it is long."""
    if words == say.word(NOT_RECORDED):
        return say.word(RECORDED)
    if len(words) > MOST_QUOTED:
        return say.word(STORYS if story else RECORDED)
    if not label:
        return f"“{words}”"
    return say.tr("“{words}” under {label}").format(words=words, label=label)


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
    say: Voice = KEPT,
) -> str:
    """What the list did with one item, and what it would have done with the story's answer."""
    said = [_did(end, recorded, listed, left, responded, say)]
    if (end.outcome, end.level) != (truth.outcome, truth.level):
        would = _would(truth, say)
        if also:
            with_others = say.tr("With {story} {would}, together with {also}.")
            said.append(with_others.format(story=story, would=would, also="; ".join(also)))
        else:
            said.append(say.tr("With {story} {would}.").format(story=story, would=would))
    return " ".join(said)


def _did(
    end: RuleOutcome, recorded: str, listed: str | None, left: str | None, responded: str | None, say: Voice
) -> str:
    if end.outcome == "listed":
        if responded is None:
            return say.tr("Listed {listed}, no response recorded.").format(listed=listed)
        return say.tr("Listed {listed}, response {responded}.").format(listed=listed, responded=responded)
    if left is not None:
        went = say.tr("Listed {listed}; with {recorded} it left the list {left}.")
        return went.format(listed=listed, recorded=recorded, left=left)
    if end.outcome == "not_established":
        return f"{say.word(NOT_ESTABLISHED)}."
    return say.tr("Not listed with {recorded}.").format(recorded=recorded)


def did(outcome: str, listed: str | None, left: str | None, say: Voice = KEPT) -> str:
    """What the list did with an item, in one clause."""
    if outcome == "listed":
        return say.tr("Listed {listed}").format(listed=listed)
    if left is not None:
        return say.tr("Listed {listed}, left the list {left}").format(listed=listed, left=left)
    return say.word(NOT_ESTABLISHED if outcome == "not_established" else NOT_LISTED)


def _would(truth: RuleOutcome, say: Voice) -> str:
    match truth.outcome:
        case "listed" if truth.level:
            return say.tr("it is listed as “{title}”").format(title=truth.title)
        case "listed":
            return say.tr("it is listed")
        case "not_established":
            return say.tr("it is not established")
        case _:
            return say.tr("it is not listed")


def means(phase: str, all_of_them: str, without: str, differ: Sequence[tuple[str, bool]], say: Voice = KEPT) -> str:
    """The mean with and without the last reading, and the items for which that makes a difference."""
    where = f" {phase}" if phase else ""
    mean = say.tr("Mean{where} {mean}; without the last reading {without}.")
    said = mean.format(where=where, mean=all_of_them, without=without)
    for title, listed in differ:
        one = say.tr("Without it “{title}” is listed.") if listed else say.tr("Without it “{title}” is not listed.")
        said += f" {one.format(title=title)}"
    return said
