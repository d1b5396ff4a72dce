"""Finding a medicine by what was said or read: generic and trade names, beginnings, and names spelt nearly right."""

from __future__ import annotations

from dataclasses import dataclass

from screener.forms.medicines import MedicineList, MedicineName
from screener.rules.medicines import folded

SHORTEST = 2
_NEAR, _NEARER = 72.0, 80.0
"""From this likeness on, of 100, a name is offered; below it what is offered has little to do with what was typed.

From the second on it is taken for a slip of the pen: so much alike is hardly another medicine.
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A name that was found, as the dictionary writes it, and whose it is."""

    name: str
    entry: MedicineName
    exact: bool = False
    """The very name that was typed."""
    sure: bool = True
    """It begins as what was typed, or differs by a slip; otherwise it may well be another medicine."""


class MedicineSearch:
    """The names of one dictionary, ready to be searched as somebody types."""

    def __init__(self, medicines: MedicineList) -> None:
        self._names = [(folded(name), name, entry) for entry in medicines.names for name in entry.names]
        self._choices = [plain for plain, _, _ in self._names]

    def find(self, text: str, most: int = 8) -> list[Match]:
        """The best matches, each medicine once: names that begin so, then words that do, then what is spelt alike."""
        typed = folded(text)
        if len(typed) < SHORTEST:
            return []
        found: dict[str, Match] = {}
        for plain, name, entry in self._beginning(typed):
            found.setdefault(entry.name, Match(name, entry, plain == typed))
        least = _NEARER if found else _NEAR
        for likeness, (_, name, entry) in self._alike(typed, most):
            if likeness >= least:
                found.setdefault(entry.name, Match(name, entry, sure=likeness >= _NEARER))
        return list(found.values())[:most]

    def _beginning(self, typed: str) -> list[tuple[str, str, MedicineName]]:
        ranked = [(rank, item) for item in self._names if (rank := _rank(typed, item[0])) is not None]
        ranked.sort(key=lambda pair: (pair[0], pair[1][1] != pair[1][2].name, len(pair[1][0]), pair[1][0]))
        return [item for _, item in ranked]

    def _alike(self, typed: str, most: int) -> list[tuple[float, tuple[str, str, MedicineName]]]:
        from rapidfuzz import fuzz, process

        near = process.extract(typed, self._choices, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=2 * most)
        return [(likeness, self._names[index]) for _, likeness, index in near]


def _rank(typed: str, plain: str) -> int | None:
    """0 the very name, 1 a name that begins so, 2 one of whose words does; None where nothing does."""
    if plain == typed:
        return 0
    if plain.startswith(typed):
        return 1
    return 2 if f" {typed}" in plain else None
