"""The tables of home: screenings, drafts and records alike, and what is waited for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from screener.records.amendment import counted
from screener.records.browse import DraftLine, RecordLine
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.controls import LinkButton, chip, label
from screener.ui.widgets.layout import Card, FlowLayout, hairline
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
    second_mark: str = ""
    steps: int = 0
    signed_parts: tuple[str, ...] = ()
    """When parts of an unfinished screening were signed, oldest first."""

    @property
    def words(self) -> str:
        pathway = self.digest.get("pathway", "")
        return f"{self.reference} {self.second_mark} {pathway} {self.state} {self.clinician}".lower()


def lines_of(drafts: list[DraftLine], records: list[RecordLine]) -> list[Line]:
    """Drafts and records as rows, drafts first."""
    parts: dict[str, tuple[str, ...]] = {}
    for record in reversed(records):
        parts[record.screening] = (*parts.get(record.screening, ()), record.signed_at)
    found = [
        Line(
            d.screening,
            False,
            str(d.opening["reference"]),
            str(d.opening["begun_at"])[:16].replace("T", " "),
            str(d.digest.get("state", "in progress")).capitalize(),
            d.digest,
            str(d.opening["clinician"]),
            str(d.digest.get("second_mark", d.opening.get("second_mark", ""))),
            d.steps,
            parts.get(d.screening, ()),
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
            str(r.digest.get("second_mark", "")),
        )
        for r in records
    ]
    return found


def _signed_words(record: RecordLine) -> str:
    what = f"Part {record.digest['part']} signed" if record.digest.get("part") else "Signed"
    at = record.signed_at[:16].replace("T", " ")
    more = ("incomplete" if record.incomplete else "", counted(record.amendments))
    return ", ".join(part for part in (f"{what} {at}", *more) if part)


_HEADS = ("Reference", "Pathway", "Started", "Answered", "Listed, without response", "State", "Clinician")
_GIVING_WAY = {"Clinician": 920, "Started": 740, "Answered": 620}
"""Columns that give way below a width, at a text size of 100 %."""
_GAP_PX, _SIDE_PX, _PATHWAY_PX, _HEAD_PX = 18, 14, 84, 58


class ScreeningTable(Card):
    """One row a screening; nothing in it is added up."""

    open_draft = Signal(str)
    open_record = Signal(str)
    discard = Signal(object)
    """The line of an unfinished screening."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(padding_px=0)
        self.setAccessibleName("Screenings")
        self._columns: dict[str, list[QWidget]] = {head: [] for head in _HEADS}
        grid = QGridLayout()
        grid.setContentsMargins(_SIDE_PX, 6, _SIDE_PX, 8)
        grid.setHorizontalSpacing(_GAP_PX)
        grid.setVerticalSpacing(7)
        for place, head in enumerate(_HEADS):
            made = label(head, "small", wrap=True)
            # A link keeps room for its ring: what stands above it begins where its words do.
            made.setContentsMargins(_ring_room() if place == 0 else 0, 0, 0, 0)
            made.setMinimumWidth(min(scaled(_HEAD_PX), made.sizeHint().width()))
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
        name = f"{line.reference}, {line.digest.get('pathway', '')}, {line.state}: open"
        button = LinkButton(line.reference, name if line.signed else f"{name}, begun {line.started}")
        button.setProperty("weight", "strong")
        button.setProperty("line", line.id)
        button.clicked.connect(self._open_signed if line.signed else self._open_unsigned)
        mark = label(line.second_mark, "muted")
        mark.setContentsMargins(_ring_room(), 0, 0, 0)
        who = _together(button, mark) if line.second_mark else button
        pathway = label(str(line.digest.get("pathway", "")), wrap=True)
        pathway.setMinimumWidth(scaled(_PATHWAY_PX))
        state = chip(line.state) if line.signed else _together(chip(line.state), self._discard_link(line))
        return [
            who, pathway, label(line.started), _answered(line), _waiting_marks(line), state, label(line.clinician)
        ]  # fmt: skip

    def _discard_link(self, line: Line) -> LinkButton:
        name = f"Discard {line.reference}, {line.digest.get('pathway', '')}, begun {line.started}"
        link = LinkButton("Discard…", name)
        link.clicked.connect(lambda: self.discard.emit(line))
        return link

    def minimumSizeHint(self) -> QSize:
        """As narrow as what never gives way: the columns that do would otherwise keep the table wide for ever."""
        kept = [widgets for head, widgets in self._columns.items() if head not in _GIVING_WAY]
        widths = [
            max(max(widget.minimumSizeHint().width(), widget.minimumWidth()) for widget in widgets) for widgets in kept
        ]
        return QSize(sum(widths) + _GAP_PX * (len(kept) - 1) + 2 * _SIDE_PX, super().minimumSizeHint().height())

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


def _ring_room() -> int:
    """What a link keeps free on each side of its words."""
    return scaled(3) + 2


def _together(*widgets: QWidget) -> QWidget:
    """Side by side, or one below the other where the column is narrow."""
    holder = QWidget()
    flow = FlowLayout(holder, gap_px=4)
    for widget in widgets:
        flow.addWidget(widget)
    return holder


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
