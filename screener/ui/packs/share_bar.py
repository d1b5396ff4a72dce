"""How a whole is shared among listed, not established and not listed: a bar whose words stand beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.ui.style.theme import current, scaled

Shares = tuple[float, float | None]
"""Listed, and not established, of all; None where that is hidden."""
BAR_PX = 14
_LEAST_PX = 2


def paint_shares(painter: QPainter, box: QRectF, shares: Shares, direction: Qt.LayoutDirection) -> None:
    """Listed is filled, not established is hatched, not listed is the empty track; what is hidden is blank.

    It begins where a line of text does.
    """
    t = current()
    painter.save()
    if direction == Qt.LayoutDirection.RightToLeft:
        painter.translate(box.left() + box.right(), 0)
        painter.scale(-1, 1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(box, scaled(3), scaled(3))
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.fillRect(box, QColor(t.track if shares[1] is not None else t.surface))
    listed, left_open = (_width(share or 0.0, box.width()) for share in shares)
    painter.fillRect(QRectF(box.left(), box.top(), listed, box.height()), QColor(t.review))
    hatched = QRectF(box.left() + listed, box.top(), left_open, box.height())
    painter.fillRect(hatched, QColor(t.surface))
    painter.setClipRect(hatched, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QColor(t.open), max(1.0, scaled(12) / 10)))
    step = scaled(5)
    x = hatched.left() - box.height()
    while left_open and x < hatched.right():
        painter.drawLine(round(x), round(box.bottom()), round(x + box.height()), round(box.top()))
        x += step
    painter.restore()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(t.border), 1))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), scaled(3), scaled(3))
    painter.restore()


def _width(share: float, whole: float) -> float:
    """Whatever is there at all is seen."""
    return max(share * whole, scaled(_LEAST_PX)) if share else 0.0


class ShareBar(QWidget):
    """One bar. A screen reader hears the words that stand beside it."""

    def __init__(self, shares: Shares, said: str) -> None:
        super().__init__()
        self._shares = shares
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(180), scaled(BAR_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(48), scaled(BAR_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_shares(painter, QRectF(self.rect()), self._shares, self.layoutDirection())
        painter.end()
