"""What is no form, or does not hold together, is refused with its place; nothing of it is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screener.exchange.fhir.foreign.into_folder import edits, findings, out_of_folder, put
from screener.exchange.fhir.foreign.items import MOST_ITEMS
from screener.exchange.fhir.foreign.reading import MOST_BYTES, files, incoming
from screener.exchange.fhir.parsing import NotRead
from screener.forms.neutrality import said as advising
from screener.forms.pack import load_pack
from screener.text import WorldError
from tests.exchange.fhir.foreign.example import EXAMPLE
from tests.exchange.fhir.foreign.forms import coded, form, item, read, taken_in, when
from tests.records.sittings import shipped

Json = Any
NONE = when("b", "=", answerBoolean=True)


def deep(levels: int) -> Json:
    made = item("last", "boolean")
    for number in range(levels):
        made = item(f"g{number}", "group", "", made)
    return form(made)


@pytest.mark.parametrize(
    ("made", "place", "what"),
    [
        ({"resourceType": "Patient"}, "", "it is no Questionnaire (Patient)"),
        ({"resourceType": ["Questionnaire"]}, "", "it is no Questionnaire"),
        (form(), "Questionnaire.item", "it asks nothing"),
        (form(item("t", "display")), "Questionnaire.item", "it asks nothing that has a form here"),
        (form() | {"item": {"linkId": "a"}}, "Questionnaire.item", "it must be a list"),
        (form("a"), "Questionnaire.item[0]", "it must be an object"),
        (form({"type": "boolean"}), "Questionnaire.item[0]", "it has no linkId"),
        (form(item("a", "boolean"), item("g", "group", "", item("a", "date"))), "Questionnaire.item[1].item[0].linkId",
         "the linkId 'a' stands twice, first in Questionnaire.item[0]"),
        (form(item("a", "coding")), "Questionnaire.item[0].type", "is a type of R5"),
        (form(item("a", "question")), "Questionnaire.item[0].type", "of an earlier FHIR"),
        (form(item("a", "smell")), "Questionnaire.item[0].type", "'smell' is no type of R4"),
        (form(item("a", "boolean", enableWhen=[NONE])), "Questionnaire.item[0].enableWhen[0].question",
         "it names the linkId 'b', which is not there"),
        (form(item("b", "boolean"), item("a", "boolean", enableWhen=[{"question": "b", "hasAnswer": True}])),
         "Questionnaire.item[1].enableWhen[0]", "earlier FHIR"),
        (form(item("b", "boolean"), item("a", "boolean", enableWhen=[when("b", "~", answerBoolean=True)])),
         "Questionnaire.item[1].enableWhen[0].operator", "'~' is no operator of R4"),
        (form(item("b", "boolean"), item("a", "boolean", enableWhen=[when("b", "=")])),
         "Questionnaire.item[1].enableWhen[0]", "it has no answer[x]"),
        (form(item("b", "boolean"), item("a", "boolean", enableWhen=[NONE | {"answerString": "x"}])),
         "Questionnaire.item[1].enableWhen[0]", "it has more than one answer[x]"),
        (form(item("b", "boolean"), item("a", "boolean", enableWhen=[NONE], enableBehavior="some")),
         "Questionnaire.item[1].enableBehavior", "neither all nor any"),
        (form(item("b", "boolean", enableWhen=[NONE])), "Questionnaire.item[0].enableWhen",
         "it decides about itself, through b"),
        (form(item("a", "boolean", enableWhen=[NONE]), item("b", "date", enableWhen=[NONE | {"question": "a"}])),
         "Questionnaire.item[0].enableWhen", "through a, b"),
        (form(item("g", "group", "", item("b", "boolean"), enableWhen=[NONE])), "Questionnaire.item[0].enableWhen",
         "through g, b"),
        (form(item("a", "boolean", required="yes")), "Questionnaire.item[0].required", "true or false"),
        (form(item("a", "choice", answerOption=[{}])), "Questionnaire.item[0].answerOption[0]", "it has no value[x]"),
        (form(item("a", "choice", answerOption=[{"valueCoding": {"system": "s"}}])),
         "Questionnaire.item[0].answerOption[0]", "neither a code nor words"),
        (form(item("a", "choice", answerOption=coded(*map(str, range(501))))), "Questionnaire.item[0]",
         "more than 500 options"),
        (form(item("a", "boolean", modifierExtension=[{"url": "urn:not"}])),
         "Questionnaire.item[0].modifierExtension[0]", "does not know what it changes"),
        (form(item("a", "boolean"), implicitRules="urn:rules"), "Questionnaire.implicitRules", "does not know"),
        (form(item("a", "boolean", "x" * 20_001)), "Questionnaire.item[0].text", "longer than 20000"),
        (form(*(item(f"q{n}", "boolean") for n in range(MOST_ITEMS + 1))), "Questionnaire.item", "2000 items"),
        (deep(40), "", "nested deeper than 60 levels"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_refused_with_its_place(made: Json, place: str, what: str) -> None:
    with pytest.raises(NotRead) as wrong:
        read(made)
    assert wrong.value.place == place
    assert what in str(wrong.value)
    assert wrong.value.next_step


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b'{"resourceType": "Questionnaire",\n "item": [}', "line 2, column 11"),
        (json.dumps(form(item("a", "boolean", "\u00e9")), ensure_ascii=False).encode("utf-16"), "not text in UTF-8"),
        (json.dumps(form(item("a", "boolean", "\u00e9")), ensure_ascii=False).encode("latin-1"), "not text in UTF-8"),
        (b"[" * 100_000, "nested deeper"),
        (b" " * (MOST_BYTES + 1), "larger than 8 MB"),
        (b'{"resourceType": "Questionnaire", "resourceType": "Patient"}', "stands twice"),
        (b"", "it is not JSON there"),
    ],
)
def test_what_is_no_json_is_refused_with_line_and_reason(raw: bytes, what: str) -> None:
    with pytest.raises(NotRead, match=r"house\.json is not read") as wrong:
        incoming(raw, "house.json", shipped())
    assert what in str(wrong.value)


def test_a_theme_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    taken_in(EXAMPLE, tmp_path / "ours")
    pack = load_pack(tmp_path / "ours").pack
    assert pack is not None
    with pytest.raises(WorldError, match="There is a theme house-visit already"):
        read(EXAMPLE, pack)
    second = read(EXAMPLE, pack, theme="second-visit")
    assert not {one.id for one in second.asked} & set(pack.questions)
    with pytest.raises(WorldError, match="is there already"):
        edits(tmp_path / "ours", files(read(EXAMPLE), ["kap"], declared=False), "House visit")


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(WorldError, match="holds other things"):
        edits(tmp_path, files(read(EXAMPLE), ["kap"], declared=False), "House visit")


CANDIDATE = "Is the patient a suitable candidate for treatment?"
ADVISING = form(item("a", "choice", CANDIDATE, answerOption=[{"valueString": "The patient is low-risk"}]))


def test_words_that_advise_are_shown_and_declared_only_when_somebody_says_so(tmp_path: Path) -> None:
    assert advising(CANDIDATE)
    found = read(ADVISING)
    assert found.advising
    assert all(one.place.file == "Questionnaire.item[0]" for one in found.advising)
    folder = tmp_path / "ours"
    plain = edits(folder, files(found, ["kap"], declared=False), found.title)
    assert {finding.code for finding in findings(folder, plain)} == {"advising-word"}
    declared = edits(folder, files(found, ["kap"], declared=True), found.title)
    assert findings(folder, declared) == []
    put(declared)
    pack = load_pack(folder).pack
    assert pack is not None
    assert pack.sources["house-visit"].title == "House visit"
    (theme,) = [theme for theme in pack.themes if theme.id == "house-visit"]
    assert [word.own_word_of for word in theme.questions[0].own_words] == ["house-visit"] * len(
        theme.questions[0].own_words
    )
    put(out_of_folder(folder, theme))
    assert [path.name for path in folder.rglob("*.yaml")] == ["pack.yaml"]


def test_what_is_written_is_content_without_findings(tmp_path: Path) -> None:
    taken_in(EXAMPLE, tmp_path / "ours", pathways=("kap", "ketamine-home"))
    loaded = load_pack(tmp_path / "ours", cases=False)
    assert loaded.pack is not None
    assert [finding for finding in loaded.findings if finding.stops] == []
    assert "house-visit" in loaded.pack.pathway("ketamine-home").themes
    assert "house-visit" not in loaded.pack.pathway("microdosing").themes


def test_nothing_is_written_where_one_file_cannot_be(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    made = edits(folder, files(read(ADVISING), ["kap"], declared=True), "x")
    folder.mkdir()
    (folder / "sources").write_text("a file where a folder has to be")
    with pytest.raises(WorldError, match="cannot be written"):
        put(made)
    assert [path for path in folder.rglob("*") if path.is_file()] == [folder / "sources"]
