"""One trend as a chart. Loaded when the first chart is shown; the same figures stand in the table beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from screener.forms.words import short_day
from screener.language import WINDOW, tr
from screener.records.trends import Line, Series, Trend
from screener.ui.style.theme import Theme, current, scaled

_SYMBOLS, _LINES = ("o", "s"), (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
"""What tells the series apart beside their colour: said in words below the chart."""
MOST_LINES = 4
"""Lines of sources that are drawn; all of them stand in words below."""
_FAN = 1 / 40
"""How far the figures of one visit stand from each other, as a part of the whole width."""


class DayAxis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """Names the days that have a figure, as many as have room."""

    def __init__(self, days: tuple[date, ...]) -> None:
        super().__init__("bottom")
        self._days = days

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[None, list[float]]]:  # noqa: N802
        if not self._days or high <= low:
            return []
        first = self._days[0]
        room = (high - low) * (QFontMetrics(self.font()).horizontalAdvance("00 Mmm 0000") + scaled(10)) / max(size, 1)
        kept: list[float] = []
        # From the latest back: that one is always named.
        for day in reversed(self._days):
            place = float((day - first).days)
            if not kept or kept[-1] - place >= room:
                kept.append(place)
        return [(None, kept)]

    def tickStrings(self, values: list[float], scale: float, spacing: float | None) -> list[str]:  # noqa: N802
        first = self._days[0] if self._days else date.min
        return [short_day(date.fromordinal(first.toordinal() + round(value)).isoformat(), WINDOW) for value in values]

    def font(self) -> QFont:
        font = QFont(QApplication.font())
        font.setPixelSize(scaled(11))
        return font


class TrendChart(pyqtgraph.PlotWidget):  # type: ignore[misc]
    """Points by day, joined by a line; a figure that is not certain is a bar from where to where it lies."""

    def __init__(self, trend: Trend, description: str, parent: QWidget | None = None) -> None:
        self._trend = trend
        self._axis = DayAxis(trend.days)
        super().__init__(parent, axisItems={"bottom": self._axis})
        self.setAccessibleName(tr("Chart of {title}").format(title=trend.title))
        self.setAccessibleDescription(description)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseEnabled(False, False)
        self.setAntialiasing(True)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        Theme.of(application).changed.connect(self.draw)
        self.draw()

    def sizeHint(self) -> QSize:
        return QSize(scaled(420), scaled(220))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(180), scaled(220))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page scrolls; nothing is zoomed by chance.
        event.ignore()

    def draw(self) -> None:
        """Draw everything in the colours and at the text size in force."""
        t = current()
        self.clear()
        self.setBackground(QColor(t.surface))
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(QColor(t.border))
            axis.setTextPen(QColor(t.muted))
            axis.setTickFont(self._axis.font())
            axis.setStyle(tickLength=-4)
        self.getAxis("left").setWidth(scaled(38))
        self._set_range()
        for line in self._drawn_lines():
            self.addItem(line)
        for place, series in enumerate(self._trend.series):
            self._series(series, place)

    def _set_range(self) -> None:
        days = self._trend.days
        span = (days[-1] - days[0]).days if days else 0
        wide = max(span, 1)
        figures = [float(end) for series in self._trend.series for p in series.points for end in (p.low, p.high)]
        figures += [figure for figure, _ in self._named_lines()]
        low, high = (min(figures), max(figures)) if figures else (0.0, 1.0)
        margin = max((high - low) * 0.12, 1.0)
        # To the right of the last visit there is room for whose the lines are.
        self.setXRange(-0.16 * wide, (1.8 if self._trend.lines else 1.12) * wide, padding=0)
        self.setYRange(low - margin, high + margin, padding=0)
        self._step = wide * _FAN

    def _series(self, series: Series, place: int) -> None:
        t = current()
        colour = QColor((t.accent, t.note)[place % 2])
        first = self._trend.days[0] if self._trend.days else date.min
        xs = [(point.day - first).days + point.place * self._step for point in series.points]
        pen = QPen(colour, 1.6, _LINES[place % 2])
        pen.setCosmetic(True)
        certain = [(x, float(p.low)) if p.exact else (x, float("nan")) for x, p in zip(xs, series.points, strict=True)]
        brush: Any = colour if place % 2 == 0 else QColor(t.surface)
        edge = QPen(colour, 1.6)
        edge.setCosmetic(True)
        self.plot(
            [x for x, _ in certain],
            [y for _, y in certain],
            pen=pen,
            symbol=_SYMBOLS[place % 2],
            symbolSize=scaled(9),
            symbolBrush=brush,
            symbolPen=edge,
            connect="finite",
            antialias=True,
        )
        for x, point in zip(xs, series.points, strict=True):
            if not point.exact:
                half = float(point.high - point.low) / 2
                bar = pyqtgraph.ErrorBarItem(
                    x=np.array([x]),
                    y=np.array([float(point.low) + half]),
                    height=np.array([2 * half]),
                    beam=self._step,
                    pen=edge,
                )
                self.addItem(bar)

    def _named_lines(self) -> dict[tuple[float, str], str]:
        """The lines that are drawn, those nearest to the figures they speak of, each named by whose it is."""
        named: dict[tuple[float, str], list[str]] = {}
        several = len(self._trend.series) > 1
        for line in sorted(self._trend.lines, key=self._distance):
            words = named.setdefault((float(line.figure), f" {line.of.lower()}" if several else ""), [])
            if line.short not in words:
                words.append(line.short)
        return {key: f"{key[0]:g}{key[1]}: {', '.join(words)}" for key, words in list(named.items())[:MOST_LINES]}

    def _distance(self, line: Line) -> float:
        """How far a line lies from the nearest figure of its series."""
        points = next((series.points for series in self._trend.series if series.name == line.of), ())
        return min((abs(float(line.figure - end)) for p in points for end in (p.low, p.high)), default=float("inf"))

    def _drawn_lines(self) -> list[Any]:
        t = current()
        pen = QPen(QColor(t.review), 1.2, Qt.PenStyle.DashDotLine)
        pen.setCosmetic(True)
        made = []
        for (figure, _), words in self._named_lines().items():
            drawn = pyqtgraph.InfiniteLine(
                figure,
                angle=0,
                pen=pen,
                label=words,
                labelOpts={"position": 0.99, "anchors": [(1, 1), (1, 1)], "color": QColor(t.review)},
            )
            drawn.label.setFont(self._axis.font())
            made.append(drawn)
        return made
