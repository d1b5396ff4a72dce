"""What the bar of time-critical items says, and the item that it leads to."""

from __future__ import annotations

from collections.abc import Sequence

from screener.forms.evaluation import RuleOutcome
from screener.language import tr, tr_n
from screener.screening.review import standing
from screener.screening.session import Session


def critical_of(listed: Sequence[RuleOutcome]) -> list[RuleOutcome]:
    """Those of the listed items that are time-critical."""
    return [outcome for outcome in listed if outcome.tier == "time-critical"]


def first_to_answer(session: Session, critical: Sequence[RuleOutcome]) -> RuleOutcome:
    """The first without a response that stands, else the first of all."""
    unanswered = [outcome for outcome in critical if not standing(session, outcome.rule.id).stands]
    return (unanswered or critical)[0]


def critical_words(session: Session, critical: Sequence[RuleOutcome]) -> str:
    """How many there are, and since when they stand, or who responded last; nothing where there is none."""
    if not critical:
        return ""
    many = tr_n("1 time-critical item", "{n} time-critical items", len(critical))
    held = [standing(session, outcome.rule.id) for outcome in critical]
    given = [one.response for one in held if one.stands and one.response is not None]
    if len(given) == len(critical):
        last = max(given, key=lambda response: response.at)
        return tr("{many}, response {at} by {by}; stays until signed").format(many=many, at=last.at[11:16], by=last.by)
    return tr("{many}, no response since {min}").format(
        many=many, min=min(_answered_at(session, outcome) for outcome in critical)
    )


def _answered_at(session: Session, outcome: RuleOutcome) -> str:
    """The time of the last answer that an item rests on: since then it has stood there."""
    moments = [
        entry.at
        for question_id in outcome.because
        if question_id in session.recorded
        for entry in session.recorded[question_id].entries
    ]
    return max(moments, default=session.opening.begun_at)[11:16]
