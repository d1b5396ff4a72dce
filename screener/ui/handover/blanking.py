"""Hides a screen that nobody touches, after a sign; any touch before that extends the time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

from screener.ui.idle import SIGNS_OF_LIFE

SIGN_S = 30
"""So long before the screen is hidden it says so; with little time in all, half of it."""


class Blanking(QObject):
    """Says each second how long there is left, then `blank`, and `over` when nobody came after that either."""

    counting = Signal(int)
    """Whole seconds left; 0 once the time was extended."""
    blank = Signal()
    over = Signal()

    def __init__(self, parent: QObject, after_s: int, over_after_s: int, sign_s: int = SIGN_S) -> None:
        super().__init__(parent)
        self._sign_s = min(sign_s, max(1, after_s // 2))
        self._left = 0
        self._quiet = QTimer(self, singleShot=True, interval=1000 * (after_s - self._sign_s))
        self._quiet.timeout.connect(self._begin_sign)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count)
        self._over = QTimer(self, singleShot=True, interval=1000 * over_after_s)
        self._over.timeout.connect(self.over)
        self.blanked = False

    def watch(self, window: QWindow | None) -> None:
        """Begin to listen at the window, where touches arrive from outside."""
        if window is not None:
            window.installEventFilter(self)
        self.extend()

    def extend(self) -> None:
        """Somebody is there: the time begins anew. What is hidden stays hidden."""
        if self.blanked:
            self._over.start()
            return
        if self._left:
            self._left = 0
            self._second.stop()
            self.counting.emit(0)
        self._quiet.start()

    def come_back(self) -> None:
        """What was hidden is shown again."""
        self.blanked = False
        self._over.stop()
        self.extend()

    def _begin_sign(self) -> None:
        self._left = self._sign_s
        self._second.start()
        self.counting.emit(self._left)

    def _count(self) -> None:
        self._left -= 1
        if self._left > 0:
            self.counting.emit(self._left)
        else:
            self.hide_now()

    def hide_now(self) -> None:
        """Hide without a further sign."""
        self._left = 0
        for timer in (self._quiet, self._second):
            timer.stop()
        self.blanked = True
        self._over.start()
        self.blank.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SIGNS_OF_LIFE:
            self.extend()
        return False
