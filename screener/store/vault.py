"""The vault: the encrypted records of one clinic, and every way into them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.clock import Clock, SystemClock
from screener.store import keyring as keyrings
from screener.store import keys, schema
from screener.store.failures import LaterVersion, StoreFailed, VaultExists, WrongPassphrase
from screener.store.files import Hold, private_folder
from screener.store.head import HeadFile
from screener.store.keyring import Account, Keyring, Own
from screener.store.keys import Cost, DoesNotOpen, SigningPair
from screener.store.places import DATABASE, LOCK, PLACING, RESTORED
from screener.store.recovery import RecoveryKey
from screener.store.roles import Right
from screener.store.tries import Tries

if TYPE_CHECKING:
    from screener.records.browse import SignedRecord

    # Imported late where they run: SQLAlchemy costs a fifth of a second, and the window comes first.
    from screener.store.accounts import People, ThrowawaySigner
    from screener.store.audit import AuditLine, AuditPage, Wanted
    from screener.store.backup import Backups
    from screener.store.chain import BadRow
    from screener.store.deeds import Deeds
    from screener.store.proofs import Extent
    from screener.store.shelf import VaultShelf


_EVERY = 2**31 - 1


def exists(folder: Path) -> bool:
    """Whether there are records to open in this folder, or the remains of some that nothing may write over."""
    return any((folder / name).exists() for name in (keyrings.FILE, DATABASE, RESTORED, PLACING))


def names(folder: Path) -> list[Account]:
    """Whose passphrases open the records of this folder, as the keys file says; empty where it cannot be read."""
    from screener.text import WorldError

    try:
        return list(Keyring.read(folder).people)
    except WorldError:
        return []


class Vault:
    """An open vault: holds its folder against other programs until `close`, and its key no longer than that.

    `shelf` and the other methods may be called from any thread; they take turns. A context manager; `close` ends it.
    """

    def __init__(self, deeds: Deeds, account: Account, people: People | ThrowawaySigner, hold: Hold | None) -> None:
        from screener.store.shelf import VaultShelf

        self._deeds, self._people, self._hold = deeds, people, hold
        self.account = account
        self.shelf: VaultShelf = VaultShelf(deeds, account, people.pair)

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
        """Set up records in a folder for one account, which administers them, and open them.

        The recovery key is shown this once. After a crash: nothing or all.
        Raises `PassphraseTooShort`, `UnusableName`, `VaultExists`, `OpenElsewhere`, `StoreFailed`.
        """
        from screener.store import making

        clock = clock or SystemClock()
        keys.check_new_passphrase(passphrase)
        keys.check_name(name)
        private_folder(folder)
        with _held(folder) as hold:
            if exists(folder):
                raise VaultExists(folder)
            vault_key, recovery, own = keys.new_vault_key(), RecoveryKey.make(), Own.make()
            account = Account(secrets.token_hex(8), name, role, own.signing.public, administers=True)
            keyring = Keyring.make(vault_key, recovery, schema.newest())
            keyring = keyring.with_account(account, vault_key, own, passphrase, cost or Cost())
            number = making.build(folder, vault_key, HeadFile.of(folder, vault_key), account, clock)
            keyring = replace(keyring, written=number)
            keyring.write(folder, vault_key)
            try:
                return cls._enter(folder, hold, keyring, account, vault_key, clock), recovery
            except Exception:
                # Nobody has seen its recovery key: it is made anew.
                with suppress(StoreFailed):
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
        `AccountRemoved`, `DamagedVault`, `DamagedHead`, `MissingRows`, `AlteredRows`, `StoreFailed`.
        """
        clock = clock or SystemClock()
        _place(folder)
        _known(folder)
        with _held(folder) as hold:
            # Read again: until now another window could have changed it.
            keyring, tries = _known(folder), Tries(folder, clock)
            tries.check()
            try:
                found = keyring.open(passphrase, account)
            except DoesNotOpen as error:
                raise WrongPassphrase(tries.refused()) from error
            keyring.check_seal(folder, found.vault_key)
            return cls._enter(
                folder, hold, found.keyring, found.account, found.vault_key, clock, accept_loss=accept_loss
            )

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
        _place(folder)
        _known(folder)
        with _held(folder) as hold:
            keyring, own = _known(folder), Own.make()
            vault_key = keyring.recover(read)
            keyring.check_seal(folder, vault_key)
            entry = keyring.entry(account) if account else keyring.accounts[0]
            who = replace(entry.account, public_key=own.signing.public)
            renewed = keyring.with_account(who, vault_key, own, new_passphrase, cost or Cost())
            return cls._enter(
                folder, hold, renewed, who, vault_key, clock or SystemClock(), accept_loss=accept_loss, recovered=True
            )

    @classmethod
    def in_memory(
        cls, clock: Clock | None = None, *, name: str = "Made-up clinician", role: str = "clinician"
    ) -> Vault:
        """The same shelf over memory, for trying the program out: nothing is kept, any passphrase signs."""
        from screener.store import accounts, cipher
        from screener.store.deeds import Deeds

        pair = SigningPair.make()
        account = Account(secrets.token_hex(8), name, role, pair.public, administers=True)
        engine = cipher.in_memory()
        with engine.begin() as connection:
            schema.upgrade(connection)
        deeds = Deeds(engine, clock or SystemClock(), account, Path(":memory:"), None)
        with deeds.deed(None) as deed:
            accounts.add(deed, account)
        return cls(deeds, account, accounts.ThrowawaySigner(pair), None)

    # --- an open vault ------------------------------------------------------------------------------------------------

    def unlock(self, passphrase: str) -> None:
        """Ask for the passphrase again, after a cover or a lock. Raises `WrongPassphrase`."""
        self._people.pair(passphrase)
        with self._deeds.deed(None) as deed:
            deed.note("unlock")

    def change_passphrase(self, old: str, new: str, *, cost: Cost | None = None) -> None:
        """Wrap the same keys for another passphrase; nothing is encrypted anew.

        Raises `WrongPassphrase`, `PassphraseTooShort`.
        """
        self._people.change_passphrase(old, new, cost or Cost())

    @property
    def on_disk(self) -> bool:
        """Whether it is kept in a folder; what is in memory has one account, no keys file and no backups."""
        return self._hold is not None

    @property
    def people(self) -> People:
        """The accounts of this vault."""
        from screener.store.accounts import People

        assert isinstance(self._people, People), "what is in memory has one account and keeps none"
        return self._people

    @property
    def backups(self) -> Backups:
        """Backups of this vault."""
        from screener.store.backup import Backups

        return Backups(self._deeds, self.people)

    def rotate(self) -> RecoveryKey:
        """Encrypt everything anew with another key. Whoever had the former one reads nothing that is written now.

        Every account keeps its passphrase; the recovery key is another one, to be printed. Interrupted at any moment,
        it is made good at the next opening. Raises `NotAllowed`, `StoreFailed` (nothing was changed then).
        """
        from screener.store import making

        self._deeds.ask(Right.ACCOUNTS)
        return making.rotate(self._deeds, self.people)

    def note_restored(self, made_at: str, audit: int) -> None:
        """This vault comes out of a backup of that moment, in which the log had so many lines."""
        with self._deeds.deed(None) as deed:
            deed.note("restored", made_at=made_at, audit=audit)

    def verify(self) -> tuple[BadRow, ...]:
        """The first bad row of the journal and of the audit log, and every record whose signature does not hold."""
        from screener.store import proofs

        with self._deeds.look(None) as connection:
            return proofs.bad_rows(connection)

    def extent(self) -> Extent:
        """How much there is to prove."""
        from screener.store import proofs

        with self._deeds.look(None) as connection:
            return proofs.extent(connection)

    def told_by(self, signed: SignedRecord) -> str:
        """What a record that was kept elsewhere tells against this vault; empty where everything in it fits.

        Its statement names the rows that both logs ended with when it was signed: where they are no rows of these logs,
        the logs were cut off or written anew since.
        """
        from screener.store import proofs

        with self._deeds.look(None) as connection:
            return proofs.told_by(connection, signed)

    def audit_log(self) -> list[AuditLine]:
        """Every deed, oldest first. Raises `NotAllowed`."""
        from screener.store.audit import Wanted

        return list(reversed(self.audit_page(Wanted(limit=_EVERY)).lines))

    def audit_page(self, wanted: Wanted) -> AuditPage:
        """A page of the audit log, latest first. Raises `NotAllowed`."""
        from screener.store import audit

        with self._deeds.look(Right.LOG) as connection:
            return audit.page(connection, wanted, named=Right.SCREEN in self.account.rights)

    def note_log_export(self, *, references: bool) -> None:
        """Lines of the audit log are about to be written into a file. Raises `NotAllowed`."""
        with self._deeds.deed(Right.LOG) as deed:
            deed.note("export log", references=references)

    def close(self) -> None:
        """Wait for the deed under way, close the file, give the folder free. A second call does nothing."""
        try:
            self._deeds.close()
        finally:
            self._people.forget()
            self.shelf.forget()
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
        from screener.store import accounts, cipher, making, proofs, tails
        from screener.store.deeds import Deeds, explained_database

        # Before anything else: what is written next could be more than a later version allows.
        database, former = folder / DATABASE, keyring.former_key(vault_key)
        version = cipher.peeked(database, vault_key)
        _refuse_later(folder, version or (cipher.peeked(database, former) if former else None))
        making.finish(folder)
        if former:
            keyring = making.finish_rotation(folder, keyring, former, vault_key)
            version = cipher.peeked(database, vault_key)
        tries, head = Tries(folder, clock), HeadFile.of(folder, vault_key)
        tail = tails.keep_tail(folder)
        if version is None:
            version = making.mended_version(folder, vault_key)
            _refuse_later(folder, version)
        if {version, keyring.schema} != {schema.newest()}:
            keyring = making.upgrade(folder, vault_key, head, keyring)
        with explained_database(folder):
            engine = cipher.write_ahead(database, vault_key, check=tail is not None)
        deeds = Deeds(engine, clock, account, folder, head)
        try:
            with deeds.look(None) as connection:
                loss = proofs.loss(connection, head, tail)
                accounts.refuse_removed(connection, account)
            if loss and not accept_loss:
                raise loss
            with deeds.deed(None) as deed:
                accounts.note_refused(deed, tries)
                if loss:
                    deed.note("opened with loss", what=type(loss).__name__, said=loss.as_kept, facts=dict(loss.facts))
                if former:
                    deed.note("encrypted anew", finished=True)
                if recovered:
                    accounts.replace_key(deed, account, "recovery key used")
                    keyring = replace(keyring, written=deed.head.audit.number)
                agreed = accounts.agree(deed, keyring)
                if recovered or agreed is not keyring:
                    agreed.write(folder, vault_key)
                deed.note("unlock")
            tries.forget()
        except BaseException:
            with suppress(StoreFailed):  # what is said is why it does not open
                head.close()
            engine.dispose()
            raise
        if tail and not loss:
            tail.unlink(missing_ok=True)
        return cls(deeds, account, accounts.People(folder, agreed, account, vault_key, deeds, tries), hold)


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


def _place(folder: Path) -> None:
    """A crash came while restored records were put in their place: that is finished first."""
    if (folder / RESTORED).exists() or (folder / PLACING).exists():
        from screener.store.placing import place_restored

        hold = Hold(folder / LOCK)
        try:
            place_restored(folder)
        finally:
            hold.release()


def _known(folder: Path) -> Keyring:
    """The keyring of a folder, of a version that this program knows. Nothing is touched."""
    keyring = Keyring.read(folder)
    if keyring.schema not in schema.versions():
        raise LaterVersion(folder)
    return keyring


def _refuse_later(folder: Path, version: str | None) -> None:
    if version is not None and version not in schema.versions():
        raise LaterVersion(folder)
