"""What the program asks of a store: the `Shelf` protocol, and the lines it lists.

Openings, steps and records travel as JSON objects (decimals as strings), so that a store needs to know nothing of rules
or questions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    """A signed screening: `content` is its canonical JSON (RFC 8785, UTF-8), byte for byte.

    `statement`: the canonical JSON that the signature is over: the content's hash, who signed when, and how far the
    vault's logs went. Records of the program's first version have none: there the content itself was signed.
    """

    record: str
    screening: str
    content: bytes
    signature: Signature
    amends: str | None = None
    statement: bytes = b""


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


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of screenings: the unfinished ones, and signed records (parts of unfinished ones included).

    `more`: where the next page begins, None at the end. `total`: how many screenings there are on all pages, None where
    they were searched and not counted.
    """

    drafts: tuple[DraftLine, ...] = ()
    records: tuple[RecordLine, ...] = ()
    more: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A reference under which something is kept here, with the second mark that it was last given."""

    reference: str
    second_mark: str


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The latest visit that a reference was here for on some pathway, unfinished or signed, as its list knows it."""

    reference: str
    second_mark: str
    visit_date: str
    pathway: str
    profiles: tuple[str, ...]
    product: str


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

    def listing(self, *, signed: bool, words: str = "", limit: int = 100, before: int | None = None) -> Listing:
        """A page of the unfinished screenings, last touched first, or of the signed ones; only those with `words`.

        Found by words they come latest begun first. `before`: the `more` of the page before.
        """
        ...

    def waiting(self, limit: int = 100) -> Listing:
        """Screenings, unfinished and signed, for which something is waited for."""
        ...

    def of_day(self, day: str) -> Listing:
        """Every screening with this visit date (ISO), unfinished and signed, with its signed parts."""
        ...

    def last_visits(self, pathways: Collection[str], since: str, before: str) -> list[LastVisit]:
        """The latest visit of each reference on one of these pathways, from one day (ISO) until before another.

        Only of references that have no screening, of whatever kind, with that other day as its visit date.
        """
        ...

    def known(self) -> list[Known]:
        """Every reference that something is kept under."""
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

    def note_export(self, record: str, kind: str) -> None:
        """Something of a record is about to be written outside: the audit row comes first."""
        ...

    def note_file(self, screening: str, kind: str, answers: int) -> None:
        """Answers out of a file are about to be offered in an unfinished screening: the audit row comes first."""
        ...

    def signed_under(self, reference: str) -> list[SignedRecord]:
        """Every signed record and amendment of a reference, as they were signed."""
        ...

    def remember(self, key: str, value: Json) -> None:
        """Keep a clinic-wide choice (clinic policy, crisis card, appearance) with an audit row."""
        ...

    def recall(self, key: str) -> Json | None:
        """The clinic-wide choice kept under `key`, or None when none was ever made."""
        ...
