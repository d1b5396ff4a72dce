"""What is painted or written in a window that is read from the right."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

Box = TypeVar("Box", QRect, QRectF)


def seen(widget: QWidget, box: Box, within: QRect | None = None) -> Box:
    """A place that is measured from the left, on the side where it is seen; `within`: in a part of the widget."""
    made, room = type(box)(box), within or widget.rect()
    if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        made.moveLeft(2 * room.left() + room.width() - box.left() - box.width())
    return made


def as_written(figures: str) -> str:
    """Figures that belong together, such as 151 / 94, in their order also among words that are read from the right."""
    return f"\u2066{figures}\u2069" if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft else figures
