"""A second visit by keys alone: an earlier answer is used, and the records stand beside each other and over time."""

from __future__ import annotations

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import PASSPHRASE, begin, come_to_psychosis, measure, set_up, sign_as_incomplete, turn_to

pytestmark = pytest.mark.slow


def first_visit(person: Person) -> None:
    """A signed record of two readings, a weight and a history."""
    set_up(person)
    begin(person)
    turn_to(person, "Medical history")
    person.tab_to("Weight")
    person.type("82")
    measure(person)
    come_to_psychosis(person)
    person.press("Space")
    sign_as_incomplete(person)
    person.press("Escape")
    person.waits_for("Signed 2", "New screening")


def test_a_second_visit_uses_an_answer_of_the_first_and_is_compared_with_it(person: Person) -> None:
    first_visit(person)
    begin(person)
    person.waits_for("1 earlier record")
    turn_to(person, "Medical history")
    person.tab_to("Weight")
    person.waits_for("not asked since: 82 kg")
    person.tab_to("Weight: use the earlier answer")
    person.press("Space")
    person.waits_for("Record of ", "From the record of ")
    person.press("Ctrl+Z")
    person.waits_for("not asked since: 82 kg")
    person.tab_to("Weight")
    person.press("Alt+E")
    person.waits_for("Record of ")
    person.press("Ctrl+E")
    person.waits_for("Records of SYN-0042", "open now", "Changed since ", "signed ")
    assert person.sees("This is the person") or person.sees("K 1974")
    person.activate("Two side by side")
    person.waits_for("Side by side", "Only what differs", "not established now")
    person.press("J")
    heard = person.focus_name
    person.press("J")
    assert person.focus_name != heard
    person.press("K")
    assert person.focus_name == heard
    person.arrow_to("Show: All") if person.hears("Show") else person.tab_to("Show: Only what differs")
    person.press("Right")
    person.press("Space")
    person.waits_for("The same in both")
    person.press("Escape")
    person.waits_for("Figures over time")
    person.activate("Figures over time")
    person.waits_for("Pressure, before dose", "151", "Systolic: filled circles on a solid line.")
    person.tab_to("Figures: Weight")
    person.press("Escape")
    person.waits_for("Latest visit first.")
    person.press("Escape")
    person.waits_for("For clinician review")


def test_home_leads_to_the_records_of_a_reference_and_back(person: Person) -> None:
    first_visit(person)
    begin(person, "K-17")
    person.press("Ctrl+H")
    person.waits_for("New screening", "K-17", "SYN-0042")
    person.press("Ctrl+E")
    person.waits_for("Whose records?")
    person.tab_to("SYN-0042")
    person.press("Ctrl+E")
    person.waits_for("Records of SYN-0042", "The first record of this reference.")
    person.press("Escape")
    person.waits_for("New screening", "K-17", "SYN-0042")
    person.press("Ctrl+F")
    person.type("K-17")
    person.waits_until(lambda: not person.sees("SYN-0042"))
    person.press("Ctrl+E")
    person.waits_for("Records of K-17")
    person.press("Escape")
    person.waits_for("New screening")


def test_from_a_signed_record_to_todays_content_over_it_and_back(person: Person) -> None:
    first_visit(person)
    person.activate("SYN-0042")
    person.waits_for("Amend…", "Report, page 1")
    person.press("Ctrl+E")
    person.waits_for("Records of SYN-0042", "The first record of this reference.")
    person.press("J")
    assert "Psychosis ever" in person.reads() or person.focus_name
    for _ in range(6):
        if "today’s content over it" in person.focus_name:
            break
        person.press("Tab")
    person.press("Space")
    person.waits_for(
        "Nothing was changed by this, and nothing of it is saved.", "It is the same content, to the letter."
    )
    person.press("Escape")
    person.waits_for("Latest visit first.")
    person.press("Escape")
    person.waits_for("Amend…", "Report, page 1")
    person.press("Escape")
    person.waits_for("New screening")


def test_a_signed_record_is_amended_and_compared_with_the_next_visit(person: Person) -> None:
    """What was added stands with the record wherever it is met; the comparison is of what was signed."""
    first_visit(person)
    person.activate("SYN-0042")
    person.waits_for("Amend…", "Report, page 1")
    person.activate("Amend…")
    person.waits_until(lambda: person.hears("Reason"))
    person.write("Reason", "Letter came")
    person.press("Return")
    person.type("Weight in the letter: 84 kg.")
    person.tab_to("Passphrase")
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Reason: Letter came", "1 amendment")
    person.press("Escape")
    person.waits_for("incomplete, 1 amendment", "New screening")
    begin(person)
    turn_to(person, "Medical history")
    person.tab_to("Weight")
    person.type("79")
    person.press("Ctrl+E")
    person.waits_for("Records of SYN-0042", "open now", "Amended 2", "by Clinician A: Letter came", "82 kg", "79 kg")
    person.activate("Two side by side")
    person.waits_for("Side by side", "82 kg", "79 kg")
    assert not person.sees("84 kg"), "an amendment is no answer"
    person.press("Escape")
    person.waits_for("Latest visit first.")
    person.activate("Figures over time")
    person.tab_to("Figures: Weight")
    person.waits_for("82", "79")
