"""Surfaces: cards, scrolling pages, hairlines. The layouts and messages that stand on them are gathered here too."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from screener.ui.style.theme import scaled
from screener.ui.widgets.flow import FlowLayout
from screener.ui.widgets.messages import Banner, EmptyState, Notice, StripedBanner

__all__ = [
    "KEPT_TOGETHER",
    "Banner",
    "Card",
    "EmptyState",
    "FlowLayout",
    "Halves",
    "Notice",
    "ScrollPage",
    "StripedBanner",
    "clear",
    "hairline",
    "plain",
]


class Card(QFrame):
    """A rounded surface with padding; `body` is its column."""

    def __init__(self, look: str = "card", parent: QWidget | None = None, *, padding_px: int = 16) -> None:
        super().__init__(parent)
        self.setProperty("look", look)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding_px, padding_px - 2, padding_px, padding_px - 2)
        self.body.setSpacing(8)
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


def page_around(part: QWidget) -> QScrollArea | None:
    """What a part of a page scrolls with; None where nothing scrolls."""
    holder = part.parentWidget()
    while holder is not None and not isinstance(holder, QScrollArea):
        holder = holder.parentWidget()
    return holder


KEPT_TOGETHER = "kept-together"
"""The property of a part of a page that is read as a whole: it comes into view with what has the keyboard in it."""


class ScrollPage(QScrollArea):
    """A page that scrolls, as wide as reads well, and brings what has focus into view."""

    scrolled = Signal()
    """Somebody scrolls it, by the wheel, the bar or the keys of pages."""

    def __init__(
        self,
        look: str = "page",
        max_width_px: int = 860,
        margin_px: int = 32,
        parent: QWidget | None = None,
        *,
        centred: bool = False,
    ) -> None:
        super().__init__(parent)
        self._max_width, self._margin = max_width_px, margin_px
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", look)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._outer = plain(f"{look}-body")
        row = QHBoxLayout(self._outer)
        row.setContentsMargins(margin_px, max(margin_px - 8, 8), margin_px, margin_px)
        self._sides = row
        self.inner = QWidget()
        self.body = QVBoxLayout(self.inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.inner.setMaximumWidth(scaled(max_width_px))
        # Both ends give way before the text does: it keeps the width that reads well.
        row.addStretch(1 if centred else 0)
        row.addWidget(self.inner, 1000)
        row.addStretch(1)
        self.setWidget(self._outer)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        self._came: QWidget | None = None
        """What the keyboard came to last, until somebody scrolls."""
        self.verticalScrollBar().rangeChanged.connect(self._follow_soon)
        self.verticalScrollBar().actionTriggered.connect(self._let_go)

    def set_sides(self, margin_px: int) -> None:
        """So much stays free at the left and at the right of what scrolls."""
        margins = self._sides.contentsMargins()
        self._sides.setContentsMargins(margin_px, margins.top(), margin_px, margins.bottom())

    @property
    def least_width(self) -> int:
        """The width below which it scrolls sideways, in pixels."""
        return self._outer.minimumSizeHint().width()

    @property
    def follows(self) -> bool:
        """Nobody has scrolled since the keyboard came to where it is."""
        return self._came is not None

    def follow_keyboard(self) -> None:
        """Bring what has the keyboard into view, where it stands now."""
        self._follow(None, QApplication.focusWidget())

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.inner.isAncestorOf(now):
            return
        if now.height() < self.viewport().height():
            self.ensureWidgetVisible(now, 20, scaled(72))
        else:  # what is taller than the page is read from its beginning
            self.verticalScrollBar().setValue(now.mapTo(self._outer, QPoint(0, 0)).y() - scaled(20))
        # Not while a button of the mouse is down: what is pressed stays below it.
        self._came = now if QApplication.mouseButtons() == Qt.MouseButton.NoButton else None
        self._follow_soon()

    def _follow_soon(self) -> None:
        """What is new on a page has its place, and what stands in it its own, only then."""
        QTimer.singleShot(0, self, self._follow_whole)

    def _let_go(self) -> None:
        """Somebody scrolls: what has the keyboard no longer draws the page to it."""
        self._came = None
        self.scrolled.emit()

    def bring_into_view(self, part: QWidget) -> None:
        """Have a part of the page in view, whole where it fits."""
        self.ensureWidgetVisible(part, 0, scaled(20))

    def _follow_whole(self) -> None:
        """What the keyboard came to, once it has its place: into view with the part of the page that belongs to it."""
        now = QApplication.focusWidget()
        if now is None or now is not self._came or not self.inner.isAncestorOf(now):
            return
        part: QWidget | None = now
        while part is not None and part is not self.inner and not part.property(KEPT_TOGETHER):
            part = part.parentWidget()
        if part is not None and part is not self.inner and part.height() + 2 * scaled(20) < self.viewport().height():
            self.ensureWidgetVisible(part, 0, scaled(20))
        elif now.visibleRegion().boundingRect() != now.rect():
            self.ensureWidgetVisible(now, 0, scaled(20))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._let_go()
        super().wheelEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.inner.setMaximumWidth(scaled(self._max_width))
        super().changeEvent(event)


class Halves(QWidget):
    """Two parts side by side, or one below the other where they have less room than they read well in.

    `shares`: how the width is divided between them.
    """

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        from_px: int = 620,
        parent: QWidget | None = None,
        *,
        shares: tuple[int, int] = (1, 1),
    ) -> None:
        super().__init__(parent)
        self._from_px = from_px
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._shares = shares
        self._row.addWidget(first)
        self._row.addWidget(second)
        self._share(beside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= scaled(self._from_px)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self._share(beside=beside)
        super().resizeEvent(event)

    def _share(self, *, beside: bool) -> None:
        for place, share in enumerate(self._shares):
            self._row.setStretch(place, share if beside else 1)

    def minimumSizeHint(self) -> QSize:
        # As narrow as the wider of the two: below that they stand one under the other.
        items = [item for item in (self._row.itemAt(0), self._row.itemAt(1)) if item is not None]
        return QSize(max(item.minimumSize().width() for item in items), super().minimumSizeHint().height())


def take_out(layout: QLayout, widget: QWidget) -> None:
    """Take one widget out of a layout; it is hidden at once and deleted later."""
    layout.removeWidget(widget)
    _let_go(widget)


def _let_go(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; widgets are hidden at once and deleted later."""
    for widget in _taken_out(layout):
        _let_go(widget)


def put_away(layout: QLayout) -> None:
    """As `clear`, for a page full of widgets in front of somebody: the next page is painted first.

    Until then the hidden widgets keep their parent: to take them from it costs as much as to make the next page.
    """
    for widget in _taken_out(layout):
        widget.hide()
        widget.deleteLater()


def _taken_out(layout: QLayout) -> Iterator[QWidget]:
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _taken_out(inner)
