"""A table in a few lines, read with a map in a few lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screener.forms.answering import Given
from screener.forms.findings import Finding
from screener.forms.model import Pack
from screener.records.cohort.cohort import Asked, Cohort, open_cohort
from screener.records.cohort.part import CellFinding, Part
from tests.records.sittings import shipped

HEAD = "pathway: ketamine-clinic\nprofiles: [clinic]\n"
VISIT = "visit: {day: 2026-03-05}\n"


@dataclass
class Written:
    """A table and a map in files."""

    table: Path
    map: Path

    def opened(self, pack: Pack | None = None, asked: Asked | None = None) -> tuple[Cohort | None, list[Finding]]:
        found = open_cohort(pack or shipped(), self.table, self.map, asked)
        return found.cohort, found.findings

    def cohort(self) -> Cohort:
        cohort, findings = self.opened()
        assert cohort is not None, findings
        return cohort

    def parts(self) -> list[Part]:
        return list(self.cohort().reader.parts())


def written(folder: Path, table: str | bytes, mapping: str, name: str = "table.csv", **others: str) -> Written:
    """A table and its map; `others` are further tables, by their names without the ending."""
    held = table if isinstance(table, bytes) else table.encode()
    (folder / name).write_bytes(held)
    (folder / "map.yaml").write_text(mapping, "utf-8")
    for other, text in others.items():
        (folder / f"{other}.csv").write_text(text, "utf-8")
    return Written(folder / name, folder / "map.yaml")


def asked(folder: Path, cells: list[str], answer: str, question: str = "psychosis.ever", more: str = "") -> list[Read]:
    """What one column of cells says to one question, record by record."""
    lines = "\n".join(["c", *(f'"{cell}"' for cell in cells)]) + "\n"
    made = written(folder, lines, f"{HEAD}{VISIT}{more}answers:\n  {question}: {answer}\n")
    (part,) = made.parts()
    return [Read.of(part, place, question) for place in range(len(part))]


@dataclass
class Read:
    """What came of one record's cell."""

    given: Given | None
    findings: list[CellFinding]

    @classmethod
    def of(cls, part: Part, place: int, question: str) -> Read:
        row = part.rows[place]
        coded = part.answers.get(question)
        given = None if coded is None else coded[place].given
        return cls(given, [one for one in part.findings if one.row == row])

    @property
    def said(self) -> Any:
        """The value, the state in its place, or None where it is not asked."""
        if self.given is None:
            return None
        return self.given.value if self.given.value is not None else str(self.given.state)

    @property
    def codes(self) -> list[tuple[str, bool]]:
        return [(one.code, one.kept) for one in self.findings]
