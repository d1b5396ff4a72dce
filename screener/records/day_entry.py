"""What a line over the list of a dose day records in a screening, and what of it is to be looked at there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from screener.forms.answering import NONE_TAKEN, NotAnAnswer, doubts
from screener.forms.course import Course
from screener.forms.evaluation import RuleOutcome
from screener.forms.model import TIERS
from screener.forms.shorthand import Typed
from screener.forms.words import value_words
from screener.language import WINDOW, tr, tr_n
from screener.records.day_line import Deed, Moment
from screener.rules.expressions import Ask
from screener.rules.values import State
from screener.screening.answers import PATIENT
from screener.screening.change import Change
from screener.screening.course import phase_of_now
from screener.screening.not_asked import next_asked
from screener.screening.saying import Saying
from screener.screening.session import Session

_NAMED = 2
"""More items than these are counted and not named: the list names them."""


@dataclass(frozen=True, slots=True)
class Entered:
    """It is recorded. `look_at`: the question where there is more to say or to look at; `news`: in words.

    A note that is newly listed is told of and opens nothing.
    """

    change: Change
    said: str
    look_at: str = ""
    news: str = ""


@dataclass(frozen=True, slots=True)
class NotEntered:
    """Nothing was recorded: at this question, and why not."""

    look_at: str
    why: str


class _KeptBack(Exception):  # noqa: N818 - it says what happened
    """Carries a `NotEntered`."""

    def __init__(self, look_at: str, why: str) -> None:
        super().__init__(why)
        self.told = NotEntered(look_at, why)


def enter(session: Session, tells: Typed | Moment) -> Entered | NotEntered:
    """Record a reading, or a time, as the patient's account of now, as the question's own line would."""
    course = session.rules.pathway.course
    assert course is not None, "only a dose day stands in that list"
    question = _question(course, tells)
    without_phase = isinstance(tells, Typed) and phase_of_now(session) == ""
    try:
        sayings = [*_sayings(session, course, tells)]
        change = session.answer_together(sayings)
    except _KeptBack as kept_back:
        return kept_back.told
    except NotAnAnswer as wrong:
        return NotEntered(question, str(wrong))
    said = "; ".join(f"{session.questions[one.question].label}: {_words(session, one, tells)}" for one in sayings)
    again = [*_doubts(session, sayings)]
    listed = [flag.after for flag in change.flags if flag.newly_listed]
    news = [tr("Please look again: {found}.").format(found="; ".join(again))] if again else []
    if listed:
        news.append(_newly_listed(listed))
    if without_phase:
        news.append(tr("Between the times that a source names, say which reading this is."))
    leaving = isinstance(tells, Moment) and tells.deed is Deed.LEAVING
    shown = again or without_phase or any(one.tier != "note" for one in listed)
    look_at = question if shown else (next_asked(session, course.given_at) or "") if leaving else ""
    return Entered(change, said, look_at, " ".join(news))


def _newly_listed(found: Sequence[RuleOutcome]) -> str:
    """The first of them by name, what cannot wait before anything else, and how many more there are."""
    ordered = sorted(found, key=lambda one: TIERS.index(one.tier))
    titles, more = "; ".join(one.title for one in ordered[:_NAMED]), len(ordered) - _NAMED
    if more > 0:
        titles = tr_n("{named} and 1 more", "{named} and {n} more", more, named=titles)
    return tr_n("Newly listed: {titles}.", "Newly listed, {n} items: {titles}.", len(ordered), titles=titles)


def planned(session: Session, at: str) -> list[Saying]:
    """That a dose is planned at this time of today, `HH:MM`, with the yes that it hangs on."""
    course = session.rules.pathway.course
    if course is None or course.planned_at is None:
        return []
    hangs_on = session.questions[course.planned_at].shown_when
    gate = [Saying(hangs_on.ask, "yes")] if isinstance(hangs_on, Ask) else []
    return [*gate, Saying(course.planned_at, f"{session.visit['visit_date']}T{at}")]


def _question(course: Course, tells: Typed | Moment) -> str:
    if isinstance(tells, Typed):
        return course.readings
    return course.given_at if tells.deed is Deed.DOSE else course.left_at


def _sayings(session: Session, course: Course, tells: Typed | Moment) -> Iterator[Saying]:
    question, now = _question(course, tells), session.clock.now()
    if session.visit_date != now.date():
        said = tr("The visit date is {visit}; today is {day}.")
        raise _KeptBack("", said.format(visit=session.visit_date, day=now.date()))
    if not session.is_shown(question):
        raise _KeptBack("", tr("{question} is not asked in this screening.").format(question=_label(session, question)))
    if isinstance(tells, Moment):
        _is_free(session, question)
        at = tells.at or f"{now:%H:%M}"
        if at > f"{now:%H:%M}":
            said = tr("{time} is still to come; it is {now}.")
            raise _KeptBack(question, said.format(time=at, now=f"{now:%H:%M}"))
        yield Saying(question, f"{session.visit['visit_date']}T{at}")
        return
    yield Saying(question, [*_rows(session, question), *_new_rows(session, tells)])
    if tells.saturation is not None:
        beside = course.saturation
        if beside is None or not session.is_shown(beside):
            raise _KeptBack(question, tr("No saturation is asked in this screening."))
        _is_free(session, beside)
        yield Saying(beside, tells.saturation)


def _is_free(session: Session, question: str) -> None:
    if session.state(question) is not State.NOT_ASKED:
        label, answer = _label(session, question), session.answers.get(question)
        value = answer.value if answer is not None else None
        held = tr("an answer") if value is None else value_words(session.questions[question], value, say=WINDOW)
        raise _KeptBack(question, tr("{question}: {value} is recorded already.").format(question=label, value=held))


def _rows(session: Session, question: str) -> Sequence[Any]:
    """The readings that are there; where they are somebody else's account, it is said there who measured."""
    held = session.recorded.get(question)
    if held is None:
        return ()
    entry = held.entry_of(PATIENT)
    if entry is None or len(held.entries) > 1 or entry.state is not State.ANSWERED:
        raise _KeptBack(question, tr("Another account of the readings is recorded."))
    return () if entry.raw == NONE_TAKEN else list(entry.raw)


def _new_rows(session: Session, tells: Typed) -> Iterator[dict[str, Any]]:
    phase, now = phase_of_now(session), session.clock.now()
    for figures in tells.readings:
        told = dict(zip(("systolic", "diastolic", "pulse"), figures, strict=False))
        yield told | ({"phase": phase} if phase else {}) | {"at": f"{now:%H:%M}"}


def _doubts(session: Session, sayings: Sequence[Saying]) -> Iterator[str]:
    for one in sayings:
        value = session.answers[one.question].value
        if value is not None:
            yield from doubts(session.questions[one.question], value, session.visit_date, WINDOW)


def _words(session: Session, one: Saying, tells: Typed | Moment) -> str:
    """A time without its day, which is today; of the readings those that are new."""
    value = session.answers[one.question].value
    if isinstance(value, datetime):
        return f"{value:%H:%M}"
    if isinstance(tells, Typed) and isinstance(one.raw, list):
        return tells.words
    return "" if value is None else value_words(session.questions[one.question], value, say=WINDOW)


def _label(session: Session, question: str) -> str:
    return session.questions[question].label
