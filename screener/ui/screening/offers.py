"""What the palette offers of an open screening: which of its actions do something now, and where one can turn to."""

from __future__ import annotations

from screener.forms.model import Question
from screener.screening.session import Session

_OF_THE_INTERVIEW = frozenset(("next_theme", "previous_theme", "add_reading", "next_open"))


def idle_actions(session: Session, *, interview: bool, critical: bool) -> frozenset[str]:
    """The actions that would do nothing. `interview`: it is shown; `critical`: a time-critical item is listed."""
    history = session.history
    nothing = {"undo": history.undo_name is None, "redo": history.redo_name is None, "time_critical": not critical}
    idle = frozenset(action_id for action_id, idle in nothing.items() if idle)
    return idle if interview else idle | _OF_THE_INTERVIEW


def questions_to_go_to(session: Session) -> list[tuple[Question, str]]:
    """The questions that are asked, each with its theme's title.

    While somebody else is in the room sensitive ones are not among them.
    """
    asked = [question for question in session.questions.values() if session.is_shown(question.id)]
    return [(q, session.pack.theme_of[q.id].title) for q in asked if session.alone or not q.sensitive]
