"""Nobody at the desk is noticed; every touch of the window begins the while anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from screener.ui.idle import IdleWatch

AFTER_MS = 1_000


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWindow]:
    made = QWindow()
    made.resize(200, 100)
    made.show()
    qtbot.waitUntil(made.isExposed)
    yield made
    made.close()


def test_a_while_without_a_touch_is_said_once(qtbot: QtBot, window: QWindow) -> None:
    watch = IdleWatch(window, AFTER_MS)
    watch.watch(window)
    with qtbot.waitSignal(watch.idle, timeout=10 * AFTER_MS):
        pass
    with qtbot.assertNotEmitted(watch.idle, wait=2 * AFTER_MS):
        pass


def test_a_key_begins_the_while_anew(qtbot: QtBot, window: QWindow) -> None:
    watch = IdleWatch(window, AFTER_MS)
    watch.watch(window)
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_A)
        with qtbot.assertNotEmitted(watch.idle, wait=AFTER_MS // 3):
            pass
    with qtbot.waitSignal(watch.idle, timeout=10 * AFTER_MS):
        pass
