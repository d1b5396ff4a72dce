"""A first start with no records anywhere: training, one made-up patient to a signature and a debrief, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import Start
from tests.journeys.person import Person
from tests.journeys.ways import turn_to

TITLE = "Screener · training"
VINE = "“We found you in the end, there are two doors with the same letter, my husband said left and it was right.”"
"""The first words of the vine weekend, by which the gallery knows it."""


def training_window(person: Person) -> Person:
    """The same person in front of the training window that stands beside the other one."""
    room = person.turns_to(TITLE)
    room.waits_for("TRAINING · made-up patient · nothing here is kept with real records", "Made-up patients")
    return room


def begin(person: Person, first_words: str) -> None:
    """From the gallery into a rehearsal, with the person on the strip confirmed."""
    person.waits_for(first_words)
    assert not person.sees("The vine weekend"), "a title can give away what is to be found"
    person.activate(f"Practise: {first_words}")
    confirm(person)


def confirm(person: Person) -> None:
    """It is the person on the strip; the screening and the patient card stand there."""
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")
    person.waits_for("The patient", "For clinician review")


@pytest.mark.slow
def test_from_a_first_start_without_records_to_a_debrief(start: Start, home: Path) -> None:
    door = start()
    door.waits_for("Set up records for this clinic", "Try it with a made-up patient")
    door.activate("Try it with a made-up patient")
    person = training_window(door)
    begin(person, VINE)
    turn_to(person, "Medicines and washout")
    person.press("F4")
    person.waits_for("“No medicines, I'm glad to say. At our age we're rather proud of it.”")
    person.press("Shift+F4")
    person.waits_for("It's St John's wort.")
    turn_to(person, "Support, preparation and integration")
    person.activate("Pause")
    person.waits_for("Put aside: it is among the kept rehearsals.", "not signed")
    [kept] = (home / "rehearsals").iterdir()
    assert '"made_up": true' in kept.read_text(encoding="utf-8")
    person.activate("Go on")
    confirm(person)
    person.press("F6")
    person.activate("Sign as incomplete…")
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")
    person.waits_until(lambda: person.hears("Why it is incomplete"))
    person.press("Space")
    person.activate("Sign in the rehearsal")
    person.waits_for("Signed 2", "To the debrief")
    person.press("F2")
    person.activate("To the debrief")
    person.waits_for("Before the key is shown")
    person.waits_until(lambda: person.hears("What were you unsure of? What would you ask next time?"))
    person.type("I asked for medicines and not for plants.")
    person.press("Ctrl+Return")
    person.waits_for("What was told, what was recorded", "It's St John's wort.")
    person.activate("Back")
    person.waits_for("Kept rehearsals", "signed in the rehearsal")
    person.activate("Remove")
    person.waits_for("Removed from the kept rehearsals.")
    person.activate("Undo")
    person.waits_for("signed in the rehearsal")
    person.closes_the_window()
    door.waits_for("Set up records for this clinic")
    assert not list(home.glob("*vault*")), "no records were set up for any of it"
