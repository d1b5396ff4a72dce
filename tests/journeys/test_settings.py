"""Settings as somebody meets them: found by half a word, changed, reset, saved, and not lost when the desk is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import Start
from tests.journeys.person import Person
from tests.journeys.ways import begin, set_up, unlock

pytestmark = pytest.mark.slow


def open_settings(person: Person) -> None:
    person.activate("Settings")
    person.waits_until(lambda: person.hears("Search settings"), person.reads)


def test_a_crisis_card_is_written_saved_and_read_in_a_screening(person: Person) -> None:
    set_up(person)
    open_settings(person)
    person.type("hotline")
    person.waits_for("1 setting", "The crisis card is blank.")
    assert not person.sees("Colours: Dark")
    person.press("Return")
    person.waits_until(lambda: person.hears("Crisis card"), person.reads)
    person.type("Night line 555 0100")
    person.waits_for("Not saved yet: Crisis card.")
    assert not person.sees("The crisis card is blank.")
    person.press("Ctrl+S")
    person.waits_for("Saved ", ": Crisis card.")
    person.press("Escape")
    assert person.sees("Colours: Dark"), "the first Esc shows every setting again"
    person.press("Escape")
    person.waits_for("No screenings yet")
    begin(person)
    person.press("F8")
    person.waits_for("The site's own wording.", "Night line 555 0100")


def test_what_is_not_saved_is_asked_for_on_the_way_out(person: Person) -> None:
    set_up(person)
    open_settings(person)
    person.tab_to("Locked after: 10 min")
    person.arrow_to("Locked after: 2 min", "Left")
    person.press("Space")
    person.waits_for("Not saved yet: Locked after.")
    person.press("Escape")
    person.waits_for("Leave Settings all the same?")
    person.waits_until(lambda: person.hears("Save and leave"))
    person.press("Escape")
    person.waits_for("Not saved yet: Locked after.")
    assert person.sees("Search settings")
    person.activate("Accounts…")
    person.waits_for("Leave Settings all the same?")
    person.press("Return")
    person.waits_for("Who may open these records")
    person.press("Escape")
    person.waits_for("What this clinic chose is saved as it is shown.")
    person.press("Escape")
    person.waits_for("locked after 2 min")


def test_what_was_changed_waits_behind_the_lock(person: Person) -> None:
    set_up(person)
    open_settings(person)
    person.tab_to("Crisis card")
    person.type("Night line 555 0100")
    person.press("Ctrl+L")
    person.waits_for("Passphrase forgotten")
    assert not person.sees("Night line")
    unlock(person)
    person.waits_for("What was changed for the clinic in Settings was not saved. It stands there still.")
    open_settings(person)
    person.waits_for("Not saved yet: Crisis card.", "Night line 555 0100")
    person.press("Escape")
    person.activate("Leave without saving")
    person.waits_for("No screenings yet")
    open_settings(person)
    person.waits_for("What this clinic chose is saved as it is shown.", "The crisis card is blank.")


def test_colours_and_text_size_are_kept_reset_and_taken_back(start: Start) -> None:
    person = start()
    set_up(person)
    open_settings(person)
    person.tab_to("Colours: As the system")
    person.arrow_to("Colours: Dark")
    person.press("Space")
    person.tab_to("Text size")
    person.press("Down", "Down")
    person.waits_for("120 %")
    person.press("Ctrl++")
    person.waits_for("130 %")
    person = start()
    unlock(person)
    person.waits_for("No screenings yet")
    open_settings(person)
    person.activate("Reset everything of this computer")
    person.waits_for("As the program comes now: Colours, Text size.")
    person.activate("Undo this reset")
    person.waits_for("As it was before the reset.", "130 %")
    person.activate("Text size: reset to 100 %")
    person.activate("Colours: reset to As the system")
    assert person.sees("Text size: undo the reset, back to 130 %", "Colours: undo the reset, back to Dark")


def test_closing_the_window_asks_once_for_what_is_not_saved(person: Person) -> None:
    set_up(person)
    open_settings(person)
    person.tab_to("Crisis card")
    person.type("Night line 555 0100")
    person.press("Ctrl+Q")
    person.waits_for("Not saved yet: Crisis card. Close the window all the same?")
    person.press("Escape")
    person.waits_for("Not saved yet: Crisis card.")
    person.activate("Put back")
    person.waits_for("Put back: what is saved is shown.")


def test_the_folder_says_what_lies_in_it(person: Person, home: Path) -> None:
    set_up(person)
    open_settings(person)
    person.type("disk")
    person.waits_for("The records", "Settings of this computer", "the program talks to no other computer", "Folder")
    person.activate("Copy its path")
    person.waits_for(f"Copied: {home}")
