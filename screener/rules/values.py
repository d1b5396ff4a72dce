"""The values that rules read: answers with their states, partial dates, readings, medicines, instruments."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Kind(StrEnum):
    """The answer kinds: one vocabulary for the form, its JSON, cases, journal and tables."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    TEXT = "text"
    READINGS = "readings"
    MEDICINES = "medicines"
    INSTRUMENT = "instrument"
    DERIVED = "derived"


class State(StrEnum):
    """How a question stands. Everything but ANSWERED and NOT_APPLICABLE is unknown to the logic."""

    ANSWERED = "answered"
    NOT_KNOWN = "not_known"
    DECLINED = "declined"
    COME_BACK = "come_back"
    NOT_ASKED = "not_asked"
    DIFFERING = "differing"
    """Several accounts differ and the clinician has not named the one used."""
    GATE_OPEN = "gate_open"
    """Whether the question is shown is itself not established."""
    NOT_APPLICABLE = "not_applicable"
    """Hidden by an answer: every test on it is NO."""


class NotApplicable:
    """Stands among the values where a question is hidden: every test on it is NO."""


NOT_APPLICABLE = NotApplicable()

ENTERED_STATES = (State.NOT_KNOWN, State.DECLINED, State.COME_BACK)
"""The states a person records instead of a value."""

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year: an interval of days from `first` to `last`, both inside."""

    first: date
    last: date
    text: str = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2026`, `2026-03` or `2026-03-05`; ValueError names what is wrong."""
        match = _PARTIAL.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a date: write 2026-03-05, 2026-03 or 2026")
        year, month, day = int(match[1]), match[2], match[3]
        try:
            if day is not None:
                exact = date(year, int(month), int(day))
                return cls(exact, exact, text)
            if month is not None:
                last = calendar.monthrange(year, int(month))[1]
                return cls(date(year, int(month), 1), date(year, int(month), last), text)
            return cls(date(year, 1, 1), date(year, 12, 31), text)
        except (ValueError, calendar.IllegalMonthError):
            raise ValueError(f"{text!r} is not a day of the calendar") from None

    @classmethod
    def on(cls, day: date) -> PartialDate:
        return cls(day, day, day.isoformat())

    @property
    def exact(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Interval:
    """A number known only to lie from `low` to `high`, both inside; derived values carry it when a date is partial."""

    low: Fraction
    high: Fraction


class Ratio:
    """A number as one exact number over another that is above 0: what tests read of what is worked out.

    It is compared by multiplying, which is many times quicker than to make a fraction; whoever shows it makes one.
    """

    __slots__ = ("over", "under")

    def __init__(self, over: Decimal, under: Decimal) -> None:
        self.over = over
        self.under = under

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ratio) and self.fraction == other.fraction

    def __hash__(self) -> int:
        return hash(self.fraction)

    @property
    def fraction(self) -> Fraction:
        (over, of_over), (under, of_under) = self.over.as_integer_ratio(), self.under.as_integer_ratio()
        return Fraction(over * of_under, of_over * under)


@dataclass(frozen=True, slots=True)
class Reading:
    """One cuff reading. A value of None was not taken; mmHg and beats per minute."""

    systolic: Decimal | None = None
    diastolic: Decimal | None = None
    pulse: Decimal | None = None
    phase: str | None = None
    arm: str | None = None
    position: str | None = None
    cuff: str | None = None
    at: str | None = None
    device: str | None = None
    taken_by: str | None = None


READING_PARTS = tuple(part.name for part in fields(Reading))
"""What a reading is made of: its figures, its phase, and how it was taken."""


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings of one question, in the order they were entered; none and `none_taken` is an answer of its own."""

    items: tuple[Reading, ...]
    none_taken: bool = False


@dataclass(frozen=True, slots=True)
class MedicineEntry:
    """One medicine as it was told or read."""

    name: str
    route: str | None = None
    dose: str | None = None
    started: PartialDate | None = None
    last_taken: PartialDate | None = None
    use: str = "not_known"
    told_by: str | None = None


@dataclass(frozen=True, slots=True)
class Medicines:
    """The medicines list; empty means "no medicines". `complete`: nobody said that more are taken."""

    items: tuple[MedicineEntry, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class InstrumentResult:
    """Item answers of an instrument, its total and its further scores as given, or some of them."""

    items: tuple[tuple[str, Decimal], ...] = ()
    total: Decimal | None = None
    scores: tuple[tuple[str, Decimal], ...] = ()


Value = (
    str
    | frozenset[str]
    | Decimal
    | Fraction
    | Ratio
    | Interval
    | PartialDate
    | time
    | datetime
    | Readings
    | Medicines
    | InstrumentResult
)
"""yes_no, choice and text: str · choices: frozenset of option ids · number: exact Decimal in the question's unit ·
derived: Fraction or Interval, to tests a Ratio too · date: PartialDate · readings, medicines, instrument: theirs."""


def is_exact(value: Value | None) -> bool:
    """Whether a closer answer could say no more: false for an interval, a month or a year."""
    return not (isinstance(value, Interval) or (isinstance(value, PartialDate) and not value.exact))


class Answer(NamedTuple):
    """What the logic sees of one question: a value, or the state that stands in its place.

    `because` are the ids of the recorded questions that this answer rests on: itself, plus those that decide whether it
    is shown, plus the inputs of a derived value. `missing` are the recorded questions that would have to be answered
    while it is unknown.
    """

    state: State
    value: Value | None = None
    because: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    accounts_differ: bool = False


def answered(question: str, value: Value) -> Answer:
    """An answer to a question that is always shown."""
    ids = frozenset((question,))
    return Answer(State.ANSWERED, value, ids, ids)


def unanswered(question: str, state: State = State.NOT_ASKED) -> Answer:
    """A question that is shown and holds no value."""
    ids = frozenset((question,))
    return Answer(state, None, ids, ids, accounts_differ=state is State.DIFFERING)
