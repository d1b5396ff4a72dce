"""Every rule with how often it would be listed: sorted by any column, narrowed by words; Enter leads to the rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from screener.language import tr
from screener.records.cohort.small import Shown
from screener.ui.packs.share_bar import BAR_PX, Shares, paint_shares
from screener.ui.packs.table_words import HOWS
from screener.ui.style.theme import current, scaled
from screener.ui.widgets.heads import WrappingHeads

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_PAD_PX, _ROW_PX, _HEIGHT_PX = 8, 46, 500
_WITH_BARS_PX, _WITH_KINDS_PX, _FIGURE_PX, _TITLE_PX = 150, 110, 112, 230
"""The bars give way where the titles have less room than they read well in, then the kinds: the figures stay."""
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)


class Column(IntEnum):
    """What stands in the table, from left to right."""

    TITLE = 0
    KIND = 1
    BAR = 2
    LISTED = 3
    OPEN = 4
    NOT_LISTED = 5
    NEWLY = 6
    NO_LONGER = 7
    OTHERWISE = 8


HEADS = {
    Column.TITLE: tr("Rule"),
    Column.KIND: tr("Kind"),
    Column.BAR: tr("Shares"),
    Column.LISTED: tr("Listed"),
    Column.OPEN: tr("Not established"),
    Column.NOT_LISTED: tr("Not listed"),
    Column.NEWLY: HOWS[0],
    Column.NO_LONGER: HOWS[1],
    Column.OTHERWISE: HOWS[2],
}
BY_RULE = -1
"""Sorted by the place in the pack."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule: texts and figures of its cells, in the order of the columns from LISTED on."""

    id: str
    title: str
    kind: str
    shares: Shares | None
    texts: tuple[str, ...]
    figures: tuple[Shown, ...]
    words: str
    """All that a search looks through, in one case."""


class BurdenModel(QAbstractTableModel):
    """Rules as rows. The last columns are there only where two rule sets are compared."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[RuleRow, ...] = ()
        self._columns = Column.NEWLY.value

    def show_rows(self, rows: Sequence[RuleRow], *, compared: bool) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self._columns = len(Column) if compared else Column.NEWLY.value
        self.endResetModel()

    def row(self, place: int) -> RuleRow:
        return self._rows[place]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{HEADS[column]}: {_text(row, column) or _spoken_bar(row)}"
            case Qt.ItemDataRole.UserRole:
                return _sorted_by(row, column, index.row())
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return HEADS[Column(section)] if 0 <= section < len(Column) else None


def _text(row: RuleRow, column: Column) -> str:
    match column:
        case Column.TITLE:
            return f"{row.title} ({row.id})"
        case Column.KIND:
            return row.kind
        case Column.BAR:
            return ""
        case _:
            place = column - Column.LISTED
            return row.texts[place] if place < len(row.texts) else ""


def _spoken_bar(row: RuleRow) -> str:
    return ", ".join(f"{HEADS[Column(Column.LISTED + place)]} {text}" for place, text in enumerate(row.texts[:3]))


def _sorted_by(row: RuleRow, column: Column, place: int) -> Any:
    """Hidden numbers stand between 0 and 1, all alike: their order tells nothing of them."""
    if column in (Column.TITLE, Column.KIND):
        return _text(row, column).casefold()
    figure = row.figures[0 if column is Column.BAR else column - Column.LISTED] if row.figures else None
    return 0.5 if figure is None else float(figure)


class _Narrowed(QSortFilterProxyModel):
    """Rows in which all words stand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortRole(Qt.ItemDataRole.UserRole)

    def narrow(self, words: str) -> None:
        self._words = tuple(words.casefold().split())
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, BurdenModel)
        held = model.row(source_row).words
        return all(word in held for word in self._words)


class _Drawn(QStyledItemDelegate):
    """Words on one line, cut where they have no room; the shares as a bar."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, box = current(), QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(t.accent_soft))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(t.line))
        inner = option.rect.adjusted(scaled(_PAD_PX), 0, -scaled(_PAD_PX), 0)
        if index.column() == Column.BAR:
            view = self.parent()
            assert isinstance(view, BurdenTable)
            shares = view.row_at(index.row()).shares
            if shares is not None:
                height = scaled(BAR_PX - 2)
                top = round(inner.center().y() - height / 2)
                bar = QRectF(inner.left(), top, inner.width(), height)
                paint_shares(painter, bar, shares, option.direction)
        else:
            painter.setPen(QColor(t.text if index.column() != Column.KIND else t.muted))
            painter.setFont(option.font)
            painter.drawText(inner, _WRAPPED, _cut(str(index.data()), painter.fontMetrics(), inner.width()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(scaled(60), scaled(_ROW_PX))


def _cut(text: str, metrics: QFontMetrics, room: int) -> str:
    """What two lines have room for: the tip holds the whole."""
    box = QRect(0, 0, room, 100_000)
    if metrics.boundingRect(box, _WRAPPED, text).height() <= 2 * metrics.lineSpacing() + 1:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room * 1.7))


class BurdenTable(QTableView):
    """Arrows move, Enter opens the rule, a press on a head sorts by it; it scrolls in itself."""

    opened = Signal(str)
    sorted_by = Signal(int)
    """A head was pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(tr("Arrows move from rule to rule; Enter opens the rule"))
        self._all, self._shown = BurdenModel(self), _Narrowed(self)
        self._shown.setSourceModel(self._all)
        self.setModel(self._shown)
        self._drawn = _Drawn(self)
        self.setItemDelegate(self._drawn)
        self.setProperty("look", "cases")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        heads = WrappingHeads(self)
        self.setHorizontalHeader(heads)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(True)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.sectionClicked.connect(self.sorted_by)
        self.activated.connect(self._activate)

    def show_rows(self, rows: Sequence[RuleRow], *, compared: bool) -> None:
        """Show these rules."""
        self._all.show_rows(rows, compared=compared)
        self._fit()
        if self._shown.rowCount():
            self.setCurrentIndex(self._shown.index(0, 0))

    def narrow(self, words: str) -> None:
        """Leave the rules in which all these words stand."""
        self._shown.narrow(words)
        self._fit()

    def sort_by(self, column: int) -> None:
        """Words from A on, figures from the largest down; BY_RULE: as in the pack."""
        words = column in (Column.TITLE, Column.KIND)
        self._shown.sort(column, Qt.SortOrder.AscendingOrder if words or column < 0 else Qt.SortOrder.DescendingOrder)

    def row_at(self, place: int) -> RuleRow:
        """The rule of a row as it is shown now."""
        return self._all.row(self._shown.mapToSource(self._shown.index(place, 0)).row())

    @property
    def left(self) -> int:
        return self._shown.rowCount()

    def _activate(self, index: QModelIndex) -> None:
        self.opened.emit(self.row_at(index.row()).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _fit(self) -> None:
        room = max(scaled(300), self.viewport().width())
        figures = self._all.columnCount() - Column.LISTED
        least = scaled(_TITLE_PX) + figures * scaled(_FIGURE_PX)
        widths = {Column.BAR: scaled(_WITH_BARS_PX), Column.KIND: scaled(_WITH_KINDS_PX)}
        kinds = room >= least + widths[Column.KIND]
        bars = room >= least + widths[Column.KIND] + widths[Column.BAR]
        self.setColumnHidden(Column.KIND, not kinds)
        self.setColumnHidden(Column.BAR, not bars)
        rest = room
        for column in range(1, self._all.columnCount()):
            if not self.isColumnHidden(column):
                width = widths.get(Column(column), scaled(_FIGURE_PX))
                self.setColumnWidth(column, width)
                rest -= width
        self.setColumnWidth(Column.TITLE, max(scaled(_TITLE_PX), rest))
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW_PX))
        height = self.horizontalHeader().sizeHint().height() + scaled(_ROW_PX) * max(1, self.left) + scaled(18)
        self.setFixedHeight(min(height, scaled(_HEIGHT_PX)))
