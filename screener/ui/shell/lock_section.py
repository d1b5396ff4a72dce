"""Settings, Idle lock: after how long without a touch the records are hidden."""

from __future__ import annotations

from PySide6.QtCore import Signal

from screener.language import tr
from screener.ui.choices import LOCK_MINUTES
from screener.ui.idle import LOCK_AFTER_MIN
from screener.ui.shell.minutes_setting import MinutesSetting
from screener.ui.shell.setting import CLINIC, Section
from screener.ui.shell.setting_search import Described

LOCKED_AFTER = Described(
    tr("Locked after"),
    tr(
        "Without a touch of key, pointer or screen for so long, the records are hidden "
        "until a passphrase is typed. What was typed is kept. Ctrl+L locks at once, on "
        "every page."
    ),
    tuple(tr("{minutes} min").format(minutes=minutes) for minutes in LOCK_MINUTES),
    (tr("idle, timeout, minutes, away, screen, saver, lock"),),
)


class LockSection(Section):
    """Holds for every account of these records, once it is saved."""

    altered = Signal()

    def __init__(self, minutes: int) -> None:
        super().__init__(tr("Idle lock"), CLINIC)
        self.after = MinutesSetting(LOCKED_AFTER, LOCK_MINUTES, LOCK_AFTER_MIN, minutes)
        self.add(self.after).altered.connect(self.altered)
