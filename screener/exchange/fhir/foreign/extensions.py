"""What the extensions of a foreign item mean here: units, figures, and all that is kept as a comment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from screener.exchange.fhir.elements import Json
from screener.exchange.fhir.foreign.asked import Asked
from screener.exchange.fhir.foreign.items import HIDDEN, Item
from screener.exchange.fhir.foreign.shapes import Refused, Remark, as_text, extensions, number_at, plain, tail, value_at
from screener.exchange.fhir.names import BASE, MAX_VALUE, MIN_VALUE, UCUM, UNIT_OPTION, extension
from screener.forms.answering import CONVERSIONS
from screener.language import tr
from screener.rules.values import Kind

_CORE = "http://hl7.org/fhir/StructureDefinition"
UNIT = f"{_CORE}/questionnaire-unit"
DECIMAL_PLACES = f"{_CORE}/maxDecimalPlaces"
_MOST_PLACES = 12
KEPT = tr("it is kept as a comment beside the question, and does nothing here")
_DOES: Mapping[str, str] = {
    "calculatedExpression": tr("there the answer is worked out; here it is asked, and the expression is kept as text"),
    "initialExpression": tr("there an answer is filled in from elsewhere; here nothing is, and the expression is kept"),
    "enableWhenExpression": tr("there an expression decides whether it is asked; here it is asked whatever that says"),
    "answerExpression": tr("there an expression finds the options; it is kept as text"),
    "minValue": tr("there it is a limit; here it is kept as text"),
    "maxValue": tr("there it is a limit; here it is kept as text"),
    "constraint": tr("there an expression limits the answers; here it is kept as text"),
}


def read_extensions(asked: Asked) -> None:
    """Take in what has a meaning here; name everything else, and keep it."""
    figures: dict[str, Decimal] = {}
    for place, url, one in extensions(asked.item.raw, asked.item.place):
        if not any(name.startswith("value") or name == "extension" for name in one):
            keep_extension(asked.item, place, url, one, asked.remarks, asked.comments)
        elif url in (UNIT, UNIT_OPTION) and asked.kind is Kind.NUMBER:
            _unit(asked, place, one)
        elif url in (MIN_VALUE, MAX_VALUE) and asked.kind is Kind.NUMBER:
            figures[url] = _limit(place, one)
        elif url == DECIMAL_PLACES and asked.kind is Kind.NUMBER:
            asked.step = _step(place, one)
        elif url == extension("plausible") and asked.kind is Kind.NUMBER:
            _own_range(figures, place, one)
        elif url != HIDDEN and url not in _OURS:
            keep_extension(asked.item, place, url, one, asked.remarks, asked.comments)
    _range(asked, figures)


_OURS = frozenset((extension("clinics-own"), extension("formula")))
"""What our own forms say of a question and its kind says here."""


def keep_extension(item: Item, place: str, url: str, one: Json, remarks: list[Remark], comments: list[str]) -> None:
    """An extension that does nothing here."""
    name = tail(url).removeprefix("sdc-").removeprefix("questionnaire-")
    what = _DOES.get(name)
    remarks.append(Remark(place, item.link, f"{name}: {what or KEPT}", what is not None))
    rest = {key: value for key, value in one.items() if key != "url"}
    comments.append(f"{plain(url if url.startswith(BASE) else name)}: {as_text(_said(rest))}")


def _said(rest: Mapping[str, Any]) -> Any:
    """What an extension says, without the wrapping of a single value."""
    (value,) = rest.values() if len(rest) == 1 else (rest,)
    if isinstance(value, Mapping) and isinstance(value.get("expression"), str):
        return f"({value.get('language', '')}) {value['expression']}"
    return value


def _unit(asked: Asked, place: str, one: Json) -> None:
    _, value = value_at(one, "value", place)
    if not isinstance(value, dict):
        raise Refused(place, tr("it must be an object"))
    read_unit(asked, place, value)


def read_unit(asked: Asked, place: str, value: Mapping[str, Any]) -> None:
    """The first unit is the question's; another one is taken where it is worked out from it."""
    unit = value.get("code") or value.get("unit") or value.get("display")
    if not isinstance(unit, str) or not re.fullmatch(r"[!-~]{1,60}", unit):
        words = as_text(value)
        asked.remarks.append(Remark(place, asked.item.link, tr("the unit {unit} has no code").format(unit=words)))
        asked.comments.append(f"unit: {words}")
        return
    if value.get("system") not in (None, UCUM):
        what = tr("the unit {unit} is not of UCUM; it is taken as it stands").format(unit=unit)
        asked.remarks.append(Remark(place, asked.item.link, what))
    if not asked.unit:
        asked.unit = unit
    elif unit != asked.unit and (unit, asked.unit) in CONVERSIONS:
        asked.units = tuple(dict.fromkeys((*asked.units, unit)))
    elif unit != asked.unit:
        what = tr("a figure in {unit} is not converted into {own} here").format(unit=unit, own=asked.unit)
        asked.remarks.append(Remark(place, asked.item.link, what))
        asked.comments.append(f"another unit: {unit}")


def _limit(place: str, one: Json) -> Decimal:
    kind, value = value_at(one, "value", place)
    if kind == "Quantity" and isinstance(value, dict):
        return number_at(value, "value", place)
    return number_at(one, f"value{kind}", place)


def _step(place: str, one: Json) -> Decimal:
    places = _limit(place, one)
    if places != places.to_integral_value() or not 0 <= places <= _MOST_PLACES:
        raise Refused(place, tr("it is no number of decimal places"))
    return Decimal(1).scaleb(-int(places))


def _own_range(figures: dict[str, Decimal], place: str, one: Json) -> None:
    _, value = value_at(one, "value", place)
    for name, url in (("low", MIN_VALUE), ("high", MAX_VALUE)):
        if not isinstance(value, dict) or not isinstance(value.get(name), dict):
            raise Refused(place, tr("it must be an object"))
        figures[url] = number_at(value[name], "value", place)


def _range(asked: Asked, figures: Mapping[str, Decimal]) -> None:
    """A lowest and a highest figure are the plausible range: outside of it is asked again, and stored."""
    low, high = figures.get(MIN_VALUE), figures.get(MAX_VALUE)
    if low is not None and high is not None and low < high:
        asked.plausible = (low, high)
        if low < 0:
            asked.remarks.append(
                Remark(asked.item.place, asked.item.link, tr("figures below 0 are answers there; here none is stored"))
            )
        return
    for name, figure in (("minValue", low), ("maxValue", high)):
        if figure is None:
            continue
        asked.comments.append(f"{name}: {figure}")
        if name == "maxValue" or figure != 0 or high is not None:
            what = tr("{name} {figure}: a range has a lower and a higher figure here; it is kept as a comment")
            asked.remarks.append(Remark(asked.item.place, asked.item.link, what.format(name=name, figure=figure)))
