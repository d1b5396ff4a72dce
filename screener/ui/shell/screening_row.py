"""One line of the table of screenings. It is painted, so that a hundred of them are there at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from screener.language import tr
from screener.ui.actions import BY_ID
from screener.ui.style.theme import current, scaled
from screener.ui.style.tokens import FONT_PX
from screener.ui.widgets.controls import LinkButton
from screener.ui.widgets.marks import MARKS, mark_colour, mark_words, paint_mark_at
from screener.ui.widgets.mirrored import seen
from screener.ui.widgets.outline import paint_box


class Column(StrEnum):
    """What a line says of a screening, in this order."""

    REFERENCE = "reference"
    PATHWAY = "pathway"
    STARTED = "started"
    ANSWERED = "answered"
    LISTED = "listed"
    STATE = "state"
    CLINICIAN = "clinician"


HEADS = {
    Column.REFERENCE: tr("Reference"),
    Column.PATHWAY: tr("Pathway"),
    Column.STARTED: tr("Started"),
    Column.ANSWERED: tr("Answered"),
    Column.LISTED: tr("Listed, without response"),
    Column.STATE: tr("State"),
    Column.CLINICIAN: tr("Clinician"),
}
"""What stands above each."""
GIVING_WAY = {Column.CLINICIAN: 920, Column.STARTED: 740, Column.ANSWERED: 620}
"""Columns that give way below a width, at a text size of 100 %."""
GAP_PX = 18
_PATHWAY_PX, _HEAD_PX, _CHIP_PX, _NAME_PX, _BAR_PX, _BAR_HIGH_PX = 84, 58, 84, 96, 84, 6
_ROW_PAD_PX, _LINE_PX, _MARK_PX, _MARK_GAP_PX, _CHIP_PAD_PX, _INNER_PX = 7, 20, 11, 8, 7, 8
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)
_NOTHING, _NOT_YET = tr("none"), tr("not worked out yet")


@dataclass(frozen=True, slots=True)
class Cells:
    """What stands in a line. `discard`: what the link that discards it is called; nothing where there is none.

    `worked_out`: whether anybody has looked at what is listed; where nobody has, it is not said that nothing is.
    """

    reference: str
    second_mark: str
    pathway: str
    started: str
    answered: int
    shown: int
    listed: Mapping[str, int]
    state: str
    clinician: str
    open: str
    discard: str = ""
    worked_out: bool = True

    @property
    def nothing(self) -> str:
        """What is said where no mark is counted."""
        return _NOTHING if self.worked_out else _NOT_YET

    @property
    def words(self) -> str:
        """All of it, as it is read aloud."""
        listed = ", ".join(mark_words(kind, self.listed[kind]) for kind in MARKS if self.listed.get(kind))
        parts = (
            self.reference,
            self.second_mark,
            self.pathway,
            tr("started {started}").format(started=self.started),
            tr("{answered} of {shown} answered").format(answered=self.answered, shown=self.shown),
            tr("listed without response: {listed}").format(listed=listed or self.nothing),
            self.state,
            self.clinician,
        )
        return "; ".join(part for part in parts if part)


class Need(NamedTuple):
    """How wide a column would be, and how narrow it can become; in pixels."""

    wide: int
    narrow: int


@dataclass(slots=True)
class Columns:
    """Where each column that is shown begins, and how wide it is; in pixels."""

    places: dict[Column, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def within(cls, needs: Mapping[Column, Need], room: int, left: int) -> Columns:
        """Shared out in this room: the pathway has what is left over; where that is little, others become narrow."""
        widths = {column: need.wide for column, need in needs.items()}
        del widths[Column.PATHWAY]
        room -= scaled(GAP_PX) * len(widths)
        for column in (Column.LISTED, Column.CLINICIAN, Column.STATE, Column.REFERENCE):
            if room - sum(widths.values()) < needs[Column.PATHWAY].narrow and column in widths:
                widths[column] = needs[column].narrow
        widths[Column.PATHWAY] = max(needs[Column.PATHWAY].narrow, room - sum(widths.values()))
        made, at = cls(), left
        for column in Column:
            if column in widths:
                made.places[column] = (at, widths[column])
                at += widths[column] + scaled(GAP_PX)
        return made


def needs_of(rows: Sequence[Row], font: QFont) -> dict[Column, Need]:
    """What the columns need for these rows and for what stands above them."""
    metrics = QFontMetrics(small(font))
    found = {}
    for column, head in HEADS.items():
        own = metrics.horizontalAdvance(head) + 2 + (ring_room() if column == Column.REFERENCE else 0)
        cells = [row.need(column) for row in rows]
        wide = max((cell.wide for cell in cells), default=0)
        narrow = max((cell.narrow for cell in cells), default=0)
        # A head of several words may wrap.
        least = min(own, max(scaled(_HEAD_PX), max(metrics.horizontalAdvance(word) for word in head.split()) + 2))
        found[column] = Need(max(wide, own), max(narrow, least))
    return found


def widest(one: Mapping[Column, Need], other: Mapping[Column, Need]) -> dict[Column, Need]:
    """What both need."""
    none = _fixed(0)
    pairs = {column: (one.get(column, none), other.get(column, none)) for column in Column}
    return {column: Need(max(a.wide, b.wide), max(a.narrow, b.narrow)) for column, (a, b) in pairs.items()}


def small(font: QFont, *, strong: bool = False) -> QFont:
    """The small font of the scale, beside this one."""
    made = QFont(font)
    made.setPixelSize(scaled(FONT_PX["small"]))
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def ring_room() -> int:
    """What a link keeps free on each side of its words."""
    return scaled(3) + 2


def wrapped(font: QFont, text: str, width: int) -> int:
    """How high a text is at a width."""
    return QFontMetrics(font).boundingRect(0, 0, max(1, width), 100_000, _WRAPPED, text).height()


class Row(QWidget):
    """One screening: a link that opens it, one that discards it where that can be, and all else painted beside them.

    Its menu holds these and the way to everything that is kept under the same reference.
    """

    records = Signal(str)
    """The reference, where all that is kept under it is wanted."""

    def __init__(self, cells: Cells) -> None:
        super().__init__()
        self.cells = cells
        self.setAccessibleName(cells.words)
        self.link = LinkButton(cells.reference, cells.open, self)
        self.link.setProperty("weight", "strong")
        self.link.setToolTip(
            tr("Records of {reference}: {key_hint}").format(
                reference=cells.reference, key_hint=BY_ID["records"].key_hint
            )
        )
        self.discard = LinkButton(tr("Discard…"), cells.discard, self) if cells.discard else None
        self._columns = Columns()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Menu of {reference}").format(reference=self.cells.reference))
        menu.addAction(tr("Open"), self.link.click)
        history = BY_ID["records"]
        records = menu.addAction(
            tr("Records of {reference}").format(reference=self.cells.reference),
            partial(self.records.emit, self.cells.reference),
        )
        records.setShortcuts([QKeySequence(key) for key in history.keys])
        records.setShortcutVisibleInContextMenu(True)
        if self.discard is not None:
            menu.addAction(self.discard.text(), self.discard.click)
        menu.aboutToHide.connect(menu.deleteLater)
        by_hand = event.reason() is QContextMenuEvent.Reason.Mouse
        menu.popup(event.globalPos() if by_hand else self.link.mapToGlobal(QPoint(0, self.link.height())))

    # How much room it takes

    def need(self, column: Column) -> Need:
        """What this row needs of a column."""
        cells, metrics = self.cells, QFontMetrics(self.font())
        if column == Column.REFERENCE:
            link, mark = self.link.sizeHint().width(), self._mark_width()
            beside = link + mark + scaled(_INNER_PX) if mark else link
            return Need(beside, max(link, mark + ring_room()))
        if column == Column.PATHWAY:
            return Need(metrics.horizontalAdvance(cells.pathway) + 2, scaled(_PATHWAY_PX))
        if column == Column.ANSWERED:
            figure = metrics.horizontalAdvance(self._figure) + 2
            return _fixed(scaled(_BAR_PX) + scaled(_INNER_PX) + figure)
        if column == Column.LISTED:
            return Need(self._marks_width(), min(self._marks_width(), scaled(_HEAD_PX)))
        if column == Column.STATE:
            chip, link = self._chip_width(), self.discard.sizeHint().width() if self.discard else 0
            return Need(chip + link, max(min(chip, max(scaled(_CHIP_PX), self._widest_of_state())), link))
        if column == Column.CLINICIAN:
            width = metrics.horizontalAdvance(cells.clinician) + 2
            return Need(width, min(width, scaled(_NAME_PX)))
        return _fixed(metrics.horizontalAdvance(cells.started) + 2)

    def show_columns(self, columns: Columns) -> None:
        """Stand in these columns; as high as the highest cell."""
        self._columns = columns
        high = max(self._height_of(column) for column in columns.places)
        self.setFixedHeight(max(high, scaled(_LINE_PX)) + 2 * scaled(_ROW_PAD_PX))
        self._place_links()
        self.update()

    @property
    def _figure(self) -> str:
        return f"{self.cells.answered}/{self.cells.shown}"

    def _mark_width(self) -> int:
        mark = self.cells.second_mark
        return QFontMetrics(self.font()).horizontalAdvance(mark) + 2 if mark else 0

    def _chip_width(self) -> int:
        return QFontMetrics(small(self.font())).horizontalAdvance(self.cells.state) + 2 * scaled(_CHIP_PAD_PX) + 2

    def _widest_of_state(self) -> int:
        """What its longest word needs: a chip wraps between words alone."""
        metrics = QFontMetrics(small(self.font()))
        widest = max((metrics.horizontalAdvance(word) for word in self.cells.state.split()), default=0)
        return widest + 2 * scaled(_CHIP_PAD_PX) + 2

    def _counts(self) -> list[tuple[str, str, int]]:
        """Each mark that is counted: its kind, its figure, how wide both are."""
        metrics = QFontMetrics(small(self.font(), strong=True))
        found = [(kind, str(self.cells.listed[kind])) for kind in MARKS if self.cells.listed.get(kind)]
        return [(k, text, scaled(_MARK_PX + 4) + metrics.horizontalAdvance(text) + 1) for k, text in found]

    def _marks_width(self) -> int:
        widths = [width for _, _, width in self._counts()]
        if not widths:
            return QFontMetrics(self.font()).horizontalAdvance(self.cells.nothing) + 2
        return sum(widths) + scaled(_MARK_GAP_PX) * (len(widths) - 1)

    def _height_of(self, column: Column) -> int:
        _, width = self._columns.places[column]
        if column == Column.REFERENCE:
            below = self._mark_width() and not self._mark_beside(width)
            return self.link.sizeHint().height() + (QFontMetrics(self.font()).height() if below else 0)
        if column == Column.PATHWAY:
            return wrapped(self.font(), self.cells.pathway, width)
        if column == Column.STATE:
            chip = self._chip(width).height()
            link = self.discard.sizeHint().height() if self.discard else 0
            return max(chip, link) if self._discard_beside(width) else chip + link
        if column == Column.LISTED:
            if not self._counts():
                return max(scaled(_LINE_PX), wrapped(self.font(), self.cells.nothing, width))
            lines = {line for _, _, _, line in self._marks(width)}
            return max(1, len(lines)) * scaled(_LINE_PX)
        if column == Column.CLINICIAN:
            return wrapped(self.font(), self.cells.clinician, width)
        return QFontMetrics(self.font()).height()

    def _mark_beside(self, width: int) -> bool:
        return self.link.sizeHint().width() + scaled(_INNER_PX) + self._mark_width() <= width

    def _discard_beside(self, width: int) -> bool:
        return self.discard is not None and self._chip_width() + self.discard.sizeHint().width() <= width

    def _chip(self, width: int) -> QRect:
        """The outline of the state, at the left end of its column."""
        inner = min(self._chip_width(), width) - 2 * scaled(_CHIP_PAD_PX)
        high = wrapped(small(self.font()), self.cells.state, inner) + 2 * scaled(1) + 2
        return QRect(0, 0, inner + 2 * scaled(_CHIP_PAD_PX), high)

    def _marks(self, width: int) -> Iterator[tuple[str, str, int, int]]:
        """Each mark that is counted: kind, figure, where it begins, in which line; they go on below when they must."""
        at = line = 0
        for kind, text, wide in self._counts():
            if at and at + wide > width:
                at, line = 0, line + 1
            yield kind, text, at, line
            at += wide + scaled(_MARK_GAP_PX)

    # Where its links are

    def _place_links(self) -> None:
        left, width = self._columns.places[Column.REFERENCE]
        hint = self.link.sizeHint()
        link = QRect(left, self._top(Column.REFERENCE), min(hint.width(), width), hint.height())
        self.link.setGeometry(seen(self, link))
        if self.discard is None:
            return
        left, width = self._columns.places[Column.STATE]
        hint, chip = self.discard.sizeHint(), self._chip(width)
        beside = QRect(left + chip.width(), (self.height() - hint.height()) // 2, hint.width(), hint.height())
        below = QRect(left, self._top(Column.STATE) + chip.height(), min(hint.width(), width), hint.height())
        self.discard.setGeometry(seen(self, beside if self._discard_beside(width) else below))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns.places and self.isRightToLeft():
            self._place_links()

    def _top(self, column: Column) -> int:
        """Where a cell begins, so that it stands in the middle."""
        return (self.height() - self._height_of(column)) // 2

    # What is painted

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, QColor(current().line))
        for column, paint in (
            (Column.REFERENCE, self._paint_mark),
            (Column.PATHWAY, partial(self._paint_text, self.cells.pathway)),
            (Column.STARTED, partial(self._paint_text, self.cells.started)),
            (Column.ANSWERED, self._paint_answered),
            (Column.LISTED, self._paint_listed),
            (Column.STATE, self._paint_state),
            (Column.CLINICIAN, partial(self._paint_text, self.cells.clinician)),
        ):
            if column in self._columns.places:
                left, width = self._columns.places[column]
                painter.setFont(self.font())
                painter.setPen(QColor(current().text))
                paint(painter, QRect(left, self._top(column), width, self._height_of(column)))
        painter.end()

    def _paint_text(self, text: str, painter: QPainter, box: QRect) -> None:
        painter.drawText(seen(self, box), _WRAPPED, text)

    def _paint_mark(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(QColor(current().muted))
        if self._mark_beside(box.width()):
            box.setLeft(box.left() + self.link.sizeHint().width() + scaled(_INNER_PX))
            painter.drawText(seen(self, box), int(Qt.AlignmentFlag.AlignVCenter), self.cells.second_mark)
        else:
            box.setTop(box.top() + self.link.sizeHint().height())
            painter.drawText(seen(self, box.adjusted(ring_room(), 0, 0, 0)), _WRAPPED, self.cells.second_mark)

    def _paint_answered(self, painter: QPainter, box: QRect) -> None:
        high = scaled(_BAR_HIGH_PX)
        bar = seen(self, QRectF(box.left(), box.center().y() - high / 2 + 1, scaled(_BAR_PX), high))
        paint_box(painter, bar, high / 2, current().track, None)
        share = self.cells.answered / self.cells.shown if self.cells.shown else 0.0
        if share:
            filled = QRectF(bar.left(), bar.top(), max(high, bar.width() * min(1.0, share)), high)
            if self.isRightToLeft():
                filled.moveRight(bar.right())
            paint_box(painter, filled, high / 2, current().accent, None)
        box.setLeft(box.left() + scaled(_BAR_PX + _INNER_PX))
        painter.drawText(seen(self, box), int(Qt.AlignmentFlag.AlignVCenter), self._figure)

    def _paint_listed(self, painter: QPainter, box: QRect) -> None:
        if not self._counts():
            painter.setPen(QColor(current().muted))
            in_the_middle = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(seen(self, box), in_the_middle, self.cells.nothing)
            return
        painter.setFont(small(self.font(), strong=True))
        side, line = scaled(_MARK_PX), scaled(_LINE_PX)
        for kind, text, at, number in self._marks(box.width()):
            left, top = box.left() + at, box.top() + number * line
            paint_mark_at(painter, kind, seen(self, QRectF(left, top, side, line)).center(), side)
            painter.setPen(mark_colour(kind))
            figure = QRect(left + scaled(_MARK_PX + 4), top, box.width(), line)
            painter.drawText(seen(self, figure), int(Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_state(self, painter: QPainter, box: QRect) -> None:
        chip = self._chip(box.width())
        top = (self.height() - chip.height()) // 2 if self._discard_beside(box.width()) else box.top()
        chip.moveTopLeft(QPoint(box.left(), top))
        paint_box(painter, seen(self, QRectF(chip)), scaled(4), current().surface, current().chip)
        painter.setFont(small(self.font()))
        pad = scaled(_CHIP_PAD_PX)
        words = chip.adjusted(pad, scaled(1) + 1, -pad + 2, 0)
        painter.drawText(seen(self, words), _WRAPPED, self.cells.state)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and Column.LISTED in self._columns.places:
            left, width = self._columns.places[Column.LISTED]
            words = ", ".join(mark_words(kind, self.cells.listed[kind]) for kind, _, _ in self._counts())
            over = seen(self, QRect(left, 0, width, self.height())).contains(event.pos())
            QToolTip.showText(event.globalPos(), words if over else "", self)
            return True
        return super().event(event)


class Head(QWidget):
    """What the columns are called."""

    def __init__(self) -> None:
        super().__init__()
        self._columns = Columns()

    def show_columns(self, columns: Columns) -> None:
        """Stand above these columns."""
        self._columns = columns
        self.setAccessibleName(", ".join(HEADS[column] for column in columns.places))
        font = small(self.font())
        high = max(wrapped(font, HEADS[column], width) for column, (_, width) in columns.places.items())
        self.setFixedHeight(high + 2 * scaled(_ROW_PAD_PX))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(small(self.font()))
        painter.setPen(QColor(current().muted))
        for column, (left, width) in self._columns.places.items():
            # A link keeps room for its ring: what stands above it begins where its words do.
            room = ring_room() if column == Column.REFERENCE else 0
            high = wrapped(painter.font(), HEADS[column], width)
            box = QRect(left + room, (self.height() - high) // 2, width - room, high)
            painter.drawText(seen(self, box), _WRAPPED, HEADS[column])
        painter.end()


def _fixed(width: int) -> Need:
    return Need(width, width)
