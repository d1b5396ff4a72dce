"""The standing sign over everything that is no part of the story, with the way back to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from screener.language import tr
from screener.ui.actions import BY_ID
from screener.ui.training.telling_strip import StripButton
from screener.ui.widgets.controls import label
from screener.ui.widgets.messages import Sign

SIGN = tr("What if: not the story")


class StraySign(QFrame):
    """Stands for as long as what is shown is not the story's."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "stray")
        self.setAccessibleName(SIGN)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        row.addWidget(Sign("warning"))
        row.addWidget(label(SIGN, "large"))
        self._lead = label(tr("Change answers and watch the list. Nothing of it is kept."), "muted", wrap=True)
        row.addWidget(self._lead, 1)
        row.addStretch(0)
        button = StripButton(tr("Back to the story"), BY_ID["what_if"].key_hint)
        button.clicked.connect(self.back)
        row.addWidget(button)
        self.hide()

    def show_low(self, *, low: bool) -> None:
        """Where the window is low only what it is, and the way back."""
        self._lead.setVisible(not low)
