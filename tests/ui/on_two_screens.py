"""Run by a test in a process of its own, in which Qt has two screens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.plays import Stage


def test_it_comes_onto_the_other_screen(qtbot: QtBot, tmp_path: Path) -> None:
    here, other = QGuiApplication.screens()
    stage = Stage(qtbot, tmp_path)
    assert stage.window.screen() is here
    stage.press("V")
    view = stage.presenting._view
    assert view is not None
    assert other.geometry().contains(view.geometry())
    assert not here.geometry().intersects(view.geometry())
    stage.close()
