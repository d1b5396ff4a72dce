"""The table of a dose day: one line a person, whose words follow the clock and never move what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from screener.language import tr
from screener.records.dose_day import NO_DOSE, NONE_RECORDED, NOT_RECORDED, NOTHING_SIGNED, PersonOfDay
from screener.ui.shell.screening_row import ring_room
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.controls import LinkButton, label, restyle
from screener.ui.widgets.layout import Card, hairline
from screener.ui.widgets.walked_links import WalkedLinks

DOSE = tr("Dose")
COLUMNS = (
    (tr("Reference"), 13),
    (tr("Before the dose"), 18),
    (DOSE, 17),
    (tr("Next reading"), 22),
    (tr("Leaving"), 11),
    (tr("Signed"), 19),
)
"""What the columns are called, and their shares of the width."""
BESIDE_PX = 780
"""Below this width, at a text size of 100 %, a person stands in two lines of three, each under its name."""
NOTHING = (NO_DOSE, NONE_RECORDED, NOT_RECORDED, NOTHING_SIGNED)
_SIDE_PX, _GAP_PX = 18, 14


class _Cell(QWidget):
    """Two lines, the second one quiet; it keeps its room also while nothing stands in it."""

    def __init__(self, caption: str, link: LinkButton | None = None) -> None:
        super().__init__()
        self._column = column = QVBoxLayout(self)
        column.setSpacing(1)
        self._caption = label(caption, "small")
        column.addWidget(self._caption)
        self._first: QLabel | None = None if link is not None else label("", wrap=True)
        if link is not None:
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        elif self._first is not None:
            column.addWidget(self._first)
        self._second = label("", "muted", wrap=True)
        # A link keeps room for its ring: what stands beside it begins where its words do.
        ring = ring_room()
        self._above = 0 if link is not None else ring // 2
        for quiet in (self._caption, self._second):
            quiet.setContentsMargins(ring if link is not None else 0, 0, 0, 0)
        column.addWidget(self._second)
        column.addStretch(1)

    def show_caption(self, shown: bool) -> None:
        self._caption.setVisible(shown)
        self._column.setContentsMargins(0, 0 if shown else self._above, 0, 0)

    def show_words(self, first: str, second: str = "", *, quiet: bool = False) -> None:
        """Only what changed is set: a label that is set again is laid out again. `quiet`: nothing is recorded."""
        if self._first is not None and (level := "muted" if quiet else "") != self._first.property("level"):
            self._first.setProperty("level", level)
            restyle(self._first)
        for part, text in ((self._first, first), (self._second, second or "\u00a0")):
            if part is not None and part.text() != text:
                part.setText(text)


class PersonRow(QWidget):
    """One person of the day. The link opens the screening, or the record once it is signed."""

    def __init__(self, person: PersonOfDay) -> None:
        super().__init__()
        self.person = person
        what = f"{person.reference}, {person.pathway}" if person.pathway else person.reference
        self.link = LinkButton(
            person.reference,
            tr("{what}: open the record").format(what=what)
            if person.record
            else tr("{what}: open the screening").format(what=what),
        )
        self.link.setProperty("weight", "strong")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(scaled(_SIDE_PX), scaled(9), scaled(_SIDE_PX), scaled(9))
        self._grid.setHorizontalSpacing(scaled(_GAP_PX))
        self._grid.setVerticalSpacing(scaled(8))
        self._cells = [_Cell(name, None if number else self.link) for number, (name, _) in enumerate(COLUMNS)]
        self._beside: bool | None = None

    def show_now(self, now: datetime) -> None:
        """Say how it stands at a moment."""
        person, coming = self.person, self.person.next(now)
        words = (
            (person.reference, person.second_mark),
            person.before,
            (person.dose, person.product),
            (coming.said, coming.beside),
            (person.leaving, ""),
            ("\n".join(person.signed) or NOTHING_SIGNED, ""),
        )
        for (name, _), cell, said in zip(COLUMNS, self._cells, words, strict=True):
            planned = name == DOSE and not person.is_given
            cell.show_words(*said, quiet=planned or said[0] in NOTHING)
        self.link.setAccessibleDescription(person.words(now))

    def show_width(self, width: int, *, beside: bool) -> None:
        """Stand in columns of these shares, or in two lines of three."""
        if beside is not self._beside:
            self._beside = beside
            for number, cell in enumerate(self._cells):
                cell.show_caption(not beside)
                self._grid.addWidget(cell, *((0, number) if beside else divmod(number, 3)))
        for cell, wide in zip(self._cells, widths(width, beside=beside), strict=True):
            cell.setFixedWidth(wide)


def widths(width: int, *, beside: bool) -> list[int]:
    """How wide each cell is in a table of this width."""
    if beside:
        room = width - 2 * scaled(_SIDE_PX) - (len(COLUMNS) - 1) * scaled(_GAP_PX)
        whole = sum(share for _, share in COLUMNS)
        return [room * share // whole for _, share in COLUMNS]
    return [(width - 2 * scaled(_SIDE_PX) - 2 * scaled(_GAP_PX)) // 3] * len(COLUMNS)


class DoseDayTable(Card):
    """Everybody of the day. Up and down go from one to the next; Enter opens."""

    open_draft = Signal(str)
    open_record = Signal(str)
    beyond = Signal()
    """Down from the last: to what stands below."""

    def __init__(self, people: Sequence[PersonOfDay], now: datetime) -> None:
        super().__init__(padding_px=0)
        self.setAccessibleName(tr("People of the day"))
        self.body.setContentsMargins(0, 2, 0, 4)
        self.body.setSpacing(0)
        self._head = QWidget()
        row = QGridLayout(self._head)
        row.setContentsMargins(scaled(_SIDE_PX), scaled(7), scaled(_SIDE_PX), scaled(7))
        row.setHorizontalSpacing(scaled(_GAP_PX))
        self._heads = [label(name, "small", wrap=True) for name, _ in COLUMNS]
        self._heads[0].setContentsMargins(ring_room(), 0, 0, 0)
        for number, head in enumerate(self._heads):
            row.addWidget(head, 0, number)
        self.body.addWidget(self._head)
        self.rows = [PersonRow(person) for person in people]
        self._walked = WalkedLinks(self)
        self._walked.below.connect(self.beyond)
        for made in self.rows:
            self.body.addWidget(hairline())
            self.body.addWidget(made)
            wanted = self.open_record if made.person.record else self.open_draft
            self._walked.add(made.link)
            made.link.clicked.connect(partial(wanted.emit, made.person.record or made.person.screening))
        self.show_now(now)
        self._share()

    def show_now(self, now: datetime) -> None:
        """Bring every line to a moment."""
        for row in self.rows:
            row.show_now(now)

    def focus_on(self, opened: str) -> bool:
        """Put the keyboard on whose screening or record this is; whether somebody is that."""
        found = [row for row in self.rows if opened and opened in (row.person.screening, row.person.record)]
        for row in found[:1]:
            row.link.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(found)

    def focus_first(self) -> None:
        self._walked.focus_first()

    def focus_last(self) -> None:
        self._walked.focus_last()

    def _share(self) -> None:
        beside = unscaled(self.width()) >= BESIDE_PX
        self._head.setVisible(beside)
        for head, wide in zip(self._heads, widths(self.width(), beside=True), strict=True):
            head.setFixedWidth(max(wide, 0))
        for row in self.rows:
            row.show_width(self.width(), beside=beside)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(420), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share()
