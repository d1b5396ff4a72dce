"""Signed records in a folder: which files they are, and of a screening signed in parts which part was signed last."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from screener.records.signed_file import SUFFIX, SignedFile
from screener.text import WorldError

Turn = tuple[int, str]
"""Among the parts of one screening: the number of the part, and when it was signed. The greatest is the latest."""


def in_folder(folder: Path) -> list[Path]:
    """The files of signed records in a folder and below it, by name. Raises WorldError where there are none."""
    found = sorted(path for path in folder.rglob(f"*{SUFFIX}") if path.is_file())
    if not found:
        said = f"Their names end with {SUFFIX}; Export in a record's page writes them."
        raise WorldError(f"{folder} holds no signed record.", said)
    return found


def turn_of(file: SignedFile, content: Mapping[str, Any]) -> Turn:
    """When among the parts of its screening a record was signed; the number is 0 where it was signed whole."""
    part = content.get("part")
    number = part.get("number") if isinstance(part, dict) else 0
    return (number if isinstance(number, int) else 0), file.record.signature.signed_at
