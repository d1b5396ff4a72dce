"""A line to search with, in which the keys of the page go on working."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class SearchLine(QLineEdit):
    """Leaves Ctrl+E to the page: some systems move the cursor to the end with it, as End does everywhere."""

    down = Signal()
    """On to what was found, with the arrow key that leads there."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            only_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if only_control and event.key() == Qt.Key.Key_E:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.down.emit()
            return
        super().keyPressEvent(event)
