"""Links one below the other, walked with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.ui.widgets.buttons import LinkButton

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class WalkedLinks(QObject):
    """Up and down go from one link to the next; at either end the keyboard stays, and what lies beyond is told."""

    above, below = Signal(), Signal()
    """Up from the first, down from the last."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._links: list[LinkButton] = []

    def add(self, link: LinkButton) -> None:
        """One more, below those that are there."""
        self._links.append(link)
        link.installEventFilter(self)

    def focus_first(self) -> None:
        self._links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_last(self) -> None:
        self._links[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A button gives arrows to whatever lies in their direction: here they stay among the links.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._links:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._go_to(self._links.index(watched) + step)
                return True
        return super().eventFilter(watched, event)

    def _go_to(self, place: int) -> None:
        if place < 0:
            self.above.emit()
        elif place == len(self._links):
            self.below.emit()
        else:
            self._links[place].setFocus(Qt.FocusReason.TabFocusReason)
