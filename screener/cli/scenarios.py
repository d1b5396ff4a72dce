"""`screener scenario`: made-up patients checked against the content, and one made out of a rehearsal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from screener.cli.findings import number, show_findings
from screener.cli.output import EVALUATED, FAILED, pack_stamp, print_json
from screener.forms.findings import Code, Finding, in_order
from screener.forms.model import Pack
from screener.text import WorldError
from screener.training.checking import check, read_scenario
from screener.training.library import files_in
from screener.training.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Looked:
    """One file that was checked, the scenario in it if it is one, and what is wrong."""

    file: Path
    scenario: Scenario | None
    findings: tuple[Finding, ...]


def check_scenarios(path: Path, pack: Pack, as_json: bool) -> int:
    """Check a scenario, or every one in a folder, and print what was found: 0 when nothing stops one, else 1."""
    looked = look(files_of(path), pack)
    findings = [finding for one in looked for finding in one.findings]
    if as_json:
        print_json(_json(looked, pack))
    else:
        _show(looked, findings)
    return FAILED if any(finding.stops for finding in findings) else EVALUATED


def files_of(path: Path) -> list[Path]:
    """The files of scenarios at a path: itself, or those in a folder. WorldError where there are none."""
    if path.is_file():
        return [path]
    found = files_in(path)
    if not found:
        what = "holds no scenario" if path.is_dir() else "is not there"
        raise WorldError(f"{path} {what}.", "Name a scenario's file, or a folder with files that end in .yaml.")
    return found


def look(files: Iterable[Path], pack: Pack) -> list[Looked]:
    """Each file with what is wrong in it; an id belongs to one file."""
    found: list[Looked] = []
    for file in files:
        scenario, findings, read = read_scenario(file, str(file))
        if scenario is not None:
            findings = [*_taken(scenario, found, read.place(("id",))), *check(scenario, read, pack)]
        found.append(Looked(file, scenario, tuple(in_order(findings))))
    return found


def _taken(scenario: Scenario, before: Sequence[Looked], place: Any) -> Iterable[Finding]:
    for one in before:
        if one.scenario is not None and one.scenario.id == scenario.id:
            yield Finding(
                Code.DUPLICATE_ID, place, f"{one.file.name} has the id {scenario.id!r} too", "give it its own"
            )


def _json(looked: Sequence[Looked], pack: Pack) -> dict[str, Any]:
    return {
        "pack": pack_stamp(pack),
        "scenarios": [
            {
                "file": str(one.file),
                "id": None if one.scenario is None else one.scenario.id,
                "title": None if one.scenario is None else one.scenario.title,
                "pathway": None if one.scenario is None else one.scenario.pathway,
                "findings": [{**finding.to_json(), "stops": finding.stops} for finding in one.findings],
            }
            for one in looked
        ],
    }


def _show(looked: Sequence[Looked], findings: Sequence[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    show_findings(console, findings)
    for one in looked:
        console.print(Text(f"{one.file}: {_held(one)}"))
    files = number(len(looked), "scenario")
    console.print(Text(f"{files}, {number(sum(finding.stops for finding in findings), 'finding')}. All are made up."))


def _held(one: Looked) -> str:
    if one.scenario is None:
        return "not read; more may show once its findings are mended"
    scenario = one.scenario
    facts, expected = number(len(scenario.facts), "fact"), number(len(scenario.expected), "expected item")
    traps = number(len(scenario.traps), "trap")
    return f"{scenario.title}, {scenario.pathway}, {scenario.level}; {facts}, {expected}, {traps}"


def make(file: Path, out: Path, pack: Pack, as_json: bool) -> int:
    """Write a scenario out of a kept rehearsal, and print what is still to be written in it.

    0: written, whatever there is to write. Nothing that lies there already is written over.
    """
    from screener.clock import SystemClock
    from screener.training.authoring import make_scenario, name_of, write_new
    from screener.training.kept import read_rehearsal, session_of

    rehearsal = read_rehearsal(file)
    made = make_scenario(rehearsal, session_of(rehearsal, pack, SystemClock()), name_of(out), out.parent)
    write_new(out, made.text)
    if as_json:
        found = [{**finding.to_json(), "stops": finding.stops} for finding in made.findings]
        print_json({"file": str(out), "findings": found})
        return EVALUATED
    console = Console(highlight=False, soft_wrap=True)
    show_findings(console, made.findings)
    left = number(len(made.findings), "finding")
    console.print(Text(f"{out} is written; {left} to work through. Then: screener scenario check {out}"))
    return EVALUATED
