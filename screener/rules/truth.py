"""Truth with three values, and strong Kleene logic over it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NoReturn


class Truth(IntEnum):
    """NO < UNKNOWN < YES. Refuses to be read as a bool: unknown is never no."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    def __bool__(self) -> NoReturn:
        raise TypeError("a Truth has three values: compare it with Truth.YES, Truth.NO or Truth.UNKNOWN")

    @staticmethod
    def of(value: bool) -> Truth:
        """YES for True, NO for False."""
        return Truth.YES if value else Truth.NO


def negate(truth: Truth) -> Truth:
    """Kleene not: YES and NO change places, UNKNOWN stays."""
    return _NEGATED[truth]


_NEGATED = (Truth.YES, Truth.UNKNOWN, Truth.NO)


def conjoin(parts: Iterable[Truth]) -> Truth:
    """Kleene and: the least of the parts; YES when there are none."""
    return min(parts, default=Truth.YES)


def disjoin(parts: Iterable[Truth]) -> Truth:
    """Kleene or: the greatest of the parts; NO when there are none."""
    return max(parts, default=Truth.NO)


def at_least(needed: int, parts: Iterable[Truth]) -> Truth:
    """YES when `needed` parts are YES, NO when even the unknown ones could not make that many, UNKNOWN otherwise."""
    certain = possible = 0
    for part in parts:
        certain += part is Truth.YES
        possible += part is not Truth.NO
    if certain >= needed:
        return Truth.YES
    return Truth.UNKNOWN if possible >= needed else Truth.NO
