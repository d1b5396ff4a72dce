"""The screen is handed to the patient and comes back: what is on it, what its keys do, what is read first."""

from __future__ import annotations

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import PASSPHRASE, begin, set_up, turn_to, unlock

pytestmark = pytest.mark.slow
WORDS = "You are not alone with this. Tell us at once, or press the bell."
OURS = ("SYN-0042", "K 1974", "For clinician review", "Pack intake", "US label", "Clinician A")
EVERY_KEY = [
    *("F1", "F5", "F6", "F7", "F8", "F9", "Ctrl+L", "Ctrl+Q", "Ctrl+K", "Ctrl+O", "Ctrl+E", "Ctrl+J", "Ctrl+H"),
    *("Ctrl+P", "Ctrl+R", "Ctrl+N", "Ctrl+F", "Ctrl+Shift+R", "Ctrl+Shift+D", "Ctrl+Shift+C", "Ctrl+Shift+H"),
    *("Ctrl+PgDown", "Ctrl+PgUp"),
]


def write_words(person: Person) -> None:
    """The site's own words for a patient."""
    person.activate("Settings")
    person.write("Words to the patient after a time-critical answer", WORDS)
    person.activate("Save")
    person.waits_for("Saved ")
    person.press("Escape")
    person.waits_for("No screenings yet")


def measure(person: Person) -> None:
    turn_to(person, "Blood pressure and heart")
    person.tab_to("Blood pressure and pulse, reading 1: phase")
    person.press("Down")
    person.tab_to("Blood pressure and pulse, reading 1: systolic")
    person.type("200/130")
    person.waits_for("200 / 130")


def hand_over(person: Person, title: str) -> None:
    person.press("Ctrl+Shift+H")
    person.waits_for("Who answers: The patient")
    person.activate("Who answers: The patient")
    person.activate("Hand over")
    person.waits_for(title, "Begin")
    person.waits_until(lambda: person.hears("Begin"))


def give_back(person: Person) -> None:
    person.tab_to("Passphrase of the clinician")
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Back from the patient")


def test_a_time_critical_answer_shows_the_sites_words_and_is_read_first_on_return(person: Person) -> None:
    set_up(person)
    write_words(person)
    begin(person)
    measure(person)
    hand_over(person, "Your blood pressure and heart")
    assert not any(person.sees(text) for text in OURS), person.reads()
    person.press("Return")
    person.waits_for("Do you feel any of this right now?", "1 of ")
    before = person.reads()
    person.press(*EVERY_KEY)
    assert person.reads() == before
    assert not any(person.sees(text) for text in OURS)
    assert not person.sees(WORDS)
    person.press("1")
    person.waits_for(WORDS)
    person.press("Alt+Right")
    person.waits_for("Has a doctor ever told you that you have high blood pressure?", WORDS)
    person.press("2", "Alt+Right")
    person.press("Alt+Left")
    person.press("1", "Alt+Right")
    for _ in range(30):
        if person.sees("Your answers"):
            break
        person.press("Alt+Right")
    person.waits_for("No answer", "Chest pain or pressure")
    person.activate("I am done")
    person.waits_for("Thank you", WORDS)
    person.press("Ctrl+Shift+R", "F6")
    person.tab_to("Passphrase of the clinician")
    person.type("not this one")
    person.press("Return")
    person.waits_for("This passphrase does not open these records.")
    assert not person.sees("Back from the patient")
    person.waits_until(lambda: _passes(person))
    first = person.reads().partition("Answered by")[0]
    assert "Very high blood pressure with symptoms now" in first
    assert "The crisis card is blank." in first
    assert person.sees("Changed while answering: High blood pressure diagnosed: first no, then yes", *OURS[:2])
    assert person.hears("Go to the item")
    person.press("Space")
    person.waits_for("Your response: Reviewed", "Very high blood pressure with symptoms now")
    person.press("Ctrl+P")
    person.waits_for("Report, page 1")
    person.press("Ctrl+T")
    person.waits_for("patient, on screen, ")


def _passes(person: Person) -> bool:
    """After a wrong one the next is heard a moment later."""
    if person.sees("Back from the patient"):
        return True
    if not person.sees("Checking…"):
        person.tab_to("Passphrase of the clinician")
        person.press("Ctrl+A")
        person.type(PASSPHRASE)
        person.press("Return")
    return False


def test_what_the_patient_undoes_is_this_hand_overs_alone(person: Person) -> None:
    set_up(person)
    begin(person)
    turn_to(person, "Psychosis risk")
    person.press("2")
    person.waits_for("Undo Psychotic symptoms now")
    hand_over(person, "Unusual experiences and family history")
    person.press("Return")
    person.waits_for("Have you ever had a psychosis")
    assert not person.sees("Undo the last answer")
    person.press("Ctrl+Z")
    person.press("1")
    person.waits_for("Undo the last answer")
    person.press("Ctrl+Z")
    person.waits_until(lambda: not person.sees("Undo the last answer"))
    person.press("Ctrl+Y")
    person.press("Escape")
    person.waits_for("Please give the screen back")
    person.activate("Back to the questions")
    person.waits_for("Have you ever had a psychosis")
    person.press("Escape")
    give_back(person)
    person.waits_for("given back before the end", "Answered: Psychosis ever: yes", "Left open: ")
    person.activate("Go on with the theme")
    person.waits_for("Patient, on screen", "Psychotic symptoms now: No")


def test_closing_the_window_asks_the_clinician_and_a_lock_ends_it_hidden(person: Person) -> None:
    set_up(person)
    begin(person)
    turn_to(person, "Psychosis risk")
    hand_over(person, "Unusual experiences and family history")
    person.press("Return")
    person.press("1")
    person.closes_the_window()
    person.waits_for("Please give the screen back")
    assert not person.sees("losing touch with what others found real")
    give_back(person)
    person.press("Ctrl+L")
    unlock(person)
    person.waits_for("SYN-0042")
    person.activate("SYN-0042, Esketamine, clinic")
    person.waits_for("Back from the patient", "Answered: Psychotic symptoms now: yes")
