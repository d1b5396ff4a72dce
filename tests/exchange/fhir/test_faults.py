"""Faults that the models of R4 let through, planted one by one: each is found, and named with its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from screener.exchange.fhir.bundle import instrument_codes
from screener.exchange.fhir.checking import faults
from screener.exchange.fhir.names import ABSENT, LOINC
from screener.exchange.fhir.parsing import NotRead
from screener.exchange.fhir.reading import read
from screener.exchange.fhir.writing import json_text
from tests.exchange.fhir.made import answered, as_bundle, resources, respond, signed
from tests.records.sittings import shipped

Json = Any
ANSWERS = {
    "heart.attack": "yes",
    "heart.attack_on": "2026-11",
    "heart.aneurysm": {"state": "declined"},
    "bp.readings": [{"systolic": 152, "diastolic": 95, "phase": "before"}, {"systolic": 141, "diastolic": 91}],
    "body.weight": 70,
    "medicines.list": [{"name": "lithium", "use": "current"}],
}


@cache
def sound() -> Json:
    session = answered(ANSWERS)
    respond(session)
    return as_bundle(signed(session))


def one(bundle: Json, kind: str) -> Json:
    return resources(bundle, kind)[0]


def item(bundle: Json, link: str, kind: str = "QuestionnaireResponse") -> Json:
    front = list(one(bundle, kind)["item"])
    while front:
        found = front.pop()
        if found["linkId"] == link:
            return found
        front += found.get("item", ())
    raise AssertionError(link)


def _nonsense_status(bundle: Json) -> None:
    one(bundle, "QuestionnaireResponse")["status"] = "quite-done"


def _nonsense_status_of_an_observation(bundle: Json) -> None:
    one(bundle, "Observation")["status"] = "measured"


def _nonsense_operator(bundle: Json) -> None:
    item(bundle, "heart.attack_on", "Questionnaire")["enableWhen"][0]["operator"] = "is"


def _nonsense_type(bundle: Json) -> None:
    item(bundle, "heart.attack", "Questionnaire")["type"] = "yes_no"


def _a_link_twice(bundle: Json) -> None:
    theme = one(bundle, "Questionnaire")["item"][0]
    theme["item"].append(copy.deepcopy(theme["item"][0]))


def _a_dangling_reference(bundle: Json) -> None:
    one(bundle, "Observation")["subject"]["reference"] = "urn:uuid:00000000-0000-0000-0000-000000000000"


def _a_reference_to_another_kind(bundle: Json) -> None:
    device = one(bundle, "Device")
    one(bundle, "Observation")["subject"] = {"reference": f"urn:uuid:{device['id']}"}


def _a_severity(bundle: Json) -> None:
    one(bundle, "DetectedIssue")["severity"] = "high"


def _an_answer_of_another_type(bundle: Json) -> None:
    item(bundle, "heart.attack")["answer"] = [{"valueString": "yes"}]


def _two_answers_to_one_question(bundle: Json) -> None:
    item(bundle, "heart.attack")["answer"] = [{"valueBoolean": True}, {"valueBoolean": False}]


def _an_option_that_is_none(bundle: Json) -> None:
    found = next(
        entry
        for theme in one(bundle, "QuestionnaireResponse")["item"]
        for entry in theme["item"]
        if item(bundle, entry["linkId"], "Questionnaire")["type"] == "choice"
    )
    found.pop("extension")
    found["answer"] = [{"valueCoding": {"system": "urn:screener:none", "code": "x"}}]


def _neither_answer_nor_reason(bundle: Json) -> None:
    item(bundle, "heart.aneurysm").pop("extension")


def _answer_and_reason(bundle: Json) -> None:
    item(bundle, "heart.attack").setdefault("extension", []).append({"url": ABSENT, "valueCode": "not-asked"})


def _a_reason_of_another_set(bundle: Json) -> None:
    item(bundle, "heart.aneurysm")["extension"][0]["valueCode"] = "refused"


def _a_question_left_out(bundle: Json) -> None:
    theme = one(bundle, "QuestionnaireResponse")["item"][0]
    theme["item"].pop()


def _an_item_of_no_question(bundle: Json) -> None:
    one(bundle, "QuestionnaireResponse")["item"][0]["item"].append(
        {"linkId": "not.there", "answer": [{"valueBoolean": True}]}
    )


def _an_answer_that_is_not_shown(bundle: Json) -> None:
    item(bundle, "heart.attack")["answer"] = [{"valueBoolean": False}]


def _a_condition_about_nothing(bundle: Json) -> None:
    item(bundle, "heart.attack_on", "Questionnaire")["enableWhen"][0]["question"] = "heart.gone"


def _another_form(bundle: Json) -> None:
    one(bundle, "QuestionnaireResponse")["questionnaire"] += "0"


def _a_code_of_nowhere(bundle: Json) -> None:
    one(bundle, "Observation")["code"]["coding"][0] |= {"system": LOINC, "code": "12345-6"}


def _a_unit_of_nowhere(bundle: Json) -> None:
    found = next(found for found in resources(bundle, "Observation") if "valueQuantity" in found)
    found["valueQuantity"]["system"] = "urn:units"


def _no_value(bundle: Json) -> None:
    next(found for found in resources(bundle, "Observation") if "valueQuantity" in found).pop("valueQuantity")


def _evidence_that_was_not_asked(bundle: Json) -> None:
    for issue in resources(bundle, "DetectedIssue"):
        for evidence in issue["evidence"]:
            for detail in evidence["detail"]:
                for said in detail.get("extension", ()):
                    said["valueString"] = "not.there"


def _the_same_address_twice(bundle: Json) -> None:
    bundle["entry"].append(copy.deepcopy(bundle["entry"][-1]))


def _an_address_of_another(bundle: Json) -> None:
    bundle["entry"][1]["fullUrl"] = "urn:uuid:00000000-0000-0000-0000-000000000000"


def _no_cover(bundle: Json) -> None:
    bundle["entry"].append(bundle["entry"].pop(0))


def _nothing_in_a_text(bundle: Json) -> None:
    one(bundle, "DetectedIssue")["detail"] = "  "


def _an_extension_with_both(bundle: Json) -> None:
    one(bundle, "DetectedIssue")["extension"][0]["valueString"] = "both"


def _no_signature(bundle: Json) -> None:
    one(bundle, "Provenance").pop("signature")


PLANTED: list[Callable[[Json], None]] = [
    found for name, found in dict(globals()).items() if name[:1] == "_" and name[1].isalpha()
]


def test_what_is_exported_has_no_fault() -> None:
    assert faults(sound(), instrument_codes(shipped())) == []


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__.strip("_"))
def test_a_planted_fault_is_found_and_refused(plant: Callable[[Json], None]) -> None:
    bundle = copy.deepcopy(sound())
    plant(bundle)
    found = faults(bundle, instrument_codes(shipped()))
    assert found
    assert all(fault.place and fault.what for fault in found)
    with pytest.raises(NotRead):
        read(json_text(bundle).encode(), shipped(), "The file")


def test_the_models_alone_let_most_of_them_through() -> None:
    """Why there are checks of our own."""
    from fhir.resources.R4B.bundle import Bundle

    let_through = []
    for plant in PLANTED:
        bundle = copy.deepcopy(sound())
        plant(bundle)
        try:
            Bundle.model_validate(json.loads(json_text(bundle)))
        except ValueError:
            continue
        let_through.append(plant)
    assert _nonsense_status in let_through
    assert _a_link_twice in let_through
    assert len(let_through) > 20
