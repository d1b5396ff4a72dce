"""What came of a condition as one whole number: how a truth, a level and the answers it rests on are packed in it.

The lowest bit says UNKNOWN, the next YES, neither NO; then one bit for each answer that a decided outcome rests on,
one for each that an open outcome misses, and the level. So parts that agree are put together by `|`, and an outcome
with its whole explanation is there without an object being made.
"""

from __future__ import annotations

from collections.abc import Iterable

PARAMETER = "parameter:"
"""Sources that begin so name a parameter instead of a question."""

UNKNOWN, YES = 1, 2
TRUTH = UNKNOWN | YES
"""The bits of the truth. Parts of several truths put together keep UNKNOWN, which then holds whatever YES says."""
_FIRST = 2


class Codes:
    """The numbers for one rule, whose sources are the questions and parameters that it reads."""

    __slots__ = ("_bit", "_bits", "all_missing", "sources")

    def __init__(self, sources: Iterable[str]) -> None:
        self.sources = tuple(dict.fromkeys(sources))
        self._bit = {source: 1 << (_FIRST + place) for place, source in enumerate(self.sources)}
        self._bits = tuple(self._bit.items())
        self.all_missing = sum(bit << len(self.sources) for bit in self._bit.values())
        """The bits of everything that can be missing."""

    def no(self, *sources: str) -> int:
        return sum({self._bit[source] for source in sources})

    def yes(self, *sources: str) -> int:
        return YES | self.no(*sources)

    def unknown(self, *sources: str) -> int:
        return UNKNOWN | self.no(*sources) << len(self.sources)

    def level(self, rank: int) -> int:
        """What is added to a YES of the level of this rank, counted from the lowest."""
        return (rank + 1) << (_FIRST + 2 * len(self.sources))

    def verdict(self, code: int) -> int:
        """The code without the answers: equal for the same truth and level."""
        return UNKNOWN if code & UNKNOWN else code & YES | (self.rank(code) + 1) << _FIRST

    def rank(self, code: int) -> int:
        """The rank of the level of a YES; -1 where there are no levels."""
        return (code >> (_FIRST + 2 * len(self.sources))) - 1

    def because(self, code: int) -> list[str]:
        """The sources that a decided outcome rests on."""
        return [source for source, bit in self._bits if code & bit]

    def missing(self, code: int) -> list[str]:
        """The sources that an open outcome misses, or that could raise a level."""
        missed = code >> len(self.sources)
        return [source for source, bit in self._bits if missed & bit]
