"""Fields that read as text until somebody wants to change them: as wide as what they hold, framed on focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QFont, QFontMetrics, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from screener.language import WINDOW, tr
from screener.places import resources_folder
from screener.ui.style.theme import current, scaled
from screener.ui.style.tokens import contrast

_LEAST_PX, _MOST_PX, _ROOM_PX, _ARROW_PX = 56, 420, 24, 24


class InlineLine(QLineEdit):
    """One line of text inside a strip, named for a screen reader; its placeholder stands where it is empty."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "inline")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        self.editingFinished.connect(self._finished)

    def _finished(self) -> None:
        """What stands there now is said: nothing is being typed any more, though the keyboard may still be here."""
        self.setModified(False)

    def show_text(self, text: str) -> None:
        """Show a value, unless it is being typed into."""
        if not (self.hasFocus() and self.isModified()) and self.text() != text:
            with QSignalBlocker(self):
                self.setText(text)
            self.setCursorPosition(0)
            self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # What is too long is read from its beginning.
        self.setCursorPosition(0)

    def _fit(self) -> None:
        self.setToolTip(self.text() if self._wanted() > scaled(_MOST_PX) else "")
        self.updateGeometry()

    def _wanted(self) -> int:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        arrow = scaled(_ARROW_PX) if self.actions() else 0
        return QFontMetrics(font).horizontalAdvance(self.text() or self.placeholderText()) + scaled(_ROOM_PX) + arrow

    def sizeHint(self) -> QSize:
        width = min(max(self._wanted(), scaled(_LEAST_PX)), scaled(_MOST_PX))
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(_LEAST_PX), super().minimumSizeHint().height())


class InlineChoice(InlineLine):
    """An inline line with a list of what is usual behind it: Down or its arrow opens it. Anything else may be said.

    `options` are given, and `said`, as they are kept; the line shows them in the language of the window.
    """

    said = Signal(str)

    def __init__(self, name: str, options: Sequence[str], placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        self._shown = {option: WINDOW.word(option) for option in options if option}
        self._last = ""
        self._ground = current().surface
        """What the arrow is drawn for."""
        offered = ", ".join(self._shown.values())
        self.setAccessibleDescription(tr("Down offers: {options}").format(options=offered))
        self._arrow = self.addAction(_chevron(), QLineEdit.ActionPosition.TrailingPosition)
        self._arrow.setText(tr("{name}: offers").format(name=name))
        self._arrow.triggered.connect(self.offer)
        self.editingFinished.connect(self._left)

    def show_text(self, text: str) -> None:
        self._last = text
        super().show_text(self._shown.get(text, text))

    @property
    def value(self) -> str:
        """What stands in the line, as it is kept."""
        text = self.text().strip()
        return next((option for option, shown in self._shown.items() if shown == text), text)

    def offer(self) -> None:
        """Open the list below the line."""
        menu = QMenu(self)
        for shown in self._shown.values():
            menu.addAction(shown)
        menu.triggered.connect(self._picked)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _picked(self, action: QAction) -> None:
        self.setText(action.text())
        self._left()

    def _left(self) -> None:
        value = self.value
        if value != self._last:
            self._last = value
            self.said.emit(value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Qt leaves the arrow below the middle of a line with so little padding.
        for arrow in self.findChildren(QToolButton):
            arrow.move(arrow.x(), (self.height() - arrow.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._shown:
            self.offer()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._ground != current().surface:
            self._ground = current().surface
            self._arrow.setIcon(_chevron())


def _chevron() -> QIcon:
    on_dark = contrast(current().surface, "#000000") < contrast(current().surface, "#FFFFFF")
    return QIcon(str(resources_folder() / "style" / ("chevron-on-dark.svg" if on_dark else "chevron-on-light.svg")))
