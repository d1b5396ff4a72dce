"""A list within a page that scrolls by itself where it is longer than the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from screener.ui.style.theme import scaled
from screener.ui.widgets.layout import ScrollPage, page_around

_WIDEST_PX = 1180
_AROUND_PX, _LEAST_PX = 56, 120
"""What stays free of the page around it, and how high it is at least."""


class Bounded(ScrollPage):
    """As high as what stands in it, or as the page around it has room for beside what belongs with it."""

    def __init__(self, beside: QWidget) -> None:
        """`beside`: what stands above it, and is seen together with it."""
        super().__init__("surface", _WIDEST_PX, 0)
        self._beside = beside
        self._page: QScrollArea | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Take the height that it needs now, if there is room for it."""
        if self._page is None:
            self._page = page_around(self)
            if self._page is not None:
                self._page.viewport().installEventFilter(self)
        inner = self.widget()
        layout = inner.layout() if inner is not None else None
        if layout is None or self._page is None:
            return
        wanted = layout.totalHeightForWidth(self.viewport().width()) if layout.hasHeightForWidth() else -1
        wanted = max(wanted, layout.totalMinimumSize().height())
        room = self._page.viewport().height() - self._beside.height() - scaled(_AROUND_PX)
        self.setFixedHeight(min(wanted, max(room, scaled(_LEAST_PX))))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
