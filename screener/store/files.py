"""The vault's plain files: written whole or not at all, readable by their owner only, held by one program at a time."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from screener.language import tr
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
    return ReadWriteFailed(folder, os.strerror(error.errno) if error.errno else tr("no reason was given"))


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
        _write(path, (content,))


def write_elsewhere(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file outside the vault, whole or not at all; its folder is made. Raises `NotWritten`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, pieces)
    except OSError as error:
        raise _not_written(error, path) from error


def write_together(files: Iterable[tuple[Path, Iterable[bytes]]]) -> None:
    """Write several files outside the vault: none takes its name before each of them is whole. Raises `NotWritten`."""
    written: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, pieces in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append((_beside(path), path))
            _fill(_beside(path), pieces)
        for beside, path in written:
            beside.replace(path)
    except BaseException as error:
        for beside, _ in written:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _not_written(error, path) from error
        raise
    for folder in {path.parent for _, path in written}:
        sync_folder(folder)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """What is half written lies beside it, and goes where the rest cannot be written."""
    beside = _beside(path)
    try:
        _fill(beside, pieces)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.next")


def _fill(path: Path, pieces: Iterable[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def free_name(folder: Path, name: str, suffix: str = "") -> Path:
    """A path in this folder that nothing has yet: with this name, or with a number behind it."""
    names = (folder / f"{name}{more}{suffix}" for more in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(path for path in names if not path.exists())


def _not_written(error: OSError, path: Path) -> NotWritten:
    if error.errno in _NO_ROOM:
        return NotWritten(path, tr("the disk is full"), tr("Make room on it, or choose a place on another disk."))
    if error.errno in _NO_WRITING:
        return NotWritten(path, tr("nothing can be written there"), tr("Choose another folder, or another disk."))
    reason = os.strerror(error.errno) if error.errno else tr("no reason was given")
    return NotWritten(path, tr("the system says: {reason}").format(reason=reason), tr("Choose another place."))


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders, there or yet to be made, lie on the same disk; True where the system does not tell."""
    try:
        found = [next((place for place in (path, *path.parents) if place.exists()), None) for path in (one, other)]
        return len({place.stat().st_dev for place in found if place}) <= 1
    except OSError:
        return True


def sync_folder(folder: Path) -> None:
    """Bring a renaming down to the disk. Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
