"""Answers as FHIR values and back: single values as `answer`, lists and results as groups of items."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from screener.exchange.fhir.elements import Json, coding, filled, quantity, text_of
from screener.exchange.fhir.names import NONE_OF_THESE, options_of, system
from screener.forms.answering import NONE_TAKEN, PHASES, USES, NotAnAnswer, exact, read_value
from screener.forms.model import Question
from screener.forms.words import PHASE_WORDS
from screener.rules.expressions import ROUTES
from screener.rules.values import (
    READING_PARTS,
    InstrumentResult,
    Kind,
    MedicineEntry,
    Medicines,
    PartialDate,
    Reading,
    Readings,
    Value,
)
from screener.rules.words import ROUTE_WORDS
from screener.screening.answers import as_typed

VALUE_AS: Mapping[Kind, str] = {
    Kind.YES_NO: "valueBoolean",
    Kind.CHOICE: "valueCoding",
    Kind.CHOICES: "valueCoding",
    Kind.NUMBER: "valueQuantity",
    Kind.DATE: "valueDate",
    Kind.TIME: "valueTime",
    Kind.DATETIME: "valueDateTime",
    Kind.TEXT: "valueString",
    Kind.DERIVED: "valueString",
}
"""The kinds that are one value, or several of a kind. A number without a unit is a decimal."""
GROUPS: frozenset[Kind] = frozenset((Kind.READINGS, Kind.MEDICINES, Kind.INSTRUMENT))
"""The kinds whose answer is made of items of its own."""

PHASE_CODES, ROUTE_CODES, USE_CODES = system("phase"), system("route"), system("use")
USE_WORDS: Mapping[str, str] = {"current": "taken now", "stopped": "stopped", "not_known": "not known"}
NONE = "none"
FIGURES = ("systolic", "diastolic", "pulse")
FIGURE_UNITS: Mapping[str, str] = {"systolic": "mm[Hg]", "diastolic": "mm[Hg]", "pulse": "/min"}
CIRCUMSTANCES = READING_PARTS[4:]


def value_as(question: Question) -> str:
    """The name of the value that one answer to a question has."""
    return "valueDecimal" if question.kind is Kind.NUMBER and not question.unit else VALUE_AS[question.kind]


def under(question: str, *parts: str) -> str:
    """The linkId of a part of a question."""
    return "/".join((question, *parts))


# --- single values ----------------------------------------------------------------------------------------------------


def answers_of(question: Question, raw: Any, offset: str) -> list[Any]:
    """The FHIR values of one answer as it was typed; several where several options are chosen.

    `offset`: of local time, which a day with a time of day has to name.
    """
    value = read_value(question, raw)
    match question.kind:
        case Kind.YES_NO:
            return [value == "yes"]
        case Kind.CHOICE:
            return [option_coding(question, str(value))]
        case Kind.CHOICES:
            chosen = [option for option in question.option_ids if option in raw]
            return [option_coding(question, option) for option in chosen or (NONE_OF_THESE,)]
        case Kind.NUMBER:
            return [_number(question, raw)]
        case Kind.DATE:
            return [str(raw)]
        case Kind.TIME:
            assert isinstance(value, time)
            return [value.replace(tzinfo=None).isoformat()]
        case Kind.DATETIME:
            assert isinstance(value, datetime)
            return [f"{value.isoformat()}{offset}"]
        case _:
            return [text_of(str(value))] if str(value).strip() else []


def option_coding(question: Question, option: str) -> Json:
    """An option of a question, or the one that says none of them."""
    if option == NONE_OF_THESE:
        return coding(options_of(question.id), option, "None of these")
    return coding(options_of(question.id), option, question.option_text(option))


def _number(question: Question, raw: Any) -> Any:
    unit, figure = question.unit, raw
    if isinstance(raw, Mapping):
        unit, figure = str(raw.get("unit", unit)), raw.get("value")
    return quantity(exact(figure), unit) if question.unit else exact(figure)


def typed_of(question: Question, values: Sequence[Any]) -> Any:
    """What was typed, out of the FHIR values of one answer. NotAnAnswer or a TypeError where they are none of it."""
    if question.kind is Kind.CHOICES:
        codes = [value["code"] for value in values]
        return [code for code in codes if code != NONE_OF_THESE]
    (value,) = values
    match question.kind:
        case Kind.YES_NO:
            return "yes" if value else "no"
        case Kind.CHOICE:
            return value["code"]
        case Kind.NUMBER if isinstance(value, Mapping):
            figure, unit = str(value["value"]), value["code"]
            return figure if unit == question.unit else {"value": figure, "unit": unit}
        case Kind.DATETIME:
            return datetime.fromisoformat(value).replace(tzinfo=None).isoformat()
        case _:
            return str(value)


# --- groups -----------------------------------------------------------------------------------------------------------


def items_of(question: Question, raw: Any) -> list[Json]:
    """The items under a question whose answer is made of several."""
    value = read_value(question, raw)
    match value:
        case Readings():
            if value.none_taken:
                return [_item(under(question.id, NONE), "valueBoolean", True)]
            return [_reading(question.id, reading) for reading in value.items]
        case Medicines():
            if not value.items:
                return [_item(under(question.id, NONE), "valueBoolean", True)]
            return [_medicine(question.id, entry) for entry in value.items]
        case InstrumentResult():
            return _result(question, value)
        case _:
            raise TypeError(f"{question.kind} is no group")


def _item(link: str, name: str, value: Any) -> Json:
    return {"linkId": link, "answer": [{name: value}]}


def _said(link: str, name: str, value: Any) -> Iterable[Json]:
    return () if value is None or value == "" else (_item(link, name, value),)


def _reading(question: str, reading: Reading) -> Json:
    link = under(question, "reading")
    found: list[Json] = []
    for name in FIGURES:
        figure = getattr(reading, name)
        said = None if figure is None else quantity(figure, FIGURE_UNITS[name])
        found += _said(under(link, name), "valueQuantity", said)
    if reading.phase is not None:
        phase = coding(PHASE_CODES, reading.phase, PHASE_WORDS[reading.phase])
        found += _said(under(link, "phase"), "valueCoding", phase)
    for name in CIRCUMSTANCES:
        found += _said(under(link, name), "valueString", text_of(getattr(reading, name) or ""))
    return filled(linkId=link, item=found)


def _medicine(question: str, entry: MedicineEntry) -> Json:
    link = under(question, "medicine")
    found = [*_said(under(link, "name"), "valueString", text_of(entry.name))]
    if entry.route is not None:
        found += _said(under(link, "route"), "valueCoding", coding(ROUTE_CODES, entry.route, ROUTE_WORDS[entry.route]))
    found += _said(under(link, "dose"), "valueString", text_of(entry.dose or ""))
    for name in ("started", "last_taken"):
        when = getattr(entry, name)
        found += _said(under(link, name), "valueDate", when.text if isinstance(when, PartialDate) else None)
    found += _said(under(link, "use"), "valueCoding", coding(USE_CODES, entry.use, USE_WORDS[entry.use]))
    found += _said(under(link, "told_by"), "valueString", text_of(entry.told_by or ""))
    return filled(linkId=link, item=found)


def _result(question: Question, result: InstrumentResult) -> list[Json]:
    """Items and scores in the order of the instrument, whatever order they were typed in."""
    scoring, items, scores = question.scoring, dict(result.items), dict(result.scores)
    in_order = list(items) if scoring is None else [item for item in scoring.items if item in items]
    of_scores = list(scores) if scoring is None else [name for name in scoring.scores if name in scores]
    found = [_item(under(question.id, "item", item), "valueDecimal", items[item]) for item in in_order]
    if result.total is not None:
        found.append(_item(under(question.id, "total"), "valueDecimal", result.total))
    return found + [_item(under(question.id, "score", name), "valueDecimal", scores[name]) for name in of_scores]


def typed_of_items(question: Question, items: Sequence[Mapping[str, Any]]) -> Any:
    """What was typed, out of the items under a question."""
    if any(item["linkId"] == under(question.id, NONE) for item in items):
        return NONE_TAKEN if question.kind is Kind.READINGS else []
    if question.kind is Kind.INSTRUMENT:
        return _typed_result(question.id, items)
    return [_typed_parts(item) for item in items]


def _typed_parts(item: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for inner in item.get("item", ()):
        ((name, value),) = inner["answer"][0].items()
        key = inner["linkId"].rpartition("/")[2]
        found[key] = {"valueQuantity": _figure, "valueCoding": _code}.get(name, str)(value)
    return found


def _figure(value: Mapping[str, Any]) -> str:
    return str(value["value"])


def _code(value: Mapping[str, Any]) -> str:
    return str(value["code"])


def _typed_result(question: str, items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        figure = str(item["answer"][0]["valueDecimal"])
        kind, _, name = item["linkId"].removeprefix(f"{question}/").partition("/")
        if kind == "total":
            found["total"] = figure
        else:
            found.setdefault({"item": "items", "score": "scores"}[kind], {})[name] = figure
    return found or {"items": {}}


# --- whether it all came through --------------------------------------------------------------------------------------


def comes_back(question: Question, raw: Any, back: Callable[[], Any]) -> bool:
    """Whether what FHIR holds reads as the very value that was typed."""
    try:
        return _in_one_order(read_value(question, back())) == _in_one_order(read_value(question, raw))
    except (NotAnAnswer, KeyError, TypeError, ValueError):
        return False


def _in_one_order(value: Value) -> Value:
    if not isinstance(value, InstrumentResult):
        return value
    return replace(value, items=tuple(sorted(value.items)), scores=tuple(sorted(value.scores)))


def as_text(raw: Any) -> str:
    """What was typed as one line of JSON, which holds any of it."""
    return json.dumps(as_typed(raw), sort_keys=True)


def from_text(text: str) -> Any:
    return json.loads(text, parse_float=Decimal)


PHASE_OPTIONS = [(phase, PHASE_WORDS[phase]) for phase in PHASES]
ROUTE_OPTIONS = [(route, ROUTE_WORDS[route]) for route in ROUTES]
USE_OPTIONS = [(use, USE_WORDS[use]) for use in USES]
