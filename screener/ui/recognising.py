"""What a file or a folder is that somebody brings to the window, told by what is in it. Nothing of it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from screener.exchange.fhir.parsing import parsed, read_whole
from screener.language import tr
from screener.records import signed_file
from screener.store import archive
from screener.text import WorldError

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


def recognised(path: Path) -> What:
    """What it is. A JSON file that is broken is taken for answers: whoever reads it says where it breaks."""
    if path.is_dir():
        return What.CONTENT if (path / "pack.yaml").is_file() else What.FOLDER
    if path.name.endswith(archive.SUFFIX):
        return What.BACKUP
    if path.suffix.lower() in _TABLES:
        return What.TABLE
    if path.name.endswith(signed_file.SUFFIX):
        return What.RECORD
    if path.suffix.lower() != ".json":
        return What.OTHER
    try:
        return _of_json(parsed(read_whole(path), path.name))
    except WorldError:
        return What.ANSWERS


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
