"""The figures that an item depends on, as earlier records of the reference hold them: charts and tables."""

from __future__ import annotations

from collections.abc import Sequence

from screener.language import tr
from screener.records.trends import Trend
from screener.ui.trends.view import TrendView
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.layout import Card, hairline

MOST_ROWS = 6
"""Of one table in sight at once: the response below stays near."""


class EarlierFigures(Card):
    """One view for each figure. What was measured this time stands by itself; nothing is drawn from either."""

    def __init__(self, trends: Sequence[Trend]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Figures of earlier records"))
        self.body.addWidget(heading(tr("Figures of earlier records")))
        lead = tr("Only what was recorded is shown: no mean, no estimate.")
        if any(trend.lines for trend in trends):
            lead = tr(
                "Only what was recorded is shown: no mean, no estimate. A line across is a figure that this item "
                "compares with."
            )
        self.body.addWidget(label(lead, "muted", wrap=True))
        for place, trend in enumerate(trends):
            if place:
                self.body.addWidget(hairline())
            self.body.addWidget(TrendView(trend, level="strong", shares=(1, 1), most_rows=MOST_ROWS, when_seen=True))
