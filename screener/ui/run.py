"""The window comes first; the rest of the program is loaded once it is painted."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from screener.clock import SystemClock
from screener.places import home_folder
from screener.ui.first_window import FirstWindow
from screener.ui.speaking import speak_in


def main(argv: Sequence[str]) -> int:
    """Open the window and run until it closes; the exit code is Qt's."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0], *argv])
    speak_in(app)
    app.setApplicationName("Screener")
    app.setApplicationDisplayName("Screener")
    arguments = list(argv)
    pack = Path(arguments[arguments.index("--pack") + 1]) if "--pack" in arguments else None
    if "--training" in arguments:
        from screener.ui.app import has_training

        if has_training():
            from screener.ui.school_alone import open_school

            _loaded()
            return open_school(app, pack)
    first = FirstWindow(app, home_folder(), SystemClock())
    first.mistakes.install()

    def painted() -> None:
        from screener.ui.app import Program

        program = Program(app, first, pack)
        _loaded()  # before a job begins: nothing is collected while one is done
        program.begin()

    first.window.painted.connect(painted)
    first.window.show()
    return app.exec()


def _loaded() -> None:
    """What was loaded while nothing was collected is never garbage: from here on only what comes is looked through."""
    gc.freeze()
    gc.enable()
