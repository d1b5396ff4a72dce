"""What a table can be compared under: however long the list, it is seen in the window together with what opens it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.packs.comparing import ComparingWith
from screener.ui.packs.in_table import InTable
from screener.ui.packs.links import TextLink
from screener.ui.style.theme import Theme
from screener.ui.widgets.bounded import Bounded
from screener.ui.widgets.controls import LinkButton, label
from screener.ui.widgets.layout import ScrollPage
from tests.ui.desks import shipped, show_in_window

SIZES = [((1440, 900), 2.0), ((1024, 768), 2.0), ((1440, 900), 1.0)]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.of(qapp)
    yield made
    made.apply("light", 1.0)


def whole(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_the_open_list_is_in_the_window_with_its_head_and_tab_brings_each_line_into_view(
    qtbot: QtBot, theme: Theme, size: tuple[int, int], scale: float
) -> None:
    page, comparing = ScrollPage("page", 1180, 28), ComparingWith(InTable(pack=shipped(), own=True))
    for number in range(30):
        page.body.addWidget(label(f"Something above it, {number}"))
    page.body.addWidget(comparing)
    page.body.addStretch(1)
    window = show_in_window(qtbot, page)
    window.resize(*size)
    theme.apply("light", scale)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    [turn] = [one for one in comparing.findChildren(LinkButton) if one.text() == "Compare with…"]
    turn.setFocus()
    QTest.keyClick(turn, Qt.Key.Key_Space)
    [inside] = comparing.findChildren(Bounded)
    qtbot.waitUntil(lambda: whole(inside) and whole(turn))
    links = comparing.findChildren(TextLink)
    # At a text size of 100 % nothing of it has to scroll.
    assert (inside.verticalScrollBar().maximum() > 0) is (scale > 1.0)
    for link in links:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        QTest.qWait(5)
        assert link.hasFocus() and whole(link), link.accessibleName()
    window.resize(size[0], size[1] - 150)
    qtbot.waitUntil(lambda: comparing.height() <= page.viewport().height())
