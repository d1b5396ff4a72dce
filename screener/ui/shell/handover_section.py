"""Settings, In the patient's hands: when a screen that was handed over is hidden, and the site's own words there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from screener.language import tr
from screener.ui.choices import BLANK_AFTER_MIN, BLANK_MINUTES
from screener.ui.shell.minutes_setting import MinutesSetting
from screener.ui.shell.setting import CLINIC, Kept, Section, Setting
from screener.ui.shell.setting_search import Described
from screener.ui.style.theme import scaled

BLANK_AFTER = Described(
    tr("Hidden after, in the patient's hands"),
    tr("A screen that was handed over is hidden after so long without a touch. It says so before, and waits."),
    tuple(tr("{minutes} min").format(minutes=minutes) for minutes in BLANK_MINUTES),
    (tr("hand-over, blank, idle, timeout, minutes, away"),),
)
PATIENT_WORDS = Described(
    tr("Words to the patient after a time-critical answer"),
    tr("The site's own words, shown to the patient on that screen. Left blank, the crisis card stands there."),
    (),
    (tr("hand-over, crisis, wording, emergency"),),
)
_HEIGHT_PX = 110


class HandOverSection(Section):
    """What holds while the screen is in the patient's hands, once it is saved."""

    altered = Signal()

    def __init__(self, minutes: int, words: str) -> None:
        super().__init__(tr("In the patient's hands"), CLINIC)
        self.after = MinutesSetting(BLANK_AFTER, BLANK_MINUTES, BLANK_AFTER_MIN, minutes)
        self.add(self.after)
        self.edit = QPlainTextEdit(words)
        self.edit.setAccessibleName(PATIENT_WORDS.name)
        self.edit.setAccessibleDescription(PATIENT_WORDS.explanation)
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(scaled(_HEIGHT_PX))
        said = Kept(lambda: self.words, self.edit.setPlainText, "", lambda text: text or tr("blank"))
        self._words = self.add(Setting(PATIENT_WORDS, self.edit, said))
        self.edit.textChanged.connect(self._words.look)
        for setting in (self.after, self._words):
            setting.altered.connect(self.altered)

    @property
    def words(self) -> str:
        """As they are kept: without blank ends."""
        return self.edit.toPlainText().strip()

    def show_words(self, words: str) -> None:
        """Show other words; what is being typed stays where it is the same."""
        if words != self.words:
            self.edit.setPlainText(words)
