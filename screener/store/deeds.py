"""One deed at a time: its rows, its line in the audit log and the sealed head stand together, or none of them does."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from screener.clock import Clock
from screener.store import audit, journal
from screener.store.failures import DamagedVault, DiskFull, ReadOnlyPlace, ReadWriteFailed, StoreFailed
from screener.store.files import failure
from screener.store.head import Head, HeadFile
from screener.text import WorldError


class _Code(IntEnum):
    """SQLite's primary result codes that mean the world; every other one is our own mistake and is not caught."""

    PERMISSION = 3
    BUSY = 5
    LOCKED = 6
    NO_MEMORY = 7
    READ_ONLY = 8
    IO = 10
    CORRUPT = 11
    FULL = 13
    CANNOT_OPEN = 14
    NOT_A_DATABASE = 26


_NO_SEAL = "a page does not carry its seal"
# Less than this is no room: a write-ahead log grows by pages, its index by 32 KiB.
_LITTLE_ROOM = 128 * 1024


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed while it is being done: its connection, its moment (ISO, with offset), whose it is."""

    connection: Connection
    at: str
    account: str

    def note(self, deed: str, subject: str = "", **details: object) -> int:
        """Write its line in the audit log; the number of that line."""
        return audit.note(
            self.connection, at=self.at, account=self.account, deed=deed, subject=subject, details=details
        )


class Deeds:
    """Runs deeds over one connection, from whichever thread, never two at once.

    Committed when the block ends without an error.
    """

    def __init__(self, engine: Engine, clock: Clock, account: str, place: Path, head: HeadFile | None) -> None:
        self._engine, self._clock, self._account = engine, clock, account
        self._place, self._head = place, head
        self._turn = threading.RLock()
        self._behind = False

    @property
    def place(self) -> Path:
        """Where the records lie."""
        return self._place

    @contextmanager
    def deed(self) -> Iterator[Deed]:
        """A transaction. Afterwards all of it is on disk, head included; or a `WorldError` is raised and nothing is."""
        with self._turn:
            beside = None
            with explained_database(self._place), self._engine.begin() as connection, sealed(connection, self._place):
                at = self._clock.now().isoformat(timespec="milliseconds")
                yield Deed(connection, at, self._account)
                if self._head:
                    # Before the commit: what takes room is done while all can still be undone.
                    beside = self._head.prepare(_reached(connection, at))
            if self._head and beside:
                self._promote(self._head, beside)

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """Reading that leaves no line in the audit log: lists, counts, proofs."""
        place = self._place
        with self._turn, explained_database(place), self._engine.begin() as connection, sealed(connection, place):
            yield connection

    def close(self) -> None:
        """Wait for the deed under way, bring the head up to date if it was left behind, close the connection."""
        with self._turn, explained_database(self._place):
            try:
                if self._head and self._behind:
                    with self._engine.begin() as connection:
                        reached = _reached(connection, self._clock.now().isoformat(timespec="milliseconds"))
                    self._head.write(reached)
                    self._behind = False
            finally:
                self._engine.dispose()

    def _promote(self, head: HeadFile, beside: Path) -> None:
        try:
            head.promote(beside)
        except StoreFailed:
            # The rows are on disk; to raise now would make the caller do the deed twice. A head that is behind
            # hides nothing but its own last deed, and the next one brings it up to date.
            self._behind = True
        else:
            self._behind = False


@contextmanager
def explained_database(place: Path) -> Iterator[None]:
    """Turns failures of the disk below the database into `WorldError`s. Mistakes in statements stay what they are."""
    try:
        yield
    except OSError as error:
        raise failure(error, place) from error
    except WorldError:
        raise
    except Exception as error:
        # SQLAlchemy wraps what the driver raises; a connection that is only being opened does not.
        known = meaning(error.orig if isinstance(error, DBAPIError) else error, place)
        if known is None:
            raise
        raise known from error


@contextmanager
def sealed(connection: Connection, place: Path) -> Iterator[None]:
    """Nothing leaves the block, result or mistake, that was read from a page without its seal. Raises `DamagedVault`.

    SQLCipher gives zeros for such a page, and for the end of a long text SQLite takes them: it tells who asks it.
    """
    try:
        yield
    except Exception as error:
        if _unsealed(connection):
            raise DamagedVault(place, _NO_SEAL) from error
        raise
    if _unsealed(connection):
        raise DamagedVault(place, _NO_SEAL)


def _unsealed(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA cipher_status").scalar() == "0"


def meaning(error: BaseException | None, place: Path) -> WorldError | None:
    """What an error of the driver says about the world; None when it speaks of our own mistake."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    match code & 0xFF:
        case _Code.FULL:
            return DiskFull(place)
        case _Code.READ_ONLY:
            return ReadOnlyPlace(place)
        case _Code.CORRUPT:
            return DamagedVault(place, _NO_SEAL)
        case _Code.NOT_A_DATABASE:
            return DamagedVault(place, "the file cannot be read with the key of these records")
        case _Code.PERMISSION | _Code.BUSY | _Code.LOCKED | _Code.NO_MEMORY | _Code.IO | _Code.CANNOT_OPEN:
            return _refused(place, str(error))
    return None


def _refused(place: Path, said: str) -> StoreFailed:
    """SQLite often says only that opening or writing did not work; the disk itself knows why."""
    if place.is_dir():
        if not os.access(place, os.W_OK):
            return ReadOnlyPlace(place)
        if shutil.disk_usage(place).free < _LITTLE_ROOM:
            return DiskFull(place)
    return ReadWriteFailed(place, said)


def _reached(connection: Connection, at: str) -> Head:
    return Head(journal.tip(connection), audit.tip(connection), at)
