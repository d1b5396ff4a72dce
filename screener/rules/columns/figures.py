"""Exact numbers on a common scale, what is worked out from them, dates, times and moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple, Self

import numpy as np

from screener.rules.columns.column import Column, odd_rows
from screener.rules.columns.states import Bools, Days, Integers, States, Whole, chosen, narrowed
from screener.rules.numbers import UNROUNDED
from screener.rules.values import Interval, PartialDate, Value

MOST = 10**15
"""The greatest whole number that a scaled figure is kept as: what is added or doubled still fits."""
FINEST = 9
"""The most decimals that a column's scale has."""
DAY_US = 86_400_000_000
_SMALLEST = timedelta(microseconds=1)
_FIRST = datetime(1, 1, 1)  # noqa: DTZ001 - a moment of a record has no zone
Over = int | Integers


class Measure(NamedTuple):
    """Figures as `low / over` to `high / over`, both inside; `odd` holds the rows that have to be judged one by one."""

    low: Integers
    high: Integers
    over: Over
    odd: Mapping[int, Value]

    @property
    def exact(self) -> bool:
        """Every figure is one number."""
        return self.low is self.high


@dataclass(frozen=True, eq=False)
class Numbers(Column):
    """number: `units / 10 ** exponent`, exactly, in few bits where they suffice: what is worked out of them is widened.

    A number that does not fit stands under `odd` with its row.
    """

    units: Integers
    exponent: int = 0
    odd: Mapping[int, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, states: States, values: Sequence[Value | None], exponent: int | None = None) -> Numbers:
        """Exact numbers on the finest scale that any of them needs, up to FINEST decimals."""
        scale = scale_of(values) if exponent is None else exponent
        units, odd = np.zeros(len(values), dtype=np.int64), dict[int, Value]()
        for row, value in enumerate(values):
            if value is not None:
                assert isinstance(value, Decimal)
                whole = scaled(value, scale)
                if whole is None:
                    odd[row] = value
                else:
                    units[row] = whole
        return cls(states, narrowed(units), scale, odd)

    def held(self, row: int) -> Value:
        known = self.odd.get(row)
        return Decimal(int(self.units[row])).scaleb(-self.exponent) if known is None else known

    def arrays(self) -> dict[str, Any]:
        return super().arrays() | {"units": self.units}

    def rows(self, first: int, last: int) -> Numbers:
        return Numbers(self.state[first:last], self.units[first:last], self.exponent, odd_rows(self.odd, first, last))

    def like(self, states: States, values: Sequence[Value | None]) -> Numbers:
        return self.of(states, values)

    def filled(self, rows: Bools, value: Value) -> Column:
        whole = scaled(value, self.exponent) if isinstance(value, Decimal) else None
        if whole is None:
            return super().filled(rows, value)
        odd = {row: said for row, said in self.odd.items() if not rows[row]}
        units = narrowed(chosen(rows, np.int64(whole), self.units.astype(np.int64)))
        return Numbers(chosen(rows, np.uint8(0), self.state), units, self.exponent, odd)

    @property
    def measure(self) -> Measure:
        return Measure(self.units, self.units, 10**self.exponent, self.odd)


@dataclass(frozen=True, eq=False)
class Reckoned(Column):
    """derived: what is worked out from other columns, `low / over` to `high / over`; one array where they are exact."""

    low: Integers
    high: Integers
    over: Over = 1
    odd: Mapping[int, Value] = field(default_factory=dict)

    worked_out: ClassVar[bool] = True

    @classmethod
    def of(cls, states: States, values: Sequence[Value | None]) -> Reckoned:
        """Fractions and intervals of them; one that does not fit stands under `odd`."""
        low, high = np.zeros(len(values), dtype=np.int64), np.zeros(len(values), dtype=np.int64)
        over, odd = np.ones(len(values), dtype=np.int64), dict[int, Value]()
        for row, value in enumerate(values):
            if value is None:
                continue
            ends = (value.low, value.high) if isinstance(value, Interval) else (Fraction(value),) * 2  # type: ignore[arg-type]
            below = ends[0].denominator * ends[1].denominator
            wholes = [end.numerator * (below // end.denominator) for end in ends]
            if max(*map(abs, wholes), below) > MOST:
                odd[row] = value
            else:
                low[row], high[row], over[row] = *wholes, below
        return cls(states, low, high, over, odd)

    def held(self, row: int) -> Value:
        known = self.odd.get(row)
        if known is not None:
            return known
        over = self.over if isinstance(self.over, int) else int(self.over[row])
        low, high = Fraction(int(self.low[row]), over), Fraction(int(self.high[row]), over)
        return low if low == high else Interval(low, high)

    def rows(self, first: int, last: int) -> Reckoned:
        low, over = self.low[first:last], self.over
        high = low if self.high is self.low else self.high[first:last]
        over = over if isinstance(over, int) else over[first:last]
        return Reckoned(self.state[first:last], low, high, over, odd_rows(self.odd, first, last))

    def like(self, states: States, values: Sequence[Value | None]) -> Reckoned:
        return self.of(states, values)

    @property
    def measure(self) -> Measure:
        return Measure(self.low, self.high, self.over, self.odd)


@dataclass(frozen=True, eq=False)
class Dates(Column):
    """date: the first and the last day that it may be, as ordinals; a day, a month or a year."""

    first: Days
    last: Days

    @classmethod
    def of(cls, states: States, values: Sequence[Value | None]) -> Dates:
        ends = [(v.first.toordinal(), v.last.toordinal()) if isinstance(v, PartialDate) else (0, 0) for v in values]
        both = np.array(ends, dtype=np.int32).reshape(-1, 2)
        return cls(states, both[:, 0].copy(), both[:, 1].copy())

    def held(self, row: int) -> Value:
        return partial(int(self.first[row]), int(self.last[row]))

    def arrays(self) -> dict[str, Any]:
        return super().arrays() | {"first": self.first, "last": self.last}

    def like(self, states: States, values: Sequence[Value | None]) -> Dates:
        return self.of(states, values)

    @property
    def measure(self) -> Measure:
        return Measure(self.first.astype(np.int64), self.last.astype(np.int64), 1, {})


@dataclass(frozen=True, eq=False)
class Times(Column):
    """time: microseconds since midnight."""

    micros: Whole

    @classmethod
    def of(cls, states: States, values: Sequence[Value | None]) -> Self:
        return cls(states, np.array([0 if value is None else cls._counted(value) for value in values], dtype=np.int64))

    @staticmethod
    def _counted(value: Value) -> int:
        assert isinstance(value, time)
        return (
            timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
            // _SMALLEST
        )

    def held(self, row: int) -> Value:
        return (_FIRST + timedelta(microseconds=int(self.micros[row]))).time()

    def arrays(self) -> dict[str, Any]:
        return super().arrays() | {"micros": self.micros}

    def like(self, states: States, values: Sequence[Value | None]) -> Self:
        return self.of(states, values)


@dataclass(frozen=True, eq=False)
class Moments(Times):
    """datetime: microseconds, counted so that a day's ordinal times DAY_US is its midnight."""

    @staticmethod
    def _counted(value: Value) -> int:
        assert isinstance(value, datetime)
        return (value.replace(tzinfo=None) - _FIRST) // _SMALLEST + DAY_US

    def held(self, row: int) -> Value:
        return _FIRST + timedelta(microseconds=int(self.micros[row]) - DAY_US)

    @property
    def measure(self) -> Measure:
        return Measure(self.micros, self.micros, DAY_US, {})


def decimals(value: Decimal) -> int:
    """How many decimals a number needs."""
    if value.adjusted() < 20 and value == int(value):
        return 0
    exponent = value.normalize(UNROUNDED).as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def scale_of(values: Iterable[Value | None]) -> int:
    """The decimals that all of these need, FINEST at most."""
    return min(FINEST, max((decimals(value) for value in values if isinstance(value, Decimal)), default=0))


def scaled(value: Decimal, exponent: int) -> int | None:
    """A number in units of a scale; None where it does not fit."""
    if value.adjusted() > FINEST + 9:
        return None
    units = value.scaleb(exponent, UNROUNDED)
    whole = int(units)
    return whole if whole == units and abs(whole) <= MOST else None


def partial(first: int, last: int) -> PartialDate:
    """The day, month or year of these ordinals, named as it would be typed."""
    begin, end = date.fromordinal(first), date.fromordinal(last)
    if first == last:
        return PartialDate.on(begin)
    text = f"{begin.year:04}-{begin.month:02}" if last - first < 31 else f"{begin.year:04}"
    return PartialDate(begin, end, text)
