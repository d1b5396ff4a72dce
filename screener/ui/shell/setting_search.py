"""Finding a setting by its name, what is said of it, and what can be chosen; also where it is spelt nearly so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from screener.rules.medicines import folded

_NEAR, _LEAST_LETTERS = 76.0, 4
"""From this likeness on, of 100, a word is taken for another one; shorter words have to be there as they are typed."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Described:
    """What a setting is called, what is said of it, what can be chosen, and what people look for when they mean it.

    The last is never shown; whoever translates it writes what people of that language look for, however many words.
    """

    name: str
    explanation: str = ""
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """Every word of it, as it is compared."""
        return _words(" ".join((self.name, self.explanation, *self.choices, *self.also)))


@dataclass(frozen=True, slots=True)
class Matches:
    """The places of what was found; `alike`: nothing has the words as they were typed, these are spelt nearly so."""

    places: tuple[int, ...]
    alike: bool = False


def find(typed: str, among: Sequence[Described]) -> Matches:
    """Those that have every word that was typed, whole or begun; where none has, those that have words spelt alike."""
    wanted = _words(typed)
    held = [one.words for one in among]
    found = tuple(place for place, words in enumerate(held) if all(_has(words, want) for want in wanted))
    if found:
        return Matches(found)
    alike = (place for place, words in enumerate(held) if all(_has_alike(words, want) for want in wanted))
    return Matches(tuple(alike), alike=True)


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _has(words: Sequence[str], want: str) -> bool:
    return any(word.startswith(want) for word in words)


def _has_alike(words: Sequence[str], want: str) -> bool:
    from rapidfuzz import fuzz

    if len(want) < _LEAST_LETTERS:
        return _has(words, want)
    # Of a long word only the beginning may have been typed so far.
    return any(
        max(fuzz.ratio(want, word), fuzz.ratio(want, word[: len(want)])) >= _NEAR
        for word in words
        if len(word) >= _LEAST_LETTERS - 1
    )
