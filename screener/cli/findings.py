"""Findings as the commands print them, and numbers of things in words."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from screener.forms.findings import Finding


def show_findings(console: Console, findings: Iterable[Finding]) -> None:
    """Each finding with its place, and below it what to do, and the answers that show it."""
    for finding in findings:
        console.print(_line(finding))
        if finding.suggestion:
            console.print(Text(f"    {finding.suggestion}"))
        for said in finding.witness:
            console.print(Text(f"      {said}"))


def _line(finding: Finding) -> Text:
    line = Text(f"{finding.place}: ", style="bold")
    line.append(f"{finding.message} [{finding.code}]", style="not bold")
    if not finding.stops:
        line.append(" (a remark)", style="not bold")
    return line


def number(count: int, word: str) -> str:
    """A number of things, in words."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
