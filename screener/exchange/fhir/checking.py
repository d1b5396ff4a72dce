"""What has to hold of a Bundle before anybody gets it: the models of R4, and all that they let through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from screener.exchange.fhir.bindings import CODES_OF_EXTENSIONS, NEEDED, REFERRED, REQUIRED
from screener.exchange.fhir.checking_forms import form_faults, response_faults
from screener.exchange.fhir.codes import KNOWN
from screener.exchange.fhir.faults import Element, Fault, elements
from screener.exchange.fhir.names import LOINC, UCUM, extension

Json = Mapping[str, Any]
_MOST_OF_A_MODEL = 12
"""So many of the faults that the models find are told; more say nothing new."""


def faults(bundle: Json, instruments: Iterable[str] = ()) -> list[Fault]:
    """Everything that does not hold. `instruments`: the LOINC codes that the content brings."""
    known = frozenset(instruments)
    # What has a fault of an earlier kind is looked at no further: the later ones rely on its shape.
    for kind in (_of_the_models(bundle), _of_the_whole(bundle), _of_each(bundle, known), _of_the_form(bundle)):
        found = list(kind)
        if found:
            return found
    return []


def _of_the_models(bundle: Json) -> Iterator[Fault]:
    from fhir.resources.R4B.bundle import Bundle
    from pydantic import ValidationError

    try:
        Bundle.model_validate(bundle)
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False, include_input=False, include_context=False)[:_MOST_OF_A_MODEL]:
            yield Fault(".".join(map(str, error["loc"])), str(error["msg"]))


def _of_each(bundle: Json, instruments: frozenset[str]) -> Iterator[Fault]:
    kinds = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    for number, entry in enumerate(bundle["entry"]):
        found = entry["resource"]
        place = f"{found['resourceType']}[{number}]"
        yield from _of_resource(found, place, kinds)
        yield from _of_kind(found, place, instruments)


def _of_the_form(bundle: Json) -> Iterator[Fault]:
    by_kind = _by_kind(bundle["entry"])
    for form in by_kind.get("Questionnaire", ()):
        yield from form_faults(form)
    for response in by_kind.get("QuestionnaireResponse", ()):
        yield from response_faults(response, by_kind.get("Questionnaire", ()))
    yield from _evidence(by_kind)


def _by_kind(entries: Iterable[Json]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for entry in entries:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


def _of_the_whole(bundle: Json) -> Iterator[Fault]:
    entries = bundle.get("entry", ())
    yield from _needs(bundle, "Bundle")
    if bundle["type"] not in REQUIRED["Bundle.type"]:
        yield Fault("Bundle.type", f"{bundle['type']} is not a type of a Bundle")
    if not entries or entries[0].get("resource", {}).get("resourceType") != "Composition":
        yield Fault("Bundle.entry[0]", "a document begins with its Composition")
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        url, place = entry.get("fullUrl"), f"Bundle.entry[{number}]"
        if url is None or "resource" not in entry:
            yield Fault(place, "an entry of a document has a fullUrl and a resource")
        elif url != f"urn:uuid:{entry['resource'].get('id')}":
            yield Fault(place, "the fullUrl is not that of the resource's id")
        elif url in seen:
            yield Fault(place, "the same fullUrl stands twice")
        seen.add(str(url))


def _needs(found: Json, place: str) -> Iterator[Fault]:
    for name in NEEDED.get(found["resourceType"], ()):
        if not found.get(name):
            yield Fault(f"{place}.{name}", "is missing")


def _of_resource(found: Json, place: str, kinds: Mapping[Any, str]) -> Iterator[Fault]:
    yield from _needs(found, place)
    for element in elements(found["resourceType"], place, found):
        yield from _of_element(element, kinds)


def _of_element(element: Element, kinds: Mapping[Any, str]) -> Iterator[Fault]:
    value = element.value
    if value in ("", [], {}) or value is None or (isinstance(value, str) and not value.strip()):
        yield Fault(element.place, "is empty")
    allowed = REQUIRED.get(element.path)
    if allowed is not None and value not in allowed:
        yield Fault(element.place, f"{value} is not in the value set of {element.path}")
    if not isinstance(value, Mapping):
        return
    if "reference" in value and not element.path.startswith("Binary"):
        yield from _of_reference(element, value, kinds)
    if "url" in value and element.path.endswith(("extension", "Extension")):
        yield from _of_extension(element.place, value)
    if {"value", "code", "unit"} & set(value) == {"value", "code", "unit"} and value.get("system") != UCUM:
        yield Fault(element.place, "a unit is one of UCUM")


def _of_reference(element: Element, value: Json, kinds: Mapping[Any, str]) -> Iterator[Fault]:
    if not isinstance(value["reference"], str):
        return
    if element.path == "DetectedIssue" or value["reference"] not in kinds:
        yield Fault(element.place, f"{value['reference']} is no resource of this Bundle")
        return
    kind = kinds[value["reference"]]
    if value.get("type", kind) != kind:
        yield Fault(element.place, f"says {value['type']} and points at {kind}")
    if kind not in REFERRED.get(element.path, (kind,)):
        yield Fault(element.place, f"does not point at {kind}")


def _of_extension(place: str, value: Json) -> Iterator[Fault]:
    values = [name for name in value if name.lstrip("_").startswith("value")]
    if bool(values) == bool(value.get("extension")) or len(values) > 1:
        yield Fault(place, "an extension has one value, or extensions inside")
    for name in values:
        codes = CODES_OF_EXTENSIONS.get(value["url"])
        if codes is not None and value[name] not in codes:
            yield Fault(place, f"{value[name]} is no reason that we give")


def _of_kind(found: Json, place: str, instruments: frozenset[str]) -> Iterator[Fault]:
    match found["resourceType"]:
        case "Observation":
            yield from _of_observation(found, place, instruments)
        case "DetectedIssue" if "severity" in found:
            yield Fault(f"{place}.severity", "an item has no severity")
        case "Provenance":
            for number, signature in enumerate(found.get("signature", ())):
                if not signature.get("data") or not signature.get("type"):
                    yield Fault(f"{place}.signature[{number}]", "a signature has its type and its bytes")


def _of_observation(found: Json, place: str, instruments: frozenset[str]) -> Iterator[Fault]:
    parts = [(place, found), *((f"{place}.component", part) for part in found.get("component", ()))]
    for here, one in parts:
        valued, why = any(name.startswith("value") for name in one), "dataAbsentReason" in one
        if (valued and why) or not (valued or why or one.get("component")):
            yield Fault(here, "has a value, or says why there is none")
        for coded in one["code"].get("coding", ()):
            if coded.get("system") == LOINC and coded["code"] not in KNOWN | instruments | _FORMULAS:
                yield Fault(here, f"{coded['code']} is no LOINC code of the content")


_FORMULAS = frozenset(("76635-2", "76634-5"))


def _evidence(by_kind: Mapping[str, list[Json]]) -> Iterator[Fault]:
    """What an item says of questions names questions that are there."""
    known = {link for response in by_kind.get("QuestionnaireResponse", ()) for link in _links(response)}
    for issue in by_kind.get("DetectedIssue", ()):
        for evidence in issue["evidence"]:
            for detail in evidence.get("detail", ()):
                for said in detail.get("extension", ()):
                    if said["url"] == extension("linkId") and said["valueString"] not in known:
                        yield Fault(f"DetectedIssue {issue['id']}", f"{said['valueString']} was not asked")


def _links(item: Json) -> Iterator[str]:
    for inner in item.get("item", ()):
        yield inner["linkId"]
        yield from _links(inner)
