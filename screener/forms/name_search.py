"""Finding things by the words of their names: beginnings of words are enough, and words spelt nearly right will do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from screener.rules.medicines import folded

_NEAR = 72.0
"""From this likeness on, of 100, a word is taken for the one that was meant."""
_SHORTEST = 4
"""Shorter words are not guessed at."""
_WORDS = re.compile(r"[^\W_]+")
_WHOLE, _BEGINS, _ALIKE, _ELSEWHERE = 0, 1, 3, 8


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its name, and further words that it can be found by."""

    name: str
    more: str = ""


def words_of(text: str) -> list[str]:
    """The words of a text without case and accents."""
    return _WORDS.findall(folded(text))


class NameSearch:
    """A list of things, ready to be searched as somebody types."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._names = [words_of(one.name) for one in named]
        self._more = [words_of(one.more) for one in named]
        self._plain = [folded(one.name) for one in named]
        self._vocabulary = sorted({word for words in (*self._names, *self._more) for word in words})

    def find(self, text: str, most: int = 50) -> list[int]:
        """The places in the list of what was found, best first: every word that was typed is in its name or words."""
        typed = [self._costs(word) for word in words_of(text)]
        if not typed:
            return []
        plain = folded(text)
        found: list[tuple[int, int, int]] = []
        for place in range(len(self._names)):
            costs = [self._cost(place, costs) for costs in typed]
            if None not in costs:
                begins = 0 if self._plain[place].startswith(plain) else 1
                cost = sum(cost or 0 for cost in costs) + begins
                found.append((cost, len(self._names[place]), place))  # of two alike the shorter name is meant
        return [place for *_, place in sorted(found)[:most]]

    def _cost(self, place: int, costs: dict[str, int]) -> int | None:
        """How far a typed word is from the nearest one of a thing; None where none is near."""
        own = [costs[word] for word in self._names[place] if word in costs]
        further = [costs[word] + _ELSEWHERE for word in self._more[place] if word in costs]
        return min((*own, *further), default=None)

    def _costs(self, typed: str) -> dict[str, int]:
        """The known words that a typed one can mean, each with how far it is from it."""
        begun = {w: _WHOLE if w == typed else _BEGINS for w in self._vocabulary if w.startswith(typed)}
        return begun or dict.fromkeys(self._alike(typed), _ALIKE)

    def _alike(self, typed: str) -> set[str]:
        if len(typed) < _SHORTEST:
            return set()
        from rapidfuzz import fuzz, process

        # A word that is not typed to its end yet is compared with as much of each.
        begun = [word[: len(typed)] for word in self._vocabulary]
        found: set[str] = set()
        for words in (self._vocabulary, begun):
            near = process.extract(typed, words, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None)
            found |= {self._vocabulary[place] for _, _, place in near}
        return found
