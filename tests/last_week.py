"""Dose-day visits of the week before, signed, in a vault on disk: where a window is to begin with people it knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from screener.clock import FixedClock
from screener.forms.pack import read_pack
from screener.places import forms_folder
from screener.records.record import build, canonical
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session
from screener.store.vault import Vault
from tests.store.places import CHEAP

LAST_WEEK = datetime(2026, 11, 19, 9, 0).astimezone()
HELD_LAST_WEEK: dict[str, Any] = {
    "person.age": 52,
    "visit.dose_product": "esketamine",
    "bp.readings": [
        {"systolic": 128, "diastolic": 82, "pulse": 71, "phase": "before", "at": "09:02"},
        {"systolic": 139, "diastolic": 88, "pulse": 74, "phase": "about_40_min", "at": "09:52"},
    ],
    "day.given_at": "2026-11-19T09:12",
    "support.escort": "yes",
    "support.escort_who": "Partner",
    "support.adult_home": "full",
    "support.contact": "Partner",
}


def keep_last_week(home: Path, references: Iterable[str], passphrase: str) -> None:
    """Set up records in a folder, with a visit of each reference in them, signed as incomplete on its day."""
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    clock = FixedClock(LAST_WEEK)
    vault, _ = Vault.create(home, name="Clinician A", passphrase=passphrase, clock=clock, cost=CHEAP)
    with vault:
        for reference in references:
            opening = Opening(
                reference=reference,
                second_mark=f"K 19{reference[-2:]}",
                pathway="dose-day",
                profiles=("general", "us-label"),
                parameters={},
                product="Spravato",
                visit_date=LAST_WEEK.date().isoformat(),
                clinician="Clinician A",
                role="clinician",
                begun_at=clock.now().isoformat(timespec="seconds"),
                pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
            )
            session = Session(pack, opening, clock)
            steps = [
                step.to_json()
                for question, raw in HELD_LAST_WEEK.items()
                for step in session.answer(question, raw).steps
            ]
            screening = vault.shelf.begin(opening.to_json())
            vault.shelf.append(screening, steps, {})
            digest = {"second_mark": opening.second_mark, "visit_date": opening.visit_date}
            content = canonical(build(session, incomplete="the rest is on paper"))
            vault.shelf.seal(screening, content, digest, passphrase)
