"""How a vault's file comes to be: built whole and then put in place; upgraded or encrypted anew as a checked copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.clock import Clock
from screener.disk import sync_folder
from screener.language import WINDOW, tr, tr_n
from screener.store import accounts, audit, cipher, journal, keys, proofs, schema
from screener.store.deeds import Deeds, explained_database
from screener.store.failures import DamagedHead, DamagedVault, StoreFailed
from screener.store.files import explained, private_file, sync_file
from screener.store.head import FILE as HEAD
from screener.store.head import HeadFile
from screener.store.keyring import FILE as KEYS
from screener.store.keyring import Account, Keyring
from screener.store.places import DATABASE
from screener.store.recovery import RecoveryKey

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# A finished vault that only waits for its name. It is complete before the keys file is there.
_BUILT = "vault.db.new"
_COPY = "vault.db.upgrading"
_ANEW = "vault.db.rekeying"


def build(folder: Path, key: bytes, head: HeadFile, account: Account, clock: Clock) -> int:
    """Make a new vault under a name of its own. `finish` gives it its place, once the keys file is written.

    The number of the account's line in the log.
    """
    built = folder / _BUILT
    _remove(built)
    with one_file(built, key) as engine:
        with engine.begin() as connection:
            schema.upgrade(connection)
        deeds = Deeds(engine, clock, account, folder, head)
        with deeds.deed(None) as deed:
            deed.note("create", version=schema.newest())
            number = accounts.add(deed, account)
        head.close()
    sync_file(built)
    return number


def finish(folder: Path) -> None:
    """Put a built vault in place, now or after a crash in between; clear away what an interrupted upgrade left."""
    built, database = folder / _BUILT, folder / DATABASE
    if built.exists() and not database.exists():
        _put(built, database)
    if not database.exists():
        raise DamagedVault(database, tr("the file is missing"))
    _remove(folder / _COPY)
    _remove(folder / _ANEW)


def undo(folder: Path) -> None:
    """Take back a vault that was just made: whoever made it was shown no recovery key, and makes it anew."""
    # The keys file last: until then the folder is refused, and not half used.
    for name in (_BUILT, DATABASE, HEAD, KEYS):
        _remove(folder / name)


def mended_version(folder: Path, key: bytes) -> str:
    """The version of a vault that could not be read as it lies: its write-ahead log may mend a page, or it is new."""
    database = folder / DATABASE
    with one_file(database, key) as engine, engine.begin() as connection:
        version = schema.version_of(connection)
    if version is None:
        raise DamagedVault(database, tr("it is empty"))
    return version


def upgrade(folder: Path, key: bytes, head: HeadFile, keyring: Keyring) -> Keyring:
    """Bring an older vault to the newest version. Until the checked copy takes its place, the old file is as it was."""
    database, copy = folder / DATABASE, folder / _COPY
    _copied(database, copy, key)
    with one_file(copy, key) as engine, engine.begin() as connection:
        check_pages(connection, copy)
        older = schema.version_of(connection) != schema.newest()
        schema.upgrade(connection)
    with one_file(copy, key) as engine, engine.begin() as connection:
        check_pages(connection, copy)
        _compare(connection, copy, head)
        written = audit.tip(connection).number
    sync_file(copy)
    # The keys file first: whoever sees the old file under the new number upgrades it again. One of an earlier version
    # does not say when it was written: it counts as of now, unless it was put back beside a vault that is newer.
    keyring = replace(keyring, schema=schema.newest(), written=keyring.written or (written if older else 0))
    keyring.write(folder, key)
    _put(copy, database)
    return keyring


def rotate(deeds: Deeds, people: accounts.People) -> RecoveryKey:
    """Encrypt an open vault anew. Until the new file is in its place, everything can be as it was."""
    folder, key = people.folder, people.vault_key
    new_key, recovery = keys.new_vault_key(), RecoveryKey.make()
    with deeds.away() as back:
        keyring = people.keyring.with_new_key(key, new_key, recovery)
        try:
            _encrypt_anew(folder, key, new_key)
            keyring.write(folder, new_key)
            _put(folder / _ANEW, folder / DATABASE)
        except BaseException as error:
            if cipher.peeked(folder / DATABASE, new_key) is None:
                with suppress(StoreFailed):
                    people.keyring.write(folder, key)
                back(cipher.write_ahead(folder / DATABASE, key, check=False), HeadFile.of(folder, key))
                raise
            if not isinstance(error, StoreFailed):
                raise
        # The file is the new one. What is not tidied up now is at the next opening.
        with suppress(StoreFailed):
            keyring = _tidy(folder, keyring, key, new_key)
        back(cipher.write_ahead(folder / DATABASE, new_key, check=False), HeadFile.of(folder, new_key))
        people.take(keyring, new_key)
    with deeds.deed(None) as deed:
        deed.note("encrypted anew", accounts=len(keyring.accounts))
    return recovery


def finish_rotation(folder: Path, keyring: Keyring, former: bytes, key: bytes) -> Keyring:
    """After a crash at any moment at which the keys file already held the new key."""
    if cipher.peeked(folder / DATABASE, key) is None:
        _encrypt_anew(folder, former, key)
        _put(folder / _ANEW, folder / DATABASE)
    return _tidy(folder, keyring, former, key)


def _tidy(folder: Path, keyring: Keyring, former: bytes, key: bytes) -> Keyring:
    """Seal the head with the new key, and forget the former one."""
    head = HeadFile.of(folder, key)
    # A crash may have come between its two places: one is then under each key. Where neither opens, it is indeed
    # damaged, and that is said on opening.
    for one in (key, former):
        with suppress(DamagedHead):
            head.write(HeadFile.of(folder, one).read(torn=True))
            break
    keyring = replace(keyring, before=None)
    keyring.write(folder, key)
    return keyring


def _encrypt_anew(folder: Path, key: bytes, new_key: bytes) -> None:
    database, copy = folder / DATABASE, folder / _ANEW
    _copied(database, copy, key)
    with explained_database(folder):
        cipher.rekey(copy, key, new_key)
    with one_file(copy, new_key) as engine, engine.begin() as connection:
        check_pages(connection, copy)
        _compare(connection, copy, HeadFile.of(folder, key))
    sync_file(copy)


def _copied(database: Path, copy: Path, key: bytes) -> None:
    _remove(copy)
    with one_file(database, key):
        # Only to bring the write-ahead log, if a crash left one, into the file.
        pass
    with explained(database.parent):
        private_file(copy)
        shutil.copyfile(database, copy)


@contextmanager
def one_file(path: Path, key: bytes) -> Iterator[Engine]:
    """A vault's file without a write-ahead log beside it; closed afterwards, all of it is in the one file."""
    with explained_database(path.parent):
        engine = cipher.one_file(path, key)
        try:
            yield engine
        finally:
            engine.dispose()


def check_pages(connection: Connection, path: Path) -> None:
    """Raises `DamagedVault` where a page does not carry its seal, or pages do not make tables."""
    for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
        said = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
        if said not in ([], ["ok"]):
            raise DamagedVault(
                path, tr_n("{pragma} found {n} fault", "{pragma} found {n} faults", len(said), pragma=pragma)
            )


def _compare(connection: Connection, copy: Path, head: HeadFile) -> None:
    """The copy proves as much as the old file did: both chains whole, and no shorter than they were sealed."""
    for bad in (journal.first_bad(connection), audit.verify(connection)):
        if bad:
            raise DamagedVault(copy, bad.in_words(WINDOW))
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
