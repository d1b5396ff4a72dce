"""The language of the window: its own texts. Content and what is signed stay in the language of the pack.

A text stands in the code in English, inside `tr`, and is looked up where it is read, once: the language is chosen
before the window's modules are imported, and another one comes with the next start.

What is kept and printed as well as shown is put into words by a `Voice`: `KEPT`, unless the window asks in its own.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from screener.places import resources_folder

ENGLISH = "en"
PSEUDO, PSEUDO_RIGHT_TO_LEFT = _MADE_UP = ("x-pseudo", "x-pseudo-rtl")
"""Not to be chosen in Settings: what is not translatable, or has too little room, is seen in them at once."""
CHOSEN_BY = "SCREENER_LANGUAGE"
_SIGNS = str.maketrans("aeiouAEIOUncsyz", "àéîõüÀÉÎÕÜñçšýž")
_TO_THE_LEFT = "\u200f"
"""The mark that has a text count as one that is read from the right, though its letters are not."""
_LONGER = 0.35
"""By how much a text of the pseudo-language is longer, as translations of short English texts are."""


@dataclass(frozen=True, slots=True)
class Language:
    """One that the window can speak; `name` in the language itself."""

    code: str
    name: str


LANGUAGES = (Language(ENGLISH, "English"), Language("es", "Español"))


class _Pseudo(gettext.NullTranslations):
    """Every text in brackets, accented and longer, with what is put in left alone."""

    def __init__(self, before: str = "") -> None:
        """`before`: a sign that each text begins with."""
        super().__init__()
        self._before = before

    def gettext(self, message: str) -> str:
        return self._before + pseudo(message)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


_KEPT: set[str] = set()
"""Every text that was marked so far, so that what somebody typed is never taken for one that was not."""


class _Spoken:
    """The language in force, in one place."""

    code = ENGLISH
    texts: gettext.NullTranslations = gettext.NullTranslations()


def speak(code: str) -> None:
    """From here on `tr` answers in this language; in English where there is none of this code."""
    _Spoken.code, _Spoken.texts = ENGLISH, gettext.NullTranslations()
    if code in _MADE_UP:
        _Spoken.code, _Spoken.texts = code, _Pseudo(_TO_THE_LEFT if code == PSEUDO_RIGHT_TO_LEFT else "")
    elif code != ENGLISH and code in {language.code for language in LANGUAGES}:
        with catalogue(code).open("rb") as file:
            _Spoken.code, _Spoken.texts = code, gettext.GNUTranslations(file)


def spoken() -> str:
    """The code of the language in force."""
    return _Spoken.code


def from_the_right() -> bool:
    """Whether it is read from the right."""
    return _Spoken.code == PSEUDO_RIGHT_TO_LEFT


def wanted(chosen: str, system: str = "") -> str:
    """The language to begin with: what the environment asks for, what was chosen, or the system's where it is here.

    `system`: a locale's name, such as `es_MX` or `es_MX.UTF-8`.
    """
    here = {language.code for language in LANGUAGES}
    asked = (os.environ.get(CHOSEN_BY, ""), chosen, re.split("[-_.@]", system)[0].lower())
    return next((code for code in asked if code in here or code in _MADE_UP), ENGLISH)


def catalogue(code: str) -> Path:
    """The compiled texts of a language."""
    return resources_folder() / "languages" / f"{code}.mo"


def tr(text: str) -> str:
    """A text of the window in the language in force. What is put in stands in it by name and is filled in after."""
    return _Spoken.texts.gettext(text)


def tr_in(context: str, text: str) -> str:
    """A text that English uses for several things; the context, never shown, says for which."""
    return _Spoken.texts.pgettext(context, text)


def tr_n(one: str, many: str, n: int, **put_in: object) -> str:
    """A text with a number in it, `{n}`, in the form that the number asks for; `put_in`: what else stands in it."""
    return _Spoken.texts.ngettext(one, many, n).format(n=n, **put_in)


def kept(text: str) -> str:
    """A text that is kept, signed or printed as it stands here; the window shows it by `Voice.word`."""
    _KEPT.add(text)
    return text


@dataclass(frozen=True, slots=True)
class Voice:
    """In which language something is said that is kept in one and shown in another."""

    _texts: Callable[[], gettext.NullTranslations] = field(repr=False)

    def tr(self, text: str) -> str:
        """As `screener.language.tr`."""
        return self._texts().gettext(text)

    def tr_n(self, one: str, many: str, n: int, **put_in: object) -> str:
        """As `screener.language.tr_n`."""
        return self._texts().ngettext(one, many, n).format(n=n, **put_in)

    def word(self, word: str) -> str:
        """One of those that the code marks as `kept`; what is none of them stays as it is."""
        return self._texts().gettext(word) if word in _KEPT else word


_ENGLISH = gettext.NullTranslations()
KEPT = Voice(lambda: _ENGLISH)
"""What is kept, signed, exported and printed: whatever the window speaks."""
WINDOW = Voice(lambda: _Spoken.texts)


def pseudo(text: str) -> str:
    """A text as the pseudo-language has it: what is in braces stays."""
    parts, at = [], 0
    while (begin := text.find("{", at)) >= 0 and (end := text.find("}", begin)) >= 0:
        parts += [text[at:begin].translate(_SIGNS), text[begin : end + 1]]
        at = end + 1
    said = "".join([*parts, text[at:].translate(_SIGNS)])
    body = said.strip()
    if not body:
        return said
    before, after = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
    return f"{before}[{body}{' ~' * round(len(body) * _LONGER / 2)}]{after}"
