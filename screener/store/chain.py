"""Chains of rows: each row's hash covers the one before, so that none can be altered, taken out or moved unnoticed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from screener.language import KEPT, Voice, kept

START = "0" * 64


LOGS = (
    kept("audit log"),
    kept("journal"),
    kept("lists"),
    kept("screenings"),
    kept("choices"),
    kept("records"),
)
"""Of what a bad row is one."""
ALTERED, MISSING = kept("altered"), kept("missing")


@dataclass(frozen=True, slots=True)
class BadRow:
    """The first row of a chain that is not as it was written: `what` is altered, missing, or erased without leave."""

    log: str
    number: int
    what: str

    def in_words(self, say: Voice = KEPT) -> str:
        """`audit log: row 3 is altered`."""
        return say.tr("{log}: row {number} is {what}").format(
            log=say.word(self.log), number=self.number, what=say.word(self.what)
        )

    def __str__(self) -> str:
        return self.in_words()


def linked(before: str, *parts: str | int) -> str:
    """The chain hash of a row: over the hash before it and its own parts, whose borders cannot be moved."""
    return hashlib.sha256(_ENCODER.encode((before, *parts)).encode("utf-8")).hexdigest()


# Built once: to build one costs more than to encode a row.
_ENCODER = json.JSONEncoder(ensure_ascii=False)
