"""The list at the left: rules, questions or sources in groups, as an item model, drawn by a delegate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from screener.forms.browsing import Entry, RuleLine, by_theme, grouped
from screener.forms.words import TIER_WORDS
from screener.ui.style.theme import current, scaled
from screener.ui.style.tokens import FONT_PX
from screener.ui.widgets.marks import paint_mark
from screener.ui.widgets.outline import paint_box, paint_focus

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row can be asked for, by name."""

    ID = Qt.ItemDataRole.UserRole + 1
    TITLE = Qt.ItemDataRole.UserRole + 2
    SECOND = Qt.ItemDataRole.UserRole + 3
    TIER = Qt.ItemDataRole.UserRole + 4
    HEAD = Qt.ItemDataRole.UserRole + 5
    QUIET = Qt.ItemDataRole.UserRole + 6


_NAMES = {
    Role.ID: b"entryId",
    Role.TITLE: b"title",
    Role.SECOND: b"second",
    Role.TIER: b"tier",
    Role.HEAD: b"head",
    Role.QUIET: b"quiet",
}


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
        tier = TIER_WORDS.get(self.tier, "") if self.tier else ""  # type: ignore[call-overload]
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


class EntryModel(QAbstractListModel):
    """Rows by named roles. Heads stand between entries and cannot be chosen."""

    def __init__(self, rows: Sequence[Row] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = list(rows)
        self._places = self._found()

    def _found(self) -> dict[str, int]:
        return {row.id: place for place, row in enumerate(self._rows) if not row.head}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._places = self._found()
        self.endResetModel()

    def row_of(self, entry_id: str) -> int | None:
        """Where an entry stands; None where it does not."""
        return self._places.get(entry_id)

    def row_at(self, place: int) -> Row:
        return self._rows[place]

    def first(self) -> int | None:
        """The first row that is an entry."""
        return next((place for place, row in enumerate(self._rows) if not row.head), None)

    @property
    def count(self) -> int:
        return len(self._places)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Role.TITLE:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.title}, {row.second} in it" if row.head else row.spoken
            case Role.ID:
                return row.id
            case Role.SECOND:
                return row.second
            case Role.TIER:
                return row.tier
            case Role.HEAD:
                return row.head
            case Role.QUIET:
                return row.quiet
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def roleNames(self) -> dict[int, QByteArray]:
        named: Mapping[int, bytes] = {int(role): name for role, name in _NAMES.items()}
        return {**super().roleNames(), **{role: QByteArray(name) for role, name in named.items()}}


_SIDE_PX, _TOP_PX, _MARK_PX, _GAP_PX = 12, 7, 12, 9
_HEAD_ABOVE_PX, _HEAD_BELOW_PX = 12, 4
_MOST_LINES = 3
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class EntryDelegate(QStyledItemDelegate):
    """A row: mark, title in up to three lines, what stands below it. The chosen one has a bar and heavier text."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[Row, int], int] = {}
        self._fonts: dict[tuple[str, bool], tuple[QFont, QFontMetrics]] = {}

    def forget(self) -> None:
        """Other fonts, other heights."""
        self._heights.clear()
        self._fonts.clear()

    def _font(self, size: str, *, strong: bool = False) -> tuple[QFont, QFontMetrics]:
        known = self._fonts.get((size, strong))
        if known is None:
            font = _font(self._view.font(), size, strong=strong)
            known = self._fonts[size, strong] = (font, QFontMetrics(font))
        return known

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, width = self._row(index), self._view.viewport().width()
        key = (row, width)
        if key not in self._heights:
            self._heights[key] = self._height(row, width)
        return QSize(scaled(120), self._heights[key])

    def _row(self, index: Index) -> Row:
        model = index.model()
        assert isinstance(model, EntryModel)
        return model.row_at(index.row())

    def _height(self, row: Row, width: int) -> int:
        if row.head:
            return self._font("small", strong=True)[1].height() + scaled(_HEAD_ABOVE_PX + _HEAD_BELOW_PX)
        # Measured in the heavier weight: nothing moves when a row is chosen.
        title = _lines(self._font("body", strong=True)[1], row.title, self._room(row, width))
        second = self._font("small")[1].height() + scaled(2)
        return title + second + 2 * scaled(_TOP_PX)

    def _room(self, row: Row, width: int) -> int:
        return max(scaled(60), width - self._left(row) - scaled(_SIDE_PX))

    @staticmethod
    def _left(row: Row) -> int:
        return scaled(_SIDE_PX) + (scaled(_MARK_PX + _GAP_PX) if row.tier else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, box = self._row(index), option.rect
        painter.save()
        if row.head:
            self._paint_head(painter, row, box)
        else:
            state = option.state
            self._paint_entry(painter, row, box, state)
        painter.restore()

    def _paint_head(self, painter: QPainter, row: Row, box: QRect) -> None:
        t = current()
        painter.setFont(self._font("small", strong=True)[0])
        painter.setPen(QColor(t.muted))
        inner = box.adjusted(scaled(_SIDE_PX), scaled(_HEAD_ABOVE_PX), -scaled(_SIDE_PX), -scaled(_HEAD_BELOW_PX))
        count = painter.fontMetrics().horizontalAdvance(row.second) + scaled(8)
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, inner.width() - count)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(self._font("small")[0])
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.second)

    def _paint_entry(self, painter: QPainter, row: Row, box: QRect, state: QStyle.StateFlag) -> None:
        t = current()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = QRectF(box).adjusted(scaled(2), 1, -scaled(2), -1)
        if chosen or over:
            paint_box(painter, ground, scaled(6), t.accent_soft if chosen else t.hover, None)
        if chosen:
            bar = QRectF(ground.left(), ground.top() + scaled(6), scaled(3), ground.height() - scaled(12))
            paint_box(painter, bar, scaled(1), t.accent, None)
        if chosen and self._view.hasFocus():
            paint_focus(painter, ground, scaled(6))
        left, room = box.left() + self._left(row), self._room(row, box.width())
        title_font, metrics = self._font("body", strong=chosen)[0], self._font("body", strong=True)[1]
        if row.tier:
            line = metrics.height()
            side = scaled(_MARK_PX)
            top = box.top() + scaled(_TOP_PX) + (line - side) / 2
            paint_mark(painter, row.tier, QRectF(box.left() + scaled(_SIDE_PX), top, side, side))
        height = _lines(metrics, row.title, room)
        painter.setFont(title_font)
        painter.setPen(QColor(t.muted if row.quiet and not chosen else t.text))
        painter.drawText(QRect(left, box.top() + scaled(_TOP_PX), room, height), _WRAPPED, row.title)
        painter.setFont(self._font("small")[0])
        painter.setPen(QColor(t.muted))
        below = QRect(left, box.top() + scaled(_TOP_PX + 2) + height, room, painter.fontMetrics().height())
        second = painter.fontMetrics().elidedText(row.second, Qt.TextElideMode.ElideRight, room)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, second)


def _font(base: QFont, size: str, *, strong: bool = False) -> QFont:
    font = QFont(base)
    font.setPixelSize(scaled(FONT_PX[size]))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _lines(metrics: QFontMetrics, text: str, room: int) -> int:
    wrapped = metrics.boundingRect(QRect(0, 0, room, 10_000), _WRAPPED, text).height()
    return min(wrapped, _MOST_LINES * metrics.lineSpacing())


class EntryList(QListView):
    """Up, Down, Home, End and the page keys move, and so does typing the beginning of a title."""

    chosen = Signal(str)
    """The user came to an entry."""
    entered = Signal()
    """Enter: to what is shown of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("look", "rail-list")
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: rows are measured once, for one width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._rows = EntryModel(parent=self)
        self.setModel(self._rows)
        self._delegate = EntryDelegate(self)
        self.setItemDelegate(self._delegate)
        self._silent = False
        self.activated.connect(self._activate)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def rows(self) -> EntryModel:
        return self._rows

    @property
    def current(self) -> str:
        """The entry that is chosen; empty where none is."""
        index = self.currentIndex()
        return str(index.data(Role.ID) or "") if index.isValid() else ""

    def show_rows(self, rows: Sequence[Row], keep: str) -> bool:
        """Show other rows, with `keep` chosen and where it stood on the screen; whether it is among them."""
        before, top = self.rows.row_of(keep), self.verticalScrollBar().value()
        offset = self.visualRect(self.rows.index(before)).top() if before is not None else None
        self._silent = True
        self._rows.show_rows(rows)
        place = self._rows.row_of(keep)
        if place is not None:
            self._choose(place)
            self.doItemsLayout()
            if offset is not None and 0 <= offset < self.viewport().height():
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + self.visualRect(self.rows.index(place)).top() - offset)
            else:
                self.scrollTo(self._rows.index(place), QListView.ScrollHint.PositionAtCenter)
        elif keep:
            self.doItemsLayout()
            self.verticalScrollBar().setValue(top)
        self._silent = False
        return place is not None

    def choose(self, entry_id: str) -> None:
        """Have an entry chosen and in sight, without saying that the user came to it."""
        place = self._rows.row_of(entry_id)
        self._silent = True
        if place is None:
            self.selectionModel().clear()
        else:
            self._choose(place)
            box = self.visualRect(self._rows.index(place))
            if not self.viewport().rect().contains(box):
                self.scrollTo(self._rows.index(place), QListView.ScrollHint.PositionAtCenter)
        self._silent = False

    def choose_first(self) -> None:
        """As if the user came to the first entry."""
        place = self._rows.first()
        if place is not None:
            self._choose(place)

    def step(self, by: int) -> None:
        """To the entry after (1) or before (-1) the chosen one."""
        place = self.currentIndex().row() + by if self.currentIndex().isValid() else (self._rows.first() or 0)
        while 0 <= place < self._rows.rowCount():
            if not self._rows.row_at(place).head:
                self._choose(place)
                self.scrollTo(self._rows.index(place))
                return
            place += by

    def _choose(self, place: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._rows.index(place), flags.ClearAndSelect)

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid() and not self._silent:
            self.chosen.emit(str(index.data(Role.ID)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The first row is a head, which Qt would not pass.
        if event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.choose_first()
            self.scrollToTop()
        else:
            super().keyPressEvent(event)

    def _activate(self) -> None:
        if self.current:
            self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._delegate.forget()
            self.scheduleDelayedItemsLayout()
