"""Lists of medicines of many records against a dictionary: each distinct entry is looked up once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from screener.rules.columns.column import Column, refuse
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.figures import DAY_US, Moments
from screener.rules.columns.masks import Mask, Truths, of_three, open_unless_hidden
from screener.rules.columns.medicines import NO_DAY, MedicineRows
from screener.rules.columns.spans import Between, days_of, length_us, lies_within, start_of
from screener.rules.columns.states import Bools, Whole
from screener.rules.expressions import Duration, HalfLives, Takes
from screener.rules.medicines import Dictionary, Substance, kinds_of, lengths_us
from screener.rules.truth import Truth
from screener.rules.values import MedicineEntry

NO, UNKNOWN, YES = (np.uint8(truth) for truth in (Truth.NO, Truth.UNKNOWN, Truth.YES))
_NO_LENGTH = (-1, -1)
_MOST_KEPT = 100_000


class Part(NamedTuple):
    """What one substance of an entry is to a node: of that kind or not, and how long its half-lives take."""

    kind: int
    lengths: tuple[int, int]


class Reference(NamedTuple):
    """The moments counted back from, one a record: their days, and the microseconds they lie between."""

    days: Between
    first: Whole
    last: Whole


def moments(days: Between) -> Reference:
    """From the first day's midnight to the end of the last."""
    return Reference(days, days.first.astype(np.int64) * DAY_US, (days.last.astype(np.int64) + 1) * DAY_US - 1)


class Taking:
    """The test of one node. What it makes of an entry is kept, since the same few stand in many lists."""

    def __init__(self, node: Takes, dictionary: Dictionary) -> None:
        self.node = node
        self._dictionary = dictionary
        self._parts = lru_cache(_MOST_KEPT)(self._look_up)
        self._last: tuple[tuple[MedicineEntry, ...], _Table] | None = None

    def run(self, column: Column, before: Column | None, facts: ColumnFacts) -> Mask:
        """The whole lists; `before` is the question counted back from, None for the visit or for nothing."""
        if not isinstance(column, MedicineRows):
            refuse(column, "medicines")
            return open_unless_hidden(column)
        if before is None:
            return of_three(column, *self._lists(column, moments(Between(facts.days, facts.days))))
        holds, fails = self._lists(column, None)
        # What the list alone decides comes first; the moment decides only what it leaves open.
        open_ = ~(holds | fails)
        reference = _reference(before)
        if reference is not None:
            there = before.answered & open_
            later_holds, later_fails = self._lists(column, reference)
            holds, fails = holds | (later_holds & there), fails | (later_fails & there)
        return of_three(column, holds, fails | (before.hidden & open_))

    def _lists(self, column: MedicineRows, reference: Reference | None) -> tuple[Bools, Bools]:
        table = self._table(column.entries)
        lines = np.flatnonzero(table.any_kind[column.codes])
        truths = self._lines(column, table, lines, reference)
        holds, possibly = np.zeros(len(column), np.bool_), np.zeros(len(column), np.bool_)
        holds[column.records[lines[truths == YES]]] = True
        possibly[column.records[lines[truths != NO]]] = True
        return holds, ~possibly & column.complete

    def _lines(self, column: MedicineRows, table: _Table, lines: Whole, reference: Reference | None) -> Truths:
        """What each line comes to: the greatest of its substances."""
        best = np.zeros(len(lines), dtype=np.uint8)
        for place in range(table.kinds.shape[1]):
            kinds = table.kinds[column.codes[lines], place]
            timed = self._timing(column, table, lines, place, reference)
            np.maximum(best, np.minimum(kinds, timed), out=best)
        return best

    def _timing(
        self, column: MedicineRows, table: _Table, lines: Whole, place: int, reference: Reference | None
    ) -> Truths:
        """Whether each line is taken now, or was within the length of time before the reference."""
        codes, length = column.codes[lines], self.node.within
        current, unsure = table.current[codes], table.unsure[codes]
        if length is None:
            return np.where(current, YES, np.where(unsure, UNKNOWN, NO))
        first, last = column.first[lines], column.last[lines]
        undated = first == NO_DAY
        by_hours = isinstance(length, Duration) and not length.of_days
        truths = np.full(len(lines), UNKNOWN)
        if reference is not None:
            records = column.records[lines]
            if isinstance(length, Duration) and length.of_days:
                days = Between(reference.days.first[records], reference.days.last[records])
                truths = _three(*lies_within(Between(first, last), start_of(length, days), days))
            else:
                low, high = self._lengths(table, codes, place)
                event = moments(Between(first, last))
                truths = _elapsed(event, reference.first[records], reference.last[records], low, high)
            truths[(truths == NO) & unsure] = UNKNOWN
            truths[undated] = UNKNOWN
        # A course that goes on reaches into every window; of single doses, hours apart, the last one is what counts.
        truths[current & undated if by_hours else current] = YES
        return truths

    def _lengths(self, table: _Table, codes: npt.NDArray[np.int32], place: int) -> tuple[Whole, Whole]:
        if isinstance(self.node.within, Duration):
            most = np.full(len(codes), length_us(self.node.within))
            return most, most
        return table.lengths[codes, place, 0], table.lengths[codes, place, 1]

    def _table(self, entries: tuple[MedicineEntry, ...]) -> _Table:
        if self._last is None or self._last[0] is not entries:
            self._last = (entries, _Table([self._parts(entry) for entry in entries], entries))
        return self._last[1]

    def _look_up(self, entry: MedicineEntry) -> tuple[Part, ...]:
        kinds = kinds_of(self.node.takes, entry, self._dictionary)
        return tuple(Part(int(kind), self._lengths_of(substance)) for kind, substance in kinds)

    def _lengths_of(self, substance: Substance | None) -> tuple[int, int]:
        if not isinstance(self.node.within, HalfLives) or substance is None or substance.half_life is None:
            return _NO_LENGTH
        return lengths_us(self.node.within.count, substance.half_life)


class _Table:
    """What a node makes of distinct entries, as arrays to look up in."""

    def __init__(self, parts: list[tuple[Part, ...]], entries: tuple[MedicineEntry, ...]) -> None:
        most = max((len(of_one) for of_one in parts), default=0)
        self.kinds = np.zeros((len(entries), most), dtype=np.uint8)
        self.lengths = np.full((len(entries), most, 2), -1, dtype=np.int64)
        for row, of_one in enumerate(parts):
            for place, part in enumerate(of_one):
                self.kinds[row, place], self.lengths[row, place] = part
        self.any_kind: Bools = np.logical_or.reduce(self.kinds != 0, axis=1)
        self.current = np.array([entry.use == "current" for entry in entries], dtype=np.bool_)
        self.unsure = np.array([entry.use not in ("current", "stopped") for entry in entries], dtype=np.bool_)


def judge(node: Takes, dictionary: Dictionary) -> Callable[[ColumnFacts], Mask]:
    """The test of a node, ready to run."""
    taking = Taking(node, dictionary)
    return lambda facts: taking.run(facts.of(node.in_), None if node.before is None else facts.of(node.before), facts)


def _reference(before: Column) -> Reference | None:
    days = days_of(before)
    if days is None:
        return None
    if isinstance(before, Moments):
        return Reference(days, before.micros, before.micros)
    return moments(days)


def _three(holds: Bools, fails: Bools) -> Truths:
    return np.where(holds, YES, np.where(fails, NO, UNKNOWN))


def _elapsed(event: Reference, ref_first: Whole, ref_last: Whole, low: Whole, high: Whole) -> Truths:
    """Whether no more time has gone by than a length between `low` and `high`; a length below 0 is not known."""
    least, most = ref_first - event.last, ref_last - event.first
    gone_by = np.where(most <= low, YES, np.where(least > high, NO, UNKNOWN))
    truths = np.where(most < 0, NO, gone_by)
    return np.where(low < 0, UNKNOWN, truths)
