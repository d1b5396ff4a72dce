"""One deed at a time: its rows, its line in the audit log and the sealed head stand together, or none of them does."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from screener.clock import Clock
from screener.language import tr
from screener.records.browse import Json
from screener.store import audit, journal
from screener.store.failures import (
    DamagedVault,
    DiskFull,
    NotAllowed,
    ReadOnlyPlace,
    ReadWriteFailed,
    RecordsClosed,
    StoreFailed,
)
from screener.store.files import failure
from screener.store.head import Head, HeadFile
from screener.store.keyring import Account
from screener.store.roles import Right
from screener.text import WorldError

T = TypeVar("T")


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


_NO_SEAL = tr("a page does not carry its seal")
# Less than this is no room: a write-ahead log grows by pages, its index by 32 KiB.
_LITTLE_ROOM = 128 * 1024


@dataclass(slots=True)
class Deed:
    """A deed while it is being done: its connection, moment (ISO, with offset), account, and how far the logs go."""

    connection: Connection
    at: str
    account: str
    head: Head

    def note(self, deed: str, subject: str = "", **details: object) -> int:
        """Write its line in the audit log; the number of that line."""
        tip = audit.note(
            self.connection,
            self.head.audit,
            at=self.at,
            account=self.account,
            deed=deed,
            subject=subject,
            details=details,
        )
        self.head = Head(self.head.journal, tip, self.at)
        return tip.number

    def step(self, screening: str, held: int, steps: Sequence[Json]) -> None:
        """Add steps of a screening to the journal, behind the `held` ones that it has."""
        tip = journal.append(self.connection, self.head.journal, screening, held, steps, self.at)
        self.head = Head(tip, self.head.audit, self.at)


class Deeds:
    """Runs deeds over one connection, from whichever thread, never two at once.

    Committed when the block ends without an error. A deed that the account's role does not include is not begun, and
    the refusal has its line in the audit log.
    """

    def __init__(self, engine: Engine, clock: Clock, account: Account, place: Path, head: HeadFile | None) -> None:
        self._clock, self._account, self._rights = clock, account, account.rights
        self._use(engine)
        self._place, self._head = place, head
        self._turn = threading.RLock()
        # Held as long as the file has to stay as it is; always taken before a turn.
        self._still = threading.RLock()
        # Nobody else writes while this program holds the folder: what was last written is known without asking. None
        # after a deed that failed.
        self._reached: Head | None = None
        self._closed = False

    @property
    def clock(self) -> Clock:
        return self._clock

    @property
    def place(self) -> Path:
        """The folder of the vault; no folder at all where it is in memory."""
        return self._place

    def ask(self, right: Right) -> None:
        """Raises `NotAllowed` where the open account's role does not include this."""
        if right not in self._rights:
            with self.deed(None) as deed:
                deed.note("refused", right=right.name.lower())
            raise NotAllowed(self._account.title, right)

    @contextmanager
    def deed(self, right: Right | None) -> Iterator[Deed]:
        """A transaction. Afterwards all of it is on disk; or a `WorldError` is raised and nothing is.

        `right`: what the account's role must include; None for what every account does.
        """
        with self._turn:
            self._still_open()
            if right is not None:
                self.ask(right)
            before, self._reached = self._reached, None
            with explained_database(self._place), self._connection.begin(), self._sealed() as connection:
                at = self._clock.now().isoformat(timespec="milliseconds")
                before = before or reached(connection, at)
                deed = Deed(connection, at, self._account.id, before)
                yield deed
            self._reached = deed.head
            if deed.head is not before and self._head:
                self._head.note(deed.head)

    @contextmanager
    def look(self, right: Right | None) -> Iterator[Connection]:
        """Reading that leaves no line in the audit log: lists, counts, proofs. `right` as for a deed."""
        with self._taken():
            if right is not None:
                self.ask(right)
            with explained_database(self._place), self._connection.begin(), self._sealed() as connection:
                yield connection

    @contextmanager
    def settled(self, read: Callable[[Connection], T]) -> Iterator[tuple[Head, T]]:
        """Everything so far is in the one file, and it stays as it is until the block ends; new deeds go on beside it.

        The file changes only when the log is brought into it, and that waits, as does closing. Yields how far the file
        goes, and what `read` reads in it.
        """
        with self._still:
            with self._taken(), explained_database(self._place):
                self._pragma("wal_autocheckpoint = 0")
                self._pragma("wal_checkpoint(TRUNCATE)")
                with self._connection.begin(), self._sealed() as connection:
                    head = reached(connection, self._clock.now().isoformat(timespec="milliseconds"))
                    found = read(connection)
            try:
                yield head, found
            finally:
                with self._turn, explained_database(self._place):
                    self._pragma("wal_autocheckpoint = 1000")

    @contextmanager
    def away(self) -> Iterator[Callable[[Engine, HeadFile], None]]:
        """The file closed, for as long as the block takes; no deed runs. What is yielded takes what to go on with."""

        def back(engine: Engine, head: HeadFile) -> None:
            self._use(engine)
            self._head = head

        with self._still, self._taken():
            self._let_go()
            with explained_database(self._place):
                yield back

    def checkpoint(self) -> None:
        """Bring the log into the file and empty it: what was erased is then in neither."""
        with self._still, self._taken(), explained_database(self._place):
            self._pragma("wal_checkpoint(TRUNCATE)")

    def _pragma(self, words: str) -> None:
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute(f"PRAGMA {words}")
        finally:
            connection.close()

    def close(self) -> None:
        """Wait for the deed under way, bring the head up to date if it was left behind, close the connection.

        What still waits its turn raises `RecordsClosed`.
        """
        with self._still, self._turn:
            if not self._closed:
                self._closed = True
                self._let_go()

    def _use(self, engine: Engine) -> None:
        """Go on over this engine. Its one connection is taken once: taking it costs as much as the rows of a deed."""
        self._engine, self._connection = engine, engine.connect()

    def _sealed(self) -> _Sealed:
        return _Sealed(self._connection, self._place)

    @contextmanager
    def _taken(self) -> Iterator[None]:
        """A turn, over an open vault."""
        with self._turn:
            self._still_open()
            yield

    def _still_open(self) -> None:
        if self._closed:
            raise RecordsClosed

    def _let_go(self) -> None:
        with explained_database(self._place):
            try:
                if self._head:
                    self._head.close()
            finally:
                self._connection.close()
                self._engine.dispose()


class explained_database:  # noqa: N801 (reads as what it does)
    """Turns failures of the disk below the database into `WorldError`s. Mistakes in statements stay what they are."""

    __slots__ = ("_place",)

    def __init__(self, place: Path) -> None:
        self._place = place

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, WorldError) or not isinstance(error, Exception):
            return
        if isinstance(error, OSError):
            raise failure(error, self._place) from error
        # SQLAlchemy wraps what the driver raises; a connection that is only being opened does not.
        known = meaning(error.orig if isinstance(error, DBAPIError) else error, self._place)
        if known is not None:
            raise known from error


class _Sealed:
    """Nothing leaves the block, result or mistake, that was read from a page without its seal. Raises `DamagedVault`.

    SQLCipher gives zeros for such a page, and for the end of a long text SQLite takes them: it tells who asks it.
    """

    __slots__ = ("_connection", "_place")

    def __init__(self, connection: Connection, place: Path) -> None:
        self._connection, self._place = connection, place

    def __enter__(self) -> Connection:
        return self._connection

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if (error is None or isinstance(error, Exception)) and _unsealed(self._connection):
            raise DamagedVault(self._place, _NO_SEAL) from error


def _unsealed(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return False
    cursor = connection.connection.cursor()
    return bool(cursor.execute("PRAGMA cipher_status").fetchone() == ("0",))


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
            return DamagedVault(place, tr("the file cannot be read with the key of these records"))
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


def reached(connection: Connection, at: str) -> Head:
    """How far both logs go."""
    return Head(journal.tip(connection), audit.tip(connection), at)
