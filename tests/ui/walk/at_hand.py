"""Work that a page would leave to a thread, done when the walk says so: nothing is waited for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from screener.text import WorldError
from screener.ui.jobs import Jobs


class ByHand(Jobs):
    """Keeps jobs until `work_off`, then does them in their order on this thread."""

    def __init__(self, name: str = "store", parent: Any = None) -> None:
        super().__init__(name, parent)
        self._kept: list[tuple[Callable[[], Any], Callable[[Any], None], Callable[[WorldError], None]]] = []

    def submit(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[WorldError], None]
    ) -> Future[Any]:
        self._kept.append((work, done, failed))
        return Future()

    def work_off(self) -> None:
        """Do what is kept, and what that brings."""
        while self._kept:
            work, done, failed = self._kept.pop(0)
            try:
                value = work()
            except WorldError as problem:
                failed(problem)
            else:
                done(value)
