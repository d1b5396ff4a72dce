"""A rule tried out by itself comes out as in a screening, and what was tried reads back as a worked case."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from screener.forms.cases import Cases
from screener.forms.local import read_pack
from screener.forms.model import Case, Pack
from screener.forms.reading import read_text
from screener.forms.trying import Trial, case_table, two_accounts
from screener.places import forms_folder
from screener.rules.expressions import AccountsDiffer
from screener.rules.values import Kind
from tests.small_pack import small_pack


@cache
def small() -> Pack:
    return small_pack()


@cache
def shipped() -> Pack:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


def trial(rule: str, **around: Any) -> Trial:
    return Trial(small(), small().rules[rule], **around)


def read_back(text: str) -> Case:
    """A case as the reader of packs takes it from a file of rules."""
    read = read_text(text, "rules.yaml")
    assert not read.findings and not read.doubtful, (text, read.findings, read.doubtful)
    (entry,) = read.data
    return Case.model_validate(entry)


def test_nothing_answered_is_not_established_and_names_what_is_missing() -> None:
    tried = trial("heart.pressure").try_out({})
    assert (tried.outcome, tried.missing) == ("not_established", ("Readings: not asked",))
    assert [(line.depth, line.standing) for line in tried.trees[0].lines] == [
        (0, "not answered"),
        (1, "not answered"),
        (1, "not answered"),
    ]


def test_each_part_says_how_it_stands_and_what_was_found() -> None:
    tried = trial("heart.pressure").try_out(
        {"heart.pressures": [{"systolic": "151", "diastolic": 80, "phase": "before"}]}
    )
    assert tried.outcome == "listed"
    assert [(line.words, line.standing, line.found) for line in tried.trees[0].lines] == [
        ("any of", "met", ""),
        ("mean systolic, before dose, above 140 mmHg", "met", "151.0"),
        ("mean diastolic, before dose, above 90 mmHg", "not met", "80.0"),
    ]
    assert tried.because == ("Readings: before dose: 151/80",)
    assert tried.statement == "A fact."


@pytest.mark.parametrize("state", ["not_known", "declined", "come_back"])
def test_no_state_is_taken_for_no(state: str) -> None:
    assert trial("heart.bled").try_out({"heart.bleed": {"state": state}}).outcome == "not_established"


def test_a_level_is_named_with_what_keeps_a_higher_one_open() -> None:
    tried = trial("body.size").try_out({"body.weight": "120", "body.height": 170})
    assert (tried.level, tried.title, tried.could_be_higher) == ("over", "BMI 35 or above", True)
    assert tried.missing == ("Sleep apnoea?: not asked",)
    assert tried.worked_out == (("BMI", "41.5 kg/m²"),)


def test_a_question_that_other_answers_hide_is_named_with_them() -> None:
    tried = trial("heart.recent").try_out({"heart.mi": "no", "heart.mi_on": "2026-11-01"})
    assert (tried.outcome, tried.hidden) == ("not_listed", {"heart.mi_on": "Heart attack, ever?: no"})


def test_the_questions_to_ask_are_those_that_are_typed_each_with_its_role() -> None:
    assert [(one.question.id, one.role) for one in trial("body.size").asked] == [
        ("body.weight", "input"),
        ("body.height", "input"),
        ("body.apnoea", "read"),
    ]
    assert [(one.question.id, one.role) for one in trial("heart.recent").asked] == [
        ("heart.mi", "gate"),
        ("heart.mi_on", "read"),
    ]


def test_an_answer_that_cannot_be_read_counts_as_not_asked_and_is_named() -> None:
    tried = trial("heart.bled").try_out({"heart.bleed": "perhaps", "body.nothing": "x"})
    assert tried.outcome == "not_established"
    assert set(tried.refused) == {"heart.bleed", "body.nothing"}
    assert "perhaps" in tried.refused["heart.bleed"]


def test_the_figure_of_the_clinic_is_chosen_for_the_trial_only() -> None:
    raws = {"heart.pressures": [{"systolic": 160, "phase": "before"}]}
    assert [parameter.id for parameter in trial("heart.own_limit").chosen_from] == ["limit"]
    assert trial("heart.own_limit").try_out(raws).outcome == "not_established"
    assert trial("heart.own_limit", parameters={"limit": "a"}).try_out(raws).outcome == "listed"
    assert trial("heart.own_limit", parameters={"limit": "b"}).try_out(raws).outcome == "not_established"


@pytest.mark.parametrize("status", ["draft", "off", "retired"])
def test_a_rule_that_is_not_in_force_can_be_tried_all_the_same(status: str) -> None:
    rule = small().rules["heart.bled"].model_copy(update={"status": status})
    assert Trial(small(), rule).try_out({"heart.bleed": "yes"}).outcome == "listed"


@pytest.mark.parametrize("question", ["heart.mi", "heart.kinds", "body.weight"])
def test_two_accounts_that_differ_can_be_made_of_any_question(question: str) -> None:
    made = two_accounts(small().questions[question])
    rule = small().rules["heart.bled_check"]
    differing = rule.model_copy(update={"when": AccountsDiffer(accounts_differ=question)})
    assert Trial(small(), differing).try_out({question: made}).outcome == "listed"


# Written as cases


def test_a_short_case_stands_on_one_line_and_a_longer_one_on_several() -> None:
    assert trial("heart.bled").case({"heart.bleed": "yes"}, "bled") == (
        '- {name: bled, given: {heart.bleed: "yes"}, is: listed}\n'
    )
    raws = {"body.weight": {"value": "270.5", "unit": "[lb_av]"}, "body.height": "170"}
    assert trial("body.size", day=date(2026, 12, 1)).case(raws) == (
        '- name: "Weight: 122.7 kg (typed as 270.5 lb); Height: 170 cm"\n'
        "  given:\n"
        '    body.weight: {value: 270.5, unit: "[lb_av]"}\n'
        "    body.height: 170\n"
        "  is: listed\n"
        "  level: over\n"
        '  on: "2026-12-01"\n'
    )


def test_a_case_that_was_copied_comes_out_as_it_says() -> None:
    given = {"heart.pressures": [{"systolic": "160", "phase": "before", "at": "10:31"}]}
    case = read_back(trial("heart.own_limit", parameters={"limit": "a"}).case(given))
    assert (case.is_, dict(case.parameters)) == ("listed", {"limit": "a"})
    assert Cases(small()).run(small().rules["heart.own_limit"], case).outcome == "listed"


@pytest.mark.parametrize("theme", [theme.id for theme in shipped().themes])
def test_every_shipped_case_can_be_tried_and_written_again(theme: str) -> None:
    pack = shipped()
    for rule in (rule for rule in pack.rules.values() if pack.theme_of[rule.id].id == theme):
        trials: dict[object, Trial] = {}
        for line in case_table(pack, rule).lines:
            key = (line.pathway, tuple(line.parameters.items()), line.day)
            if key not in trials:
                trials[key] = Trial(pack, rule, pathway=line.pathway, parameters=line.parameters, day=line.day)
            case = read_back(trials[key].case(line.given, line.name))
            again, before = trials[key].try_out(case.given), trials[key].try_out(line.given)
            assert again == before, rule.id
            assert case.is_ == before.outcome and case.level == before.level


# Worked cases


@pytest.mark.parametrize("theme", [theme.id for theme in shipped().themes])
def test_every_shipped_case_comes_out_by_itself_as_in_the_whole_pack(theme: str) -> None:
    pack = shipped()
    for rule in (rule for rule in pack.rules.values() if pack.theme_of[rule.id].id == theme):
        table = case_table(pack, rule)
        assert [line.name for line in table.lines if not line.agrees] == [], rule.id
        assert "as written" in table.said


def with_cases(*cases: dict[str, Any]) -> Pack:
    pack = small()
    rule = pack.rules["heart.bled"].model_copy(update={"cases": tuple(Case.model_validate(one) for one in cases)})
    themes = [theme.model_copy(update={"rules": (rule,)}) if theme.id == "heart" else theme for theme in pack.themes]
    return Pack(**{name: getattr(pack, name) for name in Pack.model_fields} | {"themes": tuple(themes)})


def test_a_case_that_does_not_come_out_as_written_is_told_from_the_others() -> None:
    pack = with_cases(
        {"name": "bled", "given": {"heart.bleed": "yes"}, "is": "listed"},
        {"name": "slip", "given": {"heart.bleed": "no"}, "is": "listed"},
        {"name": "half", "given": {"heart.bleed": "perhaps"}, "is": "not_established"},
        {"name": "day", "given": {}, "is": "not_established", "on": "someday"},
    )
    table = case_table(pack, pack.rules["heart.bled"])
    assert [(line.name, line.agrees) for line in table.lines] == [
        ("bled", True),
        ("slip", False),
        ("half", False),
        ("day", False),
    ]
    assert (table.lines[1].written, table.lines[1].now) == ("listed", "not listed")
    assert "perhaps" in table.lines[2].now
    assert table.said == "4 worked cases, 3 not as written."
    assert table.columns == ("Bleeding in the brain, ever?",)


def test_many_questions_share_one_column() -> None:
    names = ["heart.mi", "heart.bleed", "body.weight", "body.height", "body.apnoea"]
    values: dict[str, Any] = dict(zip(names, ["no", "yes", 80, 180, "no"], strict=True))
    table = case_table(pack := with_cases({"name": "all", "given": values, "is": "listed"}), pack.rules["heart.bled"])
    assert table.columns == ("Answers",)
    assert (
        table.lines[0]
        .answers[0]
        .startswith("Heart attack, ever?: no; Bleeding in the brain, ever?: yes; Weight: 80 kg")
    )


def test_a_rule_without_cases_says_so() -> None:
    assert case_table(small(), small().rules["heart.bled"]).said == "No worked case stands below this rule."


def test_every_kind_that_shipped_rules_read_can_be_asked() -> None:
    kinds = {one.question.kind for rule in shipped().rules.values() for one in Trial(shipped(), rule).asked}
    assert Kind.DERIVED not in kinds
    assert {Kind.MEDICINES, Kind.READINGS, Kind.INSTRUMENT, Kind.DATE} <= kinds
