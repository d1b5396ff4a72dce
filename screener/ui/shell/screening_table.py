"""The tables of home: screenings, drafts and records alike, and what is waited for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout

from screener.language import tr
from screener.records.amendment import counted
from screener.records.browse import DraftLine, RecordLine
from screener.screening.part_names import spoken
from screener.text import moment
from screener.ui.shell.screening_row import (
    GAP_PX,
    GIVING_WAY,
    Cells,
    Column,
    Columns,
    Head,
    Need,
    Row,
    needs_of,
    widest,
)
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.controls import label
from screener.ui.widgets.layout import Card, hairline
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.walked_links import WalkedLinks


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


def lines_of(drafts: Sequence[DraftLine], records: Sequence[RecordLine]) -> list[Line]:
    """Drafts and records as rows, drafts first."""
    parts: dict[str, tuple[str, ...]] = {}
    for record in reversed(records):
        parts[record.screening] = (*parts.get(record.screening, ()), record.signed_at)
    found = [
        Line(
            d.screening,
            False,
            str(d.opening["reference"]),
            moment(str(d.opening["begun_at"])),
            state_words(str(d.digest.get("state", "in progress"))),
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
    part, name = record.digest.get("part"), record.digest.get("part_name")
    signed = (
        tr("Signed {at}")
        if not part
        else tr("Part {part}, {name}, signed {at}")
        if name
        else tr("Part {part} signed {at}")
    )
    said = signed.format(part=part, name=spoken(str(name)), at=moment(record.signed_at))
    more = (tr("incomplete") if record.incomplete else "", counted(record.amendments))
    return ", ".join(part for part in (said, *more) if part)


_SIDE_PX = 14
_AT_ONCE, _IN_TURN = 40, 20
"""So many rows are made before anything is shown, and so many at a time after that."""


class ScreeningTable(Card):
    """One row a screening; nothing in it is added up. Up and down go from one to the next; Enter opens.

    Long ones are made in turn, so that no key waits for them.
    """

    open_draft = Signal(str)
    open_record = Signal(str)
    discard = Signal(object)
    """The line of an unfinished screening."""
    records = Signal(str)
    """The reference of a row, where all that is kept under it is wanted."""
    above, below = Signal(), Signal()
    """Up from the first row, down from the last."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(padding_px=0)
        self.setAccessibleName(tr("Screenings"))
        self._rows: list[Row] = []
        self._walked = WalkedLinks(self)
        self._walked.above.connect(self.above)
        self._walked.below.connect(self.below)
        self._needs: dict[Column, Need] = {}
        self._head = Head()
        self.body.setContentsMargins(0, 2, 0, 6)
        self.body.setSpacing(0)
        self.body.addWidget(self._head)
        self._left = list(lines)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(partial(self._make, _IN_TURN))
        self._make(_AT_ONCE)

    def add(self, lines: Sequence[Line]) -> None:
        """More rows, below; the keyboard goes to the first of them."""
        self.finish()
        self._left = list(lines)
        before = len(self._rows)
        self._make(_AT_ONCE)
        if len(self._rows) > before:
            first = self._rows[before].link
            # Once it is shown: what is not shown yet takes no keyboard.
            QTimer.singleShot(0, first, partial(first.setFocus, Qt.FocusReason.OtherFocusReason))

    def focus_first(self) -> None:
        self._walked.focus_first()

    def focus_last(self) -> None:
        self._walked.focus_last()

    def at_hand(self) -> str:
        """The reference of the row with the keyboard, or the only one there is; nothing where there are several."""
        focus = QApplication.focusWidget()
        for row in self._rows:
            if focus is not None and row.isAncestorOf(focus):
                return row.cells.reference
        shown = {row.cells.reference for row in self._rows}
        return shown.pop() if len(shown) == 1 and not self._left else ""

    def finish(self) -> None:
        """Make all rows now."""
        self._make(len(self._left))

    def _make(self, number: int) -> None:
        made = [self._row(line) for line in self._left[:number]]
        del self._left[:number]
        self._turn.start() if self._left else self._turn.stop()
        for row in made:
            self.body.addWidget(row)
            self._walked.add(row.link)
        self._rows += made
        before, self._needs = self._needs, widest(self._needs, needs_of(made, self.font()))
        self._share(made if before == self._needs else self._rows)

    def _row(self, line: Line) -> Row:
        called = {"reference": line.reference, "pathway": str(line.digest.get("pathway", ""))}
        row = Row(
            Cells(
                **called,
                second_mark=line.second_mark,
                started=line.started,
                answered=int(line.digest.get("answered", 0)),
                shown=int(line.digest.get("shown", 0)),
                listed={str(mark): int(count) for mark, count in dict(line.digest.get("waiting", {})).items()},
                worked_out=line.signed or "waiting" in line.digest,
                state=line.state,
                clinician=line.clinician,
                open=(
                    tr("{reference}, {pathway}, {state}: open")
                    if line.signed
                    else tr("{reference}, {pathway}, {state}: open, begun {started}")
                ).format(**called, state=line.state, started=line.started),
                discard=""
                if line.signed
                else tr("Discard {reference}, {pathway}, begun {started}").format(**called, started=line.started),
            )
        )
        row.link.clicked.connect(partial((self.open_record if line.signed else self.open_draft).emit, line.id))
        row.records.connect(self.records)
        if row.discard is not None:
            row.discard.clicked.connect(partial(self.discard.emit, line))
        return row

    def _share(self, rows: Sequence[Row]) -> None:
        """Share the width out between the columns; some give way where there is little."""
        room = unscaled(self.width())
        shown = {column: need for column, need in self._needs.items() if room >= GIVING_WAY.get(column, 0)}
        columns = Columns.within(shown, self.width() - 2 * scaled(_SIDE_PX), scaled(_SIDE_PX))
        self._head.show_columns(columns)
        for row in rows:
            row.show_columns(columns)

    def minimumSizeHint(self) -> QSize:
        """As narrow as what never gives way: the columns that do would otherwise keep the table wide for ever."""
        kept = [need.narrow for column, need in self._needs.items() if column not in GIVING_WAY]
        width = sum(kept) + scaled(GAP_PX) * (len(kept) - 1) + 2 * scaled(_SIDE_PX)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share(self._rows)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and self._rows:
            self._needs = needs_of(self._rows, self.font())
            self._share(self._rows)


class WaitingTable(ReadCard):
    """What was asked for in a response: what, from whom, by when. Tab comes to it, and it is read as one."""

    def __init__(self, waiting: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        said = "; ".join(" ".join(_asked(reference, entry)) for reference, entry in waiting)
        super().__init__(tr("Waiting for: {said}").format(said=said), padding_px=0)
        grid = QGridLayout()
        grid.setContentsMargins(19, 8, 14, 10)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        for number, (reference, entry) in enumerate(waiting):
            if number:
                grid.addWidget(hairline(), 2 * number - 1, 0, 1, 4)
            grid.addWidget(label(reference, "strong"), 2 * number, 0)
            grid.addWidget(label(str(entry["what"]), wrap=True), 2 * number, 1)
            for place, text in enumerate(_asked(reference, entry)[2:], start=2):
                grid.addWidget(label(text, "muted"), 2 * number, place)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)


def _asked(reference: str, entry: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Of whom, what, from whom, by when; what was left open is empty."""
    source, until = entry["from"], entry["until"]
    return (
        reference,
        str(entry["what"]),
        tr("from {source}").format(source=source) if source else "",
        tr("by {until}").format(until=until) if until else "",
    )


_STATES = {
    "in progress": tr("In progress"),
    "in review": tr("In review"),
    "paused": tr("Paused"),
    "part signed": tr("Part signed"),
}


def state_words(state: str) -> str:
    """How far an unfinished screening is, from the word that is kept with it."""
    return _STATES.get(state, state)
