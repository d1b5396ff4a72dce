"""A setting of so many minutes, out of a few; there is always one."""

from __future__ import annotations

from collections.abc import Sequence

from screener.language import tr
from screener.ui.shell.setting import Kept, Setting
from screener.ui.shell.setting_search import Described
from screener.ui.widgets.controls import Segmented


class MinutesSetting(Setting):
    """One of a few numbers of minutes, and the way back to what the program comes with."""

    def __init__(self, described: Described, offered: Sequence[int], usual: int, minutes: int) -> None:
        self.choice = Segmented(described.name, [(str(n), _minutes(n)) for n in offered], always=True)
        self.choice.show_chosen(str(minutes))
        super().__init__(described, self.choice, Kept(self._read, self.show_minutes, usual, _minutes))
        self.choice.user_chose.connect(self.look)

    def _read(self) -> int:
        return int(self.choice.chosen or 0)

    @property
    def minutes(self) -> int:
        return self._read()

    def show_minutes(self, minutes: int) -> None:
        """Show another choice."""
        self.choice.show_chosen(str(minutes))
        self.look()


def _minutes(n: int) -> str:
    return tr("{n} min").format(n=n)
