"""What is wrong with content, by file and line: at the start, or over a page while the program runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from screener.forms.findings import Finding
from screener.language import tr
from screener.ui.content import folder_words
from screener.ui.shell.form_page import FormPage
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.finding_card import finding_card
from screener.ui.widgets.layout import clear
from screener.ui.widgets.tab_order import order_tab

MOST_SHOWN = 60


class FindingsPage(FormPage):
    """Lists findings, what stops the files first; the list can be renewed in place."""

    again = Signal()
    """Read the same folder again."""

    def __init__(self, folder: Path, findings: Sequence[Finding], lead: str) -> None:
        super().__init__(tr("Content with findings"), "", 900)
        self.folder = folder
        self._lead = label("", "muted", wrap=True)
        self.body.addWidget(self._lead)
        self._where = label(folder_words(folder), "small", wrap=True)
        self.body.addWidget(self._where)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addLayout(self._list)
        self.show_findings(findings, lead)
        self._again = ActionButton(tr("Read again"), "F5")
        self._again.clicked.connect(self.again)

    def show_findings(self, findings: Sequence[Finding], lead: str) -> None:
        """Show what was found now, and what it means."""
        self._lead.setText(lead)
        clear(self._list)
        ordered = sorted(findings, key=lambda finding: not finding.stops)
        for finding in ordered[:MOST_SHOWN]:
            self._list.addWidget(finding_card(finding))
        if len(ordered) > MOST_SHOWN:
            more = tr("{count} more are not shown here; the command “screener check” prints them all.").format(
                count=len(ordered) - MOST_SHOWN
            )
            self._list.addWidget(label(more, "muted", wrap=True))
        order_tab(self)


class StartFindingsPage(FindingsPage):
    """At the start: goes on with the last good pack where there is one, or with the content of the program."""

    go_on = Signal()
    shipped = Signal()

    def __init__(self, folder: Path, findings: Sequence[Finding], last_good: str, *, is_shipped: bool) -> None:
        lead = (
            tr("The content has findings, so the last good pack is used: {last_good}.").format(last_good=last_good)
            if last_good
            else tr(
                "The content has findings and no earlier good pack is kept, so no screening "
                "can begin until they are mended."
            )
        )
        super().__init__(folder, findings, lead)
        on = ActionButton(tr("Go on with the last good pack"), "", "primary")
        on.setEnabled(bool(last_good))
        on.clicked.connect(self.go_on)
        buttons = [on, self._again]
        if not is_shipped:
            shipped = ActionButton(tr("Use the shipped content"))
            shipped.clicked.connect(self.shipped)
            buttons.append(shipped)
        self._first = on if last_good else self._again
        self.finish(*buttons)


class FindingsOverPage(FindingsPage):
    """While the program runs: shown over a page, which waits below as it was."""

    closed = Signal()

    def __init__(self, folder: Path, findings: Sequence[Finding], lead: str) -> None:
        super().__init__(folder, findings, lead)
        back = ActionButton(tr("Back"), "Esc", "primary")
        back.setShortcut("Esc")
        back.clicked.connect(self.closed)
        self._first = back
        self.finish(back, self._again)
