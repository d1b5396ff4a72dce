"""Running one condition over answers written as plain values: what the tables of the tests are made with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from screener.rules.evaluate import Chosen, Facts, Ids, compile_node
from screener.rules.expressions import Expression
from screener.rules.truth import Truth
from screener.rules.values import Answer, PartialDate, Reading, Readings, State, answered, unanswered
from tests.rules.columns import in_columns

VISIT = date(2026, 11, 23)
_NODE: TypeAdapter[Expression] = TypeAdapter(Expression)
NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES


def node(written: Mapping[str, Any]) -> Expression:
    """A condition as it is written in YAML."""
    return _NODE.validate_python(written)


def facts(answers: Mapping[str, Any], day: date = VISIT) -> Facts:
    """Plain values as answers: whole numbers become exact, lists of pairs become readings, states stay as they are."""
    return Facts({name: _answer(name, value) for name, value in answers.items()}, day)


def _answer(name: str, value: Any) -> Answer:
    match value:
        case Answer():
            return value
        case State.NOT_APPLICABLE:
            return Answer(State.NOT_APPLICABLE, None, frozenset((name,)))
        case State():
            return unanswered(name, value)
        case int():
            return answered(name, Decimal(value))
        case list():
            return answered(name, Readings(tuple(reading(*row) for row in value)))
        case _:
            return answered(name, value)


def reading(systolic: int | None, diastolic: int | None = None, pulse: int | None = None, **more: Any) -> Reading:
    """One reading of whole numbers."""
    figures = [None if value is None else Decimal(value) for value in (systolic, diastolic, pulse)]
    return Reading(figures[0], figures[1], figures[2], **more)


def on(text: str) -> PartialDate:
    """A day, month or year."""
    return PartialDate.parse(text)


def at(text: str) -> datetime:
    """A local moment."""
    return datetime.fromisoformat(text)


def truth(
    written: Mapping[str, Any], answers: Mapping[str, Any], chosen: Chosen | None = None, day: date = VISIT
) -> Truth:
    """What a condition comes to."""
    return result(written, answers, chosen, day)[0]


def result(
    written: Mapping[str, Any], answers: Mapping[str, Any], chosen: Chosen | None = None, day: date = VISIT
) -> tuple[Truth, Ids]:
    """What a condition comes to, and what it rests on or misses; in columns it comes to the same."""
    made, given = node(written), facts(answers, day)
    found = compile_node(made, chosen or {}).run(given)
    assert in_columns(made, given, chosen) is found[0], "columns come to something else"
    return found


__all__ = ["NO", "UNKNOWN", "VISIT", "YES", "at", "facts", "node", "on", "reading", "result", "time", "truth"]
