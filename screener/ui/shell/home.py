"""Home: screenings, what is waited for, and the way to begin one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from screener.ui.content import OpenContent, many_findings
from screener.ui.idle import LOCK_AFTER_MIN
from screener.ui.shell.screening_table import Line, ScreeningTable, WaitingTable
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.controls import ActionButton, chip, label
from screener.ui.widgets.layout import EmptyState, Notice, ScrollPage, clear, plain

NARROW_PX = 1000


class HomePage(QWidget):
    """The list of screenings with search; nothing here is counted together."""

    new = Signal()
    open_draft = Signal(str)
    open_record = Signal(str)
    discard = Signal(object)
    """The `Line` of an unfinished screening."""
    try_out = Signal()
    lock = Signal()
    settings = Signal()
    rules = Signal()

    def __init__(self, who: str) -> None:
        super().__init__()
        self._lines: list[Line] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar(who))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail())
        self._page = ScrollPage("page", 1180, 32)
        row.addWidget(self._page, 1)
        column.addLayout(row, 1)
        head = QHBoxLayout()
        head.addWidget(label("Screenings", "page"))
        head.addStretch(1)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search reference, pathway, state…")
        self.search.setAccessibleName("Search screenings")
        self.search.setMinimumWidth(scaled(190))
        self.search.textEdited.connect(self._show)
        head.addWidget(self.search)
        self.begin = ActionButton("New screening", "Ctrl+N", "primary")
        self.begin.clicked.connect(self.new)
        head.addWidget(self.begin)
        self._page.body.addLayout(head)
        self.found = Notice("")
        self._page.body.addWidget(self.found)
        self._table = QVBoxLayout()
        self._page.body.addLayout(self._table)
        self._page.body.addStretch(1)

    def _bar(self, who: str) -> QWidget:
        bar = plain("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(label("Screener", "strong"))
        row.addWidget(chip(who, large=True))
        row.addStretch(1)
        self._vault = label(f"Records open · locked after {LOCK_AFTER_MIN} min without a touch", "muted")
        row.addWidget(self._vault)
        lock = ActionButton("Lock", "Ctrl+L")
        lock.clicked.connect(self.lock)
        row.addWidget(lock)
        return bar

    def _rail(self) -> QWidget:
        rail = plain("rail")
        self._side = rail
        column = QVBoxLayout(rail)
        column.setContentsMargins(10, 14, 10, 14)
        column.setSpacing(2)
        for text, signal in (
            ("Screenings", None),
            ("Try a made-up patient", self.try_out),
            ("Rules and sources", self.rules),
            ("Settings", self.settings),
        ):
            item = ActionButton(text, "", "rail-item")
            item.setCheckable(True)
            item.setChecked(signal is None)
            if signal is not None:
                item.clicked.connect(signal)
                item.setCheckable(False)
            column.addWidget(item)
        column.addStretch(1)
        self.pack = label("", "small", wrap=True)
        self.pack.setContentsMargins(10, 0, 0, 0)
        column.addWidget(self.pack)
        return rail

    def show_pack(self, content: OpenContent) -> None:
        """Say which content is open, and how much of it a named clinician has re-read."""
        head, pack = content.pack.head, content.pack
        named = head.version if content.origin == "shipped" else f"{head.id} {head.version}"
        counted = many_findings(content.stopping)
        how = "the last good one; its folder has" if content.stopping else "files load,"
        self.pack.setText(
            f"Pack {named}: {how} {counted}\n"
            f"Re-read by a named clinician: {pack.reread_rules} of {pack.active_rules} rules"
        )

    def focus_first(self) -> None:
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_lines(self, lines: list[Line]) -> None:
        """Show what the store holds."""
        self._lines = lines
        self._show()

    def _show(self) -> None:
        clear(self._table)
        wanted = self.search.text().strip().lower()
        lines = [line for line in self._lines if wanted in line.words]
        if not self._lines:
            begin = ActionButton("New screening", "Ctrl+N", "primary")
            begin.clicked.connect(self.new)
            text = (
                "A screening begins with a reference and a pathway. "
                "It is saved as you go and can be paused at any moment."
            )
            self._table.addWidget(EmptyState("No screenings yet", text, begin))
            return
        if not lines:
            self._table.addWidget(EmptyState("Nothing found", f"No screening matches “{self.search.text()}”."))
            return
        table = ScreeningTable(lines)
        table.open_draft.connect(self.open_draft)
        table.open_record.connect(self.open_record)
        table.discard.connect(self.discard)
        self._table.addWidget(table)
        waiting = [(line, entry) for line in lines for entry in line.digest.get("waiting_for", ())]
        if waiting:
            self._table.addSpacing(16)
            self._table.addWidget(label("Waiting for", "large"))
            self._table.addWidget(WaitingTable(waiting))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self._show()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._side.setFixedWidth(scaled(200 if unscaled(event.size().width()) >= NARROW_PX else 176))
        super().resizeEvent(event)
