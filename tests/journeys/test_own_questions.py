"""A clinic asks something of its own: written in the window, asked, marked, in the report, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import begin, set_up, turn_to

pytestmark = pytest.mark.slow
OWN = "This clinic's own question; no rule reads it"


def test_a_question_of_the_clinics_own_is_written_asked_marked_and_taken_back(person: Person, home: Path) -> None:
    set_up(person)
    person.activate("Settings")
    person.waits_for("This clinic's questions…")
    person.activate("This clinic's questions…")
    person.waits_for("There are none yet.", "Add a question")
    person.write("Question", "Is the patient a suitable candidate for treatment?")
    person.waits_for("advises or decides")
    person.write("Question", "How do you get home?")
    person.tab_to("Answer")
    person.press("Down")
    person.tab_to("Options")
    person.type("By bus")
    person.waits_for("A choice needs at least two options")
    person.press("Return")
    person.type("By taxi")
    person.write("Words for the patient", "How do you get home today?")
    person.waits_until(lambda: not person.sees("A choice needs at least two options"))
    person.activate("Save")
    person.waits_for("Written: added How do you get home?", "One of some options: By bus, By taxi", "Undo: added")
    written = home / "own-content" / "themes" / "this-visit" / "questions.yaml"
    assert "own: true" in written.read_text("utf-8")
    person.activate("How do you get home?: change")
    person.waits_for("Change: How do you get home?")
    person.write("Short name", "Way home")
    person.activate("Save")
    person.waits_for("Written: changed Way home", "Way home: change")
    person.press("Escape")
    person.waits_for("our-clinic 1, extends intake")
    person.press("Escape")
    person.waits_for("No screenings yet")
    begin(person)
    turn_to(person, "This visit")
    person.tab_to("Way home: By bus")
    assert person.sees(OWN)
    person.press("Space")
    person.press("Ctrl+P")
    person.waits_for("Report")
    person.press("Ctrl+H")
    person.waits_for("SYN-0042")
    person.activate("Settings")
    person.activate("This clinic's questions…")
    person.waits_for("Undo: changed Way home")
    person.activate("Undo: changed Way home")
    person.waits_for("Taken back: changed Way home.", "How do you get home?: change")
    person.activate("How do you get home?: remove")
    person.waits_for("There are none yet.")
    assert not written.exists()
    person.activate("Undo: removed How do you get home?")
    person.waits_for("How do you get home?: change")
