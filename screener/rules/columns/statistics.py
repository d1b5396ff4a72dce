"""Statistics of the readings of many records. Sums are whole numbers; a pressure of 0 is no value.

Readings are laid out as a grid first, the first readings of all records in one row, the second in the next: so every
step goes over all records at once. The few records with more than MOST readings are judged one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from screener.rules.columns.column import Column, refuse
from screener.rules.columns.comparing import edge, holding
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.masks import Mask, mended, of_three, open_unless_hidden
from screener.rules.columns.readings import NOT_TAKEN, OF_THE_VISIT, UNSAID, ReadingRows
from screener.rules.columns.states import Bools, Whole
from screener.rules.expressions import OfReadings, Part, ReadingsCount
from screener.rules.readings import BEFORE_ANY_DOSE, Measured
from screener.rules.readings import judge as judge_one
from screener.rules.truth import Truth
from screener.rules.values import Readings, Value

MOST = 16
_NO_READING = UNSAID - 1
Rows = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int8]
_LEAST, _GREATEST = np.iinfo(np.int32).min, np.iinfo(np.int32).max


class Grid:
    """One row for the first reading of every record, one for the second, and so on; `apart` are those with too many."""

    def __init__(self, column: ReadingRows) -> None:
        records, offsets = len(column), column.offsets.astype(np.int32)
        numbers = np.diff(offsets)
        self.apart: dict[int, Value] = {}
        self._shape = (min(int(numbers.max(initial=0)), MOST), records)
        place = np.arange(len(column.systolic), dtype=np.int32) - np.repeat(offsets[:-1], numbers)
        self._at = place * np.int64(records) + np.repeat(np.arange(records, dtype=np.int32), numbers)
        self._fits = slice(None) if self._shape[0] < MOST else place < MOST
        if self._shape[0] == MOST:
            crowded = np.flatnonzero(numbers > MOST).tolist()
            self.apart = {row: column.held(row) for row in crowded if column.answered[row]}
            self._at = self._at[self._fits]
        self._column = column

    def _laid_out(self, entries: npt.NDArray[np.int32], nothing: int) -> Rows:
        rows = np.full(self._shape[0] * self._shape[1], nothing, dtype=np.int32)
        rows[self._at] = entries[self._fits]
        return rows.reshape(self._shape)

    @cached_property
    def systolic(self) -> Rows:
        return self._laid_out(self._column.systolic, NOT_TAKEN)

    @cached_property
    def diastolic(self) -> Rows:
        return self._laid_out(self._column.diastolic, NOT_TAKEN)

    @cached_property
    def pulse(self) -> Rows:
        return self._laid_out(self._column.pulse, NOT_TAKEN)

    @cached_property
    def phase(self) -> Rows:
        return self._laid_out(self._column.phase, _NO_READING)

    @cached_property
    def day(self) -> Rows:
        return self._laid_out(self._column.day, OF_THE_VISIT)


class Taken(NamedTuple):
    """The values of one part that were taken: which there are, in units of the scale, and how many each record has."""

    there: Bools
    units: Rows
    counts: Counts


def judge(node: OfReadings, limit: Decimal | None) -> Callable[[Column, ColumnFacts], Mask]:
    """The test of a node against its limit (None for `zero` and `count`), ready to run."""
    alone = judge_one(node, limit)

    def run(column: Column, facts: ColumnFacts) -> Mask:
        if not isinstance(column, ReadingRows):
            refuse(column, "readings")
            return open_unless_hidden(column)

        def one_by_one(value: Value, row: int) -> Truth:
            assert isinstance(value, Readings)
            return alone(Measured(value), facts.day(row))

        mask = of_three(column, *_holds_and_fails(node, limit, column, facts))
        return mended(mask, {**column.odd, **grid_of(column).apart}, column, one_by_one)

    return run


def grid_of(column: ReadingRows) -> Grid:
    """The readings of a column laid out, once."""
    known: Grid | None = column.worked.get("grid")
    if known is None:
        known = column.worked["grid"] = Grid(column)
    return known


def _holds_and_fails(
    node: OfReadings, limit: Decimal | None, column: ReadingRows, facts: ColumnFacts
) -> tuple[Bools, Bools]:
    if node.count is not None:
        return _counting(node.count, node.phase, column, facts)
    if node.zero is not None:
        return _zero(column, node.phase, node.zero)
    assert limit is not None and node.comparison is not None
    taken = values_of(column, node.phase, node.part)
    figure, holds = Fraction(limit) * 10**column.exponent, holding(node.comparison)
    there = taken.counts >= (2 if node.spread else 1)
    if node.statistic == "mean":
        # A mean meets a limit where the sum meets so many times the limit.
        edges = np.array([edge(figure * number, node.comparison) for number in range(MOST + 1)])
        met: Bools = holds(_sum(column, node.phase, node.part), edges[taken.counts])
    else:
        statistic = node.statistic
        if statistic == "any":
            # Any reading is below a limit where the least is, and above one where the highest is.
            statistic = "least" if node.comparison in ("below", "at_most") else "highest"
        met = holds(_figure(column, statistic, node.phase, node.part), edge(figure, node.comparison))
    return met & there, ~met & there


def _sum(column: ReadingRows, phase: str | None, part: Part) -> Whole:
    key = ("sum", phase, part)
    known: Whole | None = column.worked.get(key)
    if known is None:
        taken, known = values_of(column, phase, part), np.zeros(len(column), dtype=np.int64)
        for units, there in zip(taken.units, taken.there, strict=True):
            known += units * there
        column.worked[key] = known
    return known


def _figure(column: ReadingRows, statistic: str, phase: str | None, part: Part) -> Rows | Whole:
    key = (statistic, phase, part)
    known: Rows | Whole | None = column.worked.get(key)
    if known is None:
        known = column.worked[key] = _MADE[statistic](values_of(column, phase, part), len(column))
    return known


def _last(taken: Taken, records: int) -> Rows:
    found = np.zeros(records, dtype=np.int32)
    for units, there in zip(taken.units, taken.there, strict=True):
        np.copyto(found, units, where=there)
    return found


def _highest(taken: Taken, records: int) -> Rows:
    found = np.full(records, _LEAST, dtype=np.int32)
    for units, there in zip(taken.units, taken.there, strict=True):
        np.maximum(found, units, out=found, where=there)
    return found


def _least(taken: Taken, records: int) -> Rows:
    found = np.full(records, _GREATEST, dtype=np.int32)
    for units, there in zip(taken.units, taken.there, strict=True):
        np.minimum(found, units, out=found, where=there)
    return found


def _spread(taken: Taken, records: int) -> Whole:
    return _highest(taken, records).astype(np.int64) - _least(taken, records)


_MADE: dict[str, Callable[[Taken, int], Rows | Whole]] = {
    "last": _last,
    "highest": _highest,
    "least": _least,
    "spread": _spread,
}


def values_of(column: ReadingRows, phase: str | None, part: Part) -> Taken:
    """The values of one part in one phase (or in all), in order."""
    key = ("values", phase, part)
    known: Taken | None = column.worked.get(key)
    if known is None:
        grid = grid_of(column)
        there = in_phase(column, phase) & has_part(grid, part)
        known = column.worked[key] = Taken(there, _units(grid, part), _count(there))
    return known


def _units(grid: Grid, part: Part) -> Rows:
    if part == "pulse_pressure":
        return grid.systolic - grid.diastolic
    found: Rows = getattr(grid, part)
    return found


def has_part(grid: Grid, part: Part) -> Bools:
    """Which readings hold a value of one part; 0 for a pressure is none."""
    if part == "pulse":
        found: Bools = grid.pulse != NOT_TAKEN
    elif part == "pulse_pressure":
        found = (grid.systolic > 0) & (grid.diastolic > 0)
    else:
        found = getattr(grid, part) > 0
    return found


def taken_at_all(grid: Grid) -> Bools:
    """Which readings hold any value."""
    found: Bools = (grid.systolic > 0) | (grid.diastolic > 0) | (grid.pulse != NOT_TAKEN)
    return found


def in_phase(column: ReadingRows, phase: str | None) -> Bools:
    """Which readings are of a phase. One whose phase nobody said counts as taken before any dose.

    While nothing is taken before the dose, what was taken at screening stands for it.
    """
    key = ("phase", phase)
    known: Bools | None = column.worked.get(key)
    if known is None:
        known = column.worked[key] = _in_phase(column, grid_of(column), phase)
    return known


def _in_phase(column: ReadingRows, grid: Grid, phase: str | None) -> Bools:
    if phase is None:
        found: Bools = grid.phase != _NO_READING
        return found
    found = _said(column, grid, phase)
    if phase in BEFORE_ANY_DOSE:
        found = found | (grid.phase == UNSAID)
    if phase == "before":
        nothing = ~_any(found & taken_at_all(grid))
        found |= _said(column, grid, "screening") & nothing
    return found


def _said(column: ReadingRows, grid: Grid, phase: str) -> Bools:
    code = column.code(phase)
    found: Bools = grid.phase == (_NO_READING - 1 if code is None else code)
    return found


def _count(there: Bools) -> Counts:
    """How many of these each record has."""
    found = np.zeros(there.shape[1], dtype=np.int8)
    for row in there:
        found += row.view(np.int8)
    return found


def _any(there: Bools) -> Bools:
    """Which records have any of these."""
    return reduce(np.logical_or, there, np.zeros(there.shape[1], dtype=np.bool_))


def _zero(column: ReadingRows, phase: str | None, part: Part) -> tuple[Bools, Bools]:
    """Where a value was typed as 0; not known where none was typed at all."""
    units, asked = _units(grid_of(column), part), in_phase(column, phase)
    holds = _any(asked & (units == 0))
    return holds, ~holds & _any(asked & (units != NOT_TAKEN))


def _counting(count: ReadingsCount, phase: str | None, column: ReadingRows, facts: ColumnFacts) -> tuple[Bools, Bools]:
    """Counts what was taken. Where nothing that could count was, the number is not known, unless none was taken."""
    grid = grid_of(column)
    if count.of is None:
        held = found = in_phase(column, phase) & taken_at_all(grid)
    else:
        ((part, bound),) = count.of.items()
        assert bound.comparison is not None and isinstance(bound.limit, Decimal)
        held = values_of(column, phase, part).there
        limit = edge(Fraction(bound.limit) * 10**column.exponent, bound.comparison)
        found = held & holding(bound.comparison)(_units(grid, part), limit)
    known = _any(held) | column.none_taken
    number = _count(_on_other_days(found, grid, facts) if count.on else found)
    holds = number >= count.at_least if count.at_least is not None else number < (count.below or 0)
    return holds & known, ~holds & known


def _on_other_days(found: Bools, grid: Grid, facts: ColumnFacts) -> Bools:
    """Of these readings the first of each day; one without a date is of the visit's day."""
    day = np.where(grid.day == OF_THE_VISIT, facts.days, grid.day)

    def seen(row: int) -> Iterable[Bools]:
        return (found[before] & (day[before] == day[row]) for before in range(row))

    first = [found[row] & ~reduce(np.logical_or, seen(row), np.zeros_like(found[row])) for row in range(len(found))]
    return np.array(first, dtype=np.bool_).reshape(found.shape)
