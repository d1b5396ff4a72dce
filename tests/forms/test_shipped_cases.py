"""Each shipped rule's cases notice when the rule, a part of it, an option or a line by one step is changed."""

from __future__ import annotations

from functools import cache

import pytest

from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.places import forms_folder
from tests.forms.mutants import Noticing, mutants


@cache
def shipped() -> tuple[Pack, Noticing]:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack, Noticing(pack)


RULES = [rule.id for rule in shipped()[0].rules.values() if rule.status != "retired"]


@pytest.mark.parametrize("rule_id", RULES)
def test_a_small_change_of_the_condition_makes_a_case_fail(rule_id: str) -> None:
    pack, noticing = shipped()
    rule = pack.rules[rule_id]
    assert list(mutants(rule, pack.questions))
    assert noticing.unnoticed(rule) == []


@pytest.mark.parametrize("rule_id", RULES)
def test_without_the_rule_nothing_is_listed_and_a_case_says_that_it_is(rule_id: str) -> None:
    assert any(case.is_ == "listed" for case in shipped()[0].rules[rule_id].cases)
