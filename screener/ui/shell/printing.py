"""A few lines on paper, through the system's own print dialog; nothing is written to disk on the way."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def print_lines(parent: QWidget, title: str, lines: Sequence[str]) -> bool:
    """Ask for a printer and print; False where the person went back or there is no printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if not dialog.exec():
        return False
    set_lines(title, lines).print_(printer)
    return True


def set_lines(title: str, lines: Sequence[str]) -> QTextDocument:
    """The page that is printed: a title, and each line as a paragraph."""
    page = QTextDocument()
    body = "".join(f"<p style='font-size: 13pt'>{escape(line)}</p>" for line in lines)
    page.setHtml(f"<h2>{escape(title)}</h2>{body}")
    return page
