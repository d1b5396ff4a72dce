"""What stands for one question in a form of our own: readings, medicines, results, what is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screener.exchange.fhir.elements import Json
from screener.exchange.fhir.foreign.asked import Asked
from screener.exchange.fhir.foreign.items import Item
from screener.exchange.fhir.foreign.questions import say_what_else
from screener.exchange.fhir.foreign.shapes import extensions, objects_at, text_at
from screener.exchange.fhir.names import BASE, extension
from screener.exchange.fhir.values import FIGURES, under
from screener.forms.model import Pack
from screener.rules.values import Kind

PRESSURE_UNIT = "mm[Hg]"
FORMULAS = ("bmi", "map", "pulse_pressure", "age", "days_between")


def is_ours(form: Json) -> bool:
    """Whether this program wrote the form."""
    return str(form.get("url", "")).startswith(f"{BASE}:questionnaire:")


def whole(item: Item, name: str, pack: Pack) -> Asked | None:
    """The question that a group of our own form stands for; None where it is a group of questions."""
    links = {one.link for one in item.inside}
    if item.type != "group" or not item.text:
        return None
    if under(item.link, "reading") in links:
        more: dict[str, Any] = {"unit": PRESSURE_UNIT, "parts": list(FIGURES)}
        return _asked(item, name, Kind.READINGS, more)
    if under(item.link, "medicine") in links:
        return _asked(item, name, Kind.MEDICINES, {})
    known = pack.questions.get(item.link)
    results = (under(item.link, "item", ""), under(item.link, "score", ""), under(item.link, "total"))
    if known is not None and known.instrument is not None and any(link.startswith(results) for link in links):
        return _asked(item, name, Kind.INSTRUMENT, {"instrument": known.instrument})
    return None


def _asked(item: Item, name: str, kind: Kind, more: dict[str, Any]) -> Asked:
    asked = Asked(item, name, kind, item.text, more=more)
    say_what_else(asked)
    return asked


def formula(item: Item) -> tuple[str, list[str]] | None:
    """What is worked out of which questions, by their linkIds; None where it is no such item."""
    for place, url, one in extensions(item.raw, item.place):
        if url != extension("formula"):
            continue
        parts = [(text_at(part, "url", at), part) for at, part in objects_at(one, "extension", place)]
        named = next((str(part.get("valueCode")) for name, part in parts if name == "name"), "")
        of = [str(part.get("valueString")) for name, part in parts if name == "of"]
        return (named, of) if named in FORMULAS and of else None
    return None


def worked_out(item: Item, name: str, asked: Mapping[str, Asked], pack: Pack) -> Asked | None:
    """What a form of ours works out; None where one of the questions that it is worked out from is not asked."""
    found = formula(item)
    if found is None or not all(link in asked for link in found[1]):
        return None
    known = pack.questions.get(item.link)
    more = {"formula": {"name": found[0], "of": [asked[link].id for link in found[1]]}}
    return Asked(item, name, Kind.DERIVED, item.text or name, unit="" if known is None else known.unit, more=more)
