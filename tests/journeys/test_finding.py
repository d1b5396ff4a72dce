"""What helps at the desk: the palette, answers looked over, single keys switched off, undo by name, forms refused."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Start
from tests.journeys.person import Person
from tests.journeys.ways import begin, set_up

pytestmark = pytest.mark.slow
PALETTE = "Do something, or go somewhere"


def find(person: Person, words: str) -> None:
    """Open the palette and take the first thing that these words find."""
    person.press("Ctrl+K")
    assert person.hears(PALETTE)
    person.type(words)
    person.press("Return")


def test_the_palette_goes_everywhere_and_esc_comes_back(person: Person) -> None:
    person.waits_for("Set up records for this clinic")
    person.press("Ctrl+K")
    assert not person.hears(PALETTE)
    set_up(person)
    find(person, "settings")
    person.waits_for("Search settings", "J and K walk lists")
    find(person, "audt log")
    person.waits_for("Set up these records.")
    find(person, "home")
    person.waits_for("No screenings yet")
    begin(person)
    person.waits_until(lambda: not person.hears("This is the person"))
    find(person, "how much do you weigh")
    person.waits_until(lambda: person.hears("Weight"))
    person.type("104")
    person.press("Ctrl+K")
    person.waits_for("Undo Weight: 104 kg, Action, key Ctrl+Z", "Check answers, Action, key F3")
    person.press("Escape")
    assert person.hears("Weight")
    person.type(".5")
    person.press("Ctrl+K")
    person.waits_for("Undo Weight: 104.5 kg, Action, key Ctrl+Z")
    person.press("Escape")
    find(person, "undo")
    find(person, "redo weight")
    person.waits_for("Undo Weight: 104.5 kg")
    find(person, "psichosis risk")
    person.waits_until(lambda: "Psychosis risk" in person.surroundings)
    person.press("Ctrl+K", "F9")
    person.waits_for("Covered. What was typed is kept.")
    person.press("Ctrl+K")
    assert not person.hears(PALETTE)
    person.press("F9")
    person.waits_until(lambda: "Psychosis risk" in person.surroundings)
    find(person, "backups")
    person.waits_for("Back up now")


def test_answers_are_looked_over_and_changed_from_where_they_stand(person: Person) -> None:
    set_up(person)
    begin(person)
    find(person, "weight")
    person.waits_until(lambda: person.hears("Weight"))
    person.type("140")
    find(person, "height")
    person.waits_until(lambda: person.hears("Height"))
    person.type("170")
    person.press("F3")
    person.waits_for("A listed item stands on these", "Weight: 140 kg", "Body mass index 35 or over")
    person.press("J")
    person.waits_for("Change Weight")
    person.press("Return")
    person.waits_until(lambda: person.hears("Weight"))
    person.press("Ctrl+A")
    person.type("60")
    person.press("F3")
    person.waits_for("Check answers", "Change Weight", "Weight: 60 kg")
    assert not person.sees("A listed item stands on these")
    person.press("Escape")
    person.waits_until(lambda: person.hears("Weight"))
    person.press("F6")
    person.activate("Check answers")
    person.waits_for("Whole screening", "Medical history")
    person.press("Escape")
    person.waits_for("Save response, next item")


def test_an_answer_that_is_hidden_now_leads_to_what_hides_it(person: Person) -> None:
    set_up(person)
    begin(person)
    find(person, "pregnancy past or possible")
    person.waits_until(lambda: person.hears("Pregnancy, past or possible: Yes"))
    person.press("1")
    find(person, "pregnancy possible at present")
    person.waits_until(lambda: person.hears("Pregnancy possible at present: Yes"))
    person.press("1")
    find(person, "pregnancy past or possible")
    person.press("2")
    find(person, "theme pregnancy lactation")
    person.press("F3")
    hidden = "Not asked, because Pregnancy, past or possible: no"
    person.waits_for("Answered, and not asked as things stand", hidden, "Change Pregnancy possible at present")
    person.press("Return")
    person.waits_until(lambda: person.hears("Pregnancy, past or possible: No"))


def test_single_keys_are_switched_off_and_stay_off(person: Person, start: Start) -> None:
    set_up(person)
    find(person, "settings")
    person.waits_for("Search settings")
    person.activate("Digits choose an option")
    person.activate("Single letters set a state")
    person.press("F1")
    person.waits_for("Switched off: Digits choose an option; Single letters set a state")
    person.press("Escape", "Escape")
    person.waits_for("No screenings yet")
    begin(person)
    find(person, "dose planned today")
    person.waits_until(lambda: person.hears("Dose planned today: Yes"))
    person.press("2", "D")
    assert not person.sees("Undo Dose planned today")
    person.press("Alt+2")
    person.waits_for("Undo Dose planned today: no")
    person.press("Alt+D")
    person.waits_for("Undo Dose planned today: declined")
    again = start()
    again.waits_for("Passphrase forgotten")
    again.press("F1")
    again.waits_for("Switched off: Digits choose an option")


def test_a_form_that_refuses_several_fields_says_so_once_and_leads_to_each(person: Person) -> None:
    person.waits_for("Set up records for this clinic")
    person.press("1")
    person.waits_for("Passphrase again")
    person.activate("Set up")
    assert person.hears(
        "2 fields keep this back. Each line leads to its field. Your name stands on every record: please type it. "
        "The passphrase needs at least 10 characters; it has 0."
    )
    person.press("Tab", "Tab", "Return")
    assert person.hears("Passphrase")
    person.type("a lamp, a stair, a river")
    person.activate("Set up")
    person.waits_for("2 fields keep this back", "The two passphrases differ.")
    person.write("Your name", "Clinician A")
    person.write("Passphrase again", "a lamp, a stair")
    person.press("Return")
    assert person.hears("Passphrase again")
    assert not person.sees("fields keep this back")
    person.write("Passphrase again", "a lamp, a stair, a river")
    person.press("Return")
    person.waits_for("Your recovery key")
