"""Outlines that painted controls share: crisp rounded boxes and the ring of focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from screener.ui.style.theme import current


def paint_box(
    painter: QPainter, box: QRectF, radius: float, fill: str | None, edge: str | None, *, dashed: bool = False
) -> None:
    """Paint a rounded box whose edge, one pixel wide, lies inside `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    if edge:
        pen = QPen(QColor(edge), 1)
        if dashed:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        box = box.adjusted(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def paint_focus(painter: QPainter, box: QRectF, radius: float, *, gap: str | None = None) -> None:
    """Paint the ring of focus along the inside of `box`, two pixels wide; `gap` sets it off from a filled control."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if gap:
        painter.setPen(QPen(QColor(gap), 2))
        painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), max(1.0, radius - 2), max(1.0, radius - 2))
    painter.setPen(QPen(QColor(current().focus), 2))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), max(1.0, radius - 0.5), max(1.0, radius - 0.5))
    painter.restore()


def rect_of(widget: QWidget) -> QRectF:
    """The whole of a widget."""
    return QRectF(widget.rect())
