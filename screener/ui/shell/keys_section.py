"""The switches of single keys, for the page of settings and the list of keys: each with what does the same without."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.ui.key_switches import SWITCHES, KeySwitch, SingleKeys
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import CheckRow, label
from screener.ui.widgets.speech import announce

_INDENT_PX = 31


class KeysSection(QWidget):
    """A row for each kind of single keys. What is switched holds at once, and on this computer from now on."""

    turned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys = SingleKeys.current()
        self._rows: dict[CheckRow, KeySwitch] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        lead = "Kept on this computer. Alt with a letter or a digit works whatever is chosen here."
        column.addWidget(label(lead, "small", wrap=True))
        for switch in SWITCHES:
            row = CheckRow(switch.text)
            row.setAccessibleDescription(switch.instead)
            row.setChecked(self._keys.works(switch))
            row.clicked.connect(self._turn)
            self._rows[row] = switch
            column.addWidget(row)
            said = label(switch.instead, "small", wrap=True)
            said.setContentsMargins(scaled(_INDENT_PX), 0, 0, 4)
            column.addWidget(said)

    def _turn(self) -> None:
        row = self.sender()
        assert isinstance(row, CheckRow)
        switch = self._rows[row]
        self._keys.turn(switch, on=row.isChecked())
        announce(self, f"{switch.text}: {'on' if row.isChecked() else 'off'}")
        self.turned.emit()


def off_words() -> str:
    """What is switched off, for the list of keys; empty where nothing is."""
    off = SingleKeys.current().off
    if not off:
        return ""
    named = "; ".join(switch.text for switch in off)
    return f"Switched off: {named}. Alt with the letter or digit, the arrows and the buttons do the same."
