"""Cards stay where they are on the screen while lines above them come and go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class Steady(QObject):
    """Scrolls a page by as much as something above moved what it stands in, while the keyboard is on the page."""

    def __init__(self, page: QScrollArea, moved: QWidget) -> None:
        super().__init__(moved)
        self._page = page
        moved.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMoveEvent) and event.type() == QEvent.Type.Move:
            focus, down = QApplication.focusWidget(), event.pos().y() - event.oldPos().y()
            if down and focus is not None and self._page.isAncestorOf(focus):
                bar = self._page.verticalScrollBar()
                bar.setMaximum(max(bar.maximum(), bar.value() + down))
                bar.setValue(bar.value() + down)
        return False
