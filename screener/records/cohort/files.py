"""The files of a cohort: the map, the table or the folder of records, and the other tables that a map names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from screener.forms import reading
from screener.forms.findings import Code, Finding
from screener.forms.reading import Read
from screener.forms.validation import validation_findings
from screener.records.cohort.mapping import CohortMap
from screener.records.cohort.tables import Table, open_table
from screener.text import WorldError


@dataclass(slots=True)
class MapRead:
    """A map as its file holds it; None, with findings, where it cannot be used."""

    map: CohortMap | None
    read: Read
    findings: list[Finding] = field(default_factory=list)


def read_map(path: Path) -> MapRead:
    """Read a map. Numbers that are read as text are meant so here: a code is the text of a cell."""
    read = reading.read_file(path)
    if read.findings:
        return MapRead(None, read, list(read.findings))
    return mapped(read)


def mapped(read: Read) -> MapRead:
    """The map in what was read of a file."""
    if not isinstance(read.data, dict):
        hint = "begin with pathway, visit and answers"
        wrong = Finding(Code.WRONG_SHAPE, read.place(()), "the file must hold a map", hint)
        return MapRead(None, read, [wrong])
    try:
        return MapRead(CohortMap.model_validate(read.data), read)
    except ValidationError as wrongs:
        return MapRead(None, read, validation_findings(wrongs, read, (), CohortMap))


def medicine_headers(read: MapRead, folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The columns of the other tables that a map names; a file that cannot be read is a finding of the map."""
    assert read.map is not None
    found: dict[str, tuple[str, ...]] = {}
    for question, answer in read.map.answers.items():
        other = None if answer.medicines is None else answer.medicines.table
        if other is None:
            continue
        try:
            found[other.file] = open_table(folder / other.file, encoding=other.encoding).header
        except WorldError as wrong:
            place = read.read.place(("answers", question, "medicines", "table", "file"))
            read.findings.append(Finding(Code.MISSING_FILE, place, wrong.said, wrong.next_step))
    return found


def table_of(path: Path, mapped: CohortMap | None) -> Table:
    """The table that a map is about. Raises WorldError."""
    if mapped is None:
        return open_table(path)
    return open_table(path, encoding=mapped.encoding, separator=mapped.separator)
