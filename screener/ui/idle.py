"""Notices that nobody is at the desk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

LOCK_AFTER_MIN = 10
SIGNS_OF_LIFE = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)


class IdleWatch(QObject):
    """Says `idle` once nobody has touched key, pointer or screen for a while; any touch begins the while anew.

    It listens at the window, where touches arrive from outside, and not at every widget that they pass through.
    """

    idle = Signal()

    def __init__(self, parent: QObject, after_ms: int = LOCK_AFTER_MIN * 60_000) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=after_ms)
        self._timer.timeout.connect(self.idle)

    def lock_after(self, minutes: int) -> None:
        """Say it after so many minutes, counted from the last touch of now."""
        if self._timer.interval() != minutes * 60_000:
            self._timer.setInterval(minutes * 60_000)

    def watch(self, window: QWindow) -> None:
        """Begin to listen."""
        window.installEventFilter(self)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SIGNS_OF_LIFE:
            self._timer.start()
        return False
