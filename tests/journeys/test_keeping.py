"""Two clinicians and one set of records: added, signed, removed with another key; a backup, and records restored."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import Start
from tests.journeys.person import Person
from tests.journeys.ways import (
    PASSPHRASE,
    add_account,
    begin,
    come_to_psychosis,
    respond_to_all,
    set_up,
    unlock,
    unlock_as,
)

pytestmark = pytest.mark.slow
THEIRS = f"{PASSPHRASE} too"


def sign(person: Person, passphrase: str) -> None:
    """A response to everything, and the signature."""
    person.press("F6")
    person.waits_for("responded", "Your response")
    respond_to_all(person)
    person.press("Ctrl+Shift+Return")
    person.waits_until(lambda: person.hears("Passphrase"))
    person.type(passphrase)
    person.press("Return")
    person.waits_for("Signed 2", "Report, page 1")


def test_a_second_clinician_signs_and_the_first_is_removed_with_another_key(person: Person) -> None:
    set_up(person)
    person.activate("Accounts")
    person.waits_for("Clinician A", "open now")
    add_account(person, "Clinician B", "Clinician")
    person.activate("Change Clinician B")
    person.waits_for("May administer these records besides")
    person.activate("May administer these records besides")
    person.activate("Save the changes")
    person.waits_for("Saved: Clinician B, clinician, administers.")
    person.press("Escape")
    person.waits_for("No screenings yet")
    person.press("Ctrl+L")
    unlock_as(person, 1, THEIRS)
    person.waits_for("Clinician B, clinician, administers", "No screenings yet")
    begin(person)
    come_to_psychosis(person)
    person.press("2")
    sign(person, THEIRS)
    person.press("Escape")
    person.waits_for("SYN-0042", "Signed 2")
    person.activate("Accounts")
    person.waits_for("Clinician A", "open now")
    person.activate("Remove Clinician A")
    person.waits_for("Encrypt the records with a new key")
    person.activate("Remove Clinician A now")
    person.waits_for("Your recovery key", "Clinician A was removed.")
    person.activate("I have written it down or printed it")
    person.press("Return")
    person.waits_for("The new recovery key was written down or printed.", "Removed accounts: 1")
    person.press("Escape")
    person.waits_for("SYN-0042")
    person.press("Ctrl+L")
    person.waits_for("Passphrase forgotten")
    assert not person.sees("Whose passphrase"), "with one account there is no choice"
    unlock(person, PASSPHRASE)
    person.waits_for("This passphrase does not open these records.")
    person.waits_for("The next try is possible now.")
    unlock(person, THEIRS)
    person.waits_for("SYN-0042", "Signed 2")


def test_a_backup_is_made_tried_and_restored_and_what_was_there_is_named(person: Person, home: Path) -> None:
    set_up(person)
    begin(person)
    person.press("Ctrl+H")
    person.waits_for("SYN-0042", "Paused")
    person.activate("Backups")
    person.waits_for("No backups yet", "on the same disk")
    person.press("Ctrl+B")
    person.waits_for("It was tried: everything in it was read and proved whole.", "by hand")
    person.press("Escape")
    person.waits_for("SYN-0042")
    begin(person, "SYN-0077")
    person.press("Ctrl+H")
    person.waits_for("SYN-0042", "SYN-0077")
    person.press("Ctrl+L")
    person.waits_for("Passphrase forgotten")
    person.activate("Restore a backup…")
    person.waits_for("Backup file")
    person.tab_to("Backup")
    person.press("Space")
    person.waits_for(
        "What this backup says of itself", "1 screening, 0 signed records", "the records that are here now"
    )
    person.waits_until(lambda: person.hears("Passphrase"))
    person.type("not this one at all")
    person.press("Return")
    person.waits_for("This passphrase does not open these records.")
    person.waits_until(lambda: person.hears("Passphrase"))
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Restored", "What was here before is kept in")
    [kept] = home.glob("replaced-*")
    assert person.sees(str(kept))
    person.waits_until(lambda: person.hears("Open the records"))
    person.press("Return")
    person.waits_for("SYN-0042")
    assert not person.sees("SYN-0077")


def test_closing_the_window_makes_the_daily_backup(start: Start, home: Path) -> None:
    person = start()
    set_up(person)
    begin(person)
    person.press("Ctrl+H")
    person.waits_for("SYN-0042", "Paused")
    person = start()
    assert len(list((home / "backups").glob("*.screener-backup"))) == 1
    unlock(person)
    person.waits_for("SYN-0042")
    start()
    assert len(list((home / "backups").glob("*.screener-backup"))) == 1, "one a day"


def test_a_trainer_is_offered_a_made_up_patient_and_no_screening(person: Person) -> None:
    set_up(person)
    begin(person)
    person.press("Ctrl+H")
    person.waits_for("SYN-0042", "Paused")
    person.activate("Accounts")
    person.waits_for("open now")
    add_account(person, "Trainer C", "Trainer")
    person.press("Escape")
    person.waits_for("SYN-0042")
    person.press("Ctrl+L")
    unlock_as(person, 1, THEIRS)
    person.waits_for("Trainer C, trainer", "No screenings with this account")
    assert not person.sees("SYN-0042")
    assert not person.sees("New screening")
    person.press("Ctrl+N")
    assert person.sees("No screenings with this account")
    person.activate("Settings")
    person.waits_for("changed by those who administer these records: Clinician A.")
    assert not person.sees("Accounts…")
    person.activate("Your passphrase…")
    person.write("Present passphrase", THEIRS)
    person.write("New passphrase", "other plain words")
    person.write("New passphrase again", "other plain words")
    person.press("Return")
    person.waits_for("Your passphrase is another one from now on.")
    person.press("Escape")
    person.waits_for("No screenings with this account")
    person.activate("Open the training window")
    person.turns_to("Screener · training").waits_for("TRAINING · made-up patient", "Made-up patients")
