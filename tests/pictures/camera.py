"""A window that is worked by its keys, and pictures of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from tests.screen import platform

os.environ["QT_QPA_PLATFORM"] = platform()
os.environ.setdefault("PYTEST_QT_API", "pyside6")

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from screener import language
from screener.clock import Clock
from screener.ui.app import Program, build
from screener.ui.speaking import speak_in
from tests.journeys.person import Person
from tests.ui.geometry import faults
from tests.ui.modes import MODES

FOLDER = Path(__file__).parent


def wait_until(condition: Callable[[], bool], timeout: int = 10_000) -> None:
    """As pytest-qt's: runs the window until the condition holds; TimeoutError when it never does."""
    until = time.monotonic() + timeout / 1000
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError
        settle(15)


def settle(pause_ms: int) -> None:
    """Let the window work for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(pause_ms, loop.quit)
    loop.exec()


def front() -> QWidget:
    """The window that the keys go to."""
    window = QApplication.activeWindow()
    assert window is not None
    return window


def with_own_palette(image: QImage) -> QImage:
    """The same picture in its own 256 most frequent colours, a quarter of the size; rarer ones take the nearest."""
    full = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(full.constBits(), np.uint32).reshape(full.height(), full.bytesPerLine() // 4)
    colours, places, counts = np.unique(pixels[:, : full.width()], return_inverse=True, return_counts=True)
    kept = np.argsort(-counts)[:256]
    channels = np.stack([(colours >> shift) & 255 for shift in (16, 8, 0)], axis=1).astype(np.int32)
    distances = np.abs(channels[:, None, :] - channels[kept][None, :, :]).sum(axis=2)
    indexed = np.ascontiguousarray(distances.argmin(axis=1)[places].reshape(full.height(), -1).astype(np.uint8))
    made = QImage(indexed.data, full.width(), full.height(), indexed.shape[1], QImage.Format.Format_Indexed8)
    made.setColorTable([int(colour) for colour in colours[kept]])
    return made.copy()


class Camera:
    """Takes pictures of one window in one mode, and looks how everything lies in each."""

    faults: ClassVar[list[str]] = []
    """What is wrong with what was taken so far, of all cameras of this process."""

    def __init__(self, program: Program, mode: str) -> None:
        self._program, self._mode = program, mode

    @property
    def window(self) -> QWidget:
        return self._program.window

    def take(self, name: str, window: QWidget | None = None) -> None:
        """`window`: another one of the program than its first."""
        settle(400)
        taken = window or self._program.window
        Camera.faults += [f"{name}-{self._mode}: {fault}" for fault in faults(taken)]
        image = with_own_palette(taken.grab().toImage())
        spoken = "" if language.spoken() == language.ENGLISH else f"-{language.spoken()}"
        image.save(str(FOLDER / f"{name}{spoken}-{self._mode}.png"))


@contextmanager
def at_work(
    application: QApplication, mode: str, home: Path, *, pack: Path | None = None, clock: Clock | None = None
) -> Iterator[tuple[Person, Camera]]:
    """The program over this home, a person at its keys, and a camera before its window."""
    speak_in(application)
    program = build(application, home=home, pack_folder=pack, clock=clock)
    as_wanted = MODES[mode]
    application.setLayoutDirection(as_wanted.direction)
    program.appearance.theme.apply(as_wanted.scheme, as_wanted.text_scale)
    program.window.resize(as_wanted.room)
    program.window.show()
    try:
        yield Person(wait_until, program.window), Camera(program, mode)
    finally:
        program.window.close()
        program.shut()
