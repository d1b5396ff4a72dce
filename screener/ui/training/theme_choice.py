"""The themes that a story comes to, to go to one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.widgets.controls import label


class ThemeChoice(QWidget):
    """A list with the step at which the story comes to each theme. Enter goes there, Esc leaves everything as it is."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, themes: Sequence[tuple[str, str]], now: str) -> None:
        """`themes`: each with what it is called here."""
        super().__init__()
        self.setProperty("look", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Themes of the story"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(tr("Themes of the story"), "large", wrap=True))
        lead = tr("Enter goes there: everything before it is told, nothing after it. Esc stays here.")
        column.addWidget(label(lead, "muted", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Themes of the story"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for theme, text in themes:
            line = QListWidgetItem(text)
            line.setData(Qt.ItemDataRole.UserRole, theme)
            self.list.addItem(line)
            if theme == now:
                self.list.setCurrentItem(line)
        if self.list.currentItem() is None and themes:
            self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self._activated)
        self.list.installEventFilter(self)
        column.addWidget(self.list, 1)

    def _activated(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            current, typed = self.list.currentItem(), event.type() == QEvent.Type.KeyPress
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and typed and current is not None:
                self._activated(current)
                return True
            if event.key() == Qt.Key.Key_Escape and typed:
                self.closed.emit()
                return True
            if not typed and event.text().isprintable() and event.text().strip():
                event.accept()  # a letter looks for a theme here
                return True
        return super().eventFilter(watched, event)
