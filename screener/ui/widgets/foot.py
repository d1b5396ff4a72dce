"""What stays below a page that scrolls: what there is to say of its deed, and the buttons for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from screener.ui.style.theme import unscaled
from screener.ui.widgets.buttons import ActionButton
from screener.ui.widgets.flow import FlowLayout

_BESIDE_PX = 760
"""From this width of text on the buttons stand beside what is said."""


class Foot(QWidget):
    """What is said, and the buttons at the end; below each other where there is little room."""

    def __init__(self, said: Sequence[QWidget], buttons: Sequence[ActionButton]) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(24, 10, 24, 10)
        self._row.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(8)
        for part in said:
            column.addWidget(part)
        self._row.addLayout(column, 1)
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=12)
        for button in buttons:
            flow.addWidget(button)
        self._row.addWidget(holder, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = unscaled(event.size().width()) >= _BESIDE_PX
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)


def above_foot(holder: QWidget, page: QWidget, foot: Foot) -> None:
    """Have a page fill its holder, with a foot below it."""
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(page, 1)
    column.addWidget(foot)
