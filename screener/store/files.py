"""The vault's plain files: written whole or not at all, readable by their owner only, held by one program at a time."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from screener import disk
from screener.language import tr
from screener.refusals import why
from screener.store.failures import (
    DiskFull,
    NotWritten,
    OpenElsewhere,
    ReadOnlyPlace,
    ReadWriteFailed,
    StoreFailed,
)

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NO_WRITING = {errno.EACCES, errno.EPERM, errno.EROFS}


def failure(error: OSError, folder: Path) -> StoreFailed:
    """The system's refusal in the store's own words."""
    if error.errno in _NO_ROOM:
        return DiskFull(folder)
    if error.errno in _NO_WRITING:
        return ReadOnlyPlace(folder)
    return ReadWriteFailed(folder, why(error))


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turns refusals of the system inside the block into `StoreFailed` of some kind."""
    try:
        yield
    except OSError as error:
        raise failure(error, folder) from error


def private_folder(folder: Path) -> None:
    """Make the folder, for its owner only."""
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)


def private_file(path: Path) -> None:
    """Make sure that the file exists and only its owner may read it."""
    with explained(path.parent):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)


def write_whole(path: Path, content: bytes) -> None:
    """Replace the content of a file: after a crash the disk holds the old one or the new one, never a mixture."""
    with explained(path.parent):
        disk.write_whole(path, (content,))


def write_elsewhere(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file outside the vault, whole or not at all; its folder is made. Raises `NotWritten`."""
    write_together([(path, pieces)])


def write_together(files: Iterable[tuple[Path, Iterable[bytes]]]) -> None:
    """Write several files outside the vault: none takes its name before each of them is whole. Raises `NotWritten`."""
    path = Path()

    def in_their_folders() -> Iterator[tuple[Path, Iterable[bytes]]]:
        nonlocal path
        for path, pieces in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            yield path, pieces

    try:
        disk.write_together(in_their_folders())
    except OSError as error:
        raise _not_written(error, path) from error


def _not_written(error: OSError, path: Path) -> NotWritten:
    if error.errno in _NO_ROOM:
        return NotWritten(path, tr("the disk is full"), tr("Make room on it, or choose a place on another disk."))
    if error.errno in _NO_WRITING:
        return NotWritten(path, tr("nothing can be written there"), tr("Choose another folder, or another disk."))
    return NotWritten(path, why(error), tr("Choose another place."))


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders, there or yet to be made, lie on the same disk; True where the system does not tell."""
    try:
        found = [next((place for place in (path, *path.parents) if place.exists()), None) for path in (one, other)]
        return len({place.stat().st_dev for place in found if place}) <= 1
    except OSError:
        return True


def sync_file(path: Path) -> None:
    """Bring a file's content down to the disk."""
    with explained(path.parent):
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Hold:
    """The right to write in a folder: one program at a time, until `release` or the program's end, however it ends."""

    def __init__(self, path: Path) -> None:
        with explained(path.parent):
            self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            self.release()
            if error.errno in {errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.EWOULDBLOCK}:
                raise OpenElsewhere(path.parent) from error
            raise failure(error, path.parent) from error

    def release(self) -> None:
        """Give the folder free; a second call does nothing."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


if os.name == "nt":

    def _lock(descriptor: int) -> None:
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:

    def _lock(descriptor: int) -> None:
        import fcntl

        # flock and not lockf: it also holds against a second opening inside this program.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
