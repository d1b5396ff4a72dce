"""The preview of a document: its pages at their proportions, by keys, as text, on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from screener.records.document import Document, Heading, Paragraph, words
from screener.text import WorldError
from screener.ui.actions import ACTIONS, PREVIEW, bind_again
from screener.ui.key_switches import WALK, SingleKeys
from screener.ui.paper import preview as previews
from screener.ui.paper.preview import PreviewPage, ToPrint
from screener.ui.paper.sheets import PagesView, Sheet
from screener.ui.shell.window import MainWindow
from screener.ui.style.theme import Theme
from tests.ui.desks import show_in_window
from tests.ui.test_pages import nameless, twice

LINES = tuple(Paragraph(words(f"Line {n} of a long document.")) for n in range(90))
LONG = Document("A form", "en", "What stands at the foot.", blocks=(Heading("All lines"), *LINES))
MADE_AT = datetime(2026, 11, 23, 10, 58, tzinfo=UTC)


class Previewed:
    """A preview of a document of three pages, in a window."""

    def __init__(self, qtbot: QtBot, document: Document = LONG) -> None:
        self._qtbot = qtbot
        self.page = PreviewPage("Form")
        self.window = show_in_window(qtbot, self.page)
        self.page.show_document(ToPrint(document, MADE_AT, "A form.pdf"))
        self.waits(lambda: self.view.many > 0)
        self.view.setFocus()

    @property
    def view(self) -> PagesView:
        return self.page.findChildren(PagesView)[0]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view, key)
        QTest.qWait(10)

    def click(self, name: str) -> None:
        button = next(b for b in self.page.findChildren(QAbstractButton) if b.accessibleName() == name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def waits(self, condition: Any) -> None:
        self._qtbot.waitUntil(condition, timeout=30_000)

    def says(self, text: str) -> bool:
        return any(text in f"{w.text()} {w.accessibleName()}" for w in self.page.findChildren(QLabel) if w.isVisible())


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Previewed]:
    made = Previewed(qtbot)
    yield made
    made.page.close_jobs()


def test_pages_have_names_and_the_proportions_of_their_paper(shown: Previewed) -> None:
    sheets = shown.page.findChildren(Sheet)
    names = [sheet.accessibleName() for sheet in sheets]
    assert names == [f"Form, page {n} of {len(sheets)}" for n in range(1, len(sheets) + 1)] and len(sheets) >= 3
    assert sheets[0].height() / sheets[0].width() == pytest.approx(297 / 210, abs=0.01)
    shown.click("Paper: Letter")
    shown.waits(lambda: shown.view.many > 0)
    letter = shown.page.findChildren(Sheet)[0]
    assert letter.height() / letter.width() == pytest.approx(11 / 8.5, abs=0.01)


def test_every_control_of_a_preview_has_a_name_of_its_own(shown: Previewed) -> None:
    assert nameless(shown.page) == []
    assert twice(shown.page) == []


def test_keys_go_through_the_pages_and_the_bar_says_where_one_is(shown: Previewed) -> None:
    many = shown.view.many
    shown.press(Qt.Key.Key_0)
    for page in range(2, many + 1):
        shown.press(Qt.Key.Key_PageDown)
        shown.waits(lambda page=page: shown.view.current == page)
    shown.press(Qt.Key.Key_PageUp)
    shown.waits(lambda: shown.view.current == many - 1)
    shown.press(Qt.Key.Key_Home)
    assert shown.view.current == 1
    shown.press(Qt.Key.Key_End)
    assert shown.view.current == many
    line = next(line for line in shown.page.findChildren(QLineEdit) if line.accessibleName() == "Page")
    shown.waits(lambda: line.text() == str(many))
    assert shown.says(f"of {many}")
    line.setText("2")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert shown.view.current == 2


def test_a_page_that_is_higher_than_the_view_is_read_to_its_end_before_the_next(shown: Previewed) -> None:
    shown.window.resize(1000, 620)
    QTest.qWait(20)
    shown.press(Qt.Key.Key_PageDown)
    assert shown.view.verticalScrollBar().value() > 0
    seen = [shown.view.current]
    for _ in range(12):
        shown.press(Qt.Key.Key_PageDown)
        seen.append(shown.view.current)
    assert seen == sorted(seen) and set(seen) == set(range(1, shown.view.many + 1))
    for _ in range(14):
        shown.press(Qt.Key.Key_PageUp)
    assert shown.view.verticalScrollBar().value() == 0


def test_zoom_goes_in_steps_keeps_the_page_and_sets_it_finer(shown: Previewed) -> None:
    shown.press(Qt.Key.Key_End)
    last, before = shown.view.current, shown.view.zoom
    for _ in range(3):
        shown.press(Qt.Key.Key_Plus)
    assert shown.view.zoom > before and shown.view.current == last
    shown.waits(lambda: shown.view.ppi >= shown.view.wanted_ppi * 0.9)
    assert shown.says(f"{round(shown.view.zoom * 100)} %")
    for _ in range(9):
        shown.press(Qt.Key.Key_Minus)
    assert shown.view.zoom == 0.5
    shown.press(Qt.Key.Key_W)
    assert shown.view.zoom > 0.9
    shown.press(Qt.Key.Key_0)
    sheet = shown.page.findChildren(Sheet)[0]
    assert sheet.height() <= shown.view.viewport().height()


@pytest.mark.parametrize("while_open", [True, False])
def test_the_switch_of_j_and_k_leaves_the_keys_of_a_preview(qtbot: QtBot, keys: SingleKeys, while_open: bool) -> None:
    if not while_open:
        keys.turn(WALK, on=False)
    shown = Previewed(qtbot)
    if while_open:
        keys.turn(WALK, on=False)
        bind_again(shown.window)
    shown.press(Qt.Key.Key_0)
    whole = shown.view.zoom
    shown.press(Qt.Key.Key_Plus)
    larger = shown.view.zoom
    assert larger > whole
    shown.press(Qt.Key.Key_Minus)
    assert shown.view.zoom < larger
    shown.press(Qt.Key.Key_W)
    assert shown.view.zoom > whole
    shown.page.close_jobs()


def test_real_size_is_a_hundred_percent(shown: Previewed) -> None:
    while shown.view.zoom != 1.0:
        shown.press(Qt.Key.Key_Minus if shown.view.zoom > 1.0 else Qt.Key.Key_Plus)
    sheet, dpi = shown.page.findChildren(Sheet)[0], shown.view.logicalDpiX()
    assert sheet.width() == pytest.approx(210 / 25.4 * dpi, abs=2)


def test_the_words_of_the_pages_can_be_read_as_text(shown: Previewed) -> None:
    QTest.keyClick(shown.view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    text = next(w for w in shown.page.findChildren(QPlainTextEdit) if w.accessibleName() == "Text of the document")
    assert text.isVisible() and text.hasFocus() and text.isReadOnly()
    assert "Line 89 of a long document." in text.toPlainText()
    QTest.keyClick(text, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert shown.view.isVisible() and not text.isVisible()


def test_every_key_of_a_preview_is_bound_in_it(shown: Previewed) -> None:
    bound = {action.objectName() for action in shown.page.findChildren(QAction)}
    # Print is bound by whoever shows a preview: a report's key is already that of its screening.
    wanted = {f"action.{action.id}" for action in ACTIONS if action.where == PREVIEW and action.id != "print"}
    assert wanted <= bound


def test_a_name_that_was_given_before_the_pdf_is_set_is_saved_once_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    made = Previewed(qtbot)
    line = next(w for w in made.page.findChildren(QLineEdit) if w.accessibleName() == "Save the document as")
    line.setText(str(tmp_path / "early"))
    QTest.keyClick(line, Qt.Key.Key_Return)
    made.waits(lambda: made.says("Saved "))
    assert len(PdfReader(tmp_path / "early.pdf").pages) == made.view.many
    made.page.close_jobs()


def test_what_cannot_be_set_is_said_in_the_place_of_the_pages(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise WorldError("No font was found.", "Install one.")

    monkeypatch.setattr(previews, "_pages_of", fails)
    page = PreviewPage("Form")
    window = show_in_window(qtbot, page)
    page.show_document(ToPrint(LONG, MADE_AT, "A form.pdf"))
    qtbot.waitUntil(lambda: any("No font was found." in w.text() for w in page.findChildren(QLabel)), timeout=20_000)
    assert window.page is page
    page.close_jobs()


# On paper


def into_a_file(monkeypatch: pytest.MonkeyPatch, file: Path, *, pages: tuple[int, int] | None = None) -> None:
    """The system's dialog, answered: print into a file, all pages or some."""

    def accepted(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFileName(str(file))
        if pages is not None:
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setFromTo(*pages)
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", accepted)


@pytest.mark.parametrize(("paper", "size"), [("Paper: A4", (595, 842)), ("Paper: Letter", (612, 792))])
def test_all_pages_are_printed_on_the_paper_that_is_chosen(
    shown: Previewed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, paper: str, size: tuple[int, int]
) -> None:
    into_a_file(monkeypatch, tmp_path / "printed.pdf")
    if paper.endswith("Letter"):
        shown.click(paper)
        shown.waits(lambda: shown.view.many > 0)
    shown.click("Print…")
    shown.waits(lambda: shown.says("Handed to the printer"))
    printed = PdfReader(io.BytesIO((tmp_path / "printed.pdf").read_bytes())).pages
    assert len(printed) == shown.view.many
    assert (round(float(printed[0].mediabox.width)), round(float(printed[0].mediabox.height))) == size
    assert shown.says(f"{shown.view.many} pages")


def test_a_range_of_pages_is_printed(shown: Previewed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    into_a_file(monkeypatch, tmp_path / "printed.pdf", pages=(2, 2))
    shown.page.print_it()
    shown.waits(lambda: shown.says("Handed to the printer: 1 page."))
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1


def test_a_printer_that_takes_no_page_is_said_and_can_be_asked_again(
    shown: Previewed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    into_a_file(monkeypatch, tmp_path / "nowhere" / "printed.pdf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("PySide6.QtGui.QPainter.begin", lambda *_: False)
        shown.page.print_it()
        shown.waits(lambda: shown.says("Not printed: the printer took no page."))
    into_a_file(monkeypatch, tmp_path / "printed.pdf")
    shown.page.print_it()
    shown.waits(lambda: shown.says("Handed to the printer"))


def test_going_back_from_the_dialog_prints_nothing(shown: Previewed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 0)
    shown.page.print_it()
    assert not shown.says("printer")


def test_a_preview_that_is_left_while_it_prints_ends_cleanly(
    shown: Previewed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    into_a_file(monkeypatch, tmp_path / "printed.pdf")
    shown.page.print_it()
    shown.waits(lambda: shown.says("Printing, page"))
    shown.page.close_jobs()
    QTest.qWait(50)


def test_with_large_text_in_a_small_window_the_paper_has_most_of_the_room_and_every_control_is_reached(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme = Theme.of(qapp)
    theme.apply("light", 2.0)
    page = PreviewPage("Form")
    try:
        window = MainWindow(QSettings())
        window.resize(1024, 768)
        qtbot.addWidget(window)
        window.show_page(page)
        page.show_document(ToPrint(LONG, MADE_AT, "A form.pdf"))
        window.show()
        qtbot.waitUntil(lambda: page._view.many > 0, timeout=30_000)
        QTest.qWait(20)
        assert page._stack.height() >= page.height() * 0.6
        controls = [w for w in page.findChildren(QAbstractButton) if w.isEnabled() and w.isVisible()]
        assert {"Save PDF", "Next page", "Whole page", "Shown as: Text"} <= {w.accessibleName() for w in controls}
        for control in controls:
            control.setFocus(Qt.FocusReason.TabFocusReason)
            assert control.visibleRegion().boundingRect() == control.rect(), control.accessibleName()
    finally:
        page.close_jobs()
        theme.apply("light", 1.0)


def test_pictures_of_pages_far_away_are_not_kept(shown: Previewed) -> None:
    view = shown.view
    view.show_pages([view._pages[0]] * 40, 144, "Form")
    for page in range(1, 41):
        view.go_to(page)
        view.picture(page - 1)
    assert len(view._ready) <= 6
    assert view.picture(39).size() != QSize(0, 0)
