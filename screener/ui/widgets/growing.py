"""A page that is built part by part, so that no key waits for it; built anew it keeps its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from screener.ui.widgets.layout import ScrollPage, clear
from screener.ui.widgets.tab_order import order_tab, tab_stops

Make = Callable[[], QWidget | None]
"""How a part is made, if there is anything to it."""
_AT_ONCE_S, _LATER_S = 0.03, 0.015
"""How long parts are built before the window is given a turn: at first, and on each turn after that."""


@dataclass(frozen=True, slots=True)
class Part:
    """How one part of a page is made, and whether the keys for steps stop at it."""

    make: Make
    stop: bool = False


class GrowingPage(ScrollPage):
    """Shows parts one below the other, the first ones at once. Other parts than before stop those not built yet."""

    def __init__(self, name: str = "", width_px: int = 1180, *, margin_px: int = 28, gap_px: int = 12) -> None:
        super().__init__("page", width_px, margin_px)
        self.setAccessibleName(name)
        self.body.setSpacing(gap_px)
        self._parts: list[Part] = []
        self._made: list[QWidget | None] = []
        self._place, self._focus = 0, ""
        self._settling = False
        """Built anew, and place and keyboard are not put back yet."""
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    @property
    def whole(self) -> bool:
        """Nothing is still to be built."""
        return len(self._made) == len(self._parts)

    def build(self, parts: Iterable[Part | Make], *, again: bool = False, at_once: int = 1) -> None:
        """Build these parts in place of what is there, at least `at_once` of them now.

        `again`: it is the same that is shown, so place and keyboard are kept.
        """
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
        self.body.addStretch(1)
        self._parts = [part if isinstance(part, Part) else Part(part) for part in parts]
        self._made = []
        self._build(at_once, _AT_ONCE_S)
        self.verticalScrollBar().setValue(self._place)

    def finish(self) -> None:
        """Build what is left now."""
        if not self.whole:
            self._build(len(self._parts), 0)

    def step(self, by: int) -> bool:
        """Put the keyboard on the next (1) or the previous (-1) part that stops; False where there is none."""
        stops = [place for place, part in enumerate(self._parts) if part.stop]
        here = self._here()
        if by > 0:
            place = next((place for place in stops if here is None or place > here), None)
        else:
            place = next((place for place in reversed(stops) if here is not None and place < here), None)
        if place is None:
            return False
        if len(self._made) <= place:
            self._build(place + 1, 0)
        made = self._made[place]
        assert made is not None, "what the keys stop at is there"
        made.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def focus_first(self) -> None:
        """Put the keyboard on the first thing that is to be read."""
        first = next((stop for stop in tab_stops(self) if stop.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        self._build(len(self._made) + 1, _LATER_S)

    def _build(self, count: int, seconds: float) -> None:
        """Build until `count` parts are there and this time is over."""
        until = perf_counter() + seconds
        while not self.whole and (len(self._made) < count or perf_counter() < until):
            made = self._parts[len(self._made)].make()
            self._made.append(made)
            if made is not None:
                self.body.insertWidget(self.body.count() - 1, made)
                # A layout shows what comes to it with the window's next turn: too late for the keyboard.
                if not made.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                    made.show()
        # Laid out before it is painted: nested parts would be seen finding their heights, one level a turn.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if not self.whole:
            self._next.start()
            return
        self._next.stop()
        order_tab(self)
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        if not self.whole or not self._settling:
            return
        self._settling = False
        self._give_focus()
        if self._place:
            self.verticalScrollBar().setValue(self._place)

    def _give_focus(self) -> None:
        """Back to the control of the same name, where the page has the keyboard."""
        had, self._focus = self._focus, ""
        if self.hasFocus():
            alike = [one for one in self.findChildren(QWidget) if had and one.accessibleName() == had]
            wanted = next((one for one in alike if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
            if wanted is not None:
                wanted.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.focus_first()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _here(self) -> int | None:
        """The part that has the keyboard."""
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        parts = enumerate(self._made)
        return next((place for place, made in parts if made is focus or (made and made.isAncestorOf(focus))), None)
