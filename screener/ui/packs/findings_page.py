"""What is wrong with the open folder, by file and line, each with the way to the entry that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.findings import Finding
from screener.ui.packs.parts import bare_card, finding_card
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.layout import FlowLayout, Notice, ScrollPage, clear
from screener.ui.widgets.tab_order import order_tab

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class FoundAt:
    """One finding, the rule that it speaks of where it is known, and its file where there is one."""

    finding: Finding
    rule: str = ""
    path: Path | None = None


class FindingsHere(ScrollPage):
    """The findings of the last reading, what stops the files first, and the way to run every worked case."""

    go = Signal(str, str)
    open_folder = Signal(object)
    run_cases = Signal()

    def __init__(self) -> None:
        super().__init__("page", 980, 28)
        self.setAccessibleName("Findings")
        self.body.addWidget(label("Findings", "title"))
        self._lead = bare_card("")
        self._lead_text = label("", wrap=True)
        self._lead.body.addWidget(self._lead_text)
        self.body.addWidget(self._lead)
        deeds = QWidget()
        flow = FlowLayout(deeds, gap_px=10)
        self.run = ActionButton("Run every worked case")
        self.run.clicked.connect(self.run_cases)
        flow.addWidget(self.run)
        self.body.addWidget(deeds)
        self._cases = Notice("")
        self.body.addWidget(self._cases)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(10)
        self.body.addWidget(inside)
        self.body.addStretch(1)

    def show_findings(self, found: Sequence[FoundAt], lead: str) -> None:
        """Show what was found, and what it means."""
        self._lead_text.setText(lead)
        self._lead.setAccessibleName(lead)
        clear(self._list)
        ordered = sorted(found, key=lambda one: not one.finding.stops)
        for number, one in enumerate(ordered[:MOST_SHOWN], start=1):
            self._list.addWidget(self._entry(one, number))
        if len(ordered) > MOST_SHOWN:
            more = f"{len(ordered) - MOST_SHOWN} more are not shown here; the command “screener check” prints them all."
            self._list.addWidget(label(more, "muted", wrap=True))
        order_tab(self)

    def _entry(self, one: FoundAt, number: int) -> QWidget:
        card = finding_card(one.finding)
        links = QWidget()
        flow = FlowLayout(links, gap_px=4)
        if one.rule:
            to = LinkButton(f"Go to {one.rule}", f"Finding {number}: go to the rule {one.rule}")
            to.clicked.connect(partial(self.go.emit, "rule", one.rule))
            flow.addWidget(to)
        if one.path is not None:
            opened = LinkButton("Open the folder", f"Finding {number}: open the folder of {one.finding.place.file}")
            opened.clicked.connect(partial(self.open_folder.emit, one.path))
            flow.addWidget(opened)
        if one.rule or one.path is not None:
            card.body.addWidget(links)
        return card

    def say_cases(self, text: str, *, running: bool = False) -> None:
        """Say what came of all worked cases."""
        self._cases.show_text(text)
        self.run.setEnabled(not running)

    def focus_first(self) -> None:
        self._lead.setFocus(Qt.FocusReason.OtherFocusReason)
