"""Conditions as closures: alike ones share a template, pack text never stands in one, outcomes are kept and bounded."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from screener.forms import evaluation
from screener.forms.evaluation import RuleSet
from screener.rules.codes import Codes
from screener.rules.evaluate import Outcome, compile_condition, evaluate
from screener.rules.values import Reading, Readings, State
from tests.benchmarks.pack import LIMIT, PATHWAY, bench_pack
from tests.benchmarks.records import visits
from tests.rules.running import NO, UNKNOWN, VISIT, YES, facts, node, on, result, truth


def yes(question: str) -> dict[str, Any]:
    return {"ask": question, "is": "yes"}


def run_of(written: dict[str, Any]) -> Any:
    return compile_condition("r", [(None, node(written))], {}).run


def test_conditions_built_alike_run_by_one_template() -> None:
    one = run_of({"all": [yes("a"), {"ask": "b", "above": 3}]})
    other = run_of({"all": [{"ask": "c", "is": "no"}, {"ask": "d", "above": 4}]})
    assert one.__code__ is other.__code__
    assert run_of({"any": [yes("a"), {"ask": "b", "above": 3}]}).__code__ is not one.__code__


@pytest.mark.parametrize("text", ["'", '"', "\\", "__import__('os')", "{0}", "%s", "v[0]", "a\nb", "1 if 1 else 2"])
def test_what_a_pack_says_is_data_and_never_becomes_part_of_a_template(text: str) -> None:
    written = {"all": [{"ask": text, "is": text}, {"not": {"ask": "other", "one_of": [text, "yes"]}}]}
    assert result(written, {text: text, "other": "no"}) == (YES, frozenset((text, "other")))
    assert result(written, {text: text, "other": text}) == (NO, frozenset(("other",)))
    found = compile_condition("r", [(None, node(written))], {}).run.__code__
    assert not [one for one in found.co_consts if isinstance(one, str) and one == text]


@pytest.mark.parametrize("parts", [11, 12, 13, 40, 300])
def test_a_condition_of_many_parts_is_judged_like_one_of_few(parts: int) -> None:
    names = [f"q{number}" for number in range(parts)]
    told = dict.fromkeys(names, "no")
    written = {"any": [yes(name) for name in names]}
    assert result(written, told) == (NO, frozenset(names))
    assert result(written, {**told, names[-1]: "yes"}) == (YES, frozenset(names[-1:]))
    assert result(written, {**told, names[0]: State.NOT_KNOWN}) == (UNKNOWN, frozenset(names[:1]))
    assert result({"all": written["any"]}, {**told, names[0]: "yes"}) == (NO, frozenset(names[1:2]))
    assert result({"count": {"at_least": 2, "of": written["any"]}}, {**told, names[1]: "yes"})[0] is NO


@pytest.mark.parametrize("depth", [7, 8, 9, 10, 30, 60])
def test_a_condition_is_judged_the_same_however_deep_it_lies(depth: int) -> None:
    written: dict[str, Any] = {"all": [yes("a"), yes("b")]}
    for level in range(depth):
        written = {"not": written} if level % 2 else {"any": [written, yes("c")]}
    plain = truth(written, {"a": "yes", "b": "yes", "c": "no"})
    assert plain is (YES if depth // 2 % 2 == 0 else NO)
    assert result(written, {"a": "yes", "b": "yes", "c": State.NOT_KNOWN})[1] <= {"a", "b", "c"}


def test_a_level_that_is_open_is_named_beside_the_level_that_is_met() -> None:
    levels = [("low", node(yes("a"))), ("high", node({"all": [yes("a"), yes("b")]}))]
    condition = compile_condition("r", levels, {})
    assert evaluate(condition, facts({"a": "yes"})) == Outcome(YES, "low", frozenset("a"), frozenset("b"))
    assert evaluate(condition, facts({"a": "yes", "b": "yes"})) == Outcome(YES, "high", frozenset("ab"))
    assert evaluate(condition, facts({"a": "no"})) == Outcome(NO, None, frozenset("a"))


def test_codes_of_parts_that_agree_are_put_together_by_or() -> None:
    codes = Codes(["a", "b", "c"])
    assert codes.because(codes.yes("a") | codes.yes("c")) == ["a", "c"]
    assert codes.yes("a") | codes.yes("b") == codes.yes("a", "b") == codes.yes("b", "a", "b")
    mixed = codes.unknown("b") | codes.yes("a")
    assert codes.missing(mixed) == ["b"]
    assert codes.verdict(mixed) == codes.verdict(codes.unknown("c"))
    assert codes.verdict(codes.yes("a") | codes.level(1)) != codes.verdict(codes.yes("a") | codes.level(0))


def test_a_condition_reads_the_day_of_each_visit_anew() -> None:
    condition = compile_condition("r", [(None, node({"ask": "q", "within": "6 wk"}))], {})
    for shift, expected in ((0, YES), (43, NO), (0, YES), (-1, NO), (42, YES)):
        day: date = VISIT + timedelta(days=shift)
        assert evaluate(condition, facts({"q": on(str(VISIT))}, day)).truth is expected


def test_a_mean_of_long_figures_is_not_rounded() -> None:
    figure = Decimal("140." + "0" * 35 + "1")
    rows = Readings(tuple(Reading(systolic=value) for value in (figure, Decimal(140), Decimal(140))))
    assert truth({"readings": "bp", "mean": "systolic", "above": 140}, {"bp": rows}) is YES
    rows = Readings(tuple(Reading(systolic=value) for value in (figure, Decimal(140), 280 - figure.quantize(1))))
    assert truth({"readings": "bp", "mean": "systolic", "at_most": 140}, {"bp": rows}) is NO


def test_the_same_outcome_is_the_same_object_so_that_nothing_is_made_anew() -> None:
    rules = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    for answers in visits(rules.form, 5):
        first, again = rules.evaluate(answers, VISIT)[1], rules.evaluate(answers, VISIT)[1]
        assert [rule_id for rule_id in first if first[rule_id] is not again[rule_id]] == []


def test_what_is_kept_is_bounded_and_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    generous = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    monkeypatch.setattr(evaluation, "MOST_KEPT", 1)
    scant = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    for answers in visits(scant.form, 20):
        assert [tuple(one)[1:] for one in scant.evaluate(answers, VISIT)[1].values()] == [
            tuple(one)[1:] for one in generous.evaluate(answers, VISIT)[1].values()
        ]
