"""Statistics of the readings of many records. Sums are whole numbers; a pressure of 0 is no value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from screener.rules.columns.column import Column
from screener.rules.columns.comparing import against
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.figures import Measure
from screener.rules.columns.masks import Mask, mended, of_three, open_unless_hidden
from screener.rules.columns.readings import NOT_TAKEN, OF_THE_VISIT, UNSAID, Figures, ReadingRows
from screener.rules.columns.states import Bools, Whole
from screener.rules.expressions import Comparison, OfReadings, Part, ReadingsCount
from screener.rules.readings import BEFORE_ANY_DOSE, Measured
from screener.rules.readings import judge as judge_one
from screener.rules.truth import Truth
from screener.rules.values import Readings, Value


class Taken(NamedTuple):
    """The values of one part that were taken: in units of the scale, whose they are, and how many each record has."""

    values: Whole
    records: Whole
    counts: Whole


def judge(node: OfReadings, limit: Decimal | None) -> Callable[[Column, ColumnFacts], Mask]:
    """The test of a node against its limit (None for `zero` and `count`), ready to run."""
    alone = judge_one(node, limit)

    def run(column: Column, facts: ColumnFacts) -> Mask:
        if not isinstance(column, ReadingRows):
            if column.answered.any():
                raise TypeError(f"{type(column).__name__} holds no readings")
            return open_unless_hidden(column)

        def one_by_one(value: Value, row: int) -> Truth:
            assert isinstance(value, Readings)
            return alone(Measured(value), facts.day(row))

        mask = of_three(column, *_holds_and_fails(node, limit, column, facts))
        return mended(mask, column.odd, column, one_by_one)

    return run


def _holds_and_fails(
    node: OfReadings, limit: Decimal | None, column: ReadingRows, facts: ColumnFacts
) -> tuple[Bools, Bools]:
    if node.count is not None:
        return _counting(node.count, node.phase, column, facts)
    if node.zero is not None:
        return _zero(column, node.phase, node.zero)
    assert limit is not None and node.comparison is not None
    measure, there = _figure(column, node, node.comparison)
    holds, fails = against(measure, node.comparison, limit)
    return holds & there, (~holds if fails is None else fails) & there


def _figure(column: ReadingRows, node: OfReadings, comparison: Comparison) -> tuple[Measure, Bools]:
    """What is compared with the limit, and where there are values enough for it."""
    statistic = node.statistic
    if statistic == "any":
        # Any reading is below a limit where the least is, and above one where the highest is.
        statistic = "least" if comparison in ("below", "at_most") else "highest"
    key = ("figure", statistic, node.phase, node.part)
    known: tuple[Measure, Bools] | None = column.worked.get(key)
    if known is None:
        taken = values_of(column, node.phase, node.part)
        known = column.worked[key] = (_MADE[statistic](column, taken), taken.counts >= (2 if node.spread else 1))
    return known


def _mean(column: ReadingRows, taken: Taken) -> Measure:
    # Sums stay far below 2 ** 53, so that they are exact in what `bincount` adds with.
    sums = np.bincount(taken.records, weights=taken.values, minlength=len(column)).astype(np.int64)
    return Measure(sums, sums, np.maximum(taken.counts, 1) * 10**column.exponent, {})


def _last(column: ReadingRows, taken: Taken) -> Measure:
    found = np.zeros(len(column), dtype=np.int64)
    found[taken.records] = taken.values  # of several for one place, the last stays
    return _scaled(column, found)


def _spread(column: ReadingRows, taken: Taken) -> Measure:
    return _scaled(column, _extreme(np.maximum, column, taken) - _extreme(np.minimum, column, taken))


def _extreme(of: np.ufunc, column: ReadingRows, taken: Taken) -> Whole:
    found = np.zeros(len(column), dtype=np.int64)
    if len(taken.values):
        begins = np.flatnonzero(np.diff(taken.records, prepend=-1))
        found[taken.records[begins]] = of.reduceat(taken.values, begins)
    return found


def _scaled(column: ReadingRows, units: Whole) -> Measure:
    return Measure(units, units, 10**column.exponent, {})


_MADE: dict[str, Callable[[ReadingRows, Taken], Measure]] = {
    "mean": _mean,
    "last": _last,
    "highest": lambda column, taken: _scaled(column, _extreme(np.maximum, column, taken)),
    "least": lambda column, taken: _scaled(column, _extreme(np.minimum, column, taken)),
    "spread": _spread,
}


def values_of(column: ReadingRows, phase: str | None, part: Part) -> Taken:
    """The values of one part in one phase (or in all), in order."""
    key = ("values", phase, part)
    known: Taken | None = column.worked.get(key)
    if known is None:
        there = in_phase(column, phase) & has_part(column, part)
        records = column.records[there]
        values = _units(column, part)[there].astype(np.int64)
        known = column.worked[key] = Taken(values, records, _count(records, column))
    return known


def _units(column: ReadingRows, part: Part) -> Figures:
    if part == "pulse_pressure":
        return column.systolic - column.diastolic
    found: Figures = getattr(column, part)
    return found


def has_part(column: ReadingRows, part: Part) -> Bools:
    """Which readings hold a value of one part; 0 for a pressure is none."""
    if part == "pulse":
        found: Bools = column.pulse != NOT_TAKEN
    elif part == "pulse_pressure":
        found = (column.systolic > 0) & (column.diastolic > 0)
    else:
        found = getattr(column, part) > 0
    return found


def taken_at_all(column: ReadingRows) -> Bools:
    """Which readings hold any value."""
    found: Bools = (column.systolic > 0) | (column.diastolic > 0) | (column.pulse != NOT_TAKEN)
    return found


def in_phase(column: ReadingRows, phase: str | None) -> Bools:
    """Which readings are of a phase. One whose phase nobody said counts as taken before any dose.

    While nothing is taken before the dose, what was taken at screening stands for it.
    """
    key = ("phase", phase)
    known: Bools | None = column.worked.get(key)
    if known is None:
        known = column.worked[key] = _in_phase(column, phase)
    return known


def _in_phase(column: ReadingRows, phase: str | None) -> Bools:
    if phase is None:
        return np.ones(len(column.phase), dtype=np.bool_)
    if phase not in BEFORE_ANY_DOSE:
        return _said(column, phase)
    unsaid = column.phase == UNSAID
    found: Bools = _said(column, phase) | unsaid
    if phase == "before":
        any_of_it = np.zeros(len(column), dtype=np.bool_)
        any_of_it[column.records[found & taken_at_all(column)]] = True
        found |= _said(column, "screening") & ~any_of_it[column.records]
    return found


def _said(column: ReadingRows, phase: str) -> Bools:
    code = column.code(phase)
    return np.zeros(len(column.phase), dtype=np.bool_) if code is None else column.phase == code


def _count(records: Whole, column: ReadingRows) -> Whole:
    return np.bincount(records, minlength=len(column))


def _zero(column: ReadingRows, phase: str | None, part: Part) -> tuple[Bools, Bools]:
    """Where a value was typed as 0; not known where none was typed at all."""
    units, asked = _units(column, part), in_phase(column, phase)
    holds = _count(column.records[asked & (units == 0)], column) > 0
    return holds, ~holds & (_count(column.records[asked & (units != NOT_TAKEN)], column) > 0)


def _counting(count: ReadingsCount, phase: str | None, column: ReadingRows, facts: ColumnFacts) -> tuple[Bools, Bools]:
    """Counts what was taken. Where nothing that could count was, the number is not known, unless none was taken."""
    held = in_phase(column, phase)
    if count.of is None:
        held = found = held & taken_at_all(column)
    else:
        ((part, bound),) = count.of.items()
        assert bound.comparison is not None and isinstance(bound.limit, Decimal)
        held = held & has_part(column, part)
        units = _units(column, part).astype(np.int64)
        met, _ = against(_scaled(column, units), bound.comparison, bound.limit)
        found = held & met
    known = (_count(column.records[held], column) > 0) | column.none_taken
    number = _days(column, found, facts) if count.on else _count(column.records[found], column)
    holds = number >= count.at_least if count.at_least is not None else number < (count.below or 0)
    return holds & known, ~holds & known


def _days(column: ReadingRows, found: Bools, facts: ColumnFacts) -> Whole:
    """On how many different days these readings were taken; a reading without a date is of the visit's day."""
    records, own = column.records[found], column.day[found]
    day = np.where(own == OF_THE_VISIT, facts.days[records], own).astype(np.int64)
    distinct = np.unique((records << 32) + (day + 2**31))
    return _count(distinct >> 32, column)
