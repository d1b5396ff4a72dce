"""Settings, Idle lock: after how long without a touch the records are hidden."""

from __future__ import annotations

from PySide6.QtCore import Signal

from screener.ui.choices import LOCK_MINUTES
from screener.ui.idle import LOCK_AFTER_MIN
from screener.ui.shell.setting import CLINIC, Kept, Section, Setting
from screener.ui.shell.setting_search import Described
from screener.ui.widgets.controls import Segmented

LOCKED_AFTER = Described(
    "Locked after",
    "Without a touch of key, pointer or screen for so long, the records are hidden until a passphrase is typed. What "
    "was typed is kept. Ctrl+L locks at once, on every page.",
    tuple(f"{minutes} min" for minutes in LOCK_MINUTES),
    "idle timeout minutes away screen saver lock",
)


class LockSection(Section):
    """Holds for every account of these records, once it is saved."""

    altered = Signal()

    def __init__(self, minutes: int) -> None:
        super().__init__("Idle lock", CLINIC)
        self.minutes = minutes
        self.choice = Segmented(LOCKED_AFTER.name, [(str(n), f"{n} min") for n in LOCK_MINUTES])
        self.choice.show_chosen(str(minutes))
        self.choice.user_chose.connect(self._chosen)
        kept = Kept(lambda: self.minutes, self.show_minutes, LOCK_AFTER_MIN, "{} min".format)
        self._setting = self.add(Setting(LOCKED_AFTER, self.choice, kept))
        self._setting.altered.connect(self.altered)

    def show_minutes(self, minutes: int) -> None:
        """Show another choice."""
        self.minutes = minutes
        self.choice.show_chosen(str(minutes))
        self._setting.look()

    def _chosen(self, minutes: str | None) -> None:
        # Whoever presses the chosen one again keeps it: records are always locked at some time.
        self.show_minutes(int(minutes) if minutes else self.minutes)
