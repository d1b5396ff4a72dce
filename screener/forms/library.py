"""A pack as its files hold it: with worked cases, the text and place of each entry, and what is wrong where."""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from screener.forms.cases import run_cases
from screener.forms.composition import Places
from screener.forms.findings import Finding, Place
from screener.forms.folder import Folder, is_pack
from screener.forms.lint import lint
from screener.forms.local import base_folder, extends_of, read_gathered
from screener.forms.model import Pack
from screener.forms.reading import Keys

if TYPE_CHECKING:
    from screener.forms.analysis.checks import Checked, Checks


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a file holds of one entry, without the indentation that all its lines share."""

    file: str
    """As findings call it: from the pack's own folder on."""
    path: Path | None
    """Where it lies, if it is there."""
    first: int
    last: int
    text: str
    cases: str = ""
    """The lines of a rule's worked cases, which stand apart."""

    @property
    def place(self) -> str:
        return f"{self.file}:{self.first}"


@dataclass(frozen=True)
class Library:
    """One folder of content, read to be browsed. `pack` is None where the files could not be put together."""

    folder: Path
    pack: Pack | None
    findings: tuple[Finding, ...]
    _places: Places = field(repr=False)
    _parents: tuple[Path, ...] = field(repr=False)
    """The folders from which the names of files are counted."""

    def holds(self, pack: Pack) -> bool:
        """Whether these files are those of a pack that is shown."""
        return self.pack is not None and self.pack.hash == pack.hash

    def excerpt(self, kind: str, name: str) -> Excerpt | None:
        """How a rule, a question, a source is written; None where no file holds it."""
        place = self._places.of(kind, name)
        if not place.line:
            return None
        read = self._places.read_of(kind, name)
        first, last = read.extent(place.path)
        lines = read.text.splitlines()
        own, cases = range(first, last + 1), self._cases(kind, name, place.path)
        written = [lines[number - 1] for number in own if number not in cases]
        return Excerpt(
            read.file,
            self._path(read.file),
            first,
            last,
            _flush(written),
            _flush([lines[number - 1] for number in cases]),
        )

    def _cases(self, kind: str, name: str, path: Keys) -> range:
        """The lines of the worked cases, where they stand on lines of their own."""
        place = self._places.of(kind, name, "cases")
        if kind != "rule" or place.path[-1:] != ("cases",) or place.line == self._places.of(kind, name).line:
            return range(0)
        first, last = self._places.read_of(kind, name).extent((*path, "cases"))
        return range(first, last + 1)

    def findings_of(self, kind: str, name: str) -> tuple[Finding, ...]:
        """What is wrong inside one entry."""
        excerpt = self.excerpt(kind, name)
        if excerpt is None:
            return ()
        lines = range(excerpt.first, excerpt.last + 1)
        return tuple(one for one in self.findings if one.place.file == excerpt.file and one.place.line in lines)

    def rule_at(self, finding: Finding) -> str:
        """The rule that a finding speaks of; empty where it is none."""
        begun = self._rules_in.get(finding.place.file, [])
        # No rule stands inside another: it can only be the last one that begins before the finding's line.
        place = bisect_right(begun, finding.place.line, key=lambda one: one[0]) - 1
        if place < 0:
            return ""
        name = begun[place][1]
        path = self._places.of("rule", name).path
        return name if finding.place.line <= self._places.read_of("rule", name).extent(path)[1] else ""

    @cached_property
    def _rules_in(self) -> dict[str, list[tuple[int, str]]]:
        """The rules of each file in their order, with the lines on which they begin."""
        found: dict[str, list[tuple[int, str]]] = {}
        for name in self._places.names("rule"):
            place = self._places.of("rule", name)
            found.setdefault(place.file, []).append((place.line, name))
        return {file: sorted(rules) for file, rules in found.items()}

    def run_cases(self) -> tuple[Finding, ...]:
        """Every worked case of every rule that is not as written. Takes some seconds."""
        return () if self.pack is None else tuple(run_cases(self.pack, self._places))

    def checks(self) -> Checks:
        """The logic checks of these files, to be done rule by rule."""
        from screener.forms.analysis.checks import Checks

        assert self.pack is not None, "files that could not be put together have no rules"
        return Checks(self.pack, self._places)

    def placed_anew(self, checked: Checked, before: Library) -> Checked:
        """What was found in another reading of the same rules, on the lines on which it stands now."""
        return checked.moved(lambda place: self._moved(checked.rule, place, before))

    def _moved(self, rule: str, place: Place, before: Library) -> Place:
        inside = place.path[len(before._places.of("rule", rule).path) :]
        return self._places.of("rule", rule, *inside)

    def _path(self, file: str) -> Path | None:
        return next((path for parent in self._parents if (path := parent / file).exists()), None)

    def path_of(self, finding: Finding) -> Path | None:
        """The file that a finding speaks of."""
        return self._path(finding.place.file)


def read_library(folder: Path) -> Library:
    """Read and judge a folder, with everything that browsing it shows. Takes a second or two."""
    gathered = Folder(folder)
    pack, findings, places = read_gathered(gathered)
    if pack is not None:
        findings = lint(pack, places)
    extends = extends_of(gathered)
    base = base_folder(extends) if extends is not None else None
    parents = [folder.parent, *([base.parent] if base is not None and is_pack(base) else [])]
    return Library(folder, pack, tuple(findings), places, tuple(parents))


def _flush(lines: list[str]) -> str:
    """Lines at the left edge; the sign of a list before the first one is counted as indentation."""
    return textwrap.dedent("\n".join(lines)).strip("\n")
