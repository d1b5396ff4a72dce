"""Columns of recorded answers as a table holds them that `screener.forms.in_place` reads, in Arrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from screener.forms.in_place.parts import STATES
from screener.rules.columns.column import Column
from screener.rules.columns.figures import Dates, Moments, Numbers
from screener.rules.columns.instruments import Results
from screener.rules.columns.medicines import MedicineRows
from screener.rules.columns.options import Options, OptionSets
from screener.rules.columns.readings import ReadingRows
from screener.rules.values import State

if TYPE_CHECKING:
    import pyarrow as pa


def states(column: Column) -> pa.Array:
    """How each record stands to the question, as places in `STATES`."""
    import pyarrow as pa

    return pa.array([STATES.index(column.standing(row)) for row in range(len(column))], pa.int8())


def laid_out(question_id: str, column: Column) -> dict[str, pa.Array]:
    """A column's columns in a table; without one that says how the record stands. Values where there is an answer."""
    import pyarrow as pa

    rows = range(len(column))
    answered = [column.standing(row) is State.ANSWERED for row in rows]

    def of_answers(values: Any, kind: Any) -> Any:
        return pa.array([value if here else None for value, here in zip(values, answered, strict=True)], kind)

    match column:
        case Options():
            return {question_id: of_answers([column.options[code] for code in column.codes], pa.string())}
        case OptionSets():
            ticked = {option: column.one_of((option,)).tolist() for option in column.options}
            return {f"{question_id}/{option}": of_answers(rows, pa.bool_()) for option, rows in ticked.items()}
        case Numbers():
            return {question_id: of_answers(column.units.tolist(), pa.int64())}
        case Dates():
            ends = {"first": column.first.tolist(), "last": column.last.tolist()}
            return {
                f"{question_id}/{end}": of_answers([date.fromordinal(max(1, day)) for day in days], pa.date32())
                for end, days in ends.items()
            }
        case Moments():
            return {
                question_id: pa.array(
                    [column.value(row) if answered[row] else None for row in rows], pa.timestamp("us")
                )
            }
        case Results():
            return _of_instrument(question_id, column, of_answers)
        case ReadingRows():
            return _of_readings(question_id, column, answered)
        case MedicineRows():
            return _of_medicines(question_id, column, answered)
        case _:
            return {}


def _of_instrument(question_id: str, column: Results, of_answers: Any) -> dict[str, Any]:
    """Its items, its total and its other scores."""
    import pyarrow as pa

    scoring = column.scoring
    items = {f"item/{item}": (column.items[:, at], column.said[:, at]) for at, item in enumerate(scoring.items)}
    scores = {
        "total" if name == scoring.main else f"score/{name}": (column.figures[:, at], column.given[:, at])
        for at, name in enumerate(scoring.scores)
    }
    return {
        f"{question_id}/{name}": of_answers([u if there else None for u, there in zip(*pair, strict=True)], pa.int64())
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
