"""What a clinic prints without a patient: a blank form of a pathway, and its own crisis card; keys only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import set_up, text_of

pytestmark = pytest.mark.slow


def test_a_form_of_some_themes_is_looked_at_page_by_page_and_saved(person: Person, tmp_path: Path) -> None:
    set_up(person)
    person.press("Ctrl+P")
    person.waits_for("Blank intake form", "The crisis card is blank.")
    person.waits_until(lambda: person.hears("Pathway"))
    person.press("End")
    person.waits_for("Profiles added")
    person.activate("No theme")
    person.activate("Preview the form")
    person.waits_for("Choose at least one theme.")
    person.activate("Themes: Dose day")
    person.activate("Preview the form")
    person.waits_for("Blank form, Day of a dose", "Blank form, page 1 of")
    person.press("PgDown", "PgDown", "PgDown", "Home")
    person.press("Ctrl+T")
    person.waits_until(lambda: person.hears("Text of the document"))
    person.waits_for("[ ] Not known   [ ] Declined")
    person.press("Ctrl+T")
    file = tmp_path / "form.pdf"
    person.write("Save the document as", str(file))
    person.press("Return")
    person.waits_for(f"Saved {file}")
    printed = text_of(file)
    assert "Intake form, blank" in printed and "Patient reference" in printed
    assert "Left out of this print" in printed
    person.press("Escape")
    person.waits_for("Blank intake form")
    person.press("Escape")
    person.waits_for("No screenings yet")


def test_the_crisis_card_is_printed_once_its_words_are_written(person: Person, tmp_path: Path) -> None:
    set_up(person)
    person.activate("Print…")
    person.waits_for("The crisis card is blank.")
    person.activate("Write it in Settings")
    person.waits_for("This clinic")
    person.tab_to("Crisis card")
    person.type("Northside, day and night: 555 0100")
    person.activate("Save")
    person.waits_for("Saved ")
    person.press("Escape")
    person.waits_for("No screenings yet")
    person.press("Ctrl+P")
    person.waits_for("Northside, day and night: 555 0100")
    person.tab_to("Cards: One on a page")
    person.press("Right", "Space")
    person.activate("Preview the card")
    person.waits_for("Crisis card, page 1 of 1")
    file = tmp_path / "card.pdf"
    person.write("Save the document as", str(file))
    person.press("Return")
    person.waits_for(f"Saved {file}")
    assert text_of(file).count("555 0100") == 4
