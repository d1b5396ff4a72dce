"""Home: screenings, what is waited for, and the way to begin one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from screener.records.browse import DraftLine, RecordLine
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, LinkButton, chip, label
from screener.ui.widgets.layout import Card, EmptyState, Notice, ScrollPage, clear, hairline, plain
from screener.ui.widgets.marks import MarkCounts, ThinBar


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list, a draft or a record."""

    id: str
    signed: bool
    reference: str
    started: str
    state: str
    digest: Mapping[str, Any]
    clinician: str

    @property
    def words(self) -> str:
        return f"{self.reference} {self.digest.get('pathway', '')} {self.state} {self.clinician}".lower()


def lines_of(drafts: list[DraftLine], records: list[RecordLine]) -> list[Line]:
    """Drafts and records as rows, drafts first."""
    found = [
        Line(
            d.screening,
            False,
            str(d.opening["reference"]),
            str(d.opening["begun_at"])[:16].replace("T", " "),
            str(d.digest.get("state", "in progress")).capitalize(),
            d.digest,
            str(d.opening["clinician"]),
        )
        for d in drafts
    ]
    found += [
        Line(
            r.record,
            True,
            r.reference,
            r.visit_date,
            f"Signed {r.signed_at[:16].replace('T', ' ')}" + (", incomplete" if r.incomplete else ""),
            r.digest,
            r.signer,
        )
        for r in records
    ]
    return found


class HomePage(QWidget):
    """The list of screenings with search; nothing here is counted together."""

    new = Signal()
    open_draft = Signal(str)
    open_record = Signal(str)
    try_out = Signal()
    lock = Signal()
    settings = Signal()

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
        self.search.setMinimumWidth(scaled(220))
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
        self._vault = label("Records open", "muted")
        row.addWidget(self._vault)
        lock = ActionButton("Lock", "Ctrl+L")
        lock.clicked.connect(self.lock)
        row.addWidget(lock)
        return bar

    def _rail(self) -> QWidget:
        rail = plain("rail")
        rail.setFixedWidth(scaled(200))
        column = QVBoxLayout(rail)
        column.setContentsMargins(10, 14, 10, 14)
        column.setSpacing(2)
        for text, signal in (
            ("Screenings", None),
            ("Try a made-up patient", self.try_out),
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
        column.addWidget(self.pack)
        return rail

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
        self._table.addWidget(self._grid(lines))
        waiting = [(line, entry) for line in lines for entry in line.digest.get("waiting_for", ())]
        if waiting:
            self._table.addSpacing(16)
            self._table.addWidget(label("Waiting for", "large"))
            self._table.addWidget(self._waiting(waiting))

    def _grid(self, lines: list[Line]) -> QWidget:
        card = Card(padding_px=0)
        grid = QGridLayout()
        grid.setContentsMargins(14, 8, 14, 8)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        heads = ("Reference", "Pathway", "Started", "Answered", "Listed, without response", "State", "Clinician")
        for place, head in enumerate(heads):
            grid.addWidget(label(head, "small"), 0, place)
        for number, line in enumerate(lines):
            at = 2 * number + 2
            grid.addWidget(hairline(), at - 1, 0, 1, len(heads))
            for place, widget in enumerate(self._cells(line)):
                grid.addWidget(widget, at, place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        return card

    def _cells(self, line: Line) -> list[QWidget]:
        button = LinkButton(line.reference, f"{line.reference}, {line.digest.get('pathway', '')}, {line.state}: open")
        button.setProperty("line", line.id)
        button.clicked.connect(self._open_signed if line.signed else self._open_unsigned)
        shown, answered = int(line.digest.get("shown", 0)), int(line.digest.get("answered", 0))
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(ThinBar(answered / shown if shown else 0.0))
        row.addWidget(label(f"{answered}/{shown}"))
        marks = MarkCounts()
        counts = {str(k): int(v) for k, v in dict(line.digest.get("waiting", {})).items()}
        marks.show_counts(counts)
        holder = QWidget()
        inner = QHBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(marks)
        if not any(counts.values()):
            inner.addWidget(label("none", "muted"))
        pathway = label(str(line.digest.get("pathway", "")))
        return [button, pathway, label(line.started), bar, holder, chip(line.state), label(line.clinician)]

    def _waiting(self, waiting: list[tuple[Line, Mapping[str, Any]]]) -> QWidget:
        card = Card()
        for line, entry in waiting:
            row = QHBoxLayout()
            for text, level in (
                (line.reference, "strong"),
                (str(entry["what"]), ""),
                (f"from {entry['from']}" if entry["from"] else "", "muted"),
                (f"by {entry['until']}" if entry["until"] else "", "muted"),
            ):
                row.addWidget(label(text, level, wrap=level == ""), 2 if level == "" else 1)
            card.body.addLayout(row)
        return card

    def _open_unsigned(self) -> None:
        button = self.sender()
        assert button is not None
        self.open_draft.emit(button.property("line"))

    def _open_signed(self) -> None:
        button = self.sender()
        assert button is not None
        self.open_record.emit(button.property("line"))
