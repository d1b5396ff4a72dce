"""A group of controls that has a name and nothing to see."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QWidget

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


def take_group_key(button: QAbstractButton, event: QKeyEvent, step: Callable[[int], object]) -> bool:
    """Arrows step to the button beside (1 forwards, -1 back) and Enter clicks; whether the key was one of these."""
    key = Qt.Key(event.key())
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if key in _STEPS:
        across = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        mirrored = across and button.layoutDirection() == Qt.LayoutDirection.RightToLeft
        step(-_STEPS[key] if mirrored else _STEPS[key])
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        if not event.isAutoRepeat():
            button.click()
    else:
        return False
    return True


class BareGroup(QGroupBox):
    """Is a group, by name and role, for a screen reader; takes no room and paints nothing of its own."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("look", "bare")
        self.setContentsMargins(0, 0, 0, 0)

    # Qt makes room for a frame and a title in these two; there is neither.

    def resizeEvent(self, event: QResizeEvent) -> None:
        QWidget.resizeEvent(self, event)

    def changeEvent(self, event: QEvent) -> None:
        QWidget.changeEvent(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        pass
