"""Strong Kleene logic, as tables."""

from __future__ import annotations

from itertools import product

import pytest

from screener.rules.truth import Truth, at_least, conjoin, disjoin, negate

NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES


def test_a_truth_refuses_to_be_read_as_a_bool() -> None:
    for truth in Truth:
        with pytest.raises(TypeError, match="three values"):
            bool(truth)


@pytest.mark.parametrize(("truth", "expected"), [(NO, YES), (UNKNOWN, UNKNOWN), (YES, NO)])
def test_not_swaps_yes_and_no_and_keeps_unknown(truth: Truth, expected: Truth) -> None:
    assert negate(truth) is expected


AND = {
    (NO, NO): NO, (NO, UNKNOWN): NO, (NO, YES): NO,
    (UNKNOWN, NO): NO, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, YES): UNKNOWN,
    (YES, NO): NO, (YES, UNKNOWN): UNKNOWN, (YES, YES): YES,
}  # fmt: skip
OR = {
    (NO, NO): NO, (NO, UNKNOWN): UNKNOWN, (NO, YES): YES,
    (UNKNOWN, NO): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, YES): YES,
    (YES, NO): YES, (YES, UNKNOWN): YES, (YES, YES): YES,
}  # fmt: skip


@pytest.mark.parametrize("pair", list(product(Truth, repeat=2)))
def test_and_and_or_follow_their_tables(pair: tuple[Truth, Truth]) -> None:
    assert conjoin(pair) is AND[pair]
    assert disjoin(pair) is OR[pair]


def test_and_of_nothing_is_yes_and_or_of_nothing_is_no() -> None:
    assert conjoin([]) is YES
    assert disjoin([]) is NO


@pytest.mark.parametrize("parts", list(product(Truth, repeat=3)))
@pytest.mark.parametrize("needed", [1, 2, 3])
def test_a_count_is_decided_exactly_when_every_completion_agrees(needed: int, parts: tuple[Truth, ...]) -> None:
    completions = product(*([part] if part is not UNKNOWN else [NO, YES] for part in parts))
    outcomes = {sum(part is YES for part in full) >= needed for full in completions}
    expected = UNKNOWN if len(outcomes) == 2 else Truth.of(outcomes.pop())
    assert at_least(needed, parts) is expected
