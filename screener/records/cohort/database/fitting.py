"""What of a map has no form where a table lies in a database: a finding with its place in the map for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from screener.forms.findings import Code, Finding
from screener.forms.reading import Keys, Read
from screener.records.cohort.database.meanings import CELL_BY_CELL, never_blank
from screener.records.cohort.mapping import CohortMap
from screener.records.cohort.plan import Plan
from screener.rules.values import Kind

if TYPE_CHECKING:
    import ibis.expr.datatypes as dt
    import ibis.expr.types as ir

_FILE = "run the rules over a file of the table, or leave it out of the map"


def without_form(read: Read, mapped: CohortMap, *, writes: bool) -> list[Finding]:
    """What the map asks for that is not done there, whatever the table holds. `writes`: outcomes are written."""
    return [Finding(Code.MAP_DOES_NOT_FIT, read.place(path), said, hint) for path, said, hint in _asked(mapped, writes)]


def _asked(mapped: CohortMap, writes: bool) -> Iterator[tuple[Keys, str, str]]:
    if mapped.repeats != "each":
        said = f"repeats: {mapped.repeats} is not done in a database: each row counts as a record"
        yield ("repeats",), said, "make a view with one row an id, and take it out"
    if mapped.weight is not None:
        yield ("weight",), "weights are not counted in a database", "take it out"
    if writes and mapped.id is None:
        yield (), "no column names the records whose outcomes are to be written", "write id: COLUMN"
    for name, answer in mapped.answers.items():
        medicines = answer.medicines
        path: Keys = ("answers", name, "medicines")
        if medicines is not None and medicines.table is not None:
            yield (*path, "table"), "rows of another table are not read in a database", _FILE
        elif medicines is not None and (medicines.used or [len(one.parts) for one in medicines.columns] != [1]):
            said = "medicines are read in a database from one column with their names, and from no others"
            yield path, said, _FILE
        for place, one in enumerate(answer.readings):
            if one.at is not None:
                said = "the time of a reading is not read in a database"
                yield ("answers", name, "readings", place, "at"), said, _FILE


def not_readable(read: Read, plan: Plan, table: ir.Table) -> list[Finding]:
    """Columns of kinds that no cell of a file has, and questions that have no form there."""
    schema = table.schema()
    found: list[Finding] = []

    def note(path: Keys, said: str, hint: str) -> None:
        found.append(Finding(Code.MAP_DOES_NOT_FIT, read.place(path), said, hint))

    for path, columns in _columns(plan):
        for column in columns:
            if not _is_a_cell(schema[column]):
                said = f"the column {column!r} is of the type {schema[column]}"
                note(path, said, "name a column of numbers, texts, truths or dates: a view of the table can make one")
    for one in plan.asked:
        path = ("answers", one.question.id)
        if one.question.kind is Kind.TEXT and one.columns:
            note(path, f"{one.question.id} is free text, which is not read out of a database", _FILE)
        if one.question.kind in CELL_BY_CELL and one.columns and not never_blank(one):
            said = "blank cells that say something are not read in a database where a question has several columns"
            note(path, said, "write their code into the cells of a view, or run the rules over a file of the table")
    return found


def _columns(plan: Plan) -> Iterator[tuple[Keys, Sequence[str]]]:
    mapped = plan.map
    visit = None if mapped.visit is None else mapped.visit.column
    by = None if plan.by is None else plan.by.column
    for key, column in (("id", mapped.id), ("visit", visit), ("by", by)):
        if column is not None:
            yield (key,), (column,)
    for one in plan.asked:
        yield ("answers", one.question.id), one.columns


def _is_a_cell(kind: dt.DataType) -> bool:
    plain = (
        kind.is_numeric(),
        kind.is_boolean(),
        kind.is_string(),
        kind.is_date(),
        kind.is_timestamp(),
        kind.is_uuid(),
    )
    return any(plain)
