"""Forms that between them bring up everything that can be said of one: those of the tests, and a few more."""

from __future__ import annotations

from typing import Any

from tests.exchange.fhir.foreign import test_conditions, test_items, test_refusals
from tests.exchange.fhir.foreign.example import EXAMPLE
from tests.exchange.fhir.foreign.forms import CORE, SDC, UCUM, Json, coded, form, item, when


def _of(test: Any) -> list[Any]:
    """What a test is given, one by one."""
    return [given for mark in test.pytestmark if mark.name == "parametrize" for given in mark.args[1]]


def _expression(name: str) -> Json:
    return {"url": f"{SDC}/sdc-questionnaire-{name}", "valueExpression": {"language": "text/cql", "expression": "1"}}


def _limits(low: object, high: object) -> list[Json]:
    return [{"url": f"{CORE}/minValue", "valueDecimal": low}, {"url": f"{CORE}/maxValue", "valueDecimal": high}]


_SET = {"resourceType": "ValueSet", "id": "set"}
_CONCEPTS = {"include": [{"system": "urn:s", "concept": [{"code": "a"}]}, {"filter": []}], "exclude": [{"system": "x"}]}
_TESTS = [test for test, _ in _of(test_conditions.test_what_has_no_words_is_named_and_asked_more_often)]
TOLD: tuple[Json, ...] = (
    EXAMPLE,
    test_items.ALL,
    *(form(*test_conditions.ASKED, item("q", "date", enableWhen=[test])) for test in _TESTS),
    form(
        *test_conditions.ASKED,
        item("q", "date", enableWhen=[test_conditions.YES, test_conditions.ONE_A]),
        item("g", "group", "G",
             item("r", "date", enableWhen=[test_conditions.YES, test_conditions.ONE_A], enableBehavior="any"),
             enableWhen=[test_conditions.YES, test_conditions.ONE_B], enableBehavior="any"),
        item("h", "date", enableWhen=[when("whole", "=", answerInteger=3), test_conditions.YES], enableBehavior="any"),
        item("only", "choice", answerOption=coded("a")),
        item("i", "date", enableWhen=[when("only", "!=", answerCoding={"code": "a"})]),
        status="retired",
    ),
    form(
        item("e", "group", "Empty", repeats=True, required=True, readOnly=True, definition="urn:d"),
        item("d", "display", "Look", enableWhen=[when("q", "exists", answerBoolean=True)]),
        item("q", "quantity", " ", repeats=True, extension=[
            *_limits(-5, 5), *(_expression(name) for name in (
                "calculatedExpression", "initialExpression", "enableWhenExpression", "answerExpression")),
            {"url": f"{CORE}/questionnaire-constraint", "extension": [{"url": "key", "valueId": "c"}]},
            {"url": f"{CORE}/questionnaire-unit", "valueCoding": {"display": "två fot"}},
        ]),
        item("s", "decimal", extension=[_limits(5, 0)[0]]),
        item("t", "date", extension=_limits(1, 2)),
        item("u", "decimal", extension=[
            {"url": f"{CORE}/questionnaire-unitOption", "valueCoding": {"system": system, "code": code}}
            for system, code in ((UCUM, "kg"), ("urn:x", "st"))]),
        item("w", "quantity"),
        item("v", "string", answerOption=[{"valueString": "a"}]),
        item("c", "choice", repeats=True, answerValueSet="#set", answerOption=[
            {"valueString": "a"}, {"valueString": "a", "initialSelected": True, "extension": [
                {"url": f"{CORE}/questionnaire-optionExclusive", "valueBoolean": True},
                {"url": f"{CORE}/ordinalValue", "valueDecimal": 1}]}]),
        item("hidden", "integer", extension=[{"url": f"{CORE}/questionnaire-hidden", "valueBoolean": True}]),
        contained=[_SET | {"compose": _CONCEPTS}],
    ),
)  # fmt: skip
REFUSED: tuple[Json, ...] = (
    *(made for made, _, _ in _of(test_refusals.test_what_does_not_hold_together_is_refused_with_its_place)),
    form(item("a", "decimal", extension=[{"valueInteger": 1}])),
    form(item("a", "decimal", extension=[{"url": f"{CORE}/maxDecimalPlaces", "valueInteger": 99}])),
    form(item("a", "decimal", extension=[{"url": f"{CORE}/minValue", "valueDecimal": "low"}])),
    form(item("b", "boolean"), item("a", "date", enableWhen=[when("b", "=", answerBoolean=True)] * 201)),
    form({"linkId": "a", "type": "boolean", "text": 1}),
)
