"""Every trick in every field, and the failure planted there."""

from __future__ import annotations

import pytest

from tests.proofs.tricks import TRICKS, try_some, without_quotes

pytestmark = pytest.mark.slow


def test_what_comes_back_is_what_was_given_in_every_field() -> None:
    tries = try_some(range(len(TRICKS)))
    assert [tried for tried in tries if tried.failure] == []
    assert {tried.field for tried in tries if tried.refused} >= {"choice", "number", "date"}


def test_a_store_that_takes_quotes_away_is_noticed() -> None:
    assert any(tried.failure for tried in without_quotes(range(3)))
