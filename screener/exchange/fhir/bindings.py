"""The required bindings of R4 (4.0.1) for everything that a Bundle of ours holds: the models take any code there."""

from __future__ import annotations

from collections.abc import Mapping

from screener.exchange.fhir.names import ABSENT, ABSENT_REASONS, MISTYPED, NOT_TAKEN

_OBSERVATION_STATUS = "registered preliminary final amended corrected cancelled entered-in-error unknown"

REQUIRED: Mapping[str, frozenset[str]] = {
    path: frozenset(codes.split())
    for path, codes in {
        "Bundle.type": "document message transaction transaction-response batch batch-response history searchset "
        "collection",
        "Composition.status": "preliminary final amended entered-in-error",
        "Composition.attester.mode": "personal professional legal official",
        "Composition.section.text.status": "generated extensions additional empty",
        "Patient.identifier.use": "usual official temp secondary old",
        "Device.status": "active inactive entered-in-error unknown",
        "Device.deviceName.type": "udi-label-name user-friendly-name patient-reported-name manufacturer-name "
        "model-name other",
        "Questionnaire.status": "draft active retired unknown",
        "Questionnaire.item.type": "group display boolean decimal integer date dateTime time string text url choice "
        "open-choice attachment reference quantity",
        "Questionnaire.item.enableWhen.operator": "exists = != > < >= <=",
        "Questionnaire.item.enableBehavior": "all any",
        "QuestionnaireResponse.status": "in-progress completed amended entered-in-error stopped",
        "Observation.status": _OBSERVATION_STATUS,
        "MedicationStatement.status": "active completed entered-in-error intended stopped on-hold unknown not-taken",
        "DetectedIssue.status": _OBSERVATION_STATUS,
        "Provenance.entity.role": "derivation revision quotation source removal",
    }.items()
}
"""By the path of the element; an item inside an item has the path of an item."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "Bundle": ("type", "identifier", "timestamp"),
    "Composition": ("status", "type", "date", "author", "title"),
    "Device": ("status",),
    "Questionnaire": ("status", "url", "version"),
    "QuestionnaireResponse": ("status", "questionnaire", "subject", "authored"),
    "Observation": ("status", "code", "subject", "effectiveDateTime", "category"),
    "MedicationStatement": ("status", "medicationCodeableConcept", "subject"),
    "DetectedIssue": ("status", "code", "patient", "author", "evidence"),
    "Provenance": ("target", "recorded", "agent", "signature"),
    "Binary": ("contentType", "data"),
}
"""What each resource has: what R4 demands of it, and what we promise besides."""

REFERRED: Mapping[str, frozenset[str]] = {
    "Composition.subject": frozenset(("Patient",)),
    "Composition.author": frozenset(("Practitioner",)),
    "Composition.attester.party": frozenset(("Practitioner",)),
    "QuestionnaireResponse.subject": frozenset(("Patient",)),
    "QuestionnaireResponse.author": frozenset(("Practitioner",)),
    "Observation.subject": frozenset(("Patient",)),
    "Observation.derivedFrom": frozenset(("Observation", "QuestionnaireResponse")),
    "MedicationStatement.subject": frozenset(("Patient",)),
    "MedicationStatement.informationSource": frozenset(("Patient",)),
    "MedicationStatement.derivedFrom": frozenset(("QuestionnaireResponse",)),
    "DetectedIssue.patient": frozenset(("Patient",)),
    "DetectedIssue.author": frozenset(("Device",)),
    "DetectedIssue.mitigation.author": frozenset(("Practitioner",)),
    "DetectedIssue.evidence.detail": frozenset(("Observation", "MedicationStatement", "QuestionnaireResponse")),
    "Provenance.agent.who": frozenset(("Practitioner",)),
    "Provenance.entity.what": frozenset(("Binary",)),
    "Provenance.signature.who": frozenset(("Practitioner",)),
}
"""Which resources a reference of ours points at."""

ABSENT_CODES_USED = frozenset((*ABSENT_REASONS.values(), "as-text", NOT_TAKEN, MISTYPED))
CODES_OF_EXTENSIONS: Mapping[str, frozenset[str]] = {ABSENT: ABSENT_CODES_USED}
