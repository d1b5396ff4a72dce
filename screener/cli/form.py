"""`screener form`: a pathway's questions as a blank form for paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from screener.cli.output import EVALUATED, STOPPED, print_findings
from screener.clock import Clock
from screener.exchange.blank_form import blank_form, themes_of
from screener.forms.findings import nearest
from screener.forms.model import Pack, Pathway
from screener.forms.profiles import not_offered, still_needed
from screener.text import WorldError

Paper = Literal["a4", "letter"]


def run(
    pack: Pack,
    pathway: str,
    profiles: Sequence[str],
    themes: Sequence[str],
    out: Path,
    paper: Paper,
    clock: Clock,
) -> int:
    """Write the form; returns the exit code. What does not fit the pack is said as findings, each with what would."""
    findings = _findings(pack, pathway, profiles, themes)
    print_findings(findings)
    if findings:
        return STOPPED
    from screener.exchange.pdf import render_pdf

    document = blank_form(pack, pathway, profiles, themes or None)
    made = render_pdf(document, paper="us-letter" if paper == "letter" else "a4", made_at=clock.now())
    try:
        out.write_bytes(made)
    except OSError as wrong:
        raise WorldError(f"{out} cannot be written: {wrong.strerror}.", "Choose another file with --out.") from wrong
    return EVALUATED


def _findings(pack: Pack, name: str, profiles: Sequence[str], themes: Sequence[str]) -> list[dict[str, str]]:
    pathways = {pathway.id: pathway for pathway in pack.pathways}
    found = _unknown("--pathway", "pathway of this pack", [name], list(pathways))
    found += _unknown("--profile", "profile of this pack", profiles, [profile.id for profile in pack.profiles])
    if name not in pathways:
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
