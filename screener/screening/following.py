"""What is told at one place of a dose day and answers a question as well: recorded with it, and said to be from there.

It follows for as long as nobody says otherwise under that question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screener.forms.course import Course, Due, WithoutMedicines
from screener.language import kept
from screener.rules.facts import Facts
from screener.rules.readings import taken
from screener.rules.values import Medicines, Reading, Readings
from screener.screening.answers import OBSERVED, PATIENT, Recorded
from screener.screening.steps import VisitField

AS_READ = kept("As the readings say")
AS_NAMED = kept("As the product of this visit")
AS_ON_THE_LIST = kept("As the list of medicines says")
ORIGINS = (AS_READ, AS_NAMED, AS_ON_THE_LIST)
"""Notes that say where an answer is from. They go when somebody says another thing."""
_OF_THE_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Told:
    """What a question is answered with, by whom, and where that is from; no value: nothing tells it any more."""

    question: str
    raw: str | None
    by: str
    note: str


def told(
    course: Course, facts: Facts, recorded: Mapping[str, Recorded], visit: Mapping[VisitField, str], changed: str
) -> Iterator[Told]:
    """What this change tells of other questions: of a question, or of the product of this visit."""
    if changed == "product":
        yield Told(course.product, course.named(visit["product"]), OBSERVED, AS_NAMED)
    if changed in (course.readings, course.product):
        yield from _of_readings(course, facts, recorded, visit["visit_date"])
    none = course.without_medicines
    if none is not None and changed in (none.list, none.complete):
        yield from _of_medicines(none, facts, recorded)


def follows(held: Recorded | None, now: Told) -> bool:
    """Whether that is recorded: where nothing stands, or what stands is from there and says another thing."""
    if held is None:
        return now.raw is not None
    entry = held.entries[0]
    return len(held.entries) == 1 and (entry.by, entry.note) == (now.by, now.note) and entry.raw != now.raw


def given_way(held: Recorded, by: str) -> Recorded | None:
    """What stands once this informant says something: what nobody said but another place of the day goes."""
    for entry in held.entries:
        if entry.note in ORIGINS and entry.by != by:
            return held.without(entry.by)
    return held


def _of_readings(course: Course, facts: Facts, recorded: Mapping[str, Recorded], day: str) -> Iterator[Told]:
    held, value, product = recorded.get(course.readings), facts.of(course.readings).value, facts.of(course.product)
    items = [reading for reading in value.items if taken(reading)] if isinstance(value, Readings) else []
    by = held.given.effective.by if held is not None and not held.given.differ else PATIENT
    for due in course.due:
        if product.value in due.products:
            yield from _of_phase(due, [reading for reading in items if reading.phase == due.phase], day, by)


def _of_medicines(told: WithoutMedicines, facts: Facts, recorded: Mapping[str, Recorded]) -> Iterator[Told]:
    """Whoever takes no medicine at all takes none of a kind."""
    listed, held = facts.of(told.list).value, recorded.get(told.list)
    none = isinstance(listed, Medicines) and not listed.items and facts.of(told.complete).value == "yes"
    by = held.given.effective.by if held is not None and not held.given.differ else PATIENT
    for question, option in told.answers.items():
        yield Told(question, option if none else None, by, AS_ON_THE_LIST)


def _of_phase(due: Due, found: list[Reading], day: str, by: str) -> Iterator[Told]:
    """Whether one was taken, and when the first one was."""
    if due.asked_whether is not None:
        yield Told(due.asked_whether, "yes" if found else None, by, AS_READ)
    if due.asked_at is not None:
        at = next((reading.at for reading in found if _OF_THE_CLOCK.fullmatch(reading.at or "")), None)
        yield Told(due.asked_at, f"{day}T{at}" if at else None, by, AS_READ)
