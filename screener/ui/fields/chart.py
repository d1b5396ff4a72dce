"""A small chart of readings: a bar from diastolic to systolic for each.

The lines of sources are drawn with it, named by whose they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.forms.limits import PRESSURE, Limits
from screener.language import tr
from screener.rules.values import Reading
from screener.ui.fields.base import Limit
from screener.ui.style.theme import current, scaled
from screener.ui.widgets.visible import reveal

MOST_LINES = 4
"""Of sources, in one chart."""
_TIME_PX = 36
_MOST_OF_NAMES = 0.45


class ReadingsChart(QWidget):
    """Shows readings beside source lines.

    The same figures stand in the table above it; its description says them again.
    """

    def __init__(self, name: str, limits: Sequence[Limit]) -> None:
        super().__init__()
        self._limits = tuple(limits)
        self._readings: tuple[Reading, ...] = ()
        self.setAccessibleName(tr("Chart of {name}").format(name=name))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, scaled(92))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(72), scaled(92))

    def show_readings(self, readings: Sequence[Reading], description: str) -> None:
        self._readings = tuple(r for r in readings if r.systolic or r.diastolic)
        lines = "; ".join(f"{limit.whose} {limit.figure:g}" for limit in self._limits)
        drawn = [tr("Lines: {lines}").format(lines=lines)] if lines else []
        self.setAccessibleDescription(". ".join([description, *drawn]))
        reveal(self, bool(self._readings))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._readings:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(scaled(10))
        painter.setFont(font)
        figures = [float(v) for r in self._readings for v in (r.systolic, r.diastolic) if v]
        figures += [limit.figure for limit in self._limits]
        low, high = min(figures) - 8, max(figures) + 8
        metrics = QFontMetrics(font)
        # The names of the lines have the room that they need, up to a good part of the chart.
        names = max((metrics.horizontalAdvance(_named(limit)) for limit in self._limits), default=0) + scaled(10)
        names = min(max(names, scaled(40)), round(self.width() * _MOST_OF_NAMES))
        plot = QRectF(4, 4, self.width() - names, self.height() - scaled(22))

        def y(figure: float) -> float:
            return plot.bottom() - (figure - low) / (high - low) * plot.height()

        for limit in self._limits:
            painter.setPen(QPen(QColor(current().review), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(plot.left(), y(limit.figure)), QPointF(plot.right(), y(limit.figure)))
            painter.setPen(QColor(current().review))
            text = metrics.elidedText(_named(limit), Qt.TextElideMode.ElideRight, names - 4)
            painter.drawText(QPointF(plot.right() + 4, y(limit.figure) + 4), text)
        step = plot.width() / (len(self._readings) + 1)
        # As many times as have room; all of them stand in the table above.
        every = max(1, math.ceil(scaled(_TIME_PX) / step))
        for place, reading in enumerate(self._readings):
            at = reading.at[-5:] if reading.at and place % every == 0 else ""
            self._bar(painter, plot.left() + step * (place + 1), reading, y, at, plot.bottom())
        painter.end()

    def _bar(self, painter: QPainter, x: float, reading: Reading, y: object, at: str, bottom: float) -> None:
        assert callable(y)
        ends = [float(v) for v in (reading.systolic, reading.diastolic) if v]
        accent = QColor(current().accent)
        painter.setPen(QPen(accent, 2.4))
        if len(ends) == 2:
            painter.drawLine(QPointF(x, y(ends[0])), QPointF(x, y(ends[1])))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        for figure in ends:
            painter.drawEllipse(QPointF(x, y(figure)), 4, 4)
        painter.setPen(QColor(current().muted))
        box = QRectF(x - 30, bottom + 2, 60, scaled(16))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, at)


def _named(limit: Limit) -> str:
    return f"{limit.figure:g} {limit.whose}"


def lines_of(limits: Limits, question_id: str) -> tuple[Limit, ...]:
    """The figures that rules compare means of pressure with, named by whose they are: the lines of a chart."""
    whose: dict[tuple[str, float], list[str]] = {}
    for limit in limits.of_readings(question_id):
        if limit.statistic == "mean" and limit.part in PRESSURE:
            named = whose.setdefault((limit.part, float(limit.figure)), [])
            named += [] if limit.short in named else [limit.short]
    return tuple(Limit(part, figure, ", ".join(named)) for (part, figure), named in whose.items())[:MOST_LINES]
