"""A path that is typed or chosen: nothing that can be typed is a mistake, and a dialog goes with its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from screener.text import WorldError
from screener.ui.choices import BackupChoices
from screener.ui.content import is_there, path_typed
from screener.ui.record_exports import REDACTED
from screener.ui.shell.backups_page import BackupsPage
from screener.ui.shell.form_page import FormPage
from screener.ui.shell.restore_page import RestorePage
from screener.ui.shell.save_page import SavePage
from screener.ui.widgets.choosing_file import Chosen, ask_path
from tests.ui.desks import show_in_window
from tests.ui.keeping import BACKUPS, FOLDER, TOLD

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the dialog is a window of its own
NOBODY = "~nobody-of-this-name"


def dialog_of(page: QWidget) -> QFileDialog:
    (found,) = page.findChildren(QFileDialog)
    return found


def test_a_name_that_begins_as_somebody_elses_folder_is_a_path_like_any_other() -> None:
    assert path_typed(f" {NOBODY}/a.csv ") == Path(f"{NOBODY}/a.csv")
    assert path_typed("~/a.csv") == Path.home() / "a.csv"
    assert not is_there(Path("a" * 5000))


def test_every_page_that_takes_a_path_takes_one_that_leads_nowhere(qtbot: QtBot) -> None:
    asked: list[Path] = []

    def same(folder: Path) -> bool:
        asked.append(folder)
        return True

    choices = BackupChoices(FOLDER, 14)
    backups = BackupsPage(choices, may_choose=True, choosers=(), same_disk=same, usual=choices)
    window = show_in_window(qtbot, backups)
    backups.folder.setText("")
    QTest.keyClicks(backups.folder, NOBODY)
    assert asked == [FOLDER], "a disk is asked once the folder is typed"
    backups.folder.editingFinished.emit()
    assert asked == [FOLDER, Path(NOBODY)]
    backups._keep_choices()
    assert backups.notice.text.startswith("The folder is a whole path")
    saving = SavePage(REDACTED)
    window.show_page(saving)
    saving.path.setText(NOBODY)
    with qtbot.waitSignal(saving.save) as saved:
        saving._go()
    assert saved.args is not None and saved.args[0] == Path(f"{NOBODY}.json")
    restoring = RestorePage(FOLDER)
    window.show_page(restoring)
    restoring.file.setText(NOBODY)
    with qtbot.waitSignal(restoring.look) as looked:
        restoring._go()
    assert looked.args == [Path(NOBODY)]


def test_a_dialog_goes_with_the_page_that_asked(qtbot: QtBot, tmp_path: Path) -> None:
    page = SavePage(REDACTED)
    window = show_in_window(qtbot, page)
    page.path.setText(str(tmp_path / "SYN-0042.json"))
    page._choose()
    dialog = dialog_of(page)
    assert dialog.isVisible() and dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    window.show_page(FormPage("The door"))

    def gone() -> bool:
        try:
            return not dialog.isVisible()
        except RuntimeError:  # there is none any more
            return True

    qtbot.wait(200)
    assert gone()


def test_a_file_that_was_chosen_in_a_dialog_is_asked_for_once(qtbot: QtBot, tmp_path: Path) -> None:
    page = SavePage(REDACTED)
    window = show_in_window(qtbot, page)
    assert window.page is page
    for name in ("there.json", "there"):
        (tmp_path / "there.json").write_text("another")
        page._take(tmp_path / name)
        page._go()
        assert ("is there already" in page.notice.text) == (name == "there"), "the dialog knew no ending"
        page.show_problem(WorldError(""))


def test_a_folder_that_is_chosen_comes_to_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    page, chosen = FormPage("A page"), list[Path]()
    window = show_in_window(qtbot, page)
    assert window.page is page
    ask_path(page, Chosen.FOLDER, "Choose a folder", tmp_path, chosen.append)
    dialog_of(page).accept()
    assert chosen == [tmp_path]


def test_what_a_backup_told_does_not_stand_beside_another_file_that_was_typed_meanwhile(qtbot: QtBot) -> None:
    page = RestorePage(FOLDER)
    window = show_in_window(qtbot, page)
    assert window.page is page
    page.offer(BACKUPS)
    page.file.setText(str(TOLD.path))
    page._look()
    page.file.setText("/somewhere/another.screener-backup")
    page.show_told(TOLD, same=True)
    page.show_untold(TOLD.path, WorldError("It is no backup."))
    assert page._told is None and page.notice.text == ""
    page.show_untold(Path("/somewhere/another.screener-backup"), WorldError("It is no backup."))
    assert page.notice.text == "It is no backup."
