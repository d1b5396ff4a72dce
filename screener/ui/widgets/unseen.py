"""A key answers nothing that was scrolled out of sight: it brings it back first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from screener.ui.widgets.layout import ScrollPage

_PRESS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TURN = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
_EDGE_PX = 2
"""A part is seen also where so much of it is cut."""


class Unseen(QObject):
    """Watches what has the keyboard, from when somebody scrolls until the keyboard moves.

    What is typed into a text comes into view and is typed all the same: it is seen as it comes.
    """

    kept_back = Signal()
    """A key would have answered out of sight. It did nothing; what it is about is in view now."""

    def __init__(self, page: ScrollPage, where: Callable[[QWidget, QKeyEvent], QWidget | None]) -> None:
        """`where`: what shows the answer of a key that goes on from what has the keyboard; None where it is no answer.

        Asked also for what is no part of a question: None then.
        """
        super().__init__(page)
        self._page, self._where = page, where
        self._watched: QWidget | None = None
        self._spent: int | None = None
        """The key that did nothing: what it repeats while it is held down does nothing either."""
        page.scrolled.connect(self._begin)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._end)

    def _begin(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not self._watched:
            self._end()
            if focus is not None and self._page.isAncestorOf(focus):
                self._watched = focus
                focus.installEventFilter(self)

    def _end(self) -> None:
        watched, self._watched = self._watched, None
        if watched is not None and isValid(watched):
            watched.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or watched is not self._watched:
            return False
        assert isinstance(watched, QWidget)
        if event.isAutoRepeat() and event.key() == self._spent:
            return True
        self._spent = None
        if _types(watched, event):
            self._page.follow_keyboard()
            return False
        where = self._where(watched, event)
        if where is None or self._is_seen(where):
            return False
        self._spent = event.key()
        self._page.bring_into_view(where)
        self.kept_back.emit()
        # Once more when what is said of it has its place above the page, and moved it.
        QTimer.singleShot(0, where, partial(self._page.bring_into_view, where))
        return True

    def _is_seen(self, part: QWidget) -> bool:
        """All of it is in the window from top to bottom, or as much as has room there."""
        high = self._page.viewport().height()
        top = part.mapTo(self._page.viewport(), QPoint(0, 0)).y()
        return min(top + part.height(), high) - max(top, 0) >= min(part.height(), high) - _EDGE_PX


def answers_itself(focus: QWidget, event: QKeyEvent) -> bool:
    """Whether a key presses the button that has the keyboard, or chooses in a closed list."""
    if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
        return False
    if isinstance(focus, QComboBox):
        return event.key() in _TURN or bool(event.text().strip())
    return isinstance(focus, QAbstractButton) and event.key() in _PRESS


def _types(focus: QWidget, event: QKeyEvent) -> bool:
    alone = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
    # Both together are what some keyboards write further signs with.
    with_signs = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
    typed = bool(event.text()) and (not alone or alone == with_signs)
    return typed and isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit)
