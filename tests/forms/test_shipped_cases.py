"""Each shipped rule's cases notice when the rule, a part of it, an option or a line by one step is changed."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from screener.forms.answering import read_given
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack, Rule
from screener.forms.pack import read_pack
from screener.forms.visibility import Form
from screener.places import forms_folder
from screener.rules.expressions import Any_, Ask, Node
from screener.rules.values import Kind
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


PAST_DATES = [q.id for q in shipped()[0].questions.values() if q.kind is Kind.DATE and not q.planned]


@pytest.mark.parametrize("question", PAST_DATES)
def test_every_date_has_a_check_that_notices_one_after_the_visit_wherever_it_is_asked(question: str) -> None:
    pack, _ = shipped()
    asked_on = {pathway.id for pathway in pack.pathways if question in Form(pack, pathway.id).questions}
    noticed = {
        pathway
        for rule in pack.rules.values()
        if rule.tier == "check" and Ask(ask=question, after="visit") in _either(rule)
        for pathway in rule.pathways
    }
    assert noticed == asked_on


def _either(rule: Rule) -> tuple[Node, ...]:
    """The condition, or what any part of it is enough for."""
    return rule.when.any if isinstance(rule.when, Any_) else rule.conditions()


def test_a_heart_attack_dated_after_the_visit_is_no_recent_one_and_is_named_as_mistyped() -> None:
    rules = RuleSet(shipped()[0], "esketamine-clinic", ("eu-label",), {})
    raw = {"heart.attack": "yes", "heart.attack_on": "2026-12-01", "heart.other_event": []}
    given = {name: read_given(rules.form.questions[name], value) for name, value in raw.items()}
    _, outcomes = rules.evaluate(given, date(2026, 11, 23))
    assert outcomes["heart.event_six_weeks_eu"].outcome == "not_listed"
    assert outcomes["heart.attack_after_visit"].outcome == "listed"
