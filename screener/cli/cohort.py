"""`screener cohort`: a pack, or one file of rules, over a table of records; outcomes, findings and a burden report."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.text import Text

from screener.cli.findings import show_findings
from screener.cli.output import EVALUATED, STOPPED, print_json
from screener.clock import Clock
from screener.exchange.burden import About
from screener.forms.findings import Finding, in_order, nearest
from screener.forms.model import Pack
from screener.records.cohort.against import Comparison
from screener.records.cohort.cohort import Asked, Cohort, Result, Step, count, open_cohort
from screener.records.cohort.shown import ShownBurden, shown
from screener.records.cohort.writing import (
    Shape,
    TableWriter,
    change_frame,
    finding_frame,
    outcome_frame,
    put_in_place,
)
from screener.records.signed_file import SignedFile
from screener.text import WorldError

Paper = Literal["a4", "letter"]
_REPORTS = (".html", ".htm", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What was asked for of a cohort on the command line, wherever its table lies."""

    map: Path | None
    reports: Sequence[Path] = ()
    shape: Shape = "wide"
    paper: Paper = "a4"
    small: int = 5
    by: str | None = None
    drafts: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """The same of a table in a file, and the files to write."""

    table: Path
    how: How
    out: Path | None = None
    findings: Path | None = None
    changes: Path | None = None
    against_parameters: Mapping[str, str] = field(default_factory=dict)


def run(wanted: Wanted, pack: Pack, against: Pack | None, clock: Clock) -> int:
    """Evaluate and count a table; returns the exit code. No file has its name before all of them are whole."""
    _check_names(wanted)
    how = wanted.how
    found = open_cohort(pack, wanted.table, how.map, Asked(how.parameters, how.by, how.drafts), _fits)
    other = None
    findings = list(found.findings)
    if against is not None or wanted.against_parameters:
        asked = Asked({**how.parameters, **wanted.against_parameters}, how.by, how.drafts)
        beside = open_cohort(against or pack, wanted.table, how.map, asked, _fits)
        findings += [finding for finding in beside.findings if finding not in findings]
        other = beside.cohort
    say(findings, as_json=how.as_json)
    if found.cohort is None or any(finding.stops for finding in findings):
        return STOPPED
    _check_read_beside(wanted, found.cohort)
    result, written = _counted(wanted, found.cohort, other, clock)
    about = About(found.cohort.name, found.cohort.rules, how.drafts)
    tell(about, shown(result.burden, how.small), result.comparison, written, as_json=how.as_json)
    return EVALUATED


def _check_names(wanted: Wanted) -> None:
    """Refuse a name that nothing could be written under before anything is read."""
    check_reports(wanted.how.reports)
    _check_not_read(wanted, [wanted.table, *([] if wanted.how.map is None else [wanted.how.map])])
    targets = _targets(wanted)
    if len({path.resolve() for path in targets}) < len(targets):
        raise WorldError("Two of the files to be written have one name.", "Choose another name.")


def check_reports(reports: Sequence[Path]) -> None:
    """Refuse a report whose name does not tell what it is."""
    for report in reports:
        if report.suffix.lower() not in _REPORTS:
            raise WorldError(f"{report} has no ending that tells what the report is.", "Name it .html or .pdf.")


def _check_read_beside(wanted: Wanted, cohort: Cohort) -> None:
    """The same of the other tables that a map names."""
    if wanted.how.map is not None and cohort.plan is not None:
        _check_not_read(wanted, [wanted.how.map.parent / other.file for other in cohort.plan.tables])


def _check_not_read(wanted: Wanted, read: Sequence[Path]) -> None:
    for path in _targets(wanted):
        if path.resolve() in {one.resolve() for one in read}:
            raise WorldError(f"{path} is read: it cannot be written too.", "Choose another name.")


def _targets(wanted: Wanted) -> list[Path]:
    return [path for path in (*wanted.how.reports, *_tables(wanted).values()) if path is not None]


def _tables(wanted: Wanted) -> dict[str, Path | None]:
    """The tables to write: outcomes, and beside them findings and changes, unless they were named."""
    out = wanted.out

    def beside(what: str) -> Path | None:
        return None if out is None else out.with_name(f"{out.stem}.{what}.csv")

    return {
        "outcomes": out,
        "findings": wanted.findings or beside("findings"),
        "changes": wanted.changes or beside("changes"),
    }


def say(findings: Sequence[Finding], *, as_json: bool) -> None:
    """Print what was found in a map: as JSON where it stops what was asked for."""
    if as_json and any(finding.stops for finding in findings):
        print_json({"findings": [{**one.to_json(), "stops": one.stops} for one in in_order(findings)]})
        return
    console = Console(highlight=False, soft_wrap=True, stderr=as_json or not _stop(findings))
    show_findings(console, in_order(findings))


def _stop(findings: Sequence[Finding]) -> bool:
    return any(finding.stops for finding in findings)


# --- counting and writing ---------------------------------------------------------------------------------------------


def _counted(wanted: Wanted, cohort: Cohort, other: Cohort | None, clock: Clock) -> tuple[Result, list[Path]]:
    """What was counted, and the files that were written of it."""
    tables = _tables(wanted)
    with _content_left_alone(), ExitStack() as open_ones:
        writers = {
            name: open_ones.enter_context(TableWriter(path))
            for name, path in tables.items()
            if path is not None and (name != "changes" or other is not None)
        }
        with _progress(cohort.name) as tell:

            def each(step: Step) -> None:
                _write(writers, cohort, wanted.how.shape, step)
                tell(step)

            result = count(cohort, other, each)
        about = About(cohort.name, cohort.rules, wanted.how.drafts)
        burden = shown(result.burden, wanted.how.small)
        documents = made_reports(wanted.how.reports, wanted.how.paper, about, burden, result.comparison, clock)
        put_in_place(writers.values(), dict(documents))
    return result, [*(writer.path for writer in writers.values()), *wanted.how.reports]


def _write(writers: Mapping[str, TableWriter], cohort: Cohort, shape: Shape, step: Step) -> None:
    if "outcomes" in writers:
        writers["outcomes"].write(outcome_frame(cohort.rules, step.part, step.came, shape))
    if "findings" in writers:
        writers["findings"].write(finding_frame(step.part.findings))
    if "changes" in writers:
        writers["changes"].write(change_frame(step.changed))


@contextmanager
def _content_left_alone() -> Iterator[None]:
    """The content stays to the end: to look through all of it for what may go costs a third of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def _progress(name: str) -> Iterator[Callable[[Step], None]]:
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"Records of {name}", total=None)
        yield lambda step: bar.update(task, completed=min(step.done, step.of), total=step.of)


def made_reports(
    paths: Sequence[Path],
    paper: Paper,
    about: About,
    burden: ShownBurden,
    comparison: Comparison | None,
    clock: Clock,
) -> Iterator[tuple[Path, bytes]]:
    """Each report that was asked for, by the ending of its name."""
    from screener.exchange.burden import burden_document

    made_at = clock.now()
    for path in paths:
        document = burden_document(about, burden, comparison)
        if path.suffix.lower() == ".pdf":
            from screener.exchange.pdf import render_pdf

            page: Literal["us-letter", "a4"] = "us-letter" if paper == "letter" else "a4"
            yield path, render_pdf(document, paper=page, made_at=made_at)
        else:
            from screener.exchange.web import render_page

            yield path, render_page(document, made_at=made_at)


def _fits(file: SignedFile) -> bool:
    """Whether every signature of a record fits what it signs."""
    from screener.store.signing import is_as_signed

    return is_as_signed(file)


def tell(
    about: About, burden: ShownBurden, comparison: Comparison | None, written: Sequence[object], *, as_json: bool
) -> None:
    """Print what may be shown of a burden, and what was written."""
    if as_json:
        from screener.exchange.burden_json import burden_json

        print_json(burden_json(about, burden, comparison))
        return
    from screener.cli.burden import show_burden

    console = Console(highlight=False)
    show_burden(console, about, burden, comparison)
    for one in written:
        console.print(Text(f"Written: {one}"), soft_wrap=True)


# --- a starting map ---------------------------------------------------------------------------------------------------


def new_map(table: Path, out: Path, pack: Pack, pathway: str | None) -> int:
    """Write a starting map for a table; returns the exit code. A file that is there is never written over."""
    from screener.records.cohort.starting import write_starting_map

    ids = [one.id for one in pack.pathways]
    if pathway is None or pathway not in ids:
        said = "No pathway is named." if pathway is None else f"{pathway!r} is no pathway of this pack."
        hint = f"Add --pathway, one of: {', '.join(ids)}." if pathway is None else nearest(pathway, ids)
        raise WorldError(said, hint)
    write_starting_map(table, out, pack, pathway)
    sys.stdout.write(f"Written: {out}\nLook through it, then run: screener cohort {table} --map {out}\n")
    return EVALUATED


def rules_alone(pack: Pack, path: Path) -> Pack:
    """The pack with the rules of one file in place of its own. Raises WorldError if it cannot."""
    from screener.forms.rules_file import with_rules_of

    made, findings = with_rules_of(pack, path)
    show_findings(Console(highlight=False, soft_wrap=True, stderr=True), findings)
    if made is None:
        raise WorldError(f"The rules in {path} cannot be run.", "Mend what is named above.")
    return made


def chosen(pairs: Sequence[str]) -> dict[str, str]:
    """`name=option`, several times. Raises WorldError where one is not written so."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, option = pair.partition("=")
        if not (name and sign and option):
            raise WorldError(f"{pair!r} names no option.", "Write PARAMETER=OPTION, as pressure_limit=trial_150.")
        found[name.strip()] = option.strip()
    return found
