"""Readings and the day of the visit: what was measured on another day is no reading of this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screener.rules.values import Kind
from screener.screening.answers import Recorded


def lapsing(recorded: Mapping[str, Recorded], visit_date: str) -> Iterator[Recorded]:
    """Readings that were all written down before the day that the visit has now (an ISO day)."""
    for one in recorded.values():
        if one.question.kind is Kind.READINGS and measured_on(one) < visit_date:
            yield one


def measured_on(recorded: Recorded) -> str:
    """The ISO day on which the last of these readings was written down."""
    return max(entry.at[:10] for entry in recorded.entries)
