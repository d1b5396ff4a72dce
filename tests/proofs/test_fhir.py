"""A seeded sample of the records that go out as FHIR and come back, and what is said where there is no npm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.exchange.fhir.made import at_random
from tests.proofs import fhir, public_forms
from tests.proofs.table import Asked


def test_some_records_come_back_and_without_npm_the_other_program_is_said_to_be_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    told: list[str] = []
    rows = fhir.prove(Asked(4, 1, told.append))
    assert [(row.how_many, row.failures) for row in rows] == [(4, 0)]
    assert told[-1] == fhir.NO_NPM


def test_a_record_that_comes_back_otherwise_is_a_failure() -> None:
    one, other = fhir.try_one(1), at_random("kap", 2)
    assert one.failure == ""
    assert fhir.difference(other, one.raw)


@pytest.mark.slow
def test_a_form_is_taken_in_or_refused_with_its_place_and_anything_else_is_a_failure(tmp_path: Path) -> None:
    item = {"linkId": "1", "text": "Do you sleep well?", "type": "boolean"}
    nameless = {key: value for key, value in item.items() if key != "linkId"}
    told = {}
    for name, content in {
        "good": {"resourceType": "Questionnaire", "status": "active", "title": "Sleep", "item": [item]},
        "nameless": {"resourceType": "Questionnaire", "status": "active", "title": "Sleep", "item": [nameless]},
        "another": {"resourceType": "Patient"},
    }.items():
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(content), "utf-8")
        told[name] = public_forms.tried(file, tmp_path / name)
    assert told["good"] == told["nameless"] == "" and told["another"].startswith("refused without a place")
