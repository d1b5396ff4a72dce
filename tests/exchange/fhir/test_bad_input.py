"""A file that is no Bundle of ours: a clear error with its place, and nothing half read."""

from __future__ import annotations

import copy
import json
import random
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.exchange.fhir import parsing
from screener.exchange.fhir.bundle import written
from screener.exchange.fhir.parsing import NotRead
from screener.exchange.fhir.reading import ReadBack, read
from tests.exchange.fhir.made import answered, signed
from tests.records.sittings import shipped

Json = Any


@cache
def sound() -> bytes:
    return written(signed(answered({"heart.attack": "yes", "body.weight": "70.5"})), (), shipped())


def refused(raw: bytes) -> NotRead:
    with pytest.raises(NotRead) as wrong:
        read(raw, shipped(), "K-17.fhir.json")
    assert str(wrong.value).startswith("K-17.fhir.json is not read")
    assert wrong.value.next_step
    return wrong.value


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "it is not JSON there"),
        (b"{", "line 1, column 2"),
        (b'{"resourceType": "Bundle",\n "type": }', "line 2, column 10"),
        (b"[]", "it is not a JSON object"),
        (b"\xff\xfe{}", "it is not text in UTF-8 (byte 1)"),
        ('{"a": "\u00e9"}'.encode("latin-1"), "it is not text in UTF-8 (byte 8)"),
        (b'{"a": 1, "a": 2}', "'a' stands twice"),
        (b'{"a": NaN}', "NaN in it is no number"),
        (b'{"a": 1e999999999}', "more than 60 digits"),
        (b'{"a": ' + b"9" * 5000 + b"}", "more than 60 digits"),
        (b'{"a":' * 80 + b"1" + b"}" * 80, "nested deeper than 60 levels"),
        (b"[" * 200_000, "nested deeper than 60 levels"),
        (b'{"resourceType": "Patient"}', "it is no Bundle"),
        (b'{"resourceType": "Bundle"}', "type"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(raw: bytes, said: str) -> None:
    assert said in str(refused(raw))


def test_a_file_larger_than_any_record_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "MOST_BYTES", 1000)
    assert "larger than" in str(refused(sound()))


@pytest.mark.parametrize("name", ["modifierExtension", "implicitRules"])
def test_what_may_change_the_meaning_is_refused(name: str) -> None:
    bundle = json.loads(sound())
    value: Json = "urn:other" if name == "implicitRules" else [{"url": "urn:other", "valueBoolean": True}]
    bundle["entry"][6]["resource"][name] = value
    wrong = refused(json.dumps(bundle).encode())
    assert wrong.place.endswith((f".{name}", f".{name}[0]"))


def test_answers_to_a_form_of_another_program_are_not_ours() -> None:
    bundle = json.loads(sound())
    for entry in bundle["entry"]:
        found = entry["resource"]
        if found["resourceType"] == "Questionnaire":
            found["url"] = "urn:other:form"
            other = f"{found['url']}|{found['version']}"
    for entry in bundle["entry"]:
        if entry["resource"]["resourceType"] == "QuestionnaireResponse":
            entry["resource"]["questionnaire"] = other
    assert "no answers to a form of this program" in str(refused(json.dumps(bundle).encode()))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_words(raw: bytes) -> None:
    refused(raw)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_a_bundle_that_was_changed_anywhere_reads_whole_or_not_at_all(seed: int, often: int) -> None:
    bundle, dice = json.loads(sound()), random.Random(seed)
    for _ in range(often):
        _mutate(bundle, dice)
    try:
        found = read(json.dumps(bundle).encode(), shipped(), "The file")
    except NotRead as wrong:
        assert str(wrong)
    else:
        assert isinstance(found, ReadBack)


WEIRD: list[Json] = [None, "", "x", 0, -1, 1.5, True, [], {}, [[]], {"url": "u"}, "urn:uuid:1", ["x"], 10**40]


def _mutate(value: Json, dice: random.Random) -> None:
    """Something somewhere is taken out, put in twice, or becomes something else."""
    while True:
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        deeper = [one for _, one in inside if isinstance(one, dict | list) and one]
        if not deeper or dice.random() < 0.15:
            break
        value = dice.choice(deeper)
    key = dice.choice(list(value) if isinstance(value, dict) else range(len(value)))
    match dice.randrange(3):
        case 0:
            del value[key]
        case 1:
            value[key] = copy.deepcopy(dice.choice(WEIRD))
        case _ if isinstance(value, list):
            value.append(copy.deepcopy(value[key]))
        case _:
            value[f"{key}x"] = value[key]
