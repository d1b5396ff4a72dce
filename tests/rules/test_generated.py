"""Generated functions: the same codes, outcomes and explanations as the closures; nothing of a pack in their text."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given

from screener.forms import evaluation
from screener.forms.answering import Given
from screener.forms.evaluation import RuleSet
from screener.rules.evaluate import Condition, compile_condition
from screener.rules.facts import Facts
from screener.rules.generated import codes_of, codes_source, outcomes_source
from tests.benchmarks.pack import LIMIT, PATHWAY, bench_pack
from tests.benchmarks.records import visits
from tests.rules.running import VISIT, facts, node
from tests.rules.test_explanations import Situation, rule_sets, situations

RECORDS, TOLD = 10_000, 2_000
HOSTILE = (
    "'",
    '"',
    "\\",
    "\n",
    "__import__('os')",
    "{0}",
    "%s",
    "v[0]",
    "c0",
    "a1",
    "); raise SystemExit",
    "#",
    "\u2028",
)
NAMES = re.compile(r"_|[actw]\d+|[vf]|found|function|run|Decimal|PartialDate|Ratio|datetime|frozenset|len|max|min")
ATTRIBUTES = {
    "__class__",
    "accounts_differ",
    "copy",
    "day",
    "first",
    "isdisjoint",
    "last",
    "over",
    "seen",
    "state",
    "under",
}


def by_closures(conditions: list[Condition], facts: Facts) -> list[int]:
    return [condition.run(facts.values, facts) for condition in conditions]


def test_on_ten_thousand_random_visits_every_code_is_that_of_the_closure() -> None:
    rules = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    conditions, run = list(rules.conditions.values()), rules.codes()
    for answers in visits(rules.form, RECORDS):
        facts = rules.form.facts(answers, VISIT)
        assert run(facts.values, facts) == by_closures(conditions, facts)


def test_on_the_first_of_these_visits_every_outcome_and_explanation_is_that_of_the_closure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closures = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    monkeypatch.setattr(evaluation, "RUNS_AS_CLOSURES", 1)
    generated = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    for answers in visits(closures.form, TOLD):
        facts = closures.form.facts(answers, VISIT)
        here = closures.outcomes(facts, answers, closures.rules)
        there = generated.outcomes(generated.form.facts(answers, VISIT), answers)
        assert [tuple(one)[1:] for one in there.values()] == [tuple(one)[1:] for one in here.values()]
        assert list(there) == list(here)


@given(situations())
def test_on_random_answers_to_every_pack_every_code_is_that_of_the_closure(situation: Situation) -> None:
    rules = situation.rules
    conditions = [rules.conditions[rule_id] for rule_id in situation.ids]
    facts = rules.form.facts(situation.answers, VISIT)
    assert codes_of(conditions)(facts.values, facts) == by_closures(conditions, facts)


def test_all_rules_of_every_pathway_as_one_function_come_to_what_their_closures_come_to() -> None:
    for rules in rule_sets():
        conditions = list(rules.conditions.values())
        facts = rules.form.facts({}, VISIT)
        assert rules.codes()(facts.values, facts) == by_closures(conditions, facts)


def test_what_is_answered_key_by_key_comes_to_the_same_by_either_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "RUNS_AS_CLOSURES", 1)
    generated = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    dice = random.Random(5)
    for answers in visits(generated.form, 40):
        said: dict[str, Given] = {}
        facts, outcomes = generated.evaluate(said, VISIT)
        for question in dice.sample(sorted(answers), len(answers)):
            said[question] = answers[question]
            outcomes.update(generated.again(generated.form.update(facts, said, question), facts, said))
        assert outcomes == generated.outcomes(generated.form.facts(answers, VISIT), answers, generated.rules)


def hostile_rules() -> Iterator[Condition]:
    """One rule of each kind of test, whose ids, options and parts are text that would do harm as source."""
    for number, text in enumerate(HOSTILE):
        other = HOSTILE[number - 1]
        yes = {"ask": text, "is": text}
        written: list[dict[str, Any]] = [
            yes,
            {"all": [yes, {"not": {"ask": other, "one_of": [text, other]}}]},
            {"count": {"at_least": 2, "of": [yes, {"ask": other, "is": text}]}},
            {"compare": text, "above": f"{other}?"},
            {"readings": text, "phase": other, "mean": "systolic", "above": {"parameter": f"{text}.{text}"}},
            {"missing": text},
            {"accounts_differ": other},
            {"takes": {"substance": text}, "in": other},
        ]
        for one in written:
            yield compile_condition(text, [(None, node(one))], {text: {text: None}})  # type: ignore[dict-item]


@pytest.mark.parametrize("source", [codes_source, lambda rules: outcomes_source([(rule, {}) for rule in rules])])
def test_no_text_of_a_pack_stands_in_what_is_generated(source: Callable[[list[Condition]], Any]) -> None:
    shipped = [condition for rules in rule_sets() for condition in rules.conditions.values()][:600]
    of_one_screening = list(next(iter(rule_sets())).conditions.values())
    assert ", = v\n" in source(of_one_screening).text  # their values are read at once
    for rules in (list(hostile_rules()), shipped, of_one_screening):
        tree = ast.parse(source(rules).text)
        for part in ast.walk(tree):
            assert not isinstance(part, ast.Import | ast.ImportFrom | ast.Global | ast.Lambda | ast.JoinedStr)
            match part:
                case ast.Constant():
                    assert part.value is None or type(part.value) is int
                case ast.Name():
                    assert NAMES.fullmatch(part.id), part.id
                case ast.Attribute():
                    assert part.attr in ATTRIBUTES
                case ast.arg():
                    assert NAMES.fullmatch(part.arg)
                case _:
                    pass


def test_hostile_text_is_compared_and_told_like_any_other() -> None:
    for text in HOSTILE:
        condition = compile_condition(text, [(None, node({"ask": text, "is": text}))], {})
        run = codes_of([condition])
        for said in (text, "no"):
            here = facts({text: said}).laid_out(condition.layout)
            assert run(here.values, here) == by_closures([condition], here)
        assert condition.told(run([text], facts({text: text}))[0]).because == {text}


def test_rules_built_alike_share_what_was_compiled() -> None:
    one, other = (compile_condition(name, [(None, node({"ask": name, "is": "yes"}))], {}) for name in "ab")
    assert codes_of([one]).__code__ is codes_of([other]).__code__
