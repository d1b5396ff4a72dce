"""The vault: the encrypted file, and the only place that opens it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screener.clock import Clock, SystemClock
from screener.store import keyring as keyrings
from screener.store import keys, schema
from screener.store.failures import DamagedVault, LaterVersion, StoreFailed, VaultExists, WrongPassphrase
from screener.store.files import Hold, private_file, private_folder
from screener.store.head import HeadFile
from screener.store.keyring import Account, Keyring
from screener.store.keys import Cost, DoesNotOpen, SigningPair
from screener.store.recovery import RecoveryKey
from screener.store.tries import Tries

if TYPE_CHECKING:
    # Imported late where they run: SQLAlchemy costs a fifth of a second, and the window comes first.
    from sqlalchemy import Connection, Engine

    from screener.store.accounts import Signer
    from screener.store.audit import AuditLine
    from screener.store.chain import BadRow
    from screener.store.deeds import Deeds
    from screener.store.shelf import VaultShelf

DATABASE = "vault.db"
LOCK = "vault.lock"


def exists(folder: Path) -> bool:
    """Whether there are records to open in this folder, or the remains of some that nothing may write over."""
    return (folder / keyrings.FILE).exists() or (folder / DATABASE).exists()


class Vault:
    """An open vault: holds its folder against other programs until `close`, keeps neither passphrase nor vault key.

    `shelf` and the other methods may be called from any thread; they take turns. A context manager; `close` ends it.
    """

    def __init__(self, deeds: Deeds, account: Account, signer: Signer, hold: Hold | None) -> None:
        from screener.store.shelf import VaultShelf

        self._deeds, self._signer, self._hold = deeds, signer, hold
        self.account = account
        self.shelf: VaultShelf = VaultShelf(deeds, account, signer.pair)

    # --- ways in ------------------------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        name: str,
        passphrase: str,
        role: str = "clinician",
        clock: Clock | None = None,
        cost: Cost | None = None,
    ) -> tuple[Vault, RecoveryKey]:
        """Set up records in a folder for one account, and open them. The recovery key is shown this once.

        Raises `PassphraseTooShort`, `UnusableName`, `VaultExists`, `OpenElsewhere`, `StoreFailed`. After a crash:
        nothing or all.
        """
        from screener.store import making

        clock = clock or SystemClock()
        keys.check_new_passphrase(passphrase)
        keys.check_name(name)
        private_folder(folder)
        with _held(folder) as hold:
            if exists(folder):
                raise VaultExists(folder)
            vault_key, recovery, pair = keys.new_vault_key(), RecoveryKey.make(), SigningPair.make()
            account = Account(secrets.token_hex(8), name, role, pair.public)
            keyring = Keyring.make(vault_key, recovery, schema.newest())
            keyring = keyring.with_account(account, vault_key, pair, passphrase, cost or Cost())
            making.build(folder, lambda path: _one_file(path, vault_key), _head(folder, vault_key), account, clock)
            keyring.write(folder)
            try:
                return cls._enter(folder, hold, keyring, account, vault_key, clock), recovery
            except StoreFailed:
                making.undo(folder)
                raise

    @classmethod
    def open(
        cls,
        folder: Path,
        passphrase: str,
        *,
        account: str | None = None,
        clock: Clock | None = None,
        accept_loss: bool = False,
    ) -> Vault:
        """Open the records of a folder. `accept_loss` opens them although their end is missing or its seal is damaged.

        Raises `NoVault`, `LaterVersion`, `DamagedKeys`, `OpenElsewhere`, `WrongPassphrase` (`TriedTooSoon`),
        `DamagedVault`, `DamagedHead`, `MissingRows`, `AlteredRows`, `StoreFailed`.
        """
        clock = clock or SystemClock()
        _known(folder)
        with _held(folder) as hold:
            # Read again: until now another window could have changed it.
            keyring, tries = _known(folder), Tries(folder, clock)
            tries.check()
            try:
                found, vault_key = keyring.open(passphrase, account)
            except DoesNotOpen as error:
                raise WrongPassphrase(tries.refused()) from error
            return cls._enter(folder, hold, keyring, found, vault_key, clock, accept_loss=accept_loss)

    @classmethod
    def open_with_recovery(
        cls,
        folder: Path,
        recovery: RecoveryKey | str,
        new_passphrase: str,
        *,
        account: str | None = None,
        clock: Clock | None = None,
        cost: Cost | None = None,
        accept_loss: bool = False,
    ) -> Vault:
        """Open with the printed recovery key and set a new passphrase for the account (the first one unless named).

        The account signs with a new key from here on: the sheet opens the records, it does not sign in anybody's name.
        Raises `MistypedRecoveryKey`, `WrongRecoveryKey`, `PassphraseTooShort` and what `open` raises.
        """
        keys.check_new_passphrase(new_passphrase)
        read = RecoveryKey.read(recovery) if isinstance(recovery, str) else recovery
        _known(folder)
        with _held(folder) as hold:
            keyring, pair = _known(folder), SigningPair.make()
            vault_key = keyring.recover(read)
            entry = keyring.entry(account) if account else keyring.accounts[0]
            who = replace(entry.account, public_key=pair.public)
            renewed = keyring.with_account(who, vault_key, pair, new_passphrase, cost or Cost())
            return cls._enter(
                folder, hold, renewed, who, vault_key, clock or SystemClock(), accept_loss=accept_loss, recovered=True
            )

    @classmethod
    def in_memory(
        cls, clock: Clock | None = None, *, name: str = "Made-up clinician", role: str = "clinician"
    ) -> Vault:
        """The same shelf over memory, for trying the program out: nothing is kept, any passphrase signs."""
        from screener.store import accounts
        from screener.store.deeds import Deeds

        pair = SigningPair.make()
        account = Account(secrets.token_hex(8), name, role, pair.public)
        engine = _engine(_ready(_connection(":memory:", keys.new_vault_key()), "MEMORY"))
        deeds = Deeds(engine, clock or SystemClock(), account.id, Path(":memory:"), None)
        with deeds.deed() as deed:
            schema.upgrade(deed.connection)
            accounts.add(deed, account)
        return cls(deeds, account, accounts.ThrowawaySigner(pair), None)

    # --- an open vault ------------------------------------------------------------------------------------------------

    def unlock(self, passphrase: str) -> None:
        """Ask for the passphrase again, after a cover or a lock. Raises `WrongPassphrase`."""
        self._signer.pair(passphrase)
        with self._deeds.deed() as deed:
            deed.note("unlock")

    def change_passphrase(self, old: str, new: str, *, cost: Cost | None = None) -> None:
        """Wrap the same keys for another passphrase; nothing is encrypted anew.

        Raises `WrongPassphrase`, `PassphraseTooShort`.
        """
        self._signer.change_passphrase(old, new, cost or Cost())

    def verify(self) -> tuple[BadRow, ...]:
        """The first bad row of the journal and of the audit log, and every record whose signature does not hold."""
        from screener.store import proofs

        with self._deeds.look() as connection:
            return proofs.bad_rows(connection)

    def audit_log(self) -> list[AuditLine]:
        """Every deed, oldest first."""
        from screener.store import audit

        with self._deeds.look() as connection:
            return audit.lines(connection)

    def close(self) -> None:
        """Wait for the deed under way, close the file, give the folder free. A second call does nothing."""
        try:
            self._deeds.close()
        finally:
            if self._hold:
                self._hold.release()

    def __enter__(self) -> Vault:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @classmethod
    def _enter(
        cls,
        folder: Path,
        hold: Hold,
        keyring: Keyring,
        account: Account,
        vault_key: bytes,
        clock: Clock,
        *,
        accept_loss: bool = False,
        recovered: bool = False,
    ) -> Vault:
        """From the vault key on, every way in is the same. `recovered`: the keyring is new and not yet written."""
        from screener.store import accounts, making, proofs
        from screener.store.deeds import Deeds, explained_database

        # Before anything else: what is written next could be more than a later version allows.
        version = _peeked(folder, vault_key)
        _refuse_later(folder, version)
        making.finish(folder)
        tries, head = Tries(folder, clock), _head(folder, vault_key)
        tail = making.keep_tail(folder)
        if version is None:
            version = making.mended_version(folder, lambda path: _one_file(path, vault_key))
            _refuse_later(folder, version)
        if {version, keyring.schema} != {schema.newest()}:
            keyring = making.upgrade(folder, lambda path: _one_file(path, vault_key), head, keyring)
        with explained_database(folder):
            engine = _write_ahead(folder / DATABASE, vault_key, check=tail is not None)
        deeds = Deeds(engine, clock, account.id, folder, head)
        try:
            with deeds.look() as connection:
                loss = proofs.loss(connection, head, tail)
            if loss and not accept_loss:
                raise loss
            with deeds.deed() as deed:
                accounts.note_refused(deed, tries)
                if loss:
                    deed.note("opened with loss", what=type(loss).__name__, said=loss.said)
                if recovered:
                    accounts.replace_key(deed, account)
                    keyring.write(folder)
                deed.note("unlock")
            tries.forget()
        except BaseException:
            engine.dispose()
            raise
        if tail and not loss:
            tail.unlink(missing_ok=True)
        return cls(deeds, account, accounts.AccountSigner(folder, keyring, account, deeds, tries), hold)


# --- before the key ---------------------------------------------------------------------------------------------------


@contextmanager
def _held(folder: Path) -> Iterator[Hold]:
    """The folder held; kept by the vault that comes out of the block, given free when none does."""
    hold = Hold(folder / LOCK)
    try:
        yield hold
    except BaseException:
        hold.release()
        raise


def _known(folder: Path) -> Keyring:
    """The keyring of a folder, of a version that this program knows. Nothing is touched."""
    keyring = Keyring.read(folder)
    if keyring.schema not in schema.versions():
        raise LaterVersion(folder)
    return keyring


def _refuse_later(folder: Path, version: str | None) -> None:
    if version is not None and version not in schema.versions():
        raise LaterVersion(folder)


# --- the file ---------------------------------------------------------------------------------------------------------


def _head(folder: Path, vault_key: bytes) -> HeadFile:
    return HeadFile(folder, keys.derived(vault_key, "head"))


def _connection(path: str, key: bytes, *, uri: bool = False) -> Any:
    """A connection that was told the key and has read nothing yet."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(path, uri=uri, isolation_level=None, check_same_thread=False, timeout=2)
    # SQLCipher's own log would write on the console.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _ready(connection: Any, mode: str) -> Any:
    """A connection set up so that a commit that returned is on the disk. Closed again when the file is not readable."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA synchronous = FULL")
        # Where a plain sync ends in the drive's own memory (macOS), go through it; elsewhere these change nothing.
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
        # A discarded screening's words are overwritten, not only forgotten.
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(path: Path, key: bytes, *, check: bool) -> Engine:
    """The vault as it is worked with. `check` reads every page first: after a crash."""
    private_file(path)
    connection = _ready(_connection(str(path), key), "WAL")
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if check:
            # First bring the log into the file: a page that was half written when the power went is mended by that.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            if faults:
                raise DamagedVault(path, f"{len(faults)} pages do not carry their seal")
    except BaseException:
        connection.close()
        raise
    return _engine(connection)


def _one_file(path: Path, key: bytes) -> Engine:
    """A vault being made or upgraded: no log beside it. Foreign keys are checked afterwards, for tables are rebuilt."""
    private_file(path)
    return _engine(_ready(_connection(str(path), key), "DELETE"))


def _engine(connection: Any) -> Engine:
    """SQLAlchemy over this one connection. The key is not kept: there is no second connection to make."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool
    from sqlcipher3 import dbapi2

    # hide_parameters: no error text may hold an answer.
    # StaticPool: every thread gets the same connection; `Deeds` sees to it that they take turns.
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # The driver begins nothing by itself (isolation_level=None), so that tables, too, are made within the transaction;
    # IMMEDIATE, so that a refusal comes at the start and not at the commit.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _peeked(folder: Path, key: bytes) -> str | None:
    """The version of the vault's tables, read without touching a byte; None when it cannot be told that way.

    The version never stands in the write-ahead log alone: upgrades replace the whole file.
    """
    from sqlcipher3 import dbapi2

    path = folder / DATABASE
    if not path.exists():
        return None
    connection = _connection(f"{path.absolute().as_uri()}?immutable=1", key, uri=True)
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except dbapi2.Error:
        return None
    finally:
        connection.close()
    return str(found[0]) if found else None
