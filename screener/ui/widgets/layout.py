"""Surfaces and layouts: cards, scrolling pages, wrapping rows, notices, banners, empty states."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from screener.ui.style.theme import current, scaled
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.marks import Mark


class Card(QFrame):
    """A rounded surface with padding; `body` is its column."""

    def __init__(self, look: str = "card", parent: QWidget | None = None, *, padding_px: int = 16) -> None:
        super().__init__(parent)
        self.setProperty("look", look)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding_px, padding_px - 2, padding_px, padding_px - 2)
        self.body.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


def plain(look: str = "", parent: QWidget | None = None) -> QWidget:
    """A bare widget that paints the background its `look` names."""
    made = QWidget(parent)
    if look:
        made.setProperty("look", look)
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def hairline() -> QFrame:
    """A line between things."""
    made = QFrame()
    made.setProperty("look", "line")
    return made


class ScrollPage(QScrollArea):
    """A page that scrolls, as wide as reads well, and brings what has focus into view."""

    def __init__(
        self, look: str = "page", max_width_px: int = 860, margin_px: int = 32, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._max_width, self._margin = max_width_px, margin_px
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", look)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._outer = plain(f"{look}-body")
        row = QHBoxLayout(self._outer)
        row.setContentsMargins(margin_px, margin_px - 8, margin_px, margin_px)
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self._inner.setMaximumWidth(scaled(max_width_px))
        row.addWidget(self._inner, 1)
        row.addStretch(0)
        self.setWidget(self._outer)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 20, scaled(72))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._inner.setMaximumWidth(scaled(self._max_width))
        super().changeEvent(event)


class FlowLayout(QLayout):
    """Lays widgets out in rows that wrap."""

    def __init__(self, parent: QWidget | None = None, *, gap_px: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self._gap = gap_px

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, only_measure=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, only_measure: bool) -> int:
        x, y, row_height = rect.x(), rect.y(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint()
            if x + hint.width() > rect.right() + 1 and row_height:
                x, y, row_height = rect.x(), y + row_height + self._gap, 0
            if not only_measure:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(hint.width(), rect.width()), hint.height())))
            x += hint.width() + self._gap
            row_height = max(row_height, hint.height())
        return y + row_height - rect.y()


class Notice(QFrame):
    """A calm message in its place, with what to do next. `doubt` carries the check mark, `info` none."""

    def __init__(self, text: str = "", kind: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice" if kind == "doubt" else "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        if kind == "doubt":
            row.addWidget(Mark("check", 12), 0, Qt.AlignmentFlag.AlignTop)
        self._label = label(text, wrap=True)
        row.addWidget(self._label, 1)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Say something, or nothing: then the notice is gone."""
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class EmptyState(QWidget):
    """What stands where nothing is yet: a line, and the way to begin."""

    def __init__(
        self, title: str, text: str, button: ActionButton | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(6)
        for said, level in ((title, "large"), (text, "muted")):
            made = label(said, level, wrap=True)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(made)
        if button is not None:
            column.addSpacing(8)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)


class StripedBanner(QWidget):
    """The standing banner over everything made-up: striped, so that it is told by more than colour."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, scaled(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current().stripe_one))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().stripe_two))
        step, height = 28, self.height()
        for x in range(-height, self.width() + step, step):
            stripe = [
                QPoint(x, height),
                QPoint(x + height, 0),
                QPoint(x + height + step // 2, 0),
                QPoint(x + step // 2, height),
            ]
            painter.drawPolygon(QPolygon(stripe))
        font = self.font()
        font.setBold(True)
        font.setPixelSize(scaled(12))
        painter.setFont(font)
        painter.setPen(QColor(current().on_stripe))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; widgets are hidden at once and deleted later."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
