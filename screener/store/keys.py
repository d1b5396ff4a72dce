"""The vault's keys: a random one that encrypts, wrapped for passphrase and printed sheet; each account's own."""

# ruff: noqa: N818 (see failures)

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from screener.store.failures import PassphraseTooShort, UnusableName
from screener.store.recovery import RecoveryKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

KEY_BYTES = 32
SHORTEST_PASSPHRASE = 8
_NONCE_BYTES = 12
_SALT_BYTES = 16


class DoesNotOpen(Exception):
    """This secret does not open this wrap. Callers say which of the world's failures that is."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs with Argon2id: memory in KiB, passes over it, lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def __post_init__(self) -> None:
        # The upper ends keep a keys file made by somebody else from eating the machine: its memory, or an afternoon.
        sized = 1 <= self.lanes <= 64 and 8 * self.lanes <= self.memory_kib <= 1024 * 1024
        if not sized or not 1 <= self.passes <= max(1, 4 * 1024 * 1024 // self.memory_kib):
            raise ValueError("Argon2id parameters outside of what is ever written")


@dataclass(frozen=True, slots=True)
class Sealed:
    """Something encrypted with AES-256-GCM."""

    nonce: bytes
    content: bytes

    def to_json(self) -> dict[str, str]:
        return {"cipher": "AES-256-GCM", "nonce": text_of(self.nonce), "content": text_of(self.content)}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Sealed:
        if raw["cipher"] != "AES-256-GCM":
            raise ValueError(f"unknown cipher {raw['cipher']}")
        return cls(bytes_of(raw["nonce"]), bytes_of(raw["content"]))


@dataclass(frozen=True, slots=True)
class Stretch:
    """How a passphrase becomes a key: Argon2id with these parameters and this salt."""

    cost: Cost
    salt: bytes

    @classmethod
    def make(cls, cost: Cost) -> Stretch:
        return cls(cost, secrets.token_bytes(_SALT_BYTES))

    def key(self, passphrase: str) -> bytes:
        """32 bytes. The same letters, however typed (NFKC), give the same key. Takes a tenth of a second or more."""
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        stretch = Argon2id(
            salt=self.salt,
            length=KEY_BYTES,
            iterations=self.cost.passes,
            lanes=self.cost.lanes,
            memory_cost=self.cost.memory_kib,
        )
        return stretch.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))

    def to_json(self) -> dict[str, Any]:
        return {
            "name": "Argon2id",
            "memory_kib": self.cost.memory_kib,
            "passes": self.cost.passes,
            "lanes": self.cost.lanes,
            "salt": text_of(self.salt),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Stretch:
        if raw["name"] != "Argon2id":
            raise ValueError(f"unknown stretching {raw['name']}")
        salt = bytes_of(raw["salt"])
        if len(salt) != _SALT_BYTES:
            raise ValueError("a salt of another length than is ever written")
        return cls(Cost(raw["memory_kib"], raw["passes"], raw["lanes"]), salt)


def text_of(raw: bytes) -> str:
    """Bytes as base64 text."""
    return b64encode(raw).decode("ascii")


def bytes_of(text: str) -> bytes:
    """Base64 text as bytes; ValueError for anything else."""
    return b64decode(text, validate=True)


def new_vault_key() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(KEY_BYTES)


def derived(key: bytes, purpose: str) -> bytes:
    """A key for one purpose only, out of another (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"screener {purpose}".encode()).derive(key)


def seal(key: bytes, content: bytes, place: str) -> Sealed:
    """Encrypt; `place` is bound in, so that what was sealed for one place opens in no other."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return Sealed(nonce, AESGCM(key).encrypt(nonce, content, place.encode()))


def unseal(key: bytes, sealed: Sealed, place: str) -> bytes:
    """Decrypt, or raise `DoesNotOpen`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed.nonce, sealed.content, place.encode())
    except (InvalidTag, ValueError) as error:
        raise DoesNotOpen from error


def recovery_wrapping_key(recovery: RecoveryKey) -> bytes:
    """The key that a recovery key stands for. 160 random bits need no stretching."""
    return derived(recovery.secret, "recovery")


def check_new_passphrase(passphrase: str) -> None:
    """Raises `PassphraseTooShort` for one that would protect next to nothing."""
    if len(unicodedata.normalize("NFKC", passphrase).strip()) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(SHORTEST_PASSPHRASE)


def check_name(name: str) -> None:
    """Raises `UnusableName` for one that cannot be written down in every file and on every page."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnusableName from error


@dataclass(frozen=True, slots=True)
class BoxPair:
    """An X25519 key, both halves as 32 raw bytes: what is put into the box, its owner alone takes out."""

    private: bytes
    public: bytes

    @classmethod
    def make(cls) -> BoxPair:
        """A new key from the system's source of randomness."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        made = X25519PrivateKey.generate()
        return cls(made.private_bytes_raw(), made.public_key().public_bytes_raw())

    def take_out(self, content: bytes, place: str) -> bytes:
        """What `put_in_box` put in, or `DoesNotOpen`."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        try:
            return _box().decrypt(content, X25519PrivateKey.from_private_bytes(self.private), place.encode())
        except (InvalidTag, ValueError) as error:
            raise DoesNotOpen from error

    def __repr__(self) -> str:
        return f"BoxPair({fingerprint(self.public)})"


def put_in_box(public: bytes, content: bytes, place: str) -> bytes:
    """Encrypt for the owner of a box (HPKE, RFC 9180), without any secret of theirs; `place` is bound in."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _box().encrypt(content, X25519PublicKey.from_public_bytes(public), place.encode())


def _box() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class SigningPair:
    """An Ed25519 key, both halves as 32 raw bytes."""

    private: bytes
    public: bytes

    @classmethod
    def make(cls) -> SigningPair:
        """A new key from the system's source of randomness."""
        return cls.of(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def of(cls, private: bytes) -> SigningPair:
        """The pair of a private half."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(private, Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())

    def __repr__(self) -> str:
        return f"SigningPair({fingerprint(self.public)})"


def fingerprint(public_key: bytes) -> str:
    """A public key short enough to be read out: half of its SHA-256, in groups of four hexadecimal digits."""
    digits = hashlib.sha256(public_key).hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
