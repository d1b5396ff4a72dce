"""One signed record as one FHIR R4 document Bundle, checked before anybody gets it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from screener import __version__
from screener.exchange.fhir.checking import faults
from screener.exchange.fhir.composition import composition
from screener.exchange.fhir.elements import Json, filled, resource, text_of, url_of
from screener.exchange.fhir.issues import Evidence, detected_issues
from screener.exchange.fhir.material import Material
from screener.exchange.fhir.medicines import medication_statements
from screener.exchange.fhir.names import BASE
from screener.exchange.fhir.observations import observations
from screener.exchange.fhir.provenance import provenances
from screener.exchange.fhir.questionnaire import questionnaire
from screener.exchange.fhir.response import questionnaire_response
from screener.exchange.fhir.writing import json_text
from screener.forms.model import Pack
from screener.language import tr
from screener.records.browse import SignedRecord
from screener.text import WorldError

SUFFIX = ".fhir.json"
WHAT_NEXT = tr("Nothing was written. Check the record: its signature shows whether it is as it was signed.")


def written(signed: SignedRecord, amendments: Sequence[SignedRecord], pack: Pack) -> bytes:
    """The Bundle's bytes: for one record and one content always the same ones.

    `pack`: the content that the record was made with, or the nearest there is. WorldError where the record holds what
    no valid Bundle can be made of.
    """
    try:
        made = bundle(signed, amendments, pack)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as wrong:
        # Of what a vault holds this is not so; a file may come from anybody.
        said = tr("The record {record} is not whole, so it cannot be written as FHIR.")
        raise WorldError(said.format(record=signed.record), WHAT_NEXT) from wrong
    found = faults(made, instrument_codes(pack))
    if found:
        said = tr("The record {record} cannot be written as valid FHIR, at {place}: {what}.")
        first = found[0]
        raise WorldError(said.format(record=signed.record, place=first.place, what=first.what), WHAT_NEXT)
    return (json_text(made) + "\n").encode("utf-8")


def instrument_codes(pack: Pack) -> set[str]:
    """The LOINC codes that a pack brings with its instruments."""
    return {code for instrument in pack.instruments for code in instrument.loinc.values()}


def bundle(signed: SignedRecord, amendments: Sequence[SignedRecord], pack: Pack) -> Json:
    """The Bundle as a JSON object, not yet checked."""
    material = Material(signed, tuple(amendments), pack)
    patient, device = _patient(material), _device(material)
    people = _people(material)
    author = people[signed.signature.signer]
    form = questionnaire(material)
    response = questionnaire_response(material, form, patient, author)
    observed = observations(material, patient, response)
    medicines = medication_statements(material, patient, response)
    made: dict[str, list[Json]] = {}
    for question, one in (*observed.resources, *medicines):
        made.setdefault(question, []).append(one)
    issues = detected_issues(material, patient, device, Evidence(response, made), people)
    parts = {
        "answers": [response],
        "observations": [one for _, one in observed.resources],
        "medicines": [one for _, one in medicines],
        "items": issues,
    }
    cover = composition(material, patient, author, parts)
    facts = [form, response, *parts["observations"], *parts["medicines"], *issues]
    sealed = provenances(material, cover, [response, *parts["observations"], *parts["medicines"], *issues], people)
    return _bundle(material, [cover, patient, *people.values(), device, *facts, *sealed])


def _bundle(material: Material, resources: Iterable[Json]) -> Json:
    last = [material.signed, *material.amendments][-1]
    return resource(
        "Bundle",
        material.id("bundle"),
        identifier={"system": f"{BASE}:record", "value": text_of(material.signed.record)},
        type_="document",
        timestamp=last.signature.signed_at,
        entry=[{"fullUrl": url_of(one), "resource": one} for one in resources],
    )


def _patient(material: Material) -> Json:
    """The pseudonym, and nothing else of a person.

    It has no system: two clinics may give the same pseudonym, and nobody's records are to be laid together by it. For
    the same reason the id is of this record alone.
    """
    opening = material.content["opening"]
    return resource(
        "Patient",
        material.id("patient"),
        identifier=[{"use": "secondary", "value": text_of(opening["reference"]), "assigner": _CLINIC}],
    )


_CLINIC = {"display": "The clinic that made the record; a pseudonym"}


def _device(material: Material) -> Json:
    """What lists items: the program, with its version and that of the content. It decides nothing."""
    pack = material.content["pack"]
    return resource(
        "Device",
        material.id("device"),
        status="active",
        deviceName=[{"name": "Screener", "type": "user-friendly-name"}],
        version=[
            {"type": {"text": "program that wrote this Bundle"}, "value": __version__},
            {"type": {"text": "content of the record"}, "value": text_of(f"{pack['id']} {pack['version']}")},
        ],
        note=[{"text": text_of(material.content["standing_line"])}],
    )


def _people(material: Material) -> dict[str, Json]:
    """A Practitioner for each who signed or responded, by name: nothing but the name is known."""
    names = [material.signed.signature.signer]
    names += [one.signature.signer for one in material.amendments]
    names += [item["response"]["by"] for item in material.content["items"] if item["response"] is not None]
    return {name: _practitioner(material, name) for name in dict.fromkeys(names)}


def _practitioner(material: Material, name: str) -> Json:
    return resource("Practitioner", material.id("person", name), name=[filled(text=text_of(name))] if name else None)
