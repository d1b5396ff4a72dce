"""Questions of one look: what the clinician sees together, each with its own answer and offered as one."""

from __future__ import annotations

from screener.rules.values import State
from screener.screening.session import Session


def open_together(session: Session, question_id: str) -> tuple[str, ...]:
    """The questions of one look with this one that are open, in order; none where this one is not, or is alone."""
    word = session.questions[question_id].together
    if not word or session.state(question_id) is not State.NOT_ASKED:
        return ()
    theme = session.pack.theme_of[question_id].id
    found = [q.id for q in session.shown_in(theme) if q.together == word and session.state(q.id) is State.NOT_ASKED]
    return tuple(found) if len(found) > 1 else ()
