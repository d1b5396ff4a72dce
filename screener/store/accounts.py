"""Who has the vault open: their passphrase asked again, their signing key, their rows."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sqlalchemy import insert, update

from screener.store.deeds import Deed, Deeds
from screener.store.failures import WrongPassphrase
from screener.store.keyring import Account, Keyring
from screener.store.keys import Cost, DoesNotOpen, SigningPair, check_new_passphrase, text_of
from screener.store.tables import account as accounts
from screener.store.tables import signing_key as signing_keys
from screener.store.tries import Tries


class Signer(Protocol):
    """Gives the open account's signing key for its passphrase."""

    def pair(self, passphrase: str) -> SigningPair:
        """Raises `WrongPassphrase`."""
        ...

    def change_passphrase(self, old: str, new: str, cost: Cost) -> None:
        """Raises `WrongPassphrase`, `PassphraseTooShort`."""
        ...


class AccountSigner:
    """An account whose keys lie wrapped in the keys file; wrong passphrases are counted and slow down."""

    def __init__(self, folder: Path, keyring: Keyring, account: Account, deeds: Deeds, tries: Tries) -> None:
        self._folder, self._keyring, self._account = folder, keyring, account
        self._deeds, self._tries = deeds, tries

    def pair(self, passphrase: str) -> SigningPair:
        self._tries.check()
        try:
            pair = self._keyring.signing_pair(self._account.id, passphrase)
        except DoesNotOpen as error:
            raise WrongPassphrase(self._tries.refused()) from error
        if self._tries.any:
            with self._deeds.deed() as deed:
                note_refused(deed, self._tries)
            self._tries.forget()
        return pair

    def change_passphrase(self, old: str, new: str, cost: Cost) -> None:
        check_new_passphrase(new)
        pair = self.pair(old)
        _, vault_key = self._keyring.open(old, self._account.id)
        changed = self._keyring.with_account(self._account, vault_key, pair, new, cost)
        with self._deeds.deed() as deed:
            deed.note("passphrase changed", self._account.id)
            changed.write(self._folder)
        self._keyring = changed


class ThrowawaySigner:
    """A key for trying the program out: any passphrase is right, and the key is gone with the window."""

    def __init__(self, pair: SigningPair) -> None:
        self._pair = pair

    def pair(self, passphrase: str) -> SigningPair:
        return self._pair

    def change_passphrase(self, old: str, new: str, cost: Cost) -> None:
        """There is nothing to change."""


def add(deed: Deed, account: Account) -> None:
    """Write a new account's rows."""
    row = {"id": account.id, "name": account.name, "role": account.role, "since": deed.at}
    deed.connection.execute(insert(accounts), [row])
    _add_key(deed, account)
    deed.note("account", account.id, name=account.name, role=account.role, key=account.fingerprint)


def replace_key(deed: Deed, account: Account) -> None:
    """End the account's present signing key and write the new one; records under the old one stay checkable."""
    mine = (signing_keys.c.account == account.id) & signing_keys.c.until.is_(None)
    deed.connection.execute(update(signing_keys).where(mine).values(until=deed.at))
    _add_key(deed, account)
    deed.note("recovery key used", account.id, key=account.fingerprint)


def note_refused(deed: Deed, tries: Tries) -> None:
    """Bring wrong passphrases, counted while no log could be written, into the log."""
    if tries.any:
        moments, count = tries.moments()
        deed.note("unlock refused", count=count, moments=moments)


def _add_key(deed: Deed, account: Account) -> None:
    row = {"fingerprint": account.fingerprint, "account": account.id, "since": deed.at, "until": None}
    deed.connection.execute(insert(signing_keys), [row | {"public_key": text_of(account.public_key)}])
