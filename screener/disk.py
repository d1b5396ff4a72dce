"""How files come onto the disk: whole or not at all, for their owner only, under names that nothing else has."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from glob import escape
from pathlib import Path

Pieces = Iterable[bytes]


def write_whole(path: Path, pieces: Pieces) -> None:
    """Replace the content of a file by the pieces, one after another: after a crash it is the old one or the new one.

    Its folder is there. Raises OSError; what was half written lies beside the file until then, and is gone.
    """
    write_together([(path, pieces)])


def write_together(files: Iterable[tuple[Path, Pieces]]) -> None:
    """Write several files: none takes its name before each of them is whole."""
    written: dict[Path, Path] = {}
    try:
        for path, pieces in files:
            # The process is part of the name: two programs that write the same file do not write into each other's.
            beside = written[path] = path.with_name(f"{path.name}.{os.getpid()}.part")
            _fill(beside, pieces)
        for path, beside in written.items():
            beside.replace(path)
    except BaseException:
        for beside in written.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        raise
    for path in written:
        for left in path.parent.glob(f"{escape(path.name)}.*.part"):
            # Of a program that was ended while it wrote this file.
            with suppress(OSError):
                left.unlink()
    for folder in {path.parent for path in written}:
        sync_folder(folder)


def _fill(path: Path, pieces: Pieces) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring a renaming down to the disk. Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def free_name(folder: Path, name: str, suffix: str = "") -> Path:
    """A path in this folder that nothing has yet: with this name, or with a number behind it."""
    names = (folder / f"{name}{more}{suffix}" for more in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(path for path in names if not path.exists())
