"""The worked cases of a rule as a table: answers, what is written, what comes of them now."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from screener.forms.trying import CaseLine, CaseTable
from screener.language import tr
from screener.ui.style.theme import current, scaled
from screener.ui.style.tokens import FONT_PX
from screener.ui.widgets.heads import WrappingHeads
from screener.ui.widgets.mirrored import seen
from screener.ui.widgets.outline import paint_box

Index = QModelIndex | QPersistentModelIndex
WRITTEN, NOW = tr("Written as"), tr("Now")


class CaseModel(QAbstractTableModel):
    """One row a case; the last two columns are outcomes."""

    def __init__(self, table: CaseTable) -> None:
        super().__init__()
        self._table = table
        self._heads = (tr("Case"), *table.columns, WRITTEN, NOW)

    def line(self, row: int) -> CaseLine:
        return self._table.lines[row]

    def is_outcome(self, column: int) -> bool:
        return column >= len(self._heads) - 2

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._table.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._heads)

    def text(self, row: int, column: int) -> str:
        line = self._table.lines[row]
        if column == 0:
            return f"{line.name} ({line.set_apart})" if line.set_apart else line.name
        if not self.is_outcome(column):
            return line.answers[column - 1]
        if column == len(self._heads) - 2:
            return line.written
        return line.now if line.agrees else f"≠ {line.now}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self.text(index.row(), index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                at_end = index.column() in (0, len(self._heads) - 1)
                as_written = self.line(index.row()).agrees or not at_end
                said = "{head}: {text}" if as_written else tr("{head}: {text}, not as written")
                return said.format(head=self._heads[index.column()], text=text.removeprefix("≠ "))
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._heads[section] if 0 <= section < len(self._heads) else None


_PAD_PX, _DOWN_PX = 8, 7
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)


class CaseDelegate(QStyledItemDelegate):
    """Draws words that wrap, and outcomes as chips: listed on ochre, not listed outlined, not established dashed."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, box, view = current(), QRectF(option.rect), self.parent()
        assert isinstance(view, QTableView)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(t.accent_soft))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(t.line))
        model = index.model()
        assert isinstance(model, CaseModel)
        if model.is_outcome(index.column()):
            self._paint_chip(painter, view, option.rect, str(index.data()))
        else:
            painter.setPen(QColor(t.text))
            painter.setFont(option.font)
            painter.drawText(option.rect.adjusted(scaled(_PAD_PX), 0, -scaled(_PAD_PX), 0), _WRAPPED, str(index.data()))
        painter.restore()

    def _paint_chip(self, painter: QPainter, view: QTableView, cell: QRect, text: str) -> None:
        t, box, said = current(), QRectF(cell), text.removeprefix("≠ ")
        listed, open_one = said.startswith("listed"), said.startswith("not established")
        font = self._font(painter.font(), strong=listed or text != said)
        metrics = QFontMetrics(font)
        width = min(metrics.horizontalAdvance(text) + 2 * scaled(_PAD_PX), box.width() - scaled(8))
        chip = QRectF(box.left() + scaled(_PAD_PX), 0, width, metrics.height() + scaled(4))
        chip.moveTop(round(box.center().y() - chip.height() / 2))
        chip = seen(view, chip, cell)
        fill = t.review_soft if listed else t.surface
        edge = t.review if listed else t.border if open_one else t.chip
        paint_box(painter, chip, scaled(4), fill, edge, dashed=open_one)
        painter.setFont(font)
        painter.setPen(QColor(t.review if listed else t.text))
        inner = chip.adjusted(scaled(_PAD_PX) - 1, 0, -scaled(_PAD_PX) + 2, 0)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model, view, text = index.model(), self.parent(), str(index.data())
        assert isinstance(model, CaseModel) and isinstance(view, QTableView)
        if model.is_outcome(index.column()):
            metrics = QFontMetrics(self._font(view.font(), strong=True))
            width = metrics.horizontalAdvance(text) + 3 * scaled(_PAD_PX) + scaled(6)
            return QSize(width, metrics.height() + 2 * scaled(_DOWN_PX))
        room = max(scaled(40), view.columnWidth(index.column()) - 2 * scaled(_PAD_PX))
        height = view.fontMetrics().boundingRect(QRect(0, 0, room, 100_000), _WRAPPED, text).height()
        return QSize(room, height + 2 * scaled(_DOWN_PX))

    @staticmethod
    def _font(base: QFont, *, strong: bool) -> QFont:
        font = QFont(base)
        font.setPixelSize(scaled(FONT_PX["small"]))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Medium)
        return font


class CasesTable(QTableView):
    """As high as its rows: the page scrolls, not the table. Enter tries the case of the row."""

    tried = Signal(object)
    """A `CaseLine`."""

    def __init__(self, table: CaseTable) -> None:
        super().__init__()
        self.setAccessibleName(tr("Worked cases"))
        self.setAccessibleDescription(tr("Arrows move from case to case; Enter puts its answers into the fields above"))
        self._cases = CaseModel(table)
        self._cases.setParent(self)
        self.setModel(self._cases)
        self.setProperty("look", "cases")
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalHeader().hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        heads = WrappingHeads(self)
        self.setHorizontalHeader(heads)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._drawn = CaseDelegate(self)
        self.setItemDelegate(self._drawn)
        self.activated.connect(self._activate)
        self._fit()

    @property
    def cases(self) -> CaseModel:
        return self._cases

    def try_current(self) -> None:
        """Try the case of the row that is chosen; the first one where none is."""
        row = max(0, self.currentIndex().row())
        if self._cases.rowCount():
            self.tried.emit(self._cases.line(row))

    def _activate(self, index: QModelIndex) -> None:
        self.tried.emit(self._cases.line(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # At the first and last row the arrows are left to the page, which scrolls.
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.try_current()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        columns, room = self._cases.columnCount(), max(scaled(240), self.viewport().width())
        ends = [self._end_width(column) for column in (columns - 2, columns - 1)]
        most = room * 4 // 10
        if sum(ends) > most:
            ends = [most // 2, most // 2]
        rest = room - sum(ends)
        inner = columns - 2
        # The name and the answers share what is left; a single column of answers takes the larger part.
        shares = [3, *([5] if inner == 2 else [3] * (inner - 1))]
        for column, share in enumerate(shares):
            self.setColumnWidth(column, rest * share // sum(shares))
        for place, width in enumerate(ends):
            self.setColumnWidth(columns - 2 + place, width)
        self.resizeRowsToContents()
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        height += sum(self.rowHeight(row) for row in range(self._cases.rowCount()))
        self.setFixedHeight(height + 2)

    def _end_width(self, column: int) -> int:
        wide = [self.sizeHintForIndex(self._cases.index(row, column)).width() for row in range(self._cases.rowCount())]
        return max([*wide, scaled(96)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_drawn"):
            self._fit()
