"""`vault.head`: a sealed note of how far the rows go, because a damaged write-ahead log ends early in silence."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from screener.store.failures import DamagedHead
from screener.store.files import explained, prepare, promote
from screener.store.keys import derived

FILE = "vault.head"


@dataclass(frozen=True, slots=True)
class Tip:
    """The last row of a chain: its number (0 before the first) and its chain hash."""

    number: int
    chain: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far journal and audit log go, since when (ISO, with offset)."""

    journal: Tip
    audit: Tip
    at: str


class HeadFile:
    """Writes and reads the head, sealed with a key that comes from the vault key."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._path, self._key = folder / FILE, key

    @classmethod
    def of(cls, folder: Path, vault_key: bytes) -> HeadFile:
        """The head of the vault with this key."""
        return cls(folder, derived(vault_key, "head"))

    @property
    def path(self) -> Path:
        return self._path

    def prepare(self, head: Head) -> Path:
        """Write the next head beside the present one, before the rows are committed: a full disk stops both."""
        return prepare(self._path, self.sealed(head))

    def sealed(self, head: Head) -> bytes:
        """A head as it stands in its file."""
        body = json.dumps(asdict(head), sort_keys=True).encode("utf-8")
        return body + b"\n" + self._mark(body) + b"\n"

    def promote(self, beside: Path) -> None:
        """Put the prepared head in place, after the rows are committed."""
        promote(beside, self._path)

    def write(self, head: Head) -> None:
        """Prepare and promote at once."""
        self.promote(self.prepare(head))

    def read(self) -> Head:
        """The head as sealed. Raises `DamagedHead` when it is missing or altered."""
        with explained(self._path.parent):
            raw = self._path.read_bytes() if self._path.is_file() else None
        if raw is None:
            raise DamagedHead(self._path, "missing")
        body, _, mark = raw.partition(b"\n")
        if not hmac.compare_digest(mark, self._mark(body) + b"\n"):
            raise DamagedHead(self._path, "damaged")
        read = json.loads(body)
        return Head(Tip(**read["journal"]), Tip(**read["audit"]), read["at"])

    def _mark(self, body: bytes) -> bytes:
        return hmac.new(self._key, body, hashlib.sha256).hexdigest().encode("ascii")
