"""Heads of a table whose words wrap."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QRect, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from screener.ui.style.theme import scaled

_ACROSS_PX, _DOWN_PX = 8, 7
"""The padding that the style sheet gives a head."""


class WrappingHeads(QHeaderView):
    """As high as the longest head needs in the width of its column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.setDefaultAlignment(Qt.AlignmentFlag(left.value | Qt.TextFlag.TextWordWrap.value))

    def sizeHint(self) -> QSize:
        heights = [self.height_of(section) for section in range(self.count())]
        return QSize(super().sizeHint().width(), max(heights, default=0))

    def height_of(self, section: int) -> int:
        """What one head needs in its column."""
        model: QAbstractItemModel | None = self.model()
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "") if model is not None else ""
        room = QRect(0, 0, max(1, self.sectionSize(section) - 2 * scaled(_ACROSS_PX)), 10_000)
        wrapped = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
        return wrapped.height() + 2 * scaled(_DOWN_PX)
