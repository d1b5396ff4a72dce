"""A mistake of the program's own: what was typed is saved, a page says so, a report names the place and no answer."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, qVersion

if TYPE_CHECKING:
    from datetime import datetime

    from screener.clock import Clock
    from screener.ui.clinic import Clinic
    from screener.ui.shell.window import MainWindow

FOLDER = "reports"
KEPT = 20
"""So many reports are kept; older ones go."""
_PACKAGE = Path(__file__).resolve().parents[1]


class Mistakes(QObject):
    """Hears every exception that nobody caught, on any thread, once `install` was called."""

    _heard = Signal(object)

    def __init__(self, window: MainWindow, home: Path, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._folder, self._clock = window, home / FOLDER, clock
        self.clinic: Callable[[], Clinic | None] = lambda: None
        """What is open, once anything can be."""
        self._telling = False
        self._heard.connect(self._tell)

    def install(self) -> None:
        """From here on nothing ends in silence."""
        sys.excepthook = self.hear
        threading.excepthook = lambda said: self.hear(said.exc_type, said.exc_value, said.exc_traceback)

    def hear(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Note a mistake and have it told on the window's thread."""
        if not issubclass(kind, Exception) or error is None:
            sys.__excepthook__(kind, error or kind(), trace)
            return
        self._heard.emit(self._write(error))

    def _write(self, error: BaseException) -> Path | None:
        """On the terminal and into a report; without a report where it cannot be written."""
        sys.stderr.write("".join(lines_of(error)))
        now = self._clock.now()
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            path = self._folder / f"mistake-{now.strftime('%Y-%m-%d-%H%M%S')}-{os.getpid()}.txt"
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.writelines(report_of(error, now))
            for old in sorted(self._folder.glob("mistake-*.txt"))[:-KEPT]:
                old.unlink()
        except OSError:
            return None
        return path

    def _tell(self, report: Path | None) -> None:
        """Show that there was one, once, and bring to the disk what was typed."""
        if self._telling:
            return
        self._telling = True
        try:
            self._show(report)
        except Exception as error:
            # It has its report; told as well it would lead here again, and never end.
            self._write(error)
        finally:
            self._telling = False

    def _show(self, report: Path | None) -> None:
        from screener.ui.shell.mistake_page import MistakePage

        clinic = self.clinic()
        workspace = clinic.workspace if clinic is not None else None
        if not isinstance(self._window.page, MistakePage):
            page = MistakePage(report, screening=workspace is not None)
            page.go_on.connect(self._go_on)
            page.leave.connect(self._window.close)
            self._window.close_over()
            self._window.show_over(page)
        if workspace is not None:
            workspace.autosave.commit()

    def _go_on(self) -> None:
        QTimer.singleShot(0, self, self._window.close_over)


def lines_of(error: BaseException) -> Iterator[str]:
    """Where it happened, and of what kind it was: files, lines, functions. Never its text, which may hold anything."""
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield from lines_of(cause)
        yield "led to\n"
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        inside = path.is_relative_to(_PACKAGE)
        named = path.relative_to(_PACKAGE.parent) if inside else Path(path.parent.name) / path.name
        yield f"  {named.as_posix()}, line {frame.lineno}, in {frame.name}\n"
    yield f"{type(error).__module__}.{type(error).__qualname__}\n"


def report_of(error: BaseException, now: datetime) -> Iterator[str]:
    """The report, in English whatever the window speaks: when, under what, where. Nothing that was typed, no name."""
    import platform
    from importlib.metadata import version

    under = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    yield f"{now.isoformat(timespec='seconds')}\nScreener {version('screener')}, {under}\n\n"
    yield from lines_of(error)
    yield "\n"
