"""What would change it: the smallest changes of answers, one or two at a time, that make a rule come out otherwise."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from itertools import combinations
from typing import Any

from screener.forms.analysis.search import Searched
from screener.forms.answering import NONE_TAKEN, Given, one
from screener.forms.evaluation import WORDS
from screener.forms.model import OutcomeWord
from screener.rules.evaluate import Condition, Outcome
from screener.rules.values import (
    InstrumentResult,
    MedicineEntry,
    Medicines,
    PartialDate,
    Reading,
    Readings,
    State,
    Value,
)

BUDGET = 1_500
"""Evaluations for one rule. Single changes come first, so that what is left out are pairs."""


@dataclass(frozen=True, slots=True)
class Turn:
    """With these answers in place of what stands, everything else as it is, the rule comes out so."""

    answers: Mapping[str, Value]
    outcome: OutcomeWord
    level: str | None


@dataclass(frozen=True, slots=True)
class Turns:
    """Single changes, then pairs of which neither half does it. `whole`: everything was tried, with values for all."""

    single: tuple[Turn, ...]
    paired: tuple[Turn, ...]
    whole: bool


def turns(searched: Searched, condition: Condition, answers: Mapping[str, Given], budget: int = BUDGET) -> Turns:
    """Every such change of a rule on these answers.

    Of figures, dates, readings and lists the value nearest to what stands; to answer what is not answered is a change.
    """
    return _Tried(searched, condition, answers, budget).turns()


def raw_of(value: Value) -> Any:
    """A value as an answer is written in JSON, so that it can be given back."""
    match value:
        case frozenset():
            return sorted(value)
        case PartialDate():
            return value.text
        case datetime() | time():
            return value.isoformat(timespec="minutes")
        case Readings():
            return NONE_TAKEN if value.none_taken else [_without_nothing(reading) for reading in value.items]
        case Medicines():
            return [_without_nothing(entry) for entry in value.items]
        case InstrumentResult():
            parts = {"items": dict(value.items), "total": value.total, "scores": dict(value.scores)}
            return {name: part for name, part in parts.items() if part not in (None, {})}
        case _:
            return value


def _without_nothing(made: Reading | MedicineEntry) -> dict[str, Any]:
    fields = ((field.name, getattr(made, field.name)) for field in dataclasses.fields(made))
    return {name: part.text if isinstance(part, PartialDate) else part for name, part in fields if part is not None}


def _height(readings: Readings) -> Decimal:
    """How high readings lie, both pressures together: to tell which are nearer to each other."""
    figures = [figure for one in readings.items for figure in (one.systolic, one.diastolic) if figure is not None]
    return sum(figures, Decimal(0)) / max(1, len(readings.items))


class _Tried:
    def __init__(self, searched: Searched, condition: Condition, answers: Mapping[str, Given], budget: int) -> None:
        self._searched, self._condition, self._left = searched, condition, budget
        self._answers = {name: given for name, given in answers.items() if name in searched.form.questions}
        self._values = searched.values(condition)
        self._now = self._came_to({})

    def turns(self) -> Turns:
        single = [turn for name in self._values for turn in self._nearest(name, self._each(name))]
        reached: dict[str, set[tuple[OutcomeWord, str | None]]] = {}
        for turn in single:
            (name,) = turn.answers
            reached.setdefault(name, set()).add((turn.outcome, turn.level))
        paired = [
            turn
            for first, second in combinations(self._values, 2)
            for turn in self._first_of_each(first, second, reached.get(first, set()) | reached.get(second, set()))
        ]
        whole = self._left > 0 and all(values.whole for values in self._values.values())
        return Turns(tuple(single), tuple(paired), whole)

    def _each(self, name: str) -> Iterator[Turn]:
        for value in self._others(name):
            came = self._came_to({name: value})
            if came is not None and came != self._now:
                yield Turn({name: value}, *came)

    def _nearest(self, name: str, found: Iterator[Turn]) -> Iterator[Turn]:
        """Of values with which the same comes out, the nearest to what stands; of single options each."""
        kept: dict[object, Turn] = {}
        for turn in found:
            value = turn.answers[name]
            if isinstance(value, str):
                kept[len(kept), turn.outcome, turn.level] = turn
                continue
            key = (turn.outcome, turn.level)
            if key not in kept or self._far(name, value) < self._far(name, kept[key].answers[name]):
                kept[key] = turn
        yield from kept.values()

    def _first_of_each(self, first: str, second: str, alone: set[tuple[OutcomeWord, str | None]]) -> Iterator[Turn]:
        """For each outcome that neither does by itself, the nearest pair."""
        best: dict[tuple[OutcomeWord, str | None], tuple[Decimal, Turn]] = {}
        for one_value in self._others(first):
            for other_value in self._others(second):
                changed = {first: one_value, second: other_value}
                came = self._came_to(changed)
                if came is None or came == self._now or came in alone:
                    continue
                far = self._far(first, one_value) + self._far(second, other_value)
                if came not in best or far < best[came][0]:
                    best[came] = far, Turn(changed, *came)
        yield from (turn for _, turn in best.values())

    def _others(self, name: str) -> Iterator[Value]:
        stands = self._stands(name)
        return (value for value in self._values[name].values if value != stands)

    def _stands(self, name: str) -> Value | None:
        given = self._answers.get(name)
        return given.value if given is not None and given.state is State.ANSWERED else None

    def _far(self, name: str, value: Value) -> Decimal:
        stands = self._stands(name)
        if isinstance(value, Decimal) and isinstance(stands, Decimal):
            return abs(value - stands)
        if isinstance(value, PartialDate) and isinstance(stands, PartialDate):
            return Decimal(abs((value.first - stands.first).days))
        if isinstance(value, frozenset) and isinstance(stands, frozenset):
            return Decimal(len(value ^ stands))
        if isinstance(value, Readings) and isinstance(stands, Readings):
            return abs(_height(value) - _height(stands)) + abs(len(value.items) - len(stands.items))
        return Decimal(1)

    def _came_to(self, changed: Mapping[str, Value]) -> tuple[OutcomeWord, str | None] | None:
        """None once the budget is spent."""
        if self._left <= 0:
            return None
        self._left -= 1
        given = {name: one(value) for name, value in changed.items()}
        outcome: Outcome = self._searched.outcome(self._condition, {**self._answers, **given})
        return WORDS[outcome.truth], outcome.level
