"""A list of screenings as long as a clinic's, of nobody."""

from __future__ import annotations

import json
from typing import Any

from screener.store.vault import Vault

_PATHWAYS = (
    ("esketamine-clinic", "Esketamine, clinic"),
    ("ketamine-home", "Ketamine, at home"),
    ("psilocybin-oregon", "Psilocybin, Oregon service"),
    ("mdma-research", "MDMA, research"),
)
_SIGNED, _UNFINISHED = 340, 3


def write_list(vault: Vault, passphrase: str) -> None:
    """Signed screenings and a few that are not finished, with things that are waited for."""
    clinician = vault.account.name
    # One passphrase for all of them: making a key of it takes a tenth of a second each time.
    pair = vault.people.pair(passphrase)
    vault.shelf._unlock_signing = lambda _: pair
    for number in range(_SIGNED + _UNFINISHED):
        signed = number < _SIGNED
        pathway, title = _PATHWAYS[number % len(_PATHWAYS)]
        opening = {
            "reference": f"SYN-{number:04}",
            "second_mark": f"{'KLMRST'[number % 6]} {1950 + number % 50}",
            "pathway": pathway,
            "clinician": clinician,
            "visit_date": f"2026-{1 + number // 31 % 11:02}-{1 + number % 28:02}",
            "begun_at": f"2026-11-2{number % 7}T{9 + number % 8:02}:12:00+00:00",
        }
        screening = vault.shelf.begin(opening)
        digest: dict[str, Any] = {
            "pathway": title,
            "second_mark": opening["second_mark"],
            "shown": 80 + number % 30,
            "answered": 80 + number % 30 if signed else 34,
            "state": "signed" if signed else "paused",
            "waiting": {} if signed else {"time-critical": number % 2, "review": 3 + number % 4, "open": 5},
        }
        if number in (_SIGNED - 2, _SIGNED + 1):
            digest["waiting_for"] = [{"what": "Pressure log of two weeks", "from": "the patient", "until": "Thu 3 Dec"}]
        vault.shelf.append(screening, (), digest)
        if signed:
            content = {"opening": opening, "visit": {"visit_date": opening["visit_date"]}, "incomplete": None}
            vault.shelf.seal(screening, json.dumps(content).encode(), digest, passphrase)
