"""What is worked out of other answers: a closed list of formulas, exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from screener.rules.numbers import UNROUNDED, as_interval, minus
from screener.rules.values import Interval, PartialDate, Ratio, Value

RATIOS = ("bmi", "map", "pulse_pressure")
"""The formulas that come to a ratio."""

_ONE, _TWO, _THREE, _SQUARE_METRE = Decimal(1), Decimal(2), Decimal(3), Decimal("1E+4")
_add, _subtract, _multiply = UNROUNDED.add, UNROUNDED.subtract, UNROUNDED.multiply


def work_out(name: str, values: list[Value], day: date) -> Ratio | Fraction | Interval | None:
    """One of the closed list of formulas; None where the inputs admit no value (a height of 0).

    bmi is kg/m2 of kg and cm, map and pulse_pressure are mmHg, age is in whole years at the visit, days_between days.
    """
    match name, values:
        case "bmi", [Decimal() as weight, Decimal() as height]:
            return Ratio(_multiply(weight, _SQUARE_METRE), _multiply(height, height)) if height else None
        case "map", [Decimal() as systolic, Decimal() as diastolic]:
            return Ratio(_add(systolic, _multiply(diastolic, _TWO)), _THREE)
        case "pulse_pressure", [Decimal() as systolic, Decimal() as diastolic]:
            return Ratio(_subtract(systolic, diastolic), _ONE)
        case "age", [PartialDate() as born]:
            return _exact_if_possible(Interval(Fraction(_years(born.last, day)), Fraction(_years(born.first, day))))
        case "days_between", [PartialDate() as first, PartialDate() as last]:
            return _exact_if_possible(minus(as_interval(last), as_interval(first)))
        case _:
            raise ValueError(f"{name} does not take {len(values)} values of these kinds")


def derive(name: str, values: list[Value], day: date) -> Fraction | Interval | None:
    """The same as it is shown."""
    found = work_out(name, values, day)
    return found.fraction if isinstance(found, Ratio) else found


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _exact_if_possible(value: Interval) -> Fraction | Interval:
    return value.low if value.low == value.high else value
