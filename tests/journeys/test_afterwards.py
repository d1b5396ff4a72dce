"""What comes after: something is added to a signed record; a screening that was begun by mistake is discarded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.person import Person
from tests.journeys.ways import (
    PASSPHRASE,
    begin,
    measure,
    respond_to_listed,
    save_report,
    set_up,
    sign_as_incomplete,
    stands_in,
)

pytestmark = pytest.mark.slow


def sign_a_part(person: Person) -> None:
    person.press("F6")
    respond_to_listed(person)
    person.activate("Sign a part…")
    person.waits_until(lambda: person.hears("Passphrase"))
    person.type(PASSPHRASE)
    person.press("Return")
    person.waits_for("Signed 2", "Report, page 1")
    person.press("Escape")
    person.press("Ctrl+H")
    person.waits_for("Part 1 signed 2")


def test_a_signed_record_is_amended_and_is_printed_with_what_was_added(person: Person, tmp_path: Path) -> None:
    set_up(person)
    begin(person)
    measure(person)
    sign_as_incomplete(person)
    person.press("Escape")
    person.waits_for("Signed 2", "New screening")
    person.activate("SYN-0042")
    person.waits_for("Amend…", "Report, page 1")
    person.activate("Amend…")
    person.waits_for("Amend a signed record", "SYN-0042 · K 1974 · visit ")
    person.waits_until(lambda: person.hears("Reason"))
    person.activate("Sign the amendment")
    person.waits_for("Write why the record is amended.")
    person.write("Reason", "Letter came")
    person.press("Return")
    person.type("Cardiologist's letter of 20 November read.")
    person.press("Escape")
    person.waits_for("Report, page 1")
    assert not person.sees("Reason: Letter came")
    person.activate("Amend…")
    person.waits_for("Cardiologist's letter of 20 November read.")
    person.tab_to("Passphrase")
    person.type("not this one at all")
    person.press("Return")
    person.waits_for("Not signed. This passphrase does not open these records.")
    assert person.sees("Letter came", "Cardiologist's letter of 20 November read.")

    def signed() -> bool:
        """Wrong passphrases slow down: a person tries again."""
        if person.hears("Passphrase") and not person.sees("Signing…"):
            person.press("Ctrl+A")
            person.type(PASSPHRASE)
            person.press("Return")
        return person.sees("Reason: Letter came")

    person.waits_until(signed, person.reads)
    person.waits_for("1 amendment", "Clinician A, clinician · 2", "Report, page 1")
    words = save_report(person, tmp_path / "amended.pdf")
    before, _, after = words.partition("Amendments Added after signing.")
    stands_in(before, "Signed by Clinician A")
    told = ("Letter came", "letter of 20 November read.", "Signed by Clinician A", "Signed at", "Key")
    stands_in(after, *told, where="among the amendments")
    person.press("Escape")
    person.waits_for("incomplete, 1 amendment")


def test_a_screening_begun_by_mistake_is_discarded_with_a_reason(person: Person) -> None:
    set_up(person)
    begin(person, "SYN-0050")
    person.press("Ctrl+H")
    person.waits_for("Paused")
    begin(person, "Surname")
    measure(person)
    person.press("Ctrl+H")
    person.waits_for("Surname", "SYN-0050", "K 1974")
    person.activate("Discard Surname")
    person.waits_for("Discard an unfinished screening", "by Clinician A", "steps", "are erased and do not come back")
    person.press("Escape")
    person.waits_for("Surname", "SYN-0050")
    person.activate("Discard Surname")
    person.waits_until(lambda: person.hears("Reason"))
    person.activate("Discard this screening")
    person.waits_for("Write why it is discarded.")
    person.write("Reason", "begun under a name")
    person.write("Reference, typed again", "SYN-0050")
    person.press("Return")
    person.waits_for("This is not the reference of the screening above. Nothing was discarded.")
    person.write("Reference, typed again", "Surname")
    person.press("Return")
    person.waits_for("Discarded: the screening that was begun 2", "SYN-0050")
    assert not person.sees("Surname")
    person.activate("SYN-0050")
    person.waits_until(lambda: person.hears("This is the person"))


def test_a_screening_of_which_a_part_was_signed_stays_and_the_page_says_why(person: Person) -> None:
    set_up(person)
    begin(person)
    sign_a_part(person)
    person.activate("Discard SYN-0042")
    person.waits_for("This screening stays", "A part of it was signed 2", "A signed record does not change")
    assert not person.sees("Discard this screening")
    person.press("Return")
    person.waits_for("Part 1 signed 2", "Paused")


def test_a_signed_record_offers_no_discarding_and_escape_leaves_it(person: Person) -> None:
    set_up(person)
    begin(person)
    sign_as_incomplete(person)
    person.press("Escape")
    person.waits_for("Signed 2", "New screening")
    assert not person.sees("Discard")
    person.activate("SYN-0042")
    person.waits_for("Amend…", "Report, page 1")
    person.press("Escape")
    person.waits_for("New screening")
    person.activate("SYN-0042")
    person.waits_for("Amend…")
    person.activate("Amend…")
    person.waits_for("What is added")
    person.press("Escape")
    person.waits_for("Amend…")
    person.press("Escape")
    person.waits_for("New screening")


def test_escape_clears_the_search(person: Person) -> None:
    set_up(person)
    begin(person)
    person.press("Ctrl+H")
    person.waits_for("SYN-0042", "Paused")
    person.press("Ctrl+F")
    person.type("k 1974")
    person.waits_for("SYN-0042", "K 1974")
    person.type(" nobody")
    person.waits_for("Nothing found")
    person.press("Escape")
    person.waits_for("SYN-0042")
    assert person.hears("Search screenings")
    assert not person.sees("Nothing found")
