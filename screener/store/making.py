"""How a vault's file comes to be: built whole and then put in place; brought to a newer version as a checked copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.clock import Clock
from screener.store import accounts, audit, journal, proofs, schema
from screener.store.deeds import Deeds, explained_database
from screener.store.failures import DamagedVault
from screener.store.files import explained, private_file, sync_file, sync_folder
from screener.store.head import FILE as HEAD
from screener.store.head import HeadFile
from screener.store.keyring import FILE as KEYS
from screener.store.keyring import Account, Keyring

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

DATABASE = "vault.db"
# A finished vault that only waits for its name. It is complete before the keys file is there.
_BUILT = "vault.db.new"
_COPY = "vault.db.upgrading"
_TAIL = "vault.db-wal"

Opening = Callable[[Path], "Engine"]
"""Opens a file without a write-ahead log: when it is closed, all of it is in the one file."""


def build(folder: Path, opening: Opening, head: HeadFile, account: Account, clock: Clock) -> None:
    """Make a new vault under a name of its own. `finish` gives it its place, once the keys file is written."""
    built = folder / _BUILT
    _remove(built)
    with _open(built, opening) as engine:
        deeds = Deeds(engine, clock, account.id, folder, head)
        with deeds.deed() as deed:
            schema.upgrade(deed.connection)
            deed.note("create", version=schema.newest())
            accounts.add(deed, account)
    sync_file(built)


def finish(folder: Path) -> None:
    """Put a built vault in place, now or after a crash in between; clear away what an interrupted upgrade left."""
    built, database = folder / _BUILT, folder / DATABASE
    if built.exists() and not database.exists():
        _put(built, database)
    if not database.exists():
        raise DamagedVault(database, "the file is missing")
    _remove(folder / _COPY)


def undo(folder: Path) -> None:
    """Take back a vault that was just made: whoever made it was shown no recovery key, and makes it anew."""
    # The keys file last: until then the folder is refused, and not half used.
    for name in (_BUILT, DATABASE, HEAD, KEYS):
        _remove(folder / name)


def mended_version(folder: Path, opening: Opening) -> str:
    """The version of a vault that could not be read as it lies: its write-ahead log may mend a page, or it is new."""
    database = folder / DATABASE
    with _open(database, opening) as engine, engine.begin() as connection:
        version = schema.version_of(connection)
    if version is None:
        raise DamagedVault(database, "it is empty")
    return version


def upgrade(folder: Path, opening: Opening, head: HeadFile, keyring: Keyring) -> Keyring:
    """Bring an older vault to the newest version. Until the checked copy takes its place, the old file is as it was."""
    database, copy = folder / DATABASE, folder / _COPY
    with _open(database, opening):
        # Only to bring the write-ahead log, if a crash left one, into the file.
        pass
    with explained(folder):
        shutil.copyfile(database, copy)
    with _open(copy, opening) as engine, engine.begin() as connection:
        _check(connection, copy)
        schema.upgrade(connection)
    with _open(copy, opening) as engine, engine.begin() as connection:
        _check(connection, copy)
        _compare(connection, copy, head)
    sync_file(copy)
    # The keys file first: whoever sees the old file under the new number upgrades it again.
    keyring = replace(keyring, schema=schema.newest())
    keyring.write(folder)
    _put(copy, database)
    return keyring


def keep_tail(folder: Path) -> Path | None:
    """A copy of the write-ahead log that a crash left: should a part of it be unreadable, opening would drop it."""
    tail = folder / _TAIL
    with explained(folder):
        if not tail.exists() or not tail.stat().st_size:
            return None
        names = (folder / f"{_TAIL}.kept-{number}" for number in range(1, 1000))
        kept = next(name for name in names if not name.exists())
        private_file(kept)
        try:
            shutil.copyfile(tail, kept)
        except OSError:
            # Half a copy proves nothing, and takes the room that is missing.
            kept.unlink()
            raise
    sync_file(kept)
    return kept


@contextmanager
def _open(path: Path, opening: Opening) -> Iterator[Engine]:
    with explained_database(path.parent):
        engine = opening(path)
        try:
            yield engine
        finally:
            engine.dispose()


def _check(connection: Connection, path: Path) -> None:
    for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
        said = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
        if said not in ([], ["ok"]):
            raise DamagedVault(path, f"{pragma} found {len(said)} faults")


def _compare(connection: Connection, copy: Path, head: HeadFile) -> None:
    """The copy proves as much as the old file did: both chains whole, and no shorter than they were sealed."""
    for bad in (journal.first_bad(connection), audit.verify(connection)):
        if bad:
            raise DamagedVault(copy, str(bad))
    loss = proofs.loss(connection, head, None)
    if loss:
        raise loss


def _put(made: Path, place: Path) -> None:
    with explained(place.parent):
        made.replace(place)
        sync_folder(place.parent)


def _remove(path: Path) -> None:
    with explained(path.parent):
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
