"""Text as it stands in a file: monospaced, to be marked and copied, never changed here."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from screener.ui.style.theme import scaled

_FONT_PX, _MOST_LINES, _LEAST_LINES = 13, 14, 2


class CodeBox(QPlainTextEdit):
    """As high as its text up to some lines, and scrolled beyond. Tab leaves it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setProperty("look", "code")
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()

    def show_text(self, text: str) -> None:
        """Show a text from its first line."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self._fit()

    def _dress(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(scaled(_FONT_PX))
        font.setWeight(QFont.Weight.Normal)
        self.document().setDefaultFont(font)
        self._fit()

    def _fit(self) -> None:
        lines = min(max(self.blockCount(), _LEAST_LINES), _MOST_LINES)
        line = QFontMetrics(self.document().defaultFont()).lineSpacing()
        self.setFixedHeight(lines * line + scaled(30))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()
