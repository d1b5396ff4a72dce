"""When something happened, as the desk says it."""

from __future__ import annotations

from screener.clock import Clock, today
from screener.forms.words import short_day
from screener.language import WINDOW


def time_said(at: str, clock: Clock) -> str:
    """`10:22`; with its day, `26 Nov 2026, 10:22`, where that is not today's. `at`: an ISO moment."""
    day, time = at[:10], at[11:16]
    return time if day == today(clock).isoformat() else f"{short_day(day, WINDOW)}, {time}"
