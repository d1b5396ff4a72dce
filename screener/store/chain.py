"""Chains of rows: each row's hash covers the one before, so that none can be altered, taken out or moved unnoticed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

START = "0" * 64


@dataclass(frozen=True, slots=True)
class BadRow:
    """The first row of a chain that is not as it was written: `what` is altered, missing, or erased without leave."""

    log: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.log}: row {self.number} is {self.what}"


def linked(before: str, *parts: str | int) -> str:
    """The chain hash of a row: over the hash before it and its own parts, whose borders cannot be moved."""
    return hashlib.sha256(_ENCODER.encode((before, *parts)).encode("utf-8")).hexdigest()


# Built once: to build one costs more than to encode a row.
_ENCODER = json.JSONEncoder(ensure_ascii=False)
