"""Each type of item of a foreign form, and everything that one can say: asked here, or named in its place."""

from __future__ import annotations

import socket
from decimal import Decimal
from pathlib import Path

import pytest

from screener.rules.values import Kind
from tests.exchange.fhir.foreign.forms import CORE, SDC, UCUM, Json, by_link, coded, form, item, read, said, taken_in


def unit(**coding: str) -> Json:
    return {"url": f"{CORE}/questionnaire-unit", "valueCoding": coding}


ALL = form(
    item("1", "group", "At home", item("1.a", "display", "Ask these at the kitchen table.", ), item("1.b", "boolean")),
    item("steps", "integer", "How many steps?"),
    item("width", "decimal"),
    item("door", "quantity", extension=[unit(system=UCUM, code="cm")]),
    item("day", "date"),
    item("moment", "dateTime"),
    item("hour", "time"),
    item("name", "string"),
    item("story", "text"),
    item("page", "url"),
    item("lift", "choice", answerOption=coded("OLD", "new-one")),
    item("rooms", "choice", answerOption=coded("a", "b"), repeats=True),
    item("heating", "open-choice", answerOption=coded("gas")),
    item("plan", "attachment", "A drawing of the rooms"),
    item("doctor", "reference", "Who comes here?"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a form is read without a network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_every_type_is_asked_as_its_kind_or_named(tmp_path: Path) -> None:
    theme, found = taken_in(ALL, tmp_path / "ours"), read(ALL)
    kinds = {link: question.kind for link, question in by_link(theme, found).items()}
    assert kinds == {
        "1.b": Kind.YES_NO,
        "steps": Kind.NUMBER,
        "width": Kind.NUMBER,
        "door": Kind.NUMBER,
        "day": Kind.DATE,
        "moment": Kind.DATETIME,
        "hour": Kind.TIME,
        "name": Kind.TEXT,
        "story": Kind.TEXT,
        "page": Kind.TEXT,
        "lift": Kind.CHOICE,
        "rooms": Kind.CHOICES,
        "heating": Kind.CHOICE,
    }
    assert any("item[13]: an attachment has no form here" in one for one in said(found))
    assert any("item[14]: a reference to another resource has no form here" in one for one in said(found))
    assert all(question.own for question in theme.questions), "no rule reads them, and that is said"
    questions = by_link(theme, found)
    assert questions["steps"].step == 1
    assert questions["door"].unit == "cm"
    assert [option.id for option in questions["lift"].options] == ["old", "new_one"]
    assert questions["lift"].options[0].text == "The OLD one"


def test_a_heading_and_a_text_stand_with_the_question_that_they_belong_to(tmp_path: Path) -> None:
    made = form(
        item("g", "group", "Arms", item("t", "display", "Both sleeves up"), item("l", "boolean", "Left"),
             item("h", "group", "Hands", item("r", "boolean", "Right"), item("end", "display", "Sleeves down."))),
        item("n", "boolean", "Next", item("n.help", "display", "As it is today.")),
    )  # fmt: skip
    theme, found = taken_in(made, tmp_path / "ours"), read(made)
    asked = by_link(theme, found)
    assert [question.text for question in theme.questions] == ["Left", "Right", "Next"]
    assert asked["l"].help == "Arms. Both sleeves up"
    assert asked["r"].help == "Hands. Sleeves down."
    assert asked["n"].help == "As it is today."
    assert (asked["l"].label, asked["r"].label, asked["n"].label) == ("Arms: Left", "Hands: Right", "Next")


def test_words_of_ones_own_are_a_question_behind_an_option(tmp_path: Path) -> None:
    made = form(item("h", "open-choice", "Heating?", answerOption=coded("gas"), repeats=True))
    choice, behind = taken_in(made, tmp_path / "ours").questions
    assert choice.kind is Kind.CHOICES
    assert choice.option_ids == ("gas", "another_answer")
    assert behind.kind is Kind.TEXT
    assert behind.shown_when is not None
    assert behind.shown_when.model_dump(exclude_none=True)["ask"] == choice.id


def test_options_of_every_kind_keep_their_words(tmp_path: Path) -> None:
    values = [{"valueString": "Low down"}, {"valueInteger": 3}, {"valueDate": "2026-01"}, {"valueTime": "10:00:00"},
              {"valueReference": {"reference": "L/1", "display": "The hall"}}, {"valueString": "Low down"}]  # fmt: skip
    made = form(item("c", "choice", answerOption=values))
    (question,) = taken_in(made, tmp_path / "ours").questions
    assert [option.text for option in question.options] == ["Low down", "3", "2026-01", "10:00:00", "The hall"]
    assert [option.id for option in question.options] == ["low_down", "3", "2026_01", "10_00_00", "the_hall"]
    assert any("the option stands twice" in one for one in said(read(made)))


@pytest.mark.parametrize(
    "found",
    [
        {"compose": {"include": [{"system": "urn:s", "concept": [{"code": "A", "display": "First"}, {"code": "B"}]}]}},
        {
            "expansion": {
                "contains": [{"abstract": True, "contains": [{"code": "A", "display": "First"}]}, {"code": "B"}]
            }
        },
    ],
)
def test_a_value_set_inside_the_file_gives_its_options(tmp_path: Path, found: dict[str, object]) -> None:
    held = [{"resourceType": "ValueSet", "id": "set", **found}]
    made = form(item("c", "choice", answerValueSet="#set"), contained=held)
    (question,) = taken_in(made, tmp_path / "ours").questions
    assert [(option.id, option.text) for option in question.options] == [("a", "First"), ("b", "B")]


def test_a_value_set_that_lies_elsewhere_is_not_fetched_and_asked_as_text(tmp_path: Path) -> None:
    made = form(item("c", "choice", answerValueSet="http://made.up/ValueSet/rooms"))
    (question,) = taken_in(made, tmp_path / "ours").questions
    assert question.kind is Kind.TEXT
    file = (tmp_path / "ours" / "themes" / "house-visit" / "questions.yaml").read_text("utf-8")
    assert "# answerValueSet: http://made.up/ValueSet/rooms" in file
    assert any("nothing is fetched" in one for one in said(read(made)))


def test_a_described_value_set_is_named(tmp_path: Path) -> None:
    held = [{"resourceType": "ValueSet", "id": "set", "compose": {"include": [{"system": "urn:s", "filter": [{}]}]}}]
    made = form(item("c", "choice", answerValueSet="#set"), contained=held)
    assert any("described and not listed" in one for one in said(read(made)))
    assert taken_in(made, tmp_path / "ours").questions[0].kind is Kind.TEXT


def test_units_limits_and_places(tmp_path: Path) -> None:
    limits = [{"url": f"{CORE}/minValue", "valueDecimal": 30}, {"url": f"{CORE}/maxValue", "valueDecimal": 250.5}]
    places = [{"url": f"{CORE}/maxDecimalPlaces", "valueInteger": 1}]
    units = [{"url": f"{CORE}/questionnaire-unitOption", "valueCoding": {"system": UCUM, "code": code}}
             for code in ("kg", "[lb_av]", "mg")]  # fmt: skip
    made = form(item("w", "quantity", "Weight?", extension=[*limits, *places, *units]))
    (question,) = taken_in(made, tmp_path / "ours").questions
    assert (question.unit, question.units, question.step) == ("kg", ("[lb_av]",), Decimal("0.1"))
    assert question.plausible == (Decimal(30), Decimal("250.5"))
    assert any("a figure in mg is not converted into kg" in one for one in said(read(made)))


def test_a_unit_without_a_system_a_unit_of_another_system_and_none(tmp_path: Path) -> None:
    made = form(
        item("a", "decimal", extension=[unit(system="urn:x", code="st")]),
        item("b", "quantity"),
        item("c", "quantity", initial=[{"valueQuantity": {"value": 4, "unit": "cm"}}]),
        item("d", "quantity", extension=[unit(display="två fot")]),
    )  # fmt: skip
    asked = by_link(taken_in(made, tmp_path / "ours"), read(made))
    assert [asked[name].unit for name in "abcd"] == ["st", "", "cm", ""]
    remarks = said(read(made))
    assert any("the unit st is not of UCUM" in one for one in remarks)
    assert any("item[1]: it names no unit" in one for one in remarks)
    assert any("has no code" in one and "två fot" in one for one in remarks)


def test_nothing_is_filled_in_and_everything_else_is_kept_beside_its_question(tmp_path: Path) -> None:
    expression = {"language": "text/fhirpath", "expression": "%weight / 2 # half"}
    made = form(
        item(
            "w", "decimal", "Half?", prefix="7.", required=True, readOnly=True, repeats=True, maxLength=4,
            initial=[{"valueDecimal": 2.50}], definition="urn:d", code=[{"system": "urn:s", "code": "c"}],
            _text={"extension": [{"url": "urn:t", "valueString": "Demi ?"}]},
            extension=[
                {"url": f"{SDC}/sdc-questionnaire-calculatedExpression", "valueExpression": expression},
                {"url": f"{SDC}/sdc-questionnaire-initialExpression", "valueExpression": expression},
                {"url": f"{CORE}/minValue", "valueInteger": 5},
                {"url": "urn:somebody:colour", "valueString": "red"},
            ],
        ),
        copyright="© Made Up House, all rights reserved", publisher="Made Up House", purpose="To ask",
    )  # fmt: skip
    theme = taken_in(made, tmp_path / "ours")
    (question,) = theme.questions
    assert question.text == "7. Half?"
    assert question.reminder
    file = (tmp_path / "ours" / "themes" / "house-visit" / "questions.yaml").read_text("utf-8")
    for kept in (
        "# copyright: © Made Up House, all rights reserved", "# purpose: To ask", "# publisher: Made Up House",
        "(text/fhirpath) %weight / 2 # half", "# initial there, never filled in here: 2.5", "# maxLength: 4",
        "# minValue: 5", '# linkId "w", Questionnaire.item[0]', "# definition: urn:d", "Demi ?", "# colour: red",
    ):  # fmt: skip
        assert kept in file, kept
    found = read(made)
    assert found.copyright == "© Made Up House, all rights reserved"
    remarks = "\n".join(said(found))
    for named in (
        "extension[0]: calculatedExpression: there the answer is worked out",
        "extension[1]: initialExpression: there an answer is filled in",
        "extension[3]: colour: it is kept", "initial[0]: a value stands there from the start",
        "item[0].readOnly: there nobody types it", "item[0].repeats: there it can be answered several times",
        "item[0].definition", "item[0].code", "item[0]._text", "Questionnaire.item[0]: minValue 5",
    ):  # fmt: skip
        assert named in remarks, named


def test_what_is_hidden_there_is_not_asked_here(tmp_path: Path) -> None:
    hidden = [{"url": f"{CORE}/questionnaire-hidden", "valueBoolean": True}]
    made = form(item("g", "group", "Score", item("s", "integer", "Sum"), extension=hidden), item("q", "boolean"))
    theme = taken_in(made, tmp_path / "ours")
    assert len(theme.questions) == 1
    assert any("item[0].item[0]: it is hidden there" in one for one in said(read(made)))
    assert "not asked, integer: Sum" in (tmp_path / "ours/themes/house-visit/questions.yaml").read_text("utf-8")


def test_ids_are_plain_and_nothing_bears_one_twice(tmp_path: Path) -> None:
    links = ["/44250-9", "../../etc/passwd", "Ärger.1", "ärger_1", "問い", "é" * 300, "a" * 300, "yes"]
    made = form(*(item(link, "boolean", f"Number {number}?") for number, link in enumerate(links)))
    theme = taken_in(made, tmp_path / "ours")
    assert len({question.id for question in theme.questions}) == len(links)
    assert [path.name for path in (tmp_path / "ours" / "themes").iterdir()] == ["house-visit"]


def test_texts_that_a_file_cannot_hold_as_they_are(tmp_path: Path) -> None:
    texts = [
        "a\u2028b\x07",
        "no",
        "# {x}: [1]",
        '"quoted" \\ \ud800',
        "two\nlines",
        "- 1",
        "\ufeffmark",
        "\u0085",
        "010",
    ]
    made = form(*(item(f"q{number}", "boolean", text) for number, text in enumerate(texts)))
    made["title"] = "yes: # no"
    theme = taken_in(made, tmp_path / "ours")
    assert [question.text for question in theme.questions][:3] == ["a b\ufffd", "no", "# {x}: [1]"]
    assert theme.title == "yes: # no"


def test_what_an_option_or_the_file_holds_besides_is_kept_beside_it(tmp_path: Path) -> None:
    ordinal = [{"url": f"{CORE}/ordinalValue", "valueDecimal": 2}]
    concept = {"code": "A", "display": "First", "extension": ordinal}
    held = [
        {"resourceType": "ValueSet", "id": "set", "compose": {"include": [{"concept": [concept]}]}},
        {"resourceType": "Library", "id": "sums"},
    ]
    exclusive = [{"url": f"{CORE}/questionnaire-optionExclusive", "valueBoolean": True}]
    options = [{"valueCoding": {"code": "B", "userSelected": True}, "extension": exclusive}]
    made = form(item("c", "choice", answerValueSet="#set"), item("d", "choice", answerOption=options), contained=held)
    taken_in(made, tmp_path / "ours")
    file = (tmp_path / "ours/themes/house-visit/questions.yaml").read_text("utf-8")
    for kept in ("ordinalValue", "# userSelected: true", '# contained: {"resourceType":"Library"'):
        assert kept in file, kept
    remarks = "\n".join(said(read(made)))
    assert "Questionnaire.contained[0].compose.include[0].concept[0].extension: it is kept" in remarks
    assert "Questionnaire.contained[1]: it is kept as a comment" in remarks
    assert "takes back every other one" not in remarks, "one answer is all there is"
    made["item"][1]["repeats"] = True
    assert "takes back every other one" in "\n".join(said(read(made)))
