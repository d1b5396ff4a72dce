"""Statistics of repeated readings, each in columns of its own. Sums are whole numbers; a pressure of 0 is no value."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import combinations, permutations
from typing import Any

from screener.forms.in_place.parts import (
    VISIT,
    NoFormError,
    all_of,
    any_of,
    edge,
    either,
    known_where,
    literal,
    null,
    number_of,
    total,
)
from screener.forms.in_place.seen import Seen
from screener.rules.expressions import Comparison, OfReadings, ReadingsCount
from screener.rules.numbers import holding
from screener.rules.readings import BEFORE_ANY_DOSE
from screener.rules.values import Kind

PARTS = ("systolic", "diastolic", "pulse")
MOST = 16
"""So many readings at most have columns."""


def judge(seen: Seen, node: OfReadings, limit: Decimal | None) -> Any:
    """The test of a node against its limit (None for `zero` and `count`)."""
    question = seen.asked(node.readings, Kind.READINGS)
    if question is None:
        return null()
    taken = _Taken(seen, question.id, node.phase)
    if node.count is not None:
        known, met = taken.counting(node.count)
    elif node.zero is not None:
        known, met = taken.zero(node.zero)
    else:
        assert limit is not None and node.comparison is not None
        known, met = taken.figure(node.statistic, node.part, node.comparison, limit)
    return seen.answered(question.id, known_where(known, met))


class _Taken:
    """The readings of one question, of one phase or of all."""

    def __init__(self, seen: Seen, question_id: str, phase: str | None) -> None:
        self._seen, self._id, self._phase = seen, question_id, phase
        numbers = {name.split("/")[1] for name in seen.held if name.startswith(f"{question_id}/")}
        self._numbers = sorted(int(number) for number in numbers if number.isdigit())
        if len(self._numbers) > MOST:
            raise NoFormError(f"{question_id} has columns for more than {MOST} readings")

    def _column(self, number: int, name: str) -> Any:
        """A column of one reading; None where the table has none."""
        full = f"{self._id}/{number}/{name}"
        return self._seen.table[full] if full in self._seen.held else None

    def _value(self, number: int, part: str) -> Any:
        if part != "pulse_pressure":
            return self._column(number, part)
        above, below = self._column(number, "systolic"), self._column(number, "diastolic")
        return None if above is None or below is None else above - below

    def _has(self, number: int, part: str) -> Any:
        """Whether a reading holds a value of a part; never NULL, and 0 for a pressure is none."""
        if part == "pulse_pressure":
            return self._has(number, "systolic") & self._has(number, "diastolic")
        value = self._column(number, part)
        if value is None:
            return literal(False)
        return value.notnull() if part == "pulse" else value.notnull() & (value > 0)

    def _holds_any(self, number: int) -> Any:
        return any_of(self._has(number, part) for part in PARTS)

    def _said(self, number: int, phase: str) -> Any:
        column = self._column(number, "phase")
        return literal(False) if column is None else column.notnull() & (column == phase)

    def _unsaid(self, number: int) -> Any:
        column = self._column(number, "phase")
        return literal(True) if column is None else column.isnull()

    @cached_property
    def _in_phase(self) -> dict[int, Any]:
        """Which readings are of the phase. One whose phase nobody said counts as taken before any dose.

        While nothing is taken before the dose, what was taken at screening stands for it.
        """
        phase = self._phase
        if phase is None:
            return {number: literal(True) for number in self._numbers}
        found = {number: self._said(number, phase) for number in self._numbers}
        if phase in BEFORE_ANY_DOSE:
            found = {number: one | self._unsaid(number) for number, one in found.items()}
        if phase == "before" and found:
            nothing = ~any_of(one & self._holds_any(number) for number, one in found.items())
            found = {number: one | (self._said(number, "screening") & nothing) for number, one in found.items()}
        return found

    def _values(self, part: str) -> list[tuple[Any, Any]]:
        """Of each reading whether it has a value of a part, and the value."""
        pairs = [
            (self._in_phase[number] & self._has(number, part), self._value(number, part)) for number in self._numbers
        ]
        return [(there, value) for there, value in pairs if value is not None]

    def _limit(self, limit: Decimal, comparison: Comparison, number: int = 1) -> int:
        return edge(Fraction(limit) * 10 ** self._seen.exponent(self._id) * number, comparison)

    def figure(self, statistic: str, part: str, comparison: Comparison, limit: Decimal) -> tuple[Any, Any]:
        """Whether a statistic can be told, and whether it meets the limit."""
        values = self._values(part)
        if not values:
            return literal(False), literal(False)
        holds, edges = holding(comparison), self._limit(limit, comparison)
        some = any_of(there for there, _ in values)
        match statistic:
            case "any":
                return some, any_of(there & holds(value, edges) for there, value in values)
            case "highest":
                return some, _most([(there, value) for there, value in values], comparison, edges)
            case "last":
                return some, any_of(
                    all_of([there, *(~later for later, _ in values[place + 1 :])]) & holds(value, edges)
                    for place, (there, value) in enumerate(values)
                )
            case "spread":
                return self._spread(values, comparison, edges)
            case _:
                return some, self._mean(values, comparison, limit)

    def _spread(self, values: list[tuple[Any, Any]], comparison: Comparison, edges: int) -> tuple[Any, Any]:
        if len(values) < 2:
            return literal(False), literal(False)
        two = any_of(one & other for (one, _), (other, _) in combinations(values, 2))
        apart = [(one & other, left - right) for (one, left), (other, right) in permutations(values, 2)]
        return two, _most(apart, comparison, edges)

    def _mean(self, values: list[tuple[Any, Any]], comparison: Comparison, limit: Decimal) -> Any:
        """A mean meets a limit where the sum meets so many times the limit."""
        summed, number = total([either(there, value, 0) for there, value in values]), number_of([t for t, _ in values])
        holds = holding(comparison)
        return any_of(
            (number == count) & holds(summed, self._limit(limit, comparison, count))
            for count in range(1, len(values) + 1)
        )

    def zero(self, part: str) -> tuple[Any, Any]:
        """Whether any was typed, and whether one of them was 0."""
        typed = [(self._in_phase[number], self._column(number, part)) for number in self._numbers]
        typed = [(of_it & value.notnull(), value) for of_it, value in typed if value is not None]
        if not typed:
            return literal(False), literal(False)
        return any_of(there for there, _ in typed), any_of(there & (value == 0) for there, value in typed)

    def counting(self, count: ReadingsCount) -> tuple[Any, Any]:
        """Counts what was taken. Where nothing that could count was, the number is not known, unless none was taken."""
        column = f"{self._id}/none_taken"
        none = literal(False)
        if column in self._seen.held:
            said = self._seen.table[column]
            none = said.notnull() & said
        held, wanted = self._held(count)
        if not held:
            return none, literal(count.below is not None)
        found = [there & wanted(number) for number, there in held.items()]
        if count.on:
            found = self._first_of_each_day(list(held), found)
        number = number_of(found)
        enough = number >= count.at_least if count.at_least is not None else number < int(count.below or 0)
        return none | any_of(held.values()), enough

    def _held(self, count: ReadingsCount) -> tuple[dict[int, Any], Callable[[int], Any]]:
        """The readings that could count, and the test of those that do."""
        if count.of is None:
            held = {number: self._in_phase[number] & self._holds_any(number) for number in self._numbers}
            return held, lambda _: literal(True)
        ((part, bound),) = count.of.items()
        assert bound.comparison is not None and isinstance(bound.limit, Decimal)
        holds, limit = holding(bound.comparison), self._limit(bound.limit, bound.comparison)
        there = [number for number in self._numbers if self._value(number, part) is not None]
        held = {number: self._in_phase[number] & self._has(number, part) for number in there}
        return held, lambda number: holds(self._value(number, part), limit)

    def _first_of_each_day(self, numbers: list[int], found: list[Any]) -> list[Any]:
        visit = self._seen.table[VISIT]
        days = [visit if (own := self._column(number, "day")) is None else own.fill_null(visit) for number in numbers]
        return [
            all_of([one, *(~(found[before] & (days[before] == days[place])) for before in range(place))])
            for place, one in enumerate(found)
        ]


def _most(values: list[tuple[Any, Any]], comparison: Comparison, edges: int) -> Any:
    """Whether the greatest of these meets a limit; there is one at least."""
    holds = holding(comparison)
    if comparison in ("above", "at_least"):
        return any_of(there & holds(value, edges) for there, value in values)
    return all_of(~there | holds(value, edges) for there, value in values)
