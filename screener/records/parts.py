"""Which parts of a screening are signed, in words: each with its name, time and signer, and what is not signed yet."""

from __future__ import annotations

import json
from collections.abc import Sequence

from screener.records.browse import SignedRecord


def signed_parts_in_words(parts: Sequence[SignedRecord], expected: Sequence[str] = ()) -> list[str]:
    """`Before the dose: signed 10:05 by Clinician A`; then each `expected` name that nothing is signed under."""
    found, signed = [], set()
    for record in parts:
        part = json.loads(record.content).get("part") or {}
        name = called(part.get("name"), part.get("number"))
        signed.add(name)
        found.append(f"{_capital(name)}: signed {record.signature.signed_at[11:16]} by {record.signature.signer}")
    return found + [f"{_capital(name)}: not signed" for name in expected if name not in signed]


def called(name: object, number: int | None) -> str:
    """What a part is called by itself: its name, else its number; `whole` where it is no part and has none."""
    return str(name) if name else "whole" if number is None else f"part {number}"


def _capital(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
