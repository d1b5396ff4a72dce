"""The strip across the window in which a story is told: whose words, where in the story, and the keys of the play."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.actions import BY_ID
from screener.ui.training.telling_words import TO_DISCUSS, Telling
from screener.ui.widgets.controls import ActionButton, label, restyle
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal

_SHORT = {
    "step_on": tr("On"),
    "step_back": tr("Back"),
    "to_theme": tr("Themes"),
    "predict": tr("Predict first"),
    "uncover": tr("Show the list"),
    "what_if": tr("What if"),
    "presenter": tr("Presenter view"),
    "large_text": tr("Large text"),
    "end_play": tr("End"),
}
_FEW = ("step_on", "step_back", "uncover")


def _is_space(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Space and not event.modifiers()


class StripButton(ActionButton):
    """A button of the play: Space presses it while it has the keyboard, and is a step of the story otherwise."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_space(event):
            event.accept()
            return True
        return super().event(event)


class PlayButtons(QWidget):
    """The deeds of a play as buttons, each with its key."""

    asked = Signal(str)

    def __init__(self, deeds: Sequence[str]) -> None:
        super().__init__()
        flow = FlowLayout(self, gap_px=8)
        self._buttons: dict[str, StripButton] = {}
        self._offered: frozenset[str] = frozenset(deeds)
        self._few = False
        for action_id in deeds:
            declared = BY_ID[action_id]
            button = StripButton(_SHORT[action_id], declared.key_hint, "primary" if action_id == "step_on" else "")
            button.setToolTip(f"{declared.text} ({declared.key_hint})")
            button.clicked.connect(lambda _=False, asked=action_id: self.asked.emit(asked))
            flow.addWidget(button)
            self._buttons[action_id] = button
        self._more = StripButton(tr("More"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._arrange)
        flow.addWidget(self._more)
        self._arrange()

    def show_few(self, *, few: bool) -> None:
        """With little room only what is done again and again; the rest comes by "More", and by its keys as ever."""
        if few is not self._few:
            self._few = few
            self._arrange()

    def _arrange(self) -> None:
        for action_id, button in self._buttons.items():
            here = action_id != "uncover" or action_id in self._offered
            reveal(button, here and (not self._few or self._more.isChecked() or action_id in _FEW))
        reveal(self._more, self._few)

    def offer(self, offered: frozenset[str]) -> None:
        """Only these can be done now; what cannot be done at all at the moment is not there."""
        self._offered = offered
        for action_id, button in self._buttons.items():
            button.setEnabled(action_id in offered)
        self._arrange()

    def show_on(self, action_id: str, *, on: bool) -> None:
        """Say that something that can be switched on is on, in words."""
        text = _SHORT[action_id]
        self._buttons[action_id].setText(tr("{text}: on").format(text=text) if on else text)


class TellingStrip(QFrame):
    """Shows one beat to the class. It has the keyboard while the story goes on."""

    asked = Signal(str)

    def __init__(self, deeds: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("look", "telling")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._large = self._low = False
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(4)
        top = QWidget()
        flow = FlowLayout(top, gap_px=12)
        self._place, self._room = label("", "small-strong", wrap=True), label("", "small", wrap=True)
        self._hint = label(tr("Space goes on · L brings the buttons back"), "small", wrap=True)
        self._hint.hide()
        for small in (self._place, self._room, self._hint):
            flow.addWidget(small)
        self._who = label("", "small-strong", wrap=True)
        self._words = label("", "title", wrap=True)
        self.buttons = PlayButtons(deeds)
        self.buttons.asked.connect(self.asked)
        for part in (top, self._who, self._words, self.buttons):
            column.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_telling(self, telling: Telling) -> None:
        """Show where one is and what is said, and have a reader say what is new of it."""
        new = telling.words != self._bare(self._words.text()) or telling.who != self._who.text()
        self._place.setText(telling.place)
        self._room.setText(telling.room)
        self._room.setVisible(bool(telling.room))
        self._who.setText(telling.who)
        words = tr("“{words}”").format(words=telling.words) if telling.quoted and telling.words else telling.words
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setAccessibleName(tr("The story. {said}").format(said=telling.said))
        self._be("telling-pause" if telling.who == TO_DISCUSS else "telling")
        announce(self, telling.said if new else telling.place)

    @staticmethod
    def _bare(text: str) -> str:
        return text.strip("“”")

    def _be(self, look: str) -> None:
        if self.property("look") != look:
            self.setProperty("look", look)
            restyle(self)

    def show_large(self, *, large: bool) -> None:
        """For a projector: what the class does not need is not there; the keys work as before."""
        self._large = large
        self.buttons.setVisible(not large)
        self._hint.setVisible(large)
        self._size_words()

    def show_low(self, *, low: bool) -> None:
        """Where the window is low the story takes less of it."""
        self._low = low
        self.buttons.show_few(few=low)
        self._size_words()

    def _size_words(self) -> None:
        level = "large" if self._low else "page" if self._large else "title"
        if self._words.property("level") != level:
            self._words.setProperty("level", level)
            restyle(self._words)
