"""How long the window takes to stand painted, against an empty PySide6 window, each in a process of its own."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec

from tests.screen import platform

EMPTY = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, ready)

def ready():
    os.write(int(os.environ["SCREENER_READY_FD"]), b"ready")

application = QApplication([])
window = Window()
window.show()
application.exec()
"""
PATIENCE_S = 60
ROUNDS = 5


def rows() -> Iterator[tuple[str, float, float, str, float]]:
    """One line of the table, or none while there is no window to start."""
    if os.name != "posix" or find_spec("screener.ui.app") is None:
        return
    empty: list[float] = []
    window: list[float] = []
    for _ in range(ROUNDS):  # in turns, so that whatever else the machine does falls on both
        empty.append(_until_ready(["-c", EMPTY]))
        window.append(_until_ready(["-m", "screener"]))
    yield "start to first painted window", min(window), min(empty), "an empty PySide6 window", 2.0


def _until_ready(arguments: list[str]) -> float:
    """Seconds from starting a process to its first painted window, told over a pipe; the process is then ended."""
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "SCREENER_READY_FD": str(writing),
            "XDG_DATA_HOME": home,
            "XDG_CONFIG_HOME": home,
            "XDG_CACHE_HOME": home,
            "QT_QPA_PLATFORM": platform(),
        }
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], env=environment, pass_fds=[writing])
        os.close(writing)
        try:
            heard, _, _ = select.select([reading], [], [], PATIENCE_S)
            if not heard or os.read(reading, 16) == b"":
                raise RuntimeError(f"no window was painted by {arguments[:2]}")
            return time.perf_counter() - begun
        finally:
            process.kill()
            process.wait()
            os.close(reading)
