"""`screener offers`: what a patient's file offers, where and why something is not used, and that nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screener.cli.main import main
from screener.exchange.fhir.writing import json_text
from tests.exchange.fhir.test_incoming import CLINIC, answers_to, item

YES, NO = {"valueBoolean": True}, {"valueBoolean": False}
OTHER = "ketamine-clinic"
ON = ("--date", "2026-11-23")


def file_of(folder: Path, whole: Any) -> str:
    path = folder / "from the portal.json"
    path.write_text(whole if isinstance(whole, str) else json_text(whole), "utf-8")
    return str(path)


def test_what_is_offered_and_what_is_not_used_stand_in_tables_and_nothing_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    whole = answers_to(CLINIC, item("heart.attack", YES), item("nowhere", YES), item("heart.failure"), status="stopped")
    file = file_of(tmp_path, whole)
    assert main(["offers", file, *ON]) == 0
    said = capsys.readouterr().out
    for part in (
        "Answers from from the portal.json",
        "About: A-17",
        "Answered: 12 Nov 2026",
        "Who answered: patient",
        "It answers the form as this screening asks it.",
        "Without answer: 1 question",
        "1 thing not used",
        "QuestionnaireResponse.item[1]  this screening asks no question nowhere",
        "1 thing to look at again",
        "QuestionnaireResponse.status",
        "1 answer that can be offered",
    ):
        assert part in said, part
    (line,) = [line for line in said.splitlines() if line.startswith("heart.attack")]
    assert line.split()[-1] == "yes"
    assert [path.name for path in tmp_path.iterdir()] == ["from the portal.json"]


def test_as_json_each_answer_has_its_question_words_value_day_and_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined"}
    declined = {"linkId": "heart.failure", "answer": [{"extension": [absent]}]}
    file = file_of(tmp_path, answers_to(CLINIC, item("heart.attack", NO), declined, item("nowhere", YES)))
    assert main(["offers", file, *ON, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["pathway"], told["by"], told["authored"], told["subjects"]) == (
        CLINIC, "patient", "2026-11-12", ["A-17"],
    )  # fmt: skip
    by_question = {one["question"]: one for one in told["answers"]}
    given = by_question["heart.attack"]
    assert (given["words"], given["state"], given["value"]) == ("no", "answered", "no")
    assert (given["authored"], given["place"]) == ("2026-11-12", "QuestionnaireResponse.item[0]")
    said = by_question["heart.failure"]
    assert (said["state"], said["value"], said["words"]) == ("declined", None, "declined")
    message = "this screening asks no question nowhere"
    assert told["not_used"] == [{"place": "QuestionnaireResponse.item[2]", "message": message}]


def test_a_file_is_held_against_the_pathway_that_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = file_of(tmp_path, answers_to(CLINIC, item("heart.attack", YES)))
    assert main(["offers", file, *ON, "--pathway", OTHER, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["pathway"] == OTHER
    assert "It answers another form" in told["fits"]
    assert told["answers"] == []
    assert main(["offers", file, *ON, "--pathway", OTHER]) == 0
    assert "Nothing in it can be offered in such a screening." in capsys.readouterr().out


def test_an_answer_about_a_day_after_the_visit_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = file_of(tmp_path, answers_to(CLINIC, item("heart.attack", YES)))
    assert main(["offers", file, "--date", "2026-11-01", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["to_look_at"]
    assert one["place"] == "QuestionnaireResponse.authored"
    assert "lies after the visit's date" in one["message"]


BROKEN = '{"resourceType": "QuestionnaireResponse",\n "status": }'
MODIFIED = answers_to(CLINIC, item("heart.attack", {**YES, "modifierExtension": []}))
FOREIGN = answers_to(CLINIC, questionnaire="https://example.org/Questionnaire/1")
OF_OTHER_CONTENT = answers_to(CLINIC, questionnaire="urn:screener:fhir:questionnaire:ours:kap|1")


@pytest.mark.parametrize(
    ("whole", "place", "why"),
    [
        (BROKEN, "line 2, column 12", "it is not JSON there"),
        (MODIFIED, "item[0].answer[0].modifierExtension", "does not know what it changes in the meaning"),
        (FOREIGN, "QuestionnaireResponse.questionnaire", "which this program did not write"),
        (OF_OTHER_CONTENT, "QuestionnaireResponse.questionnaire", "other content, ours:kap"),
        (answers_to(CLINIC, status="entered-in-error"), "QuestionnaireResponse.status", "entered in error"),
        ({"resourceType": "Patient"}, "", "it is Patient, and no answers to a form"),
    ],
)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_what_is_refused_is_one_line_with_its_place_and_why(
    tmp_path: Path, whole: Any, place: str, why: str, more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["offers", file_of(tmp_path, whole), *ON, *more]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert place in line
    assert why in line


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offers", str(tmp_path / "nowhere.json")]) == 1
    assert "nowhere.json is not read: it is no file." in capsys.readouterr().err


def test_a_pathway_or_a_date_that_is_none_is_a_finding_with_what_would_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = file_of(tmp_path, answers_to(CLINIC))
    assert main(["offers", file, "--pathway", "ketamine-clinik", "--date", "someday"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "“ketamine-clinik” is no pathway of this pack; did you mean ketamine-clinic?" in said.err
    assert "--date: “someday” is not a date; write it like 2026-11-23" in said.err
