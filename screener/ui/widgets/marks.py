"""Flag marks: told apart by shape first, colour second."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QWidget

from screener.language import tr
from screener.ui.style.theme import current, scaled
from screener.ui.widgets.flow import FlowLayout
from screener.ui.widgets.visible import reveal

MarkKind = Literal["time-critical", "review", "note", "check", "open"]
MARKS: tuple[MarkKind, ...] = ("time-critical", "review", "note", "check", "open")
MARK_NAMES: dict[str, str] = {
    "time-critical": tr("time-critical"),
    "review": tr("for review"),
    "note": tr("note"),
    "check": tr("answer to check"),
    "open": tr("not established"),
}
_OF_SEVERAL = {"note": tr("notes"), "check": tr("answers to check")}
_WHOLE = 1000
_FIGURE_MARK_PX = 11
_LINE_TO_SIDE = 20 / 12
_MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def mark_colour(kind: str) -> QColor:
    """The colour of a mark in the scheme in force."""
    t = current()
    colours = {"time-critical": t.time_critical, "review": t.review, "note": t.note, "check": t.check, "open": t.open}
    return QColor(colours[kind])


def mark_words(kind: str, count: int) -> str:
    """How many of a mark, as it is said: "2 for review"."""
    name = MARK_NAMES[kind]
    return f"{count} {name if count == 1 else _OF_SEVERAL.get(kind, name)}"


def paint_mark_at(painter: QPainter, kind: str, centre: QPointF, side: float) -> None:
    """Paint one mark around a point, `side` pixels wide and high."""
    paint_mark(painter, kind, QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side))


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
            painter.setPen(QPen(colour, max(1.3, side * 0.12), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            ring = box.adjusted(side * 0.08, side * 0.08, -side * 0.08, -side * 0.08)
            for piece in range(8):
                painter.drawArc(ring, piece * 45 * 16, 25 * 16)
    painter.restore()


class Mark(QLabel):
    """One flag mark, named for a screen reader."""

    def __init__(self, kind: str, side_px: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_kind(kind)

    def set_kind(self, kind: str) -> None:
        """Be another mark."""
        self.kind = kind
        self.setAccessibleName(MARK_NAMES[kind])
        self.setToolTip(MARK_NAMES[kind])
        self.update()

    def sizeHint(self) -> QSize:
        side = scaled(self._side)
        # As high as a line of text beside it, so that both share a middle.
        return QSize(side, max(side, round(scaled(self._side) * _LINE_TO_SIDE)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_mark_at(painter, self.kind, QRectF(self.rect()).center(), self.width() - 1)
        painter.end()


class MarkCount(QLabel):
    """A mark and its figure, as one: "2 for review"."""

    def __init__(self, kind: str, count: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("level", "small-strong")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(count)

    @property
    def words(self) -> str:
        return mark_words(self.kind, self.count)

    def show_count(self, count: int) -> None:
        """Show another figure."""
        self.count = count
        self.setText(str(count))
        self.setAccessibleName(self.words)
        self.setToolTip(self.words)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = scaled(_FIGURE_MARK_PX + 4) + metrics.horizontalAdvance(self.text()) + 1
        return QSize(width, max(scaled(_FIGURE_MARK_PX), metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side, middle = scaled(_FIGURE_MARK_PX), self.height() / 2
        paint_mark_at(painter, self.kind, QPointF(side / 2, middle), side)
        painter.setPen(mark_colour(self.kind))
        painter.drawText(self.rect().adjusted(scaled(_FIGURE_MARK_PX + 4), 0, 0, 0), _MIDDLE_LEFT, self.text())
        painter.end()


class MarkCounts(QWidget):
    """Counts by mark, side by side, never added up. Marks that count none are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self, gap_px=8)
        self._counts = {kind: MarkCount(kind) for kind in MARKS}
        for shown in self._counts.values():
            row.addWidget(shown)
        self.show_counts({})

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show the counts by mark."""
        for kind, shown in self._counts.items():
            shown.show_count(counts.get(kind, 0))
            reveal(shown, shown.count > 0)
        self.words = ", ".join(shown.words for shown in self._counts.values() if shown.count)
        self.setAccessibleName(self.words or tr("nothing listed"))
        reveal(self, bool(self.words))


class ProgressRing(QProgressBar):
    """A ring filled as far as a theme is settled; a full ring when nothing waits. It is no mark of approval."""

    def __init__(self, share: float = 0.0, name: str = "recorded", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, _WHOLE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_share(share)

    @property
    def share(self) -> float:
        return self.value() / _WHOLE

    def show_share(self, share: float) -> None:
        """Show how much, from 0 to 1."""
        self.setValue(_of_whole(share))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(16), scaled(16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        width = max(2.0, side * 0.15)
        ring = QRectF(0, 0, side - width - 1, side - width - 1)
        ring.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(QColor(current().track), width))
        painter.drawEllipse(ring)
        if self.value() > 0:
            painter.setPen(QPen(QColor(current().accent), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(ring, 90 * 16, -math.ceil(self.share * 360 * 16))
        painter.end()


class ThinBar(QProgressBar):
    """How much of something is answered, as a thin bar; the figure stands beside it as text."""

    def __init__(self, share: float = 0.0, name: str = "answered", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, _WHOLE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_share(share)

    def show_share(self, share: float) -> None:
        """Show how much, from 0 to 1."""
        self.setValue(_of_whole(share))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(84), scaled(6))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        outline = QPainterPath()
        radius = self.height() / 2
        outline.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), QColor(current().track))
        filled = QRectF(0, 0, self.width() * self.value() / _WHOLE, self.height())
        painter.fillRect(filled, QColor(current().accent))
        painter.end()


def _of_whole(share: float) -> int:
    return round(_WHOLE * min(1.0, max(0.0, share)))
