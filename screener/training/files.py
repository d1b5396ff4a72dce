"""Kept rehearsals: plain files in a folder of their own, labelled made-up, never in a vault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from screener.disk import free_name, write_whole
from screener.language import tr
from screener.refusals import why
from screener.text import WorldError
from screener.training.kept import Rehearsal, read_rehearsal, text_of

FOLDER = "rehearsals"
_SET_ASIDE = ".removed"
_NEXT = tr("Make room, or see that the folder can be written to; what was rehearsed stays in memory until then.")


@dataclass(frozen=True, slots=True)
class Kept:
    """One file. `problem`: why what is in it cannot be read; then there is no rehearsal."""

    file: Path
    rehearsal: Rehearsal | None
    problem: WorldError | None = None


def file_for(folder: Path, rehearsal: Rehearsal) -> Path:
    """A name that no other rehearsal has there: the scenario, and when it was begun."""
    begun = rehearsal.begun_at[:19].replace(":", "-").replace("T", "-")
    return free_name(folder, f"{rehearsal.scenario}-{begun}", ".json")


def write(file: Path, rehearsal: Rehearsal) -> None:
    """Put a rehearsal in place of what its file held: whole, or not at all. WorldError where the disk takes nothing."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(file, (text_of(rehearsal).encode(),))
    except OSError as wrong:
        raise WorldError(tr("The rehearsal is not kept: {why}.").format(why=why(wrong)), _NEXT) from None


def kept_in(folder: Path) -> list[Kept]:
    """Every kept rehearsal, the one that was touched last first."""
    return [_read(file) for _, file in sorted(_files(folder), reverse=True)]


def _files(folder: Path) -> Iterator[tuple[float, Path]]:
    for file in folder.glob("*.json"):
        with suppress(OSError):
            yield file.stat().st_mtime, file


def _read(file: Path) -> Kept:
    try:
        return Kept(file, read_rehearsal(file))
    except WorldError as problem:
        return Kept(file, None, problem)


def set_aside(file: Path) -> None:
    """Take a kept rehearsal off the list; it can be brought back until `sweep`."""
    _rename(file, file.with_name(f"{file.name}{_SET_ASIDE}"))


def bring_back(file: Path) -> None:
    """On the list again. `file`: as it was called there."""
    _rename(file.with_name(f"{file.name}{_SET_ASIDE}"), file)


def _rename(file: Path, to: Path) -> None:
    try:
        file.replace(to)
    except OSError as wrong:
        said = tr("{name} cannot be moved: {why}.").format(name=file.name, why=why(wrong))
        raise WorldError(said, tr("Look into the folder.")) from None


def sweep(folder: Path) -> None:
    """Delete what was taken off the list."""
    for file in folder.glob(f"*{_SET_ASIDE}"):
        with suppress(OSError):
            file.unlink()
