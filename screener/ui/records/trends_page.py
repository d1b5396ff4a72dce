"""Figures over time: for each a chart, and beside it the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.records.trends import Trend
from screener.ui.records.figures import FiguresTable
from screener.ui.records.steps import bind_steps
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, heading, label
from screener.ui.widgets.growing import GrowingPage, Part
from screener.ui.widgets.layout import Card, EmptyState, FlowLayout, Halves, Notice, plain

_BESIDE_PX = 760
_TOLD_APART = (
    tr("Shown by {shape} on {line}."),
    tr("{first}: {shape} on {line}. {second}: {other_shape} on {other_line}."),
)
LEAD = tr(
    "Only what was recorded is shown: no mean, no estimate. A line across belongs "
    "to whom it names, and is that of the latest visit’s rules."
)


class TrendsPage(QWidget):
    """Every trend of a reference. Tables stand at once; charts are made one after the other, beside the window."""

    closed = Signal()

    def __init__(self, reference: str) -> None:
        super().__init__()
        self.setAccessibleName(tr("Figures over time of {reference}").format(reference=reference))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = plain("bar")
        row = FlowLayout(head, gap_px=10, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(label(tr("Figures over time, {reference}").format(reference=reference), "large"))
        self._close = ActionButton(tr("Back"), "Esc")
        self._close.clicked.connect(self.closed)
        row.addWidget(self._close)
        column.addWidget(head)
        self.page = GrowingPage(margin_px=24, gap_px=10)
        column.addWidget(self.page, 1)
        bind_steps(self, self.page)
        self._waiting: list[TrendCard] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._draw_next)

    def show_trends(self, trends: Sequence[Trend]) -> None:
        """Show these; the first tables at once."""
        parts = [Part(partial(label, LEAD, "muted", wrap=True))]
        if not trends:
            parts.append(
                Part(partial(EmptyState, tr("No figures yet"), tr("No pressure, weight or score was recorded.")))
            )
        parts += [Part(partial(self._card, trend), stop=True) for trend in trends]
        self.page.build(parts, at_once=2)
        self._timer.start()

    def _card(self, trend: Trend) -> TrendCard:
        card = TrendCard(trend)
        self._waiting.append(card)
        return card

    @property
    def whole(self) -> bool:
        """Every chart is drawn."""
        return self.page.whole and not self._waiting

    def focus_first(self) -> None:
        tables = self.page.findChildren(FiguresTable)
        (tables[0] if tables else self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw_next(self) -> None:
        if self._waiting:
            self._waiting.pop(0).draw()
        elif self.whole:
            self._timer.stop()

    def draw_all(self) -> None:
        """Make every chart now."""
        self.page.finish()
        while self._waiting:
            self._draw_next()


class TrendCard(Card):
    """One trend: its chart once it is drawn, its table, how the series are told apart, and whose the lines are."""

    def __init__(self, trend: Trend) -> None:
        super().__init__()
        self._trend = trend
        self.setAccessibleName(trend.title)
        self._table = FiguresTable(trend)
        self.setFocusProxy(self._table)
        unit = f" ({trend.unit})" if trend.unit else ""
        self.body.addWidget(label(f"{trend.title}{unit}", "large", wrap=True))
        self._place = QWidget()
        self._column = QVBoxLayout(self._place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._sign = Notice(tr("The chart is being drawn…"))
        self._column.addWidget(self._sign)
        self._column.addStretch(1)
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table)
        column.addStretch(1)
        if trend.days:
            self._place.setMinimumHeight(scaled(220))
            self.body.addWidget(Halves(self._place, table, from_px=_BESIDE_PX, shares=(3, 2)))
        else:
            self._place.hide()
            self.body.addWidget(table)
        if trend.lines and trend.days:
            self.body.addWidget(heading(tr("Whose the lines are")))
            of = [f"{line.of}, " if len(trend.series) > 1 else "" for line in trend.lines]
            said = "\n".join(f"{which}{line.words}" for which, line in zip(of, trend.lines, strict=True))
            self.body.addWidget(label(said, "small", wrap=True))

    def draw(self) -> None:
        """Make the chart; the first one loads what draws it."""
        if not self._trend.days:
            return
        from screener.ui.records.chart import SHAPES, TrendChart

        (shape, line), (other_shape, other_line) = SHAPES
        series = [one.name for one in self._trend.series if one.points]
        apart = _TOLD_APART[len(self._trend.series) > 1].format(
            first=self._trend.series[0].name,
            second=self._trend.series[-1].name,
            shape=shape,
            line=line,
            other_shape=other_shape,
            other_line=other_line,
        )
        if any(not point.exact for one in self._trend.series for point in one.points):
            apart += tr(" A bar: the figure lies somewhere between its ends.")
        self._sign.show_text("")
        self._column.insertWidget(
            0,
            TrendChart(
                self._trend,
                tr("{series}. The same figures stand in the table beside it.").format(series=", ".join(series)),
            ),
        )
        self._column.insertWidget(1, label(apart, "small", wrap=True))
