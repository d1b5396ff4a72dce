"""Random records as one table, laid out as `screener.forms.in_place` reads it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from screener.forms.columns.answers import from_answers
from screener.forms.evaluation import RuleSet
from screener.forms.in_place import VISIT
from screener.forms.in_place.laid_out import laid_out, states
from tests.forms.random_records import records

ROW = "row"


def as_table(rules: RuleSet, count: int, seed: int) -> tuple[Any, dict[str, int], Any]:
    """Random records as a table, the decimals of its numbers, and the records whose answers the table can hold."""
    import pyarrow as pa

    given = [
        (day, {q: one for q, one in answers.items() if _fits(q, one, rules)})
        for day, answers in records(rules.form, count, seed)
    ]
    batch = _held(rules, given)
    odd = {(question_id, row) for question_id, column in batch.columns.items() for row in getattr(column, "odd", ())}
    for question_id, row in odd:
        del given[row][1][question_id]
    batch = _held(rules, given)
    found: dict[str, Any] = {ROW: pa.array(range(count)), VISIT: pa.array([day for day, _ in given], pa.date32())}
    exponents = {}
    for question_id, column in batch.columns.items():
        found |= {f"{question_id}/state": states(column), **laid_out(question_id, column)}
        exponents[question_id] = getattr(column, "exponent", 0)
    return pa.table(found), exponents, given


def _held(rules: RuleSet, given: list[tuple[date, dict[str, Any]]]) -> Any:
    return from_answers(rules.form, [answers for _, answers in given], [day for day, _ in given])


def _fits(question_id: str, one: Any, rules: RuleSet) -> bool:
    """Strange numbers have no scale there, and a reading's day is one of the calendar."""
    said = [account.value for account in one.accounts]
    if rules.form.questions[question_id].kind == "readings":
        times = [reading.at for value in said if value is not None for reading in value.items]
        return all(at is None or len(at) <= 5 or re.match(r"\d{4}-\d\d-\d\d", at) for at in times)
    if rules.form.questions[question_id].kind == "number":
        return all(value is None or (value < 10**6 and value == round(value, 2)) for value in said)
    return True
