"""What a file or a folder is that somebody brings to the window, told by what is in it. Nothing of it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from screener.exchange.fhir.foreign.reading import incoming
from screener.exchange.fhir.parsing import parsed, read_whole
from screener.forms.model import Pack
from screener.language import tr
from screener.records import signed_file
from screener.store import archive
from screener.text import WorldError, problem_words

_TABLES = (".csv", ".parquet", ".tsv", ".xlsx", ".xls", ".ods")


class What(Enum):
    """A kind of thing, with what is said of it where it cannot be opened."""

    ANSWERS = tr("{name} holds a patient's answers. Open the screening that they are for, and drop it there.")
    FORM = tr("{name} is a form (FHIR Questionnaire), and holds no answers.")
    RECORD = tr("{name} is a signed record. It is checked with: screener verify, and printed with: screener report.")
    BACKUP = tr("{name} is a backup. It is restored where the records are opened.")
    CONTENT = tr("{name} is a folder with content. It is chosen in Settings, under Content.")
    TABLE = tr("{name} is a table. This program writes tables, and reads none.")
    FOLDER = tr("{name} is a folder, and holds no content.")
    OTHER = tr("{name} is nothing that is read here: a patient's answers are a FHIR QuestionnaireResponse, in JSON.")

    def said(self, path: Path) -> str:
        """What it is, and where it can be opened."""
        return self.value.format(name=path.name)


_TAKEN_IN = tr("It becomes questions of this clinic in Settings, Content, under “This clinic's questions…”.")


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought, looked into as far as it is read here. `problem`: what keeps it from being read, and where."""

    path: Path
    what: What
    problem: WorldError | None = None

    @property
    def said(self) -> str:
        """What it is, and where it can be opened; of what cannot be read why not, with its place."""
        if self.what is What.FORM:
            more = _TAKEN_IN if self.problem is None else problem_words(self.problem)
            return f"{self.what.said(self.path)} {more}"
        return self.what.said(self.path) if self.problem is None else problem_words(self.problem)


def recognised(path: Path, pack: Pack) -> Brought:
    """What it is. A JSON file that is broken is taken for answers: whoever reads it says where it breaks.

    A form is looked into as it is where forms are taken in, beside the content that is open.
    """
    what = _told_by_name(path)
    if what is not None:
        return Brought(path, what)
    try:
        raw = read_whole(path)
        what = _of_json(parsed(raw, path.name))
    except WorldError as wrong:
        return Brought(path, What.ANSWERS, wrong)
    return Brought(path, what, _wrong_in_form(raw, path.name, pack) if what is What.FORM else None)


def _told_by_name(path: Path) -> What | None:
    """None for JSON, which has to be opened."""
    if path.is_dir():
        return What.CONTENT if (path / "pack.yaml").is_file() else What.FOLDER
    if path.name.endswith(archive.SUFFIX):
        return What.BACKUP
    if path.suffix.lower() in _TABLES:
        return What.TABLE
    if path.name.endswith(signed_file.SUFFIX):
        return What.RECORD
    return None if path.suffix.lower() == ".json" else What.OTHER


def _wrong_in_form(raw: bytes, name: str, pack: Pack) -> WorldError | None:
    try:
        incoming(raw, name, pack)
    except WorldError as wrong:
        return wrong
    return None


def _of_json(found: Mapping[str, Any]) -> What:
    match found.get("resourceType"):
        case "QuestionnaireResponse":
            return What.ANSWERS
        case "Questionnaire":
            return What.FORM
        case "Bundle":
            kinds = [_kind(entry) for entry in found.get("entry") or () if isinstance(found.get("entry"), list)]
            if "QuestionnaireResponse" in kinds:
                return What.ANSWERS
            return What.FORM if "Questionnaire" in kinds else What.OTHER
    return What.RECORD if {"content", "signature"} <= found.keys() or "record" in found else What.OTHER


def _kind(entry: Any) -> str:
    resource = entry.get("resource") if isinstance(entry, Mapping) else None
    return str(resource.get("resourceType")) if isinstance(resource, Mapping) else ""
