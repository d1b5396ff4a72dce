"""A list to choose one of, closed until it is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from screener.ui.style.theme import scaled


class DropDown(QComboBox):
    """Options as (text, value). A screen reader hears its name, and the chosen option as its value.

    On Linux Qt gives a closed list the name of what is chosen in it; its own name can only come from a label that
    belongs to it. Where no label is on screen, one that nobody sees stands beside it.
    """

    def __init__(self, name: str, options: Sequence[tuple[str, object]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel(name)
        self._name.setBuddy(self)
        # It stands beside the list, not in it: the list takes it along when it goes.
        self.destroyed.connect(self._name.deleteLater)
        self.setAccessibleName(name)
        for text, value in options:
            self.addItem(text, value)
        self._stand_beside()

    def rename(self, name: str) -> None:
        """Be called otherwise."""
        self._name.setText(name)
        self.setAccessibleName(name)

    def show_value(self, value: object) -> None:
        """Show the option of this value, or the first one, without saying that the user chose."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def _stand_beside(self) -> None:
        parent = self.parentWidget()
        if parent is not None and self._name.parentWidget() is not parent:
            self._name.setParent(parent)
            self._name.hide()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            self._stand_beside()
        return super().event(event)

    def sizeHint(self) -> QSize:
        # Qt's own is a pixel or two short of the widest option, at large text most of all.
        return super().sizeHint() + QSize(scaled(3), 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(scaled(3), 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A page that is scrolled with the wheel changes no answer on its way.
        event.ignore()
