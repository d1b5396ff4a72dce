"""What was recorded under one question: who said it, who wrote it down, when, with which note.

Several accounts stand side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from screener.forms.answering import Account, Given, read_account
from screener.forms.model import Question
from screener.language import kept, tr
from screener.rules.values import State

PATIENT = kept("patient")
OBSERVED = kept("clinician's observation")
INFORMANTS = (
    PATIENT,
    kept("partner or family"),
    kept("other clinician"),
    kept("chart or letter"),
    OBSERVED,
    kept("interpreter"),
)
"""Offered on screen; any other text is accepted."""
ON_SCREEN = kept("patient, on screen")
BY_THEMSELVES: tuple[tuple[str, str], ...] = (
    (ON_SCREEN, tr("The patient")),
    (kept("patient, on screen, with help"), tr("The patient, with somebody's help")),
    (kept("partner or family, on screen"), tr("Partner or family, for the patient")),
)
"""Who answers while the screen is handed over: the informant of each answer, and how the choice reads."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Of which signed record an answer was carried from: its id, the day of its visit, when it was signed, its hash.

    `asked`: it was asked today, and is the same; without that it was taken over as the record has it.
    """

    record: str
    visit_date: str
    signed_at: str
    sha256: str
    asked: bool = False

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class NotAskedToday:
    """What an earlier record holds under a question that was not asked today. No rule reads it."""

    words: str
    source: Carried

    def to_json(self) -> dict[str, Any]:
        return {"words": self.words} | self.source.to_json()


@dataclass(frozen=True)
class Entry:
    """One account: the raw JSON value or a state, by whom, recorded by whom and when, carried from where, if it was."""

    by: str
    state: State
    raw: Any
    at: str
    recorded_by: str
    note: str = ""
    carried: Carried | None = None

    def to_json(self) -> dict[str, Any]:
        said = {"value": self.raw} if self.state is State.ANSWERED else {"state": str(self.state)}
        extra: dict[str, Any] = {"note": self.note} if self.note else {}
        if self.carried is not None:
            extra["carried"] = self.carried.to_json()
        return {"by": self.by, **said, "at": self.at, "recorded_by": self.recorded_by, **extra}


def said_again(entry: Entry) -> Any:
    """The raw JSON by which the same is recorded once more."""
    return entry.raw if entry.state is State.ANSWERED else {"state": str(entry.state)}


def as_typed(raw: Any) -> Any:
    """A raw answer with every decimal as the text a person would type: what a journal and a record can keep."""
    match raw:
        case Decimal():
            return format(raw, "f")
        case Mapping():
            return {str(key): as_typed(value) for key, value in raw.items()}
        case list() | tuple():
            return [as_typed(value) for value in raw]
        case _:
            return raw


@dataclass(frozen=True)
class Recorded:
    """All accounts under one question, never empty. `used` names the account that holds where they differ."""

    question: Question
    entries: tuple[Entry, ...]
    used: str | None = None

    @cached_property
    def given(self) -> Given:
        """As the form reads it."""
        return Given(tuple(self._account(entry) for entry in self.entries), self.used)

    def _account(self, entry: Entry) -> Account:
        if entry.state is State.ANSWERED:
            return read_account(self.question, entry.raw, entry.by)
        return Account(entry.by, entry.state)

    def entry_of(self, by: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.by == by), None)

    def with_entry(self, entry: Entry) -> Recorded:
        """The same with one informant's account added or replaced.

        A choice among accounts is asked anew when one changes.
        """
        if self.entry_of(entry.by) is None:
            return replace(self, entries=(*self.entries, entry), used=None)
        entries = tuple(entry if old.by == entry.by else old for old in self.entries)
        return replace(self, entries=entries, used=self.used if self.used != entry.by else None)

    def without(self, by: str) -> Recorded | None:
        """The same without one informant's account; None when no account is left."""
        entries = tuple(entry for entry in self.entries if entry.by != by)
        return replace(self, entries=entries, used=None if self.used == by else self.used) if entries else None

    def to_json(self) -> dict[str, Any]:
        return {"accounts": [entry.to_json() for entry in self.entries], "used": self.used}

    @classmethod
    def from_json(cls, question: Question, raw: Mapping[str, Any]) -> Recorded:
        """What `to_json` wrote."""
        entries = tuple(
            Entry(
                by=entry["by"],
                state=State(entry["state"]) if "state" in entry else State.ANSWERED,
                raw=entry.get("value"),
                at=entry["at"],
                recorded_by=entry["recorded_by"],
                note=entry.get("note", ""),
                carried=Carried(**entry["carried"]) if "carried" in entry else None,
            )
            for entry in raw["accounts"]
        )
        return cls(question, entries, raw.get("used"))
