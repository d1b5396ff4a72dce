"""Explanations: sufficient, irreducible, complete in what is missing; the same worked out whole or in steps."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.forms.answering import Given
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.places import forms_folder
from screener.rules.evaluate import PARAMETER
from screener.rules.explain import can_change
from screener.rules.expressions import AccountsDiffer, Missing, walk
from screener.rules.values import State, Value
from tests.rules.running import VISIT
from tests.rules.strategies import raw_answers, read
from tests.rules.twice_pack import CONDITIONS, DOMAIN, LEVELS, PATHWAY, twice_pack
from tests.small_pack import small_pack

Key = tuple[str, str | None]


@cache
def shipped() -> Pack:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


@cache
def rule_sets() -> list[RuleSet]:
    """Every pathway of the shipped pack under all profiles, the small pack, the pack that mentions questions twice."""
    found = [RuleSet(small_pack(), PATHWAY, ["clinic"]), RuleSet(small_pack(), PATHWAY, ["clinic"], {"limit": "b"})]
    found.append(RuleSet(twice_pack(), PATHWAY, []))
    pack = shipped()
    profiles = [profile.id for profile in pack.profiles]
    chosen = {name: parameter.options[0].id for name, parameter in pack.parameters.items()}
    for pathway in pack.pathways:
        found += [RuleSet(pack, pathway.id, profiles, drafts=True), RuleSet(pack, pathway.id, profiles, chosen)]
    return found


class Situation(NamedTuple):
    """A rule set, a few of its rules, and answers to some of what those rest on."""

    rules: RuleSet
    ids: list[str]
    answers: dict[str, Given]
    asked: list[str]

    @property
    def outcomes(self) -> dict[str, RuleOutcome]:
        return self.rules.outcomes(self.rules.form.facts(self.answers, VISIT), self.answers, self.ids)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    rules = draw(st.sampled_from(rule_sets()))
    ids = draw(st.lists(st.sampled_from(list(rules.rules)), min_size=1, max_size=8, unique=True))
    asked = list(dict.fromkeys(question for rule_id in ids for question in rules.rests_on(rule_id)))
    return Situation(rules, ids, read(rules.form, draw(raw_answers(rules.form, asked))), asked)


def key(outcome: RuleOutcome) -> Key:
    return outcome.outcome, outcome.level


def is_about_recording(rules: RuleSet, rule_id: str) -> bool:
    """Rules about what is recorded, not about what was answered: more answers may take them away again."""
    conditions = rules.rules[rule_id].conditions()
    return any(isinstance(node, Missing | AccountsDiffer) for root in conditions for node in walk(root))


@given(situations())
def test_the_because_alone_gives_the_same_outcome_and_no_answer_in_it_can_be_left_out(situation: Situation) -> None:
    rules, answers = situation.rules, situation.answers
    for rule_id, outcome in situation.outcomes.items():
        if outcome.outcome == "not_established":
            continue
        kept = {q: answers[q] for q in outcome.because if q in answers}
        facts = rules.form.facts(kept, VISIT)
        assert key(rules.outcome(rule_id, facts, kept)) == key(outcome), rule_id
        for left_out in kept:
            fewer = {q: said for q, said in kept.items() if q != left_out}
            if is_about_recording(rules, rule_id) or answers[left_out].state is State.COME_BACK:
                continue
            without = rules.outcome(rule_id, rules.form.facts(fewer, VISIT), fewer)
            assert key(without) != key(outcome), (rule_id, left_out)


@given(situations(), st.randoms(use_true_random=False))
def test_answering_in_steps_comes_to_the_same_as_evaluating_the_whole(
    situation: Situation, order: random.Random
) -> None:
    rules, answers = situation.rules, situation.answers
    given_so_far: dict[str, Given] = {}
    facts, outcomes = rules.evaluate(given_so_far, VISIT)
    ids = list(answers)
    order.shuffle(ids)
    for question_id in [*ids, *ids[: len(ids) // 2]]:
        if question_id in given_so_far:
            del given_so_far[question_id]
        else:
            given_so_far[question_id] = answers[question_id]
        changed = rules.form.update(facts, given_so_far, question_id)
        outcomes.update(rules.again(changed, facts, given_so_far))
    whole_facts, whole = rules.evaluate(given_so_far, VISIT)
    assert facts.answers == whole_facts.answers
    assert outcomes == whole


@given(situations())
def test_what_came_of_earlier_answers_makes_no_difference(situation: Situation) -> None:
    rules, answers = situation.rules, situation.answers
    drafts = any(rule.status == "draft" for rule in rules.rules.values())
    unused = RuleSet(rules.pack, rules.pathway.id, rules.profiles, rules.parameters, drafts=drafts)
    facts = unused.form.facts(answers, VISIT)
    assert situation.outcomes == unused.outcomes(facts, answers, situation.ids)


@given(situations(), st.data())
def test_one_answer_shows_and_hides_only_what_rests_on_it(situation: Situation, data: st.DataObject) -> None:
    answers, form = situation.answers, situation.rules.form
    question_id = data.draw(st.sampled_from([*form.questions, *situation.asked]))
    fewer = {other: said for other, said in answers.items() if other != question_id}
    here, there = form.facts(answers, VISIT), form.facts(fewer, VISIT)
    moved = {q for q in form.questions if form.shown(here, answers, q) != form.shown(there, fewer, q)}
    seen = {q for q in form.questions if here.of(q) != there.of(q)}
    assert moved | seen <= set(form.dependents(question_id))


@given(situations(), st.data())
def test_answering_an_open_question_never_flips_what_is_decided(situation: Situation, data: st.DataObject) -> None:
    rules, answers = situation.rules, situation.answers
    # To say of a list that was given that it is not all of it takes something of that answer back.
    of_lists = {question.complete for question in rules.form.questions.values() if question.id in answers}
    open_ = [question_id for question_id in situation.asked if question_id not in of_lists]
    more = {**read(rules.form, data.draw(raw_answers(rules.form, open_))), **answers}
    after = rules.outcomes(rules.form.facts(more, VISIT), more, situation.ids)
    for rule_id, outcome in situation.outcomes.items():
        if outcome.outcome == "not_established" or is_about_recording(rules, rule_id):
            continue
        assert after[rule_id].outcome == outcome.outcome, rule_id
        ranks = [level.id for level in outcome.rule.levels]
        if outcome.level is not None:
            assert ranks.index(after[rule_id].level or "") >= ranks.index(outcome.level)


@given(situations())
def test_what_is_open_names_what_is_missing_and_only_what_has_no_exact_answer(
    situation: Situation,
) -> None:
    rules = situation.rules
    for rule_id, outcome in situation.outcomes.items():
        if outcome.outcome == "not_established":
            assert outcome.missing, rule_id
            assert not outcome.because
        assert {q for q in outcome.missing if not q.startswith(PARAMETER)} <= set(rules.rests_on(rule_id))


# What is missing, against trying everything

State_ = tuple[Any, ...]
UNSET = None


class Everything:
    """All partial answers to the small domains, and every rule's outcome on each, worked out once."""

    def __init__(self) -> None:
        self.rules = RuleSet(twice_pack(), PATHWAY, [])
        self.names = list(DOMAIN)
        self._keys: dict[State_, Mapping[str, Key]] = {}
        self._matters: dict[tuple[str, State_, int], bool] = {}

    def states(self) -> list[State_]:
        return list(product(*([UNSET, *values] for values in DOMAIN.values())))

    def answers(self, state: State_) -> dict[str, Given]:
        raw = {name: value for name, value in zip(self.names, state, strict=True) if value is not UNSET}
        return read(self.rules.form, raw)

    def keys(self, state: State_) -> Mapping[str, Key]:
        if state not in self._keys:
            _, outcomes = self.rules.evaluate(self.answers(state), VISIT)
            self._keys[state] = {rule_id: key(outcome) for rule_id, outcome in outcomes.items()}
        return self._keys[state]

    def matters(self, rule_id: str, state: State_, place: int) -> bool:
        """Whether answering this question changes the outcome now, or after answering any others first."""
        known = self._matters.get((rule_id, state, place))
        if known is None:
            here = self.keys(state)[rule_id]
            known = any(self.keys(after)[rule_id] != here for after in self._answered(state, place)) or any(
                self.matters(rule_id, after, place)
                for other, value in enumerate(state)
                if value is UNSET and other != place
                for after in self._answered(state, other)
            )
            self._matters[rule_id, state, place] = known
        return known

    def _answered(self, state: State_, place: int) -> list[State_]:
        return [(*state[:place], value, *state[place + 1 :]) for value in DOMAIN[self.names[place]]]


@cache
def everything() -> Everything:
    return Everything()


@pytest.mark.parametrize("name", [*CONDITIONS, *LEVELS])
def test_the_missing_questions_are_exactly_those_that_trying_everything_finds(name: str) -> None:
    tried, rule_id = everything(), f"t.{name}"
    for state in random.Random(name).sample(tried.states(), 150):
        answers = tried.answers(state)
        facts, outcomes = tried.rules.evaluate(answers, VISIT)
        expected = {
            question_id
            for place, question_id in enumerate(tried.names)
            if state[place] is UNSET
            and facts.of(question_id).state is State.NOT_ASKED
            and tried.matters(rule_id, state, place)
        }
        assert outcomes[rule_id].missing == expected, state


def test_a_search_that_runs_out_of_budget_names_too_much_rather_than_too_little() -> None:
    rules = RuleSet(twice_pack(), PATHWAY, [])
    condition = rules.conditions["t.absorbed"]
    facts = rules.form.facts({}, VISIT)
    unknown: dict[str, list[Value]] = {"t.number": [Decimal(3)], "t.b": ["yes", "no"]}
    assert can_change(condition, ["t.number", "t.b"], unknown, lambda _: facts, budget=0) == {"t.number", "t.b"}


@pytest.mark.parametrize("name", [*CONDITIONS, *LEVELS])
def test_where_a_question_stands_twice_no_answer_can_be_left_out_of_the_because_either(name: str) -> None:
    tried, rule_id = everything(), f"t.{name}"
    for state in random.Random(name).sample(tried.states(), 150):
        _, outcomes = tried.rules.evaluate(tried.answers(state), VISIT)
        outcome = outcomes[rule_id]
        if outcome.outcome == "not_established":
            continue
        kept = tuple(v if q in outcome.because else UNSET for q, v in zip(tried.names, state, strict=True))
        assert tried.keys(kept)[rule_id] == key(outcome)
        for place in [place for place, value in enumerate(kept) if value is not UNSET]:
            assert tried.keys((*kept[:place], UNSET, *kept[place + 1 :]))[rule_id] != key(outcome), (state, place)
