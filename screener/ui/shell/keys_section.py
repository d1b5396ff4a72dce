"""What can be switched off of keys, each with what does the same without; in Settings and in the list of keys."""

from __future__ import annotations

from functools import partial

from screener.language import tr
from screener.ui.key_switches import GOES_ON, SWITCHES, KeySwitch, SingleKeys
from screener.ui.shell.setting import COMPUTER, Kept, Section, Setting
from screener.ui.shell.setting_search import Described
from screener.ui.widgets.controls import CheckRow
from screener.ui.widgets.speech import announce

_ALSO = (tr("shortcut, keyboard, single, accessibility, speech"),)
_SINGLE = tr("Alt with the letter or digit, the arrows and the buttons do the same.")


def off_words() -> str:
    """What is switched off, for the list of keys; empty where nothing is."""
    off = SingleKeys.current().off
    if not off:
        return ""
    named = "; ".join(switch.text for switch in off)
    instead = dict.fromkeys(switch.instead if switch is GOES_ON else _SINGLE for switch in off)
    return tr("Switched off: {named}. {instead}").format(named=named, instead=" ".join(instead))


class KeysSettings(Section):
    """A setting for each kind of single keys. What is chosen holds at once, and on this computer from now on."""

    def __init__(self, title: str = tr("Keys")) -> None:
        super().__init__(title, COMPUTER, tr("Alt with a letter or a digit works whatever is chosen here."))
        self._keys = SingleKeys.current()
        self._rows: dict[CheckRow, KeySwitch] = {}
        for switch in SWITCHES:
            row = CheckRow(tr("In use"))
            row.setAccessibleName(tr("{text}: in use").format(text=switch.text))
            row.clicked.connect(self._turn)
            self._rows[row] = switch
            kept = Kept(partial(self._keys.works, switch), partial(self._put, switch), True, _in_use)
            self.add(Setting(Described(switch.text, switch.instead, (tr("in use"), tr("off")), _ALSO), row, kept))
        self._keys.changed.connect(self._look)
        self._look()

    def _turn(self) -> None:
        row = self.sender()
        assert isinstance(row, CheckRow)
        self._put(self._rows[row], row.isChecked())

    def _put(self, switch: KeySwitch, on: bool) -> None:
        self._keys.turn(switch, on=on)
        announce(self, f"{switch.text}: {_in_use(on)}")

    def _look(self) -> None:
        for row, switch in self._rows.items():
            row.setChecked(self._keys.works(switch))
        for setting in self.settings:
            setting.look()


def _in_use(on: bool) -> str:
    return tr("in use") if on else tr("off")
