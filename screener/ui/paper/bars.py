"""The bars above a document: with large text they scroll in themselves, so that the paper keeps its room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from screener.ui.widgets.layout import plain

_SHARE = 3
"""The bars take no more than one part of so many of the page's height."""


class Bars(QScrollArea):
    """Bars one below the other, as high as they are, or as high as they may be."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = plain("bar")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setWidget(self._inner)
        self._inner.installEventFilter(self)
        page.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def add(self, bar: QWidget) -> None:
        """Put a bar below the others."""
        self._column.addWidget(bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        whose = QEvent.Type.LayoutRequest if watched is self._inner else QEvent.Type.Resize
        if event.type() == whose:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted, most = self._inner.heightForWidth(self.width()), self._page.height() // _SHARE
        self.setFixedHeight(min(wanted, most))

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._inner.isAncestorOf(now):
            return
        top = now.mapTo(self._inner, QPoint(0, 0)).y()
        self.ensureVisible(0, top, 0, 0)
        self.ensureVisible(0, top + now.height(), 0, 8)
