"""Who made what when, with the signatures, and the signed bytes that they are over."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

from screener.exchange.fhir.elements import Json, coding, nested, part, reference, resource
from screener.exchange.fhir.material import Material
from screener.exchange.fhir.names import AUTHORS_SIGNATURE, PARTICIPANT, SIGNATURE_TYPE
from screener.records.browse import SignedRecord

RAW = "application/octet-stream"
JSON = "application/json"


def provenances(material: Material, cover: Json, facts: Sequence[Json], people: Mapping[str, Json]) -> list[Json]:
    """A Provenance for the record and for each amendment, each with the bytes that were signed.

    The signature is raw Ed25519 over the statement, which names the SHA-256 of the content; records of the first
    version have no statement, and there it is over the content itself.
    """
    found = _sealed(material, material.signed, [cover, *facts], people)
    for one in material.amendments:
        found += _sealed(material, one, [cover], people)
    return found


def _sealed(
    material: Material, signed: SignedRecord, targets: Sequence[Json], people: Mapping[str, Json]
) -> list[Json]:
    content = _binary(material, signed, "content", signed.content)
    statement = _binary(material, signed, "statement", signed.statement) if signed.statement else None
    signature, who = signed.signature, people[signed.signature.signer]
    over = content if statement is None else statement
    key = [
        *part("algorithm", "valueCode", "Ed25519"),
        *part("public-key", "valueString", signature.public_key),
        *part("fingerprint", "valueString", signature.fingerprint),
        {"url": "over", "valueReference": reference(over)},
    ]
    made = resource(
        "Provenance",
        material.id("provenance", signed.record),
        target=[reference(target) for target in targets],
        recorded=signature.signed_at,
        agent=[{"type": {"coding": [coding(PARTICIPANT, "author")]}, "who": reference(who)}],
        entity=[{"role": "source", "what": reference(one)} for one in (content, statement) if one is not None],
        signature=[
            {
                "extension": [nested("signed-with", key)],
                "type": [coding(SIGNATURE_TYPE, AUTHORS_SIGNATURE)],
                "when": signature.signed_at,
                "who": reference(who),
                "targetFormat": JSON,
                "sigFormat": RAW,
                "data": signature.value,
            }
        ],
    )
    return [made, content, *([] if statement is None else [statement])]


def _binary(material: Material, signed: SignedRecord, name: str, raw: bytes) -> Json:
    data = base64.b64encode(raw).decode("ascii")
    return resource("Binary", material.id("bytes", signed.record, name), contentType=JSON, data=data)
