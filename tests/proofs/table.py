"""The table of proofs: its rows, how failures are counted in them, and where in the README it goes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
BEGIN, END = "<!-- proofs -->", "<!-- /proofs -->"
_HEAD = ["| date | commit | what | how many | failures |", "| --- | --- | --- | ---: | ---: |"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    how_many: int
    failures: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a proof is asked for: so many, so many at a time; `say` takes progress and every failure, a line each."""

    number: int
    workers: int
    say: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof by number: `number` of `of` in the long run."""

    name: str
    number: int
    of: str
    rows: Callable[[Asked], list[Row]]


def planted(what: str, noticed: Collection[bool]) -> Row:
    """The line of a planted failure: here one that nobody notices is the failure."""
    return Row(f"planted: {what} (a failure is one that is not noticed)", len(noticed), len(noticed) - sum(noticed))


def table_of(found: Sequence[Row], day: str, commit: str) -> str:
    """The rows as a table in Markdown."""
    return "\n".join([*_HEAD, *(line_of(row, day, commit) for row in found)]) + "\n"


def line_of(row: Row, day: str, commit: str) -> str:
    """One row in Markdown."""
    return f"| {day} | {commit} | {row.what} | {row.how_many:,} | {row.failures:,} |"


def with_table(readme: str, table: str) -> str:
    """The README with this table between its markers; ValueError where the markers are missing."""
    before, _, after = _parts(readme)
    return f"{before}{BEGIN}\n{table}{END}{after}"


def with_rows(readme: str, table: str) -> str:
    """The README with the rows of this table in place of those about the same; the others stay as they are."""
    lines = {_what(line): line for line in _parts(readme)[1].splitlines()[len(_HEAD) + 1 :]}
    lines |= {_what(line): line for line in table.splitlines()[len(_HEAD) :]}
    return with_table(readme, "\n".join([*_HEAD, *lines.values()]) + "\n")


def _what(line: str) -> str:
    return line.split("|")[3].strip()


def _parts(readme: str) -> tuple[str, str, str]:
    parts = re.split(f"({re.escape(BEGIN)}|{re.escape(END)})", readme)
    if [parts[place] for place in range(1, len(parts), 2)] != [BEGIN, END]:
        raise ValueError(f"README.md has not one pair of {BEGIN} and {END}")
    return parts[0], parts[2], parts[4]


def commit_of(folder: Path) -> str:
    """The commit that is tried, and whether files other than the README differ from it; "none" outside a repository."""
    try:
        head = _git(folder, "rev-parse", "--short", "HEAD")
        changed = _git(folder, "status", "--porcelain", "--", ".", ":!README.md")
        return f"`{head}`" + (", changed" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "none"


def _git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()
