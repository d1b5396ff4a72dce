"""`screener check`: a folder of content read, judged and worked through; findings by file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from screener.cli.findings import number, show_findings
from screener.cli.output import EVALUATED, FAILED, pack_stamp, print_json
from screener.forms.cases import check_pack
from screener.forms.changes import difference_lines
from screener.forms.composition import Places
from screener.forms.findings import Finding, in_order
from screener.forms.model import Pack
from screener.forms.neutrality import Declared, exceptions_used
from screener.forms.pack import read_pack, shipped_difference

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a pack holds. Counts of content only: nothing here speaks of a person."""

    profiles: int
    pathways: int
    themes: int
    questions: int
    rules: int
    drafts: int
    cases: int
    sources: int
    rows: int
    reread: int


def check(folder: Path, as_json: bool, *, logic: bool = True) -> int:
    """Check a pack and print what was found: 0 when nothing stops it from being used, else 1.

    `logic`: with the search for what each rule can come to, once nothing keeps the rules from running.
    """
    pack, findings, places = read_pack(folder)
    if pack is not None:
        findings = check_pack(pack, places)
        if not any(finding.stops for finding in findings):
            findings += _logic(pack, places) if logic else []
            findings += _beside(folder, pack)
    findings = in_order(findings)
    exceptions = exceptions_used(pack, places) if pack is not None else []
    if as_json:
        print_json(_json(pack, findings, exceptions))
    else:
        _show(folder, pack, findings, exceptions)
    return FAILED if any(finding.stops for finding in findings) else EVALUATED


def _logic(pack: Pack, places: Places) -> list[Finding]:
    from rich.progress import Progress

    from screener.forms.analysis.checks import check_logic

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("Logic checks", total=None)
        return check_logic(pack, places, lambda done, of: shown.update(task, completed=done, total=of))


def _beside(folder: Path, pack: Pack) -> list[Finding]:
    """What is wrong with the made-up patients that lie beside a pack; none where the program has no training."""
    scenarios = folder.resolve().parent / "scenarios"
    if not scenarios.is_dir() or find_spec("screener.training") is None:
        return []
    from screener.cli.scenarios import look
    from screener.training.library import files_in

    return [finding for one in look(files_in(scenarios), pack) for finding in one.findings]


def counts(pack: Pack) -> Counts:
    """What a pack holds."""
    rules = pack.rules.values()
    return Counts(
        profiles=len(pack.profiles),
        pathways=len(pack.pathways),
        themes=len(pack.themes),
        questions=len(pack.questions),
        rules=len(rules),
        drafts=sum(rule.status == "draft" for rule in rules),
        cases=sum(len(rule.cases) for rule in rules),
        sources=len(pack.sources),
        rows=len(pack.rows),
        reread=pack.reread_rules,
    )


def _json(pack: Pack | None, findings: Sequence[Finding], exceptions: Sequence[Declared]) -> Json:
    return {
        "pack": None if pack is None else pack_stamp(pack),
        "counts": None if pack is None else asdict(counts(pack)),
        "findings": [{**finding.to_json(), "stops": finding.stops} for finding in findings],
        "exceptions": [
            {"word": found.word, "own_word_of": found.own_word_of, "place": str(found.place)} for found in exceptions
        ],
    }


def _show(folder: Path, pack: Pack | None, findings: Sequence[Finding], exceptions: Sequence[Declared]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    show_findings(console, findings)
    stopping = sum(finding.stops for finding in findings)
    if pack is None:
        console.print(Text(f"{folder}: {number(stopping, 'finding')}; more may show once these are mended."))
        return
    console.print(Text(f"{pack.head.id} {pack.head.version}, {pack.head.standing}, {pack.hash[:12]}", style="bold"))
    console.print(Text(_held(counts(pack))))
    changed = shipped_difference(pack)
    for line in difference_lines(changed) if changed is not None else ():
        console.print(Text(line))
    for found in exceptions:
        console.print(Text(f"{found.place}: exception “{found.word}”, own word of {found.own_word_of}"))
    said = [number(stopping, "finding"), number(len(findings) - stopping, "remark")]
    console.print(Text(f"{', '.join(said)}, {number(len(exceptions), 'declared exception')} of neutrality."))
    reread = f"content not yet re-read by a named clinician: {pack.reread_rules} of {pack.active_rules} rules re-read."
    console.print(Text("These checks are about the files; " + reread))


def _held(found: Counts) -> str:
    words: Mapping[str, int] = {
        "profile": found.profiles,
        "pathway": found.pathways,
        "theme": found.themes,
        "question": found.questions,
        "rule": found.rules,
        "worked case": found.cases,
        "source": found.sources,
        "row": found.rows,
    }
    return (
        ", ".join(number(count, word) for word, count in words.items()) + f"; {number(found.drafts, 'rule')} as draft"
    )
