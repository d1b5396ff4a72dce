"""Statistics of the readings of many records. Sums are whole numbers; a pressure of 0 is no value.

Readings are laid out as a grid first, the first readings of all records in one row, the second in the next: so every
step goes over all records at once. The few records with more than MOST readings are judged one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from screener.rules.columns.column import Column, refuse
from screener.rules.columns.comparing import edge, holding, product
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.masks import Mask, mended, open_unless_hidden
from screener.rules.columns.once import once
from screener.rules.columns.readings import NOT_TAKEN, OF_THE_VISIT, PARTS, UNSAID, ReadingRows
from screener.rules.columns.states import Bools, Integers, Whole, chosen, narrowed
from screener.rules.evaluate import of_readings
from screener.rules.expressions import Comparison, OfReadings, Part, ReadingsCount
from screener.rules.readings import BEFORE_ANY_DOSE
from screener.rules.truth import Truth
from screener.rules.values import Readings, Value

MOST = 16
_NO_READING = UNSAID - 1
Rows = Integers
Counts = npt.NDArray[np.int8]


class Grid:
    """One row for the first reading of every record, one for the second, and so on; `apart` are those with too many."""

    def __init__(self, column: ReadingRows) -> None:
        self._begins, self._numbers = column.offsets[:-1], np.diff(column.offsets)
        self._height = min(int(self._numbers.max(initial=0)), MOST)
        # Not the column itself, which keeps this grid: what holds itself is not let go of at once.
        self._entered: dict[str, npt.NDArray[np.int32]] = {
            name: getattr(column, name) for name in (*PARTS, "phase", "day")
        }
        crowded = np.flatnonzero(self._numbers > MOST).tolist() if self._height == MOST else []
        self.apart: dict[int, Value] = {row: column.held(row) for row in crowded if column.answered[row]}

    def _laid_out(self, name: str) -> Rows:
        """Each row is one gathering; a record with fewer readings has another's there, which `phase` tells."""
        entries = narrowed(self._entered[name])
        entries = np.concatenate([entries, np.zeros(self._height, dtype=entries.dtype)])
        rows = np.empty((self._height, len(self._begins)), dtype=entries.dtype)
        for number, row in enumerate(rows):
            entries[number:].take(self._begins, out=row, mode="clip")
        return rows

    @once
    def systolic(self) -> Rows:
        return self._laid_out("systolic")

    @once
    def diastolic(self) -> Rows:
        return self._laid_out("diastolic")

    @once
    def pulse(self) -> Rows:
        return self._laid_out("pulse")

    @once
    def phase(self) -> Rows:
        """_NO_READING where a record has no reading of this row: nothing else of such a reading counts."""
        rows = self._laid_out("phase")
        for number, row in enumerate(rows):
            row[:] = chosen(self._numbers > number, row, row.dtype.type(_NO_READING))
        return rows

    @once
    def day(self) -> Rows:
        return self._laid_out("day")

    @once
    def taken_at_all(self) -> Bools:
        """Which readings hold any value."""
        found: Bools = (self.systolic > 0) | (self.diastolic > 0) | (self.pulse != NOT_TAKEN)
        return found


class Taken(NamedTuple):
    """The values of one part that were taken: which there are, in units of the scale, and how many each record has."""

    there: Bools
    units: Rows
    counts: Counts


Decide = Callable[[ReadingRows, ColumnFacts], tuple[Bools, Bools]]
"""Where the readings meet a test, and where there are enough of them to tell."""


def judge(node: OfReadings, limit: Decimal | None) -> Callable[[Column, ColumnFacts], Mask]:
    """The test of a node against its limit (None for `zero` and `count`), ready to run."""
    alone, decide = of_readings(node, limit), _decide(node, limit)

    def run(column: Column, facts: ColumnFacts) -> Mask:
        if not isinstance(column, ReadingRows):
            refuse(column, "readings")
            return open_unless_hidden(column)

        def one_by_one(value: Value, row: int) -> Truth:
            assert isinstance(value, Readings)
            return alone(value, facts.day(row))

        met, there = decide(column, facts)
        there = there & column.answered
        yes = met & there
        mask = Mask(yes, (there ^ yes) | column.hidden)
        return mended(mask, {**column.odd, **grid_of(column).apart}, column, one_by_one)

    return run


def grid_of(column: ReadingRows) -> Grid:
    """The readings of a column laid out, once."""
    known: Grid | None = column.worked.get("grid")
    if known is None:
        known = column.worked["grid"] = Grid(column)
    return known


def _decide(node: OfReadings, limit: Decimal | None) -> Decide:
    phase, count, zero, comparison = node.phase, node.count, node.zero, node.comparison
    if count is not None:
        return lambda column, facts: _counting(count, phase, column, facts)
    if zero is not None:
        return lambda column, _: _zero(column, phase, zero)
    assert limit is not None and comparison is not None
    part, statistic = node.part, node.statistic
    if statistic == "mean":
        return _of_mean(phase, part, comparison, limit)
    if statistic == "any":
        # Any reading is below a limit where the least is, and above one where the highest is.
        statistic = "least" if comparison in ("below", "at_most") else "highest"
    holds, fewest = holding(comparison), 2 if statistic == "spread" else 1

    def run(column: ReadingRows, _: ColumnFacts) -> tuple[Bools, Bools]:
        there = values_of(column, phase, part).counts >= fewest
        limits = edge(Fraction(limit) * 10**column.exponent, comparison)
        met: Bools = holds(_figure(column, statistic, phase, part), limits)
        return met, there

    return run


def _of_mean(phase: str | None, part: Part, comparison: Comparison, limit: Decimal) -> Decide:
    """A mean meets a limit where the sum meets the limit times the number of readings."""
    holds, figure = holding(comparison), Fraction(limit)

    def run(column: ReadingRows, _: ColumnFacts) -> tuple[Bools, Bools]:
        taken, scaled = values_of(column, phase, part), figure * 10**column.exponent
        sums = product(_sum(column, phase, part), scaled.denominator)
        return holds(sums, product(taken.counts, scaled.numerator)), taken.counts > 0

    return run


def _sum(column: ReadingRows, phase: str | None, part: Part) -> Rows:
    key = ("sum", phase, part)
    known: Rows | None = column.worked.get(key)
    if known is None:
        taken = values_of(column, phase, part)
        # MOST figures of 16 bits have a sum of 32.
        known = np.zeros(len(column), dtype=np.int32 if taken.units.dtype == np.int16 else np.int64)
        for units, there in zip(taken.units, taken.there, strict=True):
            known += units * there
        column.worked[key] = known
    return known


def _figure(column: ReadingRows, statistic: str, phase: str | None, part: Part) -> Rows:
    key = (statistic, phase, part)
    known: Rows | None = column.worked.get(key)
    if known is None:
        known = column.worked[key] = _MADE[statistic](values_of(column, phase, part), len(column))
    return known


def _last(taken: Taken, records: int) -> Rows:
    found = np.zeros(records, dtype=taken.units.dtype)
    for units, there in zip(taken.units, taken.there, strict=True):
        found = chosen(there, units, found)
    return found


def _highest(taken: Taken, records: int) -> Rows:
    return _furthest(taken, records, np.maximum, np.iinfo(taken.units.dtype).min)


def _least(taken: Taken, records: int) -> Rows:
    return _furthest(taken, records, np.minimum, np.iinfo(taken.units.dtype).max)


def _furthest(taken: Taken, records: int, of_two: np.ufunc, nothing: int) -> Rows:
    fill = taken.units.dtype.type(nothing)
    found = np.full(records, fill)
    for units, there in zip(taken.units, taken.there, strict=True):
        of_two(found, chosen(there, units, fill), out=found)
    return found


def _spread(taken: Taken, records: int) -> Whole:
    return np.subtract(_highest(taken, records), _least(taken, records), dtype=np.int64)


_MADE: dict[str, Callable[[Taken, int], Rows]] = {
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
        nothing = ~_any(found & grid.taken_at_all)
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
    return holds, _any(asked & (units != NOT_TAKEN))


def _counting(count: ReadingsCount, phase: str | None, column: ReadingRows, facts: ColumnFacts) -> tuple[Bools, Bools]:
    """Counts what was taken. Where nothing that could count was, the number is not known, unless none was taken."""
    grid = grid_of(column)
    if count.of is None:
        held = found = in_phase(column, phase) & grid.taken_at_all
    else:
        ((part, bound),) = count.of.items()
        assert bound.comparison is not None and isinstance(bound.limit, Decimal)
        held = values_of(column, phase, part).there
        limit = edge(Fraction(bound.limit) * 10**column.exponent, bound.comparison)
        found = held & holding(bound.comparison)(_units(grid, part), limit)
    known = _any(held) | column.none_taken
    number = _count(_on_other_days(found, grid, facts) if count.on else found)
    holds = number >= count.at_least if count.at_least is not None else number < (count.below or 0)
    return holds, known


def _on_other_days(found: Bools, grid: Grid, facts: ColumnFacts) -> Bools:
    """Of these readings the first of each day; one without a date is of the visit's day."""
    day = np.where(grid.day == OF_THE_VISIT, facts.days, grid.day)

    def seen(row: int) -> Iterable[Bools]:
        return (found[before] & (day[before] == day[row]) for before in range(row))

    first = [found[row] & ~reduce(np.logical_or, seen(row), np.zeros_like(found[row])) for row in range(len(found))]
    return np.array(first, dtype=np.bool_).reshape(found.shape)
