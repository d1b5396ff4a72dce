"""Layouts whose rows wrap or stack where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QStyle, QWidget

from screener.ui.style.theme import scaled

_NARROWEST_ROW_PX = 160
UNBOUND = 16_777_215
"""What Qt takes for no limit."""


class ItemLayout(QHBoxLayout):
    """Keeps items in their order, in Qt's own list; a layout on top of it says where they go, and how large they are.

    Qt asks for the same sizes again and again: each is worked out once, until an item comes, goes or changes its size.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self._heights: dict[int, int] = {}
        self._hint: QSize | None = None
        self._least: QSize | None = None
        # Not by QHBoxLayout(parent): the parent would ask for sizes before there is anything to ask.
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def invalidate(self) -> None:
        self._heights.clear()
        self._hint = self._least = None
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self.height_in(width)
        return self._heights[width]

    def minimumHeightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        return self.heightForWidth(width)

    def sizeHint(self) -> QSize:
        if self._hint is None:
            self._hint = self.wanted()
        return QSize(self._hint)

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        if self._least is None:
            self._least = self.least()
        return QSize(self._least)

    def maximumSize(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(UNBOUND, UNBOUND)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        QLayout.setGeometry(self, rect)
        self.place(rect)

    def height_in(self, width: int) -> int:
        """How high it is in this width."""
        raise NotImplementedError

    def wanted(self) -> QSize:
        """The size in which nothing wraps."""
        raise NotImplementedError

    def least(self) -> QSize:
        """The size below which something is cut."""
        raise NotImplementedError

    def place(self, rect: QRect) -> None:
        """Give every item its place inside `rect`."""
        raise NotImplementedError

    def shown(self) -> list[QLayoutItem]:
        """The items that take part, in their order."""
        items = [self.itemAt(index) for index in range(self.count())]
        return [item for item in items if item is not None and not item.isEmpty()]


class FlowLayout(ItemLayout):
    """Lays widgets out in rows that wrap; what stands in one row shares its middle line.

    With `last_at_end` the last of several stands at the far edge of its row; with `at_top` all hang from the row's top;
    with `even` all are as wide as the widest, so that rows stand in columns; with `give_way` what has no room in one
    row is as narrow as it can be before anything goes to a second one. `rows_px` is the gap between rows.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap_px: int = 8,
        rows_px: int | None = None,
        last_at_end: bool = False,
        at_top: bool = False,
        even: bool = False,
        give_way: bool = False,
    ) -> None:
        self._gap, self._last_at_end, self._at_top, self._even = gap_px, last_at_end, at_top, even
        self._give_way = give_way
        self._rows_gap = gap_px if rows_px is None else rows_px
        super().__init__(parent)

    def height_in(self, width: int) -> int:
        rows = self._rows(width - self._across())
        height = sum(_height(row) for row in rows) + self._rows_gap * max(0, len(rows) - 1)
        return height + self.contentsMargins().top() + self.contentsMargins().bottom()

    def place(self, rect: QRect) -> None:
        room = rect.marginsRemoved(self.contentsMargins())
        y = room.y()
        last = self.shown()[1:][-1:] if self._last_at_end else []
        for row in self._rows(room.width()):
            x, height = room.x(), _height(row)
            for item, size in row:
                if last and item is last[0]:
                    x = room.right() + 1 - size.width()
                down = 0 if self._at_top else (height - size.height()) // 2
                item.setGeometry(self._mirrored(QRect(QPoint(x, y + down), size), room))
                x += size.width() + self._gap
            y += height + self._rows_gap

    def _mirrored(self, box: QRect, room: QRect) -> QRect:
        """Where people read from the right, rows begin there."""
        owner = self.parentWidget()
        direction = owner.layoutDirection() if owner is not None else Qt.LayoutDirection.LeftToRight
        return QStyle.visualRect(direction, room, box)

    def wanted(self) -> QSize:
        hints = [item.sizeHint() for item in self.shown()]
        wide = [hint.width() for hint in hints]
        width = (len(wide) * max(wide, default=0) if self._even else sum(wide)) + self._gap * max(0, len(hints) - 1)
        margins = self.contentsMargins()
        height = max((hint.height() for hint in hints), default=0) + margins.top() + margins.bottom()
        return QSize(width + self._across(), height)

    def least(self) -> QSize:
        size = QSize()
        for item in self.shown():
            size = size.expandedTo(item.minimumSize())
        # One wide item does not make the page wider than the window: it is given the row.
        return size.boundedTo(QSize(scaled(_NARROWEST_ROW_PX), UNBOUND)).grownBy(self.contentsMargins())

    def _across(self) -> int:
        return self.contentsMargins().left() + self.contentsMargins().right()

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items of each row with their sizes; one that is wider than a row gets the row and the height it needs."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        items = self.shown()
        widest = max((item.sizeHint().width() for item in items), default=0) if self._even else 0
        narrow = self._give_way and self.sizeHint().width() - self._across() > width
        for item in items:
            size = item.sizeHint().expandedTo(QSize(widest, 0))
            if narrow:
                size.setWidth(item.minimumSize().width())
            if size.width() > width:
                height = item.heightForWidth(width) if item.hasHeightForWidth() else size.height()
                size = QSize(width, height)
            if not rows or left < size.width():
                rows.append([])
                left = width
            rows[-1].append((item, size))
            left -= size.width() + self._gap
        return [self._given_back(row, width) for row in rows] if narrow else rows

    def _given_back(self, row: list[tuple[QLayoutItem, QSize]], width: int) -> list[tuple[QLayoutItem, QSize]]:
        """In what room is left over in a row, whole from its beginning as far as it goes; the others share the rest."""
        left = width - sum(size.width() for _, size in row) - self._gap * (len(row) - 1)
        narrow = []
        for item, size in row:
            lacking = item.sizeHint().width() - size.width()
            if lacking <= left:
                left -= max(lacking, 0)
                size.setWidth(size.width() + max(lacking, 0))
            else:
                narrow.append(size)
        for size in narrow:
            size.setWidth(size.width() + left // len(narrow))
        return row


def _height(row: list[tuple[QLayoutItem, QSize]]) -> int:
    return max(size.height() for _, size in row)
