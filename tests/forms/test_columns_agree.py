"""What columns come to is what the live engine comes to, record by record: every rule of every pathway."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.forms.answering import read_given
from screener.forms.columns.answers import from_answers
from screener.forms.columns.evaluation import ColumnRules
from screener.forms.columns.seen import Sight
from screener.forms.evaluation import WORDS, RuleSet
from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.forms.visibility import Answers
from screener.places import forms_folder
from screener.rules.evaluate import Outcome, evaluate
from screener.rules.truth import Truth
from tests.benchmarks.pack import LIMIT, bench_pack
from tests.benchmarks.pack import PATHWAY as BENCH
from tests.forms.random_records import records
from tests.forms.shapes_pack import PATHWAY as SHAPES
from tests.forms.shapes_pack import shapes_pack
from tests.rules.running import VISIT
from tests.rules.strategies import raw_answers, read
from tests.rules.twice_pack import PATHWAY as TWICE
from tests.rules.twice_pack import twice_pack
from tests.small_pack import PATHWAY, small_pack

Said = tuple[str, str | None, bool]


class Difference(NamedTuple):
    """One rule of one record of which columns and the live engine say different things: outcome, level, higher."""

    row: int
    rule: str
    columns: Said
    live: Said


Situation = tuple[RuleSet, list[tuple[date, Answers]]]


@cache
def shipped() -> Pack:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


@cache
def pathways() -> list[str]:
    return [pathway.id for pathway in shipped().pathways]


@cache
def on_pathway(pathway: str, option: int | None) -> RuleSet:
    """Every rule of a pathway, drafts among them, with no parameter chosen or one option of each."""
    pack = shipped()
    chosen = {}
    if option is not None:
        chosen = {name: p.options[option % len(p.options)].id for name, p in pack.parameters.items()}
    return RuleSet(pack, pathway, [profile.id for profile in pack.profiles], chosen, drafts=True)


@cache
def made_up() -> list[RuleSet]:
    """Small packs, which hold what the shipped pack does not."""
    return [
        RuleSet(small_pack(), PATHWAY, ["clinic"]),
        RuleSet(small_pack(), PATHWAY, ["clinic"], {"limit": "b"}),
        RuleSet(twice_pack(), TWICE, []),
        RuleSet(bench_pack(), BENCH, [], LIMIT),
        RuleSet(bench_pack(), BENCH, []),
        RuleSet(shapes_pack(), SHAPES, []),
    ]


@cache
def over_columns(rules: RuleSet) -> ColumnRules:
    return ColumnRules(rules)


def _said(outcome: Outcome) -> Said:
    return WORDS[outcome.truth], outcome.level, outcome.truth is Truth.YES and bool(outcome.missing)


def live(rules: RuleSet, given: Sequence[tuple[date, Answers]]) -> list[dict[str, Said]]:
    """What the live engine says of each record: outcome, level, and whether it could be higher."""
    found: list[dict[str, Said]] = []
    for day, answers in given:
        facts = rules.form.facts(answers, day)
        outcomes = {rule_id: evaluate(condition, facts) for rule_id, condition in rules.conditions.items()}
        found.append(
            {r: (WORDS[o.truth], o.level, o.truth is Truth.YES and bool(o.missing)) for r, o in outcomes.items()}
        )
    return found


def differences(
    rules: RuleSet, given: Sequence[tuple[date, Answers]], known: list[dict[str, Said]] | None = None
) -> list[Difference]:
    """Where columns and the live engine do not come to the same."""
    batch = from_answers(rules.form, [answers for _, answers in given], [day for day, _ in given])
    outcomes, found = over_columns(rules).outcomes(batch, chunk=1000), []
    for row, expected in enumerate(live(rules, given) if known is None else known):
        for number, (rule_id, said) in enumerate(expected.items()):
            levels = outcomes.levels.get(rule_id)
            name, higher = (None, False) if levels is None else (levels.name(row), bool(levels.could_be_higher[row]))
            ours = (WORDS[Truth(int(outcomes.truths[number, row]))], name, higher)
            if ours != said:
                found.append(Difference(row, rule_id, ours, said))
    return found


@st.composite
def situations(draw: st.DrawFn, sets: st.SearchStrategy[RuleSet]) -> Situation:
    """Some records, answered where some rules of a pathway look."""
    rules = draw(sets)
    ids = draw(st.lists(st.sampled_from(list(rules.rules)), min_size=1, max_size=8, unique=True))
    asked = list(dict.fromkeys(question for rule_id in ids for question in rules.rests_on(rule_id)))
    raw = draw(st.lists(raw_answers(rules.form, asked), min_size=1, max_size=3))
    days = [draw(st.dates(date(2024, 1, 1), date(2026, 12, 31))) for _ in raw]
    return rules, [(day, read(rules.form, answers)) for day, answers in zip(days, raw, strict=True)]


_shipped = st.builds(on_pathway, st.sampled_from(pathways()), st.sampled_from((None, 0, 1)))


@given(situations(_shipped))
def test_answers_where_rules_look_come_to_the_same_in_columns(found: Situation) -> None:
    assert differences(*found) == []


@given(situations(st.sampled_from(made_up())))
def test_small_packs_come_to_the_same_in_columns(found: Situation) -> None:
    assert differences(*found) == []


@pytest.mark.parametrize("place", range(len(made_up())))
def test_a_sample_of_records_of_small_packs_comes_to_the_same_in_columns(place: int) -> None:
    rules = made_up()[place]
    assert differences(rules, list(records(rules.form, 300, seed=place))) == []


@given(_shipped, st.integers(0, 2**32))
def test_whole_records_come_to_the_same_in_columns(rules: RuleSet, seed: int) -> None:
    assert differences(rules, list(records(rules.form, 2, seed))) == []


@pytest.mark.parametrize("pathway", pathways())
def test_a_sample_of_records_comes_to_the_same_in_columns(pathway: str) -> None:
    for option in (None, 0):
        rules = on_pathway(pathway, option)
        assert differences(rules, list(records(rules.form, 30, seed=option or 5))) == []


@pytest.mark.parametrize("number", [15, 16, 17, 40])
def test_any_number_of_readings_comes_to_the_same_in_columns(number: int) -> None:
    dice = random.Random(number)
    for rules, question in ((made_up()[3], "b.bp"), (made_up()[-1], "s.bp")):
        given = [answers for _, answers in records(rules.form, 30, seed=number)]
        for answers in given[::2]:
            figures = [[dice.choice((0, 130, 139, 140, 141, 180)), dice.choice((0, 80, 91))] for _ in range(number)]
            answers[question] = read_given(rules.form.questions[question], figures)
        assert differences(rules, [(VISIT, answers) for answers in given]) == []


MANY = 10_000


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(pathways())))
def test_ten_thousand_records_over_all_pathways_come_to_the_same_in_columns(place: int) -> None:
    rules = on_pathway(pathways()[place], (None, 0, 1, 2)[place % 4])
    count = MANY // len(pathways()) + (place < MANY % len(pathways()))
    assert differences(rules, list(records(rules.form, count, seed=1000 + place))) == []


@pytest.mark.parametrize("pathway", pathways())
def test_columns_are_seen_as_the_live_engine_sees_answers(pathway: str) -> None:
    form = on_pathway(pathway, None).form
    given = list(records(form, 20, seed=3))
    seen = Sight(form).facts(from_answers(form, [answers for _, answers in given], [day for day, _ in given]))
    for row, (day, answers) in enumerate(given):
        facts = form.facts(answers, day)
        for question_id in form.questions:
            live, column = facts.of(question_id), seen.of(question_id)
            assert (column.standing(row), bool(column.differing[row])) == (live.state, live.accounts_differ)
            if form.questions[question_id].kind not in ("medicines", "instrument", "readings"):
                assert column.value(row) == live.value, question_id
