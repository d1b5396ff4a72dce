"""A form of another system before it is taken in: the deed is in reach from anywhere on a long page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.forms.findings import Code, Finding, Place
from screener.text import begun
from screener.ui.screening.file_page import FoundPage
from screener.ui.shell.taking_in_page import TakingInPage
from screener.ui.widgets.choosing import CheckRow
from screener.ui.widgets.layout import ScrollPage
from screener.ui.widgets.messages import Notice
from screener.ui.widgets.read_card import ReadCard
from tests.exchange.fhir.test_incoming import item
from tests.ui.desks import session_of, show_in_window
from tests.ui.test_answers_file import KETAMINE, YES, Dropped, file_of
from tests.ui.test_pages import taking_in

Key = Qt.Key


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[TakingInPage]:
    made = taking_in()
    window = show_in_window(qtbot, made)
    qtbot.addWidget(window)
    window.resize(1024, 600)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made


def button(page: QWidget, text: str) -> QAbstractButton:
    return next(one for one in page.findChildren(QAbstractButton) if one.text() == text)


def whole(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def test_the_deed_stays_in_the_window_however_far_the_page_is_scrolled(page: TakingInPage, qtbot: QtBot) -> None:
    [scrolling] = page.findChildren(ScrollPage)
    bar = scrolling.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    for place in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(place)
        assert whole(button(page, "Take it in")) and whole(button(page, "Back"))


def test_tab_goes_through_the_page_to_the_deed_and_its_key_works_from_anywhere(
    page: TakingInPage, qtbot: QtBot
) -> None:
    boxes = page.findChildren(CheckRow)
    boxes[0].setFocus()
    for box in boxes[1:]:
        press(Key.Key_Tab)
        assert box.hasFocus()
    for text in ("Back", "Take it in"):
        press(Key.Key_Tab)
        assert button(page, text).hasFocus()
    boxes[3].setFocus()
    press(Key.Key_Space)
    with qtbot.waitSignal(page.take):
        press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_why_it_was_not_taken_in_is_shown_above_with_the_keyboard_on_it(page: TakingInPage, qtbot: QtBot) -> None:
    found = Finding(Code.DUPLICATE_ID, Place("themes/x/questions.yaml", 3), "the theme x stands twice")
    page.show_findings([found])
    [card] = page.findChildren(ReadCard)
    qtbot.waitUntil(card.hasFocus)
    assert whole(card) and "the theme x stands twice" in card.accessibleName()
    assert page.notice.text == "Nothing was written: with it the content could not be used."
    page.file.setText("another.json")
    page.file.textEdited.emit("another.json")
    assert page.notice.text == "" and not any(one.isVisible() for one in page.findChildren(ReadCard))


def test_remarks_begin_as_sentences(page: TakingInPage) -> None:
    said = [one.text for one in page.findChildren(Notice) if one.isVisibleTo(page) and one.text]
    assert len(said) > 5 and [text for text in said if begun(text) != text] == []


def test_what_a_file_of_answers_holds_can_be_long_and_the_deed_stays_in_reach(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Dropped(qtbot, session_of(KETAMINE))
    try:
        desk.window.resize(1024, 600)
        wrong = [item(f"nowhere{number}", YES) for number in range(40)]
        assert desk.drop(file_of(tmp_path, item("heart.attack", YES), *wrong))
        desk.person.waits_for("Offer 1 answer", "This screening asks no question nowhere7")
        shown = desk.workspace.pages.currentWidget()
        assert isinstance(shown, FoundPage)
        assert whole(button(shown, "Offer 1 answer"))
        desk.person.press("Ctrl+Return")
        desk.person.waits_for("Say first that these are the answers of SYN-0042.")
    finally:
        desk.close()
