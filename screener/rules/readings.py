"""Statistics of repeated readings. Means are exact fractions; a pressure of 0 is no value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from screener.rules.expressions import OfReadings, Part, PartTest, ReadingsCount
from screener.rules.numbers import comparer, compares
from screener.rules.truth import Truth
from screener.rules.values import Reading, Readings


def part_of(reading: Reading, part: Part) -> Decimal | None:
    """The value of one part, or None where it was not taken; 0 for a pressure counts as not taken."""
    return next(iter(values_of((reading,), part)), None)


BEFORE_ANY_DOSE = ("screening", "before")


def in_phase(readings: Readings, phase: str | None) -> tuple[Reading, ...]:
    """The readings of one phase, or all of them. One whose phase nobody said counts as taken before any dose."""
    if phase is None:
        return readings.items
    wanted = (phase, None) if phase in BEFORE_ANY_DOSE else (phase,)
    return tuple(reading for reading in readings.items if reading.phase in wanted)


MEASURED: tuple[Part, ...] = ("systolic", "diastolic", "pulse")


def taken(reading: Reading) -> bool:
    """Whether a reading holds any value at all."""
    return any(part_of(reading, part) is not None for part in MEASURED)


def values_of(readings: Sequence[Reading], part: Part) -> list[Decimal]:
    """The values of one part that were taken, in order."""
    match part:
        case "systolic":
            return [value for reading in readings if (value := reading.systolic)]
        case "diastolic":
            return [value for reading in readings if (value := reading.diastolic)]
        case "pulse":
            return [value for reading in readings if (value := reading.pulse) is not None]
        case "pulse_pressure":
            return [r.systolic - r.diastolic for r in readings if r.systolic and r.diastolic]


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


Judge = Callable[[Readings, date], Truth]


def judge(node: OfReadings, limit: Decimal | None) -> Judge:
    """The test of a node against its limit (None for `zero` and `count`), ready to run."""
    phase, count, zero = node.phase, node.count, node.zero
    if count is not None:
        return lambda readings, day: _counts(count, in_phase(readings, phase), readings.none_taken, day)
    if zero is not None:
        return lambda readings, _: _any_taken(
            Truth.of(figure == 0) for figure in _typed(in_phase(readings, phase), zero)
        )
    assert limit is not None and node.comparison is not None
    part, name, meets = node.part, node.statistic, comparer(node.comparison, limit)
    if name == "any":
        return lambda readings, _: _any_taken(map(meets, values_of(in_phase(readings, phase), part)))

    def run(readings: Readings, _: date) -> Truth:
        figure = _figure(name, values_of(in_phase(readings, phase), part))
        return Truth.UNKNOWN if figure is None else meets(figure)

    return run


def _typed(readings: Sequence[Reading], part: Part) -> list[Decimal]:
    """The values of one part as they were typed, zeros included."""
    return [value for reading in readings if (value := getattr(reading, part)) is not None]


def _any_taken(parts: Iterable[Truth]) -> Truth:
    """The greatest of the parts; UNKNOWN when there are none, since nothing was taken."""
    return max(parts, default=Truth.UNKNOWN)


def _counts(count: ReadingsCount, readings: Sequence[Reading], none_taken: bool, day: date) -> Truth:
    """Counts what was taken. Where nothing that could count was, the number is not known, unless none was taken."""
    wanted = count.of
    part = None if wanted is None else next(iter(wanted))
    held = [r for r in readings if (taken(r) if part is None else part_of(r, part) is not None)]
    if not held and not none_taken:
        return Truth.UNKNOWN
    found = held if wanted is None else [r for r in held if _is_wanted(r, wanted)]
    number = len({_day_of(reading, day) for reading in found}) if count.on else len(found)
    if count.at_least is not None:
        return Truth.of(number >= count.at_least)
    assert count.below is not None
    return Truth.of(number < count.below)


def _is_wanted(reading: Reading, wanted: Mapping[Part, PartTest]) -> bool:
    ((part, bound),) = wanted.items()
    value = part_of(reading, part)
    assert value is not None and bound.comparison is not None and isinstance(bound.limit, Decimal)
    return compares(value, bound.comparison, bound.limit) is Truth.YES


def _day_of(reading: Reading, day: date) -> str:
    """The day of a reading: its own where `at` has a date, else the visit's."""
    return reading.at[:10] if reading.at and len(reading.at) > 5 else day.isoformat()
