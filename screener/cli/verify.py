"""`screener verify`: whether a signed record, a backup or a vault is as it was signed, and what was not looked at."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from screener.cli import passphrase, vaults
from screener.cli.output import EVALUATED, FAILED, STOPPED, print_json, say_error
from screener.records import signed_file
from screener.records.browse import SignedRecord
from screener.store.archive import SUFFIX, Manifest
from screener.store.archive import check as check_archive
from screener.store.failures import (
    AlteredRows,
    BrokenBackup,
    DamagedHead,
    DamagedKeys,
    DamagedVault,
    MissingRows,
    NoVault,
)
from screener.store.keys import bytes_of
from screener.store.restore import restore
from screener.store.signing import is_fingerprint, is_key, said_in, verify_record
from screener.store.vault import Vault, exists
from screener.text import WorldError, moment

_NOT_WHOLE = (AlteredRows, BrokenBackup, DamagedHead, DamagedKeys, DamagedVault, MissingRows)
_KEY_BYTES = 32
_MOST_OF_A_KEY_FILE = 4096
_HOLDS = "Holds: all that was looked at is as it was signed."
_DOES_NOT_HOLD = "Does not hold."
_LATER_AMENDMENTS = "What was added to the record after this file was written is not in it."
_NOT_PROVED = (
    "What is inside is encrypted and was not proved, nor whose backup it is. With --passphrase it is restored into a "
    "temporary folder, and everything in it is proved."
)
_LEAVES_A_LINE = "Opening the records for this left a line in their audit log."
_WHAT_NOW = (
    "Leave the records as they are, copy them somewhere safe, and restore the latest backup into another folder."
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what it is, whether it holds, and the sentence that claims exactly that."""

    what: str
    holds: bool
    said: str
    more: dict[str, Any] = field(default_factory=dict)
    """For JSON: who signed when with which key, how far the logs went."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Everything that was looked at in one file or folder, and what has to be known of it besides."""

    kind: str
    place: str
    checks: tuple[Check, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return all(check.holds for check in self.checks)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a call asks for besides the file or folder."""

    keys: Sequence[str] = ()
    passphrase: bool = False
    account: str = ""
    records: Sequence[Path] = ()


def run(path: Path, wanted: Wanted, *, as_json: bool) -> int:
    """0: everything holds. 1: something does not. 2: it could not be looked at."""
    try:
        found = _verified(path, wanted)
    except WorldError as wrong:
        say_error(wrong)
        return STOPPED
    if as_json:
        print_json(_json(found))
    else:
        _show(found)
    return EVALUATED if found.holds else FAILED


def _verified(path: Path, wanted: Wanted) -> Verified:
    if path.is_dir():
        return _vault(path, wanted)
    if path.name.endswith(SUFFIX) or _is_zip(path):
        return _backup(path, wanted)
    return _record(path, wanted)


def _is_zip(path: Path) -> bool:
    return path.is_file() and zipfile.is_zipfile(path)


# --- a signed record --------------------------------------------------------------------------------------------------


def _record(path: Path, wanted: Wanted) -> Verified:
    _refuse(path, "a signed record", passphrase=wanted.passphrase, account=wanted.account, record=wanted.records)
    file = signed_file.of_path(path)
    keys = [_key(given) for given in wanted.keys]
    checks = [_signature("Record", file.record, keys)]
    checks += [_signature("Amendment", one, keys) for one in file.amendments]
    return Verified("signed record", str(path), tuple(checks), (_LATER_AMENDMENTS,))


def _signature(what: str, signed: SignedRecord, keys: Sequence[str | bytes]) -> Check:
    tried = [verify_record(signed, key) for key in keys] or [verify_record(signed)]
    found = next((one for one in tried if one.unchanged), tried[0])
    by = signed.signature
    heads = _heads(signed)
    named = f"{what} {signed.record}, signed {moment(by.signed_at)} by {by.signer}"
    more = {
        "record": signed.record,
        "screening": signed.screening,
        "signer": by.signer,
        "signed_at": by.signed_at,
        "fingerprint": found.fingerprint,
        "key_checked": found.key_checked,
        "logs": heads,
    }
    return Check(named, found.unchanged, f"{found.sentence}.\n{_heads_words(heads)}", more)


def _heads(signed: SignedRecord) -> dict[str, Any] | None:
    """How far the vault's logs went when this was signed, as its statement says."""
    try:
        said = said_in(signed)
        return {name: {part: said[name][part] for part in ("number", "chain")} for name in ("journal", "audit")}
    except (KeyError, TypeError, ValueError):
        return None


def _heads_words(heads: dict[str, Any] | None) -> str:
    if heads is None:
        return "It says nothing of how far the logs of its vault went."
    journal, audit = heads["journal"], heads["audit"]
    return (
        f"When it was signed the journal ended with row {journal['number']} ({str(journal['chain'])[:16]}…), "
        f"the audit log with row {audit['number']} ({str(audit['chain'])[:16]}…)."
    )


def _key(given: str) -> str | bytes:
    """A key as it was given: base64, a fingerprint, or a file that holds one of the two, or 32 bytes."""
    text, path = given, Path(given)
    try:
        if path.is_file():
            raw = path.read_bytes()[:_MOST_OF_A_KEY_FILE]
            if len(raw) == _KEY_BYTES:
                return raw
            text = raw.decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError, ValueError) as wrong:
        raise WorldError(f"{given} cannot be read as a key.", _KEY_FORMS) from wrong
    if is_fingerprint(text):
        return text
    try:
        if len(bytes_of(text)) == _KEY_BYTES:
            return text
    except ValueError:
        pass
    raise WorldError(f"{given} is no key.", _KEY_FORMS)


_KEY_FORMS = "Give the public key in base64, its fingerprint as printed on a report, or a file that holds one of them."


# --- a backup ---------------------------------------------------------------------------------------------------------


def _backup(path: Path, wanted: Wanted) -> Verified:
    _refuse(path, "a backup", record=wanted.records, account=wanted.account if not wanted.passphrase else "")
    keys = [_key(given) for given in wanted.keys]
    try:
        manifest = check_archive(path)
    except BrokenBackup as broken:
        if not _is_zip(path):
            raise
        return Verified("backup", str(path), (Check("Every byte in it", False, broken.said),))
    checks = [_bytes_of(manifest)]
    if keys:
        known = any(is_key(key, bytes.fromhex(manifest.key)) for key in keys)
        said = "made with the key that was given." if known else "made with another key than the one that was given."
        checks.append(Check("Its key", known, said))
    if not wanted.passphrase:
        return Verified("backup", str(path), tuple(checks), (_NOT_PROVED,))
    return Verified("backup", str(path), (*checks, _restored(path, wanted)))


def _refuse(path: Path, kind: str, **given: object) -> None:
    """Raises `WorldError` for an option that would say nothing about this kind of file."""
    idle = [f"--{name}" for name, value in given.items() if value]
    if idle:
        raise WorldError(f"{path} is {kind}: {' and '.join(idle)} would say nothing about it.", "Leave that out.")


def _bytes_of(manifest: Manifest) -> Check:
    held = f"screenings: {manifest.screenings}, records: {manifest.records}"
    made = f"made {moment(manifest.made_at)}, {held}"
    said = f"as signed when the backup was made, by key {manifest.fingerprint}."
    more = {
        "vault": manifest.vault,
        "schema": manifest.schema,
        "made_at": manifest.made_at,
        "fingerprint": manifest.fingerprint,
        "logs": {"journal": asdict(manifest.head.journal), "audit": asdict(manifest.head.audit)},
    }
    return Check(f"Every byte in it, {made}", True, said, more)


def _restored(path: Path, wanted: Wanted) -> Check:
    what, said = "Restored into a temporary folder", passphrase.asked(path.name)
    with tempfile.TemporaryDirectory(prefix="screener-") as folder:
        try:
            restored = restore(path, Path(folder), lambda place: vaults.opened(place, said, wanted.account))
        except _NOT_WHOLE as wrong:
            return Check(what, False, wrong.said)
        with restored.vault as vault:
            checks = _proved(vault)
    bad = [check.said for check in checks if not check.holds]
    return Check(what, not bad, " ".join(bad) or f"It opens. {checks[0].said}", checks[0].more)


# --- a vault ----------------------------------------------------------------------------------------------------------


def _vault(folder: Path, wanted: Wanted) -> Verified:
    kept = [(path, signed_file.of_path(path)) for path in wanted.records]
    _refuse(folder, "a vault", key=wanted.keys)
    if not exists(folder):
        raise NoVault(folder)
    said = vaults.asked_for(folder, wanted.account)
    try:
        vault = vaults.opened(folder, said, wanted.account)
    except _NOT_WHOLE as wrong:
        return Verified("vault", str(folder), (Check("The folder", False, wrong.said),), (wrong.next_step,))
    with vault:
        checks = [*_proved(vault), *(check for path, file in kept for check in _outside(vault, path, file))]
    notes = (_LEAVES_A_LINE,) if all(check.holds for check in checks) else (_LEAVES_A_LINE, _WHAT_NOW)
    return Verified("vault", str(folder), tuple(checks), notes)


def _proved(vault: Vault) -> list[Check]:
    """Both logs and every record; each bad row named."""
    reach, bad = vault.extent(), vault.verify()
    signed = "1 record or amendment is" if reach.records == 1 else f"{reach.records} records and amendments are"
    erased = f" Of {reach.erased} more only the signatures are left." if reach.erased else ""
    whole = (
        f"Both logs are whole: {reach.steps} rows of the journal, {reach.deeds} of the audit log. "
        f"{signed} as signed.{erased}"
    )
    more = {"journal": reach.steps, "audit": reach.deeds, "records": reach.records, "erased": reach.erased}
    if not bad:
        return [Check("Journal, audit log and records", True, whole, more)]
    return [Check(row.log.capitalize(), False, f"row {row.number} is {row.what}.", {"row": asdict(row)}) for row in bad]


def _outside(vault: Vault, path: Path, file: signed_file.SignedFile) -> list[Check]:
    """Whether what was kept outside tells against the vault."""
    checks = []
    for signed in (file.record, *file.amendments):
        told = vault.told_by(signed)
        fits = "it fits these records." + (" Both logs hold the rows that it names." if signed.statement else "")
        what = f"{path.name}, {'record' if signed.amends is None else 'amendment'} {signed.record}"
        checks.append(Check(what, not told, f"{told}." if told else fits, {"record": signed.record}))
    return checks


# --- speaking ---------------------------------------------------------------------------------------------------------


def _json(found: Verified) -> dict[str, Any]:
    checks = [
        {"what": check.what, "holds": check.holds, "said": " ".join(check.said.split())} | check.more
        for check in found.checks
    ]
    whole = {"kind": found.kind, "place": found.place, "holds": found.holds}
    return whole | {"checks": checks, "notes": list(found.notes)}


def _show(found: Verified) -> None:
    console = Console(highlight=False)
    console.print(Text(_plain(f"{found.kind.capitalize()}: {found.place}"), style="bold"))
    for check in found.checks:
        console.print(Text(_plain(check.what)))
        for line in check.said.split("\n"):
            console.print(Padding(Text(_plain(line)), (0, 0, 0, 4)))
    for note in found.notes:
        console.print(Text(note, style="italic"))
    console.print(Text(_HOLDS if found.holds else _DOES_NOT_HOLD, style="bold"))


def _plain(text: str) -> str:
    """What a file says of itself moves no cursor and hides no line: signs that are not printed stand as escapes."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)
