"""Every record of a reference in order of visit, each with what differs from the one before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screener.records.compare import Comparison, compare
from screener.records.sitting import Sitting, in_order


@dataclass(frozen=True, slots=True)
class Entry:
    """One record or unfinished screening, and how it differs from the record before; None of the first."""

    sitting: Sitting
    before: Sitting | None = None
    since: Comparison | None = None


def timeline(sittings: Iterable[Sitting]) -> tuple[Entry, ...]:
    """In order of visit. An unfinished screening is compared with the signed record before it, as a record is."""
    entries: list[Entry] = []
    last: Sitting | None = None
    for sitting in in_order(sittings):
        since = None if last is None else compare(last.content, sitting.content)
        entries.append(Entry(sitting, last, since))
        if sitting.signed:
            last = sitting
    return tuple(entries)
