"""Truth for many records as two rails, known to be YES and known to be NO, with strong Kleene logic over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from screener.rules.columns.column import Column
from screener.rules.columns.states import Bools
from screener.rules.truth import Truth
from screener.rules.values import Value

Truths = npt.NDArray[np.uint8]
"""A `Truth` for each record: 0 NO, 1 UNKNOWN, 2 YES."""


class Mask(NamedTuple):
    """Where something is known to be YES and where known to be NO; nowhere both, and UNKNOWN where neither."""

    yes: Bools
    no: Bools

    @property
    def inverse(self) -> Mask:
        """Kleene not: the rails change places."""
        return Mask(self.no, self.yes)

    @property
    def unknown(self) -> Bools:
        found: Bools = ~(self.yes | self.no)
        return found

    @property
    def truths(self) -> Truths:
        """One number a record."""
        found = np.empty(len(self.yes), dtype=np.uint8)
        self.put(found)
        return found

    def put(self, truths: Truths) -> None:
        """One number a record, put where there is a place for them."""
        signed = truths.view(np.int8)
        np.subtract(self.yes.view(np.int8), self.no.view(np.int8), out=signed)
        signed += 1


def everywhere(truth: Truth, records: int) -> Mask:
    """The same for every record."""
    return Mask(np.full(records, truth is Truth.YES), np.full(records, truth is Truth.NO))


def all_of(parts: Sequence[Mask]) -> Mask:
    """Kleene and."""
    return Mask(_and([part.yes for part in parts]), _or([part.no for part in parts]))


def any_of(parts: Sequence[Mask]) -> Mask:
    """Kleene or."""
    return Mask(_or([part.yes for part in parts]), _and([part.no for part in parts]))


def at_least(needed: int, parts: Sequence[Mask]) -> Mask:
    """YES where so many parts are, NO where even the unknown ones could not make that many."""
    certain, excluded = _counted([part.yes for part in parts]), _counted([part.no for part in parts])
    return Mask(certain >= needed, excluded > len(parts) - needed)


def _counted(rails: Sequence[Bools]) -> npt.NDArray[np.unsignedinteger[Any]]:
    number = np.zeros(len(rails[0]), dtype=np.min_scalar_type(len(rails)))
    for rail in rails:
        number += rail.view(np.uint8)
    return number


def _and(rails: Sequence[Bools]) -> Bools:
    return _onto(np.logical_and, rails)


def _or(rails: Sequence[Bools]) -> Bools:
    return _onto(np.logical_or, rails)


def _onto(combine: np.ufunc, rails: Sequence[Bools]) -> Bools:
    """The rails combined, in one array that is made for it."""
    if len(rails) == 1:
        return rails[0]
    found: Bools = combine(rails[0], rails[1])
    for rail in rails[2:]:
        combine(found, rail, out=found)
    return found


def of_two(column: Column, holds: Bools) -> Mask:
    """A test that every value passes or fails; it fails where the question is not applicable."""
    yes = holds & column.answered
    return Mask(yes, column.decided ^ yes)


def of_options(column: Column, holds: Bools) -> Mask:
    """The same where `holds` says nothing of records that are not answered, as options do."""
    return Mask(holds, column.decided ^ holds)


def of_three(column: Column, holds: Bools, fails: Bools) -> Mask:
    """A test that some values leave open."""
    return Mask(holds & column.answered, (fails & column.answered) | column.hidden)


def of_both(left: Column, right: Column, holds: Bools, fails: Bools | None) -> Mask:
    """A test of two values, which fails where it does not hold if `fails` is None; also where either is hidden."""
    both = left.answered & right.answered
    yes = holds & both
    return Mask(yes, (both ^ yes if fails is None else fails & both) | left.hidden | right.hidden)


def open_unless_hidden(column: Column) -> Mask:
    """A test that no value decides."""
    return Mask(np.zeros(len(column), dtype=np.bool_), column.hidden)


def mended(mask: Mask, odd: Mapping[int, Value], column: Column, judge: Callable[[Value, int], Truth]) -> Mask:
    """The same mask, with the values that stand apart judged one by one."""
    if not odd:
        return mask
    yes, no = mask.yes.copy(), mask.no.copy()
    for row, value in odd.items():
        if column.answered[row]:
            truth = judge(value, row)
            yes[row], no[row] = truth is Truth.YES, truth is Truth.NO
    return Mask(yes, no)
