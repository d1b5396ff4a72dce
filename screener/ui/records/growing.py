"""A page of many parts, made a few at a time so that no key waits for them, with places that J and K go to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from screener.ui.actions import bind
from screener.ui.widgets.layout import ScrollPage, clear
from screener.ui.widgets.speech import announce

AT_ONCE, BUILDING_S = 4, 0.012
"""How many parts a page begins with, and how long more of them are made before the window is looked after again."""


@dataclass(frozen=True, slots=True)
class Part:
    """How one part of a page is made, and whether it is a place that the keys for differences stop at."""

    make: Callable[[], QWidget]
    stop: bool = False


class GrowingPage(ScrollPage):
    """Shows parts one below the other. J and K go to the next and the one before of those that stop."""

    def __init__(self, max_width_px: int = 1180) -> None:
        super().__init__("page", max_width_px, 24)
        self.body.setSpacing(10)
        self._parts: Sequence[Part] = ()
        self._made: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._build_more)

    def show_parts(self, parts: Sequence[Part], at_once: int = AT_ONCE) -> None:
        """Show these in place of whatever is shown; `at_once` of them now."""
        clear(self.body)
        self._parts, self._made = parts, []
        self.body.addStretch(1)
        for _ in parts[:at_once]:
            self._build()
        self._timer.start()
        self.verticalScrollBar().setValue(0)

    @property
    def whole(self) -> bool:
        return len(self._made) == len(self._parts)

    def build_all(self) -> None:
        """Make every part now."""
        while not self.whole:
            self._build()

    def _build(self) -> QWidget:
        made = self._parts[len(self._made)].make()
        self.body.insertWidget(self.body.count() - 1, made)
        self._made.append(made)
        return made

    def _build_more(self) -> None:
        until = monotonic() + BUILDING_S
        while not self.whole and monotonic() < until:
            self._build()
        if self.whole:
            self._timer.stop()

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
        while len(self._made) <= place:
            self._build()
        QApplication.sendPostedEvents()
        self._made[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _here(self) -> int | None:
        focus = QApplication.focusWidget()
        found = (place for place, made in enumerate(self._made) if made is focus or made.isAncestorOf(focus or self))
        return next(found, None)


def bind_steps(holder: QWidget, page: GrowingPage) -> None:
    """J and K go through a page, wherever on its holder the keyboard is; none of them has a field for text."""

    def on() -> None:
        if not page.step(1):
            announce(page, "Nothing further")

    def back() -> None:
        if not page.step(-1):
            announce(page, "Nothing before this")

    bind(holder, "next_difference", on)
    bind(holder, "previous_difference", back)
