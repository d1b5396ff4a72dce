"""How questions are asked: sensitive ones in turn, what is not asked with its reason, medicines as they are said."""

from __future__ import annotations

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import begin, come_to_psychosis, set_up, turn_to

pytestmark = pytest.mark.slow
MEDICINE = "Medicines: add a medicine by its name or trade name"


def test_sensitive_questions_come_one_at_a_time(person: Person) -> None:
    set_up(person)
    begin(person)
    turn_to(person, "Psychosis risk")
    assert person.sees("Psychotic symptoms now: Yes", "one at a time")
    assert not person.sees("Psychosis ever: Yes")
    come_to_psychosis(person)
    assert not person.sees("Diagnosis in the psychosis group")
    person.activate("Next question, this one stays open")
    assert not person.hears("Psychosis ever")
    assert person.sees("Psychosis ever: Yes")
    person.activate("All of them")
    person.waits_for("Lasting reaction to a substance: Yes")
    assert not person.sees("one at a time")


def test_what_is_not_asked_is_named_with_the_answer_that_hides_it(person: Person) -> None:
    set_up(person)
    begin(person)
    turn_to(person, "Pregnancy and lactation")
    person.waits_for("Waiting for Pregnancy, past or possible", "Breast-feeding")
    person.activate("Go to Pregnancy, past or possible")
    person.waits_until(lambda: person.hears("Pregnancy, past or possible: Yes"))
    person.press("2")
    turn_to(person, "Pregnancy and lactation")
    person.waits_for("Because Pregnancy, past or possible: no", "Pregnant now")
    person.activate("Hide which questions are not asked, and why")
    assert not person.sees("Pregnant now")


def test_somebody_in_the_room_is_named_at_a_sensitive_question(person: Person) -> None:
    set_up(person)
    begin(person)
    turn_to(person, "Psychosis risk")
    person.write("Who is in the room", "with partner or family")
    person.press("Tab")
    person.waits_for("In the room now: with partner or family. Come back keeps this question for later.")
    person.write("Who is in the room", "alone")
    person.press("Tab")
    person.waits_until(lambda: not person.sees("In the room now"))


def test_figures_of_a_trial_are_added_to_a_screening(person: Person) -> None:
    set_up(person)
    trial = "Figures of these trials too: Trial EMBRACE (psilocybin)"
    begin(person, "SYN-0051", "Pathway: Psilocybin in research", "psilocybin", trial)
    person.waits_for("EMBRACE")


def test_medicines_are_typed_as_they_are_said(person: Person) -> None:
    set_up(person)
    begin(person)
    turn_to(person, "Medicines and washout")
    person.tab_to(MEDICINE)
    person.type("zolofft 50 mg")
    person.waits_for("Zoloft – sertraline")
    person.press("Return")
    person.waits_until(lambda: person.hears("Zoloft: use: Taken now"))
    person.press("Space")
    person.press("Ctrl+R")
    person.type("lithium")
    person.press("Return")
    person.press("Right")
    person.press("Space")
    person.tab_to("lithium: last taken")
    person.type("3w")
    person.waits_for("last taken 21 days before the visit")
    person.press("Ctrl+R")
    person.type("blue tablets")
    person.press("Return")
    person.waits_for("not in the dictionary", "Undo Medicines", "Saved ")
    person.press("Ctrl+Z")
    person.waits_until(lambda: not person.sees("not in the dictionary"))
    person.press("Ctrl+PgUp", "Ctrl+PgDown")
    person.waits_for("Zoloft", "sertraline · SSRI antidepressant", "last taken 21 days before the visit", "50 mg")
