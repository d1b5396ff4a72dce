"""How far a dose day has come, read off its answers: readings before, the dose, what is due after it, leaving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from screener.forms.course import Course, Due
from screener.forms.words import reading_words
from screener.rules.readings import BEFORE_ANY_DOSE, taken
from screener.rules.values import Reading, Readings, State
from screener.screening.not_asked import next_asked
from screener.screening.part_names import AFTER, BEFORE
from screener.screening.session import Session


@dataclass(frozen=True, slots=True)
class Measured:
    """Readings in words, and when the last of them was taken; empty where nobody said."""

    words: str
    at: str
    phase: str


@dataclass(frozen=True, slots=True)
class DueReading:
    """A reading that a source names: its phase, the local moment it is due in ISO form, and whether one is recorded."""

    phase: str
    at: str
    recorded: bool


@dataclass(frozen=True, slots=True)
class CourseSoFar:
    """A dose day as its answers tell it now. Moments are local and in ISO form; empty where nothing is recorded."""

    begun_at: str
    planned_at: str
    product: str
    before: Measured | None
    given_at: str
    after: Measured | None
    """The last reading after the dose."""
    due: tuple[DueReading, ...]
    left_at: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"due": [asdict(due) for due in self.due]}


def course_so_far(session: Session) -> CourseSoFar | None:
    """How far the day has come; None on a pathway that is no dose day."""
    course = session.rules.pathway.course
    if course is None:
        return None
    given, readings = _moment(session, course.given_at), _readings(session, course)
    first = [reading for reading in readings if reading.phase in (*BEFORE_ANY_DOSE, None)]
    later = [reading for reading in readings if reading not in first]
    return CourseSoFar(
        begun_at=session.opening.begun_at,
        planned_at=_iso(_moment(session, course.planned_at)),
        product=_product(session, course),
        before=_measured(first),
        given_at=_iso(given),
        after=_measured(later[-1:]),
        due=tuple(_due(due, given, later) for due in _wanted(session, course)) if given is not None else (),
        left_at=_iso(_moment(session, course.left_at)),
    )


def part_name(session: Session) -> str:
    """What a part that is signed now is called; empty on a pathway that is no dose day."""
    course = session.rules.pathway.course
    if course is None:
        return ""
    return BEFORE if _moment(session, course.given_at) is None else AFTER


def part_done(session: Session, question_id: str) -> str:
    """The part of a dose day that ends with an answer to this question; empty while something of it is still asked.

    Before the dose nothing is left but what is asked from the dose on; after it, the person has left as well.
    """
    course = session.rules.pathway.course
    if course is None:
        return ""
    first, order = next_asked(session, None), list(session.questions)
    if _moment(session, course.given_at) is not None:
        return AFTER if first is None and _moment(session, course.left_at) is not None else ""
    ends = order.index(course.given_at)
    return BEFORE if order.index(question_id) < ends and (first is None or order.index(first) >= ends) else ""


def go_on_at(session: Session, question_id: str) -> str:
    """Where one goes on who comes back to a dose day and was at this question last.

    At the readings, while one is due. There, while nothing is recorded under it. Else at the next one without an
    answer; once the dose was given, at the first of those that are asked after it: what was passed over before it was
    passed over.
    """
    course = session.rules.pathway.course
    if course is not None and is_reading_due(session):
        return course.readings
    if course is None or session.state(question_id) is State.NOT_ASKED:
        return question_id
    order = list(session.questions)
    given = _moment(session, course.given_at) is not None
    after = max(question_id, course.given_at, key=order.index) if given else question_id
    return next_asked(session, after) or question_id


def phase_of_now(session: Session) -> str | None:
    """The phase of a reading that is taken now on a dose day: before the dose, or the one that is due at this moment.

    Empty after the dose where none is due now: then only the person who measures knows. None on another pathway.
    """
    course = session.rules.pathway.course
    if course is None:
        return None
    given = _moment(session, course.given_at)
    if given is None:
        return "before"
    now = session.clock.now().replace(tzinfo=None, second=0, microsecond=0)
    recorded = {reading.phase for reading in _readings(session, course)}
    for due in _wanted(session, course):
        off = abs(now - given - timedelta(minutes=due.after_min))
        if due.phase not in recorded and off <= timedelta(minutes=due.around_min):
            return due.phase
    return ""


def is_reading_due(session: Session) -> bool:
    """Whether a reading that a source names for a time after the dose is taken now."""
    return phase_of_now(session) not in (None, "", "before")


def _wanted(session: Session, course: Course) -> Iterable[Due]:
    product = session.facts.of(course.product).value
    return (due for due in course.due if product in due.products)


def _due(due: Due, given: datetime, later: Iterable[Reading]) -> DueReading:
    recorded = any(reading.phase == due.phase for reading in later)
    return DueReading(due.phase, _iso(given + timedelta(minutes=due.after_min)), recorded)


def _measured(readings: list[Reading]) -> Measured | None:
    if not readings:
        return None
    times = [reading.at for reading in readings if reading.at]
    said = ", ".join(reading_words(reading, brief=True) for reading in readings)
    return Measured(said, times[-1] if times else "", readings[-1].phase or "")


def _readings(session: Session, course: Course) -> list[Reading]:
    value = session.facts.of(course.readings).value
    return [reading for reading in value.items if taken(reading)] if isinstance(value, Readings) else []


def _moment(session: Session, question_id: str | None) -> datetime | None:
    value = session.facts.of(question_id).value if question_id is not None else None
    return value if isinstance(value, datetime) else None


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="minutes")


def _product(session: Session, course: Course) -> str:
    value = session.facts.of(course.product).value
    return session.questions[course.product].option_text(value) if isinstance(value, str) else ""
