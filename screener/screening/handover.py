"""The screen in the patient's own hands: its beginning and end, what is asked in it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from screener.forms.evaluation import RuleOutcome
from screener.forms.model import Question
from screener.forms.words import account_words, by_words
from screener.language import WINDOW, tr
from screener.rules.expressions import questions_read
from screener.rules.values import Kind, State
from screener.screening.answers import Recorded
from screener.screening.change import Change
from screener.screening.on_screen import LeftOut, for_patient, left_out, on_screen
from screener.screening.session import Session
from screener.screening.steps import Answered, HandOver, HandOverEnd

_TYPED = (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.DATETIME)
TAKEN_BACK = tr("no answer")


def begin(session: Session, theme_id: str, by: str, *, again: bool) -> Change:
    """Give the screen to the patient for one theme. `again`: also for questions that have an answer already."""
    answered = tuple(q.id for q in session.shown_in(theme_id) if q.id in session.recorded)
    now = session.clock.now().isoformat(timespec="seconds")
    name = f"handover-{len(session.handovers) + 1}"
    return session.hand_over(HandOver(name, theme_id, by, now, again, answered))


def end(session: Session, how: HandOverEnd) -> Change:
    """The screen came back, or was locked."""
    handed = session.handed_over
    assert handed is not None, "only what was handed over comes back"
    now = session.clock.now().isoformat(timespec="seconds")
    return session.hand_over(replace(handed, ended_at=now, ended=how))


def look_at(session: Session, handover: HandOver) -> Change:
    """The clinician has seen what came of it."""
    now = session.clock.now().isoformat(timespec="seconds")
    return session.hand_over(replace(handover, seen_at=now))


def unseen(session: Session) -> HandOver | None:
    """The last hand-over that ended and that nobody has looked at."""
    return next((one for one in reversed(session.handovers.values()) if one.ended and not one.seen_at), None)


def asked(session: Session, handover: HandOver) -> list[Question]:
    """The questions that this hand-over puts on the screen now, in order."""
    found = on_screen(session, handover.theme)
    return found if handover.again else [q for q in found if q.id not in handover.answered_before]


def follows(session: Session, question: Question, by: str) -> list[tuple[str, str]]:
    """The questions that this one follows from, in words for patients, each with what this informant said to it.

    One without words for patients is left out: a patient reads nothing that is worded for the clinician.
    """
    asked_before = [one for one in _decide(session, question) if one.for_patient]
    return [(for_patient(one).text, words_of(session.recorded.get(one.id), by)) for one in asked_before]


def _decide(session: Session, question: Question) -> list[Question]:
    """The questions that decide whether this one is shown, in order."""
    read = () if question.shown_when is None else questions_read(question.shown_when)
    return [one for one in session.questions.values() if one.id in read]


def brought(session: Session, handover: HandOver) -> list[Question]:
    """The questions whose answer was given in this hand-over and stands, in order.

    What a later one asked again is the answer of that one.
    """
    names = list(session.handovers)
    later = names[names.index(handover.id) + 1 :]
    mine, theirs = _told_in(session, (handover.id,)), _told_in(session, later)
    return [
        question
        for question in session.questions.values()
        if question.id in mine - theirs and words_of(session.recorded.get(question.id), handover.by)
    ]


def _told_in(session: Session, handovers: Iterable[str]) -> set[str]:
    return {step.question.id for name in handovers for step in session.told_on_screen.get(name, ())}


def words_of(recorded: Recorded | None, by: str) -> str:
    """What one informant said under a question; nothing where they said nothing."""
    if recorded is None:
        return ""
    said = next((account for account in recorded.given.accounts if account.by == by), None)
    return "" if said is None else account_words(recorded.question, said, brief=True, say=WINDOW)


@dataclass(frozen=True, slots=True)
class Told:
    """A question with what was said to it, in words; `before` is what was said first, or by somebody else."""

    question: Question
    words: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of a hand-over, in the order in which a clinician reads it."""

    critical: tuple[RuleOutcome, ...]
    """Time-critical items that an answer of it listed, and that stand."""
    no_longer: tuple[RuleOutcome, ...]
    """Time-critical items that an answer of it listed, and a later answer took back."""
    later: tuple[Told, ...]
    """Put off: the patient wants to come back to it."""
    unanswered: tuple[Question, ...]
    """On the screen, and left without an answer."""
    changed: tuple[Told, ...]
    """Answered, and then answered otherwise."""
    differing: tuple[Told, ...]
    """Where somebody else said something else."""
    answered: tuple[Told, ...]
    left_out: tuple[LeftOut, ...]
    """Never on the screen: for the clinician to ask."""
    unread: tuple[Question, ...]
    """What a question on the screen follows from, and what the patient did not read: it has no words for them."""


def returned(session: Session, handover: HandOver) -> Returned:
    """What came of a hand-over, as the screening stands now."""
    shown = on_screen(session, handover.theme)
    told = [question for question in brought(session, handover) if question in shown]
    put_off = [q for q in told if _state_of(session, q, handover.by) is State.COME_BACK]
    outcomes = [session.outcomes[rule] for rule in handover.critical if rule in session.outcomes]
    return Returned(
        critical=tuple(o for o in outcomes if _is_critical(o)),
        no_longer=tuple(o for o in outcomes if not _is_critical(o)),
        later=tuple(_told(session, q, handover.by) for q in put_off),
        unanswered=tuple(q for q in asked(session, handover) if session.state(q.id) is State.NOT_ASKED),
        changed=tuple(_changed(session, handover)),
        differing=tuple(_differing(session, told, handover.by)),
        answered=tuple(_told(session, q, handover.by) for q in told if q not in put_off),
        left_out=tuple(one for one in left_out(session, handover.theme) if one.question.id not in session.recorded),
        unread=tuple(_unread(session, handover)),
    )


def _unread(session: Session, handover: HandOver) -> list[Question]:
    decide = (one for question in asked(session, handover) for one in _decide(session, question))
    return list({one.id: one for one in decide if not one.for_patient}.values())


def _is_critical(outcome: RuleOutcome) -> bool:
    return outcome.outcome == "listed" and outcome.tier == "time-critical"


def _state_of(session: Session, question: Question, by: str) -> State:
    entry = session.recorded[question.id].entry_of(by)
    return entry.state if entry is not None else State.NOT_ASKED


def _told(session: Session, question: Question, by: str) -> Told:
    return Told(question, words_of(session.recorded.get(question.id), by))


def _differing(session: Session, told: Iterable[Question], by: str) -> Iterable[Told]:
    for question in told:
        recorded = session.recorded[question.id]
        if recorded.given.differ:
            others = (
                f"{by_words(one.by, WINDOW)}: {words_of(recorded, one.by)}" for one in recorded.entries if one.by != by
            )
            yield Told(question, words_of(recorded, by), tuple(others))


def _changed(session: Session, handover: HandOver) -> Iterable[Told]:
    """Answers that were not the first ones. What is typed letter by letter counts once each time it is typed."""
    said: dict[str, list[str]] = {}
    last: Answered | None = None
    for step in session.told_on_screen.get(handover.id, ()):
        words = words_of(step.after, handover.by) or TAKEN_BACK
        so_far = said.setdefault(step.question.id, [])
        if so_far and last is not None and last.question.id == step.question.id and step.question.kind in _TYPED:
            so_far[-1] = words
        elif not so_far or so_far[-1] != words:
            so_far.append(words)
        last = step
    for question_id, so_far in said.items():
        if len(so_far) > 1:
            yield Told(session.questions[question_id], so_far[-1], tuple(so_far[:-1]))
