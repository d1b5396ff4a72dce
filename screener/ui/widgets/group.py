"""A group of controls that has a name and nothing to see."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGroupBox, QWidget


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
