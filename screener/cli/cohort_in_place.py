"""`screener cohort TABLE --where CONNECTION`: the rules over a table where it lies; no record leaves the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from screener.cli.cohort import Paper, check_reports, made_reports, say, tell
from screener.cli.output import EVALUATED, STOPPED
from screener.clock import Clock
from screener.exchange.burden import About
from screener.forms.model import Pack
from screener.records.cohort.cohort import Asked
from screener.records.cohort.database.cohort import Result, TableThere, count, open_table
from screener.records.cohort.database.connection import Database, opened
from screener.records.cohort.database.written import outcome_table
from screener.records.cohort.shown import shown
from screener.records.cohort.writing import Shape, put_in_place
from screener.text import WorldError


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line. `out`: the name of a new table beside the one that is read."""

    where: str
    table: str
    map: Path | None
    out: str | None = None
    reports: Sequence[Path] = ()
    shape: Shape = "wide"
    paper: Paper = "a4"
    small: int = 5
    by: str | None = None
    drafts: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    as_json: bool = False


def run(wanted: Wanted, pack: Pack, clock: Clock) -> int:
    """Evaluate and count a table; returns the exit code. Nothing is written before all of it is whole."""
    check_reports(wanted.reports)
    if wanted.map is None:
        raise WorldError("A table in a database needs a map.", "Add --map MAP.yaml.")
    if any(path.resolve() == wanted.map.resolve() for path in wanted.reports):
        raise WorldError(f"{wanted.map} is read: it cannot be written too.", "Choose another name.")
    with opened(wanted.where, writes=wanted.out is not None) as database:
        asked = Asked(wanted.parameters, wanted.by, wanted.drafts)
        found = open_table(database, pack, wanted.table, wanted.map, asked, writes=wanted.out is not None)
        say(found.findings, as_json=wanted.as_json)
        if found.table is None:
            return STOPPED
        if wanted.out is not None:
            database.may_write(wanted.out)
        result = count(database, found.table)
        _written(wanted, database, found.table, result, clock)
    return EVALUATED


def _written(wanted: Wanted, database: Database, there: TableThere, result: Result, clock: Clock) -> None:
    """Write the outcomes and the reports, all or none, and say what was counted."""
    about, burden = About(there.name, there.rules, wanted.drafts), shown(result.burden, wanted.small)
    documents = dict(made_reports(wanted.reports, wanted.paper, about, burden, None, clock))
    written: list[object] = [*wanted.reports]
    if wanted.out is not None:
        database.write(wanted.out, outcome_table(database, result.outcomes, wanted.shape))
        written.insert(0, f"{database.shown}: {wanted.out}")
    try:
        put_in_place((), documents)
    except WorldError:
        if wanted.out is not None:
            database.take_away(wanted.out)
        raise
    tell(about, burden, None, written, as_json=wanted.as_json)
