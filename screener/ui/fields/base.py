"""What every field promises: it shows a raw value in silence and says what the user did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.forms.medicine_search import MedicineSearch
from screener.forms.model import Question

CARD_KEYS = tuple(Qt.Key(ord(letter)) for letter in "UDLNIESAR")
"""With Alt these, and digits, speak to the question, also while a line of it is typed into."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A line for a chart: a figure of a source, named by whose it is."""

    part: str
    figure: float
    whose: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What a field may ask of its surroundings: the visit's day, the time, and the lines of a chart."""

    visit_day: Callable[[], date]
    now: Callable[[], datetime]
    limits: tuple[Limit, ...] = ()
    medicines: Callable[[], MedicineSearch | None] = lambda: None
    """The search of the pack's dictionary, made when it is first asked for."""
    phase: Callable[[], str | None] = lambda: None
    """The phase of a reading that is taken now: empty where whoever measures has to say, None where the row before it
    tells."""
    saturation: Callable[[], str] = str
    """The question that a saturation typed behind a reading is recorded under; empty where none is asked now."""


class Field(QWidget):
    """One question's value. `said` carries the user's raw JSON (None: cleared) and whether typing goes on."""

    said = Signal(object, bool)
    refused = Signal(str)
    """What was typed cannot be stored; the words say what would do. Empty: no complaint any more."""
    done = Signal()
    """Enter was pressed in a line of it: whoever typed is done with it."""
    complete = Signal()
    """What was typed is all that can be typed there: a time to its last minute."""

    said_beside = Signal(str, int)
    """A figure of another question was typed here as well: that question, and the figure."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        """With a parent from the first: a part that is put in its place when it is whole is dressed once more there."""
        super().__init__(parent)
        self.question = question
        self.setting = setting
        self.enter_ends: Callable[[], bool] = bool
        """Whether Enter in a text of one line ends it, instead of beginning another one."""
        self.setAccessibleName(question.label)

    def show_raw(self, raw: Any) -> None:
        """Show a stored value, or None for none, without saying that the user did anything."""
        raise NotImplementedError

    @property
    def unfinished(self) -> Any:
        """What stands typed in the field and cannot be stored; None while all of it is. It is kept when pages turn."""
        return None

    def show_unfinished(self, typed: Any) -> None:
        """Put back what `unfinished` gave."""

    def first_focus(self) -> QWidget:
        """The control that takes focus when the question does."""
        raise NotImplementedError

    def pick(self, number: int) -> bool:
        """Choose option `number` (from 1) by its digit; False where the field has none."""
        return False

    def option(self, number: int) -> QWidget | None:
        """What shows the option that `pick` would choose; None where the field has none."""
        return None

    def take_all(self) -> bool:
        """Tick every option; False where that is not offered."""
        return False

    def is_whole(self, raw: Any) -> bool:
        """Whether an answer that a key gave is all there is to say: nothing more of it can be picked."""
        return False

    def share_undo(self, *typed: QWidget) -> None:
        """Leave undo and redo to the screening: one history, with names, instead of one in each line."""
        share_undo(*typed)
        for widget in typed:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _is_for_card(event):
            # A typed line would take Alt+U for the letter; ignored here, it goes on to the question's card.
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def share_undo(*typed: QWidget, typing: Callable[[], bool] = bool) -> None:
    """Leave undo and redo to the screening where these are typed into: not while `typing` says that a text of their own
    waits to be kept."""
    for widget in typed:
        widget.installEventFilter(_SharedUndo(widget, typing))


class _SharedUndo(QObject):
    """Lets the keys of undo and redo pass by the line that it watches."""

    def __init__(self, watched: QWidget, typing: Callable[[], bool]) -> None:
        super().__init__(watched)
        self._typing = typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undoing = event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)
            if undoing and event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self._typing():
                event.ignore()
                return True
        return super().eventFilter(watched, event)


def _is_for_card(event: QKeyEvent) -> bool:
    own = event.key() in CARD_KEYS or Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9
    return event.modifiers() == Qt.KeyboardModifier.AltModifier and own
