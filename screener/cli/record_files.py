"""Signed records in files and folders: found, each with its signatures checked, of a screening the part signed last."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.exchange.dataset.line import Json, Line, Signed, line_of, line_of_redacted
from screener.forms.model import Pack
from screener.records import signed_file
from screener.records.record import FORMAT
from screener.records.redacted import redacted
from screener.records.signed_file import SignedFile
from screener.records.signed_files import Turn, in_folder, turn_of
from screener.text import WorldError

# Of content that came from a file which anybody could have changed, a fault of shape is the world's.
_NOT_WHOLE = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Found:
    """One file: which screening it is of, and its turn among the parts of that."""

    path: Path
    screening: str
    turn: Turn


def paths_of(given: Sequence[Path]) -> list[Path]:
    """Files as they are named; of a folder every signed record in it and below it. WorldError where one has none."""
    found = [one for path in given for one in (in_folder(path) if path.is_dir() else [path])]
    return list(dict.fromkeys(found))


def read(path: Path) -> SignedFile:
    """A file, once every signature in it has been found to fit."""
    from screener.store.signing import is_as_signed

    file = signed_file.of_path(path)
    if not is_as_signed(file):
        raise WorldError(f"A signature in {path} does not fit its content.", f"Run: screener verify {path}")
    return file


def content_of(path: Path, file: SignedFile) -> Json:
    """The content of a record that this version reads."""
    content = json.loads(file.record.content)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise WorldError(
            f"{path} is no record that this version of Screener reads.", "Open it with the version that wrote it."
        )
    return content


def not_whole(path: Path) -> WorldError:
    """What is said of a file that is signed and yet not written as a record is."""
    return WorldError(f"{path} is not a whole record.", "Export the record again.")


def found_in(path: Path) -> Found:
    """Which screening a file is of. Raises `WorldError`."""
    file = read(path)
    return Found(path, file.record.screening, turn_of(file, content_of(path, file)))


def latest(found: Sequence[Found]) -> list[Found]:
    """One of each screening: the part that was signed last."""
    by_screening: dict[str, Found] = {}
    for one in found:
        before = by_screening.get(one.screening)
        if before is None or one.turn > before.turn:
            by_screening[one.screening] = one
    return list(by_screening.values())


@dataclass(frozen=True, slots=True)
class OfFiles:
    """Records of files as lines of a data set. `pack`: with what a redacted one is told."""

    found: Sequence[Found]
    pack: Pack
    redacted: bool

    def __len__(self) -> int:
        return len(self.found)

    def line(self, place: int) -> Line:
        path = self.found[place].path
        file = read(path)
        content = content_of(path, file)
        signed = file.record
        about = Signed(
            signed.record,
            signed.screening,
            signed.signature.signed_at,
            signed.signature.signer,
            len(file.amendments),
        )
        try:
            return line_of_redacted(redacted(content, self.pack)) if self.redacted else line_of(content, about)
        except _NOT_WHOLE as wrong:
            raise not_whole(path) from wrong
