"""Comparing figures of many records, exactly.

Whole numbers throughout; in Python's own, which have no end, where 64 bits would not hold them.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from screener.rules.columns.column import Column, refuse
from screener.rules.columns.figures import Measure, Over
from screener.rules.columns.masks import Mask, mended, of_both, of_three, of_two, open_unless_hidden
from screener.rules.columns.states import Bools
from screener.rules.expressions import Comparison
from screener.rules.truth import Truth
from screener.rules.values import Value

_WIDEST = 2**62
Decided = tuple[Bools, Bools | None]
"""Where a comparison holds, and where it fails; None there where it does one or the other everywhere."""
OfTwo = Callable[[Measure, Measure], Decided]
_HOLDS: Mapping[Comparison, Callable[[Any, Any], Any]] = {
    "above": operator.gt,
    "at_least": operator.ge,
    "at_most": operator.le,
    "below": operator.lt,
}
_OPPOSITE: Mapping[Comparison, Comparison] = {
    "above": "at_most",
    "at_least": "below",
    "at_most": "above",
    "below": "at_least",
}


def measure_of(column: Column) -> Measure | None:
    """The figures of a column; None where it holds none."""
    found: Measure | None = getattr(column, "measure", None)
    return found


def product(figures: Over, factor: Over) -> Any:
    """One times the other, never wrapped around."""
    if isinstance(figures, int) and isinstance(factor, int):
        return figures * factor
    if isinstance(factor, int) and factor == 1:
        return figures
    if size(figures) * size(factor) < _WIDEST and _fits(figures) and _fits(factor):
        return np.multiply(figures, factor, dtype=np.int64)
    return _own(figures) * _own(factor)


def difference(left: Any, right: Any) -> Any:
    """One less the other, never wrapped around."""
    if size(left) + size(right) < _WIDEST and _fits(left) and _fits(right):
        return np.subtract(left, right, dtype=np.int64)
    return _own(left) - _own(right)


def _fits(figures: Any) -> bool:
    return isinstance(figures, int) or figures.dtype != object


def _own(figures: Any) -> Any:
    """Python's own whole numbers, which have no end."""
    return figures if isinstance(figures, int) else figures.astype(object)


def size(figures: Any) -> int:
    """The greatest of these whole numbers, signs aside."""
    if isinstance(figures, int):
        return abs(figures)
    return max(abs(int(figures.max())), abs(int(figures.min()))) if len(figures) else 0


def ends_hold(low: Any, high: Any, comparison: Comparison, other_low: Any, other_high: Any) -> Decided:
    """Where a comparison holds wherever both lie in their intervals, and where nowhere."""
    if low is high and other_low is other_high:
        return np.asarray(_HOLDS[comparison](low, other_low), dtype=np.bool_), None
    if comparison in ("above", "at_least"):
        surely, possibly = (low, other_high), (high, other_low)
    else:
        surely, possibly = (high, other_low), (low, other_high)
    holds = np.asarray(_HOLDS[comparison](*surely), dtype=np.bool_)
    return holds, np.asarray(_HOLDS[_OPPOSITE[comparison]](*possibly), dtype=np.bool_)


def against(comparison: Comparison, limit: Decimal | Fraction) -> Callable[[Measure], Decided]:
    """The test of figures against a limit, ready to run; what the limit is on each scale is kept."""
    figure, edges = Fraction(limit), dict[int, int]()

    def run(measure: Measure) -> Decided:
        if not isinstance(measure.over, int) or not _fits(measure.low) or not _fits(measure.high):
            return _multiplied(measure, comparison, figure)
        limits = edges.get(measure.over)
        if limits is None:
            limits = edges[measure.over] = edge(figure * measure.over, comparison)
        return ends_hold(measure.low, measure.high, comparison, limits, limits)

    return run


def _multiplied(measure: Measure, comparison: Comparison, figure: Fraction) -> Decided:
    """Both sides multiplied, where the scale is not the same for all."""
    limits = product(measure.over, figure.numerator)
    low = product(measure.low, figure.denominator)
    high = low if measure.exact else product(measure.high, figure.denominator)
    return ends_hold(low, high, comparison, limits, limits)


def holding(comparison: Comparison) -> Callable[[Any, Any], Any]:
    """The comparison of arrays of whole numbers."""
    return _HOLDS[comparison]


def edge(limit: Fraction, comparison: Comparison) -> int:
    """The whole number that whole numbers are compared with to the same end."""
    whole = math.floor(limit) if comparison in ("above", "at_most") else math.ceil(limit)
    return max(-_WIDEST, min(_WIDEST, whole))


def compared(
    column: Column,
    measure: Measure | None,
    decide: Callable[[Measure], Decided],
    judge: Callable[[Value, int], Truth],
) -> Mask:
    """A column against a limit; `judge` takes the values that stand apart."""
    if measure is None:
        refuse(column, "figures")
        return open_unless_hidden(column)
    holds, fails = decide(measure)
    mask = of_two(column, holds) if fails is None else of_three(column, holds, fails)
    return mended(mask, measure.odd, column, judge)


def pair_compared(
    left: Column,
    right: Column,
    judge_measures: OfTwo,
    judge: Callable[[Value, Value], Truth],
) -> Mask:
    """Two columns against each other; `judge` takes the records in which a value stands apart."""
    one, two = measure_of(left), measure_of(right)
    if one is None or two is None:
        refuse(left if one is None else right, "figures", left.answered & right.answered)
        nothing = np.zeros(len(left), dtype=np.bool_)
        return of_both(left, right, nothing, nothing)
    mask = of_both(left, right, *judge_measures(one, two))
    apart = {row: value for row in {**one.odd, **two.odd} if (value := left.value(row)) is not None}

    def judged(value: Value, row: int) -> Truth:
        other = right.value(row)
        return Truth.UNKNOWN if other is None else judge(value, other)

    rows = {row: value for row, value in apart.items() if right.answered[row]}
    return mended(mask, rows, left, judged)


def less(left: Measure, right: Measure) -> Measure:
    """The difference of two columns of figures."""
    if isinstance(left.over, int) and isinstance(right.over, int):
        over: Over = math.lcm(left.over, right.over)
        ours, theirs = over // left.over, over // right.over
    else:
        over, ours, theirs = product(left.over, right.over), right.over, left.over
    low = difference(product(left.low, ours), product(right.high, theirs))
    if left.exact and right.exact:
        return Measure(low, low, over, {})
    return Measure(low, difference(product(left.high, ours), product(right.low, theirs)), over, {})


def difference_against(comparison: Comparison, limit: Decimal) -> OfTwo:
    """One less the other against a figure."""

    decide = against(comparison, limit)
    return lambda left, right: decide(less(left, right))


def multiple_against(comparison: Comparison, factor: int) -> OfTwo:
    """One against so many times the other."""

    def run(left: Measure, right: Measure) -> Decided:
        ours, theirs = right.over, product(left.over, factor)
        if isinstance(ours, int) and isinstance(theirs, int):
            common = math.gcd(ours, theirs)
            ours, theirs = ours // common, theirs // common
        return ends_hold(*_both_ends(left, ours), comparison, *_both_ends(right, theirs))

    return run


def _both_ends(measure: Measure, factor: Over) -> tuple[Any, Any]:
    low = product(measure.low, factor)
    return low, low if measure.exact else product(measure.high, factor)
