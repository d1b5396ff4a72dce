"""Pages that are built part by part: nothing waits for them, and neither place nor keyboard is lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.widgets import growing
from screener.ui.widgets.growing import GrowingPage, Part
from tests.ui.desks import show_in_window


@pytest.fixture
def page(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[GrowingPage]:
    """A page on a machine so slow that no more than is asked for is built in a turn."""
    for pace in ("_AT_ONCE_S", "_LATER_S"):
        monkeypatch.setattr(growing, pace, 0.0)
    made = GrowingPage("Parts")
    window = show_in_window(qtbot, made)
    window.resize(1024, 768)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made


def button(name: str) -> QPushButton:
    made = QPushButton(name)
    made.setAccessibleName(name)
    return made


def buttons(*names: str, stop: bool = False) -> list[Part]:
    return [Part(partial(button, name), stop) for name in names]


def shown(page: GrowingPage) -> list[str]:
    return [made.text() for made in page.findChildren(QPushButton) if made.isVisible()]


def focus_name(page: GrowingPage) -> str:
    focus: QWidget | None = page.window().focusWidget()
    return focus.accessibleName() if focus is not None else ""


def test_the_first_parts_are_there_at_once_and_the_others_follow(qtbot: QtBot, page: GrowingPage) -> None:
    page.build(buttons("a", "b", "c", "d"), at_once=2)
    assert shown(page) == ["a", "b"] and not page.whole
    qtbot.waitUntil(lambda: page.whole)
    assert shown(page) == ["a", "b", "c", "d"]


def test_other_parts_take_the_place_of_those_that_were_not_built_yet(qtbot: QtBot, page: GrowingPage) -> None:
    page.build(buttons("a", "b", "c"))
    page.build([*buttons("x"), lambda: None, *buttons("y")])
    qtbot.waitUntil(lambda: page.whole)
    assert shown(page) == ["x", "y"]


def test_the_keys_for_steps_build_what_they_lead_to(page: GrowingPage) -> None:
    page.build([*buttons("lead"), *buttons("a", "b", stop=True), *buttons("foot")])
    assert page.step(1) and focus_name(page) == "a"
    assert page.step(1) and focus_name(page) == "b"
    assert not page.step(1) and not page.whole
    assert page.step(-1) and focus_name(page) == "a"
    assert not page.step(-1)


def test_a_step_delivers_nothing_that_waits_for_the_windows_next_turn(page: GrowingPage) -> None:
    heard: list[str] = []

    class Waiting(QObject):
        def event(self, event: QEvent) -> bool:
            heard.append("too early")
            return True

    waiting = Waiting()
    page.build(buttons("a", "b", stop=True))
    QCoreApplication.postEvent(waiting, QEvent(QEvent.Type.User))
    page.step(1)
    assert heard == []
    QCoreApplication.removePostedEvents(waiting)


def test_built_again_it_keeps_its_place_and_the_keyboard(qtbot: QtBot, page: GrowingPage) -> None:
    names = [f"part {number}" for number in range(60)]
    page.build(buttons(*names))
    qtbot.waitUntil(lambda: page.whole and not page._settling)
    QTest.qWait(0)
    page.findChildren(QPushButton)[47].setFocus()
    place = page.verticalScrollBar().value()
    assert place
    page.build(buttons(*names), again=True)
    page.build(buttons(*names), again=True)
    qtbot.waitUntil(lambda: page.whole and not page._settling)
    assert (focus_name(page), page.verticalScrollBar().value()) == ("part 47", place)
    assert page.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_with_other_parts_it_begins_at_its_top_and_the_keyboard_stays_on_it(qtbot: QtBot, page: GrowingPage) -> None:
    page.build(buttons(*(f"part {number}" for number in range(60))))
    qtbot.waitUntil(lambda: page.whole and not page._settling)
    QTest.qWait(0)
    page.findChildren(QPushButton)[47].setFocus()
    page.build(buttons("other", "parts"))
    qtbot.waitUntil(lambda: page.whole and not page._settling)
    assert (focus_name(page), page.verticalScrollBar().value()) == ("other", 0)
