"""An amendment: what is added to a signed record afterwards, why and by whom. The record itself never changes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from screener.language import tr_n
from screener.records.browse import SignedRecord

FORMAT = "screener-amendment/1"


@dataclass(frozen=True, slots=True)
class Addition:
    """What somebody wrote to amend a record, before it is signed."""

    reason: str = ""
    text: str = ""


def build(record: str, added: Addition, *, at: str, name: str, role: str) -> dict[str, Any]:
    """An amendment's content as a JSON object; its canonical bytes are what is signed. `at` is an ISO moment."""
    return {
        "format": FORMAT,
        "record": record,
        "reason": added.reason,
        "text": added.text,
        "at": at,
        "by": {"name": name, "role": role},
    }


def printed(signed: SignedRecord) -> dict[str, Any]:
    """A signed amendment as the report takes it: its content with who signed it, when and with which key."""
    signature = signed.signature
    content: dict[str, Any] = json.loads(signed.content)
    return content | {
        "signer": signature.signer,
        "signed_at": signature.signed_at,
        "fingerprint": signature.fingerprint,
    }


def counted(amendments: int) -> str:
    """How many amendments, as the window says it; none are not mentioned."""
    if not amendments:
        return ""
    return tr_n("{n} amendment", "{n} amendments", amendments)
