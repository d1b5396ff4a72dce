"""What comes late, what goes wrong, and what locks: the same on every page of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.clock import SystemClock, today
from screener.store.shelf import VaultShelf
from screener.store.vault import Vault
from screener.text import WorldError
from screener.ui.clinic import Clinic
from screener.ui.screening.workspace import Workspace
from screener.ui.shell.accounts_page import AccountsPage
from screener.ui.shell.backups_page import BackupsPage
from screener.ui.shell.closing_page import ClosingPage
from screener.ui.shell.dose_day_page import DoseDayPage
from screener.ui.shell.erase_page import ErasePage
from screener.ui.shell.form_page import FormPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.keys import KeysPage
from screener.ui.shell.log_page import LogPage
from screener.ui.shell.print_page import Form
from screener.ui.shell.restore_page import RestorePage
from screener.ui.shell.settings import SettingsPage
from screener.ui.shell.unlock import UnlockPage
from screener.ui.widgets.standing import StandingLine
from tests.journeys.person import Person
from tests.store.places import CHEAP
from tests.ui.desks import DISK_FULL, refuse, session_of, show_in_window
from tests.ui.test_keeping import PASSPHRASE, PATIENCE_MS, Desk

Mod = Qt.KeyboardModifier


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Records with one unfinished screening."""
    folder = tmp_path / "home"
    vault, _ = Vault.create(folder, name="Clinician A", passphrase=PASSPHRASE, cost=CHEAP)
    with vault:
        screening = vault.shelf.begin(session_of("ketamine-home").opening.to_json())
        vault.shelf.append(screening, (), {"pathway": "At home", "state": "paused"})
    return folder


@pytest.fixture
def desk(qtbot: QtBot, home: Path) -> Iterator[Desk]:
    made = Desk(qtbot, home)
    yield made
    made.close()


def clinic_of(desk: Desk) -> Clinic:
    found = desk.program._clinic
    assert found is not None
    return found


def draft_of(desk: Desk) -> str:
    return clinic_of(desk)._vault.shelf.drafts()[0].screening


@contextmanager
def busy(desk: Desk) -> Iterator[None]:
    """Whatever is asked of the store meanwhile is answered afterwards."""
    go_on = Event()
    desk.program._jobs.submit(lambda: go_on.wait(PATIENCE_MS / 1000), lambda _: None, lambda _: None)
    yield
    go_on.set()
    desk.waits(lambda: not desk.program._jobs.busy)


def lock(desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_L, Mod.ControlModifier)


# What comes late


def test_a_screening_that_is_read_after_the_records_were_locked_does_not_open_over_the_door(desk: Desk) -> None:
    page = desk.open()
    draft = draft_of(desk)
    with busy(desk):
        page.open_draft.emit(draft)
        lock(desk)
        desk.page(UnlockPage)
    assert isinstance(desk.window.page, UnlockPage) and desk.program._clinic is None


def test_a_screening_that_is_read_after_another_page_was_opened_does_not_take_its_place(desk: Desk) -> None:
    page = desk.open()
    draft = draft_of(desk)
    with busy(desk):
        page.open_draft.emit(draft)
        page.settings.emit()
        desk.page(SettingsPage)
    assert isinstance(desk.window.page, SettingsPage)
    assert clinic_of(desk).workspace is None


def test_that_a_screening_is_being_opened_is_said_at_the_foot_until_it_stands_there_or_another_page_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.open()
    draft, foot = draft_of(desk), desk.window._standing
    as_ever = foot.accessibleName()
    with busy(desk):
        page.open_draft.emit(draft)
        assert foot.accessibleName() == "Opening the screening…"
        page.settings.emit()
        assert foot.accessibleName() == as_ever
    desk.page(SettingsPage).back.emit()
    with monkeypatch.context() as patched:
        patched.setattr(VaultShelf, "draft", refuse)
        desk.page(HomePage).open_draft.emit(draft)
        desk.waits(lambda: not desk.program._jobs.busy)
        assert foot.accessibleName() == as_ever
    desk.page(HomePage).open_draft.emit(draft)
    desk.waits(lambda: isinstance(desk.window.page, Workspace))
    assert foot.accessibleName() == as_ever


def test_the_log_that_is_read_after_another_page_was_opened_does_not_take_its_place(desk: Desk) -> None:
    page = desk.open()
    with busy(desk):
        page.audit_log.emit()
        page.backups.emit()
    assert isinstance(desk.window.page, BackupsPage)


def test_records_that_open_after_somebody_went_through_another_door_are_closed_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = desk.page(UnlockPage)
    opened: list[Vault] = []
    way = Vault.open

    def noted(*given: Any, **more: Any) -> Vault:
        opened.append(way(*given, **more))
        return opened[0]

    monkeypatch.setattr(Vault, "open", noted)
    with busy(desk):
        door.passphrase.setText(PASSPHRASE)
        door._go()
        desk.press("Restore a backup…")
        desk.page(RestorePage)
    desk.waits(lambda: not desk.program._jobs.busy)
    assert isinstance(desk.window.page, RestorePage)
    with pytest.raises(Exception, match="closed"):
        opened[0].shelf.drafts()


def test_what_a_page_asked_for_is_shown_on_it_also_while_another_page_is_over_it(qtbot: QtBot) -> None:
    page, heard = FormPage("Under"), list[int]()
    window = show_in_window(qtbot, page)
    tell: Callable[[int], None] = window.while_shown(page, heard.append)
    tell(1)
    window.show_over(FormPageOver("Over"))
    tell(2)
    window.close_over()
    window.show_page(FormPageOver("Another"))
    tell(3)
    qtbot.wait(0)
    tell(4)
    assert heard == [1, 2]


def test_a_preview_whose_place_another_page_has_taken_ends_with_the_records(desk: Desk) -> None:
    desk.open()
    papers, pack = clinic_of(desk)._papers, clinic_of(desk)._pack
    papers._show_form(pack, Form(pack.pathways[0], ("general",), (pack.pathways[0].themes[0],), "a4"))
    page = papers._preview
    assert page is not None and desk.window.page is page
    desk.window.show_page(FormPageOver("Another"))
    assert not page._jobs.ended
    papers.end()
    assert page._jobs.ended


class FormPageOver(FormPage):
    """Another kind of page."""


# What goes wrong


def test_what_went_wrong_is_said_on_the_page_or_below_it(qtbot: QtBot) -> None:
    page = FormPage("A page")
    window = show_in_window(qtbot, page)
    window.show_problem(DISK_FULL)
    assert (page.notice.text, window.news.text) == ("The disk is full. Make room, then go on.", "")
    window.show_over(KeysPage())
    window.show_problem(DISK_FULL)
    assert window.news.text == "The disk is full. Make room, then go on."
    window.news.hide()
    window.show_page(QWidget())
    window.show_problem(WorldError("It is gone."))
    assert window.news.text == "It is gone."
    window.show_page(FormPage("Another page"))
    assert window.news.text == "", "what belonged to the page before is gone with it"
    window.news.tell("Content read again.")
    window.show_page(FormPage("Another page"))
    assert window.news.text == "Content read again."


# Locking


WAYS: tuple[tuple[type[QWidget], str], ...] = (
    (SettingsPage, "settings"),
    (AccountsPage, "accounts"),
    (BackupsPage, "backups"),
    (LogPage, "audit_log"),
    (DoseDayPage, "dose_day"),
)
"""Pages, each with the signal of home that leads there."""


def test_one_key_locks_from_every_page_and_at_the_door_it_does_nothing(desk: Desk) -> None:
    for kind, way in WAYS:
        getattr(desk.open(), way).emit()
        desk.page(kind)
        lock(desk)
        desk.page(UnlockPage)
        assert desk.program._clinic is None, way
    desk.open().audit_log.emit()
    desk.page(LogPage).erase.emit()
    desk.page(ErasePage)
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    desk.page(KeysPage)
    lock(desk)
    door = desk.page(UnlockPage)
    lock(desk)
    assert desk.window.page is door


# Going on


def begun_elsewhere(home: Path) -> None:
    """Another unfinished screening, under content that is not on this computer, of a visit some days ago."""
    of_today = session_of("ketamine-home").opening
    opening = replace(of_today, pack=replace(of_today.pack, hash="gone"), begun_at="2026-11-23T10:00:00+00:00")
    with Vault.open(home, PASSPHRASE) as vault:
        for draft in vault.shelf.drafts():
            vault.shelf.discard(draft.screening, "entered for the test")
        screening = vault.shelf.begin(opening.to_json())
        vault.shelf.append(screening, (), {"pathway": "At home", "state": "paused"})


@pytest.fixture
def elsewhere(qtbot: QtBot, home: Path) -> Iterator[Desk]:
    begun_elsewhere(home)
    made = Desk(qtbot, home)
    yield made
    made.close()


def test_what_holds_for_the_whole_sitting_stays_beyond_the_next_key_and_the_day_until_it_is_todays(
    elsewhere: Desk, qtbot: QtBot
) -> None:
    desk = elsewhere
    page = desk.open()
    page.open_draft.emit(draft_of(desk))
    workspace = desk.page(Workspace)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    person = Person(qtbot.waitUntil, desk.window)
    day, gone = "The visit date is 2026-11-23; today is ", "is not on this computer any more: its rules are"
    person.waits_for(day, gone)
    person.waits_until(lambda: person.hears("This is the person"))
    person.press("Return", "1")
    workspace.autosave.commit()
    desk.waits(lambda: workspace.autosave.settled)
    person.waits_for(day, gone)
    person.write("Visit date", today(SystemClock()).isoformat())
    person.press("Return")
    person.waits_until(lambda: not person.sees(day))
    assert person.sees(gone)
    workspace.controller.undo()
    person.waits_for(day, gone)


# Closing


def test_closing_waits_again_once_what_could_not_be_saved_is_on_disk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.open()
    page.open_draft.emit(draft_of(desk))
    workspace = desk.page(Workspace)
    workspace.identity.confirm.click()
    with monkeypatch.context() as patch:
        patch.setattr(VaultShelf, "append", refuse)
        workspace.controller.answer("body.weight", "104")
        desk.window.close()
        said = "The disk is full. Make room, then go on. Close again to leave without what is not saved."
        desk.waits(lambda: workspace.above.problem.text == said)
    workspace.autosave.commit()
    desk.waits(lambda: workspace.autosave.settled)
    desk.window.close()
    assert desk.window.isVisible()
    desk.page(ClosingPage)
    desk.waits(desk.window.isHidden)


def test_closing_tries_the_daily_backup_again_after_somebody_went_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.open()
    with monkeypatch.context() as patch:
        patch.setattr("screener.store.backup.Backups.due", refuse)
        desk.window.close()
        desk.waits(lambda: "The daily backup was not made." in desk.window.news.text)
    page.settings.emit()
    desk.page(SettingsPage)
    desk.window.close()
    assert desk.window.isVisible()
    desk.waits(desk.window.isHidden)
    assert len(list((desk.home / "backups").iterdir())) == 1


# What takes a moment


@pytest.mark.parametrize("way", ["settings", "rules", "forms", "new", "accounts"])
def test_before_a_page_is_made_that_takes_a_moment_the_foot_and_the_pointer_say_so(
    desk: Desk, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, window, painted = desk.open(), desk.window, []
    stands = window._standing.accessibleName()
    paints = type(window._standing).repaint

    def repaint(line: StandingLine) -> None:
        painted.append((line._text.text(), QApplication.overrideCursor() is None, isinstance(window.page, HomePage)))
        paints(line)

    monkeypatch.setattr(type(window._standing), "repaint", repaint)
    getattr(home, way).emit()
    assert painted == [("Opening…", True, True)]
    cursor = QApplication.overrideCursor()
    assert cursor is not None and cursor.shape() is Qt.CursorShape.WaitCursor
    desk.waits(lambda: QApplication.overrideCursor() is None)
    assert not isinstance(window.page, HomePage)
    assert window._standing._text.text() == window._standing.accessibleName() == stands
