"""Records of one reference, made in code over the small pack or the shipped content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.places import forms_folder
from screener.records.browse import Json
from screener.records.record import build, canonical
from screener.records.sitting import Sitting
from screener.screening.session import Session
from tests.screening.test_session_machine import CLOCK, PACK, opening


@cache
def shipped() -> Pack:
    """The shipped content, read once."""
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


def session(answers: Mapping[str, Any], *, day: str = "2026-11-23", pack: Pack = PACK, **extra: Any) -> Session:
    """A screening with these answers; `{"accounts": {...}}` records several."""
    made = Session(pack, replace(opening(**extra), visit_date=day), CLOCK)
    for question, raw in answers.items():
        if isinstance(raw, dict) and "accounts" in raw:
            for by, said in raw["accounts"].items():
                made.answer(question, said, by=by)
        else:
            made.answer(question, raw)
    return made


def sealed(answers: Mapping[str, Any], **extra: Any) -> dict[str, Any]:
    """The content of a record with these answers, as it comes back from its bytes."""
    return content_of(session(answers, **extra))


def content_of(made: Session, **more: Any) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(canonical(build(made, **more)))
    return content


def signed(name: str, content: Json, at: str = "", screening: str = "", sha256: str = "") -> Sitting:
    """A signed record of this content."""
    day = content["visit"]["visit_date"]
    when = at or f"{day}T10:42:07+00:00"
    return Sitting(screening or f"s-{name}", content, name, when, "Clinician A", sha256=sha256)
