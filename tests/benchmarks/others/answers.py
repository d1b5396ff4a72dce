"""A visit as the other engines read it: JSON, no key where there is no value, days and moments as whole numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from screener.forms.answering import Account, Given, read_value
from screener.forms.model import Question
from screener.forms.visibility import Form
from screener.rules.values import Kind, PartialDate, Reading, Readings, State
from tests.benchmarks.handwritten import Record
from tests.benchmarks.records import NOON, raw_answer
from tests.rules.running import VISIT

UPPER, LOWER = (85, 120, 140, 141, 160), (60, 90, 101)
PARTS = ("systolic", "diastolic", "pulse")


def complete_visits(form: Form, count: int, seed: int = 7) -> Iterator[dict[str, Given]]:
    """So many random visits with nothing missing: every question answered once, whole dates, whole readings."""
    dice = random.Random(seed)
    asked = [question for question in form.questions.values() if question.kind is not Kind.DERIVED]
    for _ in range(count):
        yield {question.id: _whole(question, dice) for question in asked}


def _whole(question: Question, dice: random.Random) -> Given:
    raw = raw_answer(question, dice)
    if question.kind is Kind.DATE:
        raw = f"{raw}-01-01"[:10] if len(raw) < 10 else raw
    if question.kind is Kind.READINGS:
        raw = [
            {"phase": "before", "systolic": dice.choice(UPPER), "diastolic": dice.choice(LOWER)}
            for _ in range(dice.randint(2, 4))
        ]
    return Given((Account("patient", State.ANSWERED, read_value(question, raw), raw),))


def as_json(record: Record) -> dict[str, Any]:
    """For engines without dates: flags are true and false, a day its first and last possible number."""
    found: dict[str, Any] = {}
    for name, value in record._asdict().items():
        if value is None or name.endswith(("_asked", "_differs")):
            continue
        if isinstance(value, PartialDate):
            found[f"{name}_first"] = (value.first - VISIT).days
            found[f"{name}_last"] = (value.last - VISIT).days
        else:
            found[name] = _value(name, value)
    _about_recording(record, found)
    return found


def as_resource(record: Record) -> dict[str, Any]:
    """For FHIRPath: days as it knows them, and what can be answered with nothing wrapped, for it has no empty list."""
    found: dict[str, Any] = {}
    for name, value in record._asdict().items():
        if value is None or name.endswith(("_asked", "_differs")):
            continue
        if isinstance(value, PartialDate):
            found[name] = value.text
        elif isinstance(value, frozenset):
            found[name] = {"answered": True, "chosen": sorted(value)}
        else:
            found[name] = _value(name, value)
    _about_recording(record, found)
    return found


def _about_recording(record: Record, found: dict[str, Any]) -> None:
    for name, asked, differs in (
        ("y2", record.y2_asked, record.y2_differs),
        ("y3", record.y3_asked, record.y3_differs),
    ):
        if asked:
            found[f"{name}_differs"] = differs


def _value(name: str, value: Any) -> Any:
    match value:
        case bool():
            return value
        case Readings():
            return {"none_taken": value.none_taken, "items": [_row(row) for row in value.items]}
        case datetime():
            return int((value - NOON).total_seconds()) // 60
        case frozenset():
            return sorted(value)
        case str():
            return value == "yes" if name.startswith("y") else value
    return int(value)


def _row(row: Reading) -> dict[str, Any]:
    said = {"phase": row.phase, **{part: getattr(row, part) for part in PARTS}}
    return {word: value if isinstance(value, str) else int(value) for word, value in said.items() if value is not None}
