"""The tables of home: screenings, drafts and records alike, and what is waited for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from screener.records.browse import DraftLine, RecordLine
from screener.ui.style.theme import unscaled
from screener.ui.widgets.controls import LinkButton, chip, label
from screener.ui.widgets.layout import Card, hairline
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
            _signed_words(r),
            r.digest,
            r.signer,
        )
        for r in records
    ]
    return found


def _signed_words(record: RecordLine) -> str:
    what = f"Part {record.digest['part']} signed" if record.digest.get("part") else "Signed"
    at = record.signed_at[:16].replace("T", " ")
    return f"{what} {at}" + (", incomplete" if record.incomplete else "")


_HEADS = ("Reference", "Pathway", "Started", "Answered", "Listed, without response", "State", "Clinician")
_GIVING_WAY = {"Clinician": 860, "Started": 720, "Answered": 600}
"""Columns that give way below a width, at a text size of 100 %."""


class ScreeningTable(Card):
    """One row a screening; nothing in it is added up."""

    open_draft = Signal(str)
    open_record = Signal(str)

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(padding_px=0)
        self.setAccessibleName("Screenings")
        self._columns: dict[str, list[QWidget]] = {head: [] for head in _HEADS}
        grid = QGridLayout()
        grid.setContentsMargins(14, 6, 14, 8)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        for place, head in enumerate(_HEADS):
            made = label(head, "small")
            # A link keeps room for its ring: what stands above it begins where its words do.
            made.setContentsMargins(5 if place == 0 else 0, 0, 0, 0)
            self._put(grid, made, 0, head)
        for number, line in enumerate(lines):
            at = 2 * number + 2
            grid.addWidget(hairline(), at - 1, 0, 1, len(_HEADS))
            for head, widget in zip(_HEADS, self._cells(line), strict=True):
                self._put(grid, widget, at, head)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def _put(self, grid: QGridLayout, widget: QWidget, line: int, head: str) -> None:
        self._columns[head].append(widget)
        side = Qt.AlignmentFlag(0) if head == "Pathway" else Qt.AlignmentFlag.AlignLeft
        grid.addWidget(widget, line, _HEADS.index(head), Qt.AlignmentFlag.AlignVCenter | side)

    def _cells(self, line: Line) -> list[QWidget]:
        button = LinkButton(line.reference, f"{line.reference}, {line.digest.get('pathway', '')}, {line.state}: open")
        button.setProperty("weight", "strong")
        button.setProperty("line", line.id)
        button.clicked.connect(self._open_signed if line.signed else self._open_unsigned)
        pathway = label(str(line.digest.get("pathway", "")), wrap=True)
        state = chip(line.state)
        return [
            button, pathway, label(line.started), _answered(line), _waiting_marks(line), state, label(line.clinician)
        ]  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = unscaled(event.size().width())
        for head, least in _GIVING_WAY.items():
            for widget in self._columns[head]:
                widget.setVisible(room >= least)

    def _open_unsigned(self) -> None:
        button = self.sender()
        assert button is not None
        self.open_draft.emit(button.property("line"))

    def _open_signed(self) -> None:
        button = self.sender()
        assert button is not None
        self.open_record.emit(button.property("line"))


def _answered(line: Line) -> QWidget:
    shown, answered = int(line.digest.get("shown", 0)), int(line.digest.get("answered", 0))
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(ThinBar(answered / shown if shown else 0.0))
    row.addWidget(label(f"{answered}/{shown}"))
    return holder


def _waiting_marks(line: Line) -> QWidget:
    counts = {str(mark): int(count) for mark, count in dict(line.digest.get("waiting", {})).items()}
    if not any(counts.values()):
        return label("none", "muted")
    marks = MarkCounts()
    marks.show_counts(counts)
    marks.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return marks


class WaitingTable(Card):
    """What was asked for in a response: what, from whom, by when."""

    def __init__(self, waiting: Sequence[tuple[Line, Mapping[str, Any]]]) -> None:
        super().__init__(padding_px=0)
        self.setAccessibleName("Waiting for")
        grid = QGridLayout()
        grid.setContentsMargins(19, 8, 14, 10)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        for number, (line, entry) in enumerate(waiting):
            if number:
                grid.addWidget(hairline(), 2 * number - 1, 0, 1, 4)
            grid.addWidget(label(line.reference, "strong"), 2 * number, 0)
            grid.addWidget(label(str(entry["what"]), wrap=True), 2 * number, 1)
            for place, word, text in ((2, "from", entry["from"]), (3, "by", entry["until"])):
                grid.addWidget(label(f"{word} {text}" if text else "", "muted"), 2 * number, place)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
