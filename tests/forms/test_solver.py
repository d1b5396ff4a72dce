"""The search and the solver come to the same, and going through everything judges both where that can be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.forms.analysis import beyond
from screener.forms.analysis.asking import Goal, at_level, decided, is_no, is_yes
from screener.forms.analysis.everywhere import Everywhere
from screener.forms.analysis.pairs import by_form, implied
from screener.forms.analysis.pairs import whole as whole_of
from screener.forms.analysis.search import Searched, Undecided
from screener.forms.analysis.wider import Wider, wider
from screener.forms.analysis.worse import Falling, falls_between
from screener.forms.answering import Given, one
from screener.forms.cases import DAY
from screener.forms.visibility import Form
from screener.rules.evaluate import Condition, Outcome, compile_condition
from screener.rules.expressions import All, Any_, Ask, Duration, Expression, Not
from screener.rules.truth import Truth
from screener.rules.values import PartialDate, Value
from tests.forms.test_analysis import ANSWERS, CONDITIONS, everything, small
from tests.forms.test_register import shipped

PLENTY = 100_000
"""Evaluations with which the search comes to its own end, so that the solver is not asked."""
RECENT = Ask(ask="heart.bleed_on", within=Duration(6, "wk"))
ON: tuple[Value, ...] = (PartialDate.on(DAY), PartialDate.on(DAY - timedelta(days=100)))
"""Answers to a question that is shown after a bleeding alone."""
TESTS = st.one_of(CONDITIONS, st.just(RECENT), st.just(Not(not_=RECENT)))
PARTS = st.one_of(CONDITIONS, st.lists(TESTS, min_size=2, max_size=3).map(lambda parts: Any_(any=tuple(parts))))
LEVELS = st.lists(
    st.one_of(PARTS, st.lists(TESTS, min_size=2, max_size=3).map(lambda parts: All(all=tuple(parts)))),
    min_size=1,
    max_size=3,
)


def records() -> Iterator[dict[str, Given]]:
    """Every way to answer some of what is shown, or none."""
    for answers in everything():
        yield answers
        if answers.get("heart.bleed") == one("yes"):
            yield from ({**answers, "heart.bleed_on": one(on)} for on in ON)


def complete(answers: Mapping[str, Given]) -> bool:
    wanted = {*ANSWERS, *(("heart.bleed_on",) if answers.get("heart.bleed") == one("yes") else ())}
    return answers.keys() == wanted


def searched() -> Searched:
    return Searched(Form(small(), "spray"), {}, DAY)


def leveled(on: Searched, nodes: list[Expression]) -> Condition:
    """A rule with as many levels as there are nodes; one node is a rule without levels."""
    levels = [(None, nodes[0])] if len(nodes) == 1 else [(f"level_{rank}", node) for rank, node in enumerate(nodes)]
    return compile_condition("drawn", levels, {}, on.form.layout)


def goals_of(condition: Condition) -> list[Goal]:
    return [is_yes, is_no, *(at_level(name) for name, _ in condition.levels if name is not None)]


@settings(max_examples=120, deadline=None)
@given(LEVELS)
def test_answers_are_found_by_both_exactly_where_there_are_some(nodes: list[Expression]) -> None:
    on = searched()
    condition = leveled(on, nodes)
    outcomes = [on.outcome(condition, answers) for answers in records()]
    for goal in goals_of(condition):
        there = any(goal(outcome) for outcome in outcomes)
        by_search, by_solver = on.find(condition, goal, PLENTY), beyond.find(on, condition, goal)
        assert by_search.sure and not by_search.ended
        assert (by_search.answers is not None) == (by_solver is not None) == there
        if by_solver is not None:
            assert goal(on.outcome(condition, by_solver))
            for name in by_solver:
                less = {other: given for other, given in by_solver.items() if other != name}
                assert not goal(on.outcome(condition, less)), f"{name} is named and not needed"


@settings(max_examples=80, deadline=None)
@given(LEVELS, st.sampled_from([("heart.bleed", "no", "yes"), ("heart.kind", "valve", "rhythm")]))
def test_a_worse_answer_that_takes_away_is_found_by_both(nodes: list[Expression], pair: tuple[str, str, str]) -> None:
    on = searched()
    condition = leveled(on, nodes)
    question, better, worse = pair
    whole = [answers for answers in records() if complete(answers)]
    ranks = [
        [
            _rank(condition, on.outcome(condition, {**answers, "heart.bleed_on": day, question: one(value)}))
            for value in (better, worse)
        ]
        for answers in whole
        for day in map(one, ON)
    ]
    there = any(after < before for before, after in ranks)
    if question not in on.values(condition):
        assert not there
        return
    found = falls_between(on, condition, question, better, worse, PLENTY)
    assert isinstance(found, Falling) == (beyond.falling(on, condition, question, better, worse) is not None) == there


def _rank(condition: Condition, outcome: Outcome) -> int:
    return [name for name, _ in condition.levels].index(outcome.level) + 1 if outcome.truth is Truth.YES else 0


@settings(max_examples=80, deadline=None)
@given(LEVELS)
def test_a_rule_that_waits_for_nothing_is_found_by_both(nodes: list[Expression]) -> None:
    on = searched()
    condition = leveled(on, nodes)
    there = any(_waits_for_nothing(on, condition, answers) for answers in records())
    found = [each for each in wider(on, condition, PLENTY) if not isinstance(each, Undecided)]
    assert bool(found) == there
    for each in found:
        _is_shown(on, condition, each)
    by_solver = {question: beyond.waiting(on, condition, question) for question in on.values(condition)}
    assert {each.question for each in found} <= {
        question for question, answers in by_solver.items() if answers is not None
    }
    assert any(answers is not None for answers in by_solver.values()) == there


def _waits_for_nothing(on: Searched, condition: Condition, answers: Mapping[str, Given]) -> bool:
    """Open, and the same with every way to answer all that is left."""
    if decided(on.outcome(condition, answers)):
        return False
    return len({(whole.truth, whole.level) for whole in _completed(on, condition, answers)}) == 1


def _completed(on: Searched, condition: Condition, answers: Mapping[str, Given]) -> Iterator[Outcome]:
    for whole in records():
        if complete(whole) and answers.items() <= whole.items():
            yield on.outcome(condition, whole)


def _is_shown(on: Searched, condition: Condition, found: Wider) -> None:
    """The witness shows it: open without the answer, and the same with each."""
    assert not decided(on.outcome(condition, found.answers))
    for value in on.values(condition)[found.question].values:
        came = on.outcome(condition, {**found.answers, found.question: one(value)})
        assert (came.truth, came.level) == (found.outcome.truth, found.outcome.level)


@settings(max_examples=120, deadline=None)
@given(LEVELS, LEVELS)
def test_a_rule_that_brings_another_with_it_is_told_from_one_that_does_not(
    first: list[Expression], second: list[Expression]
) -> None:
    on = searched()
    one_rule, other = leveled(on, first), leveled(on, second)
    listing = on.find(one_rule, is_yes, PLENTY).answers
    whole = [answers for answers in records() if complete(answers)]
    brings = all(is_yes(on.outcome(other, each)) for each in whole if is_yes(on.outcome(one_rule, each)))
    assert brings or not by_form(whole_of(one_rule), whole_of(other))
    if listing is not None and implied(on, one_rule, other, listing):
        assert brings
    elif listing is not None and brings:
        # What is not seen is a rule that waits for nothing on these answers; that is found by itself.
        assert not decided(on.outcome(other, listing))


@pytest.mark.slow
def test_over_the_whole_shipped_pack_both_come_to_the_same() -> None:
    pack = shipped()
    everywhere = Everywhere(pack, DAY)
    differ = []
    for rule in pack.rules.values():
        if rule.status in ("retired", "off"):
            continue
        here = everywhere.on(rule.pathways[0])
        condition = here.condition(rule.id)
        for goal in goals_of(condition):
            by_search = here.searched.find(condition, goal, PLENTY).answers
            if (by_search is None) != (beyond.find(here.searched, condition, goal) is None):
                differ.append((rule.id, goal))
    assert differ == []
