"""Saving a report: where it goes, what it may write over, and what is said when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from screener.records.record import build
from screener.ui.paper.sheets import Sheet
from screener.ui.screening.review.report import ReportPage, first_paper
from tests.ui.desks import OpenDesk, session_of, shipped, show_in_window


class Saving:
    """A report's page, with its report set, and its one line for a path."""

    def __init__(self, qtbot: QtBot, pathway: str, country: str = "") -> None:
        content = build(session_of(pathway))
        self._qtbot = qtbot
        self.page = ReportPage(lambda: (content, None), partial(first_paper, shipped(), country))
        self._window = show_in_window(qtbot, self.page)
        self.page.open()
        qtbot.waitUntil(lambda: self.says("Report, page 1 of"), timeout=20_000)

    def save_as(self, path: Path) -> None:
        line = next(w for w in self.page.findChildren(QLineEdit) if w.accessibleName() == "Save the document as")
        if line.text() != str(path):
            line.setText(str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)
        said = ("Saved ", "there already", "is saved, as", "Not saved", "Write where")
        self._qtbot.waitUntil(lambda: any(self.says(one) for one in said))

    def says(self, text: str) -> bool:
        shown = [label for label in self.page.findChildren(QLabel) if label.isVisible()]
        return any(text in f"{label.text()} {label.accessibleName()}" for label in shown)


@pytest.fixture
def saving(qtbot: QtBot) -> Iterator[Saving]:
    made = Saving(qtbot, "ketamine-home")
    yield made
    made.page.close_jobs()


def test_a_name_without_an_ending_gets_one_and_a_folder_that_is_not_there_is_made(
    saving: Saving, tmp_path: Path
) -> None:
    saving.save_as(tmp_path / "reports" / "SYN-0042")
    saved = tmp_path / "reports" / "SYN-0042.pdf"
    assert saved.read_bytes().startswith(b"%PDF-")
    assert saving.says(f"Saved {saved}")


def test_a_file_that_is_there_is_replaced_only_when_asked_for_twice(saving: Saving, tmp_path: Path) -> None:
    there = tmp_path / "letter.pdf"
    there.write_bytes(b"another")
    saving.save_as(there)
    assert there.read_bytes() == b"another"
    assert saving.says("letter.pdf is there already.")
    saving.save_as(there)
    assert there.read_bytes().startswith(b"%PDF-")


def test_what_was_saved_just_now_is_not_written_over_by_another_enter(saving: Saving, tmp_path: Path) -> None:
    there = tmp_path / "letter.pdf"
    saving.save_as(there)
    there.write_bytes(b"another, meanwhile")
    saving.save_as(there)
    assert there.read_bytes() == b"another, meanwhile"
    assert saving.says("letter.pdf is saved, as it is shown here. Save once more to replace it")
    saving.save_as(there)
    assert there.read_bytes().startswith(b"%PDF-")


def test_a_place_that_takes_no_file_is_named_and_nothing_is_lost(saving: Saving, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    saving.save_as(tmp_path / "taken" / "report.pdf")
    assert saving.says("Not saved")
    saving.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").exists()


def test_whatever_is_typed_as_a_path_is_taken_as_one(
    saving: Saving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    saving.save_as(Path("/"))
    assert saving.says("Write where the file goes.")
    saving.save_as(Path("~nobody-of-this-name"))
    assert (tmp_path / "~nobody-of-this-name.pdf").exists()


def test_the_key_of_the_report_pressed_once_more_prints_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def leave(dialog: QPrintDialog) -> int:
        asked.append(dialog.windowTitle())
        return 0

    monkeypatch.setattr(QPrintDialog, "exec", leave)
    desk = OpenDesk(qtbot, session_of("ketamine-home"))
    desk.confirm()
    report = desk.workspace.review.report
    for _ in range(2):
        desk.workspace.findChildren(QAction, "action.report")[0].trigger()
        qtbot.waitUntil(lambda: bool(report.findChildren(Sheet)), timeout=90_000)
    assert asked == ["Screening report"]
    desk.close()


@pytest.mark.parametrize(
    ("pathway", "country", "paper"),
    [
        ("psilocybin-oregon", "", "Letter"),
        ("psilocybin-colorado", "", "Letter"),
        ("psilocybin-colorado", "eu-label", "Letter"),
        ("ketamine-home", "", "A4"),
        ("ketamine-home", "eu-label", "A4"),
        ("ketamine-home", "us-label", "Letter"),
    ],
)
def test_the_paper_is_that_of_the_country_whose_rules_apply_else_the_clinics(
    qtbot: QtBot, pathway: str, country: str, paper: str
) -> None:
    made = Saving(qtbot, pathway, country)
    buttons = made.page.findChildren(QAbstractButton)
    chosen = [b.accessibleName() for b in buttons if b.accessibleName().startswith("Paper: ") and b.isChecked()]
    assert chosen == [f"Paper: {paper}"]
    made.page.close_jobs()
