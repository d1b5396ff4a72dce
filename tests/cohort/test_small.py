"""Small numbers: no table that is consistent with what is shown tells a hidden number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.records.cohort.small import ShownTable, merged, shown_row, shown_table, small_groups

LIMIT = 4


def consistent(shown: ShownTable, totals: Sequence[int], overall: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table, its last row all records, that has the totals and the numbers that are shown."""
    rows = [list(_filled(row, total)) for row, total in zip(shown.rows, totals, strict=True)]
    for table in product(*rows):
        sums = tuple(map(sum, zip(*table, strict=True))) if table else None
        if sums is None:
            yield from ((whole,) for whole in _filled(shown.overall, overall))
        elif all(known is None or known == one for known, one in zip(shown.overall, sums, strict=True)):
            yield (*table, sums)


def _filled(row: Sequence[int | None], total: int) -> Iterator[tuple[int, ...]]:
    choices = [range(total + 1) if one is None else (one,) for one in row]
    return (each for each in product(*choices) if sum(each) == total)


def counts(most: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, most), min_size=3, max_size=3)


@settings(max_examples=250)
@given(st.lists(counts(6).filter(lambda row: sum(row) >= LIMIT), min_size=0, max_size=3), counts(9))
def test_no_hidden_number_can_be_recovered_from_totals(rows: list[list[int]], alone: list[int]) -> None:
    overall = [sum(column) for column in zip(*rows, strict=True)] if rows else alone
    totals = [sum(row) for row in rows]
    shown = shown_table(rows, overall, LIMIT)
    for told, held in zip((*shown.rows, shown.overall), (*rows, overall), strict=True):
        assert all(one is None or one == was for one, was in zip(told, held, strict=True))
        assert all(one is None or not 0 < one < LIMIT for one in told)
    if sum(overall) < LIMIT:
        assert set(shown.overall) == {None}
        return
    possible: list[list[set[int]]] = [[set() for _ in overall] for _ in (*rows, overall)]
    for table in consistent(shown, totals, sum(overall)):
        for row, one in enumerate(table):
            for column, number in enumerate(one):
                possible[row][column].add(number)
    for told, found in zip((*shown.rows, shown.overall), possible, strict=True):
        for said, numbers in zip(told, found, strict=True):
            if said is None:
                assert len(numbers) > 1 and max(numbers) >= LIMIT


def test_a_row_with_one_small_number_hides_another_and_shows_the_rest() -> None:
    assert shown_row((2, 40, 958), 5) == (None, None, 958)
    assert shown_row((0, 40, 960), 5) == (0, 40, 960)
    assert shown_row((2, 998, 0), 5) == (None, None, 0)
    assert shown_row((2, 40, 958), 0) == (2, 40, 958)


def test_all_records_are_shown_where_only_groups_are_small() -> None:
    shown = shown_table([[2, 98, 0], [30, 60, 10], [40, 50, 10]], [72, 208, 20], 5)
    assert shown.overall == (72, 208, 20)
    assert None in shown.rows[0]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=10))
def test_neighbours_are_put_together_until_none_is_small_and_none_is_lost(numbers: list[int]) -> None:
    places = merged(numbers, 5)
    assert [place for first, last, _ in places for place in range(first, last + 1)] == list(range(len(numbers)))
    assert all(count == sum(numbers[first : last + 1]) for first, last, count in places)
    assert len(places) == 1 or all(not 0 < count < 5 for _, _, count in places)


@given(st.lists(st.integers(1, 12), min_size=1, max_size=8))
def test_groups_that_are_too_small_are_put_together_with_others(sizes: list[int]) -> None:
    together = small_groups(sizes, 5)
    assert all(size >= 5 for place, size in enumerate(sizes) if place not in together)
    if together:
        assert len(together) > 1 or len(sizes) == 1
        assert sum(sizes[place] for place in together) >= 5 or len(together) == len(sizes)


@pytest.mark.parametrize("limit", [0, 1])
def test_without_a_limit_everything_is_shown(limit: int) -> None:
    assert shown_table([[1, 0, 2]], [1, 0, 2], limit) == ShownTable(((1, 0, 2),), (1, 0, 2))
