"""A document on the clipboard, as text and as HTML: the other system's note takes what it can."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from screener.records.document import Document


def copy_document(document: Document) -> None:
    """Put it there in both forms; what is pasted as text is the chart text as ever."""
    from screener.exchange.html import render_html
    from screener.exchange.plain import render_text

    both = QMimeData()
    both.setText(render_text(document))
    both.setHtml(render_html(document))
    QGuiApplication.clipboard().setMimeData(both)
