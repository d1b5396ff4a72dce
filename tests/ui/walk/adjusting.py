"""Settings, worked over a vault on disk: everything chosen, searched, reset, saved and left in each way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from screener.places import forms_folder
from screener.store.roles import rights_of
from screener.store.vault import Vault
from screener.ui import data_place
from screener.ui.adjusting import Adjusting, PutAside
from screener.ui.appearance import Appearance
from screener.ui.backing_up import BackingUp
from screener.ui.choices import BackupChoices, ClinicChoices
from screener.ui.content import Content
from screener.ui.keeping import Keeping
from screener.ui.shell.settings import SettingsPage
from screener.ui.shell.settings_group import ResettingHead
from screener.ui.shell.window import MainWindow
from tests.store.places import CHEAP
from tests.ui.desks import CLOCK, DISK_FULL, opened
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

PASSPHRASE = "a lamp, a stair, a river"


def walk_settings(reader: Reader) -> None:
    """Every deed of the page, and what the store says to it."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(QDesktopServices, "openUrl", lambda _: False)
        _over_a_vault(reader, Path(folder), patch)
        forget()
    _of_this_computer(reader)
    forget()


def _over_a_vault(reader: Reader, home: Path, patch: pytest.MonkeyPatch) -> None:
    vault, _ = Vault.create(home, name="Clinician A", passphrase=PASSPHRASE, clock=CLOCK, cost=CHEAP)
    for name in ("window.ini", "notes.txt"):
        (home / name).write_text("x")
    for name in ("backups", "packs", "reports", "replaced-2026-11-01-101010"):
        (home / name).mkdir()
    settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
    window, jobs, aside = MainWindow(settings), ByHand(), PutAside()
    content = Content(forms_folder() / "intake", home, settings, CLOCK, window)
    content.open = opened()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    keeping = Keeping(window, vault, jobs, CHEAP)
    backing_up = BackingUp(window, vault, jobs, home, keeping)
    appearance = Appearance(application, QSettings(str(home / "other.ini"), QSettings.Format.IniFormat))
    application.setStyleSheet("")
    made = Adjusting(window, vault, content, jobs, appearance, CLOCK, home, keeping, backing_up, aside)
    made.open()
    reader.read("settings, worked", "as it opens", window)
    jobs.work_off()
    reader.read("settings, worked", "looked through", window)
    page = made._page
    assert page is not None
    _saving(reader, page, jobs)
    page.data._open()
    page.data._copy()
    reader.read("settings, worked", "the folder", window)
    page.choosing.lock.after.show_minutes(2)  # type: ignore[union-attr]
    made.put_aside()
    reader.note("settings, worked", "put aside", [made.reminder])
    made.open()
    patch.setattr(data_place, "look", _refused)
    jobs.work_off()
    reader.read("settings, worked", "with what was put aside", window)
    made._made = None
    made._not_kept(DISK_FULL)
    reader.read("settings, worked", "not saved, behind another page", window)
    content.end()
    vault.close()
    window.deleteLater()


def _refused(_: Path) -> None:
    raise OSError(13, "Permission denied")


def _saving(reader: Reader, page: SettingsPage, jobs: ByHand) -> None:
    choosing = page.choosing
    assert choosing is not None
    choosing.card.edit.setPlainText("Night line 555 0100")
    choosing.lock.after.show_minutes(5)
    choosing.clinic.country.setCurrentIndex(1)
    page.ask_to_close(bool)
    reader.read("settings, worked", "closing is asked", page)
    page._stay()
    page._go_back()
    reader.read("settings, worked", "leaving is asked", page)
    page._stay()
    page._save()
    reader.read("settings, worked", "saving", page)
    jobs.work_off()
    reader.read("settings, worked", "saved", page)
    choosing.lock.after.show_minutes(15)
    page.show_problem(DISK_FULL)
    reader.read("settings, worked", "not saved", page)
    page._put_back()
    reader.read("settings, worked", "put back", page)
    for setting in [each for section in page.body.sections for each in section.settings]:
        if setting.reset.isVisibleTo(page):
            setting.reset.click()
            reader.read("settings, worked", f"reset: {setting.described.name}", page)
            setting.reset.click()
    for typed in ("colour", "colurs", "zzzz", "lock"):
        page.search.setText(typed)
        page._narrow()
        reader.read("settings, worked", f"searched: {typed}", page)
    page._show_all()


def _of_this_computer(reader: Reader) -> None:
    """Everything reset with nothing to reset, and with everything otherwise."""
    for scheme, scale, origin in (("system", 1.0, "shipped"), ("dark", 1.3, "chosen")):
        page = SettingsPage(
            replace(opened(), origin=origin),  # type: ignore[arg-type]
            ClinicChoices({}, "Night line 555 0100" if origin == "chosen" else "", ""),
            scheme,
            scale,
        )
        for state in ("reset", "taken back"):
            page.computer.link.click()
            reader.read("settings, this computer", f"{scheme}, {state}", page)
        assert isinstance(page.clinic, ResettingHead)
        for state in ("reset", "taken back"):
            page.clinic.link.click()
            reader.read("settings, this clinic", f"{scheme}, {state}", page)
        page.deleteLater()
    page = SettingsPage(
        opened(),
        ClinicChoices({}, "", ""),
        "system",
        1.0,
        rights_of("trainer", administers=False),
        kept_backups=BackupChoices(Path("elsewhere"), 7, daily=False),
    )
    reader.read("settings, this computer", "read by a trainer", page)
    page.deleteLater()
