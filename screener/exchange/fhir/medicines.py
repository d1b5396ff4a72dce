"""Each medicine as a MedicationStatement: as it was told, by whom, with nothing added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from screener.exchange.fhir.elements import Json, concept, extended, filled, reference, resource, text_of
from screener.exchange.fhir.material import AsAsked, Material
from screener.exchange.fhir.values import ROUTE_CODES
from screener.forms.answering import read_value
from screener.rules.values import Kind, MedicineEntry, Medicines, PartialDate, State
from screener.rules.words import ROUTE_WORDS
from screener.screening.answers import PATIENT, Entry

_STATUS = {"current": "active", "stopped": "stopped", "not_known": "unknown"}
_DIFFERING = "Accounts of the medicines differ, and none is named as the one used."


def medication_statements(material: Material, patient: Json, response: Json) -> list[tuple[str, Json]]:
    """Every medicine with its question. Where accounts differ each stands by itself, its status unknown."""
    return [
        (asked.id, _statement(material, asked, told, patient, response))
        for asked in material.asked.values()
        for told in _told(asked)
    ]


class _Told:
    """One medicine of one account."""

    def __init__(self, entry: Entry, medicine: MedicineEntry, number: int, differing: bool) -> None:
        self.entry, self.medicine, self.number, self.differing = entry, medicine, number, differing


def _told(asked: AsAsked) -> Iterable[_Told]:
    question, recorded = asked.question, asked.recorded
    if question is None or recorded is None or question.kind is not Kind.MEDICINES:
        return
    differing = asked.state is State.DIFFERING
    entries = recorded.entries if differing else () if asked.stands is None else (asked.stands,)
    for entry in entries:
        value = read_value(question, entry.raw) if entry.state is State.ANSWERED else None
        for number, medicine in enumerate(value.items if isinstance(value, Medicines) else (), start=1):
            yield _Told(entry, medicine, number, differing)


def _statement(material: Material, asked: AsAsked, told: _Told, patient: Json, response: Json) -> Json:
    medicine, entry = told.medicine, told.entry
    notes = [f"Told or read: {medicine.told_by}"] if medicine.told_by else []
    notes += [_DIFFERING] if told.differing else []
    by_patient = entry.by == PATIENT
    return resource(
        "MedicationStatement",
        material.id("medicine", asked.id, entry.by, str(told.number)),
        extension=[extended("question", "valueString", asked.id), *_last_taken(medicine)],
        status="unknown" if told.differing else _STATUS[medicine.use],
        medicationCodeableConcept=concept(medicine.name),
        subject=reference(patient),
        effectivePeriod=_period(medicine),
        dateAsserted=entry.at or None,
        informationSource=reference(patient) if by_patient else {"display": text_of(entry.by or "not named")},
        derivedFrom=[reference(response)],
        note=[{"text": text_of(note)} for note in notes],
        dosage=_dosage(medicine),
    )


def _period(medicine: MedicineEntry) -> Json:
    """From its start to its last day; the last day of what is still taken is no end."""
    ended = medicine.last_taken if medicine.use == "stopped" else None
    # Of a period that ends before it begins (a check among the answers) FHIR takes the end alone.
    begun = medicine.started if ended is None or _before(medicine.started, ended) else None
    return filled(start=_text(begun), end=_text(ended))


def _before(one: PartialDate | None, other: PartialDate) -> bool:
    return one is not None and one.first <= other.last


def _text(day: PartialDate | None) -> str | None:
    return None if day is None else day.text


def _last_taken(medicine: MedicineEntry) -> list[Json]:
    if medicine.last_taken is None or medicine.use == "stopped":
        return []
    return [extended("last-taken", "valueDateTime", medicine.last_taken.text)]


def _dosage(medicine: MedicineEntry) -> list[Json]:
    words = concept(ROUTE_WORDS[medicine.route], medicine.route, ROUTE_CODES) if medicine.route else None
    found: dict[str, Any] = filled(text=text_of(medicine.dose or ""), route=words)
    return [found] if found else []
