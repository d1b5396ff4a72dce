"""What earlier signed records of a reference hold for an open screening: answers to offer, items as they stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from screener.forms.answering import Given, NotAnAnswer
from screener.forms.model import Pack, Question
from screener.forms.words import answer_words, by_words, record_of, short_day
from screener.language import KEPT, WINDOW, Voice
from screener.records.outcomes import Outcome, outcomes_of
from screener.records.sitting import Sitting, in_order, last_of_each, questions_of
from screener.rules.expressions import Ask
from screener.rules.values import Kind, Reading, Readings, State
from screener.screening.answers import Carried, NotAskedToday, Recorded
from screener.text import moment


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """The latest answer of an earlier signed record to a question, as today's question reads it."""

    day: str
    """Of the visit: `12 Oct 2026`."""
    words: str
    """As they stand in the record, and are kept again."""
    shown: str
    """The same as the window says it."""
    raw: Any
    by: str
    """Who said it then."""
    signer: str
    """Who signed that record."""
    record: Carried
    """The record that holds it."""
    note: str = ""

    @property
    def informant(self) -> str:
        """Under whom it is recorded where it is taken over."""
        return record_of(self.day)

    @property
    def source(self) -> str:
        """The note that is kept with it: where it came from, who said it, what was noted then."""
        return self.source_in(KEPT)

    def source_in(self, say: Voice) -> str:
        """The same as it is kept, or as the window says it."""
        then = say.tr("; noted then: {note}").format(note=say.word(self.note)) if self.note else ""
        said = say.tr("From the record of {day}, signed {at} by {signer}; said by {by}{then}")
        return said.format(
            day=short_day(self.record.visit_date, say),
            at=moment(self.record.signed_at),
            signer=self.signer,
            by=by_words(self.by, say),
            then=then,
        )

    @property
    def asked_today(self) -> Carried:
        """What is kept with an answer that was asked today and is the same."""
        return replace(self.record, asked=True)


@dataclass(frozen=True, slots=True)
class Detail:
    """What an earlier record holds in words beside an answer."""

    question: Question
    answer: EarlierAnswer


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

    def answer(self, pack: Pack, question_id: str, day: date) -> EarlierAnswer | None:
        """The answer of the latest earlier record that has anything under a question; None where it holds no answer.

        None also where the content says that it is asked anew at every visit; an age is offered for less than a year,
        counted from the day of this visit. Where it was declined last time, or not known, no older answer is offered in
        its place. Only an answer that today's question reads in the words of the record: what was asked otherwise is
        not offered.
        """
        same_for = pack.questions[question_id].same_for
        if same_for is None and pack.asked_anew(question_id):
            return None
        for sitting, recorded in zip(self.sittings, self._recorded, strict=True):
            held = recorded.get(question_id)
            if held is not None:
                answered = held["state"] == State.ANSWERED
                late = same_for is not None and date.fromisoformat(sitting.visit_date) <= same_for.before(day)
                return _offered(pack.questions[question_id], held, sitting) if answered and not late else None
        return None

    def detail(self, pack: Pack, questions: Mapping[str, Question], question_id: str, day: date) -> Detail | None:
        """What the same record holds in words of what is offered for a question, where that answer has it asked.

        Who it is that takes somebody home is one answer with that somebody does: both are asked as the same, or
        neither. Other details are facts of their own, and nothing of a sensitive question comes with another.
        """
        first = self.answer(pack, question_id, day)
        for question in questions.values() if first is not None else ():
            if question.kind is Kind.TEXT and not question.sensitive and _hangs_on(question, question_id, first):
                found = self.answer(pack, question.id, day)
                if found is not None and first is not None and found.record == first.record:
                    return Detail(question, found)
        return None

    def readings_of(self, pathway: str, question: Question) -> tuple[Sitting, tuple[Reading, ...]] | None:
        """The latest record of a pathway that holds readings, and these; None where none does, or accounts differ."""
        for sitting, recorded in zip(self.sittings, self._recorded, strict=True):
            held = recorded.get(question.id)
            if held is not None and sitting.content["opening"]["pathway"] == pathway:
                given = _given(question, held)
                value = None if given is None else given.value
                if isinstance(value, Readings) and value.items:
                    return sitting, value.items
        return None

    def not_asked_today(self, pack: Pack, questions: Iterable[str], day: date) -> dict[str, NotAskedToday]:
        """What there is to offer for these questions, as it stands in a record of today that did not ask them."""
        found = ((question, self.answer(pack, question, day)) for question in questions)
        return {question: NotAskedToday(answer.words, answer.record) for question, answer in found if answer}


def _given(question: Question, held: Any) -> Given | None:
    try:
        return Recorded.from_json(question, held["recorded"]).given
    except NotAnAnswer:
        return None


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
    words, shown = (_alone(recorded, account.by, say) for say in (KEPT, WINDOW))
    record = Carried(sitting.record, sitting.visit_date, sitting.signed_at, sitting.sha256)
    return EarlierAnswer(
        short_day(sitting.visit_date), words, shown, entry.raw, account.by, sitting.signer, record, entry.note
    )


def _hangs_on(question: Question, other: str, held: EarlierAnswer | None) -> bool:
    shown = question.shown_when
    if held is None or not isinstance(shown, Ask) or shown.ask != other:
        return False
    return held.raw in (shown.one_of or (shown.is_,))


def _alone(recorded: Recorded, by: str, say: Voice) -> str:
    """One of the accounts, by itself."""
    entry = recorded.entry_of(by)
    assert entry is not None
    return answer_words(recorded.question, Recorded(recorded.question, (entry,)).given, say=say)
