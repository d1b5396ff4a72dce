"""A table in a database as a cohort: opened with its map, evaluated and counted there, its outcomes written there.

with opened(url, writes=...) as database:
    found = open_table(database, pack, name, map_path, asked)
    result = count(database, found.cohort)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screener.forms.evaluation import RuleSet
from screener.forms.findings import Finding
from screener.forms.in_place import VISIT
from screener.forms.model import Pack
from screener.records.cohort.burden import Burden
from screener.records.cohort.cohort import Asked, unknown_parameters
from screener.records.cohort.database.connection import Database
from screener.records.cohort.database.counted import counted
from screener.records.cohort.database.evaluated import Evaluated, evaluated
from screener.records.cohort.database.fitting import not_readable, without_form
from screener.records.cohort.database.prepared import Prepared, prepared
from screener.records.cohort.database.texts import text_of
from screener.records.cohort.files import read_map
from screener.records.cohort.plan import Plan, plan
from screener.rules.values import Kind

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class TableThere:
    """A table that fits its map, and the rules that are run over it."""

    name: str
    table: ir.Table
    plan: Plan

    @property
    def rules(self) -> RuleSet:
        return self.plan.rules


@dataclass(slots=True)
class Opened:
    """The table, unless a finding of its map stops it, and every finding."""

    table: TableThere | None
    findings: list[Finding] = field(default_factory=list)


def open_table(
    database: Database, pack: Pack, name: str, map_path: Path, asked: Asked, *, writes: bool = False
) -> Opened:
    """Hold a map against a table. `writes`: outcomes are to be written. WorldError where it is not there."""
    read = read_map(map_path)
    if read.map is None:
        return Opened(None, read.findings)
    table = database.table(name)
    findings = [*read.findings, *without_form(read.read, read.map, writes=writes)]
    if any(finding.stops for finding in findings):
        return Opened(None, findings)
    findings += unknown_parameters(pack, asked.parameters)
    made = plan(read.read, read.map, pack, table.columns, parameters=asked.parameters, by=asked.by, drafts=asked.drafts)
    findings += made.findings
    if made.plan is not None:
        findings += not_readable(read.read, made.plan, table)
    if made.plan is None or any(finding.stops for finding in findings):
        return Opened(None, findings)
    return Opened(TableThere(name, table, made.plan), findings)


@dataclass(frozen=True, slots=True)
class Result:
    """What was counted, and the table of outcomes that goes with the connection."""

    burden: Burden
    outcomes: Evaluated


def count(database: Database, there: TableThere) -> Result:
    """Evaluate and count a whole table where it lies. Raises WorldError where that cannot be done, with why."""
    made = prepared(database, there.table, there.plan)
    _note_ids(database, there, made)
    _note_after_the_visit(database, there.plan, made)
    _note_pressures(database, there.plan, made)
    outcomes = evaluated(database, there.rules, made)
    by = "" if there.plan.by is None else there.plan.by.column
    return Result(counted(database, outcomes, made.noted, by).burden(by), outcomes)


def _note_ids(database: Database, there: TableThere, made: Prepared) -> None:
    """Records without an id, and those whose id stands before them already: each counts, and is named."""
    column = there.plan.map.id
    if column is None:
        return
    ids: Any = text_of(there.table, column).strip()
    table = there.table.select(id=ids)
    (found,) = database.of(
        table.aggregate(records=table.count(), named=(table["id"] != "").sum(), ids=table["id"].nullif("").nunique())
    )
    named = found["named"] or 0
    many = {"no-id": found["records"] - named, "id-twice": named - found["ids"]}
    made.noted.findings.update(Counter({(code, column, "", True): n for code, n in many.items() if n}))


def _note_after_the_visit(database: Database, plan: Plan, made: Prepared) -> None:
    """Dates that lie after their own record's visit: kept, and named."""
    for one in plan.asked:
        name = f"{one.question.id}/first"
        dated = one.question.kind is Kind.DATE and not one.question.planned
        if dated and one.columns and name in made.table.columns:
            late: Any = made.table[name] > made.table[VISIT]
            (found,) = database.of(made.table.filter(late).aggregate(late=lambda t: t.count()))
            if found["late"]:
                made.noted.findings["implausible", one.columns[0], one.question.id, True] += found["late"]


def _note_pressures(database: Database, plan: Plan, made: Prepared) -> None:
    """Readings whose diastolic is not below their systolic: kept, and named."""
    for one in plan.asked:
        answer = plan.map.answers.get(one.question.id)
        if one.question.kind is not Kind.READINGS or answer is None:
            continue
        for number, reading in enumerate(answer.readings, 1):
            if reading.systolic is None or reading.diastolic is None:
                continue
            above, below = (made.table[f"{one.question.id}/{number}/{part}"] for part in ("systolic", "diastolic"))
            odd: Any = below >= above
            (found,) = database.of(made.table.filter(odd).aggregate(odd=lambda t: t.count()))
            if found["odd"]:
                made.noted.findings["implausible", one.columns[0], one.question.id, True] += found["odd"]
