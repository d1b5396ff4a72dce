"""A made-up form with a bit of everything: for pictures, the walk through the window, journeys, random changes."""

from __future__ import annotations

from tests.exchange.fhir.foreign.forms import CORE, SDC, UCUM, Json, coded, form, item, when

EXPRESSION = {"language": "text/fhirpath", "expression": "%steps * 2"}
EXAMPLE: Json = form(
    item(
        "1", "group", "The way home",
        item("1.0", "display", "Ask these with whoever comes along."),
        item("1.1", "boolean", "Does somebody come along?", required=True),
        item("1.2", "string", "Who comes along?", enableWhen=[when("1.1", "=", answerBoolean=True)], maxLength=40),
        item("1.3", "open-choice", "How is the way made?", answerOption=coded("bus", "car", "foot")),
        item(
            "1.4", "integer", "How many minutes does it take?", prefix="4.", initial=[{"valueInteger": 20}],
            extension=[
                {"url": f"{CORE}/questionnaire-unit", "valueCoding": {"system": UCUM, "code": "min"}},
                {"url": f"{CORE}/minValue", "valueInteger": 0}, {"url": f"{CORE}/maxValue", "valueInteger": 600},
            ],
        ),
    ),
    item(
        "2", "group", "At home",
        item("2.1", "integer", "How many steps are there?"),
        item("2.2", "decimal", "Steps, both ways", readOnly=True,
             extension=[{"url": f"{SDC}/sdc-questionnaire-calculatedExpression", "valueExpression": EXPRESSION}]),
        item("2.3", "choice", "Rooms on one floor?", answerOption=coded("kitchen", "bath", "bed"), repeats=True),
        item("2.4", "choice", "Which ward is called?", answerValueSet="http://made.up/ValueSet/wards"),
        item("2.5", "date", "Since when is it so?", enableWhen=[when("2.1", ">", answerInteger=10),
             when("1.2", "exists", answerBoolean=True)], enableBehavior="all"),
        item("2.6", "attachment", "A drawing of the rooms"),
        item("2.7", "time", "When is somebody there?", repeats=True),
        enableWhen=[when("1.3", "!=", answerCoding={"code": "foot"})],
    ),
    copyright="© Made Up House. Ask before use.", publisher="Made Up House", version="3",
)  # fmt: skip
