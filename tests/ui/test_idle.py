"""Nobody at the desk is noticed; every touch of the window begins the while anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from screener.ui.app import build
from screener.ui.idle import IdleWatch
from tests.journeys.person import Person
from tests.journeys.ways import begin, measure, set_up, unlock

AFTER_MS = 1_000


def test_a_while_without_a_touch_is_said_once(qtbot: QtBot, bare_window: QWindow) -> None:
    watch = IdleWatch(bare_window, AFTER_MS)
    watch.watch(bare_window)
    with qtbot.waitSignal(watch.idle, timeout=10 * AFTER_MS):
        pass
    with qtbot.assertNotEmitted(watch.idle, wait=2 * AFTER_MS):
        pass


def test_a_key_begins_the_while_anew(qtbot: QtBot, bare_window: QWindow) -> None:
    watch = IdleWatch(bare_window, AFTER_MS)
    watch.watch(bare_window)
    for _ in range(4):
        QTest.keyClick(bare_window, Qt.Key.Key_A)
        with qtbot.assertNotEmitted(watch.idle, wait=AFTER_MS // 3):
            pass
    with qtbot.waitSignal(watch.idle, timeout=10 * AFTER_MS):
        pass


@pytest.mark.slow
def test_with_nobody_there_the_records_are_locked_and_what_was_typed_is_kept(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    program = build(qapp, home=tmp_path)
    qtbot.addWidget(program.window)
    program.window.show()
    person = Person(qtbot.waitUntil, program.window)
    set_up(person)
    begin(person)
    measure(person)
    watch = program.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)
    watch.idle.emit()
    person.waits_for("Passphrase forgotten")
    assert not person.sees("SYN-0042")
    unlock(person)
    person.waits_for("SYN-0042", "Paused")
    program.shut()
