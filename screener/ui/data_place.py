"""What lies in the program's own folder on this computer: which files, what they are for, how large they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from screener.language import tr

_KINDS = (
    (
        ("vault.*",),
        tr("The records"),
        tr(
            "Screenings, signed records, what the clinic chose, the audit log: encrypted. "
            "The names of accounts stand beside them unencrypted, so that the first page "
            "can offer them."
        ),
    ),
    (("backups",), tr("Backups"), tr("Encrypted copies of the records, where no other folder was chosen for them.")),
    (("replaced-*",), tr("Records put aside"), tr("Encrypted records that were here before a backup was restored.")),
    (
        ("packs", "cache", "last-good-pack.json"),
        tr("Content as it was read"),
        tr("Questions, rules and sources that screenings were begun with. Nothing of a patient."),
    ),
    (
        ("window.ini",),
        tr("Settings of this computer"),
        tr("What is chosen here for this computer, the place of the window, the account that was open last."),
    ),
    (("reports",), tr("Reports of mistakes"), tr("Where the program went wrong. Nothing of a patient.")),
)
_OTHERS = (tr("Anything else"), tr("Files that this program did not write."))
NOT_IN_IT = tr(
    "Not in it: passphrases and the recovery key, which are kept nowhere; backups "
    "in another folder; reports, tables and copies that somebody saved elsewhere. "
    "Nothing is sent anywhere: the program talks to no other computer."
)


@dataclass(frozen=True, slots=True)
class Lying:
    """One kind of file in the folder, and how many bytes of it there are."""

    name: str
    what: str
    size: int


def look(folder: Path) -> tuple[Lying, ...]:
    """What lies in a folder, by kind; kinds of which there is nothing are left out. Reads names and sizes only."""
    sizes: dict[str, int] = {}
    words: dict[str, str] = {}
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        name, what = _kind(entry.name)
        words[name] = what
        sizes[name] = sizes.get(name, 0) + sum(_sizes(entry))
    order = [name for _, name, _ in _KINDS] + [_OTHERS[0]]
    return tuple(Lying(name, words[name], sizes[name]) for name in order if name in sizes)


def _kind(name: str) -> tuple[str, str]:
    for patterns, kind, what in _KINDS:
        if any(fnmatch(name, pattern) for pattern in patterns):
            return kind, what
    return _OTHERS


def _sizes(entry: Path) -> Iterator[int]:
    """Of a file, or of all files below a folder; links are not followed, and what is gone meanwhile counts nothing."""
    files = [entry]
    if entry.is_dir() and not entry.is_symlink():
        files = [Path(place) / name for place, _, names in os.walk(entry) for name in names]
    for file in files:
        try:
            yield file.lstat().st_size
        except OSError:
            continue
