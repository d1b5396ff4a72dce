"""What a clinic chose: kept in its vault, each change with a line in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from screener.ui.idle import LOCK_AFTER_MIN

CHOICES = "clinic"
"""Where the vault keeps what the clinic chose."""
BACKUPS = "backups"
"""Where it keeps how backups are made."""
SHEET = "recovery sheet"
"""Where it keeps whether somebody has said that the recovery key was written down."""
KEPT, NOT_KEPT = {"written_down": True}, {"written_down": False}
"""What it keeps there."""
LOCK_MINUTES = (2, 5, 10, 15, 30)
BLANK_MINUTES, BLANK_AFTER_MIN = (1, 2, 3, 5, 10), 3
"""After how long without a touch a screen that was handed over is hidden."""
KEPT_NUMBERS, KEPT_USUALLY = (7, 14, 30, 90), 14
"""How many automatic backups may be kept, and how many are where nobody chose."""


@dataclass(frozen=True, slots=True)
class ClinicChoices:
    """The clinic's parameters, its crisis card, its country, when records are locked with nobody there.

    Of a screen in the patient's hands: when it is hidden, and the site's own words after a time-critical answer.
    """

    parameters: Mapping[str, str]
    crisis_card: str
    country: str
    lock_after_min: int = LOCK_AFTER_MIN
    blank_after_min: int = BLANK_AFTER_MIN
    patient_words: str = ""

    def to_json(self) -> dict[str, object]:
        return {
            "parameters": dict(self.parameters),
            "crisis_card": self.crisis_card,
            "country": self.country,
            "lock_after_min": self.lock_after_min,
            "blank_after_min": self.blank_after_min,
            "patient_words": self.patient_words,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> ClinicChoices:
        """What the vault keeps; what was never chosen is as the program comes."""
        found = kept or {}
        minutes = found.get("lock_after_min", LOCK_AFTER_MIN)
        blank = found.get("blank_after_min", BLANK_AFTER_MIN)
        return cls(
            dict(found.get("parameters", {})),
            str(found.get("crisis_card", "")),
            str(found.get("country", "")),
            minutes if minutes in LOCK_MINUTES else LOCK_AFTER_MIN,
            blank if blank in BLANK_MINUTES else BLANK_AFTER_MIN,
            str(found.get("patient_words", "")),
        )


@dataclass(frozen=True, slots=True)
class BackupChoices:
    """Where backups lie, how many automatic ones are kept, whether one is made when the window closes."""

    folder: Path
    keep: int
    daily: bool = True

    def to_json(self) -> dict[str, object]:
        return {"folder": str(self.folder), "keep": self.keep, "daily": self.daily}

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None, home: Path) -> BackupChoices:
        """What the vault keeps; what was never chosen is as the program comes."""
        usual = cls(home / "backups", KEPT_USUALLY)
        if not kept:
            return usual
        keep = kept.get("keep", KEPT_USUALLY)
        made = replace(usual, keep=keep if keep in KEPT_NUMBERS else KEPT_USUALLY, daily=kept.get("daily") is not False)
        return replace(made, folder=Path(str(kept["folder"]))) if kept.get("folder") else made
