"""Where a rehearsal's screening lives while it is open: in memory, signed by nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from screener.clock import Clock
from screener.records.browse import Draft, Json, Saved, Signature, SignedRecord
from screener.text import WorldError

NOBODY = "nobody: made-up patient, training"
"""Who stands as the signer on the record of a rehearsal."""
NO_KEY = "none"


class RehearsalShelf:
    """Fulfils `screener.records.browse.Shelf` for the one screening of a rehearsal, as far as its pages ask.

    Nothing of it is encrypted, kept, or anybody's: a record that is signed here says so in place of a signature.
    """

    def __init__(self, clock: Clock, keep: Callable[[], None] = lambda: None) -> None:
        """`keep` brings to the disk what there is of the rehearsal, or raises a WorldError: only then is it "saved"."""
        self._clock, self._keep = clock, keep
        self._opening: Json = {}
        self._steps: list[Json] = []
        self._digest: Json = {}
        self._parts: list[SignedRecord] = []
        self.signed: SignedRecord | None = None

    def begin(self, opening: Json) -> str:
        """Open the screening. ValueError where it is not said to be of a made-up patient."""
        if opening.get("made_up") is not True:
            raise ValueError("only a made-up patient is rehearsed with")
        self._opening = opening
        return "rehearsal"

    def append(self, screening: str, steps: Sequence[Json], digest: Json) -> Saved:
        """Take steps in order; on return they are as durable as `keep` makes them."""
        self._keep()
        self._steps += steps
        self._digest = digest
        return Saved(screening, len(self._steps), self._now())

    def draft(self, screening: str) -> Draft:
        return Draft(screening, self._opening, tuple(self._steps), self._digest, self._now())

    def seal(self, screening: str, content: bytes, digest: Json, passphrase: str) -> SignedRecord:
        """The record as it would be signed, signed by nobody. No passphrase is asked for, and none is looked at."""
        self.signed = self._record(screening, content)
        return self.signed

    def seal_part(self, screening: str, content: bytes, digest: Json, passphrase: str) -> SignedRecord:
        self._parts.append(self._record(screening, content))
        return self._parts[-1]

    def parts(self, screening: str) -> list[SignedRecord]:
        return list(self._parts)

    def _record(self, screening: str, content: bytes) -> SignedRecord:
        signature = Signature(NOBODY, "", NO_KEY, self._now(), "")
        return SignedRecord(f"made-up-{len(self._parts) + 1}", screening, content, signature)

    def note_export(self, record: str, kind: str) -> None:
        """There is no log: what leaves a rehearsal carries its watermark."""

    def note_file(self, screening: str, kind: str, answers: int) -> None:
        """There is no log."""

    # What a rehearsal has none of

    def drafts(self) -> list[Any]:
        return []

    def known(self) -> list[Any]:
        return []

    def records(self, reference: str | None = None) -> list[Any]:
        return []

    def signed_under(self, reference: str) -> list[SignedRecord]:
        return []

    def recall(self, key: str) -> Json | None:
        return None

    def _nothing_here(self, *_: object, **__: object) -> NoReturn:
        raise WorldError("A rehearsal holds one made-up screening and nothing else.", "Open the clinic's window.")

    listing = waiting = of_day = last_visits = discard = amend = record = remember = _nothing_here

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds")
