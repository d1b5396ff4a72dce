"""What the program asks of a store: the `Shelf` protocol, and the lines it lists.

Openings, steps and records travel as JSON objects (decimals as strings), so that a store needs to know nothing of rules
or questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """The receipt of a commit: what stands on disk up to and including step `number`, since the moment `at`.

    The moment is written in ISO form, with its offset.
    """

    screening: str
    number: int
    at: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One unfinished screening in a list.

    `digest` is what the head last said about it (answered, total, marks, place, state).
    """

    screening: str
    opening: Json
    digest: Json
    steps: int
    updated_at: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished screening, whole: replaying `steps` over `opening` gives the screening back."""

    screening: str
    opening: Json
    steps: tuple[Json, ...]
    digest: Json
    updated_at: str


@dataclass(frozen=True, slots=True)
class Signature:
    """An Ed25519 signature (base64) over the exact bytes kept beside it."""

    signer: str
    public_key: str
    fingerprint: str
    signed_at: str
    value: str


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """A signed screening: `content` is the canonical JSON (RFC 8785, UTF-8) that was signed, byte for byte."""

    record: str
    screening: str
    content: bytes
    signature: Signature
    amends: str | None = None


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One signed record in a list; `digest` as in `DraftLine`."""

    record: str
    screening: str
    reference: str
    pathway: str
    visit_date: str
    signed_at: str
    signer: str
    incomplete: bool
    amendments: int
    digest: Json


class Shelf(Protocol):
    """Where screenings and records live.

    Every method either has committed when it returns, or raises a `WorldError`.
    """

    def begin(self, opening: Json) -> str:
        """Open a new screening and return its id."""
        ...

    def append(self, screening: str, steps: Sequence[Json], digest: Json) -> Saved:
        """Add steps to the journal in order; on return they are on disk (or, in memory, as durable as memory is)."""
        ...

    def drafts(self) -> list[DraftLine]:
        """Unfinished screenings, last touched first."""
        ...

    def draft(self, screening: str) -> Draft: ...

    def discard(self, screening: str, reason: str) -> None:
        """Remove an unfinished screening on purpose; an audit row stays."""
        ...

    def seal(self, screening: str, content: bytes, digest: Json, passphrase: str) -> SignedRecord:
        """Sign canonical record bytes with the open account's key and close the draft.

        The passphrase is asked again.
        """
        ...

    def seal_part(self, screening: str, content: bytes, digest: Json, passphrase: str) -> SignedRecord:
        """As `seal`, for a part of a screening that goes on: the draft stays open."""
        ...

    def parts(self, screening: str) -> list[SignedRecord]:
        """What has been signed of a screening, oldest first; amendments are not among it."""
        ...

    def amend(self, record: str, content: bytes, passphrase: str) -> SignedRecord:
        """Add a signed amendment to a record, which itself never changes."""
        ...

    def records(self, reference: str | None = None) -> list[RecordLine]:
        """Signed records, latest first; of one reference when given."""
        ...

    def record(self, record: str) -> SignedRecord: ...

    def remember(self, key: str, value: Json) -> None:
        """Keep a clinic-wide choice (clinic policy, crisis card, appearance) with an audit row."""
        ...

    def recall(self, key: str) -> Json | None:
        """The clinic-wide choice kept under `key`, or None when none was ever made."""
        ...
