"""What tests of single widgets share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QWindow
from pytestqt.qtbot import QtBot

from screener.ui.key_switches import SingleKeys


@pytest.fixture
def bare_window(qtbot: QtBot) -> Iterator[QWindow]:
    """A window with nothing in it, on the screen: it can be touched and left alone."""
    made = QWindow()
    made.resize(200, 100)
    made.show()
    qtbot.waitUntil(made.isExposed)
    yield made
    made.close()


@pytest.fixture
def keys() -> Iterator[SingleKeys]:
    """The switches of single keys; what a test turned is turned back."""
    made = SingleKeys.current()
    yield made
    made.release()
