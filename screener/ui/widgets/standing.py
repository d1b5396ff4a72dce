"""The line at the foot of every screen: pack, how much of it was re-read, and what the list is not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from screener.ui.widgets.text import WrapLabel


class StandingLine(QWidget):
    """One line, or two where there is no room for one: no word of it is ever cut."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        self._text = WrapLabel(text, "small")
        row.addWidget(self._text, 1)
        self.setAccessibleName(text)

    def show_text(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)

    def say_for_now(self, text: str) -> None:
        """Paint this in its place before anything else is done; a screen reader goes on with the line itself."""
        self._text.setText(text)
        self.repaint()

    def say_no_more(self) -> None:
        """The line itself again, unless another one was shown meanwhile."""
        if self._text.text() != self.accessibleName():
            self._text.setText(self.accessibleName())
