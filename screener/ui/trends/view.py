"""One trend: its chart once it is drawn, its table, how the series are told apart, and whose the lines are."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.records.trends import Trend
from screener.ui.style.theme import scaled
from screener.ui.trends.figures import MOST_ROWS, FiguresTable
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.layout import Halves, Notice

_BESIDE_PX, CHART_PX = 700, 220
_TOLD_APART = (
    tr("Shown by {shape} on {line}."),
    tr("{first}: {shape} on {line}. {second}: {other_shape} on {other_line}."),
)
_SHAPES = ((tr("filled circles"), tr("a solid line")), (tr("hollow squares"), tr("a dashed line")))
"""What tells the series of a chart apart beside their colour, as the chart draws them."""


class ChartPlace(QWidget):
    """Where a chart will stand: as high as it, so that nothing moves when it comes."""

    seen = Signal()
    """It is in sight for the first time; until now it had no window, or was out of sight on its page."""

    def __init__(self) -> None:
        super().__init__()
        self._was_seen = False
        self.setMinimumHeight(scaled(CHART_PX))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._sign = Notice(tr("The chart is being drawn…"))
        self._column.addWidget(self._sign)
        self._column.addStretch(1)

    def put(self, chart: QWidget) -> None:
        """Have the chart here, in place of the sign that it is being drawn."""
        self._sign.show_text("")
        self._column.insertWidget(0, chart)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_seen:
            self._was_seen = True
            QTimer.singleShot(0, self, self.seen.emit)  # nothing is made anew while it is being painted


class TrendView(QWidget):
    """Chart and table beside each other from a width on, else one below the other. Nothing loads before `draw`."""

    def __init__(
        self,
        trend: Trend,
        *,
        level: str = "large",
        shares: tuple[int, int] = (3, 2),
        most_rows: int = MOST_ROWS,
        when_seen: bool = False,
    ) -> None:
        """`level`: of its title; `shares`: of the chart and of the table, where they stand beside each other.

        `when_seen`: it draws itself once it is in sight; else somebody calls `draw`.
        """
        super().__init__()
        self._trend, self._drawn = trend, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        unit = f" ({trend.unit})" if trend.unit else ""
        column.addWidget(label(f"{trend.title}{unit}", level, wrap=True))
        self.table = FiguresTable(trend, most_rows)
        figures = _from_the_top(self.table)
        if not trend.days:
            column.addWidget(figures)
            return
        self._place = ChartPlace()
        if when_seen:
            self._place.seen.connect(self.draw)
        drawn = _from_the_top(self._place, label(self._told_apart(), "small", wrap=True))
        column.addWidget(Halves(drawn, figures, from_px=_BESIDE_PX, shares=shares))
        if trend.lines:
            column.addWidget(heading(tr("Whose the lines are")))
            of = [f"{line.of}, " if len(trend.series) > 1 else "" for line in trend.lines]
            said = "\n".join(f"{which}{line.words}" for which, line in zip(of, trend.lines, strict=True))
            column.addWidget(label(said, "small", wrap=True))

    def _told_apart(self) -> str:
        (shape, line), (other_shape, other_line) = _SHAPES
        said = _TOLD_APART[len(self._trend.series) > 1].format(
            first=self._trend.series[0].name,
            second=self._trend.series[-1].name,
            shape=shape,
            line=line,
            other_shape=other_shape,
            other_line=other_line,
        )
        if any(not point.exact for one in self._trend.series for point in one.points):
            said += tr(" A bar: the figure lies somewhere between its ends.")
        return said

    def draw(self) -> None:
        """Make the chart; the first one loads what draws it."""
        if self._drawn or not self._trend.days:
            return
        self._drawn = True
        from screener.ui.trends.chart import TrendChart

        series = [one.name for one in self._trend.series if one.points]
        said = tr("{series}. The same figures stand in the table beside it.").format(series=", ".join(series))
        self._place.put(TrendChart(self._trend, said))


def _from_the_top(*parts: QWidget) -> QWidget:
    """Parts one below the other; what room is left over stays below them."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return holder
