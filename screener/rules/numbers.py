"""Comparing exact numbers, some of them known only as intervals."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from screener.rules.expressions import Comparison
from screener.rules.truth import Truth
from screener.rules.values import Interval, PartialDate, Ratio, Value

Number = Decimal | Fraction
UNROUNDED = Context(prec=240)
"""Wide enough for any few numbers that can be stored, multiplied, so that nothing is rounded."""
_SMALLEST, _DAY = timedelta(microseconds=1), timedelta(days=1)
_YES, _NO = Truth.YES, Truth.NO

_HOLDS: dict[Comparison, Callable[[Fraction, Fraction], bool]] = {
    "above": operator.gt,
    "at_least": operator.ge,
    "at_most": operator.le,
    "below": operator.lt,
}


def as_interval(value: Value) -> Interval:
    """A number, interval, date or moment (as day numbers) as an interval; TypeError for anything else."""
    match value:
        case Interval():
            return value
        case Decimal() | Fraction():
            exact = Fraction(value)
            return Interval(exact, exact)
        case Ratio():
            return Interval(value.fraction, value.fraction)
        case PartialDate():
            return Interval(Fraction(value.first.toordinal()), Fraction(value.last.toordinal()))
        case datetime():
            of_day = timedelta(
                hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
            )
            moment = value.toordinal() + Fraction(of_day // _SMALLEST, _DAY // _SMALLEST)
            return Interval(moment, moment)
        case _:
            raise TypeError(f"{type(value).__name__} is not a number")


def compare(left: Interval, comparison: Comparison, right: Interval) -> Truth:
    """YES when it holds wherever the two values lie in their intervals, NO when nowhere, UNKNOWN otherwise."""
    holds = _HOLDS[comparison]
    ends = [holds(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    if all(ends):
        return Truth.YES
    return Truth.UNKNOWN if any(ends) else Truth.NO


def holding(comparison: Comparison) -> Callable[[Any, Any], bool]:
    """The comparison of two numbers of one type."""
    return _HOLDS[comparison]


def comparer(comparison: Comparison, limit: Number) -> Callable[[Value], Truth]:
    """The test of a value against one figure, ready to run."""
    holds = holding(comparison)
    figure = Fraction(limit)
    exactly = Interval(figure, figure)
    over, under = figure.numerator, figure.denominator

    def test(value: Value) -> Truth:
        if isinstance(value, Decimal):
            return _YES if holds(value, limit) else _NO
        if isinstance(value, Fraction):
            # Whole numbers compare many times quicker than a fraction with a decimal.
            return _YES if holds(value.numerator * under, over * value.denominator) else _NO
        return compare(as_interval(value), comparison, exactly)

    return test


def compares(value: Value, comparison: Comparison, limit: Number) -> Truth:
    """A value against one figure."""
    return comparer(comparison, limit)(value)


def minus(left: Interval, right: Interval) -> Interval:
    """The difference of two values known as intervals."""
    return Interval(left.low - right.high, left.high - right.low)


def difference_comparer(comparison: Comparison, limit: Decimal) -> Callable[[Value, Value], Truth]:
    """The test of one value less another against a figure, ready to run."""
    meets = comparer(comparison, limit)

    def test(left: Value, right: Value) -> Truth:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return meets(UNROUNDED.subtract(left, right))
        return meets(minus(as_interval(left), as_interval(right)))

    return test


def multiple_comparer(comparison: Comparison, factor: int) -> Callable[[Value, Value], Truth]:
    """The test of one value against so many times another, ready to run."""
    holds = holding(comparison)

    def test(left: Value, right: Value) -> Truth:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return _YES if holds(left, UNROUNDED.multiply(right, factor)) else _NO
        return compare(as_interval(left), comparison, times(as_interval(right), factor))

    return test


def times(value: Interval, factor: int) -> Interval:
    """A value known as an interval, times a positive whole number."""
    return Interval(value.low * factor, value.high * factor)
