"""What a screen reader is given of an area that scrolls: its children by their number, and nothing beyond the last.

Qt's own answer reads past the end of its list for a number that was right a moment ago, before a scroll bar or a whole
page was hidden; the program ended there (Qt 6.10 to 6.12).
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea, QWidget


class ScrolledInterface(QAccessibleWidget):
    """The viewport and the scroll bars that are shown."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area, QAccessible.Role.Client)

    def _children(self) -> list[QWidget]:
        area = self.widget()
        assert isinstance(area, QScrollArea)
        bars = (area.horizontalScrollBar(), area.verticalScrollBar())
        # A bar stands in a holder of Qt's own; that is what a reader has always been given.
        holders = [bar.parentWidget() for bar in bars if bar.isVisibleTo(area)]
        return [area.viewport(), *(holder for holder in holders if holder is not None)]

    def childCount(self) -> int:
        return len(self._children())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        children = self._children()
        return QAccessible.queryAccessibleInterface(children[index]) if 0 <= index < len(children) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        held = child.object()
        return next((place for place, widget in enumerate(self._children()) if widget is held), -1)


def give_to_readers() -> None:
    """From here on every area of the program that scrolls answers so. A second call does nothing more."""
    if not _given:
        _given.append(True)
        QAccessible.installFactory(_interface_of)


_given: list[bool] = []


def _interface_of(kind: str, thing: QObject) -> QAccessibleInterface | None:
    # Asked for each class that a thing is of, the nearest first: Qt's own for what is more than an area comes before.
    return ScrolledInterface(thing) if kind == "QScrollArea" and isinstance(thing, QScrollArea) else None
