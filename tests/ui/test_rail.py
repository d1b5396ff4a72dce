"""The rail and the theme's page: many themes in reach, counts that say what they are, and a page made as it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.screening.rail import Rail, RailItem
from tests.ui.desks import OpenDesk, session_of

Key = Qt.Key


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[OpenDesk]:
    made = OpenDesk(qtbot, session_of("esketamine-clinic"))
    made.confirm()
    yield made
    made.close()


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def items(desk: OpenDesk) -> list[RailItem]:
    [rail] = desk.workspace.findChildren(Rail)
    return rail.findChildren(RailItem)


def in_sight(item: QWidget, within: QWidget) -> bool:
    top = item.mapTo(within, QPoint(0, 0)).y()
    return top >= 0 and top + item.height() <= within.height()


def test_every_theme_can_be_turned_to_and_the_rail_brings_it_into_sight(desk: OpenDesk, qtbot: QtBot) -> None:
    [rail] = desk.workspace.findChildren(Rail)
    desk.window.resize(1024, 768)
    for item in items(desk):
        desk.workspace.interview.show_theme(item.theme.id)
        qtbot.waitUntil(partial(in_sight, item, rail))
        assert item.isChecked()


def test_arrows_go_through_the_themes_and_turn_no_page_until_one_is_chosen(desk: OpenDesk) -> None:
    themes = items(desk)
    themes[0].setFocus(Qt.FocusReason.TabFocusReason)
    for item in themes[1:]:
        press(Key.Key_Down)
        assert QApplication.focusWidget() is item
    assert desk.workspace.interview.theme_id == themes[0].theme.id
    press(Key.Key_Home)
    press(Key.Key_End)
    press(Key.Key_Up)
    press(Key.Key_Return)
    assert desk.workspace.interview.theme_id == themes[-2].theme.id


def test_tab_comes_to_the_open_theme_alone(desk: OpenDesk) -> None:
    desk.workspace.interview.show_theme("medicines")
    reached = [item.theme.id for item in items(desk) if item.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert reached == ["medicines"]


def test_a_theme_of_which_nothing_is_asked_says_so_and_has_no_full_ring(desk: OpenDesk) -> None:
    item = next(item for item in items(desk) if item.theme.id == "pregnancy-and-lactation")
    assert item.accessibleName() == "Pregnancy and lactation: no question asked, as things stand"
    desk.workspace.controller.answer("person.pregnancy_applies", "yes")
    assert "recorded" in item.accessibleName()


def test_ctrl_r_goes_to_the_list_that_has_the_keyboard(desk: OpenDesk) -> None:
    desk.workspace.interview.go_to("medicines.list")
    desk.workspace.interview.add_reading()
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName().startswith("Medicines: add a medicine")
