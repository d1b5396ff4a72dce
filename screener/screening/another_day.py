"""Readings and the day of the visit: what was measured on another day is no reading of this one."""

from __future__ import annotations

from screener.rules.values import Kind
from screener.screening.answers import Recorded


def is_of_before(recorded: Recorded, visit_date: str) -> bool:
    """Whether these are readings that were all written down before the day of the visit (an ISO day)."""
    return recorded.question.kind is Kind.READINGS and measured_on(recorded) < visit_date


def measured_on(recorded: Recorded) -> str:
    """The ISO day on which the last of these readings was written down."""
    return max(entry.at[:10] for entry in recorded.entries)
