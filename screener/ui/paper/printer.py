"""Pages through the system's own print dialog; nothing is written to disk on the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from screener.exchange.pdf import Paper

_SIZES = {"a4": QPageSize.PageSizeId.A4, "us-letter": QPageSize.PageSizeId.Letter}


def ask_printer(parent: QWidget, title: str, paper: Paper, many: int) -> QPrinter | None:
    """Ask for a printer, for pages of this paper; None where the person went back."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    # The margins are those of the pages themselves.
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.setMinMax(1, many)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
    return printer if dialog.exec() else None


def pages_wanted(printer: QPrinter, many: int) -> range:
    """The pages that were asked for in the dialog, counted from 0."""
    if printer.printRange() != QPrinter.PrintRange.PageRange or not printer.fromPage():
        return range(many)
    return range(printer.fromPage() - 1, min(printer.toPage() or many, many))


class PrintRun(QObject):
    """Hands pages to a printer, one at a time, so that the window stays awake."""

    at_page = Signal(int, int)
    """(how many were handed over, how many there are)"""
    done = Signal()
    failed = Signal()

    def __init__(self, printer: QPrinter, pages: Sequence[bytes], parent: QObject) -> None:
        super().__init__(parent)
        self._printer, self._pages, self._at = printer, pages, 0
        self._painter = QPainter()
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._next)

    def begin(self) -> None:
        if not self._pages or not self._painter.begin(self._printer):
            self.failed.emit()
            return
        self._turn.start()

    def stop(self) -> None:
        """Leave off: what was not handed over is not printed."""
        if self._painter.isActive():
            self._turn.stop()
            self._printer.abort()
            self._painter.end()

    def _next(self) -> None:
        if self._at and not self._printer.newPage():
            self.stop()
            self.failed.emit()
            return
        self._draw(self._pages[self._at])
        self._at += 1
        self.at_page.emit(self._at, len(self._pages))
        if self._at == len(self._pages):
            self._turn.stop()
            self._painter.end()
            self.done.emit()

    def _draw(self, png: bytes) -> None:
        """A page on a sheet: whole and in its proportions, also where another paper was chosen in the dialog."""
        picture = QImage.fromData(png)
        sheet = QRectF(self._painter.viewport())
        size = picture.size().toSizeF().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = sheet.center()
        box = QRectF(at.x() - size.width() / 2, at.y() - size.height() / 2, size.width(), size.height())
        self._painter.drawImage(box, picture)
