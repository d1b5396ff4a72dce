"""`vault.keys.json`: who may open the vault, with every key wrapped; no secret, nothing of a patient."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from screener.language import tr
from screener.store import keys
from screener.store.failures import DamagedKeys, LaterVersion, NoVault, WrongRecoveryKey
from screener.store.files import explained, write_whole
from screener.store.keys import BoxPair, Cost, DoesNotOpen, Sealed, SigningPair, Stretch, bytes_of, text_of
from screener.store.recovery import RecoveryKey
from screener.store.roles import Right, rights_of, title_of

FILE = "vault.keys.json"
FORMAT = 2
_FIRST = 1
"""In the first format there was one account, and its passphrase wrapped the vault key itself."""
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Account:
    """One person who may open the vault. `administers`: besides what the role is for."""

    id: str
    name: str
    role: str
    public_key: bytes
    administers: bool = False

    @property
    def fingerprint(self) -> str:
        return keys.fingerprint(self.public_key)

    @property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.role, administers=self.administers)

    @property
    def title(self) -> str:
        """The role in words."""
        return title_of(self.role, administers=self.administers)


@dataclass(frozen=True, slots=True)
class Own:
    """An account's own keys, open: the one that signs, and the box in which others leave the vault key for it."""

    signing: SigningPair
    box: BoxPair

    @classmethod
    def make(cls) -> Own:
        return cls(SigningPair.make(), BoxPair.make())


@dataclass(frozen=True, slots=True)
class AccountKeys:
    """An account with its keys, wrapped: its own under its passphrase, the vault's in its box."""

    account: Account
    stretch: Stretch
    own: Sealed
    box: bytes
    vault_key: bytes

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.account.id,
            "name": self.account.name,
            "role": self.account.role,
            "administers": self.account.administers,
            "public_key": text_of(self.account.public_key),
            "passphrase": self.stretch.to_json(),
            "own_keys": self.own.to_json(),
            "box": text_of(self.box),
            "vault_key": text_of(self.vault_key),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> AccountKeys:
        return cls(
            Account(
                str(raw["id"]),
                str(raw["name"]),
                str(raw["role"]),
                bytes_of(raw["public_key"]),
                administers=raw["administers"] is True,
            ),
            Stretch.from_json(raw["passphrase"]),
            Sealed.from_json(raw["own_keys"]),
            bytes_of(raw["box"]),
            bytes_of(raw["vault_key"]),
        )


@dataclass(frozen=True, slots=True)
class FirstKeys:
    """The one account of a keys file of the first format; becomes `AccountKeys` when it is next opened."""

    account: Account
    stretch: Stretch
    vault_key: Sealed
    signing_key: Sealed

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> FirstKeys:
        account = Account(str(raw["id"]), str(raw["name"]), str(raw["role"]), bytes_of(raw["public_key"]), True)
        return cls(
            account,
            Stretch.from_json(raw["passphrase"]),
            Sealed.from_json(raw["vault_key"]),
            Sealed.from_json(raw["signing_key"]),
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """What a passphrase opened: whose it is, their own keys, the vault key, and the keyring in the present format."""

    account: Account
    own: Own
    vault_key: bytes
    keyring: Keyring


@dataclass(frozen=True, slots=True)
class Keyring:
    """The wraps of one vault. `schema` repeats the vault's version, so that a later one is known without opening it.

    `before`: while the vault is being encrypted anew, its former key, wrapped with the present one.
    """

    vault: str
    schema: str
    accounts: tuple[AccountKeys | FirstKeys, ...]
    recovery: Sealed
    before: Sealed | None = None
    written: int = 0
    """The line of the audit log with which it was last changed: an older file that is put back is known by it."""
    read_seal: tuple[str, str] | None = field(default=None, compare=False, repr=False)
    """What the file that this was read from sealed, and its seal; None for the first format and for what is new."""

    @classmethod
    def make(cls, vault_key: bytes, recovery: RecoveryKey, schema: str) -> Keyring:
        """A keyring without accounts for a new vault."""
        vault = secrets.token_hex(16)
        return cls(vault, schema, (), _for_the_sheet(vault, recovery, vault_key))

    def with_account(self, account: Account, vault_key: bytes, own: Own, passphrase: str, cost: Cost) -> Keyring:
        """The keyring with this account's wraps added, or put in place of the ones it had."""
        keys.check_new_passphrase(passphrase)
        stretch = Stretch.make(cost)
        outer = keys.derived(stretch.key(passphrase), "own keys")
        added = AccountKeys(
            account,
            stretch,
            keys.seal(outer, own.signing.private + own.box.private, self._place(account, "own keys")),
            own.box.public,
            keys.put_in_box(own.box.public, vault_key, self._place(account, "vault key")),
        )
        present = [entry.account.id for entry in self.accounts]
        if account.id not in present:
            return replace(self, accounts=(*self.accounts, added))
        return replace(self, accounts=tuple(added if e.account.id == account.id else e for e in self.accounts))

    def without_account(self, account: str) -> Keyring:
        """The keyring without this account's wraps."""
        return replace(self, accounts=tuple(entry for entry in self.accounts if entry.account.id != account))

    def with_new_key(self, vault_key: bytes, new_key: bytes, recovery: RecoveryKey) -> Keyring:
        """The keyring of the vault encrypted anew: every account finds the new key in its box, and so does the sheet.

        Only a keyring that was opened may be given a new key: its seal shows that the boxes are the accounts' own.
        """
        kept = []
        for entry in self.present:
            boxed = keys.put_in_box(entry.box, new_key, self._place(entry.account, "vault key"))
            kept.append(replace(entry, vault_key=boxed))
        return replace(
            self,
            accounts=tuple(kept),
            recovery=_for_the_sheet(self.vault, recovery, new_key),
            before=keys.seal(new_key, vault_key, f"{self.vault} before"),
        )

    def with_new_sheet(self, vault_key: bytes, recovery: RecoveryKey) -> Keyring:
        """The keyring with another recovery key; the one printed before opens nothing any more."""
        return replace(self, recovery=_for_the_sheet(self.vault, recovery, vault_key))

    def former_key(self, vault_key: bytes) -> bytes | None:
        """The key that the vault still has if its encryption anew was interrupted."""
        return None if self.before is None else keys.unseal(vault_key, self.before, f"{self.vault} before")

    def open(self, passphrase: str, account: str | None = None) -> Opened:
        """What this passphrase opens; only `account` is tried when given. Raises `DoesNotOpen`."""
        for entry in self.accounts:
            if account in (None, entry.account.id):
                try:
                    return self._opened(entry, passphrase)
                except DoesNotOpen:
                    continue
        raise DoesNotOpen

    def _opened(self, entry: AccountKeys | FirstKeys, passphrase: str) -> Opened:
        outer = entry.stretch.key(passphrase)
        if isinstance(entry, AccountKeys):
            both = keys.unseal(keys.derived(outer, "own keys"), entry.own, self._place(entry.account, "own keys"))
            own = Own(SigningPair.of(both[: keys.KEY_BYTES]), BoxPair(both[keys.KEY_BYTES :], entry.box))
            return Opened(
                entry.account, own, own.box.take_out(entry.vault_key, self._place(entry.account, "vault key")), self
            )
        place = [self.vault, entry.account.id, entry.account.name, entry.account.role]
        vault_key = keys.unseal(
            keys.derived(outer, "vault key"), entry.vault_key, json.dumps([*place, "vault key"])
        )  # fmt: skip
        signing = keys.unseal(
            keys.derived(outer, "signing key"), entry.signing_key, json.dumps([*place, "signing key"])
        )  # fmt: skip
        own = Own(SigningPair.of(signing), BoxPair.make())
        renewed = self.with_account(entry.account, vault_key, own, passphrase, entry.stretch.cost)
        return Opened(entry.account, own, vault_key, renewed)

    def recover(self, recovery: RecoveryKey) -> bytes:
        """The vault key, out of the printed sheet. Raises `WrongRecoveryKey`."""
        try:
            return keys.unseal(keys.recovery_wrapping_key(recovery), self.recovery, f"{self.vault} recovery")
        except DoesNotOpen as error:
            raise WrongRecoveryKey from error

    def entry(self, account: str) -> AccountKeys | FirstKeys:
        """One account with its wraps."""
        return next(entry for entry in self.accounts if entry.account.id == account)

    @property
    def people(self) -> tuple[Account, ...]:
        return tuple(entry.account for entry in self.accounts)

    @property
    def present(self) -> tuple[AccountKeys, ...]:
        """The accounts of a keyring that was opened: all of them are in the present format then."""
        return tuple(entry for entry in self.accounts if isinstance(entry, AccountKeys))

    def with_role(self, account: Account) -> Keyring:
        """The keyring with another name or role for an account; its wraps stay."""
        return replace(
            self, accounts=tuple(replace(e, account=account) if e.account.id == account.id else e for e in self.present)
        )

    def _place(self, account: Account, what: str) -> str:
        """What a wrap is bound to. Name and role are under the seal of the file: an administrator changes them."""
        return json.dumps([self.vault, account.id, what])

    # --- the file ---------------------------------------------------------------------------------------------------

    def write(self, folder: Path, vault_key: bytes) -> None:
        """Replace the keys file, whole or not at all."""
        write_whole(folder / FILE, self.text(vault_key).encode("utf-8"))

    def text(self, vault_key: bytes) -> str:
        """The file: sealed with the vault key, so that nobody without it puts another box or another account in."""
        body = {
            "format": FORMAT,
            "vault": self.vault,
            "schema": self.schema,
            "accounts": [entry.to_json() for entry in self.present],
            "recovery": self.recovery.to_json(),
            "before": None if self.before is None else self.before.to_json(),
            "written": self.written,
        }
        body["seal"] = _seal(vault_key, _plain(body))
        return json.dumps(body | {"checksum": _checksum(body)}, indent=2, ensure_ascii=False) + "\n"

    def check_seal(self, folder: Path, vault_key: bytes) -> None:
        """Raises `DamagedKeys` where the file was not written by a program that had the vault key open."""
        if self.read_seal is None:
            return
        body, seal = self.read_seal
        if not hmac.compare_digest(seal.encode("utf-8", "replace"), _seal(vault_key, body).encode()):
            raise DamagedKeys(folder / FILE, tr("its seal does not fit, so something other than this program wrote it"))

    @classmethod
    def read(cls, folder: Path) -> Keyring:
        """The keyring of a folder. Raises `NoVault`, `DamagedKeys`, `LaterVersion`; touches nothing."""
        path = folder / FILE
        if not path.is_file():
            raise NoVault(folder)
        with explained(folder):
            if path.stat().st_size > _MAX_BYTES:
                raise DamagedKeys(path, tr("it is larger than a keys file ever is"))
            raw = path.read_bytes()
        return cls.parse(raw, path)

    @classmethod
    def parse(cls, raw: bytes, path: Path) -> Keyring:
        """The keyring that a keys file holds. Raises `DamagedKeys`, `LaterVersion`."""
        body = _parsed(path, raw)
        if isinstance(body.get("format"), int) and body["format"] > FORMAT:
            raise LaterVersion(path.parent)
        # Without this a damaged wrap would look like a wrong passphrase, and no passphrase would ever be right.
        if not _fits(body.pop("checksum", None), body):
            raise DamagedKeys(path, tr("its checksum does not fit"))
        try:
            first = body["format"] == _FIRST
            entries = tuple((FirstKeys if first else AccountKeys).from_json(entry) for entry in body["accounts"])
            before = None if first or body["before"] is None else Sealed.from_json(body["before"])
            seal = None if first else str(body.pop("seal"))
            return cls(
                vault=str(body["vault"]),
                schema=str(body["schema"]),
                accounts=entries,
                recovery=Sealed.from_json(body["recovery"]),
                before=before,
                written=int(body.get("written", 0)),
                read_seal=None if seal is None else (_plain(body), seal),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DamagedKeys(path, tr("a part of it is missing or unreadable")) from error


def _for_the_sheet(vault: str, recovery: RecoveryKey, vault_key: bytes) -> Sealed:
    return keys.seal(keys.recovery_wrapping_key(recovery), vault_key, f"{vault} recovery")


def _parsed(path: Path, raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DamagedKeys(path, tr("it is not readable as text in JSON")) from error
    if not isinstance(body, dict):
        raise DamagedKeys(path, tr("it holds something else"))
    return body


def _fits(checksum: object, body: Mapping[str, Any]) -> bool:
    try:
        return checksum == _checksum(body)
    except (ValueError, RecursionError):
        # Half characters, or nested without end: nothing that `write` writes.
        return False


def _plain(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _checksum(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_plain(body).encode("utf-8", "surrogatepass")).hexdigest()


def _seal(vault_key: bytes, body: str) -> str:
    return hmac.new(
        keys.derived(vault_key, "keys file"), body.encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()
