"""A page that is built part by part, so that the window never waits for it; made anew it keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from screener.ui.widgets.layout import ScrollPage, clear
from screener.ui.widgets.tab_order import order_tab

Part = Callable[[], QWidget | None]
_AT_ONCE_S = 0.03
"""How long parts are built before the window is given a turn."""


class StagedPage(ScrollPage):
    """Parts come one after the other, the first ones at once. Whoever turns to another entry stops the rest."""

    built = Signal()
    """All parts are there."""

    def __init__(self, name: str, width_px: int = 1180) -> None:
        super().__init__("page", width_px, 28)
        self.setAccessibleName(name)
        self._name = name
        self._left: list[Part] = []
        self._place, self._focus = 0, ""
        self._settling = False
        """Built anew, and place and keyboard are not put back yet."""
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    @property
    def whole(self) -> bool:
        """Nothing is still to be built."""
        return not self._left and not self._next.isActive()

    def build(self, parts: Iterable[Part], *, again: bool) -> None:
        """Build these parts in place of what is there. `again`: the same entry, so place and keyboard are kept."""
        focus = self.window().focusWidget()
        inside = self.isAncestorOf(focus)
        if not (again and self._settling):
            self._place = self.verticalScrollBar().value() if again else 0
            self._focus = focus.accessibleName() if again and inside else ""
        # The keyboard stays with the page while the control that has it goes.
        if inside:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settling = True
        clear(self.body)
        self._left = list(parts)
        self._go_on()
        self.verticalScrollBar().setValue(self._place)

    def finish(self) -> None:
        """Build what is left now."""
        while not self.whole:
            self._go_on()

    def _go_on(self) -> None:
        self._next.stop()
        until = perf_counter() + _AT_ONCE_S
        while self._left:
            made = self._left.pop(0)()
            if made is not None:
                self.body.addWidget(made)
            if perf_counter() >= until:
                break
        # Laid out before it is painted: nested parts would be seen finding their heights, one level a turn.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if self._left:
            self._next.start()
            return
        self.body.addStretch(1)
        order_tab(self)
        QTimer.singleShot(0, self, self._finish)

    def _finish(self) -> None:
        if self._left:
            return
        self._settling = False
        self._give_focus()
        if self._place:
            self.verticalScrollBar().setValue(self._place)
        self.built.emit()

    def _give_focus(self) -> None:
        """Back to the control of the same name, where the page has the keyboard."""
        had, self._focus = self._focus, ""
        if not self.hasFocus():
            return
        alike = [one for one in self.findChildren(QWidget) if had and one.accessibleName() == had]
        wanted = next((one for one in alike if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def focus_first(self) -> None:
        """Put the keyboard on the first thing that is to be read."""
        raise NotImplementedError
