"""How an item stood in earlier screenings of the reference: day, what came of it then, the response given then."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from screener.language import tr
from screener.records.earlier import EarlierItem
from screener.records.outcomes import Outcome, response_words
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.layout import Card
from screener.ui.widgets.marks import Mark

MOST_SHOWN = 5


class EarlierItems(Card):
    """The latest first. Nothing is drawn from them."""

    def __init__(self, items: Sequence[EarlierItem]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Earlier screenings of this reference"))
        self.body.addWidget(heading(tr("Earlier screenings of this reference")))
        for item in items[:MOST_SHOWN]:
            self.body.addLayout(self._row(item))
        if len(items) > MOST_SHOWN:
            self.body.addWidget(
                label(
                    tr("{count} more: records of this reference (Ctrl+E)").format(count=len(items) - MOST_SHOWN),
                    "small",
                )
            )

    def _row(self, item: EarlierItem) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        day = label(item.sitting.day, "muted")
        day.setToolTip(item.sitting.name)
        day.setMinimumWidth(scaled(92))
        row.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        outcome = item.outcome
        if outcome is not None and outcome.mark:
            row.addWidget(Mark(outcome.mark), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(label(outcome_words(outcome), wrap=True))
        said = "" if outcome is None else response_words(outcome)
        if said:
            lines.addWidget(label(said, "muted", wrap=True))
        row.addLayout(lines, 1)
        return row


def outcome_words(outcome: Outcome | None) -> str:
    """What came of a rule in an earlier record, in one line."""
    if outcome is None:
        return tr("This rule did not run then")
    if outcome.listed:
        return tr("Listed: {statement}").format(statement=outcome.statement or outcome.title)
    if outcome.outcome == "not_established":
        said = tr("Not established; missing: {missing}") if outcome.missing else tr("Not established")
        return said.format(missing="; ".join(outcome.missing_shown))
    return tr("Not listed on the answers of then")
