"""Which questions are measurements that LOINC has a code for. No code stands here that the fact bases do not have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PRESSURE_PANEL = "85354-9"
PRESSURES: Mapping[str, str] = {"systolic": "8480-6", "diastolic": "8462-4"}
HEART_RATE = "8867-4"


@dataclass(frozen=True, slots=True)
class Measure:
    """A question whose answer is one measurement: its code, and the category that an Observation of it has."""

    loinc: str
    category: str = "vital-signs"


MEASURES: Mapping[str, Measure] = {
    "body.weight": Measure("29463-7"),
    "body.height": Measure("8302-2"),
    "body.bmi": Measure("39156-5"),
    "medical.oxygen_saturation": Measure("2708-6"),
    "day.oxygen": Measure("2708-6"),
    "day.temperature": Measure("8310-5"),
    "ecg.qtc": Measure("8636-3", "procedure"),
    "heart.sodium": Measure("2951-2", "laboratory"),
}
"""Psychedelics and instruments, 13b. Of QTc it is the code that names no method of correction."""

KNOWN: frozenset[str] = frozenset(
    (PRESSURE_PANEL, HEART_RATE, *PRESSURES.values(), *(measure.loinc for measure in MEASURES.values()))
)
"""Instruments bring theirs with the content."""
