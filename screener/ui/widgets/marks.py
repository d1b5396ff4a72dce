"""Flag marks: told apart by shape first, colour second."""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from screener.ui.style.theme import current, scaled

MarkKind = Literal["time-critical", "review", "note", "check", "open"]
MARKS: tuple[MarkKind, ...] = ("time-critical", "review", "note", "check", "open")
MARK_NAMES: dict[str, str] = {
    "time-critical": "time-critical",
    "review": "for review",
    "note": "note",
    "check": "answers to check",
    "open": "not established",
}


def mark_colour(kind: str) -> QColor:
    """The colour of a mark in the scheme in force."""
    t = current()
    colours = {"time-critical": t.time_critical, "review": t.review, "note": t.note, "check": t.check, "open": t.open}
    return QColor(colours[kind])


def paint_mark(painter: QPainter, kind: str, box: QRectF) -> None:
    """Paint one mark inside a square: a diamond, triangle, square, unequal sign or dashed circle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = mark_colour(kind)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    centre, side = box.center(), box.width()
    match kind:
        case "time-critical":
            r = side / 2
            corners = [(0, -r), (r, 0), (0, r), (-r, 0)]
            painter.drawPolygon(QPolygonF([QPointF(centre.x() + x, centre.y() + y) for x, y in corners]))
        case "review":
            top, bottom = box.top() + side * 0.08, box.bottom() - side * 0.08
            painter.drawPolygon(
                QPolygonF([QPointF(centre.x(), top), QPointF(box.right(), bottom), QPointF(box.left(), bottom)])
            )
        case "note":
            painter.drawRect(QRectF(centre.x() - side * 0.24, centre.y() - side * 0.24, side * 0.48, side * 0.48))
        case "check":
            painter.setPen(QPen(colour, max(1.4, side * 0.13), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for offset in (-0.16, 0.16):
                y = centre.y() + side * offset
                painter.drawLine(QPointF(box.left() + side * 0.1, y), QPointF(box.right() - side * 0.1, y))
            painter.drawLine(
                QPointF(centre.x() - side * 0.2, box.bottom() - side * 0.06),
                QPointF(centre.x() + side * 0.2, box.top() + side * 0.06),
            )
        case _:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, max(1.3, side * 0.12)))
            ring = box.adjusted(side * 0.08, side * 0.08, -side * 0.08, -side * 0.08)
            for piece in range(8):
                painter.drawArc(ring, piece * 45 * 16, 26 * 16)
    painter.restore()


class Mark(QWidget):
    """One flag mark, named for a screen reader."""

    def __init__(self, kind: str, side_px: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_kind(kind)

    def set_kind(self, kind: str) -> None:
        self.kind = kind
        self.setAccessibleName(MARK_NAMES[kind])
        self.setToolTip(MARK_NAMES[kind])
        self.update()

    def sizeHint(self) -> QSize:
        side = scaled(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_mark(painter, self.kind, QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))
        painter.end()


class MarkCounts(QWidget):
    """Counts by mark, side by side, never added up. Marks that count none are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._pairs: dict[str, tuple[Mark, QLabel]] = {}
        for kind in MARKS:
            mark, label = Mark(kind, 10), QLabel()
            label.setProperty("level", "small-strong")
            row.addWidget(mark)
            row.addWidget(label)
            self._pairs[kind] = (mark, label)
        row.addStretch(1)
        self.show_counts({})

    def show_counts(self, counts: dict[str, int]) -> None:
        words = []
        for kind, (mark, label) in self._pairs.items():
            count = counts.get(kind, 0)
            mark.setVisible(count > 0)
            label.setVisible(count > 0)
            label.setText(str(count))
            if count:
                words.append(f"{count} {MARK_NAMES[kind]}")
        self.words = ", ".join(words)
        self.setAccessibleName(self.words or "nothing listed")
        self.setVisible(bool(words))


class ProgressRing(QWidget):
    """A ring filled as far as a theme is settled; a full ring when nothing waits. It is no mark of approval."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        self._share = max(0.0, min(1.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(16), scaled(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(2.0, self.width() * 0.15)
        box = QRectF(width / 2 + 0.5, width / 2 + 0.5, self.width() - width - 1, self.height() - width - 1)
        painter.setPen(QPen(QColor(current().track), width))
        painter.drawEllipse(box)
        if self._share > 0:
            pen = QPen(QColor(current().accent), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, -math.ceil(self._share * 360 * 16))
        painter.end()


class ThinBar(QWidget):
    """How much of something is answered, as a thin bar; the figure stands beside it as text."""

    def __init__(self, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(80), 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().track))
        painter.drawRoundedRect(self.rect(), 3, 3)
        painter.setBrush(QColor(current().accent))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self._share, self.height()), 3, 3)
        painter.end()
