"""Signatures over exact bytes, made with an account's key and checked with its public half alone."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from screener.records.browse import Signature, SignedRecord
from screener.records.record import canonical
from screener.records.signed_file import SignedFile
from screener.store.head import Head
from screener.store.keyring import Account
from screener.store.keys import SigningPair, bytes_of, fingerprint, text_of

STATEMENT = "screener-seal/1"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of a signature showed, and the sentence that claims exactly that."""

    unchanged: bool
    key_checked: bool
    fingerprint: str
    sentence: str


def statement_of(
    content: bytes, *, record: str, screening: str, amends: str | None, signer: Account, signed_at: str, head: Head
) -> bytes:
    """What a signature says: these bytes, by whom, when, as which record, and how far the vault's logs went then.

    With the logs in it, a record that was handed on shows later whether their end was cut off or written anew.
    """
    said = {
        "format": STATEMENT,
        "record": record,
        "screening": screening,
        "amends": amends,
        "content": hashlib.sha256(content).hexdigest(),
        "signer": {"account": signer.id, "name": signer.name, "role": signer.role, "key": signer.fingerprint},
        "signed_at": signed_at,
        "journal": head.journal.to_json(),
        "audit": head.audit.to_json(),
    }
    return canonical(said)


def sign(pair: SigningPair, statement: bytes, *, signer: str, signed_at: str) -> Signature:
    """Sign bytes as they are. `signed_at` is an ISO moment with offset."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Signature(
        signer=signer,
        public_key=text_of(pair.public),
        fingerprint=fingerprint(pair.public),
        signed_at=signed_at,
        value=text_of(Ed25519PrivateKey.from_private_bytes(pair.private).sign(statement)),
    )


def said_in(signed: SignedRecord) -> dict[str, Any]:
    """What the statement of a record says; empty where it has none. ValueError for one that is no statement."""
    if not signed.statement:
        return {}
    said = json.loads(signed.statement)
    if not isinstance(said, dict) or said.get("format") != STATEMENT:
        raise ValueError("no statement of a signature")
    return said


def is_as_signed(file: SignedFile) -> bool:
    """Whether every signature in a record's file fits what it signs; whose keys they are is not asked."""
    return all(verify_record(signed).unchanged for signed in (file.record, *file.amendments))


def verify_record(signed: SignedRecord, public_key: str | bytes | None = None) -> Verification:
    """Check a record's bytes against its signature.

    `public_key`: the signer's key (32 raw bytes, base64, or its fingerprint as printed on reports) got from elsewhere;
    without it the key inside the record is used, and the sentence says that nobody checked whose it is.
    """
    carried = _raw(signed.signature.public_key)
    key = carried if public_key is None else _given(public_key, carried)
    shown = fingerprint(key) if key else str(public_key)
    checked = public_key is not None
    unchanged = bool(key) and _holds(key, signed)
    if not unchanged and carried != key:
        sentence = f"not signed by key {shown}; the record names key {fingerprint(carried)}"
    elif not unchanged:
        sentence = f"changed since it was signed by key {shown}, or never signed by it"
    elif checked:
        sentence = f"unchanged since signed by the key that was given, {shown}"
    else:
        sentence = f"unchanged since signed by key {shown}; whose key this is was not checked"
    return Verification(unchanged, checked, shown, sentence)


def holds(public_key: bytes, value: str, content: bytes) -> bool:
    """Whether a signature (base64) is this key's over these bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(bytes_of(value), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_key(given: str | bytes, key: bytes) -> bool:
    """Whether what was given (raw bytes, base64, or a fingerprint) is this key."""
    return hmac.compare_digest(_given(given, key), key)


def _given(public_key: str | bytes, carried: bytes) -> bytes:
    """The key that was given; for a fingerprint the carried key if that is its own, else nothing."""
    if isinstance(public_key, str) and is_fingerprint(public_key):
        same = hmac.compare_digest(_digits(public_key), _digits(fingerprint(carried)))
        return carried if same else b""
    return _raw(public_key)


def is_fingerprint(text: str) -> bool:
    """Whether this is a key's fingerprint, as it is printed on reports."""
    digits = _digits(text)
    return len(digits) == len(_digits(fingerprint(b""))) and all(sign in "0123456789abcdef" for sign in digits)


def _digits(text: str) -> str:
    return "".join(text.split()).lower()


def _raw(key: str | bytes) -> bytes:
    """Raw bytes of a public key; what cannot be read is kept as it is and then fits no signature."""
    if isinstance(key, bytes):
        return key
    try:
        return b64decode(key, validate=True)
    except ValueError:
        return key.encode("utf-8", "replace")


def _holds(key: bytes, signed: SignedRecord) -> bool:
    """The signature holds over the statement, and the statement is of this very record."""
    value = signed.signature.value
    if not signed.statement:
        return holds(key, value, signed.content)
    try:
        said = said_in(signed)
        same = (
            said["content"] == hashlib.sha256(signed.content).hexdigest()
            and said["record"] == signed.record
            and said["screening"] == signed.screening
            and said["amends"] == signed.amends
            and said["signed_at"] == signed.signature.signed_at
            and said["signer"]["name"] == signed.signature.signer
        )
    except (KeyError, TypeError, ValueError):
        return False
    return same and holds(key, value, signed.statement)
