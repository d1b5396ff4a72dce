"""Answers, statements and explanations in words."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from screener.forms.answering import read_given
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack, Question
from screener.forms.words import (
    PackNames,
    answer_words,
    because_lines,
    mean_words,
    missing_lines,
    render_statement,
    value_json,
    value_words,
)
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
    rule_id: str, statement: str, answers: dict[str, Any], **chosen: str
) -> tuple[str, list[str], list[str]]:
    """The statement, because and missing lines of one rule of the small pack under another statement."""
    base = small_pack()
    themes = tuple(
        theme.model_copy(
            update={
                "rules": tuple(
                    rule.model_copy(update={"statement": statement}) if rule.id == rule_id else rule
                    for rule in theme.rules
                )
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


def before(*rows: tuple[int, int]) -> dict[str, Any]:
    return {"heart.pressures": [{"systolic": high, "diastolic": low, "phase": "before"} for high, low in rows]}


def test_a_statement_fills_in_the_figures_its_rule_reads() -> None:
    statement = "Mean of {count}: {mean_systolic}/{mean_diastolic}, highest {highest_systolic}, last {last_systolic}."
    said, because, _ = with_statement("heart.pressure", statement, before((152, 90), (141, 91)))
    assert said == "Mean of 2: 146.5/90.5, highest 152, last 141."
    assert because == ["Readings: before dose: 152/90, 141/91"]


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
