"""What earlier signed records of a reference hold for an open screening: answers to offer, items as they stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from screener.forms.answering import NotAnAnswer
from screener.forms.model import Question
from screener.forms.words import answer_words
from screener.records.outcomes import Outcome, outcomes_of
from screener.records.sitting import Sitting, in_order, last_of_each, questions_of
from screener.rules.values import Kind, State
from screener.screening.answers import Recorded
from screener.text import moment

_OFFERED = frozenset((Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.DATE, Kind.TEXT))
"""Never readings, lists of medicines with their last days, instruments, times: what they say is of their day."""
_ASKED_ANEW = frozenset(("suicidality-and-safety", "pregnancy-and-lactation", "dose-day", "this-visit"))
"""Themes whose questions are asked anew at every visit."""
_OF_THE_DAY = re.compile(r"(?:^|[._])(?:now|today|current|suicide|suicidal|suicidality|pregnan\w*|lactat\w*)(?:[._]|$)")
"""Words in a question's id that make it one of the day, or one that is never answered from an earlier record."""


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """The latest answer of an earlier signed record to a question, as today's question reads it."""

    day: str
    """Of the visit: `12 Oct 2026`."""
    words: str
    raw: Any
    by: str
    """Who said it then."""
    signed: str
    """`signed 2026-10-12 10:42 by Clinician A`."""
    note: str = ""

    @property
    def informant(self) -> str:
        """Under whom it is recorded where it is taken over."""
        return f"record of {self.day}"

    @property
    def source(self) -> str:
        """The note that is kept with it: where it came from, who said it, what was noted then."""
        then = f"; noted then: {self.note}" if self.note else ""
        return f"From the record of {self.day}, {self.signed}; said by {self.by}{then}"


@dataclass(frozen=True, slots=True)
class EarlierItem:
    """How one rule stood in one earlier signed record; None where the rule did not run there."""

    sitting: Sitting
    outcome: Outcome | None


class Earlier:
    """The earlier signed records of one reference, latest first. Nothing in them changes by being read."""

    def __init__(self, sittings: Iterable[Sitting] = (), *, without: str = "") -> None:
        """`without`: the screening that is open; its own signed parts are no earlier screening."""
        signed = [s for s in in_order(sittings) if s.signed and s.screening != without]
        self.sittings: Sequence[Sitting] = tuple(reversed(last_of_each(signed)))
        self._outcomes = [outcomes_of(sitting.content) for sitting in self.sittings]
        self._recorded = [
            {q["id"]: q for _, q in questions_of(s.content) if q["recorded"] and q["hidden_because"] is None}
            for s in self.sittings
        ]

    def __bool__(self) -> bool:
        return bool(self.sittings)

    def items(self, rule_id: str) -> list[EarlierItem]:
        """How a rule stood in each earlier record, latest first."""
        return [
            EarlierItem(sitting, outcomes.get(rule_id))
            for sitting, outcomes in zip(self.sittings, self._outcomes, strict=True)
        ]

    def answer(self, question: Question, theme_id: str) -> EarlierAnswer | None:
        """The answer of the latest earlier record that has anything under a question; None where it holds no answer.

        Where it was declined last time, or not known, no older answer is offered in its place. Only an answer that
        today's question reads in the words of the record: what was asked otherwise is not offered.
        """
        if not may_be_offered(question, theme_id):
            return None
        for sitting, recorded in zip(self.sittings, self._recorded, strict=True):
            held = recorded.get(question.id)
            if held is not None:
                return _offered(question, held, sitting) if held["state"] == State.ANSWERED else None
        return None


def may_be_offered(question: Question, theme_id: str) -> bool:
    """Whether an earlier answer to a question is offered at all: never of suicidality, pregnancy, or the day itself."""
    return question.kind in _OFFERED and theme_id not in _ASKED_ANEW and _OF_THE_DAY.search(question.id) is None


def _offered(question: Question, held: Any, sitting: Sitting) -> EarlierAnswer | None:
    try:
        recorded = Recorded.from_json(question, held["recorded"])
        given = recorded.given
    except NotAnAnswer:
        return None
    if given.state is not State.ANSWERED or answer_words(question, given) != held["words"]:
        return None
    account = given.effective
    entry = recorded.entry_of(account.by)
    assert entry is not None
    words = answer_words(question, given) if len(given.accounts) == 1 else f"{_alone(recorded, account.by)}"
    signed = f"signed {moment(sitting.signed_at)} by {sitting.signer}"
    return EarlierAnswer(sitting.day, words, entry.raw, account.by, signed, entry.note)


def _alone(recorded: Recorded, by: str) -> str:
    """One of several accounts, by itself."""
    entry = recorded.entry_of(by)
    assert entry is not None
    return answer_words(recorded.question, Recorded(recorded.question, (entry,)).given)
