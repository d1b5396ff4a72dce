"""Readings that lapsed when the visit moved on to a later day, as its record keeps them: which, of which day."""

from __future__ import annotations

from typing import Any

from screener.forms.words import answer_words
from screener.screening.session import Session


def of_another_day(session: Session) -> list[dict[str, Any]]:
    """In the order of the form, of each question by day. Apart from the answers: nothing takes them for what holds."""
    return [
        {
            "question": question.id,
            "label": question.label,
            "day": day,
            "words": answer_words(question, lapsed.given),
            "recorded": lapsed.to_json(),
        }
        for question in session.questions.values()
        for day, lapsed in session.lapsed_by_day(question.id)
    ]
