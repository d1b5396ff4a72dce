"""`screener cohort TABLE --where CONNECTION`: the rules over a table where it lies; no record leaves the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console

from screener.cli.cohort import How, check_reports, made_reports, say, tell
from screener.cli.output import EVALUATED, STOPPED
from screener.clock import Clock
from screener.exchange.burden import About
from screener.forms.model import Pack
from screener.records.cohort.cohort import Asked
from screener.records.cohort.database.cohort import Result, TableThere, count, open_table
from screener.records.cohort.database.connection import Database, opened
from screener.records.cohort.database.written import outcome_table
from screener.records.cohort.shown import shown
from screener.records.cohort.writing import put_in_place
from screener.text import WorldError


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line. `out`: the name of a new table beside the one that is read."""

    where: str
    table: str
    how: How
    out: str | None = None


def run(wanted: Wanted, pack: Pack, clock: Clock) -> int:
    """Evaluate and count a table; returns the exit code. Nothing is written before all of it is whole."""
    check_reports(wanted.how.reports)
    if wanted.how.map is None:
        raise WorldError("A table in a database needs a map.", "Add --map MAP.yaml.")
    if any(path.resolve() == wanted.how.map.resolve() for path in wanted.how.reports):
        raise WorldError(f"{wanted.how.map} is read: it cannot be written too.", "Choose another name.")
    with opened(wanted.where, writes=wanted.out is not None) as database:
        asked = Asked(wanted.how.parameters, wanted.how.by, wanted.how.drafts)
        found = open_table(database, pack, wanted.table, wanted.how.map, asked, writes=wanted.out is not None)
        say(found.findings, as_json=wanted.how.as_json)
        if found.table is None:
            return STOPPED
        if wanted.out is not None:
            database.may_write(wanted.out)
        with _working(found.table.name):
            result = count(database, found.table)
        _written(wanted, database, found.table, result, clock)
    return EVALUATED


@contextmanager
def _working(name: str) -> Iterator[None]:
    """How far a database is it does not say: a sign that it works, and for how long already."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task(f"The database counts the records of {name}", total=None)
        yield


def _written(wanted: Wanted, database: Database, there: TableThere, result: Result, clock: Clock) -> None:
    """Write the outcomes and the reports, all or none, and say what was counted."""
    about, burden = About(there.name, there.rules, wanted.how.drafts), shown(result.burden, wanted.how.small)
    documents = dict(made_reports(wanted.how.reports, wanted.how.paper, about, burden, None, clock))
    written: list[object] = [*wanted.how.reports]
    if wanted.out is not None:
        database.write(wanted.out, outcome_table(database, result.outcomes, wanted.how.shape))
        written.insert(0, f"{database.shown}: {wanted.out}")
    try:
        put_in_place((), documents)
    except WorldError:
        if wanted.out is not None:
            database.take_away(wanted.out)
        raise
    tell(about, burden, None, written, as_json=wanted.how.as_json)
