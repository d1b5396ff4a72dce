"""The sections of Settings as a list at the left: where one is, and the way to each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import KeyButton, heading
from screener.ui.widgets.layout import ScrollPage

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_WIDEST_PX = 400
_WIDTH_PX = 224


class RailButton(KeyButton):
    """One section. Arrows go to the one beside it."""

    step = Signal(int)

    def __init__(self, title: str, where: str) -> None:
        super().__init__(title)
        self.setAccessibleName(f"{title}, {where}")
        self.setCheckable(True)
        self.setProperty("look", "rail-item")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.step.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)


class SettingsRail(QWidget):
    """Sections as (title, where it is kept). Tab comes to the one that is in sight; arrows turn to others."""

    chosen = Signal(str)
    """The title of a section that is to be shown."""
    entered = Signal(str)
    """Enter or a click: the keyboard goes there too."""

    def __init__(self, sections: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("look", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Sections"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        self._page = page = ScrollPage("surface", _WIDEST_PX, 12)
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.body.setSpacing(2)
        outer.addWidget(page)
        self._buttons: dict[str, RailButton] = {}
        before = ""
        for title, where in sections:
            if where != before:
                if before:
                    page.body.addSpacing(14)
                head = heading(where)
                head.setContentsMargins(10, 4, 0, 4)
                page.body.addWidget(head)
                before = where
            button = RailButton(title, where)
            button.clicked.connect(self._clicked)
            button.step.connect(self._step)
            page.body.addWidget(button)
            self._buttons[title] = button
        page.body.addStretch(1)
        self.show_current(next(iter(self._buttons), ""))

    def fit(self) -> None:
        """As wide as its words at this text size."""
        self.setFixedWidth(max(scaled(_WIDTH_PX), self._page.least_width + 1))

    def show_current(self, title: str) -> None:
        """The section that is in sight."""
        for name, button in self._buttons.items():
            button.setChecked(name == title)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == title else Qt.FocusPolicy.ClickFocus)

    def show_found(self, titles: set[str] | None) -> None:
        """The sections in which something was found can be turned to; all of them where nothing is searched."""
        for name, button in self._buttons.items():
            button.setEnabled(titles is None or name in titles)

    def _clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, RailButton)
        self.entered.emit(button.text())

    def _step(self, by: int) -> None:
        there = [button for button in self._buttons.values() if button.isEnabled()]
        button = self.sender()
        assert isinstance(button, RailButton)
        if button not in there:
            return
        place = there.index(button) + by
        if 0 <= place < len(there):
            self.show_current(there[place].text())
            there[place].setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(there[place].text())
