"""A table with what the cells of each record mean: made there, for as long as the connection lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from screener.forms.in_place import VISIT
from screener.forms.in_place.parts import all_of, day_of
from screener.records.cohort.asked import Asked
from screener.records.cohort.cells import Reader
from screener.records.cohort.database.connection import Database
from screener.records.cohort.database.meanings import CELL_BY_CELL, Laid, Meaning, Noted, at_once, cell_by_cell
from screener.records.cohort.database.texts import Texts, text_of, texts_of
from screener.records.cohort.mapping import Codes
from screener.records.cohort.part import day_of_visit
from screener.records.cohort.plan import Plan
from screener.records.cohort.told import Told, Wrong
from screener.text import WorldError

if TYPE_CHECKING:
    import ibis.expr.types as ir

RECORD, ID, GROUP = "#record", "#id", "#group"
_KNOWN = "#known"
"""Columns beside those of the questions, whose names hold no such sign: a number, the id as it stands, the group,
and whether every text of the record has a meaning."""


@dataclass(frozen=True)
class Prepared:
    """The table, with a row a record, as `InPlace` reads it; and what was met in its cells."""

    table: ir.Table
    exponents: Mapping[str, int]
    noted: Noted


def prepared(database: Database, table: ir.Table, plan: Plan) -> Prepared:
    """Read what the texts of the columns mean, and lay it beside each record. Raises WorldError."""
    noted = Noted()
    known: dict[tuple[str, ...], Texts] = {}

    def texts(columns: Sequence[str], what: str) -> Texts:
        wanted = tuple(columns)
        if wanted not in known:
            known[wanted] = texts_of(database, table, wanted, what)
        return known[wanted]

    laid = {one.question.id: _laid(one, plan, texts, noted) for one in plan.asked}
    own = {VISIT: _visit(plan, texts, noted), GROUP: _group(plan, texts)}
    laid |= {name: one for name, one in own.items() if one is not None}
    made = _joined(database, table, plan, laid)
    _check_unchanged(database, made)
    return Prepared(made, {name: one.exponent for name, one in laid.items()}, noted)


def _laid(asked: Asked, plan: Plan, texts: Callable[[Sequence[str], str], Texts], noted: Noted) -> Laid:
    name, answer = asked.question.id, plan.map.answers.get(asked.question.id)
    if asked.question.kind in CELL_BY_CELL and asked.columns and answer is not None:
        return cell_by_cell(asked, answer, [texts((column,), name) for column in asked.columns], noted)
    return at_once(asked, texts(asked.columns, name) if asked.columns else Texts((), ((),), (0,)), noted)


def _visit(plan: Plan, texts: Callable[[Sequence[str], str], Texts], noted: Noted) -> Laid | None:
    """The day of each visit, where a column tells it."""
    import pyarrow as pa

    column = None if plan.map.visit is None else plan.map.visit.column
    if column is None:
        return None
    cells = texts((column,), "visit")
    reader = Reader(Codes(), tiny_is_zero=plan.map.tiny_is_zero)
    days = [day_of_visit(row[0], reader, plan.visit) for row in cells.rows]
    told = [Told(None, () if trouble is None else (Wrong(column, trouble),)) for _, trouble in days]
    noted.note("", told, cells.counts)
    values = {VISIT: pa.array([day for day, _ in days], pa.date32())}
    return Laid((Meaning(cells, values),), lambda found: {VISIT: found(0, VISIT)})


def _group(plan: Plan, texts: Callable[[Sequence[str], str], Texts]) -> Laid | None:
    """The group of each record, where the report is parted."""
    import pyarrow as pa

    if plan.by is None:
        return None
    cells = texts((plan.by.column,), "by")
    values = {GROUP: pa.array([plan.by.named(row[0]) for row in cells.rows], pa.string())}
    return Laid((Meaning(cells, values),), lambda found: {GROUP: found(0, GROUP)})


def _joined(database: Database, table: ir.Table, plan: Plan, laid: Mapping[str, Laid]) -> ir.Table:
    """Every record with what its texts mean, in a table of its own."""
    import ibis

    columns = list(dict.fromkeys(c for one in laid.values() for m in one.meanings for c in m.texts.columns))
    place = {column: f"#cell{number}" for number, column in enumerate(columns)}
    own = {RECORD: ibis.row_number()}
    if plan.map.id is not None:
        own[ID] = table[plan.map.id]
    held = database.kept(table.select(**own, **{place[column]: text_of(table, column) for column in columns}))
    joined, number = held, 0
    first_of: dict[str, int] = {}
    for name, one in laid.items():
        first_of[name] = number
        for meaning in one.meanings:
            joined = _beside(database, joined, meaning, number, place)
            number += 1
    found: dict[str, Any] = {_KNOWN: all_of(joined[f"#{n}/{_KNOWN}"].notnull() for n in range(number))}
    for name, one in laid.items():
        found |= one.made(_finder(joined, first_of[name]))
    if VISIT not in found:
        found[VISIT] = day_of(plan.day)
    kept = [RECORD, *([ID] if plan.map.id is not None else [])]
    return database.kept(joined.select(*kept, **found))


def _beside(database: Database, joined: Any, meaning: Meaning, number: int, place: Mapping[str, str]) -> Any:
    import pyarrow as pa

    texts = meaning.texts
    keys = {
        f"#{number}k{at}": pa.array([row[at] for row in texts.rows], pa.string()) for at in range(len(texts.columns))
    }
    values = {f"#{number}/{name}": held for name, held in meaning.values.items()}
    known = {f"#{number}/{_KNOWN}": pa.array([True] * len(texts.rows), pa.bool_())}
    beside = database.given({**keys, **values, **known})
    if not keys:
        return joined.cross_join(beside)
    on = [joined[place[column]] == beside[key] for column, key in zip(texts.columns, keys, strict=True)]
    return joined.left_join(beside, on)


def _finder(joined: Any, first: int) -> Callable[[int, str], Any]:
    return lambda place, name: joined[f"#{first + place}/{name}"]


def _check_unchanged(database: Database, made: ir.Table) -> None:
    """A text that was not there when texts were read has no meaning: nothing is made of the table then."""
    (found,) = database.of(made.filter(~made[_KNOWN]).aggregate(lost=lambda t: t.count()))
    if found["lost"]:
        raise WorldError("The table was changed while it was read.", "Run it once more, when nobody writes into it.")
