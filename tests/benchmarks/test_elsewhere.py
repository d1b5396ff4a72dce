"""What is written by hand for NumPy, Polars and DuckDB comes to what the engine comes to, and a slip would be seen."""

from __future__ import annotations

import pytest

from tests.benchmarks import elsewhere

pytest.importorskip("duckdb")


def test_twenty_rules_by_hand_agree_with_the_engine_over_columns() -> None:
    assert len(elsewhere.twenty().rules) == 20
    assert elsewhere.disagreements(500) == []


@pytest.mark.parametrize("way", [elsewhere.Masks, elsewhere.Expressions, elsewhere.Sql])
def test_a_slip_of_the_hand_is_seen(way: type[elsewhere.By], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way, "no", lambda self, test: test)
    assert {name for _, name in elsewhere.disagreements(500)} == {"mixed_1", "mixed_2"}
