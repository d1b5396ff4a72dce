"""Three signed records of one made-up reference, and what its pages show of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from screener.clock import FixedClock
from screener.records.amendment import Addition
from screener.records.amendment import build as amendment
from screener.records.browse import Shelf, SignedRecord
from screener.records.record import build, canonical
from screener.records.sitting import Sitting, signed_sittings
from screener.records.timeline import timeline
from screener.records.trends import trends
from screener.screening.listing import live_list
from screener.screening.review import needing_response, response
from screener.screening.session import Session
from screener.ui.history import sitting_of
from screener.ui.records.area import Kept
from tests.ui.desks import session_of, shipped

REFERENCE = "SYN-0042"
PASSPHRASE = "a lamp, a stair, a river"


def _reading(systolic: int, diastolic: int | None, phase: str, at: str, day: str) -> dict[str, Any]:
    return {"systolic": systolic, "diastolic": diastolic, "phase": phase, "at": f"{day}T{at}"}


JULY: Mapping[str, Any] = {
    "person.age": 52,
    "bp.readings": [
        _reading(132, 84, "before", "10:31", "2026-07-20"),
        _reading(136, 86, "before", "10:34", "2026-07-20"),
        _reading(151, 92, "about_40_min", "11:20", "2026-07-20"),
    ],
    "body.weight": "86.5",
    "body.height": "178",
    "mood.phq9": {"items": {"1": 3, "2": 2, "3": 2, "4": 2, "5": 1, "6": 2, "7": 2, "8": 1, "9": 1}},
    "psychosis.ever": "no",
    "neuro.seizure_ever": "no",
    "medicines.none_other": "yes",
}
OCTOBER: Mapping[str, Any] = {
    **JULY,
    "bp.readings": [
        _reading(144, 91, "before", "09:58", "2026-10-12"),
        _reading(141, 89, "before", "10:02", "2026-10-12"),
        _reading(160, None, "about_40_min", "10:51", "2026-10-12"),
    ],
    "body.weight": {"value": 187, "unit": "[lb_av]"},
    "mood.phq9": {"items": {"1": 2, "2": 2, "3": 1}},
    "psychosis.ever": "yes",
}
NOVEMBER: Mapping[str, Any] = {
    **OCTOBER,
    "bp.readings": [
        _reading(151, 94, "before", "10:31", "2026-11-23"),
        _reading(147, 92, "before", "10:36", "2026-11-23"),
    ],
    "body.weight": "83",
    "mood.phq9": {"total": 9},
    "neuro.seizure_ever": {"state": "not_known"},
}


def visit(day: str, answers: Mapping[str, Any], pathway: str = "ketamine-home") -> Session:
    """A screening of the reference on a day."""
    begun = session_of(pathway).opening
    clock = FixedClock(datetime.fromisoformat(f"{day}T10:22:00+00:00"))
    opening = replace(begun, reference=REFERENCE, visit_date=day, begun_at=clock.now().isoformat())
    session = Session(shipped(), opening, clock)
    for question, raw in answers.items():
        if question in session.questions:
            session.answer(question, raw)
    return session


def sign_all(shelf: Shelf, clock: FixedClock) -> list[SignedRecord]:
    """July, signed as incomplete and amended; October. Each is signed on its day; then the clock stands as it did."""
    kept, now = [], clock.moment
    for day, answers, incomplete in (
        ("2026-07-20", JULY, "the bus left"),
        ("2026-10-12", OCTOBER, None),
    ):
        session = visit(day, answers, "esketamine-clinic" if incomplete else "ketamine-home")
        _respond(session)
        clock.moment = datetime.fromisoformat(f"{day}T11:34:00+00:00")
        screening = shelf.begin(session.opening.to_json())
        kept.append(shelf.seal(screening, canonical(build(session, incomplete=incomplete)), {}, PASSPHRASE))
    clock.moment = datetime.fromisoformat("2026-07-24T09:00:00+00:00")
    added = amendment(
        kept[0].record,
        Addition("Letter came", "Letter read."),
        at="2026-07-24T09:00",
        name="Clinician A",
        role="clinician",
    )
    shelf.amend(kept[0].record, canonical(added), PASSPHRASE)
    clock.moment = now
    return kept


def _respond(session: Session) -> None:
    """A response to each item that asks for one, in turn of every kind."""
    items = [outcome.rule.id for outcome in needing_response(live_list(session, review=True))]
    made = {
        rule: response(
            session, rule, "more_information", note="Log of two weeks", from_whom="patient", until="Thursday"
        )
        if place == 0
        else response(session, rule, "reviewed")
        for place, rule in enumerate(items)
    }
    session.respond(made)


def unfinished() -> Sitting:
    """November, as it stands."""
    return sitting_of(visit("2026-11-23", NOVEMBER), "s-open")


def kept(shelf: Shelf, *more: Sitting) -> Kept:
    """What the pages are given."""
    sittings = [*signed_sittings(shelf.signed_under(REFERENCE)), *more]
    return Kept(timeline(sittings), trends(sittings, shipped()))
