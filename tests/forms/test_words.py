"""Answers, statements and explanations in words."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.cli import listing
from screener.exchange import report
from screener.forms import words
from screener.forms.answering import read_given
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack, Question, Rule
from screener.forms.reasons import because_lines, missing_lines, missing_words, open_conditions
from screener.forms.statements import mean_words, render_statement, what_stands
from screener.forms.words import PackNames, answer_words, value_json, value_words
from screener.places import forms_folder
from screener.records import record
from screener.rules.expressions import questions_read
from screener.rules.values import Interval
from screener.rules.words import in_words
from tests.rules.running import VISIT, node
from tests.rules.test_explanations import shipped
from tests.small_pack import PATHWAY, small_pack


def question(kind: str, **more: Any) -> Question:
    return Question.model_validate({"id": "a.b", "kind": kind, "text": "A question?", **more})


PRESSURES = {"unit": "mm[Hg]", "parts": ["systolic", "diastolic", "pulse"]}
OPTIONS = {"options": [{"id": "a", "text": "Aorta"}, {"id": "b", "text": "Brain"}]}

SAID: list[tuple[Question, Any, str]] = [
    (question("yes_no"), "no", "no"),
    (question("choice", **OPTIONS), "b", "Brain"),
    (question("choices", **OPTIONS), ["b", "a"], "Aorta, Brain"),
    (question("choices", **OPTIONS), [], "none of these"),
    (question("number", unit="a"), 1, "1 year"),
    (
        question("number", unit="kg", units=["[lb_av]"]),
        {"value": 100, "unit": "[lb_av]"},
        "45.4 kg (typed as 100 lb)",
    ),
    (question("date"), "2026-03-05", "5 March 2026"),
    (question("date"), "2026-03", "March 2026"),
    (question("date"), "2026", "2026"),
    (question("time"), "10:31", "10:31"),
    (question("datetime"), "2026-11-23T10:31", "23 November 2026, 10:31"),
    (question("text"), "yes", "yes"),
    (question("readings", **PRESSURES), [[151, 94, 82], [146, 91, 79]], "151/94 82, 146/91 79"),
    (question("readings", **PRESSURES), [[152, None]], "152/–"),
    (
        question("readings", **PRESSURES),
        [
            {"systolic": 151, "diastolic": 94, "pulse": 82, "at": "10:31", "arm": "left", "position": "seated"},
            {"systolic": 146, "diastolic": 91, "at": "2026-11-22T10:41:07", "arm": "right arm", "cuff": "large"},
            {"systolic": 140, "diastolic": 90, "at": "after lunch", "arm": ""},
            {"systolic": 138, "diastolic": 88, "device": "Ward monitor 2", "taken_by": "Nurse B"},
        ],
        "151/94 82 (10:31, left arm, seated), 146/91 (2026-11-22 10:41, right arm, large cuff), 140/90 (after lunch), "
        "138/88 (Ward monitor 2, taken by Nurse B)",
    ),
    (question("readings", **PRESSURES), "none taken", "none taken"),
    (
        question("readings", **PRESSURES),
        [{"systolic": 151, "diastolic": 94, "phase": "before"}, {"systolic": 130, "diastolic": 80, "phase": "leaving"}],
        "before dose: 151/94; on leaving: 130/80",
    ),
    (question("medicines"), [], "no medicines"),
    (
        question("medicines"),
        [{"name": "sertraline", "use": "stopped", "last_taken": "2026-10"}],
        "sertraline (stopped, last taken October 2026)",
    ),
    (question("instrument"), {"total": 12}, "total 12"),
    (question("yes_no"), {"state": "not_known"}, "not known"),
    (question("yes_no"), {"state": "declined"}, "declined"),
    (question("yes_no"), {"state": "come_back"}, "to come back to"),
    (
        question("yes_no"),
        {"accounts": [{"by": "patient", "value": "no"}, {"by": "spouse", "value": "yes"}]},
        "patient: no · spouse: yes",
    ),
    (
        question("yes_no"),
        {"accounts": [{"by": "patient", "state": "declined"}, {"by": "chart", "value": "yes"}], "used": "chart"},
        "patient: declined · chart: yes (used)",
    ),
]


@pytest.mark.parametrize(("asked", "raw", "said"), SAID)
def test_an_answer_is_said_as_people_say_it(asked: Question, raw: Any, said: str) -> None:
    assert answer_words(asked, read_given(asked, raw)) == said


def test_a_line_that_must_be_short_has_the_figures_of_readings_alone() -> None:
    how = {"at": "10:31", "arm": "left", "position": "seated", "phase": "before"}
    raw = {"accounts": [{"by": "nurse", "value": [{"systolic": 151, "diastolic": 94, **how}]}]}
    asked = question("readings", **PRESSURES)
    assert answer_words(asked, read_given(asked, raw), brief=True) == "before dose: 151/94"


def test_a_value_worked_out_is_rounded_and_an_interval_says_both_ends() -> None:
    bmi = small_pack().questions["body.bmi"]
    assert value_words(bmi, Fraction(100, 3)) == "33.3 kg/m²"
    age = question("derived", unit="a", formula={"name": "age", "of": ["a.c"]})
    assert value_words(age, Interval(Fraction(17), Fraction(18))) == "17 to 18 years"


@pytest.mark.parametrize(
    ("mean", "limits", "said"),
    [
        (Fraction(281, 2), [Decimal(140)], "140.5"),
        (Fraction(140), [Decimal(140)], "140.0"),
        (Fraction(3501, 25), [Decimal(140)], "140.04"),
        (Fraction(3501, 25), [], "140.0"),
        (Fraction(2801, 20), [Decimal(140)], "140.05"),
        (Fraction(1400 - 1, 10), [Decimal(140)], "139.9"),
        (Fraction(13996, 100), [Decimal(140)], "139.96"),
        (Fraction(13995, 100), [Decimal(140)], "139.95"),
    ],
)
def test_a_mean_is_shown_to_one_decimal_and_to_two_beside_its_limit(
    mean: Fraction, limits: list[Decimal], said: str
) -> None:
    assert mean_words(mean, limits) == said


def with_statement(
    rule_id: str, statement: str, answers: dict[str, Any], *, when: Any = None, **chosen: str
) -> tuple[str, list[str], list[str]]:
    """The statement, because and missing lines of one rule of the small pack under another statement or condition."""
    base = small_pack()
    update = {"statement": statement} | ({} if when is None else {"when": node(when)})
    themes = tuple(
        theme.model_copy(
            update={
                "rules": tuple(rule.model_copy(update=update) if rule.id == rule_id else rule for rule in theme.rules)
            }
        )
        for theme in base.themes
    )
    pack = Pack(**{**{name: getattr(base, name) for name in Pack.model_fields}, "themes": themes})
    rules = RuleSet(pack, PATHWAY, ["clinic"], chosen)
    given = {name: read_given(pack.questions[name], raw) for name, raw in answers.items()}
    facts, outcomes = rules.evaluate(given, VISIT)
    outcome = outcomes[rule_id]
    said = render_statement(outcome, rules, given, facts)
    return said, because_lines(outcome, rules, given, facts), missing_lines(outcome, rules, given)


def reading(systolic: int | None, diastolic: int | None, phase: str) -> dict[str, Any]:
    return {"systolic": systolic, "diastolic": diastolic, "phase": phase}


def before(*rows: tuple[int | None, int | None]) -> dict[str, Any]:
    return {"heart.pressures": [reading(high, low, "before") for high, low in rows]}


def test_a_statement_fills_in_the_figures_its_rule_reads() -> None:
    statement = "Mean of {count}: {mean_systolic}/{mean_diastolic}, highest {highest_systolic}, last {last_systolic}."
    said, because, _ = with_statement("heart.pressure", statement, before((152, 90), (141, 91)))
    assert said == "Mean of 2: 146.5/90.5, highest 152, last 141."
    assert because == ["Readings: before dose: 152/90, 141/91"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(150, 90), (0, 0), (152, 92)], "151.0/91.0 (readings: 2)"),
        ([(150, 90), (152, 92), (154, None)], "152.0/91.0 (readings: 3 systolic and 2 diastolic)"),
        ([(150, 0), (0, 90)], "150.0/90.0 (readings: 1)"),
        ([(150, None), (152, None)], "151.0/not taken (readings: 2)"),
        ([(0, 0)], "not taken/not taken (readings: 0)"),
    ],
)
def test_as_many_readings_are_counted_as_the_mean_is_made_of(rows: list[Any], said: str) -> None:
    statement = "{mean_systolic}/{mean_diastolic} (readings: {count})"
    assert with_statement("heart.pressure", statement, before(*rows))[0] == said


@given(
    st.lists(st.tuples(*[st.none() | st.integers(0, 3)] * 3, st.sampled_from([None, "before", "leaving"])), min_size=1)
)
def test_the_count_is_always_that_of_the_values_behind_the_mean(rows: list[tuple[Any, ...]]) -> None:
    keys = ("systolic", "diastolic", "pulse", "phase")
    raw = [{key: part for key, part in zip(keys, row, strict=True) if part is not None} for row in rows]
    said, _, _ = with_statement("heart.pressure", "{mean_systolic}: {count}", {"heart.pressures": raw})
    values = [row[0] for row in rows if row[0] and row[3] != "leaving"]
    mean = mean_words(Fraction(sum(values), len(values)), [Decimal(140)]) if values else "not taken"
    assert said == f"{mean}: {len(values)}"


def test_without_a_mean_the_readings_are_counted_that_were_taken() -> None:
    rows: list[Any] = [(150, 90), (0, 0), (None, 92)]
    assert with_statement("heart.pressure", "Readings: {count}", before(*rows))[0] == "Readings: 2"
    assert with_statement("heart.pressure", "Readings: {count}", {})[0] == "Readings: not taken"
    assert with_statement("heart.pressure", "{mean_pulse}: {count}", {})[0] == "not taken: not taken"


def test_a_figure_is_of_the_phase_in_which_its_test_reads_it() -> None:
    raw = {"heart.pressures": [reading(150, 90, "before"), reading(190, 100, "leaving")]}
    highest = {"readings": "heart.pressures", "any": "systolic", "above": 180, "unit": "mm[Hg]"}
    mean = {"readings": "heart.pressures", "phase": "before", "mean": "systolic", "above": 140, "unit": "mm[Hg]"}
    statement = "Highest {highest_systolic}, mean {mean_systolic} of {count}."
    said, _, _ = with_statement("heart.pressure", statement, raw, when={"any": [highest, mean]})
    assert said == "Highest 190, mean 150.0 of 1."


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"readings": "heart.pressures", "phase": "before", "mean": "systolic", "above": 140}, "146.5"),
        ({"readings": "heart.pressures", "phase": "before", "highest": "diastolic", "above": 90}, "91"),
        ({"readings": "heart.pressures", "phase": "before", "any": "systolic", "above": 140}, ""),
        ({"readings": "heart.pressures", "phase": "leaving", "mean": "systolic", "above": 140}, "not taken"),
        ({"ask": "heart.mi", "is": "yes"}, "no"),
        ({"ask": "heart.bleed", "is": "yes"}, "not asked"),
    ],
)
def test_a_part_of_a_condition_says_the_figure_or_the_answer_that_it_judged(part: Any, said: str) -> None:
    pack = small_pack()
    rules = RuleSet(pack, PATHWAY, ["clinic"], {})
    answers = before((152, 90), (141, 91)) | {"heart.mi": "no"}
    given = {name: read_given(pack.questions[name], raw) for name, raw in answers.items()}
    facts, _ = rules.evaluate(given, VISIT)
    assert what_stands(node(part), rules, given, facts) == said


def test_a_statement_says_what_was_not_taken_or_not_asked() -> None:
    said, _, missing = with_statement("heart.pressure", "Mean {mean_systolic}; bleeding: {heart.bleed}.", {})
    assert said == "Mean not taken; bleeding: not asked."
    assert missing == ["Readings: not asked"]


def test_a_statement_names_the_figure_that_the_clinic_chose() -> None:
    said, because, _ = with_statement("heart.own_limit", "Above {limit} ({parameter}).", before((190, 95)), limit="b")
    assert said == "Above 180/100 (b)."
    assert because[-1] == "Limit: b"
    said, _, missing = with_statement("heart.own_limit", "Above {limit}.", before((190, 95)))
    assert said == "Above figure not chosen."
    assert missing == ["Limit: not chosen (options: a; b)"]


def test_an_answer_that_is_too_vague_says_so_where_it_is_missing() -> None:
    _, _, missing = with_statement("heart.recent", "A fact.", {"heart.mi": "yes", "heart.mi_on": "2026"})
    assert missing == ["When?: 2026 (not exact or not complete enough to tell)"]


PHASED = "Readings: {} before dose"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([{"systolic": 191, "diastolic": 124, "pulse": 96, "phase": "leaving"}], PHASED.format("no reading")),
        ([], PHASED.format("no reading")),
        ([{"systolic": 0, "diastolic": 0, "phase": "before"}], PHASED.format("no value")),
        ([{"systolic": 130, "phase": "before"}], PHASED.format("diastolic not taken")),
        ([{"pulse": 80, "phase": "before"}], PHASED.format("systolic and diastolic not taken")),
        ("none taken", "Readings: none taken"),
    ],
)
def test_what_is_missing_of_readings_is_what_is_not_there(raw: Any, said: str) -> None:
    _, _, missing = with_statement("heart.pressure", "A fact.", {"heart.pressures": raw})
    assert missing == [said]


@pytest.mark.parametrize(
    ("test", "rows", "said"),
    [
        ({"mean": "systolic"}, [(None, 90)], "systolic not taken"),
        ({"mean": "pulse"}, [(120, 80)], "pulse not taken"),
        ({"highest": "pulse_pressure"}, [(120, None), (None, 80)], "a pair of systolic and diastolic not taken"),
        ({"spread": "systolic"}, [(120, 80)], "fewer than 2 values of systolic"),
        ({"mean": "systolic", "phase": "about_40_min"}, [(120, 80)], "no reading about 40 min after"),
    ],
)
def test_what_is_missing_follows_what_the_condition_reads(test: Any, rows: list[Any], said: str) -> None:
    unit = "/min" if "pulse" in test.values() else "mm[Hg]"
    when = {"readings": "heart.pressures", "above": 10, "unit": unit, **test}
    _, _, missing = with_statement("heart.pressure", "A fact.", before(*rows), when=when)
    assert missing == [f"Readings: {said}"]


def test_of_a_listed_item_the_levels_above_say_what_is_missing() -> None:
    mean = {"readings": "heart.pressures", "phase": "before", "mean": "systolic", "at_least": 140, "unit": "mm[Hg]"}
    after = {**mean, "phase": "leaving", "at_least": 180}
    levels = [{"id": "one", "title": "One", "when": mean}, {"id": "two", "title": "Two", "when": after}]
    rule = small_pack().rules["heart.pressure"]
    rule = Rule.model_validate({**rule.model_dump(exclude={"when", "levels"}, by_alias=True), "levels": levels})
    assert [list(open_conditions(rule, level)) for level in (None, "one", "two")] == [
        [entry.when for entry in rule.levels],
        [rule.levels[1].when],
        [],
    ]
    asked = small_pack().questions["heart.pressures"]
    given_one = read_given(asked, [reading(150, 90, "before")])
    assert missing_words(asked, given_one, open_conditions(rule, "one")) == "no reading on leaving"
    assert missing_words(asked, None, open_conditions(rule, "one")) == "not asked"


def test_no_text_leaves_the_number_of_things_open() -> None:
    shipped_texts = forms_folder().rglob("*.yaml")
    sources = [Path(module.__file__ or "") for module in (words, record, report, listing)]
    for path in [*shipped_texts, *sources]:
        assert "(s)" not in path.read_text("utf-8"), path


def test_the_clinics_figure_is_named_in_a_condition() -> None:
    condition = node(
        {"readings": "heart.pressures", "mean": "systolic", "above": {"parameter": "limit.systolic"}, "unit": "mm[Hg]"}
    )
    names = small_pack()
    assert in_words(condition, PackNames(names)).endswith("above the clinic's figure (not chosen)")
    assert in_words(condition, PackNames(names, {"limit": "a"})).endswith("above 150 mmHg, the clinic's figure")


def test_every_condition_and_statement_of_the_shipped_pack_can_be_said() -> None:
    pack = shipped()
    names = PackNames(pack)
    for rule in pack.rules.values():
        for condition in rule.conditions():
            said = in_words(condition, names)
            assert said
            # An option may itself be worded "None": only then is it a word, and not a value that got through.
            for question in questions_read(condition):
                for option in pack.questions[question].options if question in pack.questions else ():
                    said = re.sub(rf"(?<![\w]){re.escape(option.text)}(?![\w])", "…", said)
            assert not re.search(r"\b(None|mm\[Hg\]|a\.b)\b", said), said
    for pathway in pack.pathways:
        rules = RuleSet(pack, pathway.id, [profile.id for profile in pack.profiles], drafts=True)
        facts, outcomes = rules.evaluate({}, VISIT)
        for rule_id, outcome in outcomes.items():
            statement = render_statement(outcome, rules, {}, facts)
            assert statement and "{" not in statement, rule_id


@pytest.mark.parametrize(
    ("number", "said"),
    [("17", 17), ("17.0", 17), ("72.35", 72.35), ("0.1234567890123456789", "0.1234567890123456789")],
)
def test_a_number_that_json_would_round_stands_as_text(number: str, said: Any) -> None:
    assert value_json(Decimal(number)) == said
