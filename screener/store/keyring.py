"""`vault.keys.json`: who may open the vault, with every key wrapped; no secret, nothing of a patient."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from screener.store import keys
from screener.store.failures import DamagedKeys, LaterVersion, NoVault, WrongRecoveryKey
from screener.store.files import explained, write_whole
from screener.store.keys import Cost, DoesNotOpen, Sealed, SigningPair, Stretch, bytes_of, text_of
from screener.store.recovery import RecoveryKey

FILE = "vault.keys.json"
FORMAT = 1
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Account:
    """One person who may open the vault and sign."""

    id: str
    name: str
    role: str
    public_key: bytes

    @property
    def fingerprint(self) -> str:
        return keys.fingerprint(self.public_key)


@dataclass(frozen=True, slots=True)
class AccountKeys:
    """An account with its keys, wrapped: the vault's for opening, its own for signing."""

    account: Account
    stretch: Stretch
    vault_key: Sealed
    signing_key: Sealed

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.account.id,
            "name": self.account.name,
            "role": self.account.role,
            "public_key": text_of(self.account.public_key),
            "passphrase": self.stretch.to_json(),
            "vault_key": self.vault_key.to_json(),
            "signing_key": self.signing_key.to_json(),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> AccountKeys:
        return cls(
            Account(str(raw["id"]), str(raw["name"]), str(raw["role"]), bytes_of(raw["public_key"])),
            Stretch.from_json(raw["passphrase"]),
            Sealed.from_json(raw["vault_key"]),
            Sealed.from_json(raw["signing_key"]),
        )


@dataclass(frozen=True, slots=True)
class Keyring:
    """The wraps of one vault. `schema` repeats the vault's version, so that a later one is known without opening it."""

    vault: str
    schema: str
    accounts: tuple[AccountKeys, ...]
    recovery: Sealed

    @classmethod
    def make(cls, vault_key: bytes, recovery: RecoveryKey, schema: str) -> Keyring:
        """A keyring without accounts for a new vault."""
        vault = secrets.token_hex(16)
        wrapped = keys.seal(keys.recovery_wrapping_key(recovery), vault_key, f"{vault} recovery")
        return cls(vault, schema, (), wrapped)

    def with_account(
        self, account: Account, vault_key: bytes, pair: SigningPair, passphrase: str, cost: Cost
    ) -> Keyring:
        """The keyring with this account's wraps added, or put in place of the ones it had."""
        keys.check_new_passphrase(passphrase)
        stretch = Stretch.make(cost)
        outer = stretch.key(passphrase)
        added = AccountKeys(
            account,
            stretch,
            keys.seal(keys.derived(outer, "vault key"), vault_key, self._place(account, "vault key")),
            keys.seal(keys.derived(outer, "signing key"), pair.private, self._place(account, "signing key")),
        )
        others = tuple(entry for entry in self.accounts if entry.account.id != account.id)
        return replace(self, accounts=(*others, added))

    def open(self, passphrase: str, account: str | None = None) -> tuple[Account, bytes]:
        """Whose passphrase this is, and the vault key. Only `account` is tried when given. Raises `DoesNotOpen`."""
        for entry in self.accounts:
            if account in (None, entry.account.id):
                try:
                    outer = entry.stretch.key(passphrase)
                    place = self._place(entry.account, "vault key")
                    return entry.account, keys.unseal(keys.derived(outer, "vault key"), entry.vault_key, place)
                except DoesNotOpen:
                    continue
        raise DoesNotOpen

    def signing_pair(self, account: str, passphrase: str) -> SigningPair:
        """An account's signing key. Raises `DoesNotOpen`."""
        entry = self.entry(account)
        outer = entry.stretch.key(passphrase)
        place = self._place(entry.account, "signing key")
        return SigningPair.of(keys.unseal(keys.derived(outer, "signing key"), entry.signing_key, place))

    def recover(self, recovery: RecoveryKey) -> bytes:
        """The vault key, out of the printed sheet. Raises `WrongRecoveryKey`."""
        try:
            return keys.unseal(keys.recovery_wrapping_key(recovery), self.recovery, f"{self.vault} recovery")
        except DoesNotOpen as error:
            raise WrongRecoveryKey from error

    def entry(self, account: str) -> AccountKeys:
        """One account with its wraps."""
        return next(entry for entry in self.accounts if entry.account.id == account)

    def _place(self, account: Account, what: str) -> str:
        """What a wrap is bound to: nobody can put another name, another role or another vault around it."""
        return json.dumps([self.vault, account.id, account.name, account.role, what])

    # --- the file ---------------------------------------------------------------------------------------------------

    def write(self, folder: Path) -> None:
        """Replace the keys file, whole or not at all."""
        body = {
            "format": FORMAT,
            "vault": self.vault,
            "schema": self.schema,
            "accounts": [entry.to_json() for entry in self.accounts],
            "recovery": self.recovery.to_json(),
        }
        text = json.dumps(body | {"checksum": _checksum(body)}, indent=2, ensure_ascii=False) + "\n"
        write_whole(folder / FILE, text.encode("utf-8"))

    @classmethod
    def read(cls, folder: Path) -> Keyring:
        """The keyring of a folder. Raises `NoVault`, `DamagedKeys`, `LaterVersion`; touches nothing."""
        path = folder / FILE
        if not path.is_file():
            raise NoVault(folder)
        with explained(folder):
            if path.stat().st_size > _MAX_BYTES:
                raise DamagedKeys(path, "it is larger than a keys file ever is")
            raw = path.read_bytes()
        body = _parsed(path, raw)
        if isinstance(body.get("format"), int) and body["format"] > FORMAT:
            raise LaterVersion(folder)
        # Without this a damaged wrap would look like a wrong passphrase, and no passphrase would ever be right.
        if not _fits(body.pop("checksum", None), body):
            raise DamagedKeys(path, "its checksum does not fit")
        try:
            return cls(
                vault=str(body["vault"]),
                schema=str(body["schema"]),
                accounts=tuple(AccountKeys.from_json(entry) for entry in body["accounts"]),
                recovery=Sealed.from_json(body["recovery"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedKeys(path, "a part of it is missing or unreadable") from error


def _parsed(path: Path, raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DamagedKeys(path, "it is not readable as text in JSON") from error
    if not isinstance(body, dict):
        raise DamagedKeys(path, "it holds something else")
    return body


def _fits(checksum: object, body: Mapping[str, Any]) -> bool:
    try:
        return checksum == _checksum(body)
    except (ValueError, RecursionError):
        # Half characters, or nested without end: nothing that `write` writes.
        return False


def _checksum(body: Mapping[str, Any]) -> str:
    plain = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()
