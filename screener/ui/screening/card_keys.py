"""The keys of a question that no control of its card wanted: what each of them means now, and where that shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.ui.fields.base import Field
from screener.ui.key_switches import digits, letters
from screener.ui.screening.earlier import EarlierLine
from screener.ui.screening.from_file import FileLine
from screener.ui.screening.last_session import LastSessionLine
from screener.ui.screening.one_offer import OneOffer
from screener.ui.widgets.controls import Segmented

_STATES = {Qt.Key.Key_U: "not_known", Qt.Key.Key_D: "declined", Qt.Key.Key_L: "come_back"}


@dataclass(frozen=True, slots=True)
class Meant:
    """What a key means: the part of the card that will show it, and the deed."""

    where: QWidget
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class CardKeys:
    """Over the parts of one card. A letter means what is offered; without an offer it means nothing."""

    field: Field
    states: Segmented
    earlier: EarlierLine
    file: FileLine
    at_once: OneOffer | None
    last_session: LastSessionLine | None
    clear: Callable[[], object]

    def meant(self, event: QKeyEvent) -> Meant | None:
        """A digit is an option, a letter a state or what is offered, Backspace takes the answer back."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        key = Qt.Key(event.key())
        if (alt or (plain and digits())) and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            return self._option(key - Qt.Key.Key_0)
        if plain and key == Qt.Key.Key_Backspace:
            return Meant(self.field, self.clear)
        return self._letter(key) if alt or (plain and letters()) else None

    def _option(self, number: int) -> Meant | None:
        option = self.field.option(number)
        return None if option is None else Meant(option, partial(self.field.pick, number))

    def _letter(self, key: Qt.Key) -> Meant | None:
        if key in _STATES:
            return Meant(self.states.button_of(_STATES[key]), partial(self.states.choose, _STATES[key]))
        earlier, file, once, last = self.earlier, self.file, self.at_once, self.last_session
        match key:
            case Qt.Key.Key_S if earlier.offered:
                return Meant(earlier, earlier.same)
            case Qt.Key.Key_S if file.offered:
                return Meant(file, file.same)
            case Qt.Key.Key_E if earlier.may_be_taken_over:
                return Meant(earlier, earlier.take)
            case Qt.Key.Key_F if file.may_be_taken:
                return Meant(file, file.take)
            case Qt.Key.Key_R if last is not None and last.offered:
                return Meant(last, last.take)
            case Qt.Key.Key_A if once is not None and once.offered:
                return Meant(once, once.take)
            case Qt.Key.Key_A if self.field.question.all_of_these:
                return Meant(self.field, self.field.take_all)
        return None
