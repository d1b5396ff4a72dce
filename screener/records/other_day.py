"""Readings that lapsed when the visit moved on to a later day, as its record keeps them: which, of which day."""

from __future__ import annotations

from typing import Any

from screener.forms.words import answer_words
from screener.screening.another_day import measured_on
from screener.screening.session import Session


def of_another_day(session: Session) -> list[dict[str, Any]]:
    """In the order of the form. They stand apart from the answers, so that nothing takes them for what holds."""
    return [
        {
            "question": question.id,
            "label": question.label,
            "day": measured_on(lapsed),
            "words": answer_words(question, lapsed.given),
            "recorded": lapsed.to_json(),
        }
        for question in session.questions.values()
        if (lapsed := session.lapsed.get(question.id)) is not None
    ]
