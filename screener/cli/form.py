"""`screener form`: a pathway's questions as a blank form, for paper or for a portal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from screener.cli.output import EVALUATED, STOPPED, print_findings
from screener.clock import Clock
from screener.exchange.blank_form import blank_form, themes_of
from screener.forms.findings import nearest
from screener.forms.model import Pack, Pathway
from screener.forms.profiles import not_offered, still_needed
from screener.store.files import write_elsewhere
from screener.text import WorldError

Paper = Literal["a4", "letter"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which form, and on which paper."""

    pathway: str
    profiles: Sequence[str]
    themes: Sequence[str]
    paper: Paper


def run(pack: Pack, wanted: Wanted, out: Path | None, fhir: Path | None, clock: Clock) -> int:
    """Write the form as each file that is named; returns the exit code.

    What does not fit the pack is said as findings, each with what would; nothing is written then. A Questionnaire holds
    the whole form: profiles need none of the pathway's there.
    """
    findings = _findings(pack, wanted, paper=out is not None)
    print_findings(findings)
    if findings:
        return STOPPED
    if fhir is not None:
        from screener.exchange.fhir.blank import written

        write_elsewhere(fhir, [written(pack, wanted.pathway)])
    if out is not None:
        _print(pack, wanted, out, clock)
    return EVALUATED


def _print(pack: Pack, wanted: Wanted, out: Path, clock: Clock) -> None:
    from screener.exchange.pdf import render_pdf

    document = blank_form(pack, wanted.pathway, wanted.profiles, wanted.themes or None)
    made = render_pdf(document, paper="us-letter" if wanted.paper == "letter" else "a4", made_at=clock.now())
    try:
        out.write_bytes(made)
    except OSError as wrong:
        raise WorldError(f"{out} cannot be written: {wrong.strerror}.", "Choose another file with --out.") from wrong


def _findings(pack: Pack, wanted: Wanted, *, paper: bool) -> list[dict[str, str]]:
    name, profiles, themes = wanted.pathway, wanted.profiles, wanted.themes
    pathways = {pathway.id: pathway for pathway in pack.pathways}
    found = _unknown("--pathway", "pathway of this pack", [name], list(pathways))
    found += _unknown("--profile", "profile of this pack", profiles, [profile.id for profile in pack.profiles])
    if name not in pathways or not paper:
        return found
    asked = [theme.id for theme in themes_of(pack, name)]
    found += _unknown("--theme", f"theme of {name}", themes, asked)
    return found + _misfits(pack, pathways[name], profiles)


def _unknown(option: str, what: str, given: Sequence[str], known: Sequence[str]) -> list[dict[str, str]]:
    return [
        _finding(option, f"“{name}” is no {what}", nearest(name, known) or f"one of: {', '.join(known)}")
        for name in given
        if name not in known
    ]


def _misfits(pack: Pack, pathway: Pathway, profiles: Sequence[str]) -> list[dict[str, str]]:
    """As in a file of answers: what the pathway needs is named, and nothing that it does not offer."""
    strange = not_offered(pack, pathway, profiles)
    lacking = still_needed(pack, pathway, profiles)
    return [
        *(_finding("--profile", one.message, one.suggestion) for one in strange),
        *(_finding("--profile", one.message, f"add --profile {one.options[0]}") for one in lacking),
    ]


def _finding(place: str, message: str, suggestion: str) -> dict[str, str]:
    return {"place": place, "message": message, "suggestion": suggestion}
