"""What can be switched off of keys: single ones, for hands that meet them by accident and for people who speak their
keys, and that the keyboard goes on by itself.

What they do can always be done with Alt, with arrows, or by the buttons.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, Signal

from screener.language import tr
from screener.ui.in_force import InForce


@dataclass(frozen=True, slots=True)
class KeySwitch:
    """One kind of keys: what they do, and what does the same without them."""

    id: str
    text: str
    instead: str


DIGITS = KeySwitch(
    "digits", tr("Digits choose an option"), tr("Without them: arrows and Space, or Alt with the digit.")
)
LETTERS = KeySwitch(
    "letters",
    tr("Single letters set a state: U, D, L, or an answer: S, E, A, R, N"),
    tr("Without them: Alt with the letter, or the buttons."),
)
WALK = KeySwitch("walk", tr("J and K walk lists"), tr("Without them: Down and Up."))
GOES_ON = KeySwitch(
    "goes_on",
    tr("On a dose day, an answer by a key goes on to the next question"),
    tr("Without it: Ctrl+Down goes on. After a mouse click the keyboard stays in any case."),
)
SWITCHES = (DIGITS, LETTERS, WALK, GOES_ON)
_OFF = "off"


class SingleKeys(InForce, QObject):
    """Which of them are in force, as the running program keeps it; every one is where nothing is kept."""

    changed = Signal()

    def __init__(self, settings: QSettings | None = None) -> None:
        QObject.__init__(self)
        InForce.__init__(self, settings)
        kept = {} if settings is None else {one.id: settings.value(f"keys/{one.id}") for one in SWITCHES}
        self._off = {name for name, value in kept.items() if value == _OFF}

    def works(self, switch: KeySwitch) -> bool:
        return switch.id not in self._off

    @property
    def off(self) -> tuple[KeySwitch, ...]:
        """Those that are switched off."""
        return tuple(one for one in SWITCHES if one.id in self._off)

    def turn(self, switch: KeySwitch, *, on: bool) -> None:
        """Switch on or off, now and after the next start."""
        (self._off.discard if on else self._off.add)(switch.id)
        if self._settings is not None:
            self._settings.setValue(f"keys/{switch.id}", "on" if on else _OFF)
        self.changed.emit()


def digits() -> bool:
    """Whether a digit alone chooses an option."""
    return SingleKeys.current().works(DIGITS)


def letters() -> bool:
    """Whether a letter alone sets a state."""
    return SingleKeys.current().works(LETTERS)


def walks() -> bool:
    """Whether J and K walk lists."""
    return SingleKeys.current().works(WALK)


def goes_on() -> bool:
    """Whether an answer by a key goes on to the next question, on the forms where that can be."""
    return SingleKeys.current().works(GOES_ON)
