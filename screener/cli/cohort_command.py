"""`screener cohort` as it is called: over files, or with --where over a table in a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from screener.cli.arguments import AsJson, Drafts, PackFolder

Table = Annotated[
    Path,
    typer.Argument(
        metavar="TABLE",
        help="CSV, TSV or Parquet with a row a record, a folder of signed records; with --where, a table's name.",
    ),
]
Where = Annotated[
    str | None,
    typer.Option(
        "--where",
        metavar="CONNECTION",
        help="The database that TABLE lies in: duckdb:///FOLDER/FILE.duckdb or postgresql://USER@HOST/DATABASE. "
        "It is evaluated and counted there, and no record leaves it. A password never stands here: it is read from "
        "PGPASSWORD, ~/.pgpass or a service file. Needs the extra cohort-sql.",
    ),
]
MapFile = Annotated[
    Path | None, typer.Option("--map", help="The map: which columns are which questions, and what codes mean.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        help="The outcome of each record and rule: CSV, TSV or Parquet; with --where, a new table's name.",
    ),
]
Shape = Annotated[Literal["wide", "long"], typer.Option(help="A column a rule, or a row for each record and rule.")]
Findings = Annotated[
    Path | None, typer.Option("--findings", help="Where findings are written; beside --out when absent.")
]
Reports = Annotated[
    list[Path] | None, typer.Option("--report", help="A burden report, .html or .pdf; may be repeated.")
]
Paper = Annotated[Literal["a4", "letter"], typer.Option(help="The size of the page of a PDF.")]
By = Annotated[str | None, typer.Option(help="A column that parts the report into groups.")]
Small = Annotated[int, typer.Option(min=0, help="Numbers of records below this are hidden; 0 shows all.")]
RulesFile = Annotated[
    Path | None, typer.Option("--rules", help="One file of rules, run in place of those of the pack.")
]
Parameters = Annotated[
    list[str] | None, typer.Option("--parameter", help="A figure of the clinic, PARAMETER=OPTION; may be repeated.")
]
Against = Annotated[Path | None, typer.Option("--against", help="Another pack, or a file of rules, to compare with.")]
AgainstParameters = Annotated[
    list[str] | None, typer.Option("--against-parameter", help="Compare with another option; may be repeated.")
]
Changes = Annotated[
    Path | None, typer.Option("--changes", help="Where records that change are written; beside --out when absent.")
]
NewMap = Annotated[
    Path | None, typer.Option("--new-map", help="Write a starting map for the table here, and do nothing else.")
]
Pathway = Annotated[str | None, typer.Option(help="For --new-map: the pathway whose questions are looked for.")]


def cohort(
    table: Table,
    where: Where = None,
    map_file: MapFile = None,
    out: Out = None,
    shape: Shape = "wide",
    findings: Findings = None,
    report: Reports = None,
    paper: Paper = "a4",
    by: By = None,
    small: Small = 5,
    rules: RulesFile = None,
    parameter: Parameters = None,
    against: Against = None,
    against_parameter: AgainstParameters = None,
    changes: Changes = None,
    new_map: NewMap = None,
    pathway: Pathway = None,
    pack: PackFolder = None,
    drafts: Drafts = False,
    as_json: AsJson = False,
) -> None:
    """Run the rules over a table of records: every outcome, what could not be read, and how often each is listed."""
    from screener.cli import cohort as command
    from screener.cli.packs import open_pack
    from screener.clock import SystemClock

    if where is not None:
        _refuse(
            {
                "--findings": findings, "--against": against, "--against-parameter": against_parameter,
                "--changes": changes, "--new-map": new_map,
            }
        )  # fmt: skip
    opened = open_pack(pack)
    if new_map is not None:
        raise typer.Exit(command.new_map(table, new_map, opened, pathway))
    first = opened if rules is None else command.rules_alone(opened, rules)
    how = command.How(
        map=map_file, reports=report or (), shape=shape, paper=paper, small=small, by=by, drafts=drafts,
        parameters=command.chosen(parameter or ()), as_json=as_json,
    )  # fmt: skip
    if where is not None:
        from screener.cli import cohort_in_place

        in_place = cohort_in_place.Wanted(where, str(table), how, None if out is None else str(out))
        raise typer.Exit(cohort_in_place.run(in_place, first, SystemClock()))
    wanted = command.Wanted(table, how, out, findings, changes, command.chosen(against_parameter or ()))
    other = None
    if against is not None:
        other = open_pack(against) if against.is_dir() else command.rules_alone(opened, against)
    raise typer.Exit(command.run(wanted, first, other, SystemClock()))


def _refuse(of_files: dict[str, object]) -> None:
    """Refuse what holds for files alone, for a table in a database."""
    named = [name for name, given in of_files.items() if given]
    if named:
        raise typer.BadParameter(f"{', '.join(named)}: for files alone, not for a table in a database.")
