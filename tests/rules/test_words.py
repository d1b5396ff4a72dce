"""Conditions in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from screener.rules.expressions import ParameterRef
from screener.rules.words import in_words, node_words, unit_words, with_unit
from tests.rules.running import node


class Names:
    """Names that show what they were asked for."""

    def question(self, question_id: str) -> str:
        return {"q": "Heart rate", "r": "Age", "dose": "Planned time of the dose", "on": "Heart attack on"}[question_id]

    def option(self, question_id: str, option_id: str) -> str:
        return {"b": "moderate", "c": "severe"}.get(option_id, option_id)

    def phase(self, phase: str) -> str:
        return {"before": "before dose"}[phase]

    def parameter(self, ref: ParameterRef, unit: str) -> str:
        return f"the clinic's figure ({ref.part}, {unit_words(unit)})"

    def medicine_class(self, class_id: str) -> str:
        return {"ssri": "SSRI antidepressant", "opioid": "opioid"}[class_id]

    def score(self, question_id: str, name: str) -> str:
        return name


WORDS: list[tuple[dict[str, Any], str]] = [
    ({"ask": "q", "is": "yes"}, "Heart rate: yes"),
    ({"ask": "q", "one_of": ["b", "c"]}, "Heart rate: moderate or severe"),
    ({"ask": "q", "above": 100, "unit": "/min"}, "Heart rate above 100 per minute"),
    ({"ask": "r", "at_least": 18, "unit": "a"}, "Age at least 18 years"),
    ({"ask": "r", "below": 1, "unit": "a"}, "Age below 1 year"),
    ({"ask": "r", "between": [18, 24], "unit": "a"}, "Age from 18 to 24 years"),
    ({"takes": {"class": "ssri"}}, "taken now: SSRI antidepressant"),
    ({"takes": {"substance": ["lithium", "lamotrigine"]}}, "taken now: lithium or lamotrigine"),
    ({"takes": {"any": True}}, "taken now: any medicine"),
    ({"takes": {"unrecognised": True}}, "taken now: a name that the dictionary does not hold"),
    (
        {"takes": {"class": ["ssri", "opioid"], "route": "oral"}, "within": "14 d", "before": "dose"},
        "taken within 14 days before Planned time of the dose: SSRI antidepressant or opioid by mouth",
    ),
    (
        {"takes": {"class": "ssri"}, "within": "5 half-lives"},
        "taken within 5 half-lives before the visit: SSRI antidepressant",
    ),
    ({"score": "q", "at_least": 10}, "Heart rate, total at least 10"),
    ({"score": "q", "item": "9", "above": 0}, "Heart rate, item 9 above 0"),
    ({"score": "q", "part": "distress", "between": [6, 8]}, "Heart rate, distress from 6 to 8"),
    ({"ask": "on", "within": "6 wk"}, "Heart attack on within 6 weeks before the visit"),
    ({"ask": "on", "after": "visit"}, "Heart attack on after the visit"),
    ({"ask": "on", "older_than": "1 a"}, "Heart attack on more than 1 year before the visit"),
    (
        {"ask": "on", "within": "2 h", "before": "dose"},
        "Heart attack on within 2 hours before Planned time of the dose",
    ),
    (
        {"ask": "q", "at_most": {"parameter": "limit.pulse"}, "unit": "/min"},
        "Heart rate at most the clinic's figure (pulse, per minute)",
    ),
    ({"compare": "q", "at_least": "r"}, "Heart rate at least Age"),
    ({"compare": "q", "above": "r", "times": 4}, "Heart rate above 4 times Age"),
    ({"compare": "q", "minus": "r", "at_least": 40, "unit": "mm[Hg]"}, "Heart rate less Age: at least 40 mmHg"),
    (
        {"readings": "q", "phase": "before", "mean": "systolic", "above": 140, "unit": "mm[Hg]"},
        "mean systolic, before dose, above 140 mmHg",
    ),
    (
        {"readings": "q", "any": "pulse_pressure", "at_most": 0, "unit": "mm[Hg]"},
        "pulse pressure of any reading, at most 0 mmHg",
    ),
    ({"readings": "q", "spread": "systolic", "above": 10, "unit": "mm[Hg]"}, "spread of systolic, above 10 mmHg"),
    ({"readings": "q", "zero": "systolic"}, "systolic of any reading typed as 0"),
    ({"readings": "q", "phase": "before", "zero": "diastolic"}, "diastolic of any reading typed as 0, before dose"),
    ({"readings": "q", "count": {"below": 2}}, "fewer than 2 readings"),
    ({"readings": "q", "phase": "before", "count": {"at_least": 1}}, "at least 1 reading, before dose"),
    (
        {"readings": "q", "count": {"at_least": 3, "of": {"systolic": {"at_least": 140}}, "on": "different days"}},
        "at least 3 days with systolic at least 140 mmHg",
    ),
    ({"missing": "q"}, "Heart rate: not recorded"),
    ({"accounts_differ": "q"}, "Heart rate: accounts differ, none named as used"),
    (
        {"all": [{"ask": "q", "is": "yes"}, {"ask": "r", "above": 64, "unit": "a"}]},
        "all of: Heart rate: yes; Age above 64 years",
    ),
    (
        {"any": [{"ask": "q", "is": "yes"}, {"not": {"ask": "r", "above": 64, "unit": "a"}}]},
        "any of: Heart rate: yes; (not: Age above 64 years)",
    ),
    (
        {"count": {"at_least": 2, "of": [{"missing": "q"}, {"missing": "r"}]}},
        "at least 2 of: Heart rate: not recorded; Age: not recorded",
    ),
]


@pytest.mark.parametrize(("written", "said"), WORDS)
def test_a_condition_is_said_in_plain_words(written: dict[str, Any], said: str) -> None:
    assert in_words(node(written), Names()) == said


def test_a_line_of_a_tree_names_what_holds_its_parts_together() -> None:
    assert node_words(node({"any": [{"missing": "q"}, {"missing": "r"}]}), Names()) == "any of"
    assert node_words(node({"missing": "q"}), Names()) == "Heart rate: not recorded"


@pytest.mark.parametrize(
    ("figure", "unit", "said"),
    [
        ("140", "mm[Hg]", "140 mmHg"),
        ("37.50", "Cel", "37.5 °C"),
        ("1", "a", "1 year"),
        ("100", "/min", "100 per minute"),
        ("12", "", "12"),
        ("1E+2", "kg", "100 kg"),
        ("35", "kg/m2", "35 kg/m²"),
        ("3", "{drinks}/d", "3 drinks/d"),
        ("40", "mL/min/{1.73_m2}", "40 mL/min/1.73 m²"),
        ("9", "{score}", "9"),
    ],
)
def test_figures_carry_their_unit_as_people_write_it(figure: str, unit: str, said: str) -> None:
    assert with_unit(Decimal(figure), unit) == said
