"""The list at the left: rules, questions or sources in groups, as an item model, drawn by a delegate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView

from screener.forms.browsing import Entry, RuleLine, by_theme, grouped
from screener.forms.words import TIER_WORDS
from screener.language import WINDOW, tr
from screener.ui.style.theme import current, scaled
from screener.ui.widgets.marks import paint_mark
from screener.ui.widgets.outline import paint_box, paint_focus
from screener.ui.widgets.row_list import WRAPPED, RowDelegate, RowList
from screener.ui.widgets.row_list import Row as AnyRow


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an entry, or the head of a group."""

    id: str
    title: str
    second: str = ""
    tier: str = ""
    head: bool = False
    quiet: bool = False
    """Not in force: a draft, retired, switched off."""

    @property
    def spoken(self) -> str:
        if self.head:
            return tr("{title}, {second} in it").format(title=self.title, second=self.second)
        tier = WINDOW.word(TIER_WORDS.get(self.tier, "")) if self.tier else ""  # type: ignore[call-overload]
        return ", ".join(part for part in (self.title, tier, self.second, self.id) if part)


def rule_rows(lines: Iterable[RuleLine]) -> list[Row]:
    """Rules under the heads of their themes, each head with its count."""
    rows: list[Row] = []
    for theme, group in by_theme(lines):
        rows.append(Row("", theme, str(len(group)), head=True))
        rows += [
            Row(line.id, line.title, line.second, line.tier, quiet="active" not in line.statuses) for line in group
        ]
    return rows


def entry_rows(entries: Iterable[Entry]) -> list[Row]:
    """Questions or sources under the heads of their groups."""
    rows: list[Row] = []
    for group, alike in grouped(entries):
        rows.append(Row("", group, str(len(alike)), head=True))
        rows += [Row(entry.id, entry.title, entry.second) for entry in alike]
    return rows


_SIDE_PX, _TOP_PX, _MARK_PX, _GAP_PX = 12, 7, 12, 9
_HEAD_ABOVE_PX, _HEAD_BELOW_PX = 12, 4
_MOST_LINES = 3


class EntryDelegate(RowDelegate):
    """A row: mark, title in up to three lines, what stands below it. The chosen one has a bar and heavier text."""

    def height(self, row: AnyRow, width: int) -> int:
        assert isinstance(row, Row)
        if row.head:
            return self.metrics("small", strong=True).height() + scaled(_HEAD_ABOVE_PX + _HEAD_BELOW_PX)
        second = self.metrics("small").height() + scaled(2)
        return self._title_height(row, self._room(row, width)) + second + 2 * scaled(_TOP_PX)

    def _title_height(self, row: Row, room: int) -> int:
        # Measured in the heavier weight: nothing moves when a row is chosen.
        most = _MOST_LINES * self.metrics(strong=True).lineSpacing()
        return min(self.wrapped(row.title, room, strong=True), most)

    def _room(self, row: Row, width: int) -> int:
        return max(scaled(60), width - self._left(row) - scaled(_SIDE_PX))

    @staticmethod
    def _left(row: Row) -> int:
        return scaled(_SIDE_PX) + (scaled(_MARK_PX + _GAP_PX) if row.tier else 0)

    def paint_row(self, painter: QPainter, row: AnyRow, box: QRect, *, chosen: bool, over: bool) -> None:
        assert isinstance(row, Row)
        if row.head:
            self._paint_head(painter, row, box)
            return
        self._paint_ground(painter, box, chosen=chosen, over=over)
        self._paint_entry(painter, row, box, chosen=chosen)

    def _paint_head(self, painter: QPainter, row: Row, box: QRect) -> None:
        t = current()
        painter.setFont(self.font("small", strong=True))
        painter.setPen(QColor(t.muted))
        inner = box.adjusted(scaled(_SIDE_PX), scaled(_HEAD_ABOVE_PX), -scaled(_SIDE_PX), -scaled(_HEAD_BELOW_PX))
        count = painter.fontMetrics().horizontalAdvance(row.second) + scaled(8)
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, inner.width() - count)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(self.font("small"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.second)

    def _paint_ground(self, painter: QPainter, box: QRect, *, chosen: bool, over: bool) -> None:
        t = current()
        ground = QRectF(box).adjusted(scaled(2), 1, -scaled(2), -1)
        if chosen or over:
            paint_box(painter, ground, scaled(6), t.accent_soft if chosen else t.hover, None)
        if chosen:
            bar = QRectF(ground.left(), ground.top() + scaled(6), scaled(3), ground.height() - scaled(12))
            paint_box(painter, self.seen(bar), scaled(1), t.accent, None)
        if chosen and self.view.hasFocus():
            paint_focus(painter, ground, scaled(6))

    def _paint_entry(self, painter: QPainter, row: Row, box: QRect, *, chosen: bool) -> None:
        t = current()
        left, room = box.left() + self._left(row), self._room(row, box.width())
        if row.tier:
            line = self.metrics(strong=True).height()
            side = scaled(_MARK_PX)
            top = box.top() + scaled(_TOP_PX) + (line - side) / 2
            mark = QRectF(box.left() + scaled(_SIDE_PX), top, side, side)
            paint_mark(painter, row.tier, self.seen(mark))
        height = self._title_height(row, room)
        painter.setFont(self.font(strong=chosen))
        painter.setPen(QColor(t.muted if row.quiet and not chosen else t.text))
        title = QRect(left, box.top() + scaled(_TOP_PX), room, height)
        painter.drawText(self.seen(title), WRAPPED, row.title)
        painter.setFont(self.font("small"))
        painter.setPen(QColor(t.muted))
        below = QRect(left, box.top() + scaled(_TOP_PX + 2) + height, room, painter.fontMetrics().height())
        second = painter.fontMetrics().elidedText(row.second, Qt.TextElideMode.ElideRight, room)
        painter.drawText(self.seen(below), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, second)


class EntryList(RowList):
    """The place is kept where other rows are shown, and only what the user comes to is said to be chosen."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setProperty("look", "rail-list")
        self.setItemDelegate(EntryDelegate(self))
        self._silent = False

    def show_rows(self, rows: Sequence[AnyRow], keep: str = "") -> None:
        """Show other rows, with `keep` chosen and where it stood on the screen, if it is among them."""
        before, top = self.rows.place_of(keep), self.verticalScrollBar().value()
        offset = self.visualRect(self.rows.index(before)).top() if before is not None else None
        self._silent = True
        self.rows.show_rows(rows)
        place = self.rows.place_of(keep)
        if place is not None:
            self._choose(place)
            self.doItemsLayout()
            if offset is not None and 0 <= offset < self.viewport().height():
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.visualRect(self.rows.index(place)).top() - offset)
            else:
                self.scrollTo(self.rows.index(place), QListView.ScrollHint.PositionAtCenter)
        elif keep:
            self.doItemsLayout()
            self.verticalScrollBar().setValue(top)
        self._silent = False

    def choose(self, entry_id: str) -> None:
        """Have an entry chosen and in sight, without saying that the user came to it."""
        place = self.rows.place_of(entry_id)
        self._silent = True
        if place is None:
            self.selectionModel().clear()
        else:
            self._choose(place)
            box = self.visualRect(self.rows.index(place))
            if not self.viewport().rect().contains(box):
                self.scrollTo(self.rows.index(place), QListView.ScrollHint.PositionAtCenter)
        self._silent = False

    def choose_first(self) -> None:
        """As if the user came to the first entry."""
        if self.rows.first is not None:
            self._choose(self.rows.first)

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid() and not self._silent:
            super()._moved(index)
