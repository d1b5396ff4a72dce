"""What a Bundle says of a record: codes, states, evidence, responses, the signature; nothing that is a verdict."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
import socket
import subprocess
import sys
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from screener.exchange.fhir.bundle import bundle as made_of
from screener.exchange.fhir.bundle import written
from screener.exchange.fhir.codes import KNOWN
from screener.exchange.fhir.names import ABSENT, LOINC, NONE_OF_THESE, UCUM, extension, options_of
from screener.exchange.fhir.questionnaire import TYPES
from screener.exchange.fhir.values import GROUPS, VALUE_AS
from screener.records.browse import Signature, SignedRecord
from screener.rules.values import Kind
from screener.screening.answers import Carried
from screener.store.signing import verify_record
from screener.text import WorldError
from tests.exchange.fhir.made import (
    SIGNED_AT,
    amendment,
    answered,
    as_bundle,
    at_random,
    begun,
    resources,
    respond,
    sealed,
    signed,
)
from tests.records.sittings import shipped

Json = Any
PRESSURES = [
    {"systolic": 152, "diastolic": 95, "pulse": 80, "phase": "before", "at": "10:31", "arm": "left"},
    {"systolic": 149, "phase": "before"},
    {"systolic": 0, "diastolic": 80, "phase": "leaving"},
]


def bundle_of(answers: dict[str, Any], pathway: str = "esketamine-clinic", **extra: Any) -> Json:
    return as_bundle(signed(answered(answers, pathway, **extra)))


def items_of(bundle: Json, kind: str = "QuestionnaireResponse") -> dict[str, Json]:
    """Every item by its linkId."""
    found: dict[str, Json] = {}

    def into(items: list[Json]) -> None:
        for item in items:
            found.setdefault(item["linkId"], item)
            into(item.get("item", []))

    into(resources(bundle, kind)[0]["item"])
    return found


def said(item: Json, name: str) -> list[Any]:
    """The values of one extension of ours."""
    found = [one for one in item.get("extension", []) if one["url"] in (name, extension(name))]
    return [next((v for k, v in one.items() if k.startswith("value")), one.get("extension")) for one in found]


def parts(account: list[Json]) -> dict[str, Any]:
    return {one["url"]: next((v for k, v in one.items() if k.startswith("value")), None) for one in account}


@cache
def filled(pathway: str) -> str:
    """The Bundle of a record with every question answered, as it is written."""
    return written(signed(at_random(pathway, 3, 1.0)), (), shipped()).decode()


# --- answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "code"),
    [("not_known", "asked-unknown"), ("declined", "asked-declined"), ("come_back", "temp-unknown")],
)
def test_each_recorded_state_has_a_code_of_its_own(state: str, code: str) -> None:
    item = items_of(bundle_of({"heart.attack": {"state": state}}))["heart.attack"]
    assert (said(item, ABSENT), said(item, "state"), "answer" in item) == ([code], [state], False)
    assert parts(said(item, "account")[0])["state"] == state


def test_what_was_not_asked_and_what_is_hidden_are_kept_apart() -> None:
    items = items_of(bundle_of({"heart.attack": "no"}))
    assert said(items["heart.aneurysm"], ABSENT) == ["not-asked"]
    assert said(items["heart.attack_on"], ABSENT) == ["not-applicable"]
    assert said(items["heart.attack_on"], "hidden-because") == ["Heart attack, ever: no"]
    still_open = items_of(bundle_of({}))["heart.attack_on"]
    assert (said(still_open, ABSENT), said(still_open, "state")) == (["unknown"], ["gate_open"])


def test_an_answer_to_a_question_that_is_hidden_now_is_kept_and_is_no_answer() -> None:
    session = answered({"heart.attack": "yes"})
    session.answer("heart.attack_on", "2026-10")
    session.answer("heart.attack", "no")
    item = items_of(as_bundle(signed(session)))["heart.attack_on"]
    assert "answer" not in item
    assert parts(said(item, "account")[0])["value"] == "2026-10"


def test_accounts_that_differ_stand_side_by_side_and_none_is_the_answer() -> None:
    accounts = {"accounts": {"patient": "no", "partner or family": "yes"}, "note": "on the phone"}
    item = items_of(bundle_of({"psychosis.ever": accounts}))["psychosis.ever"]
    assert ("answer" in item, said(item, ABSENT), said(item, "state")) == (False, ["unknown"], ["differing"])
    assert [(parts(one)["by"], parts(one)["value"]) for one in said(item, "account")] == [
        ("patient", False),
        ("partner or family", True),
    ]
    used = items_of(bundle_of({"psychosis.ever": {**accounts, "used": "partner or family"}}))["psychosis.ever"]
    assert used["answer"] == [{"valueBoolean": True}]
    assert [(parts(one).get("used"), parts(one).get("stands")) for one in said(used, "account")] == [
        (None, None),
        (True, True),
    ]
    assert parts(said(used, "account")[0])["note"] == "on the phone"


def test_none_of_these_is_an_answer_and_excludes_the_others() -> None:
    question = next(q for q in begun().questions.values() if q.kind == "choices" and q.shown_when is None)
    bundle = bundle_of({question.id: []})
    (answer,) = items_of(bundle)[question.id]["answer"]
    assert answer["valueCoding"]["code"] == NONE_OF_THESE
    option = items_of(bundle, "Questionnaire")[question.id]["answerOption"][-1]
    assert option["valueCoding"]["code"] == NONE_OF_THESE
    assert option["extension"][0]["url"].endswith("questionnaire-optionExclusive")


def test_figures_are_exact_and_in_the_unit_they_were_typed_in() -> None:
    bundle = bundle_of({"body.weight": {"value": "330.10", "unit": "[lb_av]"}, "body.height": "180"})
    (answer,) = items_of(bundle)["body.weight"]["answer"]
    typed = {"value": Decimal("330.10"), "unit": "[lb_av]", "system": UCUM, "code": "[lb_av]"}
    assert answer["valueQuantity"] == typed
    (weight,) = [one for one in resources(bundle, "Observation") if said(one, "question") == ["body.weight"]]
    assert weight["valueQuantity"] == typed
    raw = written(signed(answered({"body.weight": "70.10"})), (), shipped())
    assert b'"value":70.10,"unit":"kg"' in raw


def test_a_dose_days_times_know_their_offset() -> None:
    item = items_of(bundle_of({"day.given_at": "2026-11-23T10:30"}, "dose-day"))["day.given_at"]
    assert item["answer"] == [{"valueDateTime": "2026-11-23T10:30:00+00:00"}]


# --- the form ---------------------------------------------------------------------------------------------------------


def test_a_condition_on_one_answer_is_one_enable_when() -> None:
    items = items_of(bundle_of({}), "Questionnaire")
    assert items["heart.attack_on"]["enableWhen"] == [
        {"question": "heart.attack", "operator": "=", "answerBoolean": True}
    ]


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_every_condition_of_the_content_is_said(pathway: str) -> None:
    session = begun(pathway)
    items = items_of(made_of(signed(session), (), shipped()), "Questionnaire")
    for question in session.questions.values():
        shown_when = extension("shown-when")
        item = items[question.id]
        assert not any(one["url"] == shown_when for one in item.get("extension", ())), question.id
        around = items.get(f"{question.id}/shown/1", {})
        assert bool(item.get("enableWhen") or around.get("enableWhen")) == (question.shown_when is not None)


def test_options_and_units_are_those_of_the_content() -> None:
    items, session = items_of(bundle_of({}), "Questionnaire"), begun()
    for question in session.questions.values():
        item = items[question.id]
        if question.kind == "choice":
            codes = [option["valueCoding"]["code"] for option in item["answerOption"]]
            assert codes == list(question.option_ids)
            assert {o["valueCoding"]["system"] for o in item["answerOption"]} == {options_of(question.id)}
        if question.kind == "number":
            units = [one["valueCoding"]["code"] for one in item["extension"] if one["url"].endswith("unitOption")]
            assert units == [question.unit, *question.units]


# --- observations and medicines ---------------------------------------------------------------------------------------


def pressures() -> list[Json]:
    found = resources(bundle_of({"bp.readings": PRESSURES}), "Observation")
    return [one for one in found if said(one, "question") == ["bp.readings"]]


def figures(observation: Json) -> list[Any]:
    return [
        part["valueQuantity"]["value"] if "valueQuantity" in part else part["dataAbsentReason"]["coding"][0]["code"]
        for part in observation["component"]
    ]


def test_each_reading_is_a_panel_and_the_mean_is_marked_as_derived_from_them() -> None:
    found = pressures()
    panels = [one for one in found if one["code"]["coding"][0]["code"] == "85354-9"]
    assert [figures(one) for one in panels] == [
        [152, 95],
        [149, "not-performed"],
        ["error", 80],
        [Decimal("150.5"), 95],
    ]
    assert all([c["code"]["coding"][0]["code"] for c in p["component"]] == ["8480-6", "8462-4"] for p in panels)
    mean = panels[-1]
    assert mean["method"]["coding"][0]["code"] == "derived-mean"
    assert mean["method"]["text"] == "Mean of 2 readings, before dose"
    derived = [one["reference"] for one in mean["derivedFrom"] if one["type"] == "Observation"]
    assert derived == [f"urn:uuid:{one['id']}" for one in panels[:2]]
    assert not any("method" in one for one in panels[:3])


def test_a_pulse_is_an_observation_of_its_own_with_its_time() -> None:
    (pulse,) = [one for one in pressures() if one["code"]["coding"][0]["code"] == "8867-4"]
    assert pulse["valueQuantity"] == {"value": 80, "unit": "/min", "system": UCUM, "code": "/min"}
    assert pulse["effectiveDateTime"] == "2026-11-23T10:31:00+00:00"
    assert pulse["bodySite"] == {"text": "left arm"}


def test_a_total_has_the_code_of_the_content_and_an_open_one_is_a_range() -> None:
    whole = {str(number): 1 for number in range(1, 10)}
    bundle = bundle_of({"mood.phq9": {"items": whole}, "mood.scales": ["isi"], "mood.isi": {"total": 15}})
    found = {said(one, "question")[0]: one for one in resources(bundle, "Observation")}
    phq, isi = found["mood.phq9"], found["mood.isi"]
    (half,) = resources(bundle_of({"mood.phq9": {"items": {"1": 3}}}), "Observation")
    assert phq["code"]["coding"] == [{"system": LOINC, "code": "44261-6"}]
    assert (phq["valueQuantity"]["value"], phq["valueQuantity"]["code"]) == (9, "{score}")
    assert phq["method"]["coding"][0]["code"] == "derived"
    assert (half["valueRange"]["low"]["value"], half["valueRange"]["high"]["value"]) == (3, 27)
    assert isi["code"]["coding"][0]["system"].startswith("urn:screener:")
    assert "method" not in isi


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_no_code_of_loinc_stands_there_that_the_content_does_not_have(pathway: str) -> None:
    known = {code for instrument in shipped().instruments for code in instrument.loinc.values()} | KNOWN
    text = filled(pathway)
    found = set(re.findall(rf'"system":"{LOINC}","code":"([^"]+)"', text))
    assert found and found <= known | {"76635-2", "76634-5"}


def test_qtc_has_the_code_of_its_formula() -> None:
    answers = {"ecg.done": "yes", "ecg.qtc": 440, "ecg.formula": "fridericia"}
    (qtc,) = resources(bundle_of(answers, "psilocybin-research"), "Observation")
    assert qtc["code"]["coding"][0]["code"] == "76634-5"
    (plain,) = resources(bundle_of({"ecg.done": "yes", "ecg.qtc": 440}, "psilocybin-research"), "Observation")
    assert plain["code"]["coding"][0]["code"] == "8636-3"


def test_medicines_are_stated_as_they_were_told() -> None:
    medicines = [
        {"name": "sertraline", "use": "current", "started": "2025-02", "last_taken": "2026-11-23", "route": "oral"},
        {"name": "lithium", "use": "stopped", "last_taken": "2026-10", "told_by": "bottle"},
        {"name": "a little white one"},
    ]
    first, second, third = resources(bundle_of({"medicines.list": medicines}), "MedicationStatement")
    assert [one["status"] for one in (first, second, third)] == ["active", "stopped", "unknown"]
    assert (first["effectivePeriod"], said(first, "last-taken")) == ({"start": "2025-02"}, ["2026-11-23"])
    assert first["dosage"][0]["route"]["coding"][0]["code"] == "oral"
    assert second["effectivePeriod"] == {"end": "2026-10"}
    assert second["note"] == [{"text": "Told or read: bottle"}]
    assert first["informationSource"]["type"] == "Patient"


def test_of_medicines_on_which_accounts_differ_each_is_stated_and_none_as_taken() -> None:
    told = {"accounts": {"patient": [], "chart or letter": [{"name": "lithium", "use": "current"}]}}
    (one,) = resources(bundle_of({"medicines.list": told}), "MedicationStatement")
    assert (one["status"], one["informationSource"]) == ("unknown", {"display": "chart or letter"})
    assert "differ" in one["note"][0]["text"]


# --- items ------------------------------------------------------------------------------------------------------------


def test_an_item_brings_its_evidence_its_source_and_the_response() -> None:
    session = answered({"bp.readings": PRESSURES, "heart.attack": "yes", "heart.attack_on": "2026-11"})
    respond(session, from_whom="her GP", until="Thursday", note="letter asked for")
    bundle = as_bundle(signed(session))
    found = {issue["code"]["coding"][0]["code"]: issue for issue in resources(bundle, "DetectedIssue")}
    listed = {rule: outcome for rule, outcome in session.outcomes.items() if outcome.outcome == "listed"}
    assert listed and all(found[rule]["status"] == "final" for rule in listed)
    urls = {f"urn:uuid:{one['id']}" for one in resources(bundle, "Observation")}
    with_readings = next(rule for rule, outcome in listed.items() if outcome.because == {"bp.readings"})
    details = [d["reference"] for e in found[with_readings]["evidence"] for d in e["detail"]]
    assert details and set(details) <= urls
    others = next(rule for rule, outcome in listed.items() if "heart.attack" in outcome.because)
    (detail,) = [d for e in found[others]["evidence"] for d in e["detail"]]
    links = [one["valueString"] for one in detail["extension"]]
    assert (detail["type"], links) == ("QuestionnaireResponse", sorted(listed[others].because, key=links.index))
    (mitigation,) = found[others]["mitigation"]
    assert mitigation["action"]["text"] == "More information needed, from her GP, by Thursday: letter asked for"
    assert (mitigation["date"], mitigation["author"]["type"]) == ("2026-11-23T10:31:00+00:00", "Practitioner")
    source = parts(said(found[others], "source")[0])
    assert source["source"] and source["strength"] and source["read"]


def test_what_is_not_established_is_no_finding() -> None:
    bundle = bundle_of({"heart.aneurysm": {"state": "not_known"}})
    for issue in resources(bundle, "DetectedIssue"):
        (item,) = said(issue, "item")
        if parts(item)["outcome"] == "not_established":
            assert issue["status"] == "preliminary"
            assert issue["code"]["text"].startswith("Not established: ")


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_there_is_no_severity_anywhere(pathway: str) -> None:
    assert '"severity"' not in filled(pathway)


# --- whom, by whom, signed --------------------------------------------------------------------------------------------


def test_of_the_patient_there_is_the_pseudonym_alone() -> None:
    (patient,) = resources(bundle_of({"heart.attack": "no"}), "Patient")
    assert set(patient) == {"resourceType", "id", "identifier"}
    (identifier,) = patient["identifier"]
    assert (identifier["value"], "system" in identifier) == ("A-17", False)


def test_one_pseudonym_in_two_clinics_is_two_patients() -> None:
    one = as_bundle(signed(answered({}), "r-1"))
    other = as_bundle(signed(answered({}), "r-2"))
    assert resources(one, "Patient")[0]["id"] != resources(other, "Patient")[0]["id"]


def bytes_of(bundle: Json, reference: Json) -> bytes:
    (found,) = [one for one in resources(bundle, "Binary") if f"urn:uuid:{one['id']}" == reference["reference"]]
    return base64.b64decode(found["data"])


def test_the_signature_holds_over_the_bytes_that_the_bundle_carries() -> None:
    record, added = signed(answered({"heart.attack": "yes"})), amendment()
    bundle = as_bundle(record, [added])
    assert [one["status"] for one in resources(bundle, "Composition")] == ["amended"]
    for provenance, was in zip(resources(bundle, "Provenance"), (record, added), strict=True):
        content, statement = (bytes_of(bundle, one["what"]) for one in provenance["entity"])
        (signature,) = provenance["signature"]
        ((with_,),) = ([one["extension"]] for one in signature["extension"])
        key = parts(with_)
        made = Signature("Clinician A", key["public-key"], key["fingerprint"], signature["when"], signature["data"])
        again = SignedRecord(was.record, "s-1", content, made, was.amends, statement)
        assert verify_record(again, key["public-key"]).unchanged
        assert not verify_record(dataclasses.replace(again, content=content + b" ")).unchanged


def test_summary_jots_and_what_ran_and_listed_nothing_stand_on_the_cover() -> None:
    session = answered({"heart.attack": "no"})
    session.summarise("Second visit <after> the log.")
    session.jot("It was like <b>glass</b>")
    (cover,) = resources(as_bundle(signed(session, incomplete="the bus")), "Composition")
    text = {section["title"]: section["text"]["div"] for section in cover["section"]}
    assert "Second visit &lt;after&gt; the log." in text["Summary and plan"]
    assert "glass&lt;/b&gt;" in text["The patient's own words"]
    assert "Signed as incomplete: the bus" in text["This record"]
    assert "The list says nothing about whether treatment takes place." in text["This record"]
    assert text["Checks that ran and listed nothing"]


# --- what it rests on -------------------------------------------------------------------------------------------------


def test_with_content_of_another_day_every_answer_is_still_there() -> None:
    session = answered({"heart.attack": "yes", "medicines.list": [{"name": "lithium"}], "body.weight": "70"})
    themes = tuple(
        theme.model_copy(update={"questions": tuple(q for q in theme.questions if q.id != "body.weight")})
        for theme in shipped().themes
    )
    fields = {name: getattr(shipped(), name) for name in type(shipped()).model_fields}
    other = type(shipped())(**fields | {"themes": themes, "hash": "1" * 64})
    bundle = as_bundle(signed(session), pack=other)
    item = items_of(bundle)["body.weight"]
    assert item["answer"] == [{"valueString": "70 kg"}]
    assert parts(said(item, "account")[0])["typed"] == '"70"'
    assert items_of(bundle, "Questionnaire")["body.weight"]["type"] == "text"
    assert "1" * 64 in resources(bundle, "Questionnaire")[0]["description"]


def test_what_no_rule_reads_is_kept_beside_the_answers() -> None:
    """What was recorded under content that is gone, a clinic's own question, what an earlier record holds."""
    content = json.loads(signed(answered({"heart.attack": "no"})).content)
    said_then = {"accounts": [{"by": "patient", "value": "often", "at": SIGNED_AT, "recorded_by": "B"}], "used": None}
    content["unread"] = [{"question": "gone.question", "recorded": said_then}]
    earlier = {"words": "no", "record": "r-0", "visit_date": "2026-10-12", "signed_at": SIGNED_AT, "sha256": "ab"}
    asked = {q["id"]: q for theme in content["themes"] for q in theme["questions"]}
    asked["heart.aneurysm"]["earlier"] = {**earlier, "asked": False}
    bundle = as_bundle(sealed(json.dumps(content).encode()))
    items = items_of(bundle)
    assert "answer" not in items["unread/gone.question"]
    assert parts(said(items["unread/gone.question"], "account")[0])["typed"] == '"often"'
    assert parts(said(items["heart.aneurysm"], "earlier")[0])["words"] == "no"


def test_a_record_of_an_earlier_version_lacks_what_came_later() -> None:
    content = json.loads(signed(answered({"heart.attack": "no"})).content)
    for name in ("unread", "handovers", "rooms", "part", "state_forms"):
        content.pop(name, None)
    for theme in content["themes"]:
        for question in theme["questions"]:
            question.pop("earlier", None)
            question.pop("remarks", None)
    assert items_of(as_bundle(sealed(json.dumps(content).encode())))["heart.attack"]["answer"]


def test_a_carried_answer_says_from_which_record_and_a_measurement_has_the_day_of_it() -> None:
    session = begun()
    session.answer("body.weight", "70", carried=Carried("r-0", "2026-10-12", SIGNED_AT, "ab" * 32))
    bundle = as_bundle(signed(session))
    (account,) = said(items_of(bundle)["body.weight"], "account")
    (carried,) = [one["extension"] for one in account if one["url"] == "carried"]
    assert parts(carried)["record"] == "r-0"
    (weight,) = resources(bundle, "Observation")
    assert weight["effectiveDateTime"] == "2026-10-12"


def test_every_kind_of_answer_has_a_place_in_a_form_and_in_a_response() -> None:
    assert set(TYPES) == set(Kind)
    assert set(VALUE_AS) | GROUPS == set(Kind)
    assert {kind for kind, kind_of in TYPES.items() if kind_of == "group"} == GROUPS


def test_a_pathway_that_the_content_does_not_have_is_said() -> None:
    fields = {name: getattr(shipped(), name) for name in type(shipped()).model_fields}
    pathways = tuple(one for one in shipped().pathways if one.id != "kap")
    with pytest.raises(WorldError, match="has no pathway kap"):
        written(signed(answered({}, "kap")), (), type(shipped())(**fields | {"pathways": pathways}))


@pytest.mark.parametrize("said", ["{}", "[]", '{"format":"screener-record/1"}', '{"format":"screener-record/2"}'])
def test_a_record_that_is_not_whole_is_said(said: str) -> None:
    with pytest.raises(WorldError):
        written(sealed(said.encode()), (), shipped())


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> Any:
        raise AssertionError("a Bundle is made without a network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)
    assert bundle_of({"heart.attack": "yes"})


@pytest.mark.slow
def test_the_models_are_loaded_when_a_bundle_is_made_and_not_before() -> None:
    code = "import sys, screener.cli.main, screener.exchange.fhir.bundle; print('fhir.resources' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
