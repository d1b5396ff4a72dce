"""The running program and a person in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from screener.ui.app import Program, build

if TYPE_CHECKING:
    from tests.journeys.person import Person

Start = Callable[..., "Person"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where the program keeps its files in this journey."""
    return tmp_path / "home"


@pytest.fixture
def start(qtbot: QtBot, home: Path) -> Iterator[Start]:
    """Starts the program, over the same files each time; the one before is closed first, as a person would.

    `place`: over the files in this folder instead, as when the machine went down and came up again.
    """
    running: list[Program] = []

    def stop() -> None:
        while running:
            window = running[-1].window
            window.close()
            if window.news.text.startswith("Half written"):  # whoever leaves it at that closes once more
                window.close()
            qtbot.waitUntil(window.isHidden)
            running.pop().shut()

    def begin(pack_folder: Path | None = None, place: Path | None = None, clock: Any = None) -> Person:
        from tests.journeys.person import Person  # pytest-qt says which Qt it is only after conftests are read

        stop()
        application = qt_api.QtWidgets.QApplication.instance()
        made = build(application, home=place or home, pack_folder=pack_folder, clock=clock)
        running.append(made)
        qtbot.addWidget(made.window)
        made.window.show()
        return Person(qtbot.waitUntil, made.window)

    yield begin
    stop()


@pytest.fixture
def person(start: Start) -> Person:
    """A person in front of a fresh start."""
    return start()
