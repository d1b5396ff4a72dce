"""Statistics of repeated readings. Means are exact fractions; a pressure of 0 is no value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from screener.rules.expressions import OfReadings, Part, PartTest, ReadingsCount
from screener.rules.numbers import compares
from screener.rules.truth import Truth
from screener.rules.values import Reading, Readings


def part_of(reading: Reading, part: Part) -> Decimal | None:
    """The value of one part, or None where it was not taken; 0 for a pressure counts as not taken."""
    if part == "pulse_pressure":
        systolic, diastolic = part_of(reading, "systolic"), part_of(reading, "diastolic")
        return None if systolic is None or diastolic is None else systolic - diastolic
    value: Decimal | None = getattr(reading, part)
    return None if part != "pulse" and value == 0 else value


def in_phase(readings: Readings, phase: str | None) -> tuple[Reading, ...]:
    """The readings of one phase, or all of them."""
    return readings.items if phase is None else tuple(r for r in readings.items if r.phase == phase)


MEASURED: tuple[Part, ...] = ("systolic", "diastolic", "pulse")


def taken(reading: Reading) -> bool:
    """Whether a reading holds any value at all."""
    return any(part_of(reading, part) is not None for part in MEASURED)


def values_of(readings: Sequence[Reading], part: Part) -> list[Decimal]:
    """The values of one part that were taken, in order."""
    return [value for value in (part_of(reading, part) for reading in readings) if value is not None]


def statistic(name: str, values: Sequence[Decimal]) -> Fraction | None:
    """mean, last, highest or spread of the values; None when there are not enough (spread needs two)."""
    if not values or (name == "spread" and len(values) < 2):
        return None
    match name:
        case "mean":
            return sum(map(Fraction, values), Fraction(0)) / len(values)
        case "last":
            return Fraction(values[-1])
        case "highest":
            return Fraction(max(values))
        case "spread":
            return Fraction(max(values)) - Fraction(min(values))
        case _:
            raise ValueError(f"{name} is not a statistic")


def test(node: OfReadings, readings: Readings, limit: Decimal | None, day: date) -> Truth:
    """Whether a node's statistic meets its limit (None for `count`, which has its own); UNKNOWN without a value."""
    chosen = in_phase(readings, node.phase)
    if node.count is not None:
        return _counts(node.count, chosen, readings.none_taken, day)
    comparison = node.comparison
    assert comparison is not None and limit is not None
    values = values_of(chosen, node.part)
    if node.statistic == "any":
        return max((compares(value, comparison, limit) for value in values), default=Truth.UNKNOWN)
    figure = statistic(node.statistic, values)
    return Truth.UNKNOWN if figure is None else compares(figure, comparison, limit)


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
