"""A seeded sample of damaged places, and the failure planted in it."""

from __future__ import annotations

from tests.proofs.damage import PLANTED, damage_some, without_head

PLACES = 100


def test_a_hundred_damaged_places_are_each_named_or_harmless() -> None:
    tries = damage_some(range(PLACES))
    assert [tried for tried in tries if tried.failure] == []
    assert sum(tried.detected for tried in tries) > PLACES / 2, "so little was detected that nothing was damaged"


def test_where_nobody_asks_the_head_a_torn_log_is_a_failure_each_time() -> None:
    assert all(tried.failure for tried in without_head(PLANTED))
