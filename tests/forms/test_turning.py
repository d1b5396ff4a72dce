"""What would change it: each named change does, none that is smaller was left out, and what stands is not named."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from screener.forms.analysis.search import Searched
from screener.forms.analysis.turn_words import said_of
from screener.forms.analysis.turning import Turn, raw_of, turns
from screener.forms.answering import Given, one, read_value, stated
from screener.forms.cases import DAY
from screener.forms.evaluation import WORDS, RuleSet
from screener.forms.pack import read_pack
from screener.forms.visibility import Form
from screener.language import KEPT
from screener.places import forms_folder
from screener.rules.expressions import All, Any_, Ask, Expression
from screener.rules.values import Kind, Reading, Readings, State, Value
from tests.forms.test_analysis import ANSWERS, CONDITIONS, small

ABOVE = Ask(ask="heart.rate", above=Decimal(100), unit="/min")
BLED = Ask(ask="heart.bleed", is_="yes")


def found(node: Expression, **answers: Value) -> tuple[list[Turn], list[Turn]]:
    searched = Searched(Form(small(), "spray"), {}, DAY)
    given_now = {f"heart.{name}": one(value) for name, value in answers.items()}
    made = turns(searched, searched.condition("drawn", node), given_now)
    assert made.whole
    return list(made.single), list(made.paired)


def test_the_nearest_figure_on_the_other_side_is_named() -> None:
    single, paired = found(ABOVE, rate=Decimal(131))
    assert single == [Turn({"heart.rate": Decimal(100)}, "not_listed", None)] and paired == []


def test_what_takes_two_changes_is_named_as_a_pair_and_neither_half_by_itself() -> None:
    single, paired = found(Any_(any=(ABOVE, BLED)), rate=Decimal(101), bleed="yes")
    assert single == []
    assert paired == [Turn({"heart.bleed": "no", "heart.rate": Decimal(100)}, "not_listed", None)]


def test_an_open_rule_names_the_answers_that_would_decide_it() -> None:
    single, _ = found(All(all=(ABOVE, BLED)), rate=Decimal(101))
    assert single == [
        Turn({"heart.bleed": "yes"}, "listed", None),
        Turn({"heart.bleed": "no"}, "not_listed", None),
        Turn({"heart.rate": Decimal(100)}, "not_listed", None),
    ]


GIVEN = st.fixed_dictionaries(
    {name: st.sampled_from([None, stated(State.NOT_KNOWN), *map(one, values)]) for name, values in ANSWERS.items()}
)


@settings(max_examples=150, deadline=None)
@given(CONDITIONS, GIVEN)
def test_each_named_change_changes_it_and_none_that_is_smaller_was_left_out(
    node: Expression, drawn: dict[str, Given | None]
) -> None:
    searched = Searched(Form(small(), "spray"), {}, DAY)
    condition = searched.condition("drawn", node)
    answers = {name: value for name, value in drawn.items() if value is not None}

    def came(changed: dict[str, Value]) -> str:
        supposed = {**answers, **{name: one(value) for name, value in changed.items()}}
        return WORDS[searched.outcome(condition, supposed).truth]

    made = turns(searched, condition, answers)
    for turn in (*made.single, *made.paired):
        assert came(dict(turn.answers)) == turn.outcome != came({})
    by_one = {(name, came({name: value})) for name in ANSWERS for value in ANSWERS[name]}
    by_one = {(name, outcome) for name, outcome in by_one if outcome != came({})}
    assert {(name, turn.outcome) for turn in made.single for name in turn.answers} == by_one
    by_two = {
        (first, second, outcome)
        for first, second in combinations(ANSWERS, 2)
        for values in product(ANSWERS[first], ANSWERS[second])
        if (outcome := came(dict(zip((first, second), values, strict=True)))) != came({})
        and not {(first, outcome), (second, outcome)} & by_one
    }
    assert {(*sorted(turn.answers, key=[*ANSWERS].index), turn.outcome) for turn in made.paired} == by_two


def test_what_stands_for_an_answer_is_written_as_one_that_can_be_given() -> None:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    rules = RuleSet(pack, "ketamine-home", [profile.id for profile in pack.profiles])
    searched = Searched(rules.form, rules.figures, DAY)
    kinds = set()
    for condition in rules.conditions.values():
        for name, values in searched.values(condition).items():
            for value in values.values:
                assert read_value(rules.form.questions[name], raw_of(value)) == value
                kinds.add(rules.form.questions[name].kind)
    assert {Kind.READINGS, Kind.MEDICINES, Kind.INSTRUMENT, Kind.DATE, Kind.CHOICES} <= kinds


def test_over_the_shipped_pack_each_named_change_of_random_answers_changes_the_outcome() -> None:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    rules = RuleSet(pack, "ketamine-home", ["general", "clinic"])
    searched, dice = Searched(rules.form, rules.figures, DAY), Random(20261126)
    named = 0
    for rule_id in dice.sample(sorted(rules.rules), 60):
        condition = rules.conditions[rule_id]
        answers: dict[str, Given] = {}
        for name, values in searched.values(condition).items():
            if dice.random() < 0.7:
                answers[name] = one(dice.choice([*values.values]))
        before = rules.outcome(rule_id, rules.form.facts(answers, DAY), answers)
        made = turns(searched, condition, answers)
        for turn in (*made.single, *made.paired):
            supposed = {**answers, **{name: one(value) for name, value in turn.answers.items()}}
            after = rules.outcome(rule_id, rules.form.facts(supposed, DAY), supposed)
            assert (after.outcome, after.level) == (turn.outcome, turn.level) != (before.outcome, before.level)
            named += 1
    assert named > 60


def test_readings_that_read_alike_are_said_once() -> None:
    pack, _, _ = read_pack(forms_folder() / "intake")
    assert pack is not None
    asked = pack.questions["bp.readings"]
    high = Reading(Decimal(180), Decimal(120), Decimal(70), "before")
    assert said_of(asked, Readings((high, high)), KEPT) == "before dose: 180/120 70, in each of 2 readings"
    assert said_of(asked, Readings((high,)), KEPT) == "before dose: 180/120 70"
    later = Reading(Decimal(180), Decimal(120), Decimal(70), "leaving")
    assert said_of(asked, Readings((high, later)), KEPT) == "before dose: 180/120 70; on leaving: 180/120 70"
