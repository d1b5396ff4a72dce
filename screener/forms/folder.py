"""A pack's folder: its files gathered, and a stamp by which a change in it is seen."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from screener.forms.findings import Code, Finding, Place
from screener.forms.reading import MAX_BYTES
from screener.language import KEPT
from screener.refusals import why

MAX_FILES = 500
MAX_WALKED = 20_000
_ENDINGS = (".yaml", ".yml", ".json")
_PERMISSIONS = "check the file and its permissions"

Stamp = tuple[tuple[str, int, int, int], ...]
"""Each file by name, moment of change, size and number: another one whenever a file was saved, however it was."""


@dataclass(slots=True)
class Walk:
    """The folders and the content files below a folder, and what could not be looked into."""

    folders: list[Path] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    closed: list[tuple[Path, str]] = field(default_factory=list)

    def stamp(self) -> Stamp:
        """What the files look like from outside; one that is gone by now is left out."""
        found = []
        for path in sorted(self.files):
            try:
                seen = path.stat()
            except OSError:
                continue
            found.append((str(path), seen.st_mtime_ns, seen.st_size, seen.st_ino))
        return tuple(found)


def walk(folder: Path) -> Walk:
    """Look through a folder. Names that begin with a dot are left alone: editors, systems and git keep theirs there."""
    found = Walk()

    def closed(wrong: OSError) -> None:
        # A folder that went away in the meantime holds nothing.
        if not isinstance(wrong, FileNotFoundError | NotADirectoryError):
            found.closed.append((Path(wrong.filename), why(wrong, KEPT)))

    for place, folders, files in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found.folders.append(Path(place))
        named = (name for name in files if name.lower().endswith(_ENDINGS) and not name.startswith("."))
        found.files += [path for path in (Path(place, name) for name in named) if _is_file(path)]
        if len(found.folders) + len(found.files) > MAX_WALKED:
            break
    return found


def _is_file(path: Path) -> bool:
    """Also where it cannot be told: reading it then says why."""
    try:
        return path.is_file()
    except OSError:
        return True


class Folder:
    """The YAML files of a pack's folder, and which of them were read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, bytes] = {}
        self.read: set[str] = set()
        self.findings: list[Finding] = []
        found = walk(folder)
        paths = sorted(found.files)
        for path in paths[:MAX_FILES]:
            self._take(path)
        if len(paths) > MAX_FILES:
            name = paths[MAX_FILES].relative_to(folder).as_posix()
            self._refuse(name, f"the folder holds more than {MAX_FILES} files", "choose a pack's own folder")
        for path, said in found.closed:
            self._refuse(path.relative_to(folder).as_posix(), f"the folder cannot be read: {said}", _PERMISSIONS)

    def _take(self, path: Path) -> None:
        name = path.relative_to(self.folder).as_posix()
        said = ("", "")
        try:
            if path.stat().st_size > MAX_BYTES:
                said = (f"larger than {MAX_BYTES // 1_000_000} MB", "split it")
            else:
                self.files[name] = path.read_bytes()
        except OSError as wrong:
            said = (f"the file cannot be read: {why(wrong, KEPT)}", _PERMISSIONS)
        if said[0]:
            self._refuse(name, *said)

    def _refuse(self, name: str, said: str, hint: str) -> None:
        self.findings.append(Finding(Code.NOT_READABLE, self.place(name), said, hint))
        self.read.add(name)

    def place(self, name: str) -> Place:
        """A file of the pack as findings call it: from the pack's own folder on."""
        return Place(f"{self.folder.name}/{name}")

    def names(self, pattern: str) -> list[str]:
        return [name for name in self.files if Path(name).match(pattern) and name.count("/") == pattern.count("/")]

    def unread(self) -> list[Finding]:
        """A finding for each file that nobody read: a slip in its name would silence what is in it."""
        return [
            Finding(
                Code.UNREAD_FILE,
                self.place(name),
                f"nothing reads {name}",
                "the files are pack.yaml, sources.yaml, sources/*.yaml, rows.yaml, profiles/*.yaml, pathways/*.yaml, "
                "themes/*/questions.yaml, themes/*/rules.yaml, instruments/*.yaml and medicines/*.yaml",
            )
            for name in self.files
            if name not in self.read
        ]


def is_pack(folder: Path) -> bool:
    try:
        return (folder / "pack.yaml").is_file()
    except OSError:
        return False
