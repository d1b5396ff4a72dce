"""Keys that were typed before a page could be seen: they were meant for the page before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut)
_MOMENT_MS = 200
"""Nobody sees a new page and answers on it in less."""


class TypedAhead(QObject):
    """For a moment no key does anything on a page that has come up by itself."""

    def __init__(self, page: QWidget, then: Callable[[], object]) -> None:
        """`then` is done once the moment is over; with the page, it ends."""
        super().__init__(page)
        self._then = then
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        QTimer.singleShot(_MOMENT_MS, self, self._end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() in _KEYS

    def _end(self) -> None:
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self._then()
        self.deleteLater()
