"""How far a rehearsal has come: its seconds, which stand still in a pause, and the time of day in the story."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta


class Pace:
    """Seconds since a rehearsal began, without its pauses. `ticks`: seconds of a clock that only ever goes on."""

    def __init__(self, seconds: float = 0.0, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._before, self._since = seconds, ticks()
        self._running = True

    @property
    def seconds(self) -> float:
        """So many have passed, to the hundredth."""
        return round(self._before + (self._ticks() - self._since if self._running else 0.0), 2)

    def pause(self) -> None:
        """Stand still until `go_on`."""
        self._before, self._running = self.seconds, False

    def go_on(self) -> None:
        self._since, self._running = self._ticks(), True

    def pass_to(self, minute: int) -> None:
        """Let the time pass until this minute; never back."""
        self._before += max(0.0, 60 * minute - self.seconds)


class StoryClock:
    """The time of day in the story: as it was when the visit began, and as much later as the rehearsal has run."""

    def __init__(self, begun: datetime, pace: Pace) -> None:
        self._begun, self._pace = begun, pace

    def now(self) -> datetime:
        return self._begun + timedelta(seconds=self._pace.seconds)
