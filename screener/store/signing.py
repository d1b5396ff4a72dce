"""Signatures over exact bytes, made with an account's key and checked with its public half alone."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from screener.records.browse import Signature, SignedRecord
from screener.store.keys import SigningPair, bytes_of, fingerprint, text_of


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of a signature showed, and the sentence that claims exactly that."""

    unchanged: bool
    key_checked: bool
    fingerprint: str
    sentence: str


def sign(pair: SigningPair, content: bytes, *, signer: str, signed_at: str) -> Signature:
    """Sign bytes as they are. `signed_at` is an ISO moment with offset."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Signature(
        signer=signer,
        public_key=text_of(pair.public),
        fingerprint=fingerprint(pair.public),
        signed_at=signed_at,
        value=text_of(Ed25519PrivateKey.from_private_bytes(pair.private).sign(content)),
    )


def verify_record(signed: SignedRecord, public_key: str | bytes | None = None) -> Verification:
    """Check a record's bytes against its signature.

    `public_key`: the signer's key (32 raw bytes, or base64) got from elsewhere; without it the key inside the record is
    used, and the sentence says that nobody checked whose it is.
    """
    carried = signed.signature.public_key
    key = _raw(carried if public_key is None else public_key)
    shown = fingerprint(key)
    checked = public_key is not None
    unchanged = _holds(key, signed)
    if not unchanged and _raw(carried) != key:
        sentence = f"not signed by key {shown}; the record names key {fingerprint(_raw(carried))}"
    elif not unchanged:
        sentence = f"changed since it was signed by key {shown}, or never signed by it"
    elif checked:
        sentence = f"unchanged since signed by the key that was given, {shown}"
    else:
        sentence = f"unchanged since signed by key {shown}; whose key this is was not checked"
    return Verification(unchanged, checked, shown, sentence)


def _raw(key: str | bytes) -> bytes:
    """Raw bytes of a public key; what cannot be read is kept as it is and then fits no signature."""
    if isinstance(key, bytes):
        return key
    try:
        return b64decode(key, validate=True)
    except ValueError:
        return key.encode("utf-8")


def _holds(key: bytes, signed: SignedRecord) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(bytes_of(signed.signature.value), signed.content)
    except (InvalidSignature, ValueError):
        return False
    return True
