"""The small parts that resources are put together from, as plain JSON objects without anything empty in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from screener.exchange.fhir.names import ABSENT, LOINC, UCUM, extension

Json = dict[str, Any]


def text_of(text: str) -> str:
    """A text as FHIR takes one: signs that no FHIR string may have stand as their replacement."""
    return "".join(sign if sign >= " " or sign in "\t\n\r" else "\ufffd" for sign in text)


def filled(**fields: Any) -> Json:
    """The fields that hold anything: FHIR knows neither null nor empty. An underscore at the end is left out."""
    return {name.rstrip("_"): value for name, value in fields.items() if value not in (None, "", [], {})}


def resource(kind: str, id_: UUID, **fields: Any) -> Json:
    """A resource with its id."""
    return {"resourceType": kind, "id": str(id_), **filled(**fields)}


def url_of(found: Mapping[str, Any]) -> str:
    """The address of a resource inside its Bundle."""
    return f"urn:uuid:{found['id']}"


def reference(found: Mapping[str, Any], display: str = "") -> Json:
    """A reference to a resource of the same Bundle."""
    return filled(reference=url_of(found), type=found["resourceType"], display=text_of(display))


def concept(text: str, code: str = "", system: str = "") -> Json:
    """A concept in words, with its code where it has one."""
    coded = [coding(system, code, text)] if code else []
    return filled(coding=coded, text=text_of(text))


def coding(system: str, code: str, display: str = "") -> Json:
    return filled(system=system, code=code, display=text_of(display))


def loinc(code: str, text: str) -> Json:
    """A concept with a code of LOINC; the words are ours, so they are no display of the code."""
    return {"coding": [coding(LOINC, code)], "text": text_of(text)}


def quantity(value: Decimal, unit: str) -> Json:
    """A figure with its unit in UCUM."""
    return {"value": value, **filled(unit=unit, system=UCUM if unit else "", code=unit)}


def extended(name: str, value_as: str, value: Any) -> Json:
    """An extension of our own with a single value, such as `valueString`."""
    return {"url": extension(name), value_as: text_of(value) if isinstance(value, str) else value}


def nested(name: str, parts: Iterable[Json]) -> Json:
    """An extension of our own made of parts."""
    return {"url": extension(name), "extension": list(parts)}


def part(name: str, value_as: str, value: Any) -> list[Json]:
    """One part of a nested extension, or none where there is nothing to say."""
    if value in (None, ""):
        return []
    return [{"url": name, value_as: text_of(value) if isinstance(value, str) else value}]


def absent(code: str) -> Json:
    """Why there is no value."""
    return {"url": ABSENT, "valueCode": code}
