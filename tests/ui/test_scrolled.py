"""A screen reader that asks an area for a child that it no longer has is told that there is none."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from screener.ui.widgets.layout import ScrollPage
from screener.ui.widgets.scrolled import give_to_readers


@pytest.fixture(autouse=True)
def given(qapp: QApplication) -> None:
    give_to_readers()


def page_of(qtbot: QtBot, lines: int) -> ScrollPage:
    page = ScrollPage()
    qtbot.addWidget(page)
    for number in range(lines):
        page.body.addWidget(QLabel(f"line {number}"))
    page.resize(300, 200)
    page.show()
    QTest.qWait(20)
    return page


def interface_of(page: ScrollPage) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(page)
    assert found is not None
    return found


def test_a_child_that_went_with_its_scroll_bar_is_none_and_no_end_of_the_program(qtbot: QtBot) -> None:
    page = page_of(qtbot, 60)
    area = interface_of(page)
    assert area.childCount() == 2
    page.resize(300, 4000)
    QTest.qWait(20)
    assert area.childCount() == 1
    assert area.child(1) is None
    assert [area.child(place) for place in (-1, 2, 7)] == [None] * 3
    page.hide()
    assert area.child(1) is None


def test_what_stands_in_the_area_is_reached_and_leads_back(qtbot: QtBot) -> None:
    area = interface_of(page_of(qtbot, 60))
    names = []
    waiting = [area]
    while waiting:
        thing = waiting.pop()
        names.append(thing.text(QAccessible.Text.Name))
        children = [thing.child(place) for place in range(thing.childCount())]
        for place, child in enumerate(children):
            assert child is not None
            assert thing.indexOfChild(child) == place
            waiting.append(child)
    assert {f"line {number}" for number in range(60)} <= set(names)


def test_areas_come_and_go_while_somebody_reads_them(qtbot: QtBot) -> None:
    for _ in range(50):
        page = page_of(qtbot, 3)
        assert interface_of(page).child(5) is None
        page.deleteLater()
        del page
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
