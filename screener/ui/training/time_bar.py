"""Where the time went, as a bar: one part a theme, in the order in which they were opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from screener.language import tr
from screener.training.parts import ThemeTime
from screener.ui.style.theme import current, scaled

_HEIGHT_PX, _GAP_PX, _LEAST_PX, _PADDING_PX, _FONT_PX = 34, 3, 10, 6, 11
_LONG = 1.5
"""From so many times the mean on, a part is painted stronger and says its time first."""


class TimeBar(QLabel):
    """Painted; all that it shows is its name, and stands as a table on the same page."""

    def __init__(self, times: Sequence[ThemeTime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times = [one for one in times if one.seconds]
        said = ", ".join(f"{one.title} {one.words}" for one in self._times)
        self.setAccessibleName(tr("Where the time went: {said}").format(said=said))
        self.setToolTip(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(400), scaled(_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), scaled(_HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(scaled(_FONT_PX))
        painter.setFont(font)
        mean = sum(one.seconds for one in self._times) / max(1, len(self._times))
        left = 0.0
        for one, width in zip(self._times, self._widths(), strict=True):
            box = QRectF(left, 0, width, self.height())
            self._paint(painter, box, one, strong=one.seconds >= mean * _LONG)
            left += width + _GAP_PX
        painter.end()

    def _widths(self) -> list[float]:
        """As wide as each took long, none narrower than can be seen."""
        count = len(self._times)
        room = self.width() - _GAP_PX * (count - 1)
        least = min(scaled(_LEAST_PX), room / max(1, count))
        whole = sum(one.seconds for one in self._times)
        spare = room - least * count
        return [least + spare * one.seconds / whole for one in self._times]

    def _paint(self, painter: QPainter, box: QRectF, one: ThemeTime, *, strong: bool) -> None:
        t = current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.accent_soft if strong else t.strip))
        painter.drawRoundedRect(box, scaled(3), scaled(3))
        painter.setBrush(QColor(t.accent if strong else t.border))
        painter.drawRect(QRectF(box.left(), box.bottom() - scaled(3), box.width(), scaled(3)))
        room = box.adjusted(scaled(_PADDING_PX), 0, -scaled(_PADDING_PX), -scaled(3))
        words = self._fitting(one, room.width(), painter.fontMetrics())
        painter.setPen(QColor(t.text))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)

    @staticmethod
    def _fitting(one: ThemeTime, room: float, metrics: QFontMetrics) -> str:
        """Its title and time, or the time alone, or nothing: no word is cut."""
        tries = (f"{one.title} {one.words}", one.words)
        return next((text for text in tries if metrics.horizontalAdvance(text) <= room), "")
