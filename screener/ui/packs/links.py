"""A link whose text wraps: titles of rules and sources are long, and none of them makes a page wider."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.ui.style.theme import current, scaled
from screener.ui.widgets.buttons import KeyButton
from screener.ui.widgets.outline import paint_focus, rect_of

ACROSS_PX, _DOWN_PX, _WIDEST_PX, _LEAST_TARGET_PX = 4, 2, 560, 24
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class TextLink(KeyButton):
    """Looks like a link and is a button. `name` is what a screen reader says of it."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._text_height(width) + 2 * scaled(_DOWN_PX), scaled(_LEAST_TARGET_PX))

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text()) + 2 * scaled(ACROSS_PX) + 2
        width = min(text, scaled(_WIDEST_PX))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), scaled(90)), scaled(_LEAST_TARGET_PX))

    def _text_height(self, width: int) -> int:
        room = max(1, width - 2 * scaled(ACROSS_PX))
        return self.fontMetrics().boundingRect(QRect(0, 0, room, 100_000), _WRAPPED, self.text()).height()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = QFont(self.font())
        font.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.setPen(QColor(current().accent if self.isEnabled() else current().off))
        height = self._text_height(self.width())
        top = max(scaled(_DOWN_PX), (min(self.height(), scaled(_LEAST_TARGET_PX)) - height) // 2)
        room = QRect(scaled(ACROSS_PX), top, self.width() - 2 * scaled(ACROSS_PX), self.height())
        painter.drawText(room, _WRAPPED, self.text())
        if self.hasFocus():
            paint_focus(painter, rect_of(self), scaled(4))
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
