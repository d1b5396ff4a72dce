"""What the bar of time-critical items says, and the item that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from screener.forms.evaluation import RuleOutcome
from screener.language import tr, tr_n
from screener.screening.review import standing
from screener.screening.session import Session
from screener.ui.screening.times import time_said


def critical_of(listed: Sequence[RuleOutcome]) -> list[RuleOutcome]:
    """Those of the listed items that are time-critical."""
    return [outcome for outcome in listed if outcome.tier == "time-critical"]


def first_to_answer(session: Session, critical: Sequence[RuleOutcome]) -> RuleOutcome:
    """The first without a response that stands, else the first of all."""
    unanswered = [outcome for outcome in critical if not standing(session, outcome.rule.id).stands]
    return (unanswered or critical)[0]


def critical_words(session: Session, critical: Sequence[RuleOutcome]) -> str:
    """How many there are, and since when how many of them wait for a response, or who responded last."""
    if not critical:
        return ""
    many = tr_n("1 time-critical item", "{n} time-critical items", len(critical))
    held = [(outcome, standing(session, outcome.rule.id)) for outcome in critical]
    waiting = [outcome for outcome, one in held if not one.stands]
    if not waiting:
        last = max((one.response for _, one in held if one.response is not None), key=lambda given: _in_order(given.at))
        at = time_said(last.at, session.clock)
        return tr("{many}, response {at} by {by}; stays until signed").format(many=many, at=at, by=last.by)
    since = time_said(min((_answered_at(session, outcome) for outcome in waiting), key=_in_order), session.clock)
    if len(waiting) == len(critical):
        return tr("{many}, no response since {min}").format(many=many, min=since)
    return tr("{many}, {waiting} without response since {since}").format(many=many, waiting=len(waiting), since=since)


def _answered_at(session: Session, outcome: RuleOutcome) -> str:
    """The moment of the last answer that an item rests on: since then it has stood there."""
    moments = [
        entry.at
        for question_id in outcome.because
        if question_id in session.recorded
        for entry in session.recorded[question_id].entries
    ]
    return max(moments, key=_in_order, default=session.opening.begun_at)


def _in_order(at: str) -> datetime:
    """What moments are compared by: their days count, and so do hours of another offset."""
    return datetime.fromisoformat(at).astimezone()
