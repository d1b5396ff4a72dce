"""An author at the keys: finds a rule, tries it, copies a case, looks behind it, and comes back to where she was."""

from __future__ import annotations

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import begin, come_to_psychosis, set_up

pytestmark = pytest.mark.slow


def test_a_rule_is_found_tried_and_followed_to_its_source_by_keys_alone(person: Person) -> None:
    set_up(person)
    person.press("Ctrl+Shift+R")
    person.waits_for("752 rules", "As written · ")
    person.press("Ctrl+F")
    person.type("bp.label_reference")
    person.waits_for("1 of 752 rules")
    person.press("Return")
    assert person.hears("Rules")
    person.waits_for("Mean pressure above the figure of the US esketamine label", "all as written.")
    person.press("Return")
    begins = "In words. Listed when any of; mean systolic, before dose, above 140 mmHg"
    person.waits_until(lambda: person.focus_name.startswith(begins))
    person.press("Ctrl+T")
    person.waits_until(lambda: person.hears("Blood pressure and pulse, reading 1: systolic"))
    person.type("152/88")
    person.waits_for("What comes of it: Listed", "152.0")
    person.activate("Copy as a worked case")
    person.waits_for("Copied as a worked case.")
    person.tab_to("Worked cases")
    person.press("Return")
    person.waits_for("What comes of it: Not listed")
    person.activate("Open the source spravato-us: all that rests on it")
    person.waits_for("Text version read", "Back to bp.label_reference")
    person.press("Alt+Left")
    person.waits_for("Listed when any of")
    person.press("Escape")
    person.waits_for("No screenings yet")


def test_an_item_in_review_leads_to_its_rule_and_back_to_the_same_item(person: Person) -> None:
    set_up(person)
    begin(person)
    come_to_psychosis(person)
    person.press("1")
    person.waits_for("Why: Psychosis ever")
    person.press("F6")
    person.waits_for("responded", "Your response")
    person.waits_until(lambda: person.sees("Open the rule psychosis."))
    while not person.focus_name.startswith("Open the rule "):
        person.press("Tab")
    rule = person.focus_name.removeprefix("Open the rule ")
    person.press("Space")
    person.waits_for("Rules and sources", f"· {rule} · ", "As written · ")
    person.press("Escape")
    person.waits_for("Your response")
    person.waits_until(lambda: person.hears(f"Open the rule {rule}"))
