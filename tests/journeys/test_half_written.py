"""What is half written when something comes in between: a jot, a note to a response, an answer that is none yet."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Start
from tests.journeys.person import Person
from tests.journeys.ways import begin, measure, respond_to_all, set_up, turn_to, unlock

pytestmark = pytest.mark.slow
JOT = "Jot: the patient's own words"
NOTE = "Note to the response"


def lock_and_open_again(person: Person) -> None:
    person.press("Ctrl+L")
    unlock(person)
    person.waits_for("SYN-0042")
    if not person.hears("This is the person"):
        person.activate("SYN-0042, Esketamine, clinic, Paused: open")
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")


def test_a_jot_waits_through_whatever_takes_its_place_and_through_a_lock(person: Person) -> None:
    set_up(person)
    begin(person)
    measure(person)
    person.press("Ctrl+J")
    person.type("She said ")
    for key in ("Ctrl+J", "Ctrl+O", "F8", "F3", "F6"):
        person.press(key, "Ctrl+J")
        person.waits_until(lambda: person.hears(JOT))
        person.type(f"{key}, ")
    person.press("F9")
    person.waits_for("Covered")
    person.press("F9")
    person.waits_until(lambda: person.hears(JOT))
    person.type("and")
    said = "She said Ctrl+J, Ctrl+O, F8, F3, F6, and"
    person.waits_for(said)
    lock_and_open_again(person)
    assert not person.sees(said)
    person.press("Ctrl+J")
    person.waits_for(said)
    person.press("Ctrl+Return", "Ctrl+J")
    person.waits_for(f"“{said}”")


def test_a_jot_that_is_not_kept_stands_with_the_others_when_it_comes_to_signing(person: Person) -> None:
    set_up(person)
    begin(person)
    measure(person)
    person.press("Ctrl+J")
    person.type("One more thing")
    person.press("F6")
    person.activate("Sign as incomplete…")
    person.waits_for("“One more thing”")


def test_a_response_waits_through_whatever_takes_its_place_and_through_a_lock(person: Person) -> None:
    set_up(person)
    begin(person)
    measure(person)
    person.press("F6")
    person.write(NOTE, "Half a")
    person.waits_for("Not kept yet; Ctrl+Enter keeps it.")
    for key in ("F8", "Ctrl+O", "Ctrl+J"):
        person.press(key, "Escape")
        person.waits_for(NOTE, "Half a")
    lock_and_open_again(person)
    person.press("F6")
    person.waits_for("Half a", "Not kept yet; Ctrl+Enter keeps it.")
    person.activate("Your response: back to what is kept")
    person.waits_until(lambda: not person.sees("Half a"))
    assert not person.sees("Not kept yet")


def test_nothing_is_signed_while_a_response_is_changed_and_not_kept(person: Person) -> None:
    set_up(person)
    begin(person)
    measure(person)
    person.press("F6")
    respond_to_all(person)
    person.write(NOTE, "Half a")
    person.press("Ctrl+Shift+Return")
    person.waits_for("What was changed here is not kept yet.")
    assert not person.hears("Passphrase")
    person.press("Ctrl+Return", "Ctrl+Shift+Return")
    person.waits_until(lambda: person.hears("Passphrase"))


def test_what_cannot_be_stored_yet_stands_there_after_a_lock_and_another_day(start: Start) -> None:
    person = start()
    set_up(person)
    begin(person)
    person.write("Age", "5x")
    turn_to(person, "Medicines and washout")
    person.tab_to("Medicines: add a medicine by its name or trade name")
    person.type("sertr")
    lock_and_open_again(person)
    person.waits_for("sertr")
    person = start()
    unlock(person)
    person.waits_for("Paused")
    person.activate("SYN-0042, Esketamine, clinic, Paused: open")
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")
    person.waits_for("sertr")
    turn_to(person, "This visit", back=True)
    person.waits_for("5x", "Not stored")


def test_what_is_still_open_keeps_its_words_back_from_the_moment_on_somebody_is_in_the_room(person: Person) -> None:
    set_up(person)
    begin(person)
    person.press("Ctrl+O")
    person.waits_for("Still open", "not asked · Contraindication")
    person.write("Who is in the room", "with partner or family")
    person.press("Tab")
    person.waits_until(lambda: not person.sees("not asked · Contraindication"))
    assert person.sees("Still open")


def test_escape_leads_from_a_panel_back_to_whatever_page_it_was_opened_from(person: Person) -> None:
    set_up(person)
    begin(person)
    measure(person)
    pages = (
        ("F3", "What is looked over"),
        ("F6", "Your response"),
        ("Ctrl+Shift+S", "My summary and plan"),
        ("Ctrl+E", "Records of SYN-0042"),
    )
    for way, shown in pages:
        person.press(way)
        person.waits_for(shown)
        here = person.focus_name
        for panel in ("Ctrl+J", "F8"):
            person.press(panel)
            assert person.focus_name != here, (way, panel)
            person.press("Escape")
            person.waits_for(shown)
            assert person.focus_name == here, (way, panel)
