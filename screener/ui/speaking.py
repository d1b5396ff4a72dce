"""Which language the window speaks: what was chosen on this computer, else the system's where it is one of ours."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from screener import language
from screener.places import home_folder
from screener.ui.in_force import InForce
from screener.ui.settings_file import settings_of

AS_SYSTEM = ""
_KEY = "language"
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where Linux says which language messages are wanted in; the first that says something counts."""


def begin_to_speak() -> None:
    """Choose the language, before any module that holds texts is imported."""
    language.speak(language.wanted(_kept(settings_of(home_folder())), _of_system()))


def speak_in(app: QApplication) -> None:
    """Qt's own few texts in the language in force, and the direction that it is read in."""
    if language.from_the_right():
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    if language.spoken() != language.ENGLISH:
        from screener.ui.qt_texts import translate_qt

        translate_qt(app, language.spoken())


def _of_system() -> str:
    """The name of the system's locale, such as `es_MX`; empty where it has none."""
    if sys.platform.startswith("linux"):
        # Qt reads the same; its type for a locale alone costs a tenth of what is loaded before the first window.
        return next((os.environ[name] for name in _SYSTEM if os.environ.get(name)), "")
    from PySide6.QtCore import QLocale

    return QLocale.system().name()


class ChosenLanguage(InForce):
    """What was chosen in Settings; the system's where nothing is kept."""

    def __init__(self, settings: QSettings | None = None) -> None:
        super().__init__(settings)
        self._code = AS_SYSTEM if settings is None else _kept(settings)

    @property
    def code(self) -> str:
        """A language's code, or `AS_SYSTEM`."""
        return self._code

    @property
    def comes(self) -> str:
        """The code of the language that the next start will speak."""
        return language.wanted(self._code, _of_system())

    def choose(self, code: str) -> None:
        """Keep a choice: it holds from the next start on."""
        self._code = code
        if self._settings is not None:
            self._settings.setValue(_KEY, code)


def _kept(settings: QSettings) -> str:
    """A kept choice; the system's where the file says something else."""
    kept = str(settings.value(_KEY, AS_SYSTEM))
    return kept if kept in {one.code for one in language.LANGUAGES} else AS_SYSTEM
