"""Statistics of repeated readings. Means are exact fractions; a pressure of 0 is no value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import itemgetter

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
    if phase == "before" and not any(map(taken, found)):
        return tuple([reading for reading in readings.items if reading.phase in (*BEFORE_ANY_DOSE, None)])
    return found


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


class Which:
    """The values of one part in one phase (or in all), asked of any readings, which keep them under `key`."""

    __slots__ = ("_phase", "_read", "key")

    def __init__(self, phase: str | None, part: Part) -> None:
        self._phase, self._read, self.key = phase, _VALUES[part], f"{phase} {part}"

    def values(self, measured: Measured) -> list[Decimal]:
        """The values that were taken, in order."""
        known = measured.values.get(self.key)
        if known is None:
            known = measured.values[self.key] = self._read(measured.of(self._phase))
        return known

    def total(self, measured: Measured, values: list[Decimal]) -> Decimal:
        """The exact sum of these values, of which there is one at least."""
        known = measured.totals.get(self.key)
        if known is None:
            known = measured.totals[self.key] = reduce(UNROUNDED.add, values)
        return known


def held_in(measured: Measured, phase: str | None) -> list[Reading]:
    """The readings of one phase that hold any value."""
    known = measured.held.get(phase)
    if known is None:
        known = measured.held[phase] = [
            r for r in measured.of(phase) if r.systolic or r.diastolic or r.pulse is not None
        ]
    return known


Judge = Callable[[Measured, date], Truth]


def judge(node: OfReadings, limit: Decimal | None) -> Judge:
    """The test of a node against its limit (None for `zero` and `count`), ready to run."""
    phase, count, zero = node.phase, node.count, node.zero
    if count is not None:
        return _counting(count, phase)
    if zero is not None:
        return lambda measured, _: _any_taken(Truth.of(figure == 0) for figure in _typed(measured.of(phase), zero))
    assert limit is not None and node.comparison is not None
    which, holds = Which(phase, node.part), holding(node.comparison)
    key = which.key
    if node.statistic == "mean":
        return _mean_judge(which, holds, limit)
    figure, fewest = _FIGURES["least" if _is_any_below(node) else node.statistic], 2 if node.spread else 1

    def run(measured: Measured, _: date) -> Truth:
        values = measured.values.get(key) or which.values(measured)
        if len(values) < fewest:
            return _UNKNOWN
        return _YES if holds(figure(values), limit) else _NO

    return run


def _is_any_below(node: OfReadings) -> bool:
    """Any reading is below a limit where the least is, and above one where the highest is."""
    return node.any is not None and node.comparison in ("below", "at_most")


_FIGURES: Mapping[str, Callable[[list[Decimal]], Decimal]] = {
    "last": itemgetter(-1),
    "highest": max,
    "any": max,
    "least": min,
    "spread": lambda values: UNROUNDED.subtract(max(values), min(values)),
}


def _mean_judge(which: Which, holds: Callable[[Decimal, Decimal], bool], limit: Decimal) -> Judge:
    """A mean meets a limit where the sum meets so many times the limit: exact, and quicker than to divide."""
    limits, key = [UNROUNDED.multiply(limit, number) for number in range(9)], which.key

    def run(measured: Measured, _: date) -> Truth:
        values = measured.values.get(key) or which.values(measured)
        number = len(values)
        if not number:
            return _UNKNOWN
        against = limits[number] if number < 9 else UNROUNDED.multiply(limit, number)
        return _YES if holds(measured.totals.get(key) or which.total(measured, values), against) else _NO

    return run


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
    which, holds, limit = Which(phase, part), holding(bound.comparison), bound.limit

    def of_some(measured: Measured, _: date) -> Truth:
        held = which.values(measured)
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
