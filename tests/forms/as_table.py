"""Random records as one table, laid out as `screener.forms.in_place` reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from screener.forms.columns.answers import from_answers
from screener.forms.evaluation import RuleSet
from screener.forms.in_place import STATES, VISIT
from screener.rules.columns.column import Column
from screener.rules.columns.figures import Dates, Moments, Numbers
from screener.rules.columns.instruments import Results
from screener.rules.columns.medicines import MedicineRows
from screener.rules.columns.options import Options, OptionSets
from screener.rules.columns.readings import ReadingRows
from screener.rules.values import State
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
        states = [STATES.index(column.standing(row)) for row in range(len(column))]
        found |= {f"{question_id}/state": pa.array(states, pa.int8()), **_values(question_id, column)}
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


def _values(question_id: str, column: Column) -> dict[str, Any]:
    import pyarrow as pa

    rows = range(len(column))
    answered = [column.standing(row) is State.ANSWERED for row in rows]

    def kept(values: Any, kind: Any) -> Any:
        return pa.array([value if here else None for value, here in zip(values, answered, strict=True)], kind)

    match column:
        case Options():
            return {question_id: kept([column.options[code] for code in column.codes], pa.string())}
        case OptionSets():
            ticked = {option: column.one_of((option,)).tolist() for option in column.options}
            return {f"{question_id}/{option}": kept(rows, pa.bool_()) for option, rows in ticked.items()}
        case Numbers():
            return {question_id: kept(column.units.tolist(), pa.int64())}
        case Dates():
            ends = {"first": column.first.tolist(), "last": column.last.tolist()}
            return {
                f"{question_id}/{end}": kept([date.fromordinal(max(1, day)) for day in days], pa.date32())
                for end, days in ends.items()
            }
        case Moments():
            return {
                question_id: pa.array(
                    [column.value(row) if answered[row] else None for row in rows], pa.timestamp("us")
                )
            }
        case Results():
            return _of_instrument(question_id, column, kept)
        case ReadingRows():
            return _of_readings(question_id, column, answered)
        case MedicineRows():
            return _of_medicines(question_id, column, answered)
        case _:
            return {}


def _of_instrument(question_id: str, column: Results, kept: Any) -> dict[str, Any]:
    """Its items, its total and its other scores."""
    import pyarrow as pa

    scoring = column.scoring
    items = {f"item/{item}": (column.items[:, at], column.said[:, at]) for at, item in enumerate(scoring.items)}
    scores = {
        "total" if name == scoring.main else f"score/{name}": (column.figures[:, at], column.given[:, at])
        for at, name in enumerate(scoring.scores)
    }
    return {
        f"{question_id}/{name}": kept([u if there else None for u, there in zip(*pair, strict=True)], pa.int64())
        for name, pair in (items | scores).items()
    }


def _of_readings(question_id: str, column: ReadingRows, answered: list[bool]) -> dict[str, Any]:
    """Each reading in columns of its own."""
    import pyarrow as pa

    found: dict[str, Any] = {f"{question_id}/none_taken": pa.array(column.none_taken.tolist(), pa.bool_())}
    kinds = {**dict.fromkeys(("systolic", "diastolic", "pulse"), pa.int64()), "phase": pa.string(), "day": pa.date32()}
    for number, places in _in_turn(column.offsets, answered):
        for name, kind in kinds.items():
            cells = [None if place is None else int(getattr(column, name)[place]) for place in places]
            said: list[Any]
            if name == "phase":
                said = [None if code in (None, -1) else column.words[code] for code in cells]
            elif name == "day":
                said = [None if not day else date.fromordinal(day) for day in cells]
            else:
                said = [None if units in (None, -1) else units for units in cells]
            found[f"{question_id}/{number}/{name}"] = pa.array(said, kind)
    return found


def _of_medicines(question_id: str, column: MedicineRows, answered: list[bool]) -> dict[str, Any]:
    """Each medicine in columns of its own."""
    import pyarrow as pa

    found: dict[str, Any] = {}
    for number, places in _in_turn(column.offsets, answered):
        entries = [None if place is None else column.entries[int(column.codes[place])] for place in places]
        for name in ("name", "route", "use"):
            said = [None if entry is None else getattr(entry, name) for entry in entries]
            found[f"{question_id}/{number}/{name}"] = pa.array(said, pa.string())
        for name in ("first", "last"):
            days = [0 if place is None else int(getattr(column, name)[place]) for place in places]
            ends = [None if day <= 0 else date.fromordinal(day) for day in days]
            found[f"{question_id}/{number}/{name}"] = pa.array(ends, pa.date32())
    return found


def _in_turn(offsets: Any, answered: list[bool]) -> Iterator[tuple[int, list[int | None]]]:
    """For the first, the second ... line of every record where it stands."""
    begins, ends = offsets[:-1].tolist(), offsets[1:].tolist()
    most = max((end - begin for begin, end in zip(begins, ends, strict=True)), default=0)
    for number in range(most):
        yield (
            number + 1,
            [
                begin + number if here and begin + number < end else None
                for begin, end, here in zip(begins, ends, answered, strict=True)
            ],
        )
