"""Text that stands in no control and can be read by keyboard all the same."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from screener.ui.style.theme import scaled
from screener.ui.style.tokens import RADIUS_PX
from screener.ui.widgets.layout import Card
from screener.ui.widgets.outline import paint_focus, rect_of


class ReadCard(Card):
    """A card that Tab comes to: it scrolls into view, and a screen reader says its `name`, which is all that it says.

    Arrows and the page keys scroll the page that it stands on.
    """

    def __init__(self, name: str, look: str = "card", parent: QWidget | None = None, *, padding_px: int = 12) -> None:
        super().__init__(look, parent, padding_px=padding_px)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, rect_of(self), scaled(RADIUS_PX))
            painter.end()
