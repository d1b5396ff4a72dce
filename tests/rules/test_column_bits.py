"""Whole numbers in few bits: chosen as numpy chooses, and what is worked out of them as in Python's own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.rules.columns.comparing import against, difference, product
from screener.rules.columns.figures import Measure, Numbers
from screener.rules.columns.masks import Mask, at_least
from screener.rules.columns.options import OptionSets
from screener.rules.columns.states import ANSWERED, all_in, chosen, narrowed

KINDS = (np.uint8, np.int8, np.int16, np.int32, np.int64)
NEAR_AN_END = st.sampled_from([0, 1, 127, 255, 16_382, 16_383, 32_767, 2**30 - 2, 2**30, 2**31 - 1, 2**31, 10**15])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("one", [False, True])
def test_it_chooses_as_numpy_does(kind: Any, one: bool) -> None:
    dice = np.random.default_rng(7)
    low, high = np.iinfo(kind).min, np.iinfo(kind).max
    these, others = dice.integers(low, high, (2, 1_000), dtype=kind, endpoint=True)
    where = dice.random(1_000) < 0.5
    found = chosen(where, kind(high) if one else these, others)
    assert found.dtype == kind
    assert np.array_equal(found, np.where(where, kind(high) if one else these, others))
    assert np.array_equal(chosen(where, others, kind(low)), np.where(where, others, kind(low)))


@given(st.lists(NEAR_AN_END, min_size=1, max_size=6))
def test_numbers_are_held_in_few_bits_and_worked_with_in_many(figures: list[int]) -> None:
    column = Numbers.of(all_in(ANSWERED, len(figures)), [Decimal(figure) for figure in figures])
    units = column.units
    assert units.tolist() == figures
    assert max(figures) < np.iinfo(units.dtype).max // 2 or units.dtype == np.int64
    assert difference(units, -units.astype(object)).tolist() == [2 * figure for figure in figures]
    assert product(units, 70_000).tolist() == [70_000 * figure for figure in figures]
    assert difference(product(units, 1), product(units, 2)).tolist() == [-figure for figure in figures]
    assert [column.value(row) for row in range(len(figures))] == figures


@given(st.lists(NEAR_AN_END, min_size=1, max_size=6), NEAR_AN_END)
def test_they_are_compared_with_what_has_more_bits(figures: list[int], limit: int) -> None:
    units = narrowed(np.array(figures, dtype=np.int64))
    holds, fails = against("above", Fraction(2 * limit + 1, 2))(Measure(units, units, 1, {}))
    assert fails is None and holds.tolist() == [figure > limit for figure in figures]


def test_a_figure_that_needs_more_bits_widens_the_column() -> None:
    column = Numbers.of(all_in(ANSWERED, 3), [Decimal(1), Decimal(2), Decimal(3)])
    filled = column.filled(np.array([False, True, False]), Decimal(10**12))
    assert [filled.value(row) for row in range(3)] == [1, 10**12, 3]


@pytest.mark.parametrize("number", [1, 8, 9, 16, 17, 32, 33, 64, 65, 130])
def test_every_option_has_a_bit_of_its_own_in_a_word_no_wider_than_needed(number: int) -> None:
    options = [f"o{place}" for place in range(number)]
    said = [frozenset(options[place : place + 2]) for place in range(number)] + [frozenset()]
    column = OptionSets.of(all_in(ANSWERED, len(said)), said, options)
    assert column.bits.itemsize * 8 * column.bits.shape[1] < max(2 * number, 9) or number > 64
    assert [column.value(row) for row in range(len(said))] == said
    for wanted in ([options[0]], [options[-1]], options[::3], ["no option"], []):
        assert column.one_of(wanted).tolist() == [bool(one & set(wanted)) for one in said]


@pytest.mark.parametrize("parts", [2, 255, 256, 300])
def test_so_many_parts_are_counted_as_there_are(parts: int) -> None:
    yes, no = np.array([True, True, False]), np.array([False, False, True])
    masks = [Mask(yes, no)] * (parts - 1) + [Mask(np.array([True, False, False]), np.array([False, False, True]))]
    found = at_least(parts, masks)
    assert found.yes.tolist() == [True, False, False] and found.no.tolist() == [False, False, True]
