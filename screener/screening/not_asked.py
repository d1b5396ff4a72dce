"""Questions of a theme that are not asked now, and why: hidden by answers, waiting for some, or for their turn."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from screener.forms.words import STATE_WORDS, answer_words
from screener.language import KEPT, WINDOW, Voice
from screener.rules.values import State
from screener.screening.progress import ASKED_KINDS
from screener.screening.session import Session


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Questions that the same answers keep from being asked."""

    because: tuple[str, ...]
    """Those answers, each as `label: answer`, in form order."""
    waiting: bool
    """Nobody has said yet what decides whether they are asked."""
    decided_by: tuple[str, ...]
    """The questions that decide."""
    questions: tuple[str, ...]
    """In form order."""
    kept: tuple[str, ...]
    """Those of them that were answered before; their answers are kept."""


def not_asked(session: Session, theme_id: str) -> list[NotAsked]:
    """The questions of a theme that are not shown, together where the same answers hide them."""
    found: dict[frozenset[str], list[str]] = {}
    for hidden in session.hidden():
        if session.pack.theme_of[hidden.question].id == theme_id:
            found.setdefault(hidden.because, []).append(hidden.question)
    groups = []
    for because, questions in found.items():
        decided_by = tuple(q for q in session.questions if q in because)
        groups.append(
            NotAsked(
                because=tuple(answers_in_words(session, because, WINDOW)),
                waiting=all(session.state(q) in (State.NOT_ASKED, State.COME_BACK) for q in decided_by),
                decided_by=decided_by,
                questions=tuple(q for q in session.questions if q in questions),
                kept=tuple(q for q in session.questions if q in questions and q in session.recorded),
            )
        )
    order = list(session.questions)
    return sorted(groups, key=lambda group: order.index(group.questions[0]))


def answers_in_words(session: Session, question_ids: Iterable[str], say: Voice = KEPT) -> list[str]:
    """Answers as they stand, each as `label: answer`, in form order."""
    found = []
    for question_id in (q for q in session.questions if q in question_ids):
        given = session.answers.get(question_id)
        question = session.questions[question_id]
        said = answer_words(question, given, brief=True, say=say) if given else say.word(STATE_WORDS[State.NOT_ASKED])
        found.append(f"{question.label}: {said}")
    return found


def next_not_recorded(session: Session, after: str | None) -> str | None:
    """The next question, in form order, under which nothing is recorded; None where there is none further on."""
    return next(iter(_not_recorded(session, after)), None)


def next_asked(session: Session, after: str | None) -> str | None:
    """Where the keyboard goes by itself: the next one without an answer that is asked as a matter of course.

    What is asked at need comes first where this answer calls for it, also where it stands before.
    """
    called = [q for q in _not_recorded(session) if after in session.questions[q].at_need and is_called_for(session, q)]
    further = (q for q in _not_recorded(session, after) if is_called_for(session, q))
    return next(iter((*called, *further)), None)


def is_called_for(session: Session, question_id: str) -> bool:
    """Whether a question is asked as things stand: as a matter of course, or because an answer calls for it.

    What only rules of profiles read that were not chosen here is not.
    """
    if question_id in session.rules.read_elsewhere:
        return False
    callers = [q for q in session.questions[question_id].at_need if q in session.questions]
    return not callers or any(_calls(session, caller) for caller in callers)


def _calls(session: Session, question_id: str) -> bool:
    """Any answer but the harmless one; one that is not known, declined or told in two ways calls too."""
    state, worse = session.state(question_id), session.questions[question_id].worse
    if state is State.ANSWERED and worse in ("yes", "no"):
        return session.answers[question_id].value == worse
    return state is not State.NOT_ASKED


def _not_recorded(session: Session, after: str | None = None) -> list[str]:
    order = [q.id for q in session.questions.values() if session.is_shown(q.id) and q.kind in ASKED_KINDS]
    begins = order.index(after) + 1 if after in order else 0
    return [q for q in order[begins:] if session.state(q) is State.NOT_ASKED]


def waiting_for_their_turn(session: Session, theme_id: str, opened: Collection[str]) -> tuple[str, ...]:
    """The sensitive questions of a theme whose turn has not come.

    They are asked one at a time: each is in sight once the one before is settled. `opened` have been in sight before,
    and stay.
    """
    sensitive = [q.id for q in session.shown_in(theme_id) if q.sensitive and q.kind in ASKED_KINDS]
    waiting = [q for q in sensitive if q not in opened and session.state(q) is State.NOT_ASKED]
    one_is_open = any(q in opened and session.state(q) is State.NOT_ASKED for q in sensitive)
    return tuple(waiting if one_is_open else waiting[1:])
