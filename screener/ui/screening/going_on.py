"""On a dose day an answer by a key goes on to the next question: where that is, and what a key held down does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from screener.screening.session import Session
from screener.ui.key_switches import goes_on

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


def goes_on_by_itself(session: Session) -> bool:
    """Whether the keyboard goes on after an answer by a key: on a dose day, unless that is switched off."""
    return session.rules.pathway.course is not None and goes_on()


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SpareEnter(QObject):
    """Enter after a text that went on by itself was meant for that text: it does nothing where the keyboard is now."""

    def wait(self) -> None:
        """Take the next key, if it is Enter."""
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._end()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        self._end()
        return event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def _end(self) -> None:
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)


class HeldKey(QObject):
    """A key that is held down answers once: what it repeats would answer questions that nobody asked yet."""

    def hold(self) -> None:
        """Take what the key repeats, until it is let go."""
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if event.isAutoRepeat():
            return True
        if event.type() == QEvent.Type.KeyRelease:
            application = QApplication.instance()
            assert application is not None
            application.removeEventFilter(self)
        return False
