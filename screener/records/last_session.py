"""The readings of the last session, out of the earlier record that holds them: offered where they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from screener.forms.course import Course, Part
from screener.forms.model import Question
from screener.forms.words import record_of, short_day
from screener.language import KEPT, Voice
from screener.records.earlier import Earlier
from screener.records.sitting import Sitting
from screener.rules.readings import BEFORE_ANY_DOSE, taken, values_of
from screener.rules.values import Reading
from screener.rules.words import figure_words
from screener.screening.answers import Carried
from screener.screening.saying import Saying
from screener.text import moment


@dataclass(frozen=True, slots=True)
class LastSession:
    """What one record holds of a session with readings before and after the dose: the lowest before, the highest after.

    Of several readings before the dose the lowest is taken, so that no rise is made smaller.
    """

    sitting: Sitting
    course: Course
    before: tuple[Decimal, Decimal]
    highest: tuple[Decimal, Decimal]

    def words(self, say: Voice) -> str:
        """`19 Nov 2026: before the dose 126/80, highest after it 140/88`."""
        said = say.tr("{day}: before the dose {before}, highest after it {highest}")
        day = short_day(self.sitting.visit_date, say)
        return said.format(day=day, before=_pressure(self.before), highest=_pressure(self.highest))

    def sayings(self) -> list[Saying]:
        """The questions on the last session as that record answers them, each with where that is from."""
        sitting, last = self.sitting, self.course.last_session
        assert last is not None
        by = record_of(short_day(sitting.visit_date))
        note = KEPT.tr("From the readings in the record of {day}, signed {at} by {signer}").format(
            day=short_day(sitting.visit_date), at=moment(sitting.signed_at), signer=sitting.signer
        )
        held = Carried(sitting.record, sitting.visit_date, sitting.signed_at, sitting.sha256)
        figures = [*_by_part(last.before, self.before), *_by_part(last.highest, self.highest)]
        answers = [(last.had, "yes"), *((question, figure_words(figure)) for question, figure in figures)]
        return [Saying(question, raw, by, note, held) for question, raw in answers]


def last_session(
    earlier: Earlier, course: Course | None, pathway: str, questions: Mapping[str, Question]
) -> LastSession | None:
    """The latest record of a dose day that holds readings at all; None where it lacks those before or after the dose.

    What lies before it was another session, and not the last one.
    """
    if course is None or course.last_session is None:
        return None
    found = earlier.readings_of(pathway, questions[course.readings])
    if found is None:
        return None
    sitting, items = found[0], [reading for reading in found[1] if taken(reading)]
    first = [reading for reading in items if reading.phase in BEFORE_ANY_DOSE]
    later = [reading for reading in items if reading.phase is not None and reading not in first]
    before, highest = _figures(first, min), _figures(later, max)
    return None if before is None or highest is None else LastSession(sitting, course, before, highest)


def _figures(
    readings: Sequence[Reading], pick: Callable[[Iterable[Decimal]], Decimal]
) -> tuple[Decimal, Decimal] | None:
    systolic, diastolic = values_of(readings, "systolic"), values_of(readings, "diastolic")
    return (pick(systolic), pick(diastolic)) if systolic and diastolic else None


def _by_part(questions: Mapping[Part, str], figures: tuple[Decimal, Decimal]) -> list[tuple[str, Decimal]]:
    systolic, diastolic = figures
    return [(question, systolic if part == "systolic" else diastolic) for part, question in questions.items()]


def _pressure(figures: tuple[Decimal, Decimal]) -> str:
    return "/".join(map(figure_words, figures))
