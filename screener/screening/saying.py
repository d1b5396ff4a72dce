"""What one informant says under one question, and the step that recording it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from screener.forms.answering import read_state
from screener.forms.model import Question
from screener.rules.values import State
from screener.screening.answers import PATIENT, Carried, Entry, Recorded, as_typed
from screener.screening.following import ORIGINS, given_way
from screener.screening.steps import Answered


@dataclass(frozen=True, slots=True)
class Saying:
    """An answer as JSON; `{"state": "declined"}` says a state. Without a `note` the one that is there stays.

    `carried`: the earlier record it is the same as; that stays for as long as the answer does.
    """

    question: str
    raw: Any
    by: str = PATIENT
    note: str | None = None
    carried: Carried | None = None


def recording(
    question: Question, before: Recorded | None, saying: Saying, *, at: str, recorded_by: str
) -> Answered | None:
    """The step; None where that is recorded already. NotAnAnswer where it cannot be stored."""
    raw, old = saying.raw, before.entry_of(saying.by) if before else None
    stated = isinstance(raw, Mapping) and "state" in raw
    entry = Entry(
        by=saying.by,
        state=read_state(raw["state"]) if stated else State.ANSWERED,
        raw=None if stated else as_typed(raw),
        at=at,
        recorded_by=recorded_by,
        note=saying.note if saying.note is not None else _note_of(old, raw),
        carried=saying.carried,
    )
    if old is not None and saying.carried is None and (old.state, old.raw) == (entry.state, entry.raw):
        # The same once more, or a note beside it: it was said when it was said, to whom it was said.
        entry = replace(entry, carried=old.carried, at=old.at, recorded_by=old.recorded_by)
    stands = given_way(before, saying.by) if before else None
    after = stands.with_entry(entry) if stands else Recorded(question, (entry,))
    _ = after.given  # reads the raw value: what cannot be stored is refused before anything changes
    return None if old is not None and _same(old, entry) else Answered(question, before, after)


def _note_of(old: Entry | None, raw: Any) -> str:
    """A note stays, but one that says where another answer was from."""
    if old is None or (old.note in ORIGINS and old.raw != as_typed(raw)):
        return ""
    return old.note


def _same(old: Entry, new: Entry) -> bool:
    """Whether nothing was said that is not recorded already."""
    return replace(new, at=old.at, recorded_by=old.recorded_by) == old
