"""What happens besides: interruptions, wrong passphrases, others in the room, broken content, no time to finish."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from screener.ui.app import shipped_content
from tests.journeys.conftest import Start
from tests.journeys.person import Person
from tests.journeys.ways import (
    PASSPHRASE,
    begin,
    come_to_psychosis,
    measure,
    respond_to_listed,
    set_up,
    turn_to,
    unlock,
)

pytestmark = pytest.mark.slow


def test_the_second_door_opens_a_made_up_patient_and_keeps_nothing(person: Person, home: Path) -> None:
    person.waits_for("Try it with a made-up patient")
    person.press("2")
    room = person.turns_to("Screener · training")
    room.waits_for("TRAINING · made-up patient", "Made-up patients")
    room.activate("First look: a half-filled patient")
    room.waits_for("MADE-UP-01", "For clinician review")
    room.waits_until(lambda: room.hears("This is the person"))
    room.press("Return")
    room.press("F6")
    room.waits_for("Your response")
    room.press("Ctrl+H")
    room.waits_for("Made-up patients")
    kept = [file.name for file in home.rglob("*") if file.is_file() and b"MADE-UP-01" in file.read_bytes()]
    assert kept == []
    assert not list(home.glob("*.vault"))


def test_a_wrong_passphrase_says_so_and_the_next_try_waits(start: Start) -> None:
    set_up(start())
    person = start()
    for _ in range(2):
        unlock(person, "not this one at all")
        person.waits_for("This passphrase does not open these records.")
        person.waits_for("The next try is possible now.")
    unlock(person)
    person.waits_for("No screenings yet")


def test_what_was_typed_is_there_after_the_window_was_closed(start: Start) -> None:
    person = start()
    set_up(person)
    begin(person)
    measure(person)
    person = start()
    unlock(person)
    person.waits_for("SYN-0042", "Paused")
    person.activate("SYN-0042, Esketamine, clinic, Paused: open")
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return")
    assert "Blood pressure and heart" in person.surroundings
    assert "Blood pressure and pulse" in person.surroundings
    person.waits_for("149.0 / 93.0", "Mean pressure above the figure of the US esketamine label")


def test_the_cover_hides_everything_and_one_key_brings_it_back(person: Person) -> None:
    set_up(person)
    begin(person)
    measure(person)
    person.press("F9")
    person.waits_for("Covered")
    assert not person.sees("SYN-0042")
    assert not person.sees("Mean pressure")
    person.press("F9")
    person.waits_for("SYN-0042", "149.0 / 93.0")


def test_while_somebody_else_is_in_the_room_the_list_shows_marks_without_words(person: Person) -> None:
    set_up(person)
    begin(person)
    measure(person)
    listed = "Why: Mean pressure above the figure of the US esketamine label"
    person.waits_for(listed)
    person.write("Who is in the room", "with partner or family")
    person.press("Tab")
    person.waits_until(lambda: not person.sees(listed))
    person.write("Who is in the room", "alone")
    person.press("Tab")
    person.waits_for(listed)


def test_a_jot_is_linked_to_a_question_later_and_stands_there(person: Person) -> None:
    set_up(person)
    begin(person)
    person.press("Ctrl+J")
    person.type("I just want one quiet week")
    person.tab_to("Jot: linked to")
    person.press("Home")
    person.press("Ctrl+Return")
    turn_to(person, "Psychosis risk")
    assert not person.sees("quiet week")
    person.press("Ctrl+J")
    person.waits_for("quiet week")
    person.tab_to("Jot 1: linked to")
    person.type("Psychotic")
    person.press("Escape")
    person.press("Ctrl+PgUp")
    person.press("Ctrl+PgDown")
    person.waits_for("“I just want one quiet week”")
    person.press("Ctrl+Shift+C")
    person.waits_for("Copied as chart text")


def test_two_accounts_that_differ_stand_side_by_side_until_one_is_named(person: Person) -> None:
    set_up(person)
    begin(person)
    come_to_psychosis(person)
    person.press("2")
    person.press("Alt+I")
    person.waits_until(lambda: person.hears("Psychosis ever: who says so"))
    person.type("partner")
    person.tab_to("Psychosis ever, other account: Yes")
    person.press("Space")
    person.waits_for("These accounts differ.", "Partner: yes", "Patient: no")
    person.activate("Psychosis ever, account of partner: use")
    person.waits_for("Used", "Why: Psychosis ever")


def test_a_screening_can_be_signed_as_incomplete_and_says_why(person: Person) -> None:
    set_up(person)
    begin(person)
    measure(person)
    person.press("F6")
    person.activate("Sign as incomplete…")
    person.waits_for("Without a response", "Mean pressure above the figure of the US esketamine label")
    person.press("Space")
    person.tab_to("Passphrase")
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Signed 2")
    person.press("Escape")
    person.waits_for("incomplete", "SYN-0042")


def test_a_part_can_be_signed_and_the_screening_goes_on(person: Person) -> None:
    set_up(person)
    begin(person)
    come_to_psychosis(person)
    person.press("2")
    person.press("F6")
    person.waits_until(lambda: person.hears("List of medicines not recorded"))
    respond_to_listed(person)
    for _ in range(2):
        person.activate("Sign a part…")
        person.waits_until(lambda: person.hears("Passphrase"))
        person.type(PASSPHRASE)
        person.press("Return")
        person.waits_for("Signed 2", "Report, page 1")
        person.press("Escape")
        person.waits_for("Sign a part…", "Back to themes")
    person.press("Ctrl+H")
    person.waits_for("Part 1 signed 2", "Part 2 signed 2", "Paused")


def test_broken_content_is_named_by_line_and_the_last_good_one_goes_on(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "intake"
    shutil.copytree(shipped_content(), folder)
    start(folder).waits_for("Set up records for this clinic")
    rules = folder / "themes" / "psychosis-risk" / "rules.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("ask: psychosis.ever,", "ask: psychosis.evr,", 1), encoding="utf-8")
    person = start(folder)
    person.waits_for("psychosis-risk/rules.yaml:", "psychosis.ever")
    person.press("Tab")
    person.activate("Go on with the last good pack")
    person.waits_for("Set up records for this clinic")


def test_every_page_can_be_left_by_escape(person: Person) -> None:
    set_up(person)
    for key, says in (("Ctrl+N", "What is being considered"), ("F1", "Everything works by keyboard")):
        person.press(key)
        person.waits_for(says)
        person.press("Escape")
        person.waits_for("No screenings yet")
