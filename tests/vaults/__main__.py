"""`python -m tests.vaults`: keeps a vault of the present version, if there is none of it yet. All in it is made up."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from screener.store import schema
from tests.store.places import MORNING, PASSPHRASE, SetClock, made

HERE = Path(__file__).resolve().parent


def main() -> int:
    place = HERE / schema.newest()
    if place.exists():
        sys.stderr.write(f"{place} is there already. What a version wrote is not written again.\n")
        return 1
    clock = SetClock(MORNING)
    vault, recovery = made(place, clock)
    shelf = vault.shelf
    with vault:
        shelf.remember("clinic", {"country": "us-label", "crisis_card": "Made-up line, 555-0100", "parameters": {}})
        for number, state in enumerate(("draft", "part", "signed", "discarded"), start=1):
            clock.turn(3600)
            screening = shelf.begin(opening(number))
            shelf.append(screening, [step(n) for n in range(1, 6)], digest(state))
            if state == "discarded":
                shelf.discard(screening, "begun twice")
            elif state == "part":
                shelf.seal_part(screening, content(number), digest(state) | {"part": 1}, PASSPHRASE)
            elif state == "signed":
                signed = shelf.seal(screening, content(number), digest(state), PASSPHRASE)
                shelf.amend(signed.record, b'{"reason":"a typing mistake","text":"made up"}', PASSPHRASE)
    (place / "vault.lock").unlink()
    (place / "recovery.txt").write_text(f"{recovery.text}\n", encoding="utf-8")
    return 0


def opening(number: int) -> dict[str, object]:
    return {
        "reference": f"MADE-UP-{number}",
        "second_mark": f"M{number}",
        "pathway": "esketamine-clinic-us",
        "profiles": ["us-label"],
        "parameters": {},
        "product": "",
        "visit_date": "2026-11-23",
        "clinician": "Clinician A",
        "role": "clinician",
        "begun_at": "2026-11-23T09:00:00+00:00",
        "pack": {"id": "intake", "version": "1", "hash": "0" * 64},
    }


def step(number: int) -> dict[str, object]:
    return {"step": "answer", "question": f"medical.q{number}", "after": {"value": f"made up {number}"}}


def digest(state: str) -> dict[str, object]:
    waiting = [{"what": "made-up letter", "from": "a practice", "until": "2026-12-01"}] if state == "draft" else []
    return {"pathway": "Esketamine in clinic", "state": "paused", "answered": 5, "shown": 9, "waiting_for": waiting}


def content(number: int) -> bytes:
    body = {"format": "screener-record/1", "opening": opening(number), "incomplete": None, "summary": "made up"}
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
