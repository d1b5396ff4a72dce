"""Readings and the day of the visit: what was measured on another day is no reading of this one, row by row.

A row knows at most the time at which it was taken, so its day is the one on which it was first written down. What it
says of itself, as rows of a log kept at home do, is for the rules and says nothing of when it became known here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from screener.rules.values import State
from screener.screening.answers import Entry, Recorded


class WrittenDown:
    """When each row of readings was first written down, as the steps tell it; a row that is corrected keeps that."""

    def __init__(self) -> None:
        self._at: dict[tuple[str, str, str], str] = {}

    def note(self, before: Recorded | None, after: Recorded) -> None:
        """Hear of an answer, and of what stood before it. The journal tells the same once more."""
        for entry in after.entries:
            stood = before.entry_of(entry.by) if before is not None else None
            old, new = _told(stood), _told(entry)
            for place, row in enumerate(new):
                was = old[place] if len(old) == len(new) and old[place] not in new else None
                self._note(after.question.id, entry, row, was)

    def _note(self, question_id: str, entry: Entry, row: str, was: str | None) -> None:
        key = (question_id, entry.by, row)
        if key not in self._at:
            known = None if was is None else self._at.pop((question_id, entry.by, was), None)
            self._at[key] = known or entry.at

    def at(self, recorded: Recorded, entry: Entry, row: Any) -> str:
        """The ISO moment at which a row of this account was first written down."""
        return self._at.get((recorded.question.id, entry.by, _key(row)), entry.at)

    def split(self, recorded: Recorded, visit_date: str) -> tuple[Recorded | None, Recorded | None]:
        """Readings apart: what was written down before this ISO day, as of then, and what since."""
        before = self._those(recorded, lambda at: at[:10] < visit_date)
        return before, self._those(recorded, lambda at: at[:10] >= visit_date)

    def by_day(self, recorded: Recorded) -> list[tuple[str, Recorded]]:
        """Readings apart by the ISO days on which they were written down, earliest first."""
        moments = (self.at(recorded, entry, row) for entry in recorded.entries for row in _rows(entry) or (None,))
        apart = ((day, self._those(recorded, _on(day))) for day in sorted({at[:10] for at in moments}))
        return [(day, found) for day, found in apart if found is not None]

    def _those(self, recorded: Recorded, wanted: Callable[[str], bool]) -> Recorded | None:
        found: list[Entry] = []
        for entry in recorded.entries:
            rows = _rows(entry)
            if not rows:
                found += [entry] if wanted(entry.at) else []
                continue
            chosen = [(row, at) for row in rows if wanted(at := self.at(recorded, entry, row))]
            if chosen:
                at = entry.at if wanted(entry.at) else max(at for _, at in chosen)
                found.append(replace(entry, raw=[row for row, _ in chosen], at=at))
        return _of(recorded, found)


def without(recorded: Recorded, other: Recorded | None) -> Recorded | None:
    """What of these readings is not among others; None where nothing is."""
    found: list[Entry] = []
    for entry in recorded.entries:
        stands = other.entry_of(entry.by) if other is not None else None
        there = set(_told(stands))
        rows = [row for row in _rows(entry) if _key(row) not in there]
        if stands is None or rows:
            found.append(replace(entry, raw=rows) if rows else entry)
        elif not _rows(entry) and (entry.state, entry.raw) != (stands.state, stands.raw):
            found.append(entry)
    return _of(recorded, found)


def together(first: Recorded | None, then: Recorded) -> Recorded:
    """Readings of one question behind each other; of an account that is no rows the later one stands."""
    if first is None:
        return then
    entries = [_joined(entry, then.entry_of(entry.by)) for entry in first.entries]
    added = [entry for entry in then.entries if first.entry_of(entry.by) is None]
    return Recorded(then.question, (*entries, *added), then.used)


def _joined(first: Entry, then: Entry | None) -> Entry:
    if then is None:
        return first
    there = set(_told(then))
    rows = [*(row for row in _rows(first) if _key(row) not in there), *_rows(then)]
    return replace(then, raw=rows) if _rows(then) else then


def _of(recorded: Recorded, entries: Sequence[Entry]) -> Recorded | None:
    used = recorded.used if any(entry.by == recorded.used for entry in entries) else None
    return Recorded(recorded.question, tuple(entries), used) if entries else None


def _rows(entry: Entry | None) -> Sequence[Any]:
    """The readings of an account, one by one; none where it is a state, or says that none was taken."""
    if entry is None or entry.state is not State.ANSWERED or not isinstance(entry.raw, list):
        return ()
    return entry.raw


def _told(entry: Entry | None) -> list[str]:
    return [_key(row) for row in _rows(entry)]


def _key(row: Any) -> str:
    return json.dumps(row, sort_keys=True, default=str)


def _on(day: str) -> Callable[[str], bool]:
    return lambda at: at[:10] == day
