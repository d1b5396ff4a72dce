"""The table of medicines: a row for each that an answer names, joined to its screening by the row's number."""

from __future__ import annotations

from collections.abc import Iterator

from screener.exchange.dataset.line import Line
from screener.exchange.dataset.parts import Cell, Part
from screener.exchange.dataset.plan import ROW, Column, Plan
from screener.forms.answering import USES, NotAnAnswer, read_value
from screener.rules.values import Kind, MedicineEntry, Medicines, State
from screener.rules.words import ROUTE_WORDS

_TOLD = "told_by"


def columns(plan: Plan) -> tuple[Column, ...]:
    """Its columns; without who told of it where the data set is redacted."""
    parts = (
        Part(ROW, "whole", "Row of the screening in the table of screenings"),
        Part("question", "code", "Id of the question"),
        Part("number", "whole", "Place in the list"),
        Part("name", "text", "As it was written down"),
        Part("generic", "text", "As the dictionary calls it; empty where it does not hold the name"),
        Part("dose", "text", "Dose"),
        Part("route", "code", "Route", tuple(sorted(ROUTE_WORDS.items()))),
        Part("use", "code", "Whether it is taken", tuple((use, use.replace("_", " ")) for use in USES)),
        Part("started", "text", "Since when: a day, a month or a year"),
        Part("last_taken", "text", "When it was last taken: a day, a month or a year"),
        Part(_TOLD, "text", "Where that is known from"),
    )
    return tuple(Column(part.name, part) for part in parts if not (plan.redacted and part.name == _TOLD))


def rows(plan: Plan, number: int, line: Line) -> Iterator[list[Cell]]:
    """Every medicine of a line."""
    names = [column.name for column in columns(plan)]
    for asked in line.questions.values():
        if asked.kind is not Kind.MEDICINES or asked.state != State.ANSWERED:
            continue
        question = plan.question(asked)
        try:
            value = read_value(question, asked.raw)
        except NotAnAnswer:
            continue
        assert isinstance(value, Medicines)
        for place, entry in enumerate(value.items, start=1):
            known = None if question.dictionary is None else question.dictionary.find(entry.name)
            cells = _cells(entry) | {"generic": None if known is None else known.name}
            cells |= {ROW: number, "question": asked.id, "number": place}
            yield [cells.get(name) for name in names]


def _cells(entry: MedicineEntry) -> dict[str, Cell]:
    return {
        "name": entry.name,
        "dose": entry.dose,
        "route": entry.route,
        "use": entry.use,
        "started": None if entry.started is None else entry.started.text,
        "last_taken": None if entry.last_taken is None else entry.last_taken.text,
        _TOLD: entry.told_by,
    }
