"""What is wrong with the content, by file and line, while the last good pack goes on working."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from screener.forms.findings import Finding
from screener.ui.shell.form_page import FormPage
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import Card


class FindingsPage(FormPage):
    """Lists findings; goes on with the last good pack where there is one."""

    go_on = Signal()
    again = Signal()

    def __init__(self, findings: Sequence[Finding], last_good: str) -> None:
        lead = (
            f"The content has findings, so the last good pack is used: {last_good}."
            if last_good
            else "The content has findings and no earlier good pack is kept, "
            "so no screening can begin until they are mended."
        )
        super().__init__("Content with findings", lead, 900)
        for finding in [f for f in findings if f.stops][:40]:
            card = Card(padding_px=10)
            card.body.addWidget(label(str(finding.place), "small-strong"))
            card.body.addWidget(label(finding.message, wrap=True))
            if finding.suggestion:
                card.body.addWidget(label(finding.suggestion, "muted", wrap=True))
            self.body.addWidget(card)
        again = ActionButton("Read the content again", "F5")
        again.setShortcut("F5")
        again.clicked.connect(self.again)
        on = ActionButton("Go on with the last good pack", "", "primary")
        on.setEnabled(bool(last_good))
        on.clicked.connect(self.go_on)
        self._first = on if last_good else again
        self.finish(on, again)
