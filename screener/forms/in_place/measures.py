"""Figures of questions: recorded ones, days as numbers, and values worked out of them by closed formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from screener.forms.in_place.parts import VISIT, Between, Measure, NoFormError, day_of, either, no_figure, wide
from screener.forms.in_place.seen import Seen
from screener.forms.model import Question
from screener.rules.values import Kind, PartialDate


def measure(seen: Seen, question: Question) -> Measure | None:
    """The figures of a question as far as its own columns tell; None where nobody was asked."""
    match question.kind:
        case Kind.DERIVED:
            return _derived(seen, question)
        case Kind.NUMBER:
            return _number(seen, question)
        case Kind.DATE:
            when = days(seen, question)
            return None if when is None else Measure(_ordinal(when.first), _ordinal(when.last))
        case _:
            raise NoFormError(f"{question.id} is of the kind {question.kind}, which such a test has no form for")


def _number(seen: Seen, question: Question) -> Measure | None:
    value, exponent = seen.instead(question.id), seen.exponent(question.id)
    if not seen.holds(question) and value is None:
        return None
    units = seen.table[question.id] if seen.holds(question) else no_figure()
    if value is not None:
        assert isinstance(value, Decimal)
        units = either(seen.hidden(question.id), seen.whole(value, exponent), units)
    return Measure(units, units, 10**exponent)


def _ordinal(day: Any) -> Any:
    return day.epoch_days()


def _derived(seen: Seen, question: Question) -> Measure | None:
    assert question.formula is not None
    inputs = [seen.question(needed) for needed in question.formula.of]
    if any(one is None for one in inputs):
        return None
    return FORMULAS[question.formula.name](seen, *inputs)


def _two(seen: Seen, one: Question, other: Question) -> tuple[Measure, Measure] | None:
    left, right = measure(seen, one), measure(seen, other)
    return None if left is None or right is None else (left, right)


def _bmi(seen: Seen, weight: Question, height: Question) -> Measure | None:
    """kg and cm to kg/m2: weight * 10 000 / height ** 2."""
    both = _two(seen, weight, height)
    if both is None:
        return None
    kg, cm = both
    tall = wide(cm.low.nullif(0))
    heavy = wide(kg.low) * wide(10_000 * cm.over * cm.over // _shared(kg.over, cm.over))
    return Measure(heavy, heavy, tall * tall * wide(kg.over // _shared(kg.over, cm.over)))


def _shared(kg: int, cm: int) -> int:
    """The power of ten that both sides of a quotient are divided by."""
    return min(kg, 10_000 * cm * cm)


def _map(seen: Seen, systolic: Question, diastolic: Question) -> Measure | None:
    """mmHg: (systolic + 2 * diastolic) / 3."""
    both = _two(seen, systolic, diastolic)
    if both is None:
        return None
    over = max(one.over for one in both)
    above, below = (one.low * (over // one.over) for one in both)
    total = above + 2 * below
    return Measure(total, total, 3 * over)


def less(one: Measure, other: Measure) -> Measure:
    """The difference of two figures whose scales are whole numbers."""
    over = max(one.over, other.over)
    if over % one.over or over % other.over:
        raise NoFormError("figures on scales that do not go into each other have no difference there")
    left, right = over // one.over, over // other.over
    low = one.low * left - other.high * right
    exact = one.low is one.high and other.low is other.high
    return Measure(low, low if exact else one.high * left - other.low * right, over)


def _pulse_pressure(seen: Seen, systolic: Question, diastolic: Question) -> Measure | None:
    both = _two(seen, systolic, diastolic)
    return None if both is None else less(*both)


def _days_between(seen: Seen, first: Question, last: Question) -> Measure | None:
    both = _two(seen, first, last)
    return None if both is None else less(both[1], both[0])


def _age(seen: Seen, born: Question) -> Measure | None:
    """Whole years at the visit."""
    when = days(seen, born)
    if when is None:
        return None
    visit = seen.table[VISIT]
    return Measure(_years(when.last, visit), _years(when.first, visit))


def _years(born: Any, day: Any) -> Any:
    """Years gone by; one that is not yet full does not count."""
    in_year, in_birth_year = (one.month() * 100 + one.day() for one in (day, born))
    return day.year() - born.year() - either(in_year < in_birth_year, 1, 0)


def days(seen: Seen, question: Question) -> Between | None:
    """The days on which a date or a moment lies; None where nobody was asked."""
    value, held = seen.instead(question.id), seen.holds(question)
    if not held and value is None:
        return None
    if question.kind is Kind.DATETIME:
        if value is not None:
            raise NoFormError(f"{question.id} has a moment while it is hidden")
        day = seen.table[question.id].date()
        return Between(day, day)
    if question.kind is not Kind.DATE:
        raise NoFormError(f"{question.id} is of the kind {question.kind}, which such a test has no form for")
    ends = [seen.table[f"{question.id}/{end}"] if held else day_of(None) for end in ("first", "last")]
    if value is not None:
        assert isinstance(value, PartialDate)
        hidden = seen.hidden(question.id)
        ends = [either(hidden, day_of(day), end) for day, end in zip((value.first, value.last), ends, strict=True)]
    return Between(*ends)


FORMULAS: Mapping[str, Callable[..., Measure | None]] = {
    "bmi": _bmi,
    "map": _map,
    "pulse_pressure": _pulse_pressure,
    "age": _age,
    "days_between": _days_between,
}
