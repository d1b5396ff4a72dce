"""How records stand to a question, one small whole number each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from screener.rules.values import State

Bools = npt.NDArray[np.bool_]
States = npt.NDArray[np.uint8]
Whole = npt.NDArray[np.int64]
Integers = npt.NDArray[np.integer[Any]]
"""Whole numbers of any width."""
Days = npt.NDArray[np.int32]
"""Days as `date.toordinal` counts them; 0 where there is none."""

ORDER = (
    State.ANSWERED,
    State.NOT_APPLICABLE,
    State.NOT_KNOWN,
    State.DECLINED,
    State.COME_BACK,
    State.NOT_ASKED,
    State.DIFFERING,
    State.GATE_OPEN,
)
"""A state's number is its place. The first two are decided: what follows is unknown to the logic."""

ANSWERED, NOT_APPLICABLE, NOT_KNOWN, DECLINED, COME_BACK, NOT_ASKED, DIFFERING, GATE_OPEN = range(len(ORDER))
NUMBER = {state: number for number, state in enumerate(ORDER)}


def states_of(states: Iterable[State]) -> States:
    """States as their numbers."""
    return np.array([NUMBER[state] for state in states], dtype=np.uint8)


def records_of(offsets: Whole) -> Whole:
    """Whose each entry is, where those of record i stand at `offsets[i]` up to `offsets[i + 1]`."""
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))


def all_in(number: int, records: int) -> States:
    """So many records that stand alike."""
    return np.full(records, number, dtype=np.uint8)


def chosen(where: Bools, these: Integers | np.integer[Any], others: Integers | np.integer[Any]) -> Any:
    """`np.where` for whole numbers of one kind, by their bits: processors guess wrongly at half of what is mixed."""
    found = these ^ others
    found *= where
    found ^= others
    return found


def narrowed(numbers: Integers) -> Integers:
    """The same whole numbers in as few bits as leave half of their room free, for one of them less another."""
    if not len(numbers):
        return numbers
    most = max(int(numbers.max()), -int(numbers.min()))
    kind = next((kind for kind in (np.int16, np.int32) if most < np.iinfo(kind).max // 2), np.int64)
    return numbers if numbers.dtype.itemsize <= np.dtype(kind).itemsize else numbers.astype(kind)
