"""Figures over time: only what was recorded, intervals where it is not certain, lines with whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from screener.forms.evaluation import RuleSet
from screener.records.sitting import Sitting
from screener.records.trends import Point, Trend, trends, trends_behind
from screener.screening.session import Session
from tests.records.sittings import content_of, shipped, signed
from tests.screening.test_session_machine import CLOCK, opening


def visit(day: str, answers: Mapping[str, Any], pathway: str = "esketamine-clinic", **extra: Any) -> Sitting:
    pack = shipped()
    begun = replace(opening(), pathway=pathway, profiles=("us-label", "clinic"), visit_date=day, **extra)
    made = Session(pack, begun, CLOCK)
    for question, raw in answers.items():
        made.answer(question, raw)
    return signed(f"r-{day}", content_of(made))


def found(*sittings: Sitting) -> dict[str, Trend]:
    return {trend.id: trend for trend in trends(sittings, shipped())}


JULY = visit(
    "2026-07-20",
    {
        "bp.readings": [
            {"systolic": 138, "diastolic": 86, "pulse": 70, "phase": "before", "at": "10:31"},
            {"systolic": 142, "diastolic": 88, "phase": "before", "at": "10:33"},
            {"systolic": 150, "diastolic": None, "phase": "about_40_min"},
        ],
        "body.weight": {"value": 180, "unit": "[lb_av]"},
        "mood.phq9": {"items": {"1": 2, "2": 2}},
    },
)
OCTOBER = visit("2026-10-12", {"body.weight": "82.5", "mood.phq9": {"total": 11}, "bp.readings": "none taken"})


def test_readings_stand_by_phase_as_they_were_taken() -> None:
    before = found(OCTOBER, JULY)["bp.readings:before"]
    systolic, diastolic = before.series
    day = date(2026, 7, 20)
    assert systolic.points == (Point(day, 0, Fraction(138), Fraction(138)), Point(day, 1, Fraction(142), Fraction(142)))
    assert [point.low for point in diastolic.points] == [86, 88]
    assert before.rows == (("20 Jul 2026", "10:31", "138", "86"), ("20 Jul 2026", "10:33", "142", "88"))
    assert before.unit == "mmHg"


def test_a_pressure_that_was_not_taken_is_no_point_and_says_so_in_the_table() -> None:
    later = found(JULY)["bp.readings:about_40_min"]
    assert [len(series.points) for series in later.series] == [1, 0]
    assert later.rows == (("20 Jul 2026", "no time", "150", "not taken"),)


def test_pulse_stands_in_a_trend_of_its_own_where_it_was_taken() -> None:
    trends = found(JULY)
    pulse = trends["bp.readings:before:pulse"]
    assert pulse.title == "Pulse, before dose" and pulse.unit == "per minute"
    assert pulse.header == ("Visit", "Time", "Pulse")
    assert pulse.rows == (("20 Jul 2026", "10:31", "70"), ("20 Jul 2026", "10:33", "not taken"))
    assert pulse.series[0].points == (Point(date(2026, 7, 20), 0, Fraction(70), Fraction(70)),)
    assert "bp.readings:about_40_min:pulse" not in trends
    assert list(trends).index("bp.readings:before:pulse") > list(trends).index("bp.readings:about_40_min")


def test_a_line_of_pulse_does_not_stand_among_those_of_pressure() -> None:
    trends = found(JULY)
    assert {line.of for line in trends["bp.readings:before:pulse"].lines} <= {"Pulse"}


def test_none_taken_is_a_row_without_a_figure() -> None:
    assert found(OCTOBER)["bp.readings:"].rows == (("12 Oct 2026", "signed 10:42", "none taken", ""),)


def test_weight_is_in_one_unit_and_exact() -> None:
    weight = found(JULY, OCTOBER)["body.weight"]
    (series,) = weight.series
    assert series.points[0].exact and series.points[0].low == Fraction(180) * Fraction("0.45359237")
    assert series.points[1].low == Fraction("82.5")
    assert [row[2] for row in weight.rows] == ["81.6 kg (typed as 180 lb)", "82.5 kg"]


def test_a_score_with_items_missing_is_an_interval() -> None:
    score = found(JULY, OCTOBER)["mood.phq9"]
    (series,) = score.series
    assert [(int(point.low), int(point.high)) for point in series.points] == [(4, 25), (11, 11)]
    assert [row[2] for row in score.rows] == ["from 4 to 25: items are missing", "11"]


@pytest.mark.parametrize("state", ["not_known", "declined", "come_back"])
def test_a_state_is_a_row_and_no_point(state: str) -> None:
    weight = found(visit("2026-10-12", {"body.weight": {"state": state}}))["body.weight"]
    assert weight.series[0].points == ()
    assert weight.rows[0][2] in ("not known", "declined", "to come back to")


def test_accounts_that_differ_are_a_row_and_no_point() -> None:
    made = Session(shipped(), replace(opening(), pathway="esketamine-clinic", profiles=("us-label",)), CLOCK)
    made.answer("body.weight", "80")
    made.answer("body.weight", "92", by="chart")
    weight = found(signed("r", content_of(made)))["body.weight"]
    assert weight.series[0].points == ()
    assert weight.rows[0][2] == "patient: 80 kg · chart: 92 kg (accounts differ, none named as used)"


def test_what_today_s_content_reads_otherwise_is_not_drawn() -> None:
    content = dict(OCTOBER.content)
    for theme in content["themes"]:
        for question in theme["questions"]:
            if question["id"] == "body.weight":
                question["words"] = "82.5 st"
    weight = found(signed("r", content))["body.weight"]
    assert weight.series[0].points == () and "not drawn" in weight.rows[0][2]


def test_of_a_screening_signed_in_parts_each_reading_counts_once() -> None:
    parts = [
        replace(JULY, record=name, signed_at=f"2026-07-20T1{n}:00:00+00:00") for n, name in enumerate(("p1", "p2"))
    ]
    assert len(found(*parts)["bp.readings:before"].rows) == 2


def test_lines_are_those_of_the_latest_visit_and_say_whose_they_are() -> None:
    before = found(JULY)["bp.readings:before"]
    assert {line.of for line in before.lines} == {"Systolic", "Diastolic"}
    assert all(line.whose and line.short for line in before.lines)
    assert "above 140: " in "\n".join(line.words for line in before.lines)


def test_the_clinic_s_own_figure_is_a_line_once_it_was_chosen() -> None:
    readings = {"bp.readings": [{"systolic": 138, "diastolic": 86, "phase": "before"}]}
    chosen = {name: parameter.options[0].id for name, parameter in shipped().parameters.items()}
    for parameters, expected in ((chosen, {"Systolic", "Diastolic"}), ({}, set())):
        lines = found(visit("2026-10-13", readings, "kap", parameters=parameters))["bp.readings:before"].lines
        assert {line.of for line in lines if line.short == "clinic’s choice"} == expected


def test_without_a_figure_there_is_no_trend() -> None:
    assert trends([], shipped()) == ()
    assert trends([visit("2026-10-13", {})], shipped()) == ()


# Behind one rule


def behind(rule_id: str, *sittings: Sitting, pathway: str = "esketamine-clinic") -> dict[str, Trend]:
    rules = RuleSet(shipped(), pathway, ["us-label", "clinic"])
    return {trend.id: trend for trend in trends_behind(rule_id, rules, sittings)}


@pytest.mark.parametrize(
    ("rule_id", "ids"),
    [
        ("bp.stage_before_dose", {"bp.readings:before", "bp.readings:about_40_min"}),
        ("bp.label_reference", {"bp.readings:before"}),
        ("bp.diastolic_not_below", {"bp.readings:before", "bp.readings:about_40_min"}),
        ("bp.too_few_readings", {"bp.readings:before", "bp.readings:about_40_min"}),
        ("bp.pulse_doubtful", {"bp.readings:before:pulse"}),
        ("medical.bmi_35", {"body.weight"}),
        ("mood.phq9_lines", {"mood.phq9"}),
        ("suicide.item_9", set()),
        ("psychosis.ever_ketamine", set()),
    ],
)
def test_a_rule_has_the_figures_behind_it_that_another_figure_could_change(rule_id: str, ids: set[str]) -> None:
    assert behind(rule_id, JULY, OCTOBER).keys() == ids


def test_figures_behind_a_rule_are_those_of_all_trends_and_their_lines_are_its_own() -> None:
    [one] = behind("bp.label_reference", JULY, OCTOBER).values()
    every = found(JULY, OCTOBER)["bp.readings:before"]
    assert (one.title, one.rows, one.series) == (every.title, every.rows, every.series)
    assert one.lines and set(one.lines) < set(every.lines)
    assert {(line.of, line.comparison, line.figure) for line in one.lines} == {
        ("Systolic", "above", Fraction(140)),
        ("Diastolic", "above", Fraction(90)),
    }


def test_readings_of_a_phase_that_stands_for_another_are_behind_its_rule() -> None:
    """Without a reading before the dose, those of the screening count, and those whose phase nobody said."""
    earlier = visit(
        "2026-07-01",
        {"bp.readings": [{"systolic": 138, "diastolic": 86, "phase": "screening"}, {"systolic": 139, "diastolic": 87}]},
    )
    assert behind("bp.label_reference", earlier).keys() == {"bp.readings:screening", "bp.readings:"}


def test_nothing_is_behind_a_rule_where_records_hold_words_alone_or_there_is_none() -> None:
    assert behind("bp.label_reference", OCTOBER) == {}
    assert behind("bp.label_reference") == {}
