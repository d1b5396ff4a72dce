"""Figures over time: for each a chart, and beside it the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.records.trends import Trend
from screener.ui.records.steps import bind_steps
from screener.ui.trends.figures import FiguresTable
from screener.ui.trends.view import TrendView
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.growing import GrowingPage, Part
from screener.ui.widgets.layout import Card, EmptyState, FlowLayout, plain

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
    """One trend on a card. The keyboard comes to its table."""

    def __init__(self, trend: Trend) -> None:
        super().__init__()
        self.setAccessibleName(trend.title)
        self._view = TrendView(trend)
        self.setFocusProxy(self._view.table)
        self.body.addWidget(self._view)

    def draw(self) -> None:
        """Make the chart; the first one loads what draws it."""
        self._view.draw()
