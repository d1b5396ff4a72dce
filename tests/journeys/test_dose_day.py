"""An ordinary dose day by keys alone: before the dose, the dose, forty minutes on, leaving; and how many keys."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytestqt.qt_compat import qt_api

from tests.journeys.conftest import Start
from tests.journeys.person import Person
from tests.journeys.test_afterwards import sign_as_incomplete
from tests.journeys.ways import PASSPHRASE, set_up, turn_to

pytestmark = pytest.mark.slow
QApplication = qt_api.QtWidgets.QApplication

TWO_MINUTES = 240
"""Keys, at two a second, which is slow; typed text and the two passphrases among them."""
EVERYTHING_HELD = ("1", "2", "3", "4", "5", "6", "7", "8")

Keys = tuple[str, ...]
"""Keys to press one after another; what begins with an apostrophe is typed."""

BEFORE: dict[str, Keys] = {
    "Age": ("'52",),
    "Product of today's dose": ("1",),
    "New since the last visit": ("8",),
    "Dose planned today": ("1",),
    "Planned time of the dose": ("'1010",),
    "Last time of eating": ("'630",),
    "Last time of drinking": ("'800",),
    "Nasal steroid or decongestant today": ("2",),
    "Blood pressure and pulse": ("'128/82 71", "Ctrl+R", "'126/80 70"),
    "Symptoms now": ("8",),
    "Conditions of measurement": EVERYTHING_HELD,
    "Earlier session with readings": ("2",),
    "Intoxicated or in withdrawal now": ("3",),
    "Medicines changed since the last visit": ("2",),
    "Another source of ketamine": ("2",),
    "Medicines: add a medicine by its name or trade name": ("Tab", "Space"),
    "List of medicines complete": ("1",),
    "Blood pressure medicine today": ("1",),
    "Psychotic symptoms now": ("2",),
    "Worse since the last dose": ("2",),
    "C-SSRS screener": (),
    "Day of the C-SSRS": (),
    "Thoughts of harm now": ("2",),
    "Contact for a crisis": ("1",),
    "That contact, and how to reach them": ("'Partner",),
    "Alone with a baby on the day of a dose": ("2",),
    "Pregnancy possible, today": ("2",),
    "Pulse oximeter on site today": ("1",),
    "Health professional on site today": ("1",),
    "Prescriber on site today": ("1",),
    "Oxygen saturation today": ("'98",),
    "Reaction in progress": ("4",),
}
FIRST_TIME: dict[str, Keys] = {
    "Way home arranged": ("1",),
    "Way home, with whom": ("'Partner",),
    "Adult at home after the session": ("1",),
    "At home after the session, who": ("'Partner",),
}
THE_SAME: dict[str, Keys] = {
    "Way home arranged": ("S",),
    "Way home, with whom": ("Alt+S",),
    "Adult at home after the session": ("S",),
    "At home after the session, who": ("Alt+S",),
}
AFTER: dict[str, Keys] = {
    "Blood pressure and pulse": (),
    "C-SSRS screener": (),
    "Day of the C-SSRS": (),
    "Measured about 40 minutes after the dose": ("1",),
    "Time of that reading": ("'10:58",),
    "Pressure falling after the dose": ("1",),
    "Stable 2 hours after the dose": ("1",),
    "Time of leaving": ("'12:20",),
    "Assessed before leaving": ("1",),
    "Agreed today, no driving until tomorrow": ("1",),
}


class Counting(Person):
    """A person whose keys are counted, each sign of what is typed among them."""

    keys = 0

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        super().press(*keys)

    def type(self, text: str) -> None:
        self.keys += len(text)
        super().type(text)


class WallClock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self._moment = datetime(2026, 11, 19, 9, 0).astimezone()

    def now(self) -> datetime:
        return self._moment

    def turn(self, day: int, hour: int, minute: int) -> None:
        self._moment = self._moment.replace(day=day, hour=hour, minute=minute)


@pytest.fixture
def clock() -> WallClock:
    return WallClock()


@pytest.fixture
def nurse(start: Start, clock: WallClock) -> Counting:
    person = start(clock=clock)
    return Counting(person._wait_until, person._window)


def confirm(person: Person) -> None:
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")
    person.waits_until(lambda: bool(person.focus_name) and not person.hears("This is the person"))


def answer(person: Person, told: dict[str, Keys], last: str) -> None:
    """Answer each question as it comes, and go on to the next that is not recorded, up to the last."""
    for _ in range(2 * len(told)):
        question = next((label for label in told if person.hears(label)), None)
        if question is None and person.hears("Taken in the last 24 hours"):
            person.press(str(place_of(person, "Taken in the last 24 hours: None of these")))
        elif question is not None:
            for key in told[question]:
                person.type(key[1:]) if key.startswith("'") else person.press(key)
        else:
            raise AssertionError(f"nobody told what to say to {person.focus_name}")
        if question == last:
            return
        person.press("Ctrl+Down")
    raise AssertionError("there is no end of questions")


def place_of(person: Person, option: str) -> int:
    """The digit that picks an option: its place among those of its question."""
    options = [line for line in person.reads().splitlines() if line.startswith(option.partition(":")[0] + ": ")]
    return options.index(option) + 1


def begin(person: Person) -> None:
    """From the list of the day: the pathway is chosen, the visit is today's."""
    person.press("Ctrl+N")
    person.waits_for("What is being considered")
    person.type("SYN-0042")
    person.press("Ctrl+Return")
    confirm(person)


def sign(person: Person, key: str) -> None:
    person.press(key)
    confirm(person)
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Signed 2", "Report, page 1")


def last_week(person: Person, clock: WallClock) -> None:
    """The dose day before this one, signed; then it is today, in the list of the day, and nobody is here yet."""
    set_up(person)
    person.press("Ctrl+D")
    person.waits_for("Dose day", "19 Nov 2026", "Nobody yet today")
    begin(person)
    answer(person, BEFORE | FIRST_TIME, "Reaction in progress")
    sign_as_incomplete(person)
    person.press("Escape")
    person.waits_for("whole, 09:00, incomplete")
    clock.turn(26, 9, 40)
    person.waits_for("26 Nov 2026", "Nobody yet today")


def test_an_ordinary_dose_day_takes_fewer_keys_than_two_minutes_hold(nurse: Counting, clock: WallClock) -> None:
    person = nurse
    last_week(person, clock)
    person.keys = 0

    begin(person)
    person.waits_for("1 earlier record")
    answer(person, BEFORE | THE_SAME, "Reaction in progress")
    person.press("F6")
    person.waits_for("Before the dose: not signed", "After the dose: not signed", "Sign the part before the dose…")
    sign(person, "Ctrl+Shift+P")
    person.press("Escape")
    person.waits_for("Before the dose: signed 09:40 by Clinician A", "After the dose: not signed")
    person.press("Ctrl+H")
    person.waits_for("at 09:40", "no dose recorded", "before the dose, 09:40")

    clock.turn(26, 10, 12)
    person.press("Return")
    confirm(person)
    person.press("Ctrl+Down")
    assert person.hears("Time of the dose")
    person.activate("Time of the dose: now")
    person.press("Ctrl+H")
    person.waits_for("due 10:52, none recorded", "in 40 min")
    clock.turn(26, 10, 58)
    person.waits_for("due 10:52, none recorded", "6 min ago")

    person.press("Return")
    confirm(person)
    person.press("Ctrl+R")
    assert person.hears("Blood pressure and pulse, reading 3: systolic")
    person.type("140/88 75")
    person.press("Ctrl+H")
    person.waits_for("at 10:58", "last 140/88")

    clock.turn(26, 12, 20)
    person.press("Return")
    confirm(person)
    answer(person, AFTER, "Agreed today, no driving until tomorrow")
    person.press("F6")
    person.waits_for("Before the dose: signed 09:40", "After the dose: not signed")
    sign(person, "Ctrl+Shift+Return")
    person.press("Escape")
    person.waits_for("before the dose, 09:40", "after the dose, 12:20")
    assert person.keys < TWO_MINUTES, f"{person.keys} keys"


def test_what_is_not_asked_today_stays_unknown_and_is_marked(nurse: Counting, clock: WallClock) -> None:
    person = nurse
    last_week(person, clock)
    begin(person)
    turn_to(person, "Support, preparation and integration")
    person.waits_for("19 Nov, not asked today: yes", "Way home arranged: asked today, same")
    assert not person.sees("use the earlier answer")
    person.press("E")
    assert person.sees("19 Nov, not asked today: yes")
    person.press("S")
    person.waits_for("Asked today, same as 19 Nov: yes", "19 Nov, not asked today: Partner")
    person.press("Ctrl+Z")
    person.waits_for("19 Nov, not asked today: yes")
    person.press("Ctrl+Shift+C")
    person.waits_for("Copied as chart text")
    assert "19 Nov 2026, not asked today: yes" in QApplication.clipboard().text()
    for theme in ("Pregnancy and lactation", "Suicidality and safety"):
        person.press("Ctrl+PgUp")
        assert theme in person.surroundings
        assert not person.sees("not asked today")
