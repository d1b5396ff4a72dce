"""The window as it stands before the rest of the program is loaded: dressed, in its place, and heard if it fails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from screener.ui.appearance import Appearance
from screener.ui.mistakes import Mistakes
from screener.ui.settings_file import settings_of
from screener.ui.shell.window import MainWindow
from screener.ui.telling import tell

if TYPE_CHECKING:
    from screener.clock import Clock

# What is imported here is waited for by whoever starts the program; tests/architecture/test_heads.py holds it small.


class FirstWindow(QObject):
    """A window that knows how it looks and where it stands, and nothing yet of content, records or keys."""

    def __init__(self, app: QApplication, home: Path, clock: Clock) -> None:
        super().__init__(app)
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.home, self.clock = home, clock
        self.settings = settings_of(home)
        self.appearance = Appearance(app, self.settings)
        self.window = MainWindow(self.settings)
        self.mistakes = Mistakes(self.window, home, clock)
        self.window.painted.connect(self._painted)

    def _painted(self) -> None:
        tell("SCREENER_READY_FD", b"window\n")
