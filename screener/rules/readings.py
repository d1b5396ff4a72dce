"""Statistics of repeated readings. Means are exact fractions; a pressure of 0 is no value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, reduce

from screener.rules.expressions import OfReadings, Part, PartTest, ReadingsCount
from screener.rules.numbers import UNROUNDED, compares, holding
from screener.rules.truth import Truth
from screener.rules.values import Reading, Readings


def part_of(reading: Reading, part: Part) -> Decimal | None:
    """The value of one part, or None where it was not taken; 0 for a pressure counts as not taken."""
    return next(iter(values_of((reading,), part)), None)


BEFORE_ANY_DOSE = ("screening", "before")


def in_phase(readings: Readings, phase: str | None) -> tuple[Reading, ...]:
    """The readings of one phase, or all of them. One whose phase nobody said counts as taken before any dose.

    While nothing is taken before the dose, what was taken at screening stands for it.
    """
    if phase is None:
        return readings.items
    wanted = (phase, None) if phase in BEFORE_ANY_DOSE else (phase,)
    found = tuple([reading for reading in readings.items if reading.phase in wanted])
    if phase != "before":
        return found
    for reading in found:
        if reading.systolic or reading.diastolic or reading.pulse is not None:
            return found
    return tuple([reading for reading in readings.items if reading.phase in (*BEFORE_ANY_DOSE, None)])


def taken(reading: Reading) -> bool:
    """Whether a reading holds any value at all."""
    return bool(reading.systolic or reading.diastolic) or reading.pulse is not None


def values_of(readings: Sequence[Reading], part: Part) -> list[Decimal]:
    """The values of one part that were taken, in order."""
    return _VALUES[part](readings)


_VALUES: Mapping[Part, Callable[[Sequence[Reading]], list[Decimal]]] = {
    "systolic": lambda readings: [value for reading in readings if (value := reading.systolic)],
    "diastolic": lambda readings: [value for reading in readings if (value := reading.diastolic)],
    "pulse": lambda readings: [value for reading in readings if (value := reading.pulse) is not None],
    "pulse_pressure": lambda readings: [r.systolic - r.diastolic for r in readings if r.systolic and r.diastolic],
}


def statistic(name: str, values: Sequence[Decimal]) -> Fraction | None:
    """mean, last, highest or spread of the values; None when there are not enough (spread needs two)."""
    figure = _figure(name, values)
    return None if figure is None else Fraction(figure)


def _figure(name: str, values: Sequence[Decimal]) -> Decimal | Fraction | None:
    if not values or (name == "spread" and len(values) < 2):
        return None
    match name:
        case "mean":
            return _mean(values)
        case "last":
            return values[-1]
        case "highest":
            return max(values)
        case "spread":
            return Fraction(max(values)) - Fraction(min(values))
        case _:
            raise ValueError(f"{name} is not a statistic")


def _mean(values: Sequence[Decimal]) -> Decimal | Fraction:
    """Exact: whole numbers are summed as such, which is quick, anything else as fractions."""
    if len(values) == 1:
        return values[0]
    whole = [int(value) for value in values]
    if whole == list(values):
        return Fraction(sum(whole), len(whole))
    return sum(map(Fraction, values), Fraction(0)) / len(values)


_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


class Measured:
    """The readings of one answer, with what rules ask of them worked out once and shared between the rules."""

    __slots__ = ("held", "phases", "readings", "totals", "values")

    def __init__(self, readings: Readings) -> None:
        self.readings = readings
        self.phases: dict[str | None, tuple[Reading, ...]] = {None: readings.items}
        self.values: dict[str, list[Decimal]] = {}
        self.totals: dict[str, Decimal] = {}
        self.held: dict[str | None, list[Reading]] = {}

    def of(self, phase: str | None) -> tuple[Reading, ...]:
        """The readings of one phase, or all of them."""
        known = self.phases.get(phase)
        if known is None:
            known = self.phases[phase] = in_phase(self.readings, phase)
        return known


_NONE: list[Decimal] = []
_NOTHING = Decimal(0)


@lru_cache(maxsize=256)
def taken_in(phase: str | None, part: Part) -> Callable[[object], list[Decimal]]:
    """Reads the values of one part in one phase (or in all), in order; none where there are no readings at all."""
    read, key = _VALUES[part], f"{phase} {part}"

    def values(measured: object) -> list[Decimal]:
        if measured.__class__ is not Measured:
            return _NONE
        known = measured.values.get(key)
        if known is None:
            known = measured.values[key] = read(measured.of(phase))
        return known

    return values


@lru_cache(maxsize=256)
def total_in(phase: str | None, part: Part) -> Callable[[object], Decimal]:
    """Reads the exact sum of the same values."""
    values, key = taken_in(phase, part), f"{phase} {part}"

    def total(measured: object) -> Decimal:
        if measured.__class__ is not Measured:
            return _NOTHING
        known = measured.totals.get(key)
        if known is None:
            taken = values(measured)
            known = measured.totals[key] = reduce(UNROUNDED.add, taken) if taken else _NOTHING
        return known

    return total


class Multiples(dict[int, Decimal]):
    """So many times a limit. A mean meets the limit where the sum meets so many of it: exact, and no division."""

    def __init__(self, limit: Decimal) -> None:
        super().__init__()
        self._limit = limit

    def __missing__(self, number: int) -> Decimal:
        made = self[number] = UNROUNDED.multiply(self._limit, number)
        return made


def held_in(measured: Measured, phase: str | None) -> list[Reading]:
    """The readings of one phase that hold any value."""
    known = measured.held.get(phase)
    if known is None:
        known = measured.held[phase] = [
            r for r in measured.of(phase) if r.systolic or r.diastolic or r.pulse is not None
        ]
    return known


Judge = Callable[[Measured, date], Truth]


def judge(node: OfReadings) -> Judge:
    """The test of a node that has no limit (`zero` and `count`), ready to run."""
    phase, count, zero = node.phase, node.count, node.zero
    if count is not None:
        return _counting(count, phase)
    assert zero is not None
    return lambda measured, _: _any_taken(Truth.of(figure == 0) for figure in _typed(measured.of(phase), zero))


def statistic_of(node: OfReadings) -> str:
    """Which figure of the values is compared: any reading is below a limit where the least is."""
    if node.any is None:
        return node.statistic
    return "least" if node.comparison in ("below", "at_most") else "highest"


def _typed(readings: Sequence[Reading], part: Part) -> list[Decimal]:
    """The values of one part as they were typed, zeros included."""
    return [value for reading in readings if (value := getattr(reading, part)) is not None]


def _any_taken(parts: Iterable[Truth]) -> Truth:
    """The greatest of the parts; UNKNOWN when there are none, since nothing was taken."""
    return max(parts, default=Truth.UNKNOWN)


def _counting(count: ReadingsCount, phase: str | None) -> Judge:
    """Counts what was taken. Where nothing that could count was, the number is not known, unless none was taken."""
    enough = _enough(count)
    if count.on:
        return lambda measured, day: _count_days(count, phase, measured, day)
    if count.of is None:

        def of_all(measured: Measured, _: date) -> Truth:
            held = held_in(measured, phase)
            return enough(len(held)) if held or measured.readings.none_taken else _UNKNOWN

        return of_all
    ((part, bound),) = count.of.items()
    assert bound.comparison is not None and isinstance(bound.limit, Decimal)
    values, holds, limit = taken_in(phase, part), holding(bound.comparison), bound.limit

    def of_some(measured: Measured, _: date) -> Truth:
        held = values(measured)
        if not held and not measured.readings.none_taken:
            return _UNKNOWN
        return enough(len([value for value in held if holds(value, limit)]))

    return of_some


def _enough(count: ReadingsCount) -> Callable[[int], Truth]:
    least, below = count.at_least, count.below
    if least is not None:
        return lambda number: _YES if number >= least else _NO
    assert below is not None
    return lambda number: _YES if number < below else _NO


def _count_days(count: ReadingsCount, phase: str | None, measured: Measured, day: date) -> Truth:
    """The same of the days on which something was taken."""
    wanted = count.of
    part = None if wanted is None else next(iter(wanted))
    if part is None:
        held = held_in(measured, phase)
    else:
        held = [r for r in measured.of(phase) if part_of(r, part) is not None]
    if not held and not measured.readings.none_taken:
        return _UNKNOWN
    found = held if wanted is None else [r for r in held if _is_wanted(r, wanted)]
    return _enough(count)(len({_day_of(reading, day) for reading in found}))


def _is_wanted(reading: Reading, wanted: Mapping[Part, PartTest]) -> bool:
    ((part, bound),) = wanted.items()
    value = part_of(reading, part)
    assert value is not None and bound.comparison is not None and isinstance(bound.limit, Decimal)
    return compares(value, bound.comparison, bound.limit) is Truth.YES


def _day_of(reading: Reading, day: date) -> str:
    """The day of a reading: its own where `at` has a date, else the visit's."""
    return reading.at[:10] if reading.at and len(reading.at) > 5 else day.isoformat()
