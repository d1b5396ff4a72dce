"""The command line: one command per file, loaded only when it is called. No Qt is loaded here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from screener import __version__
from screener.cli import cohort_command
from screener.cli.arguments import PROFILES, AnswersFile, AsJson, Drafts, PackFolder
from screener.cli.output import FAILED, never_speechless, say_error
from screener.text import WorldError

app = typer.Typer(
    name="screener",
    help="The intake visit before ketamine or psychedelic-assisted therapy: it lists items, people judge.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code: 0 done, 2 the input has findings that stop it, 1 failed.

    A command that is called wrongly has looked at no input: 1, with typer's word on what is wrong. The world's failures
    are said in one line. Our own mistakes are not caught: they end in a traceback and 1.
    """
    never_speechless()
    try:
        app(args=list(argv), prog_name="screener")
    except SystemExit as ended:
        # Typer ends a wrong call with 2. Only what a command said itself arrives here out of a `typer.Exit`.
        said = isinstance(ended.__context__, typer.Exit)
        return ended.code if said and isinstance(ended.code, int) else FAILED
    except WorldError as wrong:
        say_error(wrong)
        return FAILED
    return 0


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"screener {__version__}")
        raise typer.Exit


@app.callback()
def screener(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Without a command the window opens."""


@app.command()
def questions(pack: PackFolder = None, as_json: AsJson = False) -> None:
    """List what a pack asks: questions, parameters, profiles, pathways."""
    from screener.cli import questions as command
    from screener.cli.packs import open_pack

    raise typer.Exit(command.run(open_pack(pack), as_json=as_json))


@app.command()
def evaluate(file: AnswersFile, pack: PackFolder = None, as_json: AsJson = False, drafts: Drafts = False) -> None:
    """Evaluate a file of answers: every rule's outcome, what it rests on, what is missing."""
    from screener.cli import evaluate as command
    from screener.cli.packs import open_pack
    from screener.clock import SystemClock

    raise typer.Exit(command.run(open_pack(pack), file, SystemClock(), as_json=as_json, drafts=drafts))


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="A folder of content. The shipped pack when absent.")] = None,
    as_json: AsJson = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Print what stands for each row of the register instead.")
    ] = False,
    logic: Annotated[
        bool, typer.Option(help="Search what each rule can come to at all. Takes some seconds for a large pack.")
    ] = True,
) -> None:
    """Check a pack: findings with code, file, line and suggestion."""
    from screener.cli import check as command
    from screener.cli.packs import shipped

    if coverage:
        from screener.cli import coverage as covered

        raise typer.Exit(covered.show(folder or shipped(), as_json))
    raise typer.Exit(command.check(folder or shipped(), as_json, logic=logic))


@app.command()
def overview(
    folder: Annotated[Path | None, typer.Argument(help="A folder of content. The shipped pack when absent.")] = None,
    into: Annotated[Path | None, typer.Option(help="A Markdown file whose tables are made anew.")] = None,
) -> None:
    """Tables of what a pack holds: by theme, pathway and profile, and the rows that it leaves out."""
    from screener.cli import overview as command

    raise typer.Exit(command.run(folder, into))


@app.command()
def report(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=f"Answers as JSON or YAML, or a record's JSON. {PROFILES}")
    ],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The PDF to write.")] = None,
    text: Annotated[
        Path | None, typer.Option("--text", help="Write it as plain text too, or alone: for another system's note.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write it as HTML too, or alone: headings and tables, no style.")
    ] = None,
    paper: Annotated[Literal["a4", "letter"], typer.Option(help="The size of the page.")] = "a4",
    reference: Annotated[str, typer.Option(help="The patient's reference, for a file of answers.")] = "no reference",
    clinician: Annotated[str, typer.Option(help="Who recorded the answers.")] = "not named",
    role: Annotated[str, typer.Option(help="clinician or facilitator.")] = "clinician",
    product: Annotated[str, typer.Option(help="The product of this visit.")] = "",
    pack: PackFolder = None,
) -> None:
    """Write the report of a file as a tagged PDF, as plain text, as HTML."""
    from screener.cli import report as command
    from screener.cli.packs import open_pack
    from screener.clock import SystemClock

    heading = command.Heading(reference, clinician, role, product)
    out_of = command.Out(out, text, html, paper)
    if not out_of.files:
        raise typer.BadParameter("Say what is to be written, with --out PDF, --text FILE or --html FILE.")
    raise typer.Exit(command.run(lambda: open_pack(pack), file, out_of, heading, SystemClock()))


@app.command()
def form(
    pathway: Annotated[str, typer.Option(help="The pathway whose questions are printed.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The PDF to write.", show_default=False)] = None,
    fhir: Annotated[
        Path | None,
        typer.Option(
            "--fhir",
            metavar="OUT",
            help="The FHIR R4 Questionnaire to write, for a portal: every question of the pathway.",
            show_default=False,
        ),
    ] = None,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile",
            help=f"A profile that holds, such as us-label; may be repeated. {PROFILES}",
        ),
    ] = None,
    theme: Annotated[
        list[str] | None, typer.Option("--theme", help="Print this theme alone; may be repeated. All when absent.")
    ] = None,
    paper: Annotated[Literal["a4", "letter"], typer.Option(help="The size of the page.")] = "a4",
    pack: PackFolder = None,
) -> None:
    """Write a blank intake form of a pathway: for paper, as a tagged PDF; for a portal, as a FHIR Questionnaire.

    The answers to that come back as a file, which the window opens in a screening.
    """
    from screener.cli import form as command
    from screener.cli.packs import open_pack
    from screener.clock import SystemClock

    if out is None and fhir is None:
        raise typer.BadParameter("Say what is to be written, with --out PDF or --fhir FILE.")
    if out is None and (profile or theme):
        raise typer.BadParameter("--profile and --theme are for paper: a Questionnaire holds the whole form.")
    wanted = command.Wanted(pathway, tuple(profile or ()), tuple(theme or ()), paper)
    raise typer.Exit(command.run(open_pack(pack), wanted, out, fhir, SystemClock()))


@app.command()
def offers(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A FHIR R4 QuestionnaireResponse as JSON, alone or in a Bundle, to a form that was exported here.",
            show_default=False,
        ),
    ],
    pathway: Annotated[
        str, typer.Option(help="The pathway of the screening. That of the form which was answered when absent.")
    ] = "",
    day: Annotated[str, typer.Option("--date", help="The visit's date, as 2026-11-23. Today when absent.")] = "",
    pack: PackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show which answers a patient's file offers, and where in it and why something is not used. Nothing is kept.

    The window takes them over: the file is opened in a screening, and each answer is taken at its question.
    """
    from screener.cli import offers as command
    from screener.cli.packs import open_pack
    from screener.clock import SystemClock

    wanted = command.Wanted(file, pathway, day)
    raise typer.Exit(command.run(open_pack(pack), wanted, SystemClock(), as_json=as_json))


@app.command()
def export(
    records: Annotated[
        list[Path],
        typer.Argument(
            metavar="RECORD|FOLDER|VAULT...",
            help="Signed records' files or folders of them; with --fhir, one of these or the folder of a vault.",
            show_default=False,
        ),
    ],
    table: Annotated[
        Path | None,
        typer.Option(
            "--table",
            metavar="OUT",
            help="The table to write, as .csv or .parquet: a row per screening. A table of medicines and a codebook "
            "are written beside it.",
        ),
    ] = None,
    fhir: Annotated[
        Path | None,
        typer.Option("--fhir", metavar="OUT", help="The FHIR R4 Bundle to write; for a folder, a folder of them."),
    ] = None,
    redacted: Annotated[
        bool,
        typer.Option(
            "--redacted",
            help="In tables, leave out reference, names, notes and typed text, of dates all but the year; count too.",
        ),
    ] = False,
    small_cells: Annotated[
        int,
        typer.Option("--small-cells", min=1, help="In counts of a redacted table, smaller ones are suppressed."),
    ] = 5,
    account: Annotated[str, typer.Option(help="Whose passphrase it is, where a vault has several accounts.")] = "",
    pack: PackFolder = None,
) -> None:
    """Write signed records in the forms that other systems read: tables with a codebook, or FHIR R4 Bundles.

    Out of a vault each leaves a line in its audit log first.
    """
    from screener.cli.packs import open_pack

    if (table is None) == (fhir is None):
        raise typer.BadParameter("Say what is to be written, with --table OUT or with --fhir OUT.")
    if table is not None:
        from screener.cli import export_table

        code = export_table.run(records, table, lambda: open_pack(pack), redacted=redacted, smallest=small_cells)
        raise typer.Exit(code)
    if redacted:
        raise typer.BadParameter("A Bundle holds what was signed, and that is never redacted: leave --redacted out.")
    if len(records) > 1:
        raise typer.BadParameter("With --fhir, give one record, or a folder of them.")
    from screener.cli import export_fhir

    assert fhir is not None
    raise typer.Exit(export_fhir.run(records[0], fhir, lambda: open_pack(pack), account))


@app.command()
def theme(
    questionnaire: Annotated[
        Path, typer.Argument(metavar="QUESTIONNAIRE", help="A FHIR R4 Questionnaire as JSON.", show_default=False)
    ],
    into: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="The local pack; it is begun where there is none yet.")
    ],
    pathway: Annotated[
        list[str] | None, typer.Option("--pathway", help="A pathway that shows it; may be repeated. All when absent.")
    ] = None,
    name: Annotated[str, typer.Option("--id", help="The theme's id. Made of the form's title when absent.")] = "",
    look: Annotated[bool, typer.Option("--look", help="Show what it would become, and write nothing.")] = False,
    declare_words: Annotated[
        bool,
        typer.Option(
            "--declare-words",
            help="Declare words that advise, beside their texts, as the form's own.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a theme of a clinic's own out of another system's form, a FHIR R4 Questionnaire. Nothing is fetched.

    What has no form here is named with its place, and kept as a comment beside its question.
    """
    from screener.cli import theme as command

    wanted = command.Wanted(questionnaire, into, pathway or (), name, look, declare_words, as_json)
    raise typer.Exit(command.run(wanted))


app.command()(cohort_command.cohort)


@app.command()
def verify(
    path: Annotated[
        Path, typer.Argument(metavar="FILE|VAULT", help="A signed record, a backup, or the folder of a vault.")
    ],
    key: Annotated[
        list[str] | None,
        typer.Option("--key", help="The signer's public key, its fingerprint, or a file with one; may be repeated."),
    ] = None,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Ask for the passphrase of a backup, and prove what is inside.")
    ] = False,
    account: Annotated[str, typer.Option(help="Whose passphrase it is, where there are several accounts.")] = "",
    record: Annotated[
        list[Path] | None,
        typer.Option("--record", help="A signed record that was kept outside the vault; may be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a signed record, a backup or a vault: 0 all holds, 1 something does not, 2 it could not be looked at."""
    from screener.cli import verify as command

    wanted = command.Wanted(key or (), passphrase, account, record or ())
    raise typer.Exit(command.run(path, wanted, as_json=as_json))


scenario = typer.Typer(help="Made-up patients: check them, or make one out of a rehearsal.", no_args_is_help=True)
app.add_typer(scenario, name="scenario")


@scenario.command("check")
def check_scenario(
    path: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="A scenario, or a folder of scenarios.")],
    pack: PackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Check scenarios against the content and against themselves: findings with code, file, line and suggestion."""
    from screener.cli import scenarios as command
    from screener.cli.packs import open_pack

    raise typer.Exit(command.check_scenarios(path, open_pack(pack), as_json))


@scenario.command("make")
def make_scenario(
    rehearsal: Annotated[Path, typer.Argument(metavar="REHEARSAL", help="The file that a rehearsal was kept in.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The scenario to write.")],
    pack: PackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make a scenario out of a rehearsal, with marks where it is still to be written."""
    from screener.cli import scenarios as command
    from screener.cli.packs import open_pack

    raise typer.Exit(command.make(rehearsal, out, open_pack(pack), as_json))
