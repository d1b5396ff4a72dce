"""Accounts, keys, backups, restoring and closing: what goes wrong is said in place, and nothing is lost by it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.store import archive, making
from screener.store.backup import Backups
from screener.store.vault import Vault
from screener.ui.app import Program, build
from screener.ui.choices import BACKUPS, CHOICES, BackupChoices, ClinicChoices
from screener.ui.content import path_typed
from screener.ui.shell.account_forms import AccountPage, KeyPage, RemovePage
from screener.ui.shell.accounts_page import AccountsPage
from screener.ui.shell.backups_page import BackupsPage
from screener.ui.shell.closing_page import ClosingPage
from screener.ui.shell.first_start import FirstStartPage, RecoveryPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.restore_page import RestoredPage, RestorePage
from screener.ui.shell.settings import SettingsPage
from screener.ui.shell.unlock import UnlockPage
from screener.ui.widgets.error_summary import ErrorSummary
from tests.store.places import CHEAP
from tests.ui.desks import close, refuse

PASSPHRASE = "a lamp, a stair, a river"
PATIENCE_MS = 20_000
Page = TypeVar("Page", bound=QWidget)


class Desk:
    """The running program over a vault that was made before, its keys cheap."""

    def __init__(self, qtbot: QtBot, home: Path) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.qtbot, self.home = qtbot, home
        self.program: Program = build(application, home=home)
        self.window = self.program.window
        qtbot.addWidget(self.window)
        self.window.show()

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def page(self, kind: type[Page]) -> Page:
        """The page, once it is of this kind."""
        self.waits(lambda: isinstance(self.window.page, kind))
        shown = self.window.page
        assert isinstance(shown, kind)
        return shown

    def press(self, name: str) -> None:
        """Press the button of this name on the page that is shown."""

        def called() -> list[QAbstractButton]:
            page = self.window.page
            return [b for b in page.findChildren(QAbstractButton) if b.accessibleName() == name and b.isVisibleTo(page)]

        self.waits(called)
        called()[0].click()

    def open(self, passphrase: str = PASSPHRASE) -> HomePage:
        page = self.page(UnlockPage)
        page.passphrase.setText(passphrase)
        page._go()
        return self.page(HomePage)

    def accounts(self) -> AccountsPage:
        self.page(HomePage).accounts.emit()
        page = self.page(AccountsPage)
        self.waits(lambda: any(b.accessibleName() == "Change Clinician A" for b in page.findChildren(QAbstractButton)))
        return page

    def close(self) -> None:
        close(self.program)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    vault, _ = Vault.create(folder, name="Clinician A", passphrase=PASSPHRASE, cost=CHEAP)
    with vault:
        vault.shelf.begin({"reference": "SYN-0042", "begun_at": "2026-11-23T09:00", "clinician": "Clinician A"})
    return folder


@pytest.fixture
def desk(qtbot: QtBot, home: Path) -> Iterator[Desk]:
    made = Desk(qtbot, home)
    yield made
    made.close()


def add(home: Path, name: str, role: str, *, administers: bool = False) -> None:
    with Vault.open(home, PASSPHRASE) as vault:
        vault.people.add(name, role, f"{PASSPHRASE} too", administers=administers, cost=CHEAP)


def test_a_name_that_is_taken_is_said_where_it_was_typed(desk: Desk) -> None:
    desk.open()
    desk.accounts().add.emit()
    page = desk.page(AccountPage)
    page.name.setText("clinician a")
    for line in page.findChildren(QLineEdit)[1:]:
        line.setText(f"{PASSPHRASE} too")
    page.go()
    desk.waits(lambda: "already" in page.notice.text)
    assert desk.window.page is page and page.name.text() == "clinician a"


def test_two_different_first_passphrases_make_no_account(desk: Desk) -> None:
    desk.open()
    desk.accounts().add.emit()
    page = desk.page(AccountPage)
    page.go()
    [summary] = page.findChildren(ErrorSummary)
    assert summary.isVisible()
    assert "needs a name" in summary.accessibleName()
    assert "at least 10 characters" in summary.accessibleName()
    page.name.setText("Clinician B")
    page.go()
    assert "at least 10 characters" in page.notice.text
    first, again = page.findChildren(QLineEdit)[1:]
    first.setText("one of these")
    again.setText("the other one")
    page.go()
    assert "differ" in page.notice.text


def test_the_last_account_that_administers_keeps_that_right(desk: Desk) -> None:
    desk.open()
    desk.accounts()
    desk.press("Change Clinician A")
    page = desk.page(AccountPage)
    page.administers.click()
    page.go()
    desk.waits(lambda: "last account that administers" in page.notice.text)


def test_the_open_account_is_not_offered_to_remove_itself(desk: Desk) -> None:
    desk.open()
    page = desk.accounts()
    assert not [b for b in page.findChildren(QAbstractButton) if b.accessibleName() == "Remove Clinician A"]


def test_without_room_for_another_key_the_account_is_gone_and_that_is_said(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(home, "Clinician B", "clinician")
    desk = Desk(qtbot, home)
    desk.open()
    desk.accounts()
    monkeypatch.setattr(making, "rotate", refuse)
    desk.press("Remove Clinician B")
    desk.page(RemovePage).go()
    desk.waits(lambda: "not encrypted with a new key" in getattr(desk.window.page, "notice", page_without()).text)
    assert "Clinician B was removed." in desk.page(AccountsPage).notice.text
    desk.close()
    with Vault.open(home, PASSPHRASE) as vault:
        assert [one.name for one in vault.people.keyring.people] == ["Clinician A"]


class page_without:  # noqa: N801 - stands for a page that says nothing
    text = ""


def test_a_recovery_key_that_nobody_wrote_down_is_remembered_until_somebody_does(desk: Desk) -> None:
    desk.open()
    desk.accounts().sheet.emit()
    desk.page(KeyPage).go()
    desk.page(RecoveryPage)
    desk.program._nobody_there()
    page = desk.open()
    assert page._reminder.isVisible()
    page.sheet.emit()
    desk.page(KeyPage).go()
    recovery = desk.page(RecoveryPage)
    recovery._kept.click()
    recovery._go.click()
    desk.page(AccountsPage).back.emit()
    assert not desk.page(HomePage)._reminder.isVisible()


def test_while_the_records_are_encrypted_anew_locking_hides_them_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, rotate = Event(), making.rotate

    def slow(*given: Any) -> Any:
        assert go_on.wait(PATIENCE_MS / 1000)
        return rotate(*given)

    monkeypatch.setattr(making, "rotate", slow)
    desk.open()
    desk.accounts().rotate.emit()
    desk.page(KeyPage).go()
    desk.waits(lambda: desk.program._jobs.busy)
    desk.program._nobody_there()
    unlock = desk.page(UnlockPage)
    unlock.passphrase.setText(PASSPHRASE)
    unlock._go()
    go_on.set()
    assert desk.page(HomePage)._reminder.isVisible(), "the new sheet was shown to nobody"


def test_a_clinician_who_does_not_administer_reads_what_the_clinic_chose(qtbot: QtBot, home: Path) -> None:
    add(home, "Clinician B", "clinician")
    desk = Desk(qtbot, home)
    page = desk.page(UnlockPage)
    assert page.account is not None
    page.account.show_value(page._people[1].id)
    desk.open(f"{PASSPHRASE} too").settings.emit()
    settings = desk.page(SettingsPage)
    names = [button.text() for button in settings.findChildren(QAbstractButton) if button.isVisible()]
    assert "Save" not in names and "Accounts…" not in names and "Your passphrase…" in names
    assert "by those who administer these records: Clinician A." in said_on(settings)
    settings.backups.emit()
    backups = desk.page(BackupsPage)
    assert "Save" not in [button.text() for button in backups.findChildren(QAbstractButton)]
    desk.close()
    again = Desk(qtbot, home)
    door = again.page(UnlockPage)
    assert door.account is not None and door.account.currentText() == "Clinician B, clinician"
    again.close()


def said_on(page: QWidget) -> str:
    from tests.ui.walk.reader import in_sight, texts_of

    return "\n".join(texts_of(page, in_sight(page)))


def test_minutes_until_the_lock_are_chosen_shown_and_kept(desk: Desk) -> None:
    desk.open().settings.emit()
    page = desk.page(SettingsPage)
    assert page.choosing is not None
    page.choosing.lock.after.choice.button_of("2").click()
    assert page.foot.text == "Not saved yet: Locked after."
    page.foot.save.emit()
    desk.waits(lambda: page.foot.text.startswith("Saved "))
    page.back.emit()
    home = desk.page(HomePage)
    assert "locked after 2 min" in said_on(home)
    assert desk.program._idle._timer.interval() == 120_000
    home.lock.emit()
    assert "locked after 2 min" in said_on(desk.open())


def test_choices_that_no_version_of_ours_wrote_are_those_that_the_program_comes_with(tmp_path: Path) -> None:
    assert ClinicChoices.of({"lock_after_min": 0}).lock_after_min == 10
    assert ClinicChoices.of(ClinicChoices({"a": "b"}, "c", "d", 5).to_json()) == ClinicChoices({"a": "b"}, "c", "d", 5)
    kept = BackupChoices(tmp_path / "there", 7, False)
    assert BackupChoices.of(kept.to_json(), tmp_path) == kept
    assert BackupChoices.of({"keep": -1}, tmp_path) == BackupChoices(tmp_path / "backups", 14, True)
    assert {CHOICES, BACKUPS} == {"clinic", "backups"}


# Records that cannot be opened as they are


def lose_the_end(home: Path) -> None:
    """The file is that of a moment ago; its seal is of now."""
    shutil.copyfile(home / "vault.db", home / "before")
    with Vault.open(home, PASSPHRASE) as vault:
        vault.shelf.begin({"reference": "SYN-0999", "begun_at": "2026-11-23T09:10", "clinician": "Clinician A"})
    shutil.move(home / "before", home / "vault.db")


def test_records_whose_end_is_missing_open_as_they_stand_when_that_is_chosen(qtbot: QtBot, home: Path) -> None:
    lose_the_end(home)
    desk = Desk(qtbot, home)
    page = desk.page(UnlockPage)
    page.passphrase.setText(PASSPHRASE)
    page._go()
    desk.waits(lambda: "Missing from the end" in page.notice.text)
    assert page._ways.isVisible() and not page._button.isVisible()
    desk.press("Open as they stand")
    desk.page(HomePage)
    desk.close()


def test_a_damaged_keys_file_leads_to_a_backup_which_brings_the_records_back(qtbot: QtBot, home: Path) -> None:
    with Vault.open(home, PASSPHRASE) as vault:
        vault.backups.make(home / "backups")
    (home / "vault.keys.json").write_text("{}")
    desk = Desk(qtbot, home)
    page = desk.page(UnlockPage)
    page.passphrase.setText(PASSPHRASE)
    page._go()
    desk.waits(page._ways.isVisible)
    assert not page._stands.isVisible() and "is damaged" in page.notice.text
    desk.press("Restore a backup now…")
    restoring = desk.page(RestorePage)
    [line] = archive.listed(home / "backups")
    restoring._take(line.path)
    desk.waits(lambda: restoring._told)
    restoring.passphrase.setText(PASSPHRASE)
    restoring._go()
    restored = desk.page(RestoredPage)
    [kept] = home.glob("replaced-*")
    assert str(kept) in said_on(restored) and (kept / "vault.keys.json").read_text() == "{}"
    restored.done.emit()
    desk.page(HomePage)
    desk.close()


def test_a_fresh_machine_restores_with_the_recovery_key_and_a_new_passphrase(qtbot: QtBot, tmp_path: Path) -> None:
    vault, sheet = Vault.create(tmp_path / "old", name="Clinician A", passphrase=PASSPHRASE, cost=CHEAP)
    with vault:
        path = vault.backups.make(tmp_path / "kept").path
    desk = Desk(qtbot, tmp_path / "new")
    desk.page(FirstStartPage).restore.emit()
    page = desk.page(RestorePage)
    page._look()
    assert "Choose a backup" in page.notice.text
    page.file.setText(str(tmp_path / "nothing"))
    page._look()
    desk.waits(lambda: "no records" in page.notice.text)
    page._take(path)
    desk.waits(lambda: page._told)
    page._how.choose("recovery")
    page.key.setText(sheet.text)
    for line in (page.new, page.again):
        line.setText("other plain words")
    page._go()
    restored = desk.page(RestoredPage)
    assert not list((tmp_path / "new").glob("replaced-*"))
    restored.done.emit()
    desk.page(HomePage)
    desk.close()
    with Vault.open(tmp_path / "new", "other plain words") as opened:
        assert opened.account.name == "Clinician A"


# Backups and closing


def test_a_backup_that_finds_no_room_is_said_and_can_be_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open().backups.emit()
    page = desk.page(BackupsPage)
    with monkeypatch.context() as patch:
        patch.setattr(archive, "write", refuse)
        page._go()
        desk.waits(lambda: "The disk is full." in page.notice.text)
    assert not page.working.isVisible()
    page._go()
    desk.waits(lambda: "It was tried" in page.done.text)
    assert len(archive.listed(desk.home / "backups")) == 1


def test_going_back_leaves_a_backup_undone_and_keeps_nobody_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, write = Event(), archive.write

    def slow(*given: Any) -> Any:
        assert go_on.wait(PATIENCE_MS / 1000)
        return write(*given)

    monkeypatch.setattr(archive, "write", slow)
    desk.open().backups.emit()
    page = desk.page(BackupsPage)
    page._go()
    assert "Going back leaves it undone." in page.working.text
    page.back.emit()
    desk.page(HomePage)
    go_on.set()
    desk.waits(lambda: not desk.program._jobs.busy)
    assert list((desk.home / "backups").iterdir()) == []


def test_another_folder_is_kept_and_the_disk_it_is_on_is_said(desk: Desk, tmp_path: Path) -> None:
    desk.open().backups.emit()
    page = desk.page(BackupsPage)
    assert "same disk" in page._disk.text
    page.folder.setText("somewhere")
    page._keep_choices()
    assert "whole path" in page.notice.text
    page.folder.setText(str(tmp_path / "elsewhere"))
    page._keep_choices()
    desk.waits(lambda: page.done.text == "Saved.")
    page._go()
    desk.waits(lambda: list((tmp_path / "elsewhere").glob("*.screener-backup")))


def test_how_backups_are_made_is_reset_and_kept_once_it_is_saved(desk: Desk, tmp_path: Path) -> None:
    desk.open().backups.emit()
    page = desk.page(BackupsPage)
    page.folder.setText(str(tmp_path / "elsewhere"))
    page.daily.setChecked(False)
    page._keep_choices()
    desk.waits(lambda: page.done.text == "Saved.")
    assert page.written is None
    page._reset.click()
    assert page.written is not None and path_typed(page.folder.text()) == desk.home / "backups"
    page._keep_choices()
    desk.waits(lambda: page.done.text == "Saved.")
    assert page.daily.isChecked() and page.written is None
    page.folder.setText(str(tmp_path / "again"))
    page._back.click()
    desk.page(HomePage).backups.emit()
    assert desk.page(BackupsPage).folder.text() == str(tmp_path / "again")


def test_the_window_closes_by_itself_after_the_daily_backup(desk: Desk) -> None:
    desk.open()
    desk.window.close()
    assert desk.window.isVisible()
    desk.waits(desk.window.isHidden)
    assert len(archive.listed(desk.home / "backups")) == 1


def test_closing_again_leaves_without_the_daily_backup(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, write = Event(), archive.write

    def slow(*given: Any) -> Any:
        assert go_on.wait(PATIENCE_MS / 1000)
        return write(*given)

    monkeypatch.setattr(archive, "write", slow)
    desk.open()
    desk.window.close()
    page = desk.page(ClosingPage)
    assert "Close again to leave without it." in page.working.text
    desk.window.close()
    assert desk.window.isHidden()
    go_on.set()
    desk.program.shut()
    assert list((desk.home / "backups").iterdir()) == []


def test_a_daily_backup_that_fails_is_said_and_the_window_closes_when_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "write", refuse)
    desk.open()
    desk.window.close()
    page = desk.page(ClosingPage)
    desk.waits(lambda: "The daily backup was not made. The disk is full." in page.notice.text)
    desk.press("Stay")
    desk.page(HomePage)
    desk.window.close()
    page = desk.page(ClosingPage)
    desk.waits(lambda: page.notice.text)
    desk.press("Close without a backup")
    assert desk.window.isHidden()


def test_a_folder_of_backups_that_cannot_be_read_does_not_hold_the_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Backups, "due", refuse)
    desk.open()
    desk.window.close()
    desk.waits(lambda: "The daily backup was not made." in desk.window.news.text)
    desk.window.close()
    assert desk.window.isHidden()


def test_without_anything_done_since_the_last_one_the_window_just_closes(desk: Desk) -> None:
    desk.open()
    desk.window.close()
    desk.waits(desk.window.isHidden)
    desk.close()
    again = Desk(desk.qtbot, desk.home)
    again.open()
    again.window.close()
    again.waits(again.window.isHidden)
    assert len(archive.listed(desk.home / "backups")) == 1
    again.close()
