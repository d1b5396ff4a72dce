"""Rules, questions and sources as lines: narrowed by words and by kind, counted, in groups, said in words."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from screener.forms.browsing import (
    NARROWINGS,
    RuleLine,
    Shelves,
    Wanted,
    by_theme,
    choices,
    chosen,
    found,
    grouped,
    held_words,
    readers_of,
    shelves,
)
from screener.forms.changes import Added, Difference, Part, Replaced, SwitchedOff
from screener.forms.details import (
    how_far_words,
    question_detail,
    rule_detail,
    source_detail,
    statement_words,
)
from screener.forms.local import read_pack
from screener.forms.model import Pack
from screener.forms.words import PackNames
from screener.places import forms_folder
from tests.forms.writing import write_pack
from tests.small_pack import small_pack

LOCAL = Difference(
    extends="intake",
    drafts=False,
    added=(Added("rule", "heart.bled", "Bled"),),
    replaced=(Replaced("rule", "heart.recent", "Recent", (Part("tier", "review", "note"),)),),
    off=(SwitchedOff("heart.twice", "Twice", "On paper.", "Clinician A", "2026-11-02"),),
)


@cache
def small() -> Pack:
    return small_pack()


@cache
def lines() -> tuple[RuleLine, ...]:
    return shelves(small(), LOCAL).rules


@cache
def shipped() -> Shelves:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return shelves(pack)


def ids(wanted: Wanted) -> list[str]:
    return [line.id for line in chosen(lines(), wanted)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heart.bled", ["heart.bled", "heart.bled_check"]),
        ("BLEEDING brain", ["heart.bled", "heart.bled_check", "heart.twice"]),
        ("within 6 weeks", ["heart.recent"]),
        ("contraindication", []),
        ("a label nobody", []),
        ("apnoea", ["body.size", "body.untreated"]),
        ("sleep  35", ["body.size"]),
    ],
)
def test_every_word_of_a_search_stands_in_id_title_condition_or_source(text: str, expected: list[str]) -> None:
    assert ids(Wanted(text=text)) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(theme="body"), ["body.size", "body.untreated", "body.weighed"]),
        (Wanted(profile="clinic"), ["heart.own_limit"]),
        (Wanted(tier="note"), ["heart.any_kind", "body.weighed"]),
        (Wanted(class_="consistency"), ["heart.bled_check"]),
        (Wanted(strength="contraindication"), ["heart.recent", "heart.bled"]),
        (Wanted(status="added"), ["heart.bled"]),
        (Wanted(status="replaced"), ["heart.recent"]),
        (Wanted(status="draft"), []),
        (Wanted(theme="heart", strength="contraindication", text="mi"), ["heart.recent"]),
        (Wanted(pathway="nowhere"), []),
    ],
)
def test_rules_are_narrowed_by_each_kind_and_by_several(wanted: Wanted, expected: list[str]) -> None:
    assert ids(wanted) == expected


def test_rules_stand_under_their_themes_in_the_order_of_the_form() -> None:
    groups = by_theme(lines())
    assert [(title, len(group)) for title, group in groups] == [("Heart", 7), ("Body", 3)]
    assert [line for _, group in groups for line in group] == list(lines())


@pytest.mark.parametrize("name", NARROWINGS)
def test_a_count_says_how_many_rules_a_choice_leaves(name: str) -> None:
    pack, rules = shipped().pack, shipped().rules
    for wanted in (Wanted(), Wanted(text="pressure"), Wanted(theme="medicines", class_="safety")):
        for choice in choices(pack, rules, wanted, name):
            assert choice.count == len(chosen(rules, replace(wanted, **{name: choice.value}))), choice
            assert choice.words


def test_what_sets_a_rule_apart_stands_below_its_title() -> None:
    (replaced,) = chosen(lines(), Wanted(status="replaced"))
    assert replaced.second == "Replaced here · Contraindication · A label"
    assert [line.second for line in lines() if line.id == "heart.pressure"] == ["Warning · A label"]


def test_questions_and_sources_are_found_by_their_words_and_stand_in_groups() -> None:
    made = shelves(small())
    assert [entry.id for entry in found(made.questions, "bleeding brain")] == ["heart.bleed"]
    assert [entry.id for entry in found(made.questions, "b which")] == ["heart.kinds"]
    assert [(title, len(entries)) for title, entries in grouped(made.questions)] == [("Heart", 5), ("Body", 5)]
    assert [entry.second for entry in found(made.questions, "heart.bleed")] == ["heart.bleed · 3 rules"]
    (label,) = made.sources
    assert (label.title, label.second) == ("A label", "10 rules rest on it")


def test_what_a_pack_holds_is_counted_each_by_itself() -> None:
    assert held_words(small()) == "10 rules in force · 10 questions · 1 source"


def test_every_shipped_rule_question_and_source_is_in_a_list_once() -> None:
    made = shipped()
    assert [line.id for line in made.rules] == list(made.pack.rules)
    assert [entry.id for entry in made.questions] == list(made.pack.questions)
    assert sorted(entry.id for entry in made.sources) == sorted(made.pack.sources)


# Details


def test_a_rule_is_said_with_its_condition_line_by_line_and_the_gaps_of_its_statement_named() -> None:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    detail = rule_detail(pack, pack.rules["bp.label_reference"])
    (level,) = detail.levels
    assert [(line.depth, line.words) for line in level.lines] == [
        (0, "any of"),
        (1, "mean systolic, before dose, above 140 mmHg"),
        (1, "mean diastolic, before dose, above 90 mmHg"),
    ]
    assert "‹mean systolic›/‹mean diastolic› mmHg" in level.statement
    assert detail.source.strength == "Warning"
    assert detail.source.own_words == "general guide"
    assert detail.reread == "Not yet re-read by a named clinician"
    assert detail.others


def test_levels_are_said_from_the_highest_down_each_with_its_tier() -> None:
    rule = small().rules["body.size"]
    assert [(level.title, level.tier) for level in rule_detail(small(), rule).levels] == [
        ("BMI 35 or above with sleep apnoea", "review"),
        ("BMI 35 or above", "review"),
    ]


def test_the_questions_of_a_rule_are_those_it_reads_and_those_behind_them() -> None:
    uses = rule_detail(small(), small().rules["body.size"]).questions
    assert [(use.id, use.read) for use in uses] == [
        ("body.bmi", True),
        ("body.apnoea", True),
        ("body.weight", False),
        ("body.height", False),
    ]
    assert uses[0].shown == "Worked out: body mass index of Weight and Height"
    gate = rule_detail(small(), small().rules["heart.recent"]).questions
    assert [(use.id, use.shown) for use in gate] == [
        ("heart.mi_on", "Shown when Heart attack, ever?: yes"),
        ("heart.mi", "Always shown on its pathways"),
    ]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("heart.bled", "Added here: the shipped content does not have it"),
        ("heart.recent", "Replaced here: 1 part differs"),
        ("heart.twice", "Switched off here: On paper. Clinician A, 2026-11-02"),
        ("heart.pressure", None),
    ],
)
def test_what_a_local_pack_does_to_a_rule_is_said(rule: str, said: str | None) -> None:
    change = rule_detail(small(), small().rules[rule], LOCAL).change
    assert (change.said if change is not None else None) == said


def test_a_rule_that_is_replaced_and_switched_off_says_both_with_what_differs() -> None:
    off = (SwitchedOff("heart.recent", "Recent", "On paper.", "Clinician A", "2026-11-02"),)
    change = rule_detail(small(), small().rules["heart.recent"], replace(LOCAL, off=off)).change
    assert change is not None
    assert change.said == "Switched off here: On paper. Clinician A, 2026-11-02 · Replaced here: 1 part differs"
    assert (change.parts, change.rest) == (LOCAL.replaced[0].parts, "Every other part is as shipped.")


def test_what_a_local_pack_changes_is_known_for_each_list_and_said_in_it() -> None:
    source = next(iter(small().sources))
    found = replace(LOCAL, added=(Added("question", "heart.mi", "Heart attack"), Added("source", source, "A label")))
    made = shelves(small(), found)
    assert made.changed("rule") == {"heart.recent", "heart.twice"}
    assert made.changed("question") == {"heart.mi"}
    assert made.changed("source") == {source}
    assert [entry.id for entry in made.questions if entry.second.startswith("Added here · ")] == ["heart.mi"]
    assert [entry.id for entry in made.sources if entry.second.startswith("Added here · ")] == [source]
    assert shelves(small()).changed("rule") == frozenset()
    assert rule_detail(small(), small().rules["heart.recent"], found).chips[-1] == "Replaced here"


def test_a_rule_stands_for_rows_with_their_facts_and_the_other_rules_of_each(tmp_path: Path) -> None:
    pack, findings, _ = read_pack(write_pack(tmp_path))
    assert pack is not None, findings
    (row,) = rule_detail(pack, pack.rules["heart.bled"]).rows
    assert (row.row, row.others) == ("ket/CV-1", ("heart.nine_or_ssri", "heart.recent"))
    unknown = pack.rules["heart.bled"].model_copy(update={"basis": ("ket/none",)})
    assert rule_detail(pack, unknown).rows[0].others == ()


def test_a_question_is_said_with_what_shows_it_and_what_its_answer_shows() -> None:
    detail = question_detail(small(), small().questions["heart.mi_on"])
    assert [line.words for line in detail.shown] == ["Heart attack, ever?: yes"]
    assert detail.hidden == "While it is not shown it is not applicable: every test on it is not met."
    assert question_detail(small(), small().questions["heart.mi"]).opens == (("heart.mi_on", "When?"),)
    weight = dict(question_detail(small(), small().questions["body.weight"]).facts)
    assert (weight["Unit"], weight["Looked at again outside"]) == ("kg, or lb", "25 to 350 kg")
    assert [rule.id for rule in readers_of(small(), "heart.mi_on")] == ["heart.recent"]


def test_a_source_says_what_was_read_of_it_and_what_rests_on_it_by_profile(tmp_path: Path) -> None:
    pack, findings, _ = read_pack(write_pack(tmp_path))
    assert pack is not None, findings
    detail = source_detail(pack, "label")
    assert dict(detail.facts)["Text version read"] == "all of it"
    assert [(title, [one.rule for one in resting]) for title, resting in detail.groups] == [
        ("In general", ["heart.bled", "heart.recent", "heart.nine_or_ssri"]),
        ("Figures to choose from, and facts", ["", ""]),
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("P, in part", "the text itself, in part"),
        ("S", "a page that speaks of it"),
        (
            "P for the record, S for the result",
            "the text itself for the record, a page that speaks of it for the result",
        ),
        ("P, copy. Points 1 to 5", "the text itself, copy. Points 1 to 5"),
        ("", ""),
    ],
)
def test_how_far_a_text_was_read_is_said_in_words(code: str, words: str) -> None:
    assert how_far_words(code) == words


def test_gaps_of_statements_are_named_by_question_or_by_figure() -> None:
    names = PackNames(small())
    assert statement_words("{mean_systolic} and {body.weight}.", names) == "‹mean systolic› and ‹Weight›."


def test_everything_of_the_shipped_pack_can_be_said() -> None:
    pack = shipped().pack
    for rule in pack.rules.values():
        detail = rule_detail(pack, rule)
        assert detail.levels and detail.source.title and detail.questions, rule.id
        assert "{" not in "".join(level.statement for level in detail.levels), rule.id
    for question in pack.questions.values():
        assert question_detail(pack, question).facts
    for ref in pack.sources:
        assert source_detail(pack, ref).facts
