"""The names that a Bundle uses: code systems, extensions, codes for what is missing, ids that stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import NAMESPACE_URL, UUID, uuid5

from screener.rules.values import State

BASE = "urn:screener:fhir"
"""Of every name of our own. It is a name alone: nothing is ever fetched from it."""
_OURS = uuid5(NAMESPACE_URL, BASE)

UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
SIGNATURE_TYPE = "urn:iso-astm:E1762-95:2013"
AUTHORS_SIGNATURE = "1.2.840.10065.1.12.1.1"
ITEM_CONTROL = "http://hl7.org/fhir/questionnaire-item-control"

_CORE = "http://hl7.org/fhir/StructureDefinition"
ABSENT = f"{_CORE}/data-absent-reason"
UNIT_OPTION = f"{_CORE}/questionnaire-unitOption"
OPTION_EXCLUSIVE = f"{_CORE}/questionnaire-optionExclusive"
CONTROL = f"{_CORE}/questionnaire-itemControl"
MIN_VALUE = f"{_CORE}/minValue"
MAX_VALUE = f"{_CORE}/maxValue"

NONE_OF_THESE = "none-of-these"
"""The option that says a list of choices is answered, and empty. No option of the content has a dash in its id."""

ABSENT_REASONS: Mapping[State, str] = {
    State.NOT_KNOWN: "asked-unknown",
    State.DECLINED: "asked-declined",
    State.COME_BACK: "temp-unknown",
    State.NOT_ASKED: "not-asked",
    State.DIFFERING: "unknown",
    State.GATE_OPEN: "unknown",
    State.NOT_APPLICABLE: "not-applicable",
}
"""Of http://terminology.hl7.org/CodeSystem/data-absent-reason (R4).

asked-unknown: asked, and the source does not know. asked-declined: asked, and declined. temp-unknown: the value is
expected from the workflow, which is what to come back to means. not-asked: never came up. not-applicable: hidden by an
answer. unknown: accounts that differ, and a question of which it is not established whether it applies; the extension
`state` beside it tells these two apart.
"""
ABSENT_CODES = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
NOT_TAKEN = "not-performed"
"""Of a pressure that a reading does not have."""
MISTYPED = "error"
"""Of a pressure of 0: it is kept as typed among the answers, and counts as no value."""


def extension(name: str) -> str:
    """The address of an extension of our own."""
    return f"{BASE}:extension:{name}"


def system(name: str) -> str:
    """The address of a code system of our own."""
    return f"{BASE}:codes:{name}"


def options_of(question: str) -> str:
    """The code system of one question's options."""
    return system(f"options:{question}")


def stable_id(*parts: str) -> UUID:
    """The same parts always come to the same id."""
    return uuid5(_OURS, "\x1f".join(parts))
