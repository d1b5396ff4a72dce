"""The main window: shows one page at a time and remembers its size. It knows no question, no flag and no record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from screener.ui.widgets.controls import label


class MainWindow(QMainWindow):
    """Holds pages. Closing asks `may_close` first; it is closed for good once the answer is True."""

    painted = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self.setWindowTitle("Screener")
        self.setMinimumSize(900, 600)
        self.resize(1440, 900)
        geometry = settings.value("window/geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.may_close: Callable[[], bool] = lambda: True
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._seen = False
        self.show_page(_Waiting())

    @property
    def page(self) -> QWidget:
        current = self._stack.currentWidget()
        assert current is not None
        return current

    def show_page(self, page: QWidget, *, keep: bool = False) -> None:
        """Show a page; the one before goes, unless it is kept by its owner."""
        old = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not None and old is not page and not keep:
            self._stack.removeWidget(old)
            old.deleteLater()
        focus = getattr(page, "focus_first", None)
        if callable(focus):
            QTimer.singleShot(0, page, focus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self._settings.setValue("window/geometry", self.saveGeometry())
        event.accept()


class _Waiting(QWidget):
    """What stands for the moment before the content is read."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        made: QLabel = label("Screener", "page")
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(made)
