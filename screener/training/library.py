"""The scenarios there are to rehearse with: those that come with the program, and a trainer's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screener.forms.findings import Finding
from screener.forms.model import Pack
from screener.training.checking import USUAL, check, read_scenario
from screener.training.scenario import Scenario

FIRST_LOOK = "first-look.yaml"
"""The half-filled patient to look around with; no scenario."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file. `findings`: what keeps it from being rehearsed; without any it can be. `own`: a trainer's own."""

    file: Path
    scenario: Scenario | None
    findings: tuple[Finding, ...]
    own: bool
    hash: str
    """Of the file as it was read."""

    @property
    def usable(self) -> bool:
        return self.scenario is not None and not self.findings


def entries(pack: Pack, shipped: Path, own: Path | None = None, *, beside_its_own: bool = True) -> list[Entry]:
    """Every scenario of the folders, the shipped ones first, in the order of their files.

    An own one is held against the content and itself each time. `beside_its_own`: the pack is the one that the shipped
    ones come with, under which they were looked at before they were shipped; under another they are held against it.
    """
    found = list(_of(pack, shipped, own=False, judged=beside_its_own))
    return found if own is None else [*found, *_of(pack, own, own=True, judged=False)]


def _of(pack: Pack, folder: Path, *, own: bool, judged: bool) -> Iterator[Entry]:
    for file in files_in(folder):
        yield read_entry(pack, file, own=own, judged=judged)


def files_in(folder: Path) -> list[Path]:
    """The files of scenarios in a folder, in order of their names; none where there is no folder."""
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else ()
    return [file for file in files if file.name not in (USUAL, FIRST_LOOK)]


def read_entry(pack: Pack, file: Path, *, own: bool, judged: bool = False) -> Entry:
    """One file as it is now, with everything that is wrong with it. `judged`: what is in it was looked at already."""
    scenario, findings, read = read_scenario(file)
    if scenario is not None:
        findings = [] if judged else check(scenario, read, pack)
    return Entry(file, scenario, tuple(one for one in findings if one.stops), own, file_hash(file))


def file_hash(file: Path) -> str:
    """Of a scenario's file, as a rehearsal keeps it; empty where it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
