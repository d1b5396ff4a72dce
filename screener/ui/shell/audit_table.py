"""The lines of the audit log as a table: read page by page, latest first."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from screener.language import WINDOW, tr
from screener.store.audit import AuditLine, AuditPage
from screener.store.deed_words import sentence
from screener.ui.style.theme import scaled, unscaled
from screener.ui.style.tokens import RADIUS_PX
from screener.ui.widgets.layout import Card
from screener.ui.widgets.outline import paint_focus, rect_of

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
COLUMNS = (tr("When"), tr("Who"), tr("What"), tr("About"))
_CUT = tr("screening …{screening}")
_ABOUT, _BESIDE_PX = 3, 24
_WIDTHS_PX = {0: 178, 1: 170, 3: 170}
_ROW_PX = 33
_GIVING_WAY = {3: 700, 1: 560}
"""Columns that give way below a width, at a text size of 100 %; the chosen line is told whole beside the table."""
_EDGE_PX = 3


class Role(IntEnum):
    """What a line can be asked for beside the texts of its cells."""

    LINE = Qt.ItemDataRole.UserRole + 1
    WHEN = Qt.ItemDataRole.UserRole + 2
    WHO = Qt.ItemDataRole.UserRole + 3
    WHAT = Qt.ItemDataRole.UserRole + 4
    ABOUT = Qt.ItemDataRole.UserRole + 5


_OF_COLUMN = (Role.WHEN, Role.WHO, Role.WHAT, Role.ABOUT)
_NAMES = {Role.LINE: b"line", Role.WHEN: b"when", Role.WHO: b"who", Role.WHAT: b"what", Role.ABOUT: b"about"}


def when(line: AuditLine) -> str:
    """The moment of a line, to the second, as it was where it was written."""
    return line.at[:19].replace("T", " ")


def about(line: AuditLine) -> str:
    """Which screening a line is about: its reference where the account may read it, else the end of its id."""
    if not line.screening:
        return line.about
    return line.about or _CUT.format(screening=line.screening[-6:])


class AuditModel(QAbstractTableModel):
    """Holds the pages that came so far, and asks for the next one when a view comes to the end."""

    wanted = Signal(object)
    """The `before` of the page that is wanted next."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[AuditLine] = []
        self._more: int | None = None
        self._asked = False

    @property
    def lines(self) -> tuple[AuditLine, ...]:
        return tuple(self._lines)

    @property
    def ends(self) -> bool:
        """Whether every line is here that there is."""
        return self._more is None

    def begin(self, page: AuditPage) -> None:
        """Show a first page in place of everything."""
        self.beginResetModel()
        self._lines, self._more, self._asked = list(page.lines), page.more, False
        self.endResetModel()

    def add(self, page: AuditPage) -> None:
        """Show a further page below."""
        self._asked = False
        if page.lines:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(page.lines) - 1)
            self._lines += page.lines
            self.endInsertRows()
        self._more = page.more

    def line(self, row: int) -> AuditLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def canFetchMore(self, parent: Index = _ROOT) -> bool:  # noqa: N802 - Qt's name
        return not parent.isValid() and self._more is not None and not self._asked

    def fetchMore(self, parent: Index = _ROOT) -> None:  # noqa: N802 - Qt's name
        if self.canFetchMore(parent):
            self._asked = True
            self.wanted.emit(self._more)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(line, _OF_COLUMN[index.column()])
        return self._said(line, role)

    @staticmethod
    def _said(line: AuditLine, role: int) -> Any:
        match role:
            case Role.LINE:
                return line
            case Role.WHEN:
                return when(line)
            case Role.WHO:
                return line.name or line.account
            case Role.WHAT:
                return sentence(line, WINDOW)
            case Role.ABOUT:
                return about(line)
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section] if 0 <= section < len(COLUMNS) else None
        line = self.line(section)
        return None if line is None else str(line.number)

    def roleNames(self) -> dict[int, QByteArray]:
        return {**super().roleNames(), **{int(role): QByteArray(name) for role, name in _NAMES.items()}}


class AuditTable(QTableView):
    """Whole lines are chosen, by arrows or a click; Enter asks for everything about the line's screening."""

    chosen = Signal(object)
    """The line that is chosen now, or None."""
    opened = Signal(object)
    """Enter, or a double click, on a line."""
    entered_or_left = Signal()
    """The keyboard came or went."""

    def __init__(self, model: AuditModel) -> None:
        super().__init__()
        self._lines = model
        self.setModel(model)
        self.setProperty("look", "bare")
        self.setAccessibleName(tr("Audit log"))
        self.setAccessibleDescription(tr("Latest first. Enter: everything about the screening of a line"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW_PX))
        cut = self.fontMetrics().horizontalAdvance(_CUT.format(screening="000000")) + scaled(_BESIDE_PX)
        for column, width in _WIDTHS_PX.items():
            self.setColumnWidth(column, max(scaled(width), cut if column == _ABOUT else 0))

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        self.chosen.emit(self._lines.line(current.row()) if current.isValid() else None)

    def _open(self) -> None:
        line = self._lines.line(self.currentIndex().row())
        if line is not None:
            self.opened.emit(line)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered_or_left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.entered_or_left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._open()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = unscaled(event.size().width())
        for column, least in _GIVING_WAY.items():
            self.setColumnHidden(column, room < least)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model() is not None:
            self._measure()


class TableFrame(Card):
    """The rounded surface that a table stands on; shows that the keyboard is in it."""

    def __init__(self, table: AuditTable) -> None:
        super().__init__(padding_px=0)
        self._table = table
        self.body.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        self.body.addWidget(table)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        table.entered_or_left.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._table.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, rect_of(self), scaled(RADIUS_PX))
            painter.end()
