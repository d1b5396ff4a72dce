"""Who may open the vault: the open account's passphrase asked again, accounts added, changed and removed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from screener.language import tr
from screener.store import audit
from screener.store.deeds import Deed, Deeds
from screener.store.failures import AccountRemoved, LastAdministrator, NoSuchAccount, WrongPassphrase
from screener.store.keyring import Account, Keyring, Own
from screener.store.keys import Cost, DoesNotOpen, SigningPair, check_name, check_new_passphrase, text_of
from screener.store.recovery import RecoveryKey
from screener.store.roles import ROLES, Right
from screener.store.tables import account as accounts
from screener.store.tables import signing_key as signing_keys
from screener.store.tries import Tries


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account in the list: who, what for, since and until when (ISO); a removed one stays, for the log names it."""

    id: str
    name: str
    role: str
    administers: bool
    since: str
    until: str | None
    fingerprint: str


class People:
    """The accounts of an open vault, and the keys file that holds their wraps.

    The file is written before the deed's rows are committed, and put back when they are not. Whatever a crash leaves in
    between is brought together at the next opening (`agree`).
    """

    def __init__(self, folder: Path, keyring: Keyring, account: Account, vault_key: bytes, deeds: Deeds, tries: Tries):
        self._folder, self._keyring, self._account, self._vault_key = folder, keyring, account, vault_key
        self._deeds, self._tries = deeds, tries

    @property
    def keyring(self) -> Keyring:
        return self._keyring

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def vault_key(self) -> bytes:
        """For what is made out of the vault while it is open; never kept beyond that."""
        return self._vault_key

    def forget(self) -> None:
        """The vault is closed: its key is held no longer."""
        self._vault_key = b""

    def take(self, keyring: Keyring, vault_key: bytes) -> None:
        """From here on the vault has this key."""
        self._keyring, self._vault_key = keyring, vault_key

    def pair(self, passphrase: str) -> SigningPair:
        return self._own(passphrase).signing

    def _own(self, passphrase: str) -> Own:
        self._tries.check()
        try:
            own = self._keyring.open(passphrase, self._account.id).own
        except DoesNotOpen as error:
            raise WrongPassphrase(self._tries.refused()) from error
        if self._tries.any:
            with self._deeds.deed(None) as deed:
                note_refused(deed, self._tries)
            self._tries.forget()
        return own

    def change_passphrase(self, old: str, new: str, cost: Cost) -> None:
        check_new_passphrase(new)
        before = self._keyring
        changed = before.with_account(self._account, self._vault_key, self._own(old), new, cost)
        self._change(None, before, changed, lambda deed: deed.note("passphrase changed", self._account.id))

    def add(self, name: str, role: str, passphrase: str, *, administers: bool, cost: Cost) -> Account:
        """A new account; its passphrase is told to its holder, who changes it.

        Raises `NotAllowed`, `NoSuchAccount` (no name, or one that is taken), `PassphraseTooShort`.
        """
        self._deeds.ask(Right.ACCOUNTS)
        self._check(name, role)
        own = Own.make()
        account = Account(secrets.token_hex(8), name.strip(), role, own.signing.public, administers)
        before = self._keyring
        changed = before.with_account(account, self._vault_key, own, passphrase, cost)
        self._change(Right.ACCOUNTS, before, changed, lambda deed: add(deed, account))
        return account

    def change(self, account: str, *, name: str, role: str, administers: bool) -> Account:
        """Another name or role. Raises `NotAllowed`, `NoSuchAccount`, `LastAdministrator`."""
        self._deeds.ask(Right.ACCOUNTS)
        before = self._found(account)
        self._check(name, role, but=account)
        after = replace(before, name=name.strip(), role=role, administers=administers)
        self._keep_one_administrator(after)

        def write(deed: Deed) -> None:
            values = {"name": after.name, "role": after.role, "administers": after.administers}
            deed.connection.execute(update(accounts).where(accounts.c.id == account).values(values))
            deed.note("account changed", account, before=_said(before), after=_said(after))

        self._change(Right.ACCOUNTS, self._keyring, self._keyring.with_role(after), write)
        return after

    def reset_passphrase(self, account: str, passphrase: str, *, cost: Cost) -> None:
        """A new passphrase, told to its holder, for somebody who forgot theirs. They sign with a new key from here on:
        nobody else ever signs in their name. Raises `NotAllowed`, `NoSuchAccount`, `PassphraseTooShort`."""
        self._deeds.ask(Right.ACCOUNTS)
        own = Own.make()
        after = replace(self._found(account), public_key=own.signing.public)
        before = self._keyring
        changed = before.with_account(after, self._vault_key, own, passphrase, cost)
        self._change(Right.ACCOUNTS, before, changed, lambda deed: replace_key(deed, after, "passphrase reset"))

    def remove(self, account: str) -> None:
        """Remove an account: it opens these records no more. What it signed stays checkable, the log keeps its name.

        Whoever copied the folder before still has what was in it then; `Vault.rotate` gives the records another key.
        Raises `NotAllowed`, `NoSuchAccount`, `LastAdministrator`.
        """
        self._deeds.ask(Right.ACCOUNTS)
        found = self._found(account)
        if account == self._account.id:
            raise NoSuchAccount(tr("The open account cannot remove itself."))
        self._keep_one_administrator(replace(found, role="", administers=False))

        def write(deed: Deed) -> None:
            end(deed, account)
            deed.note("account removed", account, name=found.name)

        self._change(Right.ACCOUNTS, self._keyring, self._keyring.without_account(account), write)

    def new_sheet(self) -> RecoveryKey:
        """Another recovery key; the sheet printed before opens nothing any more. Raises `NotAllowed`."""
        self._deeds.ask(Right.ACCOUNTS)
        before, recovery = self._keyring, RecoveryKey.make()
        changed = before.with_new_sheet(self._vault_key, recovery)
        self._change(Right.ACCOUNTS, before, changed, lambda deed: deed.note("recovery key renewed"))
        return recovery

    def lines(self) -> list[AccountLine]:
        """Every account there is or was, those that are first."""
        with self._deeds.look(None) as connection:
            return lines(connection)

    def _change(self, right: Right | None, before: Keyring, changed: Keyring, write: Callable[[Deed], object]) -> None:
        """`changed` was made from `before`, outside of any turn: passphrases take their time."""
        begun = False
        try:
            with self._deeds.deed(right) as deed:
                if self._keyring is not before:
                    # Its boxes could hold a key that the vault no longer has.
                    raise NoSuchAccount(tr("Another change of accounts came first."))
                write(deed)
                changed = replace(changed, written=deed.head.audit.number)
                begun = True
                changed.write(self._folder, self._vault_key)
                self._keyring = changed
        except BaseException:
            if begun:
                self._keyring = before
                before.write(self._folder, self._vault_key)
            raise

    def _found(self, account: str) -> Account:
        for found in self._keyring.people:
            if found.id == account:
                return found
        raise NoSuchAccount(tr("There is no such account here."))

    def _check(self, name: str, role: str, but: str = "") -> None:
        check_name(name)
        if not name.strip():
            raise NoSuchAccount(tr("An account needs a name: it stands on everything that is signed with it."))
        same = name.strip().casefold()
        if any(other.name.casefold() == same and other.id != but for other in self._keyring.people):
            raise NoSuchAccount(tr("There is an account with the name {name} already.").format(name=name.strip()))
        if role not in ROLES:
            raise ValueError(f"{role} is no role")

    def _keep_one_administrator(self, after: Account) -> None:
        others = [person for person in self._keyring.people if person.id != after.id]
        if not any(Right.ACCOUNTS in person.rights for person in (*others, after)):
            raise LastAdministrator


class ThrowawaySigner:
    """A key for trying the program out: any passphrase is right, and the key is gone with the window.

    Stands where `People` stands over a vault on disk.
    """

    def __init__(self, pair: SigningPair) -> None:
        self._pair = pair

    def pair(self, passphrase: str) -> SigningPair:
        return self._pair

    def change_passphrase(self, old: str, new: str, cost: Cost) -> None:
        """There is nothing to change."""

    def forget(self) -> None:
        """There is nothing to forget."""


def lines(connection: Connection) -> list[AccountLine]:
    """Every account there is or was, those that are first."""
    keys = select(signing_keys).where(signing_keys.c.until.is_(None))
    present = {row.account: row.fingerprint for row in connection.execute(keys)}
    rows = connection.execute(select(accounts).order_by(accounts.c.until.is_not(None), accounts.c.since)).all()
    return [
        AccountLine(row.id, row.name, row.role, row.administers, row.since, row.until, present.get(row.id, ""))
        for row in rows
    ]


def add(deed: Deed, account: Account) -> int:
    """Write a new account's rows; the number of its line in the log."""
    row = {"id": account.id, "name": account.name, "role": account.role, "since": deed.at}
    deed.connection.execute(insert(accounts), [row | {"administers": account.administers, "until": None}])
    _add_key(deed, account)
    return deed.note("account", account.id, **_said(account), key=account.fingerprint)


def end(deed: Deed, account: str) -> None:
    """The account is no more, and neither is its signing key."""
    deed.connection.execute(update(accounts).where(accounts.c.id == account).values(until=deed.at))
    _end_key(deed, account)


def _end_key(deed: Deed, account: str) -> None:
    mine = (signing_keys.c.account == account) & signing_keys.c.until.is_(None)
    deed.connection.execute(update(signing_keys).where(mine).values(until=deed.at))


def replace_key(deed: Deed, account: Account, why: str) -> None:
    """End the account's present signing key and write the new one; records under the old one stay checkable."""
    _end_key(deed, account.id)
    _add_key(deed, account)
    deed.note(why, account.id, key=account.fingerprint)


def refuse_removed(connection: Connection, account: Account) -> None:
    """Raises `AccountRemoved`: an older keys file was put back, in which the account still is."""
    gone = select(accounts.c.until).where(accounts.c.id == account.id)
    if connection.execute(gone).scalar() is not None:
        raise AccountRemoved


_OF_THE_FILE = (
    "account",
    "account changed",
    "account removed",
    "passphrase changed",
    "passphrase reset",
    "recovery key renewed",
    "recovery key used",
)
"""Deeds with which the keys file is written."""


def agree(deed: Deed, keyring: Keyring) -> Keyring:
    """Bring the accounts' rows and the keys file together after a crash between the two; the keyring to go on with.

    The file is the newer of the two, for it is written first. Where it is not, somebody put an older one back: it
    brings back no role and no name, and in no case an account that was removed. What it does bring back is told.
    """
    older = keyring.written < audit.last_of(deed.connection, _OF_THE_FILE)
    if older:
        deed.note("older keys file")
        # Told once: from here on it is the file that is there.
        keyring = replace(keyring, written=deed.head.audit.number)
    rows = {row.id: row for row in deed.connection.execute(select(accounts))}
    for account in keyring.people:
        row = rows.pop(account.id, None)
        if row is None:
            add(deed, account)
        elif row.until is not None:
            keyring = keyring.without_account(account.id)
        else:
            if (row.name, row.role, row.administers) != (account.name, account.role, account.administers):
                if older:
                    kept = replace(account, name=row.name, role=row.role, administers=row.administers)
                    keyring = keyring.with_role(kept)
                else:
                    values = {"name": account.name, "role": account.role, "administers": account.administers}
                    deed.connection.execute(update(accounts).where(accounts.c.id == account.id).values(values))
                    deed.note("account changed", account.id, after=_said(account))
            if not _has_key(deed.connection, account):
                replace_key(deed, account, "passphrase reset")
    for row in rows.values():
        # What an older file does not have yet, it does not remove.
        if row.until is None and not older:
            end(deed, row.id)
            deed.note("account removed", row.id, name=row.name)
    return keyring


def note_refused(deed: Deed, tries: Tries) -> None:
    """Bring wrong passphrases, counted while no log could be written, into the log."""
    if tries.any:
        moments, count = tries.moments()
        deed.note("unlock refused", count=count, moments=moments)


def _said(account: Account) -> dict[str, object]:
    return {"name": account.name, "role": account.role, "administers": account.administers}


def _has_key(connection: Connection, account: Account) -> bool:
    mine = (signing_keys.c.account == account.id) & signing_keys.c.until.is_(None)
    return connection.execute(select(signing_keys.c.fingerprint).where(mine)).scalar() == account.fingerprint


def _add_key(deed: Deed, account: Account) -> None:
    row = {"fingerprint": account.fingerprint, "account": account.id, "since": deed.at, "until": None}
    deed.connection.execute(insert(signing_keys), [row | {"public_key": text_of(account.public_key)}])
