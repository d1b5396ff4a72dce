"""Ways from page to page over open records: what is unsaved is asked about or kept, and what is offered is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from screener.store import archive
from screener.store.shelf import VaultShelf
from screener.store.vault import Vault
from screener.ui.app import Program, build
from screener.ui.choices import CHOICES, ClinicChoices
from screener.ui.shell.home import HomePage
from tests.journeys.person import Person
from tests.journeys.test_finding import PALETTE, find
from tests.journeys.test_handover import hand_over
from tests.journeys.test_settings import open_settings
from tests.journeys.ways import PASSPHRASE, begin, choose_pathway, sign_as_incomplete, turn_to, unlock, unlock_as
from tests.store.places import CHEAP
from tests.ui.desks import close, refuse

ASKED, CARD = "Leave Settings all the same?", "Night line 555 0100"


class Office(Person):
    """Somebody in front of the running program, with the records open."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.program: Program = build(application, home=home)
        super().__init__(qtbot.waitUntil, self.program.window)
        qtbot.addWidget(self.program.window)
        self.program.window.show()
        self.program.window.activateWindow()

    def opens(self) -> Office:
        unlock(self)
        self.waits_for("No screenings yet")
        return self

    def writes_card(self) -> None:
        """Something that is not saved."""
        open_settings(self)
        self.tab_to("Crisis card")
        self.type(CARD)
        self.waits_for("Not saved yet: Crisis card.")

    def finds_nothing(self, words: str) -> bool:
        """Whether the palette has nothing of exactly this name."""
        self.press("Ctrl+K")
        assert self.hears(PALETTE)
        self.type(words)
        there = any(line.startswith(f"{words}, ") for line in self.reads().splitlines())
        self.press("Escape")
        return not there

    def close(self) -> None:
        close(self.program)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    vault, _ = Vault.create(folder, name="Clinician A", passphrase=PASSPHRASE, cost=CHEAP)
    with vault:
        vault.shelf.remember(CHOICES, ClinicChoices({}, "", "us-label").to_json())
    return folder


@pytest.fixture
def office(qtbot: QtBot, home: Path) -> Iterator[Office]:
    made = Office(qtbot, home)
    yield made
    made.close()


# From Settings


def test_the_palette_leaves_settings_only_once_it_is_said_what_becomes_of_what_is_not_saved(office: Office) -> None:
    office.opens().writes_card()
    find(office, "audit log")
    office.waits_for(ASKED)
    office.press("Escape")
    assert office.sees("Not saved yet: Crisis card.", CARD)
    find(office, "audit log")
    office.waits_for(ASKED)
    office.activate("Leave without saving")
    office.waits_for("Opened the records.")
    assert not office.sees("Search settings")
    find(office, "settings")
    office.waits_until(lambda: office.hears("Search settings"))
    assert not office.sees(CARD)


def test_what_is_saved_on_the_way_is_saved_and_the_way_is_gone(office: Office) -> None:
    office.opens().writes_card()
    find(office, "audit log")
    office.waits_for(ASKED)
    office.activate("Save and leave")
    office.waits_for("Opened the records.")
    find(office, "settings")
    office.waits_for(CARD)
    assert not office.sees("Not saved yet")


def test_one_who_stays_after_all_sees_what_is_saved_and_is_asked_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "write", refuse)
    office.opens().writes_card()
    office.closes_the_window()
    office.waits_for("Close the window all the same?")
    office.activate("Leave without saving")
    office.waits_for("The daily backup was not made.")
    office.activate("Stay")
    office.waits_for("Search settings")
    assert not office.sees(CARD) and not office.sees("Not saved yet")
    office.tab_to("Crisis card")
    office.type(CARD)
    office.waits_for("Not saved yet: Crisis card.")
    office.press("Escape")
    office.waits_for(ASKED)


@pytest.fixture
def shared(qtbot: QtBot, home: Path) -> Iterator[Office]:
    """With a second account; the first one has opened the records."""
    with Vault.open(home, PASSPHRASE) as vault:
        vault.people.add("Clinician B", "clinician", f"{PASSPHRASE} too", administers=False, cost=CHEAP)
    office = Office(qtbot, home)
    unlock_as(office, 0, PASSPHRASE)
    office.waits_for("No screenings yet")
    yield office
    office.close()


def test_what_was_put_aside_waits_for_the_one_who_may_save_it(shared: Office) -> None:
    office = shared
    office.writes_card()
    office.press("Ctrl+L")
    unlock_as(office, 1, f"{PASSPHRASE} too")
    office.waits_for("No screenings yet")
    open_settings(office)
    assert not office.sees(CARD)
    office.press("Ctrl+L")
    unlock_as(office, 0, PASSPHRASE)
    office.waits_for("It stands there still.")
    open_settings(office)
    office.waits_for("Not saved yet: Crisis card.", CARD)


# What is filled in about a patient when the records are locked

WAITS = "What was filled in stands there still."
TAKEN_UP = "This was filled in when the records were locked."


def test_a_new_screening_that_is_not_begun_waits_through_a_lock_for_the_account_that_filled_it_in(
    shared: Office,
) -> None:
    office = shared
    office.press("Ctrl+N")
    office.waits_for("What is being considered")
    office.write("Patient reference", "SYN-0077")
    office.write("Second mark", "Q 1981")
    office.write("Age, or year of birth", "1974")
    office.waits_for("Born that year: at this visit")
    choose_pathway(office)
    office.write("Product of this visit", "A spray of its own")
    office.press("Ctrl+L")
    unlock_as(office, 1, f"{PASSPHRASE} too")
    office.waits_for("No screenings yet")
    assert not office.sees(WAITS)
    office.press("Ctrl+N")
    office.waits_for("What is being considered")
    assert not office.sees("SYN-0077") and not office.sees("Q 1981")
    office.press("Ctrl+L")
    unlock_as(office, 0, PASSPHRASE)
    office.waits_for(WAITS)
    office.press("Ctrl+N")
    office.waits_for(TAKEN_UP, "SYN-0077", "Q 1981", "1974", "Born that year: at this visit", "A spray of its own")
    office.write("Age, or year of birth", "52")
    office.press("Ctrl+Return")
    office.waits_for("For clinician review", "SYN-0077")
    office.press("Ctrl+L")
    unlock_as(office, 0, PASSPHRASE)
    office.waits_for("SYN-0077")
    assert not office.sees(WAITS)
    office.press("Ctrl+N")
    office.waits_for("What is being considered")
    assert not office.sees(TAKEN_UP)


def test_a_new_screening_on_which_nothing_was_filled_in_leaves_nothing_behind(office: Office) -> None:
    office.opens().press("Ctrl+N")
    office.waits_for("What is being considered")
    office.press("Ctrl+L")
    unlock(office)
    office.waits_for("No screenings yet")
    assert not office.sees(WAITS)


def test_an_amendment_that_is_not_signed_waits_through_a_lock_for_the_account_that_wrote_it(shared: Office) -> None:
    office = shared
    begin(office)
    sign_as_incomplete(office)
    office.press("Escape")
    amends(office)
    office.type("Letter came")
    office.press("Return")
    office.type("It was")
    office.press("Ctrl+L")
    unlock_as(office, 1, f"{PASSPHRASE} too")
    amends(office)
    assert not office.sees("Letter came") and not office.sees("It was")
    office.press("Ctrl+L")
    unlock_as(office, 0, PASSPHRASE)
    office.waits_for("An amendment was not signed when the records were locked.")
    amends(office)
    office.waits_for("Letter came", "It was")
    office.press("Escape")
    office.waits_for("Report, page 1")
    office.press("Escape")
    office.waits_until(lambda: office.sees("SYN-0042") and not office.sees("Report, page 1"))
    assert not office.sees("An amendment was not signed")


def test_what_is_erased_waits_for_nobody_as_an_amendment(shared: Office) -> None:
    office = shared
    begin(office)
    sign_as_incomplete(office)
    office.press("Escape")
    amends(office)
    office.type("Letter came")
    office.press("Ctrl+L")
    unlock_as(office, 0, PASSPHRASE)
    office.waits_for("An amendment was not signed when the records were locked.")
    begin(office, "SYN-0077")
    sign_as_incomplete(office)
    office.press("Escape")
    office.waits_for("An amendment was not signed when the records were locked.")
    find(office, "audit log")
    office.activate("Erase what is kept under a reference…")
    office.write("Reference", "SYN-0042")
    office.press("Return")
    office.waits_for("Kept under SYN-0042")
    office.type("SYN-0042")
    office.press("Return")
    office.waits_for("the words are gone")
    office.press("Escape")
    office.waits_for("Opened the records.")
    office.press("Escape")
    office.waits_for("New screening", "SYN-0077")
    assert not office.sees("An amendment was not signed")
    assert "Letter came" not in repr(office.program._aside)


def test_why_a_screening_is_incomplete_stands_there_again_after_another_page_and_after_a_lock(office: Office) -> None:
    begin(office.opens())
    office.press("F6")
    office.activate("Sign as incomplete…")
    office.waits_until(lambda: office.hears("Why it is incomplete"))
    office.press("Space")
    office.write("Why it is incomplete, note", "called away")
    office.press("Escape")
    office.activate("Sign as incomplete…")
    office.waits_for("called away")
    office.press("Ctrl+L")
    unlock(office)
    office.waits_for("SYN-0042")
    office.activate("SYN-0042, Esketamine, clinic, Paused: open")
    office.waits_until(lambda: office.hears("This is the person"))
    office.press("Return", "F6")
    office.activate("Sign as incomplete…")
    office.waits_for("called away")
    office.tab_to("Passphrase")
    office.type(PASSPHRASE)
    office.press("Return")
    office.waits_for("Signed 2", "Report, page 1")
    office.press("Ctrl+T")
    office.waits_for("The patient left. called away")


# From the page of an amendment


def amends(office: Office) -> None:
    office.waits_for("SYN-0042", "Signed 2")
    office.activate("SYN-0042")
    office.waits_for("Report, page 1")
    office.activate("Amend…")
    office.waits_until(lambda: office.hears("Reason"))


def test_what_is_written_of_an_amendment_stays_wherever_one_goes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(office.opens())
    sign_as_incomplete(office)
    office.press("Escape")
    amends(office)
    office.type("Letter came")
    find(office, "audit log")
    office.waits_for("Opened the records.")
    find(office, "home")
    amends(office)
    assert office.sees("Letter came")
    office.press("Return")
    office.type("It was read.")
    go_on, amend = Event(), VaultShelf.amend

    def slow(*given: Any) -> Any:
        assert go_on.wait(20)
        return amend(*given)

    monkeypatch.setattr(VaultShelf, "amend", slow)
    office.tab_to("Passphrase")
    office.type(PASSPHRASE)
    office.press("Return")
    office.waits_for("Signing…")
    find(office, "home")
    assert office.sees("Signing…"), "nobody leaves while it is being signed"
    go_on.set()
    office.waits_for("Reason: Letter came", "1 amendment")


# Locking where the disk does not take what was typed


def test_a_lock_that_does_not_come_gives_a_handed_over_screen_back_covered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(office.opens())
    turn_to(office, "Blood pressure and heart")
    hand_over(office, "Your blood pressure and heart")
    office.press("Return")
    office.waits_for("Do you feel any of this right now?")
    monkeypatch.setattr(VaultShelf, "append", refuse)
    office.press("1")
    assert office.program._clinic is not None
    office.program._clinic.lock()  # as after the while for which the screen may stay hidden
    office.waits_for("Covered, but not locked.", "The disk is full.")
    assert not office.sees("SYN-0042") and not office.sees("Do you feel any of this right now?")
    office.waits_until(lambda: office.hears("Passphrase"))
    office.press("F9")
    assert not office.sees("SYN-0042"), "only the passphrase shows it again"
    office.type("not this one at all")
    office.press("Return")
    office.waits_for("This passphrase does not open these records.")
    monkeypatch.undo()

    def seen() -> bool:
        """Wrong passphrases slow down: a person tries again."""
        if office.hears("Passphrase"):
            office.press("Ctrl+A")
            office.type(PASSPHRASE)
            office.press("Return")
        return office.sees("Back from the patient", "the records were locked meanwhile")

    office.waits_until(seen, office.reads)
    office.press("Ctrl+L")
    office.waits_for("Passphrase forgotten")


def test_the_lock_comes_once_the_disk_takes_what_was_typed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(office.opens())
    monkeypatch.setattr(VaultShelf, "append", refuse)
    office.press("Ctrl+L")
    office.waits_for("Covered, but not locked.")
    monkeypatch.undo()
    office.waits_for("Passphrase forgotten")
    assert not office.sees("Covered, but not locked.")
    unlock(office)
    office.waits_for("SYN-0042", "1 of 111 answered", "Paused")


def test_no_lock_comes_over_whoever_has_given_the_passphrase(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(office.opens())
    monkeypatch.setattr(VaultShelf, "append", refuse)
    office.press("Ctrl+L")
    office.waits_for("Covered, but not locked.")
    office.type(PASSPHRASE)
    office.press("Return")
    office.waits_for("SYN-0042")
    monkeypatch.undo()
    office.waits_for("Saved ")
    assert office.sees("For clinician review")


# What the palette offers


def test_the_palette_offers_what_does_something_here_and_now(office: Office) -> None:
    begin(office.opens())
    office.waits_until(lambda: not office.hears("This is the person"))
    for name in ("Redo", "Go to the time-critical item", "My summary and plan", "Save response, next item"):
        assert office.finds_nothing(name), name
    for name in ("Next theme", "Sign", "Review", "Records of this reference", "Dose day", "Rules and sources"):
        assert not office.finds_nothing(name), name
    office.press("F6")
    office.waits_for("Your response")
    for name in ("Next theme", "Next question not recorded yet", "Add a reading or a medicine", "Sign"):
        assert office.finds_nothing(name), name
    for name in ("My summary and plan", "Save response, next item"):
        assert not office.finds_nothing(name), name
    office.press("Ctrl+E")
    office.waits_for("Records of SYN-0042", "The first record of this reference.")
    assert office.finds_nothing("Records of this reference")
    office.press("Ctrl+Shift+R")
    office.waits_for("Try it")
    for name in ("Next theme", "Back to where a link led from"):
        assert office.finds_nothing(name), name
    assert not office.finds_nothing("Try the rule")
    office.waits_for("Read at ")
    # Nobody ends what is being read of the files, and what hangs on it: it ends by itself.
    assert office.program._clinic is not None
    browser = office.program._clinic._rooms._browser
    assert browser is not None
    office.waits_until(lambda: not browser._jobs.busy)


def test_once_signed_the_palette_offers_nothing_that_changes_it(office: Office) -> None:
    begin(office.opens())
    sign_as_incomplete(office)
    for name in ("Review", "My summary and plan", "Sign", "Sign a part", "Save response, next item", "Hand over"):
        assert office.finds_nothing(name), name
    for name in ("Report preview", "Copy as chart text", "Back to the list of screenings"):
        assert not office.finds_nothing(name), name


def test_a_room_is_entered_straight_away(office: Office) -> None:
    begin(office.opens())
    shown: list[type] = []
    office.program.window.turned.connect(lambda: shown.append(type(office.program.window.page)))
    find(office, "room dose day")
    office.waits_for("Nobody yet today")
    assert HomePage not in shown
    find(office, "print forms")
    office.waits_for("Preview the form")
    assert HomePage not in shown
    assert office.program._clinic is not None and office.program._clinic.workspace is None
    find(office, "home")
    office.waits_for("SYN-0042", "Paused")
