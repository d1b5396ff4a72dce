"""What the list of screenings says about an open one: counts by mark, progress, where one was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screener.screening.course import course_so_far
from screener.screening.listing import live_list
from screener.screening.review import needing_response, standing
from screener.screening.session import Session

UNFINISHED = "unfinished"
"""Where the word about a screening holds what is typed in it and not kept. A signed one has none."""


def digest_of(
    session: Session, state: str, place: Mapping[str, str | None], unfinished: Mapping[str, Any]
) -> dict[str, Any]:
    """`state`: what is done with it now, in the words of the list; `place`: theme and question that are open.

    `unfinished`: what is typed and not kept, by where it stands.
    """
    progress, course = session.progress(), course_so_far(session)
    return {
        "reference": session.opening.reference,
        "second_mark": session.visit["second_mark"],
        "pathway": session.rules.pathway.short,
        "clinician": session.opening.clinician,
        "answered": progress.total("settled"),
        "shown": progress.total("shown"),
        "waiting": _waiting(session),
        "state": state,
        "place": dict(place),
        "visit_date": session.visit["visit_date"],
        "product": session.visit["product"],
        "waiting_for": [
            {"what": r.note or _title(session, rule_id), "from": r.from_whom, "until": r.until}
            for rule_id, r in session.responses.items()
            if r.kind == "more_information"
        ],
        **({UNFINISHED: dict(unfinished)} if unfinished else {}),
        **({} if course is None else {"course": course.to_json()}),
    }


def _waiting(session: Session) -> dict[str, int]:
    """How many items of each mark have no response that stands."""
    items = live_list(session, review=True)
    waiting = dict.fromkeys(items.marks(), 0)
    for outcome in needing_response(items):
        if not standing(session, outcome.rule.id).stands:
            waiting[outcome.tier if outcome.outcome == "listed" else "open"] += 1
    return waiting


def _title(session: Session, rule_id: str) -> str:
    outcome = session.outcomes.get(rule_id)
    return outcome.title if outcome is not None else rule_id
