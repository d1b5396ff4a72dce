"""Truths and figures of a database, and how they are put together: and, or, not, comparisons, whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import combinations
from math import ceil, comb, floor
from typing import Any, NamedTuple

from screener.rules.expressions import Ask, Comparison, Duration, Score
from screener.rules.numbers import holding
from screener.rules.truth import Truth
from screener.rules.values import State

STATES = tuple(State)
"""What the numbers of a `/state` column mean."""
VISIT = "visit"
MOST_COMBINATIONS = 200
"""A count becomes so many ands at most, joined by or."""
_DAYS = {"d": 1, "wk": 7}
_OPPOSITE: Mapping[Comparison, Comparison] = {
    "above": "at_most",
    "at_least": "below",
    "at_most": "above",
    "below": "at_least",
}


class NoFormError(Exception):
    """Why one part of a condition has no form."""


class Between(NamedTuple):
    """The first and the last day that something may lie on."""

    first: Any
    last: Any


class Measure(NamedTuple):
    """Figures as `low / over` to `high / over`, both inside; one expression where they are exact. NULL is not known."""

    low: Any
    high: Any
    over: Any = 1

    def meets(self, comparison: Comparison, limit: Fraction) -> Any:
        """True where it holds wherever the figure lies, false where nowhere."""
        if isinstance(self.over, int):
            edges = edge(limit * self.over, comparison)
            return ends_hold(self.low, self.high, comparison, edges, edges)
        limits, times = self.over * wide(limit.numerator), wide(limit.denominator)
        low = self.low * times
        high = low if self.high is self.low else self.high * times
        return ends_hold(low, high, comparison, limits, limits)


def ends_hold(low: Any, high: Any, comparison: Comparison, other_low: Any, other_high: Any) -> Any:
    """Whether a comparison holds wherever both lie in their intervals, or nowhere."""
    holds, fails = holding(comparison), holding(_OPPOSITE[comparison])
    if low is high and other_low is other_high:
        return holds(low, other_low)
    if comparison in ("above", "at_least"):
        return of_rails(holds(low, other_high), fails(high, other_low))
    return of_rails(holds(high, other_low), fails(low, other_high))


def of_rails(yes: Any, no: Any) -> Any:
    """True where the one is, false where the other is, NULL where neither."""
    return yes | (~no & null())


def known_where(known: Any, test: Any) -> Any:
    """A test, NULL where it is not known that it can be told; `known` is never NULL."""
    return (known & test) | (~known & null())


def is_true(truth: Any) -> Any:
    """Whether a truth is true; never NULL."""
    return truth.notnull() & truth


def is_false(truth: Any) -> Any:
    """Whether a truth is false; never NULL."""
    return truth.notnull() & ~truth


def start(day: Any, length: Duration) -> Any:
    """The first day still inside a length counted back; databases clamp months to their ends, as calendars do."""
    import ibis

    if length.unit in _DAYS:
        return day - ibis.interval(days=length.count * _DAYS[length.unit])
    return day - ibis.interval(months=length.count * (12 if length.unit == "a" else 1))


def within_days(event: Between, length: Duration, before: Between) -> tuple[Any, Any]:
    """Where an event surely lies in a length of days before, and where it surely does not."""
    earliest, latest = start(before.first, length), start(before.last, length)
    yes = (event.first >= latest) & (event.last <= before.first)
    return yes, (event.last < earliest) | (event.first > before.last)


def tests(node: Ask | Score, limit: Decimal | None) -> list[tuple[Comparison, Decimal]]:
    """The comparisons that a test makes, all of which have to hold."""
    if node.between is not None:
        return [("at_least", node.between[0]), ("at_most", node.between[1])]
    assert node.comparison is not None and limit is not None
    return [(node.comparison, limit)]


def at_least(needed: int, truths: Sequence[Any]) -> Any:
    """So many of the truths: any so many of them together."""
    if comb(len(truths), needed) > MOST_COMBINATIONS:
        raise NoFormError(f"{needed} of {len(truths)} are too many combinations")
    return any_of([all_of(some) for some in combinations(truths, needed)])


def edge(limit: Fraction, comparison: Comparison) -> int:
    """The whole number that whole numbers are compared with to the same end."""
    return floor(limit) if comparison in ("above", "at_most") else ceil(limit)


def all_of(truths: Iterable[Any]) -> Any:
    return reduce(lambda one, other: one & other, truths)


def any_of(truths: Iterable[Any]) -> Any:
    return reduce(lambda one, other: one | other, truths)


def among(value: Any, wanted: Iterable[Any]) -> Any:
    """Whether a value is one of those wanted, NULL where it is NULL. Not IN: to Spark IN and IS NULL do not combine."""
    return any_of(value == one for one in wanted)


def constant(truth: Truth) -> Any:
    return null() if truth is Truth.UNKNOWN else literal(truth is Truth.YES)


def literal(value: bool) -> Any:
    import ibis

    return ibis.literal(value, type="boolean")


def null() -> Any:
    import ibis

    return ibis.null("boolean")


def day_of(day: date | None) -> Any:
    import ibis

    return ibis.null("date") if day is None else ibis.literal(day, type="date")


def no_figure() -> Any:
    import ibis

    return ibis.null("int64")


def either(condition: Any, one: Any, other: Any) -> Any:
    """One figure or another; never truths, of which unknown ones would be lost."""
    import ibis

    return ibis.ifelse(condition, one, other)


def number_of(there: Sequence[Any]) -> Any:
    """How many of these there are; none of them is NULL."""
    return total([either(one, 1, 0) for one in there])


def total(figures: Sequence[Any]) -> Any:
    return reduce(lambda one, other: one + other, figures)


def wide(figure: Any) -> Any:
    """A whole number of up to 38 digits, for products."""
    import ibis

    found = ibis.literal(figure) if isinstance(figure, int) else figure
    return found.cast("decimal(38, 0)")
