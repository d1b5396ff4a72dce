"""What the palette offers of an open screening: which of its actions do something now, and where one can turn to."""

from __future__ import annotations

from screener.forms.model import Question
from screener.screening.session import Session
from screener.ui.screening.inside import Room

_OF_THE_INTERVIEW = frozenset(("next_theme", "previous_theme", "add_reading", "next_open", "sign_part", "sign"))


def idle_actions(session: Session, room: Room | None, *, interview: bool, critical: bool) -> frozenset[str]:
    """The actions that would do nothing, or something that nobody sees.

    `room`: what a page of another area shows; `interview`: it is shown; `critical`: a time-critical item is listed.
    """
    history, hidden = session.history, room not in (None, "check")
    nothing = {
        "undo": hidden or history.undo_name is None,
        "redo": hidden or history.redo_name is None,
        "time_critical": not critical,
        "history": room == "records",
        "rules": room == "rules",
        "hand_over": room == "hand-over",
        "answers_file": room == "file",
        **dict.fromkeys(_OF_THE_INTERVIEW, not interview),
    }
    return frozenset(action_id for action_id, idle in nothing.items() if idle)


def questions_to_go_to(session: Session) -> list[tuple[Question, str]]:
    """The questions that are asked, each with its theme's title.

    While somebody else is in the room sensitive ones are not among them.
    """
    asked = [question for question in session.questions.values() if session.is_shown(question.id)]
    return [(q, session.pack.theme_of[q.id].title) for q in asked if session.alone or not q.sensitive]
