"""What a record sealed in words of the program, as the window says it; whatever else was sealed stays as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from screener.forms.answering import NotAnAnswer, read_account
from screener.forms.model import Question
from screener.forms.reasons import state_words
from screener.forms.words import STATE_WORDS, by_words, value_words
from screener.language import ENGLISH, KEPT, WINDOW, Voice, kept, spoken
from screener.records.browse import Json
from screener.rules.values import Kind, State

_RETOLD = frozenset(map(str, (Kind.YES_NO, Kind.DATE, Kind.DATETIME, Kind.READINGS, Kind.MEDICINES)))
"""Kinds whose words are all the program's own, or were typed."""
_WITH_UNIT = re.compile(r"(?P<low>-?[\d.]+)(?: to (?P<high>-?[\d.]+))? (?P<unit>[^\d]+)")

_TYPED = re.compile(r"(?P<said>.+) \(typed as (?P<value>\S+) (?P<unit>.+)\)")
_NOT_CHOSEN = re.compile(r"(?P<title>.+): not chosen \(options: (?P<options>.+)\)")
_INEXACT = kept("{answer} (not exact or not complete enough to tell)")


def answer_shown(question: Json) -> str:
    """The words that were sealed under a question, each account's by themselves."""
    words, recorded = str(question["words"]), question["recorded"]
    if spoken() == ENGLISH or not words:
        return words
    if recorded is None:
        return _of_figures(words)
    return _accounts(question, recorded, words, brief=False)


def lines_shown(questions: Iterable[Json], lines: Sequence[str]) -> tuple[str, ...]:
    """What an item rested on, or what it lacked, each line `label: answer` as it was sealed."""
    if spoken() == ENGLISH or not lines:
        return tuple(lines)
    labelled = [(str(question["label"]), question) for question in questions]
    return tuple(_line(line, labelled) for line in lines)


def _line(line: str, labelled: Sequence[tuple[str, Json]]) -> str:
    for label, question in labelled:
        if line.startswith(f"{label}: "):
            said = line.removeprefix(f"{label}: ")
            return f"{label}: {_answer(question, said)}"
    chosen = _NOT_CHOSEN.fullmatch(line)
    if chosen is not None:
        not_chosen = WINDOW.tr("{title}: not chosen (options: {options})")
        return not_chosen.format(title=chosen["title"], options=chosen["options"])
    return line


def _answer(question: Json, said: str) -> str:
    answer = said.removesuffix(_INEXACT.removeprefix("{answer}"))
    shown = state_words(answer, WINDOW)
    if shown == answer:
        recorded = question["recorded"]
        shown = _of_figures(answer) if recorded is None else _accounts(question, recorded, answer, brief=True)
    return shown if answer == said else WINDOW.word(_INEXACT).format(answer=shown)


def _accounts(question: Json, recorded: Json, words: str, *, brief: bool) -> str:
    accounts = recorded["accounts"]
    if len(accounts) == 1:
        return _account(question, accounts[0], words, brief=brief)
    parts = list(_parts([str(entry["by"]) for entry in accounts], words))
    if len(parts) != len(accounts):
        return words
    return " · ".join(
        f"{by_words(entry['by'], WINDOW)}: {_account(question, entry, said, brief=brief)}{WINDOW.tr(' (used)') * used}"
        for entry, (said, used) in zip(accounts, parts, strict=True)
    )


def _parts(informants: Sequence[str], words: str) -> Iterator[tuple[str, bool]]:
    """What each informant said, and whether it is the account that is used; nothing where the words are not theirs."""
    rest = words
    for place, by in enumerate(informants):
        if not rest.startswith(f"{by}: "):
            return
        rest = rest.removeprefix(f"{by}: ")
        following = informants[place + 1 : place + 2]
        said, cut, after = rest.partition(f" · {following[0]}: ") if following else (rest, "", "")
        rest = f"{following[0]}: {after}" if cut else ""
        used = said.endswith(" (used)")
        yield said.removesuffix(" (used)"), used


def _account(question: Json, entry: Mapping[str, Any], words: str, *, brief: bool) -> str:
    """One account: a state, or a value whose words today are the sealed ones."""
    if "state" in entry:
        state = STATE_WORDS[State(entry["state"])]
        return WINDOW.word(state) if words == state else words
    if question["kind"] == Kind.CHOICES and not entry.get("value"):
        return WINDOW.tr("none of these") if words == KEPT.tr("none of these") else words
    if question["kind"] not in _RETOLD:
        return _of_figures(words) if question["kind"] == Kind.NUMBER else words
    asked = Question(id="sealed.question", kind=Kind(question["kind"]), text=question["label"], parts=_PARTS)
    try:
        value = read_account(asked, entry.get("value"), str(entry["by"])).value
    except NotAnAnswer:
        return words

    def said(say: Voice) -> str:
        return "" if value is None else value_words(asked, value, brief=brief, say=say)

    return said(WINDOW) if said(KEPT) == words else words


_PARTS = ("systolic", "diastolic", "pulse")


def _of_figures(words: str) -> str:
    """A figure, or from where to where it lies, with its unit."""
    typed = _TYPED.fullmatch(words)
    if typed is not None:
        said = WINDOW.tr("{said} (typed as {value} {unit})")
        unit = WINDOW.word(typed["unit"])
        return said.format(said=_of_figures(typed["said"]), value=typed["value"], unit=unit)
    found = _WITH_UNIT.fullmatch(words)
    if found is None:
        return words
    span = WINDOW.tr("{low} to {high}").format(low=found["low"], high=found["high"]) if found["high"] else found["low"]
    return f"{span} {WINDOW.word(found['unit'])}"
