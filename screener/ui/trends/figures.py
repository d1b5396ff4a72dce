"""The figures of a trend as a table: a model with named columns, and a view that is as high as what it holds."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from screener.language import tr
from screener.records.trends import Trend
from screener.ui.style.theme import scaled

Index = QModelIndex | QPersistentModelIndex
MOST_ROWS = 10
"""Rows that are in sight at once, where nothing else is said; more of them scroll."""
_NOWHERE = QModelIndex()


class FiguresModel(QAbstractTableModel):
    """The rows of one trend, as text."""

    def __init__(self, trend: Trend) -> None:
        super().__init__()
        self._trend = trend

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._trend.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._trend.header)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._trend.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{self._trend.header[index.column()]}: {text or tr('nothing')}" if role != 3 else text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        # The unit stands in the title above the table, which nobody hears who goes through its cells.
        heard = role == Qt.ItemDataRole.AccessibleTextRole
        unit = f" ({self._trend.unit})" if heard and section >= 2 and self._trend.unit else ""
        return f"{self._trend.header[section]}{unit}"


class FiguresTable(QTableView):
    """Arrows go through its cells; Tab goes on to what comes after it. Letters are the page's."""

    def __init__(self, trend: Trend, most_rows: int = MOST_ROWS) -> None:
        super().__init__()
        self._most_rows = most_rows
        self._figures = FiguresModel(trend)
        self._figures.setParent(self)
        self.setModel(self._figures)
        self.setAccessibleName(tr("Figures: {title}").format(title=trend.title))
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(len(trend.header) - 1, QHeaderView.ResizeMode.Stretch)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        self.setCurrentIndex(self._figures.index(0, 0))
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to as many as are in sight at once."""
        self.verticalHeader().setDefaultSectionSize(scaled(32))
        rows = min(self._figures.rowCount(), self._most_rows)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * scaled(32) + scaled(14))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text():
            event.ignore()  # a table of Qt would look for a cell that begins with it
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The last column takes what is left over; where that is less than its words the table scrolls sideways."""
        super().resizeEvent(event)
        across, last = self.horizontalHeader(), self._figures.columnCount() - 1
        others = sum(across.sectionSize(column) for column in range(last))
        wanted = others + max(across.sectionSizeHint(last), self.sizeHintForColumn(last))
        modes = QHeaderView.ResizeMode
        across.setSectionResizeMode(last, modes.Stretch if wanted <= event.size().width() else modes.ResizeToContents)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(180), self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
