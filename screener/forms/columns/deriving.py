"""Values worked out of other columns: each formula of the closed list, exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from screener.forms.formulas import derive
from screener.forms.model import Formula
from screener.rules.columns.column import Column
from screener.rules.columns.comparing import difference, less, product
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.figures import Dates, Measure, Numbers, Reckoned
from screener.rules.columns.states import ANSWERED, NOT_APPLICABLE, NOT_KNOWN, Days, States, Whole, chosen
from screener.rules.values import Value


def derived(formula: Formula, facts: ColumnFacts) -> Column:
    """A formula over columns as the logic sees them: not applicable, unknown and a value that there cannot be, too."""
    inputs = [facts.of(needed) for needed in formula.of]
    state = _state(inputs)
    if not (state == ANSWERED).any():
        return Reckoned(state, np.zeros(len(state), np.int64), np.zeros(len(state), np.int64))
    figures = FORMULAS[formula.name](facts.days, *inputs)
    if figures is None:
        raise ValueError(f"{formula.name} does not take columns of these kinds")
    measure, impossible = figures
    if impossible is not None:
        state = chosen((state == ANSWERED) & impossible, np.uint8(NOT_KNOWN), state)
    odd = dict[int, Value]()
    for row in sorted({row for column in inputs for row in getattr(column, "odd", ()) if state[row] == ANSWERED}):
        values = [value for column in inputs if (value := column.value(row)) is not None]
        value = derive(formula.name, values, facts.day(row))
        if value is None:
            state[row] = NOT_KNOWN
        else:
            odd[row] = value
    return Reckoned(state, measure.low, measure.high, measure.over, odd)


def _state(inputs: list[Column]) -> States:
    """Not applicable where any input is, else as the first input stands that is not answered."""
    state = np.full(len(inputs[0]), ANSWERED, dtype=np.uint8)
    for column in reversed(inputs):
        state = chosen(column.answered, state, column.state)
    for column in inputs:
        state = chosen(column.hidden, np.uint8(NOT_APPLICABLE), state)
    return state


Found = tuple[Measure, Any] | None
"""The figures, and where there can be none; None for columns of another kind than the formula takes."""


def _bmi(_: Days, weight: Column, height: Column) -> Found:
    """kg and cm to kg/m2: weight * 10 000 / height ** 2."""
    if not isinstance(weight, Numbers) or not isinstance(height, Numbers):
        return None
    none_high = height.units == 0
    if height.odd:
        none_high[list(height.odd)] = False
    tall = chosen(height.units == 0, np.int64(1), height.units)
    shift = 4 + 2 * height.exponent - weight.exponent
    heavy = product(weight.units, 10 ** max(0, shift))
    over = product(product(tall, tall), 10 ** max(0, -shift))
    return Measure(heavy, heavy, over, {}), none_high


def _map(_: Days, systolic: Column, diastolic: Column) -> Found:
    """mmHg: (systolic + 2 * diastolic) / 3."""
    if not isinstance(systolic, Numbers) or not isinstance(diastolic, Numbers):
        return None
    exponent = max(systolic.exponent, diastolic.exponent)
    above = product(systolic.units, 10 ** (exponent - systolic.exponent))
    below = product(diastolic.units, -2 * 10 ** (exponent - diastolic.exponent))
    total = difference(above, below)
    return Measure(total, total, 3 * 10**exponent, {}), None


def _pulse_pressure(_: Days, systolic: Column, diastolic: Column) -> Found:
    if not isinstance(systolic, Numbers) or not isinstance(diastolic, Numbers):
        return None
    return less(systolic.measure, diastolic.measure), None


def _age(days: Days, born: Column) -> Found:
    """Whole years at the visit."""
    if not isinstance(born, Dates):
        return None
    return _between(_years(born.last, days), _years(born.first, days)), None


def _days_between(_: Days, first: Column, last: Column) -> Found:
    if not isinstance(first, Dates) or not isinstance(last, Dates):
        return None
    return less(last.measure, first.measure), None


def _between(low: Whole, high: Whole) -> Measure:
    return Measure(low, high, 1, {})


def _years(born: Days, days: Days) -> Whole:
    """Years gone by; one that is not yet full does not count."""
    found: Whole = (_calendar(days) - _calendar(born)) // 10_000
    return found


def _calendar(days: Days) -> Whole:
    """Each day as its year, month and day in one number, whose last four digits are below those of a whole year."""
    since = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    years, months = since.astype("datetime64[Y]"), since.astype("datetime64[M]")
    month = (months - years.astype("datetime64[M]")).astype(np.int64) + 1
    day = (since - months.astype("datetime64[D]")).astype(np.int64) + 1
    found: Whole = (years.astype(np.int64) + 1970) * 10_000 + month * 100 + day
    return found


_EPOCH = 719_163
"""The ordinal of 1 January 1970, which numpy counts days from."""

FORMULAS: Mapping[str, Callable[..., Found]] = {
    "bmi": _bmi,
    "map": _map,
    "pulse_pressure": _pulse_pressure,
    "age": _age,
    "days_between": _days_between,
}
