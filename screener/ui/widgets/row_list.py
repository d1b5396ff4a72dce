"""A list of painted rows in groups: an item model by named roles, heads that cannot be chosen, rows measured once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any, Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from screener.ui.style.theme import scaled
from screener.ui.style.tokens import FONT_PX
from screener.ui.widgets.mirrored import Box, seen

Index = QModelIndex | QPersistentModelIndex
WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class Row(Protocol):
    """What a row has to tell of itself."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def spoken(self) -> str:
        """All of it, as it is read aloud."""

    @property
    def head(self) -> bool:
        """It stands above a group and cannot be chosen."""


class Role(IntEnum):
    """What a row can be asked for, by name."""

    ID = Qt.ItemDataRole.UserRole + 1
    HEAD = Qt.ItemDataRole.UserRole + 2


_NAMES: Mapping[int, bytes] = {Role.ID: b"rowId", Role.HEAD: b"head"}


class RowModel(QAbstractListModel):
    """Rows by named roles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.id: place for place, row in enumerate(rows) if not row.head}
        self.endResetModel()

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def place_of(self, row_id: str) -> int | None:
        """Where a row stands; None where it does not."""
        return self._places.get(row_id)

    @property
    def first(self) -> int | None:
        """The first row that can be chosen."""
        return next(iter(self._places.values()), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Role.ID:
                return row.id
            case Role.HEAD:
                return row.head
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._rows[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def roleNames(self) -> dict[int, QByteArray]:
        return {**super().roleNames(), **{int(role): QByteArray(name) for role, name in _NAMES.items()}}


class RowDelegate(QStyledItemDelegate):
    """Measures each row once for one width; a kind of list says how high its rows are and paints them."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.view = view
        self._row_box = QRect()
        """Of the row that is painted now."""
        self._heights: dict[tuple[Row, int], int] = {}
        self._fonts: dict[tuple[str, bool], tuple[QFont, QFontMetrics]] = {}

    def height(self, row: Row, width: int) -> int:
        """How high a row is at a width, in pixels."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, row: Row, box: QRect, *, chosen: bool, over: bool) -> None:
        """Paint a row; `over`: the pointer is on it."""
        raise NotImplementedError

    def seen(self, box: Box) -> Box:
        """A place in the row that is painted now, measured from the left, on the side where it is seen."""
        return seen(self.view, box, self._row_box)

    def forget(self) -> None:
        """Other fonts, other heights."""
        self._heights.clear()
        self._fonts.clear()

    def font(self, size: str = "body", *, strong: bool = False) -> QFont:
        return self._made(size, strong)[0]

    def metrics(self, size: str = "body", *, strong: bool = False) -> QFontMetrics:
        return self._made(size, strong)[1]

    def wrapped(self, text: str, room: int, size: str = "body", *, strong: bool = False) -> int:
        """How high a text is in so much room."""
        box = QRect(0, 0, max(1, room), 100_000)
        return self.metrics(size, strong=strong).boundingRect(box, WRAPPED, text).height() if text else 0

    def _made(self, size: str, strong: bool) -> tuple[QFont, QFontMetrics]:
        known = self._fonts.get((size, strong))
        if known is None:
            font = QFont(self.view.font())
            font.setPixelSize(scaled(FONT_PX[size]))
            font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            known = self._fonts[size, strong] = (font, QFontMetrics(font))
        return known

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row, width = _row(index), self.view.viewport().width()
        if (row, width) not in self._heights:
            self._heights[row, width] = self.height(row, width)
        return QSize(scaled(120), self._heights[row, width])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        flags, state = QStyle.StateFlag, option.state
        painter.save()
        chosen, over = bool(state & flags.State_Selected), bool(state & flags.State_MouseOver)
        self._row_box = QRect(option.rect)
        self.paint_row(painter, _row(index), option.rect, chosen=chosen, over=over)
        painter.restore()


def _row(index: Index) -> Row:
    model = index.model()
    assert isinstance(model, RowModel)
    return model.rows[index.row()]


class RowList(QListView):
    """Up, Down, Home, End and the page keys move, past heads; Enter, or a double click, is for what is chosen."""

    chosen = Signal(str)
    """Another row is chosen."""
    entered = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: rows are measured once, for one width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.activated.connect(self._activate)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def current(self) -> str:
        """The row that is chosen; empty where none is."""
        index = self.currentIndex()
        return str(index.data(Role.ID) or "") if index.isValid() else ""

    def show_rows(self, rows: Sequence[Row], keep: str = "") -> None:
        """Show other rows, with `keep` chosen, or the first that can be."""
        self.rows.show_rows(rows)
        place = self.rows.place_of(keep)
        place = self.rows.first if place is None else place
        if place is None:
            self.selectionModel().clear()
            self.chosen.emit("")
        else:
            self._come_to(place)

    def step(self, by: int) -> None:
        """To the row after (1) or before (-1) the chosen one; to the first where none is chosen."""
        place = self.currentIndex().row() + by if self.currentIndex().isValid() else self.rows.first
        place = None if place is None else self._open_from(place, by)
        if place is not None:
            self._come_to(place)

    def _open_from(self, place: int, by: int) -> int | None:
        """The first row from `place` on, forwards (1) or back (-1), that can be chosen."""
        rows = self.rows.rows
        while 0 <= place < len(rows):
            if not rows[place].head:
                return place
            place += by
        return None

    def _come_to(self, place: int) -> None:
        self._choose(place)
        self._show_with_head(place)

    def _choose(self, place: int) -> None:
        self.selectionModel().setCurrentIndex(self.rows.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _show_with_head(self, place: int) -> None:
        """Have a row in sight, with the head above the first one of a group."""
        if place and self.rows.rows[place - 1].head:
            self.scrollTo(self.rows.index(place - 1))
        self.scrollTo(self.rows.index(place))

    def _moved(self, index: QModelIndex) -> None:
        self.chosen.emit(str(index.data(Role.ID) or "") if index.isValid() else "")

    def _activate(self) -> None:
        if self.current:
            self.entered.emit(self.current)

    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        # Home and the page keys come to a head too, which Qt would not choose: nothing would move.
        to = super().moveCursor(action, modifiers)
        if not to.isValid() or not self.rows.rows[to.row()].head:
            return to
        by = -1 if action is QListView.CursorAction.MovePageUp else 1
        place = self._open_from(to.row(), by)
        place = self._open_from(to.row(), -by) if place is None else place
        return QModelIndex() if place is None else self.rows.index(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.current and (self.currentIndex() != before or event.key() == Qt.Key.Key_Home):
            self._show_with_head(self.currentIndex().row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            delegate = self.itemDelegate()
            if isinstance(delegate, RowDelegate):
                delegate.forget()
            self.scheduleDelayedItemsLayout()
