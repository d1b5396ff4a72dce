"""The setting of the window's language. Another one comes with the next start; until then that is said below it."""

from __future__ import annotations

from screener.language import LANGUAGES, spoken, tr
from screener.ui.shell.setting import Kept, Setting
from screener.ui.shell.setting_search import Described
from screener.ui.speaking import AS_SYSTEM, ChosenLanguage
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import keep_room

_AS_SYSTEM = tr("As the system")
_LANGUAGE = Described(
    tr("Language of the window"),
    tr(
        "Buttons, headings and messages. Questions, rules and sources stay in the "
        "language that they are written in, and so do records and reports. Another "
        "language comes with the next start."
    ),
    tuple(one.name for one in LANGUAGES),
    (
        "translation",
        tr("Spanish"),
        tr("English"),
        "español",
        "idioma",
        "lengua",
    ),
)


class LanguageSetting(Setting):
    """A list of languages, each called what it calls itself."""

    def __init__(self) -> None:
        self._choice = ChosenLanguage.current()
        self.languages = DropDown(
            _LANGUAGE.name, [(_AS_SYSTEM, AS_SYSTEM), *((one.name, one.code) for one in LANGUAGES)]
        )
        self.languages.setMinimumWidth(scaled(200))
        self.languages.show_value(self._choice.code)
        kept = Kept(self.languages.currentData, self._put, AS_SYSTEM, _name_of)
        super().__init__(_LANGUAGE, self.languages, kept)
        self._later = label("", "small", wrap=True)
        keep_room(self._later)
        self.body.addWidget(self._later)
        self.languages.activated.connect(self._choose)
        self._say()

    def _put(self, code: str) -> None:
        self.languages.show_value(code)
        self._choose()

    def _choose(self) -> None:
        self._choice.choose(str(self.languages.currentData()))
        self._say()
        self.look()
        if self._later.text():
            announce(self, self._later.text())

    def _say(self) -> None:
        coming = self._choice.comes
        self._later.setText(
            "" if coming == spoken() else tr("{name_of} comes with the next start.").format(name_of=_name_of(coming))
        )


def _name_of(code: str) -> str:
    return next((one.name for one in LANGUAGES if one.code == code), _AS_SYSTEM)
