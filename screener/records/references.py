"""References that are easily taken for one another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

_LEAST = 4
"""Shorter ones differ by one character as a matter of course."""


class References:
    """The references that something is kept under, each with its second mark; any number of them."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(known or {})
        self._signs = sorted(set().union(*self._known)) if self._known else []

    def __contains__(self, reference: str) -> bool:
        return reference in self._known

    def second_mark(self, reference: str) -> str:
        return self._known[reference]

    def alike(self, typed: str) -> list[str]:
        """Those that differ from what was typed by one character or by two swapped ones."""
        if len(typed) < _LEAST:
            return []
        # What would look like it is looked up: quick also where a hundred thousand are kept.
        near = set()
        for place in range(len(typed)):
            near |= {typed[:place] + sign + typed[place + 1 :] for sign in self._signs}
        for one, two in combinations(range(len(typed)), 2):
            near.add(typed[:one] + typed[two] + typed[one + 1 : two] + typed[one] + typed[two + 1 :])
        near.discard(typed)
        return sorted(name for name in near if name in self._known)
