"""The class's page while a story is played: the strip that tells it, the sign of what if, the screening below."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.actions import bind, bind_again
from screener.ui.key_switches import SingleKeys
from screener.ui.style.theme import unscaled
from screener.ui.training.stray_sign import SIGN, StraySign
from screener.ui.training.telling_strip import StripButton, TellingStrip
from screener.ui.widgets.controls import label
from screener.ui.widgets.layout import FlowLayout, plain
from screener.ui.widgets.speech import announce

DEEDS = ("step_on", "step_back", "to_theme", "predict", "uncover", "what_if", "presenter", "large_text", "end_play")
_LOW_PX = 520
_ONCE = frozenset(("step_on", "step_back"))
"""A key that is held down is one step."""
Deeds = Mapping[str, Callable[[], object]]


class DeedKeys(QObject):
    """The deeds of a play on a page of it, by key and by button, whatever single keys are on; it goes with the page.

    Esc is left to whatever is innermost: it comes when nothing wants it.
    """

    def __init__(self, page: QWidget, deeds: Deeds) -> None:
        super().__init__(page)
        self._page, self._deeds = page, deeds
        self.bound: dict[str, QAction] = {
            action_id: bind(page, action_id, deeds[action_id]) for action_id in DEEDS if action_id != "end_play"
        }
        for action_id in _ONCE:
            self.bound[action_id].setAutoRepeat(False)
        SingleKeys.current().changed.connect(self._again)

    def do(self, action_id: str) -> None:
        """What a button asks for."""
        self._deeds[action_id]()

    def offer(self, offered: frozenset[str]) -> None:
        """Only these are done now."""
        for action_id, action in self.bound.items():
            action.setEnabled(action_id in offered)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key that nothing wanted asks for the end; it is asked for then."""
        ends = event.key() == Qt.Key.Key_Escape and not event.modifiers()
        if ends:
            self.do("end_play")
        return ends

    def _again(self) -> None:
        bind_again(self._page)


class PlayPage(QWidget):
    """Knows no story: shows what it is given, and says what was asked for."""

    resized = Signal()
    answered = Signal(bool)
    """Whether the play is to be ended."""

    def __init__(self, deeds: Deeds, workspace: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(tr("A story, played"))
        self._keys = DeedKeys(self, deeds)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.strip = TellingStrip(DEEDS)
        self.strip.asked.connect(self._keys.do)
        self.sign = StraySign()
        self.sign.back.connect(deeds["what_if"])
        self._question = self._build_question()
        for part in (self.strip, self._question, self.sign):
            column.addWidget(part)
        column.addWidget(workspace, 1)

    def _build_question(self) -> QWidget:
        asked = plain("strip")
        flow = FlowLayout(asked, gap_px=10)
        flow.setContentsMargins(16, 8, 16, 8)
        said = tr("End the play? The guesses of the class are kept with it for the debrief.")
        asked.setAccessibleName(said)
        flow.addWidget(label(said, "strong", wrap=True))
        self._end = StripButton(tr("End the play"), "", "primary")
        stay = StripButton(tr("Go on playing"), "Esc")
        self._end.clicked.connect(lambda: self.answered.emit(True))
        stay.clicked.connect(lambda: self.answered.emit(False))
        for button in (self._end, stay):
            flow.addWidget(button)
        asked.hide()
        return asked

    @property
    def asks(self) -> bool:
        """Whether it is asked if the play is to be ended."""
        return not self._question.isHidden()

    def ask_to_end(self, *, asked: bool) -> None:
        """Ask, or ask no more."""
        self._question.setVisible(asked)
        if asked:
            self._end.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self._question.accessibleName())
        else:
            self.focus_first()

    def offer(self, offered: frozenset[str]) -> None:
        """Only these are done now, by key or by button."""
        self.strip.buttons.offer(offered)
        self._keys.offer(offered)

    def show_stray(self, *, stray: bool) -> None:
        """Say that what is shown is not the story's, or no more."""
        self.sign.setVisible(stray)
        announce(self, SIGN if stray else tr("Back in the story"))

    @property
    def is_low(self) -> bool:
        """Whether there is so little height that the story and its questions need all of it."""
        return unscaled(self.height()) < _LOW_PX

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.strip.show_low(low=self.is_low)
        self.sign.show_low(low=self.is_low)
        self.resized.emit()
        super().resizeEvent(event)

    def focus_first(self) -> None:
        """The keyboard is the presenter's: on the strip, so that no key answers anything by accident."""
        self.strip.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.takes(event):
            super().keyPressEvent(event)
