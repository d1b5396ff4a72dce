"""Random partial visits, as the engine takes them and as the handwritten functions do."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from screener.forms.answering import Account, Given, read_value
from screener.forms.model import Question
from screener.forms.visibility import Form
from screener.rules.values import Kind, State, Value
from tests.benchmarks.handwritten import Record
from tests.rules.running import VISIT

NOON = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - a visit's moment has no zone
LIMIT = Decimal(150)
UNSTATED = (State.NOT_KNOWN, State.DECLINED, State.COME_BACK)


def visits(form: Form, count: int, seed: int = 7) -> Iterator[dict[str, Given]]:
    """So many random visits: few to all questions answered, some with a state, some with accounts that differ."""
    dice = random.Random(seed)
    asked = [question for question in form.questions.values() if question.kind is not Kind.DERIVED]
    for _ in range(count):
        share = dice.choice((0.2, 0.6, 0.85, 0.95, 1.0))
        yield {question.id: _given(question, dice) for question in asked if dice.random() < share}


def _given(question: Question, dice: random.Random) -> Given:
    if dice.random() < 0.08:
        return Given((Account("patient", dice.choice(UNSTATED)),))
    first = _account(question, dice, "patient")
    if dice.random() < 0.04:
        return Given((first, _account(question, dice, "spouse")), dice.choice((None, "spouse")))
    return Given((first,))


def _account(question: Question, dice: random.Random, by: str) -> Account:
    raw = raw_answer(question, dice)
    return Account(by, State.ANSWERED, read_value(question, raw), raw)


def raw_answer(question: Question, dice: random.Random) -> Any:
    match question.kind:
        case Kind.YES_NO:
            return dice.choice(("yes", "no", "no"))
        case Kind.CHOICE:
            return dice.choice(question.option_ids)
        case Kind.CHOICES:
            return [option for option in question.option_ids if dice.random() < 0.3]
        case Kind.DATE:
            return _date(dice)
        case Kind.DATETIME:
            return (NOON - timedelta(minutes=dice.choice((-1, 0, 60, 119, 120, 121, 300)))).isoformat(
                timespec="minutes"
            )
        case Kind.READINGS:
            return _readings(dice)
        case _:
            low, high = {"b.weight": (45, 140), "b.height": (150, 200)}.get(question.id, (0, 90))
            return dice.choice((dice.randint(low, high), dice.randint(low, high), 150, 151, 18, 25, 30))


def _date(dice: random.Random) -> str:
    day = VISIT - timedelta(days=dice.choice((-1, 0, 41, 42, 43, 89, 90, 91, dice.randint(0, 900))))
    return dice.choice((f"{day}", f"{day}", f"{day:%Y-%m}", f"{day:%Y}"))


def _readings(dice: random.Random) -> Any:
    if dice.random() < 0.05:
        return "none taken"
    rows = []
    for _ in range(dice.randint(1, 3)):
        row: dict[str, Any] = {"phase": dice.choice(("before", "before", "screening", None))}
        for part, figures in (("systolic", (85, 120, 138, 140, 141, 160)), ("diastolic", (60, 88, 90, 91, 101))):
            if dice.random() < 0.9:
                row[part] = dice.choice((*figures, 0) if dice.random() < 0.1 else figures)
        rows.append(row)
    return rows


def record(answers: dict[str, Given]) -> Record:
    """A visit as the handwritten functions take it."""
    values = {name: _field(name, answers) for name in Record._fields}
    values["limit"] = LIMIT
    return Record(**values)


def _field(name: str, answers: dict[str, Given]) -> Any:
    question, _, aspect = name.partition("_")
    given = answers.get(f"b.{question}")
    match aspect:
        case "open":
            return given is None or given.state is State.COME_BACK
        case "asked":
            return given is not None
        case "differs":
            return given is not None and given.differ
        case _:
            return _value(given)


def _value(given: Given | None) -> Value | None:
    return given.value if given is not None and given.state is State.ANSWERED else None
