"""Which parts of a screening are signed, in words: each with its name, time and signer, and what is not signed yet."""

from __future__ import annotations

import json
from collections.abc import Sequence

from screener.language import tr
from screener.records.browse import SignedRecord
from screener.screening.part_names import spoken


def signed_parts_in_words(parts: Sequence[SignedRecord], expected: Sequence[str] = ()) -> list[str]:
    """`Before the dose: signed 10:05 by Clinician A`; then each `expected` name that nothing is signed under."""
    found, signed = [], set()
    for record in parts:
        part = json.loads(record.content).get("part") or {}
        signed.add(part.get("name"))
        said = tr("{part}: signed {time} by {signer}").format(
            part=_capital(called(part.get("name"), part.get("number"))),
            time=record.signature.signed_at[11:16],
            signer=record.signature.signer,
        )
        found.append(said)
    missing = [_capital(called(name, None)) for name in expected if name not in signed]
    return found + [tr("{part}: not signed").format(part=part) for part in missing]


def called(name: object, number: int | None) -> str:
    """What a part is called by itself: its name, else its number; `whole` where it is no part and has none."""
    if name:
        return spoken(str(name))
    return tr("whole") if number is None else tr("part {number}").format(number=number)


def _capital(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
