"""Palette, answers to check, single keys, the summary of a form: keys, the keyboard's place, and what is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.actions import bind, bind_again
from screener.ui.fields.letter_link import LetterLink
from screener.ui.key_switches import DIGITS, LETTERS, WALK, SingleKeys
from screener.ui.screening.check_list import FOLD, HEADS
from screener.ui.screening.check_page import CheckPage
from screener.ui.settings_file import settings_of
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.shell.keys import KeysPage
from screener.ui.shell.palette import Entry, Palette
from screener.ui.shell.window import MainWindow
from screener.ui.style.theme import Theme
from screener.ui.widgets.controls import ActionButton, CheckRow, KeyCap, LinkButton
from screener.ui.widgets.error_summary import ErrorSummary
from tests.ui.desks import OpenDesk, session_of, show_in_window
from tests.ui.test_pages import LEAST_TARGET_PX, controls, nameless, twice


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[OpenDesk]:
    session = session_of("ketamine-home")
    session.answer("body.weight", 140)
    session.answer("body.height", 170)
    session.answer("person.age", 52)
    made = OpenDesk(qtbot, session)
    made.confirm()
    yield made
    made.close()


def entries(done: list[str]) -> list[Entry]:
    return [
        Entry("Cover", "Action", lambda: done.append("cover"), ("F9",)),
        Entry("Undo Weight: 104 kg", "Action", lambda: done.append("undo"), ("Ctrl+Z",)),
        Entry("Next item", "Action", lambda: done.append("next"), ("J",)),
        Entry("Medical history", "Theme", lambda: done.append("theme")),
        Entry("Weight", "Medical history", lambda: done.append("weight"), under="How much?", only_found=True),
    ]


class OpenPalette:
    """A palette over a page with a line to type in."""

    def __init__(self, qtbot: QtBot) -> None:
        self.done: list[str] = []
        self.page = QPlainTextEdit("what was typed before")
        self.window = show_in_window(qtbot, self.page)
        self.window.activateWindow()
        self.page.setFocus()
        qtbot.waitUntil(self.page.hasFocus)
        cursor = self.page.textCursor()
        cursor.setPosition(5)
        cursor.setPosition(9, cursor.MoveMode.KeepAnchor)
        self.page.setTextCursor(cursor)
        self.palette = Palette(self.window.holder, entries(self.done), self.page)
        self.palette.open()
        qtbot.waitUntil(self.palette.line.hasFocus)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.palette.line, key, modifier)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.palette.line, text)

    @property
    def found(self) -> list[str]:
        return [row.title for row in self.palette.list.rows.rows]


def test_questions_are_there_once_something_is_typed(qtbot: QtBot) -> None:
    made = OpenPalette(qtbot)
    assert made.found == ["Cover", "Undo Weight: 104 kg", "Next item", "Medical history"]
    made.type("weigth")
    assert made.found == ["Weight", "Undo Weight: 104 kg"]
    made.press(Qt.Key.Key_Down)
    made.press(Qt.Key.Key_Return)
    assert made.done == ["undo"]


def test_esc_goes_back_to_the_very_place(qtbot: QtBot) -> None:
    made = OpenPalette(qtbot)
    made.type("weight")
    made.press(Qt.Key.Key_Escape)
    assert made.page.hasFocus() and not made.palette.isVisible()
    assert made.page.textCursor().selectedText() == "was "
    assert made.done == []


def test_the_key_of_what_is_listed_does_it_and_a_letter_is_text(qtbot: QtBot) -> None:
    made = OpenPalette(qtbot)
    made.type("j")
    assert made.palette.line.text() == "j" and made.done == []
    made.press(Qt.Key.Key_F9)
    assert made.done == ["cover"] and made.page.hasFocus()


def test_no_other_key_of_the_page_below_acts(qtbot: QtBot) -> None:
    made = OpenPalette(qtbot)
    bind(made.window, "keys", lambda: made.done.append("keys"), inside=False)
    made.press(Qt.Key.Key_F1)
    made.press(Qt.Key.Key_Tab)
    assert made.done == [] and made.palette.line.hasFocus()
    assert made.palette.list.currentIndex().row() == 1


def test_a_click_does_it_and_one_beside_it_goes_back(qtbot: QtBot) -> None:
    made = OpenPalette(qtbot)
    box = made.palette.list.visualRect(made.palette.list.rows.index(3))
    QTest.mouseClick(made.palette.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert made.done == ["theme"]
    other = OpenPalette(qtbot)
    QTest.mouseClick(other.palette, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert other.done == [] and other.page.hasFocus()


def test_where_nothing_is_found_that_is_said(qtbot: QtBot) -> None:
    made = OpenPalette(qtbot)
    made.type("zzzz")
    made.press(Qt.Key.Key_Return)
    assert made.found == [] and made.done == [] and made.palette.isVisible()


# Answers to check


def page_of(desk: OpenDesk) -> CheckPage:
    [page] = [page for page in desk.workspace.findChildren(CheckPage) if page.isVisible()]
    return page


def test_the_page_tells_parts_apart_and_folds_the_rest(qtbot: QtBot, desk: OpenDesk) -> None:
    desk.workspace.pages.checking.open_whole()
    page = page_of(desk)
    QAbstractItemModelTester(page.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    titles = [row.title for row in page.list.rows.rows if row.head or row.id == FOLD]
    assert titles == [title for title in HEADS.values() if title in titles]
    assert page.list.current == page.list.rows.rows[1].id
    before = len(page.list.rows.rows)
    page.list.entered.emit(FOLD)
    assert len(page.list.rows.rows) > before
    assert page.list.current == FOLD


def test_home_end_and_the_page_keys_walk_the_answers_past_the_heads(qtbot: QtBot, desk: OpenDesk) -> None:
    desk.workspace.pages.checking.open_whole()
    page = page_of(desk)
    qtbot.waitUntil(page.list.hasFocus)
    page.list.entered.emit(FOLD)
    rows, bar = page.list.rows, page.list.verticalScrollBar()
    first, last = next(row.id for row in rows.rows if not row.head), rows.rows[-1].id
    QTest.keyClick(page.list, Qt.Key.Key_Home)
    assert page.list.current == first
    assert bar.value() == 0, "the head of the first group is in sight"
    for key, end in ((Qt.Key.Key_PageDown, last), (Qt.Key.Key_PageUp, first)):
        while page.list.current != end:
            before = page.list.current
            QTest.keyClick(page.list, key)
            assert page.list.current != before, f"{key} moves until there is nothing beyond"
    QTest.keyClick(page.list, Qt.Key.Key_End)
    assert page.list.current == last
    QTest.keyClick(page.list, Qt.Key.Key_PageUp)
    assert page.list.current not in ("", last)


def test_one_goes_to_a_question_and_back_to_the_same_row(qtbot: QtBot, desk: OpenDesk) -> None:
    desk.workspace.pages.checking.open_whole()
    page = page_of(desk)
    qtbot.waitUntil(page.list.hasFocus)
    for _ in range(3):
        QTest.keyClick(page.list, Qt.Key.Key_J)
    QTest.keyClick(page.list, Qt.Key.Key_K)
    row = page.list.current
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert desk.workspace.pages.checking.under_way
    assert desk.workspace.interview.question_id == row
    buttons = desk.workspace.above.top.findChildren(QPushButton)
    [back] = [b for b in buttons if b.text() == "Back to check" and b.isEnabled()]
    back.click()
    again = page_of(desk)
    assert (again.list.current, again.place.theme) == (row, "")
    QTest.keyClick(again.list, Qt.Key.Key_Escape)
    assert not desk.workspace.pages.checking.under_way


def test_a_click_on_change_goes_to_the_question(qtbot: QtBot, desk: OpenDesk) -> None:
    desk.workspace.pages.checking.open_whole()
    page = page_of(desk)
    index = page.list.currentIndex()
    box = page.list.visualRect(index)
    row = page.list.current
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert page.isVisible()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 24, box.top() + 16))
    assert desk.workspace.interview.question_id == row


def test_while_somebody_is_in_the_room_items_are_counted_and_not_named(qtbot: QtBot, desk: OpenDesk) -> None:
    desk.workspace.pages.checking.open_whole()
    page = page_of(desk)
    named = [row.spoken for row in page.list.rows.rows]
    assert any("Listed: " in spoken for spoken in named)
    desk.workspace.controller.set_visit("room", "by video")
    assert not any("Listed: " in row.spoken for row in page.list.rows.rows)
    assert any("1 item listed" in row.spoken for row in page.list.rows.rows)
    desk.workspace.pages.checking.leave()
    desk.workspace.pages.checking.open_whole()
    said = "In the room: by video. This page shows answers in words; F9 covers it."
    assert said in [label.text() for label in desk.workspace.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_of_the_page_has_a_name_of_its_own_and_room(qtbot: QtBot, desk: OpenDesk, scale: float) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme.of(application)
    theme.apply("light", scale)
    try:
        desk.workspace.pages.checking.open_theme()
        page = page_of(desk)
        QApplication.sendPostedEvents()
        assert nameless(desk.workspace) == [] and twice(desk.workspace) == []
        assert [w for w in controls(page) if min(w.width(), w.height()) < LEAST_TARGET_PX] == []
        row = page.list.visualRect(page.list.currentIndex())
        assert page.list.viewport().rect().contains(row)
    finally:
        theme.apply("light", 1.0)


# Single keys


def test_single_keys_are_kept_with_the_settings(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleKeys(settings_of(tmp_path))
    assert first.off == ()
    first.turn(LETTERS, on=False)
    first.turn(WALK, on=False)
    first.turn(WALK, on=True)
    assert SingleKeys(settings_of(tmp_path)).off == (LETTERS,)


def test_digits_and_letters_that_are_off_do_nothing_alone(qtbot: QtBot, desk: OpenDesk, keys: SingleKeys) -> None:
    desk.workspace.pages.go_to_question("person.sex")
    keys.turn(DIGITS, on=False)
    keys.turn(LETTERS, on=False)
    focus = QApplication.focusWidget()
    assert focus is not None
    for key in (Qt.Key.Key_1, Qt.Key.Key_U, Qt.Key.Key_D):
        QTest.keyClick(focus, key)
    assert "person.sex" not in desk.session.recorded
    options = desk.session.questions["person.sex"].option_ids
    QTest.keyClick(focus, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desk.session.recorded["person.sex"].entries[0].raw == options[0]
    keys.turn(DIGITS, on=True)
    QTest.keyClick(focus, Qt.Key.Key_2)
    assert desk.session.recorded["person.sex"].entries[0].raw == options[1]


def test_j_and_k_that_are_off_are_no_keys_of_an_action(qtbot: QtBot, keys: SingleKeys) -> None:
    page = QLineEdit()
    window = show_in_window(qtbot, page)
    action = bind(page, "next_difference", lambda: None)
    assert [key.toString() for key in action.shortcuts()] == ["J"]
    keys.turn(WALK, on=False)
    bind_again(window)
    assert action.shortcuts() == []
    keys.turn(WALK, on=True)
    bind_again(window)
    assert [key.toString() for key in action.shortcuts()] == ["J"]


def test_a_link_with_a_letter_says_which_key_works_now(qtbot: QtBot, keys: SingleKeys) -> None:
    made = LetterLink("A", "All of these", "Symptoms: all of these")
    show_in_window(qtbot, made)
    [link], [cap] = made.findChildren(LinkButton), made.findChildren(KeyCap)
    assert (link.accessibleName(), link.accessibleDescription(), cap.text()) == (
        "Symptoms: all of these",
        "Key A, Alt+A while typing",
        "A",
    )
    made.describe("2 of 5 are ticked")
    keys.turn(LETTERS, on=False)
    assert (link.accessibleDescription(), cap.text()) == ("2 of 5 are ticked. Key Alt+A", "Alt A")
    keys.turn(LETTERS, on=True)
    assert link.accessibleDescription() == "2 of 5 are ticked. Key A, Alt+A while typing"
    with qtbot.waitSignal(made.clicked):
        link.click()


def test_the_list_of_keys_says_what_is_off(qtbot: QtBot, keys: SingleKeys) -> None:
    page = KeysPage()
    window = show_in_window(qtbot, page)
    assert window.page is page
    [row] = [row for row in page.findChildren(CheckRow) if row.accessibleName() == f"{DIGITS.text}: in use"]
    row.click()
    assert keys.off == (DIGITS,)
    assert DIGITS.text in page._off.text
    row.click()
    assert page._off.text == ""


def test_each_cap_of_the_list_of_keys_shows_the_key_that_the_action_has(qtbot: QtBot) -> None:
    page = KeysPage()
    show_in_window(qtbot, page)
    caps = [cap.text() for cap in page.findChildren(KeyCap)]
    assert {"Ctrl +", "Ctrl =", "Ctrl PgDn"} <= set(caps)
    assert caps == [cap.rstrip() for cap in caps]


# What keeps a form back


class _Form(FormPage):
    def __init__(self) -> None:
        super().__init__("A form")
        self.one, self.two = text_line(), text_line()
        self.add("One", self.one)
        self.add("Two", self.two)
        self.finish(ActionButton("Do it"))


def active(qtbot: QtBot, page: QWidget) -> MainWindow:
    """The page in a window that has the keyboard."""
    window = show_in_window(qtbot, page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_several_fields_that_are_refused_are_listed_once_with_ways_to_them(qtbot: QtBot) -> None:
    page = _Form()
    window = active(qtbot, page)
    assert window.page is page
    page.two.setText("wrong")
    assert page.refuse(lambda: [("One is needed.", page.one), ("Two is no number.", page.two)])
    [summary] = page.findChildren(ErrorSummary)
    assert summary.hasFocus() and summary.isVisible()
    assert "One is needed. Two is no number." in summary.accessibleName()
    [_, second] = summary.findChildren(LinkButton)
    assert second.accessibleName() == "Go to Two: Two is no number."
    second.click()
    assert page.two.hasFocus() and page.two.selectedText() == "wrong"


def test_one_field_that_is_refused_has_the_keyboard_at_once(qtbot: QtBot) -> None:
    page = _Form()
    window = active(qtbot, page)
    assert window.page is page
    page.refuse(lambda: [("One is needed.", page.one), ("Two is needed.", page.two)])
    assert page.refuse(lambda: [("Two is needed.", page.two)])
    [summary] = page.findChildren(ErrorSummary)
    assert not summary.isVisible() and page.notice.text == "Two is needed." and page.two.hasFocus()
    assert not page.refuse(list)
