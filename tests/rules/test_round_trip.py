"""Conditions kept as JSON come back as they were: the cache and the last good pack rest on it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from screener.forms.model import Pack
from screener.rules.expressions import Expression
from tests.rules.running import node
from tests.rules.test_explanations import shipped
from tests.small_pack import small_pack

ADAPTER: TypeAdapter[Expression] = TypeAdapter(Expression)


@pytest.mark.parametrize(
    "written",
    [
        {"ask": "a.b", "within": "6 wk"},
        {"ask": "a.b", "older_than": "90 d", "before": "a.c"},
        {"ask": "a.b", "after": "visit"},
        {"ask": "a.b", "between": [18, "24.5"]},
        {"ask": "a.b", "above": {"parameter": "limit.systolic"}},
        {"compare": "a.b", "minus": "a.c", "at_least": 40, "unit": "mm[Hg]"},
        {"compare": "a.b", "above": "a.c", "times": 4},
        {"readings": "a.b", "count": {"at_least": 3, "of": {"systolic": {"at_least": 140}}, "on": "different days"}},
        {"not": {"count": {"at_least": 2, "of": [{"missing": "a.b"}, {"accounts_differ": "a.c"}]}}},
    ],
    ids=str,
)
def test_a_condition_comes_back_from_json_as_it_was(written: dict[str, Any]) -> None:
    before = node(written)
    assert ADAPTER.validate_json(ADAPTER.dump_json(before, by_alias=True)) == before
    assert ADAPTER.validate_json(ADAPTER.dump_json(before, by_alias=True, exclude_none=True)) == before


@pytest.mark.parametrize("pack", [small_pack, shipped])
def test_a_pack_comes_back_from_json_as_it_was(pack: Any) -> None:
    text = pack().model_dump_json(by_alias=True)
    back = Pack.model_validate_json(text)
    assert back.questions == pack().questions
    conditions = {rule_id: rule.conditions() for rule_id, rule in pack().rules.items()}
    assert {rule_id: rule.conditions() for rule_id, rule in back.rules.items()} == conditions
    assert back.model_dump_json(by_alias=True) == text
