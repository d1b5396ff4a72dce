"""What is half written on a form around the records: it stands there again after whatever came in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import Start
from tests.journeys.person import Person
from tests.journeys.test_finding import find
from tests.journeys.test_settings import open_settings
from tests.journeys.ways import PASSPHRASE, add_account, begin, set_up, unlock, unlock_as

pytestmark = pytest.mark.slow
AS_LEFT = "This stands as it was left. It is not saved yet."
THEIRS, SECRET = f"{PASSPHRASE} too", "never to be kept"


def waits_in(title: str) -> str:
    return f"“{title}” was half filled in when the records were locked. What was written stands there still."


def two_administer(person: Person) -> None:
    """To the accounts, with a second one that may add accounts too."""
    set_up(person)
    find(person, "accounts")
    person.waits_for("open now")

    def administers() -> None:
        person.activate("May administer these records besides")
        person.tab_to("First passphrase again")

    add_account(person, "Clinician B", "Clinician", administers)


def test_an_account_waits_without_its_passphrase_for_the_one_who_was_adding_it(person: Person, home: Path) -> None:
    two_administer(person)
    person.press("Ctrl+N")
    person.waits_for("First passphrase again")
    person.write("Name", "Trainer C")
    person.tab_to("Role: Clinician")
    person.arrow_to("Role: Trainer", "Down")
    person.activate("May administer these records besides")
    person.write("First passphrase", SECRET)
    person.write("First passphrase again", SECRET)
    person.press("F1")
    person.waits_for("J and K walk lists")
    person.press("Escape")
    assert _secrets(person), "a page over it leaves everything as it is typed"
    person.press("Ctrl+L")
    unlock_as(person, 1, THEIRS)
    person.waits_for("No screenings yet")
    assert not person.sees("half filled in")
    find(person, "accounts")
    person.waits_for("open now")
    person.press("Ctrl+N")
    person.waits_for("First passphrase again")
    assert not person.sees("Trainer C") and not person.sees(AS_LEFT)
    person.press("Ctrl+L")
    unlock_as(person, 0, PASSPHRASE)
    person.waits_for(waits_in("Add an account"))
    find(person, "accounts")
    person.waits_for("open now")
    person.press("Ctrl+N")
    person.waits_for(f"{AS_LEFT} A passphrase is not kept: type it again.", "Trainer C")
    assert not _secrets(person)
    assert not any(SECRET.encode() in file.read_bytes() for file in home.rglob("*") if file.is_file())
    find(person, "home")
    person.waits_for("No screenings yet")
    assert not person.sees("half filled in")
    find(person, "accounts")
    person.waits_for("open now")
    person.press("Ctrl+N")
    person.waits_for(AS_LEFT, "Trainer C")
    person.write("First passphrase", SECRET)
    person.write("First passphrase again", SECRET)
    person.press("Return")
    person.waits_for("Trainer C was added", "Trainer C, trainer, administers")
    person.press("Ctrl+N")
    person.waits_for("First passphrase again")
    assert not person.sees("Trainer C") and not person.sees(AS_LEFT)


def test_what_is_changed_of_an_account_waits_for_that_account_alone(person: Person) -> None:
    two_administer(person)
    person.activate("Change Clinician B")
    person.write("Name", "Clinician B the younger")
    person.press("Escape")
    person.waits_for("open now")
    person.activate("Change Clinician A")
    person.waits_for("May administer these records besides")
    assert not person.sees("the younger") and not person.sees(AS_LEFT)
    person.press("Escape")
    person.waits_for("open now")
    person.activate("Change Clinician B")
    person.waits_for("Clinician B the younger", AS_LEFT)
    assert not person.sees("A passphrase is not kept")
    person.activate("Save the changes")
    person.waits_for("Saved: Clinician B the younger")
    person.activate("Change Clinician B the younger")
    person.waits_for("May administer these records besides")
    assert not person.sees(AS_LEFT)


def to_own_questions(person: Person) -> None:
    open_settings(person)
    person.activate("This clinic's questions…")
    person.waits_for("Add a question")


def test_a_question_of_the_clinics_own_waits_while_another_is_changed_and_behind_the_lock(person: Person) -> None:
    set_up(person)
    to_own_questions(person)
    person.write("Question", "How do you get home?")
    person.activate("Save")
    person.waits_for("Written: added How do you get home?", "How do you get home?: change")
    person.write("Question", "Who fetches you?")
    person.tab_to("Answer")
    person.press("Down")
    person.write("Options", "My daughter")
    person.activate("How do you get home?: change")
    person.waits_for("Change: How do you get home?")
    assert not person.sees("My daughter")
    person.write("Help", "Not by car")
    person.press("Ctrl+L")
    unlock(person)
    person.waits_for(waits_in("This clinic's questions"))
    to_own_questions_again(person)
    person.waits_for(AS_LEFT, "Change: How do you get home?", "Not by car")
    person.activate("Leave it as it was")
    person.waits_for(AS_LEFT, "Who fetches you?", "My daughter")
    assert not person.sees("Not by car")
    person.activate("How do you get home?: remove")
    person.waits_for("There are none yet.", "Who fetches you?", "My daughter")
    person.activate("Undo: removed How do you get home?")
    person.waits_for("How do you get home?: change", "Who fetches you?", "My daughter")
    person.press("Escape")
    person.waits_for("This clinic's questions…")
    person.activate("This clinic's questions…")
    person.waits_for(AS_LEFT, "Who fetches you?")
    person.tab_to("Options")
    person.press("Ctrl+End", "Return")
    person.type("A taxi")
    person.activate("Save")
    person.waits_for("Written: added Who fetches you?", "Who fetches you?: change")
    assert not person.sees(AS_LEFT)
    person.press("Escape")
    person.waits_for("This clinic's questions…")
    person.activate("This clinic's questions…")
    person.waits_for("Add a question")
    assert not person.sees(AS_LEFT)


def to_own_questions_again(person: Person) -> None:
    open_settings(person)
    person.activate("This clinic's questions…")
    person.waits_for("As it will be written")


def test_why_a_screening_is_discarded_waits_and_the_reference_is_typed_again(person: Person) -> None:
    set_up(person)
    begin(person)
    person.press("Ctrl+H")
    person.waits_for("Paused")
    person.activate("Discard SYN-0042")
    person.waits_for("Discard an unfinished screening")
    person.write("Reason", "Begun twice")
    person.write("Reference, typed again", "SYN-0042")
    person.press("Ctrl+L")
    unlock(person)
    person.waits_for(waits_in("Discard an unfinished screening"))
    person.activate("Discard SYN-0042")
    person.waits_for(AS_LEFT, "Begun twice")
    person.activate("Discard this screening")
    person.waits_for("This is not the reference of the screening above.")
    person.write("Reference, typed again", "SYN-0042")
    person.press("Return")
    person.waits_for("Discarded: the screening that was begun")
    assert not person.sees("half filled in")


def test_how_backups_are_made_waits_unsaved_and_a_reference_to_be_erased_is_looked_at_anew(person: Person) -> None:
    set_up(person)
    begin(person)
    person.press("Ctrl+H")
    person.waits_for("Paused")
    find(person, "backups")
    person.waits_for("How they are made")
    person.write("Folder", "/media/other")
    person.activate("Daily")
    find(person, "audit log")
    person.waits_for("Opened the records.")
    person.activate("Erase what is kept under a reference…")
    person.write("Reference", "SYN-0042")
    person.press("Return")
    person.waits_for("Kept under SYN-0042")
    person.type("SYN-00")
    person.press("Ctrl+L")
    unlock(person)
    person.waits_for(waits_in("Erase what is kept under a reference"))
    find(person, "audit log")
    person.waits_for("Opened the records.")
    person.activate("Erase what is kept under a reference…")
    person.waits_for(AS_LEFT, "SYN-0042")
    assert not person.sees("Kept under SYN-0042")
    person.press("Return")
    person.waits_for("Kept under SYN-0042")
    person.type("SYN-0042")
    person.press("Return")
    person.waits_for("the words are gone")
    person.press("Escape")
    person.waits_for("Opened the records.")
    person.activate("Erase what is kept under a reference…")
    person.waits_for("Look what is kept")
    assert not person.sees("SYN-0042") and not person.sees(AS_LEFT)
    find(person, "backups")
    person.waits_for(AS_LEFT, "/media/other")
    person.activate("Save")
    person.waits_for("Saved.")
    assert not person.sees(AS_LEFT)


def test_what_would_be_gone_with_the_program_is_said_once_before_it_closes(start: Start) -> None:
    person = start()
    set_up(person)
    to_own_questions(person)
    person.write("Question", "Who fetches")
    person.press("Ctrl+Q")
    person.waits_for("Half written, and gone when the program ends: This clinic's questions.")
    person.type(" you?")
    person.press("F1")
    person.waits_for("J and K walk lists")
    person.press("Escape")
    person.waits_for("Who fetches you?")
    find(person, "home")
    person.waits_for("No screenings yet")
    person.press("Ctrl+N")
    person.waits_for("What is being considered")
    person.write("Patient reference", "SYN-0077")
    said = "Half written, and gone when the program ends: New screening, This clinic's questions."
    person.press("Ctrl+Q")
    person.waits_for(f"{said} Close again to leave without it.", "SYN-0077")
    person.type("8")
    person.press("Ctrl+Q")
    assert person.sees("SYN-00778"), "what was written since then is another thing to lose"
    person.closes_the_window()
    person.waits_until(lambda: not person.reads())


def test_what_waits_behind_the_lock_is_named_before_the_window_closes_there(start: Start) -> None:
    person = start()
    set_up(person)
    person.press("Ctrl+N")
    person.waits_for("What is being considered")
    person.write("Patient reference", "SYN-0077")
    person.press("Ctrl+L")
    person.waits_for("Passphrase")
    person.press("Ctrl+Q")
    person.waits_for("Half written, and gone when the program ends: New screening. Close again to leave without it.")
    assert not person.sees("SYN-0077")
    unlock(person)
    person.waits_for("What was filled in stands there still")
    person.press("Ctrl+N")
    person.waits_for("SYN-0077")


def _secrets(person: Person) -> list[str]:
    """What stands in the lines that show dots."""
    return [line for line in person.reads().splitlines() if set(line) == {"●"}]
