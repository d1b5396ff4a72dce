"""The logic checks find each planted fault, agree with going through everything, and the shipped pack passes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.forms.analysis import beyond
from screener.forms.analysis.asking import is_no, is_yes
from screener.forms.analysis.branches import Idle, idle_parts
from screener.forms.analysis.checks import check_logic
from screener.forms.analysis.search import Searched
from screener.forms.answering import Given, one
from screener.forms.cases import DAY
from screener.forms.findings import Code, Finding
from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.forms.visibility import Form
from screener.places import forms_folder
from screener.rules.expressions import All, Any_, Ask, Count, CountOf, Expression, Not
from screener.rules.values import Value
from tests.forms.writing import write_pack

RULES, QUESTIONS = "themes/heart/rules.yaml", "themes/heart/questions.yaml"
BLED = 'when: {ask: heart.bleed, is: "yes"}'
RATE = "text: Resting rate"
FAST = "when: {ask: heart.rate, above: 100, unit: /min}"
VERY_FAST = "when: {ask: heart.rate, above: 130, unit: /min}"
SLOW = "{ask: heart.rate, below: 100, unit: /min}"

Change = tuple[str, str, str]
FAULTS: list[tuple[str, tuple[Change, ...], Code, str]] = [
    (
        "two answers to one question",
        ((RULES, BLED, 'when: {all: [{ask: heart.bleed, is: "yes"}, {ask: heart.bleed, is: "no"}]}'),),
        Code.NEVER_LISTED,
        "heart.bled is never listed: no answers",
    ),
    (
        "a figure between two that do not meet",
        ((RULES, BLED, "when: {all: [{ask: heart.rate, above: 120, unit: /min}, " + SLOW + "]}"),),
        Code.NEVER_LISTED,
        "heart.bled",
    ),
    (
        "a question that is hidden by what is asked beside it",
        ((RULES, BLED, 'when: {all: [{ask: heart.bleed, is: "no"}, {ask: heart.bleed_on, within: 6 wk}]}'),),
        Code.NEVER_LISTED,
        "heart.bled",
    ),
    (
        "above or not above",
        ((RULES, BLED, "when: {any: [" + SLOW + ", {ask: heart.rate, at_least: 100, unit: /min}]}"),),
        Code.NEVER_NOT_LISTED,
        "heart.bled",
    ),
    (
        "a level under the one above it",
        ((RULES, VERY_FAST, "when: {ask: heart.rate, above: 90, unit: /min}"),),
        Code.LEVEL_NEVER,
        "level fast",
    ),
    (
        "a part of any that another part holds",
        ((RULES, BLED, 'when: {any: [{ask: heart.bleed, is: "yes"}, {ask: heart.bleed_on, within: 6 wk}]}'),),
        Code.IDLE_PART,
        "any.1 is met only where another part is met",
    ),
    (
        "a part of all that the others bring with them",
        ((RULES, FAST, "when: {all: [{ask: heart.rate, above: 90, unit: /min}, " + FAST[6:] + "]}"),),
        Code.IDLE_PART,
        "all.0 is met wherever the others are",
    ),
    (
        "worse takes it away",
        ((QUESTIONS, RATE, f"{RATE}\n    worse: up"), (RULES, BLED, f"when: {SLOW}")),
        Code.WORSE_IS_LESS,
        "heart.bled is listed with heart.rate 99 per minute, and is not listed with 100 per minute",
    ),
    (
        "a justification of nothing",
        ((RULES, BLED, f"{BLED}\n  justified: {{idle-part: No part of it is idle}}"),),
        Code.UNUSED_JUSTIFICATION,
        "no finding idle-part",
    ),
    (
        "a justification of what no check looks for",
        ((RULES, BLED, f"{BLED}\n  justified: {{too-long: It is long}}"),),
        Code.UNUSED_JUSTIFICATION,
        "no finding too-long",
    ),
]


def logic_of(folder: Path, *changes: Change) -> list[Finding]:
    pack, findings, places = read_pack(write_pack(folder, *changes))
    assert pack is not None, findings
    return check_logic(pack, places)


def test_the_small_pack_has_no_finding(tmp_path: Path) -> None:
    assert logic_of(tmp_path) == []


@pytest.mark.parametrize(("changes", "code", "said"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_planted_fault_is_found_at_its_rule(
    tmp_path: Path, changes: tuple[Change, ...], code: Code, said: str
) -> None:
    found = [finding for finding in logic_of(tmp_path, *changes) if finding.code is code]
    assert len(found) == 1 and said in found[0].message
    assert found[0].place.file.endswith("rules.yaml") and found[0].place.line > 0 and found[0].suggestion
    assert not found[0].stops


def test_worse_may_take_one_item_away_where_it_lists_another_that_is_looked_at_as_soon(tmp_path: Path) -> None:
    worse = (QUESTIONS, RATE, f"{RATE}\n    worse: up"), (RULES, BLED, f"when: {SLOW}")
    takes_over = (RULES, FAST, "when: {ask: heart.rate, at_least: 100, unit: /min}")
    (tmp_path / "later").mkdir()
    later = logic_of(tmp_path / "later", *worse, takes_over)
    assert Code.WORSE_IS_LESS in [finding.code for finding in later]
    as_soon = logic_of(tmp_path, *worse, takes_over, (RULES, "\n  tier: note\n", "\n  tier: review\n"))
    assert Code.WORSE_IS_LESS not in [finding.code for finding in as_soon]


def test_what_is_justified_beside_the_rule_is_no_finding(tmp_path: Path) -> None:
    idle = 'when: {any: [{ask: heart.bleed, is: "yes"}, {ask: heart.bleed_on, within: 6 wk}]}'
    said = f"{idle}\n  justified: {{idle-part: The date is read aloud with it}}"
    assert logic_of(tmp_path, (RULES, BLED, said)) == []


def test_a_rule_that_can_hold_on_one_pathway_alone_says_on_which_it_cannot(tmp_path: Path) -> None:
    drops = "id: drops\ntitle: Drops\nshort: Drops\nsummary: Drops\nneeds: [general, clinic]\nthemes: [heart]\n"
    recent = "6 weeks\n  class: safety\n  tier: review\n  profiles: [general]\n  pathways: [spray]"
    date = "- {ask: heart.bleed_on, within: 6 wk}\n"
    root = write_pack(
        tmp_path,
        (QUESTIONS, "brain, ever?\n", "brain, ever?\n    pathways: [spray]\n"),
        (RULES, recent, recent.replace("[spray]", "[spray, drops]")),
        (RULES, f"    any:\n      {date}", f"    all:\n      {date}"),
        files={"pathways/drops.yaml": drops},
    )
    pack, findings, places = read_pack(root)
    assert pack is not None, findings
    found = [finding for finding in check_logic(pack, places) if finding.code is Code.NEVER_HERE]
    assert len(found) == 1 and "heart.recent is never listed" in found[0].message and "drops" in found[0].message


# --- Against going through everything ---------------------------------------------------------------------------------


@cache
def small() -> Pack:
    with TemporaryDirectory() as folder:
        pack, findings, _ = read_pack(write_pack(Path(folder)))
    assert pack is not None, findings
    return pack


ANSWERS: Mapping[str, tuple[Value, ...]] = {
    "heart.bleed": ("yes", "no"),
    "heart.kind": ("valve", "rhythm"),
    "heart.rate": tuple(Decimal(rate) for rate in (59, 60, 61, 99, 100, 101)),
}
LEAVES = st.sampled_from(
    [
        Ask(ask="heart.bleed", is_="yes"),
        Ask(ask="heart.bleed", is_="no"),
        Ask(ask="heart.kind", one_of=("valve",)),
        Ask(ask="heart.kind", is_="rhythm"),
        Ask(ask="heart.rate", above=Decimal(100), unit="/min"),
        Ask(ask="heart.rate", at_most=Decimal(60), unit="/min"),
        Ask(ask="heart.rate", between=(Decimal(60), Decimal(100)), unit="/min"),
    ]
)


def _grown(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inside, min_size=1, max_size=3).map(tuple)
    two = st.lists(inside, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda parts: All(all=parts)),
        several.map(lambda parts: Any_(any=parts)),
        inside.map(lambda part: Not(not_=part)),
        two.map(lambda parts: Count(count=CountOf(at_least=2, of=parts))),
    )


CONDITIONS = st.recursive(LEAVES, _grown, max_leaves=6)


def everything() -> Iterator[dict[str, Given]]:
    """Every way to answer some of the questions, or none."""
    for values in product(*((None, *values) for values in ANSWERS.values())):
        yield {name: one(value) for name, value in zip(ANSWERS, values, strict=True) if value is not None}


@settings(max_examples=150, deadline=None)
@given(CONDITIONS)
def test_the_search_finds_answers_exactly_where_there_are_some(node: Expression) -> None:
    searched = Searched(Form(small(), "spray"), {}, DAY)
    condition = searched.condition("drawn", node)
    outcomes = [searched.outcome(condition, answers) for answers in everything()]
    for goal in (is_yes, is_no):
        found = searched.find(condition, goal)
        assert found.sure
        assert (found.answers is not None) == any(goal(outcome) for outcome in outcomes)
        if found.answers is not None:
            assert goal(searched.outcome(condition, found.answers))


@settings(max_examples=100, deadline=None)
@given(st.lists(CONDITIONS, min_size=2, max_size=3), st.booleans())
def test_an_idle_part_can_be_left_out_and_every_other_one_cannot(parts: list[Expression], of_any: bool) -> None:
    searched = Searched(Form(small(), "spray"), {}, DAY)
    made: Expression = Any_(any=tuple(parts)) if of_any else All(all=tuple(parts))
    found = [part for part in idle_parts(searched, made) if isinstance(part, Idle)]
    idle = {part.path[1] for part in found if len(part.path) == 2}
    for place in range(len(parts)):
        rest = [part for at, part in enumerate(parts) if at != place]
        less: Expression = Any_(any=tuple(rest)) if of_any else All(all=tuple(rest))
        whole, without = searched.condition("whole", made), searched.condition("less", less)
        differ = any(
            is_yes(searched.outcome(whole, answers)) != is_yes(searched.outcome(without, answers))
            for answers in everything()
            if len(answers) == len(ANSWERS)
        )
        assert (place in idle) == (not differ)


def test_the_shipped_pack_passes_or_says_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the solver, so that nothing stays open for who does not have it."""
    monkeypatch.setattr(beyond, "at_hand", lambda: False)
    pack, findings, places = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    assert check_logic(pack, places) == []
