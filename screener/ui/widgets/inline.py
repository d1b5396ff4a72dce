"""Fields that read as text until somebody wants to change them: as wide as what they hold, framed on focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QWidget

from screener.ui.style.theme import scaled

_LEAST_PX, _MOST_PX, _ROOM_PX = 56, 260, 24


class InlineLine(QLineEdit):
    """One line of text inside a strip, named for a screen reader; its placeholder stands where it is empty."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "inline")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Show a value, unless it is being typed into."""
        if not self.hasFocus() and self.text() != text:
            with QSignalBlocker(self):
                self.setText(text)
            self.setCursorPosition(0)
            self._fit()

    def _fit(self) -> None:
        self.setToolTip(self.text() if self._wanted() > scaled(_MOST_PX) else "")
        self.updateGeometry()

    def _wanted(self) -> int:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font).horizontalAdvance(self.text() or self.placeholderText()) + scaled(_ROOM_PX)

    def sizeHint(self) -> QSize:
        width = min(max(self._wanted(), scaled(_LEAST_PX)), scaled(_MOST_PX))
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(_LEAST_PX), super().minimumSizeHint().height())


class InlineChoice(InlineLine):
    """An inline line that offers what is usual as it is typed; anything else may be said as well."""

    said = Signal(str)

    def __init__(self, name: str, options: Sequence[str], placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        offered = QCompleter([option for option in options if option], self)
        offered.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(offered)
        self.setAccessibleDescription("Down offers: " + ", ".join(option for option in options if option))
        self._last = ""
        self.editingFinished.connect(self._left)
        offered.activated.connect(self._picked)

    def show_text(self, text: str) -> None:
        self._last = text
        super().show_text(text)

    def _picked(self, text: str) -> None:
        self.setText(text)
        self._left()

    def _left(self) -> None:
        text = self.text().strip()
        if text != self._last:
            self._last = text
            self.said.emit(text)
