"""Pages one below the other at their real proportions, drawn where they are in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImageReader, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.style.theme import current, scaled
from screener.ui.widgets.layout import clear, plain

Fit = Literal["width", "page"]
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Shares of the real size."""
WIDEST = 1.25
"""As far as a page grows by itself to fill the width."""
_MARGIN_PX, _GAP_PX = 24, 18
_AT_HAND = 6
"""Pages whose pictures are kept ready; all others are kept as they came."""
_POINTS_PER_INCH = 72


class Sheet(QLabel):
    """One page of a document."""

    def __init__(self, view: PagesView, place: int, name: str) -> None:
        super().__init__()
        self._view, self._place = view, place
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._view.picture(self._place))
        painter.setPen(QColor(current().border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PagesView(QScrollArea):
    """The pages of one document. Page Down and Page Up go through them, and stop at each one's beginning."""

    turned = Signal(int, int)
    """(the page that is in sight, how many there are)"""
    zoomed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", "page")
        self._body = plain("page-body")
        self._column = QVBoxLayout(self._body)
        margin = scaled(_MARGIN_PX)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(scaled(_GAP_PX))
        self.setWidget(self._body)
        self._pages: Sequence[bytes] = ()
        self._sheets: list[Sheet] = []
        self._ready: dict[int, QPixmap] = {}
        self._points = QSize(595, 842)
        self._fit: Fit | None = "width"
        self._zoom = 1.0
        self._ppi = 0.0
        self._last_said = 0
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # What is shown

    def show_pages(self, pages: Sequence[bytes], ppi: float, name: str, above: QWidget | None = None) -> None:
        """Show pages that were set at a resolution. `above`: what stands before the first of them."""
        at = self.current if len(pages) == len(self._pages) else 1
        self._pages, self._ppi, self._ready = pages, ppi, {}
        self._points = _size_in_points(pages[0], ppi) if pages else self._points
        clear(self._column)
        self._sheets = []
        if above is not None:
            self._column.addWidget(above)
        for place in range(len(pages)):
            sheet = Sheet(
                self, place, tr("{name}, page {place} of {count}").format(name=name, place=place + 1, count=len(pages))
            )
            self._sheets.append(sheet)
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._last_said = 0
        self._lay_out()
        if at > 1:
            QTimer.singleShot(0, self, lambda: self.go_to(at))

    def sharpen(self, pages: Sequence[bytes], ppi: float) -> None:
        """The same pages at another resolution; what is in sight stays where it is."""
        self._pages, self._ppi, self._ready = pages, ppi, {}
        for sheet in self._sheets:
            sheet.update()

    def show_widget(self, widget: QWidget) -> None:
        """Show something in place of pages: that they are being set, or what went wrong."""
        self._pages, self._sheets, self._ready = (), [], {}
        clear(self._column)
        self._column.addWidget(widget)
        self._column.addStretch(1)

    def add_widget(self, widget: QWidget) -> None:
        """Put something below what is shown."""
        self._column.insertWidget(self._column.count() - 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def picture(self, place: int) -> QPixmap:
        """The picture of a page; of those not in sight for long it is made anew."""
        found = self._ready.pop(place, None)
        if found is None:
            found = QPixmap()
            found.loadFromData(self._pages[place], "PNG")
        self._ready[place] = found
        while len(self._ready) > _AT_HAND:
            self._ready.pop(next(iter(self._ready)))
        return found

    # How large

    @property
    def zoom(self) -> float:
        """The share of the real size that is shown."""
        return self._zoom

    @property
    def wanted_ppi(self) -> float:
        """The resolution at which the pages are sharp as they are shown now."""
        return self._zoom * self.logicalDpiX() * self.devicePixelRatioF()

    @property
    def ppi(self) -> float:
        """The resolution that they were set at."""
        return self._ppi

    def fit(self, how: Fit) -> None:
        """Show the whole width of a page, or the whole of it, also when the window changes its size."""
        self._fit = how
        self._keeping_place(self._lay_out)
        if how == "page":
            self.go_to(self.current)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller, to the next of the usual sizes."""
        if steps > 0:
            wanted = next((zoom for zoom in ZOOMS if zoom > self._zoom + 0.01), ZOOMS[-1])
        else:
            wanted = next((zoom for zoom in reversed(ZOOMS) if zoom < self._zoom - 0.01), ZOOMS[0])
        self._fit, self._zoom = None, wanted
        self._keeping_place(self._lay_out)

    def _lay_out(self) -> None:
        real = self._points.toSizeF() * (self.logicalDpiX() / _POINTS_PER_INCH)
        margins = 2 * scaled(_MARGIN_PX)
        room = self.viewport().size() - QSize(margins, margins)
        if self._fit is not None and real.width() > 0:
            across = max(room.width(), 100) / real.width()
            down = max(room.height(), 100) / real.height()
            self._zoom = min(across, WIDEST) if self._fit == "width" else min(across, down)
        size = (real * self._zoom).toSize()
        for sheet in self._sheets:
            sheet.setFixedSize(size)
        self.zoomed.emit()
        QTimer.singleShot(0, self, self._scrolled)

    def _keeping_place(self, change: object) -> None:
        """The page that is in sight stays in sight, as far down as it was."""
        assert callable(change)
        at = self.current
        before = self._sheets[at - 1].geometry() if self._sheets else QRect()
        share = (self.verticalScrollBar().value() - before.top()) / before.height() if before.height() else 0.0
        change()
        if self._sheets:
            self._column.activate()
            # Not by adjustSize: a card above the pages would stand on one line, wider than the view.
            least = self._column.totalMinimumSize()
            width = max(least.width(), self.viewport().width())
            height = self._column.minimumHeightForWidth(width) if self._column.hasHeightForWidth() else least.height()
            self._body.resize(width, max(height, self.viewport().height()))
            after = self._sheets[at - 1].geometry()
            self.verticalScrollBar().setValue(round(after.top() + share * after.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fit is not None and self._sheets:
            self._keeping_place(self._lay_out)

    # Where one is

    @property
    def many(self) -> int:
        return len(self._sheets)

    @property
    def current(self) -> int:
        """The number of the page that takes most of the view."""
        top, height = self.verticalScrollBar().value(), self.viewport().height()
        seen = QRect(0, top, 1, height)
        shares = [_overlap(seen, sheet.geometry()) for sheet in self._sheets]
        return shares.index(max(shares)) + 1 if shares else 1

    def go_to(self, page: int) -> None:
        """Bring the beginning of a page into view; the nearest one where there is no such page."""
        if not self._sheets:
            return
        page = min(max(page, 1), self.many)
        top = 0 if page == 1 else self._sheets[page - 1].geometry().top() - scaled(_GAP_PX) // 2
        self.verticalScrollBar().setValue(top)

    def step(self, by: int) -> None:
        """One page on or back; of a page that is higher than the view, first what is not seen of it yet."""
        if not self._sheets:
            return
        bar, sheet = self.verticalScrollBar(), self._sheets[self.current - 1].geometry()
        top, height, gap = bar.value(), self.viewport().height(), scaled(_GAP_PX)
        if by > 0 and sheet.bottom() > top + height + gap:
            bar.setValue(min(top + height - 2 * gap, sheet.bottom() - height + gap))
        elif by < 0 and sheet.top() < top - gap:
            bar.setValue(max(top - height + 2 * gap, sheet.top() - gap // 2))
        else:
            self.go_to(self.current + by)

    def _scrolled(self) -> None:
        if self._sheets and self.current != self._last_said:
            self._last_said = self.current
            self.turned.emit(self.current, self.many)


def _overlap(seen: QRect, page: QRect) -> int:
    return max(0, min(seen.bottom(), page.bottom()) - max(seen.top(), page.top()))


def _size_in_points(png: bytes, ppi: float) -> QSize:
    buffer = QBuffer()
    buffer.setData(QByteArray(png))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    return (QImageReader(buffer, QByteArray(b"png")).size().toSizeF() * (_POINTS_PER_INCH / ppi)).toSize()
