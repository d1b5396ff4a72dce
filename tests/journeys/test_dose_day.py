"""A morning of ten dose-day visits by keys alone, one beside the other: before, the dose, forty minutes on, leaving.

Everybody was here the week before, with readings before and after that dose. An ordinary visit takes 39 presses where
a text that is typed counts as one, and 188 signs where each sign of such a text counts: at two signs a second, which
is slow, a minute and a half.

Of the 39 presses 25 answer: 21 keys, and four texts that go on by themselves with their last sign (two times, and
the readings with a saturation behind them). Two more are the contact's name and Enter. Eight are four lines over the
list of the day, each a part of the reference, the second mark and what there is to say, and Enter: it begins the
visit with the planned time of the dose, records the dose, records the reading, and records the leaving and opens what
is asked then. Reference and second mark name the person in two ways, and the line says back whom it means and what
Enter does; a line without the mark asks who this is as the strip does. What a line records stays in the list only
where nothing of it is to be looked at: an item that is newly listed, a figure to look at again, or a reading whose
time no source names opens the screening at that place. Four presses are the two passphrases, each with Enter: the
last answer of a part leads there.

What the program knows is not asked twice: the product of the visit says what is given, a reading about 40 minutes
after the dose says that it was taken and when, the record of the last session what was measured there (R, in place of
nine presses), a list with no medicine on it that none was taken for blood pressure. A time that is planned, or who
the contact is, says yes to the question above it. Who takes the person home is asked as the same together with that
somebody does. What the clinician sees at one look (what is on site; the person before leaving) has an answer under
each question, and A says yes to each that is open, by name. The Columbia screener is passed over until worsening,
thoughts of harm, or no word of them calls for it. What no rule of this screening asks for, such as the age under the
US label alone, is passed over too, and says so.

These stay, though they could go:

- *Falling*, *stable* and *assessed* are no list of which one ticks what holds: each has its own time, and whoever
  ticked one while the person is still watched would record "no" under the others. *No driving* is an agreement of the
  person, who is asked.
- *Medicines changed* is what makes an old list known as one.
- *Worse since the last dose* after no psychotic symptoms: mood and thoughts of suicide are another matter.
- The readings of the last session are not filled in without a key: nothing of another day is.
- A reaction in progress is time-critical, and its label a boxed warning: it is asked, not passed over.
- A key that says no to several questions at once would record what nobody asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qt_compat import qt_api

from tests.journeys.conftest import Start
from tests.journeys.dose_days import (
    AFTER,
    BEFORE,
    LINE,
    REFERENCES,
    TODAY,
    WallClock,
    ask,
    begin,
    come_back_to,
    confirm,
    sign,
    stands_on_the_line,
    tell,
)
from tests.journeys.person import Person
from tests.journeys.ways import PASSPHRASE, turn_to, unlock

pytestmark = pytest.mark.slow
QApplication = qt_api.QtWidgets.QApplication

MOST_PRESSES, MOST_SIGNS = 39, 190
"""Of one visit: a text is one press; each sign of it is one sign."""


class Counting(Person):
    """A person whose keys are counted: a text as one press, and each sign of it."""

    presses = signs = 0

    def press(self, *keys: str) -> None:
        self.presses += len(keys)
        self.signs += len(keys)
        super().press(*keys)

    def type(self, text: str) -> None:
        self.presses += 1
        self.signs += len(text)
        super().type(text)


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


@pytest.fixture
def nurse(
    start: Start, clock: WallClock, home: Path, keep_last_week: Callable[[Path, Iterable[str], str], None]
) -> Counting:
    """In front of the list of the day, where nobody is yet."""
    keep_last_week(home, REFERENCES, PASSPHRASE)
    person = start(clock=clock)
    nurse = Counting(person._wait_until, person._window)
    unlock(nurse)
    nurse.waits_for("New screening")
    nurse.press("Ctrl+D")
    nurse.waits_for("Nobody yet today", "Here before, nothing begun today", "last visit 19 Nov 2026")
    return nurse


class Visit:
    """One person's way through the morning, and how many keys it took."""

    def __init__(self, person: Counting, reference: str, planned: datetime) -> None:
        self._person, self.reference = person, reference
        self._dose = planned + timedelta(minutes=25)
        self.presses = self.signs = 0
        self.stages: list[tuple[datetime, Callable[[], None]]] = [
            (planned, self.before),
            (self._dose, self.dose),
            (self._dose + timedelta(minutes=42), self.reading),
            (self._dose + timedelta(minutes=130), self.leaving),
        ]

    def go(self, stage: Callable[[], None]) -> None:
        person = self._person
        presses, signs = person.presses, person.signs
        stage()
        self.presses += person.presses - presses
        self.signs += person.signs - signs

    def before(self) -> None:
        person = self._person
        begin(person, self.reference, f"{self._dose:%H%M}")
        ask(person, BEFORE)
        sign(person, self.reference)
        said = ("128/82 71, 126/80 70 at ", "no dose recorded", "signed: before the dose, ")
        stands_on_the_line(person, self.reference, *said)

    def dose(self) -> None:
        person = self._person
        tell(person, self.reference, "dose", "Enter records: dose given now")
        due = f"due {self._dose + timedelta(minutes=40):%H:%M}, none recorded, in 40 min"
        stands_on_the_line(person, self.reference, f"dose: {self._dose:%H:%M}", due)

    def reading(self) -> None:
        person = self._person
        tell(person, self.reference, "140/88 75", "Enter records: reading 140/88 75")
        stands_on_the_line(person, self.reference, "next reading: last 140/88 75")

    def leaving(self) -> None:
        person = self._person
        tell(person, self.reference, "leaving", "Enter records: leaving now")
        person.waits_for("confirmed by reference and second mark, as they were typed. Recorded. Time of leaving: ")
        ask(person, AFTER)
        sign(person, self.reference)
        stands_on_the_line(person, self.reference, "signed: before the dose, ", "; after the dose, ")


def test_ten_visits_of_a_morning_beside_one_another(
    nurse: Counting, clock: WallClock, record_property: Callable[[str, object], None]
) -> None:
    visits = [Visit(nurse, who, TODAY + timedelta(minutes=5 * place)) for place, who in enumerate(REFERENCES)]
    course = sorted(((*stage, visit) for visit in visits for stage in visit.stages), key=lambda part: part[0])
    for moment, stage, visit in course:
        clock.moment = moment
        visit.go(stage)
    nurse.waits_for(*REFERENCES)
    assert not nurse.sees("Here before, nothing begun today")
    nurse.press("Escape")
    nurse.waits_for("Dose day, 10 today")
    counted = sorted((visit.presses, visit.signs) for visit in visits)
    record_property("said", f"ten visits, each of {counted[-1][0]} presses, {counted[-1][1]} signs")
    assert max(presses for presses, _ in counted) <= MOST_PRESSES, counted
    assert max(signs for _, signs in counted) <= MOST_SIGNS, counted


def test_a_reading_that_has_something_listed_opens_the_screening_where_it_is_looked_at(
    nurse: Counting, clock: WallClock
) -> None:
    person, reference = nurse, REFERENCES[0]
    begin(person, reference)
    person.press("Ctrl+H")
    stands_on_the_line(person, reference, "none recorded")
    tell(person, reference, "186/118 90")
    person.waits_for("as they were typed. Recorded. Blood pressure and pulse: 186/118 90. Newly listed")
    assert "Blood pressure and heart" in person.surroundings
    person.waits_until(lambda: person.hears("Blood pressure and pulse, reading 2: systolic"))
    person.waits_for("Mean pressure above the figure of the US esketamine label")
    person.press("Ctrl+H")
    stands_on_the_line(person, reference, "before the dose: 186/118 90 at 08:30")


def test_without_the_second_mark_the_line_asks_who_this_is(nurse: Counting) -> None:
    person, reference = nurse, REFERENCES[0]
    person.type("101")
    assert "to be looked over" in person.told
    person.press("Return")
    person.waits_for("as at the visit of 19 Nov 2026")
    person.press("Ctrl+Return")
    confirm(person)
    person.press("Ctrl+H")
    stands_on_the_line(person, reference, "none recorded")
    person.type("101 128/82 71")
    assert "Enter asks whether this is the person" in person.told
    person.press("Return")
    assert person.hears("This is the person")
    person.press("Return")
    person.waits_for(
        "Recorded. SYN-0101: Blood pressure and pulse: 128/82 71. Newly listed: Fewer than 2 readings today."
    )
    stands_on_the_line(person, reference, "before the dose: 128/82 71 at 08:30")
    come_back_to(person, reference)
    assert person.hears("New since the last visit")


def test_what_cannot_be_recorded_from_the_list_is_said_in_the_screening_with_what_was_typed(
    nurse: Counting, clock: WallClock
) -> None:
    person, reference = nurse, REFERENCES[0]
    begin(person, reference)
    person.press("Ctrl+H")
    stands_on_the_line(person, reference)
    tell(person, reference, "dose 0829")
    stands_on_the_line(person, reference, "dose: 08:29")
    tell(person, reference, "dose")
    person.waits_for("Not recorded from the list, “101 K 1901 dose”. Time of the dose: ", "is recorded already")
    assert person.hears("Time of the dose")


def test_a_line_that_was_not_entered_waits_through_a_lock(nurse: Counting) -> None:
    person = nurse
    person.type("101 K 19")
    person.press("Ctrl+L")
    unlock(person)
    person.waits_for("New screening")
    person.press("Ctrl+D")
    person.waits_for("101 K 19")
    person.tab_to(LINE)
    person.press("End")
    person.type("01")
    assert "begins today's visit" in person.told


def test_what_is_not_asked_today_stays_unknown_and_is_marked(nurse: Counting) -> None:
    person = nurse
    begin(person, REFERENCES[0])
    turn_to(person, "Support, preparation and integration")
    person.waits_for("19 Nov, not asked today: yes · Way home, with whom: Partner")
    person.waits_for("Way home arranged: asked today, same")
    assert not person.sees("use the earlier answer")
    person.press("E")
    assert person.sees("19 Nov, not asked today: yes")
    person.press("S")
    person.waits_for("Asked today, same as 19 Nov: yes", "Asked today, same as 19 Nov: Partner")
    assert person.hears("Adult at home after the session")
    person.press("Ctrl+Z")
    person.waits_for("19 Nov, not asked today: yes")
    assert person.hears("Way home arranged")
    person.press("Ctrl+Shift+C")
    person.waits_for("Copied as chart text")
    assert "19 Nov 2026, not asked today: yes" in QApplication.clipboard().text()
    for theme in ("Pregnancy and lactation", "Suicidality and safety"):
        person.press("Ctrl+PgUp")
        assert theme in person.surroundings
        assert not person.sees("not asked today")


def test_the_last_session_is_taken_from_its_record_by_one_key_and_says_that_it_is(nurse: Counting) -> None:
    person = nurse
    begin(person, REFERENCES[0])
    turn_to(person, "Blood pressure and heart")
    person.tab_to("Earlier session with readings: Yes")
    person.waits_for("Last session, 19 Nov 2026: before the dose 128/82, highest after it 139/88")
    person.press("R")
    assert person.hears("Intoxicated or in withdrawal now")
    person.press("Ctrl+PgUp")
    person.waits_for("From the readings in the record of 19 Nov 2026", "Record of 19 Nov 2026")
    person.press("Ctrl+Shift+C")
    person.waits_for("Copied as chart text")
    assert "139 mmHg" in QApplication.clipboard().text()
    person.press("Ctrl+Z")
    person.waits_for("Earlier session with readings: as in that record")
    assert person.hears("Earlier session with readings: Yes")
