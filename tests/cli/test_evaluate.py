"""`screener evaluate`: the shape of its answer, its findings, its exit codes."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.cli.evaluate import evaluation
from screener.cli.given import Checked, check
from screener.cli.source import Source, parse
from screener.forms.model import Pack
from screener.places import resources_folder
from tests.rules.strategies import raw_answers
from tests.small_pack import PATHWAY, small_pack

Json = dict[str, Any]
TODAY = date(2026, 11, 24)
EARLIER = {"date": "2026-10-12", "answers": {"heart.m": "yes"}}


@cache
def pack() -> Pack:
    return small_pack()


def schema(name: str) -> Json:
    found: Json = json.loads((resources_folder() / "schemas" / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def visit(answers: Json | None = None, **more: Any) -> Json:
    return {"pathway": PATHWAY, "profiles": [], "date": "2026-11-23", "answers": answers or {}, **more}


def checked(raw: Any) -> Checked:
    return check(pack(), Source(raw), TODAY)


def evaluated(raw: Json) -> Json:
    result = evaluation(pack(), checked(raw), Source(raw))
    jsonschema.validate(result, schema("evaluation"))
    return result


def rule(result: Json, rule_id: str) -> Json:
    return next(entry for entry in result["rules"] if entry["id"] == rule_id)


def codes(result: Json) -> list[str]:
    return [finding["code"] for finding in result["findings"]]


def test_a_listed_rule_says_what_it_rests_on() -> None:
    found = rule(evaluated(visit({"heart.mi": "yes", "heart.mi_on": "2026-10-12"})), "heart.recent")
    assert found["outcome"] == "listed"
    assert found["source_critical"] is True
    assert found["because"] == [
        {"question": "heart.mi", "text": "Heart attack, ever?", "value": "yes"},
        {"question": "heart.mi_on", "text": "When?", "value": "2026-10-12"},
    ]
    assert found["missing"] == []


def test_a_rule_that_is_not_established_names_each_state() -> None:
    result = evaluated(visit({"heart.bleed": {"state": "declined"}}))
    assert rule(result, "heart.bled")["missing"] == [
        {"question": "heart.bleed", "text": "Bleeding in the brain, ever?", "state": "declined"}
    ]
    assert rule(result, "heart.recent")["missing"] == [
        {"question": "heart.mi", "text": "Heart attack, ever?", "state": "not_asked"}
    ]


def test_a_figure_that_the_clinic_has_not_chosen_is_what_is_missing_with_every_option() -> None:
    readings = {"heart.pressures": [{"systolic": 160, "diastolic": 80, "phase": "before"}]}
    open_rule = rule(evaluated(visit(readings, profiles=["clinic"])), "heart.own_limit")
    assert open_rule["outcome"] == "not_established"
    assert open_rule["missing"] == [
        {
            "question": "parameter:limit",
            "text": "Limit",
            "state": "not_chosen",
            "options": [{"id": "a", "label": "a"}, {"id": "b", "label": "b"}],
        }
    ]
    chosen = rule(evaluated(visit(readings, profiles=["clinic"], parameters={"limit": "a"})), "heart.own_limit")
    assert chosen["outcome"] == "listed"
    assert {"question": "parameter:limit", "text": "Limit", "value": "a"} in chosen["because"]


def test_only_the_rules_of_the_chosen_profiles_are_named() -> None:
    ids = {entry["id"] for entry in evaluated(visit())["rules"]}
    assert "heart.own_limit" not in ids
    assert "heart.bled" in ids


def test_the_rules_stand_in_the_order_of_the_screen() -> None:
    tiers = [entry["tier"] for entry in evaluated(visit())["rules"]]
    assert tiers == sorted(tiers, key=["time-critical", "review", "note", "check"].index)


def test_accounts_that_differ_are_not_established_until_one_is_named() -> None:
    accounts = [{"by": "patient", "value": "no"}, {"by": "spouse", "value": "yes"}]
    differing = evaluated(visit({"heart.bleed": {"accounts": accounts}}))
    assert rule(differing, "heart.bled")["missing"][0]["state"] == "differing"
    assert rule(differing, "heart.bled_check")["outcome"] == "listed"
    named = evaluated(visit({"heart.bleed": {"accounts": accounts, "used": "spouse"}}))
    assert rule(named, "heart.bled")["because"][0]["value"] == "yes"


def test_a_state_may_name_who_said_it_and_what_is_no_name_stops() -> None:
    visit_of = checked(visit({"heart.mi": {"state": "declined", "by": "spouse", "note": "asked twice"}})).visit
    assert visit_of is not None
    assert [account.by for account in visit_of.answers["heart.mi"].accounts] == ["spouse"]
    accounts = [{"by": " ", "value": "yes"}]
    for wrong in ({"state": "declined", "note": 5}, {"accounts": accounts}):
        assert [finding.code for finding in checked(visit({"heart.mi": wrong})).findings] == ["wrong-type"]


def test_an_implausible_value_is_evaluated_and_named() -> None:
    result = evaluated(visit({"body.weight": 1470, "body.height": 170}))
    assert codes(result) == ["implausible"]
    assert "body.weight" in result["findings"][0]["place"]
    assert rule(result, "body.size")["level"] == "over"


def test_an_answer_behind_a_closed_gate_is_named_and_not_evaluated() -> None:
    result = evaluated(visit({"heart.mi": "no", "heart.mi_on": "2026-11-01"}))
    assert codes(result) == ["hidden-answer"]
    assert rule(result, "heart.recent")["outcome"] == "not_listed"
    (hidden,) = [entry for entry in result["not_shown"] if entry["question"] == "heart.mi_on"]
    assert hidden["because"] == [{"question": "heart.mi", "text": "Heart attack, ever?", "value": "no"}]


def test_an_answer_that_may_not_apply_is_named_and_not_evaluated() -> None:
    result = evaluated(visit({"heart.mi": {"state": "not_known"}, "heart.mi_on": "2026-11-01"}))
    assert codes(result) == ["gate-open"]
    assert "heart.mi_on" not in [entry["question"] for entry in result["not_shown"]]
    assert [entry["question"] for entry in rule(result, "heart.recent")["missing"]] == ["heart.mi"]
    unasked = evaluated(visit({"heart.mi_on": "2026-11-01"}))
    assert codes(unasked) == ["hidden-answer"]


@pytest.mark.parametrize(("day", "named"), [("2026-11-23", 0), ("2026-11", 0), ("2026-11-24", 1), ("2027", 1)])
def test_a_date_after_the_visit_is_evaluated_and_named(day: str, named: int) -> None:
    result = evaluated(visit({"heart.mi": "yes", "heart.mi_on": day}))
    assert codes(result) == ["implausible"] * named
    if named:
        assert rule(result, "heart.recent")["outcome"] == "not_listed"


def test_a_value_given_in_another_unit_is_converted_and_told_as_typed() -> None:
    result = evaluated(visit({"body.weight": {"value": 330, "unit": "[lb_av]"}, "body.height": 180}))
    found = rule(result, "body.size")
    assert found["outcome"] == "listed"
    assert {"value": 330, "unit": "[lb_av]"} in [entry.get("value") for entry in found["because"]]


@pytest.mark.parametrize(
    ("raw", "code", "place", "suggestion"),
    [
        (visit({"heart.m": "yes"}), "unknown-question", "$.answers['heart.m']", "heart.mi"),
        (visit({"heart.mi": "maybe"}), "unknown-option", "$.answers['heart.mi']", "yes"),
        (visit({"heart.mi": True}), "unknown-option", "$.answers['heart.mi']", "yes"),
        (visit({"heart.mi": None}), "wrong-type", "$.answers['heart.mi']", "leave the question out"),
        (visit({"heart.kinds": "a"}), "wrong-type", "$.answers['heart.kinds']", "list"),
        (visit({"heart.kinds": ["z"]}), "unknown-option", "$.answers['heart.kinds']", "a, b, c"),
        (visit({"body.weight": "heavy"}), "wrong-type", "$.answers['body.weight']", "147"),
        (visit({"body.weight": -3}), "negative", "$.answers['body.weight']", "0 or more"),
        (visit({"body.weight": {"value": 80, "unit": "st"}}), "unknown-unit", "$.answers['body.weight']", "kg"),
        (visit({"body.bmi": 31}), "derived", "$.answers['body.bmi']", "worked out from"),
        (visit({"heart.mi_on": "last week"}), "wrong-type", "$.answers['heart.mi_on']", "2026-03-05"),
        (visit({"heart.mi": {"state": "unsure"}}), "unknown-state", "$.answers['heart.mi']", "not_known"),
        (visit(pathway="esketamine"), "unknown-pathway", "$.pathway", "esketamine-clinic"),
        (visit(profiles=["clinik"]), "unknown-profile", "$.profiles[0]", "clinic"),
        (visit(profiles="clinic"), "wrong-type", "$.profiles", "us-label"),
        (visit(parameters={"limits": "a"}), "unknown-parameter", "$.parameters.limits", "limit"),
        (visit(parameters={"limit": "c"}), "unknown-option", "$.parameters.limit", "a, b"),
        (visit(date="23.11.2026"), "wrong-type", "$.date", "2026-11-23"),
        (visit(date="2026-02-30"), "wrong-type", "$.date", "2026-11-23"),
        (visit(date="2026-W48-1"), "wrong-type", "$.date", "2026-11-23"),
        (visit(date="2026-11"), "wrong-type", "$.date", "2026-11-23"),
        (visit({"body.weight": "1_000"}), "wrong-type", "$.answers['body.weight']", "147"),
        (visit(earlier=[EARLIER]), "unknown-question", "$.earlier[0].answers['heart.m']", "heart.mi"),
        (visit(answer={}), "unknown-key", "$.answer", "answers"),
        ({"answers": {}}, "no-pathway", "$.pathway", PATHWAY),
        ([], "wrong-type", "$", "pathway"),
    ],
)  # fmt: skip
def test_what_does_not_fit_stops_and_says_where_and_what_would_do(
    raw: Any, code: str, place: str, suggestion: str
) -> None:
    result = checked(raw)
    assert result.visit is None
    (finding,) = [finding for finding in result.findings if finding.stops]
    assert (finding.code, finding.stops) == (code, True)
    assert finding.place.startswith(place)
    assert suggestion in finding.suggestion
    printed = evaluation(pack(), result, Source(raw))
    jsonschema.validate(printed, schema("evaluation"))
    assert printed["rules"] == printed["not_shown"] == []


def test_every_finding_is_told_at_once() -> None:
    result = checked(visit({"heart.m": "yes", "body.weight": "x"}, pathway="nowhere", profiles=["nobody"]))
    assert {f.code for f in result.findings} == {"unknown-question", "wrong-type", "unknown-pathway", "unknown-profile"}


def test_a_profile_that_the_pathway_needs_and_that_is_not_chosen_stops() -> None:
    raw = small_pack().model_dump(mode="json", by_alias=True, exclude_none=True)
    raw["pathways"][0]["needs"] = ["general", {"one_of": ["clinic", "other"]}]
    needing = Pack.model_validate(raw)
    result = check(needing, Source(visit()), TODAY)
    assert result.visit is None
    assert [finding.code for finding in result.findings] == ["profile-needed"]
    assert "clinic or other" in result.findings[0].suggestion
    assert check(needing, Source(visit(profiles=["clinic"])), TODAY).visit is not None


def test_without_a_date_today_stands_in_and_is_named() -> None:
    raw = visit()
    del raw["date"]
    result = checked(raw)
    assert result.visit is not None
    assert result.visit.day == TODAY
    assert [finding.code for finding in result.findings] == ["no-date"]


def test_yaml_findings_carry_their_line() -> None:
    text = (
        "pathway: esketamine-clinic\nprofiles: []\ndate: 2026-11-23\nanswers:\n  heart.mi: no\n  heart.bleed: perhaps\n"
    )
    result = check(pack(), parse(text, "visit.yaml"), TODAY)
    (finding,) = result.findings
    assert finding.place == "$.answers['heart.bleed'] (line 6)"


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', "a: 1\na: 2\n", '{"a": 1,,}', "a: [1", '{"a": NaN}', "a: &x 1\n"])
def test_text_that_cannot_be_taken_as_written_is_refused(text: str) -> None:
    assert parse(text, "-").refused


@pytest.mark.parametrize(
    "number", ["1e400", "5.4e-79", "1e99999999999999999999", "-1e-99999999999999999999", "9" * 60, "9" * 5000]
)
def test_a_number_that_nothing_can_measure_is_said_where_it_stands(number: str) -> None:
    source = parse(json.dumps(visit({"body.weight": 0})).replace("0}", number + "}"), "visit.json")
    (finding,) = check(pack(), source, TODAY).findings
    assert (finding.code, finding.place) == ("wrong-type", "$.answers['body.weight']")
    assert "is not a number that can be measured" in finding.message


@pytest.mark.parametrize("opening", ["[", '{"a": '])
@pytest.mark.parametrize("levels", [61, 900, 100_000])
def test_what_is_nested_without_end_is_refused(opening: str, levels: int) -> None:
    source = parse(opening * levels + "1" + {"[": "]"}.get(opening, "}") * levels, "visit.json")
    assert [refused.message for refused in source.refused] == ["nested deeper than 60 levels"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_the_calendar_are_days_too(day: str) -> None:
    result = evaluated(visit({"heart.mi": "yes", "heart.mi_on": day}, date=day))
    assert rule(result, "heart.recent")["outcome"] == "listed"
    assert evaluated(visit({"heart.mi": "yes"}, date=day))["rules"]


def test_a_message_quotes_no_more_of_a_value_than_can_be_read() -> None:
    (finding,) = checked(visit({"heart.mi": "maybe" * 1000})).findings
    assert len(finding.message) < 150


def test_numbers_of_json_are_read_exactly() -> None:
    source = parse('{"a": 0.1, "b": 5.4e-79}', "-")
    assert str(source.raw["a"]) == "0.1"


@given(st.builds(dict, answers=raw_answers(check(small_pack(), Source(visit()), TODAY).visit.rules.form)))  # type: ignore[union-attr]
def test_whatever_is_answered_the_input_and_the_output_fit_their_schemas(raw: Json) -> None:
    given_file = visit(raw["answers"], profiles=["clinic"])
    jsonschema.validate(given_file, schema("answers"))
    result = evaluated(given_file)
    assert result["rules"]


@pytest.mark.parametrize("wrong", [visit({"heart.mi": None}), visit(answer={}), visit(date="today"), {}])
def test_the_schema_of_the_input_refuses_what_evaluate_refuses(wrong: Json) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema("answers"))
