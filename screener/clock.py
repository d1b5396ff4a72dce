"""The only place that asks the time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells local time with its offset from UTC; tests bring their own."""

    def now(self) -> datetime:
        """The present moment, timezone-aware."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now().astimezone()


class FixedClock:
    """Stands still until told otherwise: for tests, pictures and replays."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment if moment.tzinfo else moment.astimezone()

    def now(self) -> datetime:
        return self.moment


def today(clock: Clock) -> date:
    """The local calendar day of the clock's present moment."""
    return clock.now().date()
