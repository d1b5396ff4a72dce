"""How long the window takes to stand painted, and the way in after it, against an empty PySide6 window.

Each start is a process of its own, and tells over a pipe how far it is.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Literal

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
    os.write(int(os.environ["SCREENER_READY_FD"]), b"window\\n")

application = QApplication([])
window = Window()
window.show()
application.exec()
"""
Told = Literal[b"window", b"door"]
"""A window is painted; the page with the ways in is."""
PATIENCE_S = 60
ROUNDS = 5


def rows() -> Iterator[tuple[str, float, float, str, float]]:
    """Three lines of the table, or none while there is no window to start."""
    if os.name != "posix" or find_spec("screener.ui.app") is None:
        return
    empty: list[float] = []
    window: list[float] = []
    first: list[float] = []
    again: list[float] = []
    with tempfile.TemporaryDirectory() as used:
        _until(b"door", ["-m", "screener"], used)  # from here on there is a copy of the content that was read
        for _ in range(ROUNDS):  # in turns, so that whatever else the machine does falls on all
            with tempfile.TemporaryDirectory() as new:
                empty.append(_until(b"window", ["-c", EMPTY], new))
                window.append(_until(b"window", ["-m", "screener"], new))
            with tempfile.TemporaryDirectory() as new:
                first.append(_until(b"door", ["-m", "screener"], new))
            again.append(_until(b"door", ["-m", "screener"], used))
    against = "an empty PySide6 window"
    yield "start to first painted window", min(window), min(empty), against, 2.0
    yield "start to the page with the ways in, the content read before", min(again), min(empty), against, 0
    yield "start to the page with the ways in, for the first time", min(first), min(empty), against, 0


def _until(told: Told, arguments: list[str], home: str) -> float:
    """Seconds from starting a process to what it tells; the process is then ended."""
    reading, writing = os.pipe()
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
        heard = b""
        while told not in heard.split():
            ready, _, _ = select.select([reading], [], [], PATIENCE_S)
            more = os.read(reading, 64) if ready else b""
            if not more:
                raise RuntimeError(f"{told.decode()} was never told by {arguments[:2]}")
            heard += more
        return time.perf_counter() - begun
    finally:
        process.kill()
        process.wait()
        os.close(reading)
