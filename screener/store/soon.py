"""Down to the disk without being waited for."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock

MOMENT_S = 0.05
"""So long it waits for more to be written; at most so much is lost with the power, and never to a crash."""


class Soon:
    """Brings what was written to a file down to the disk a moment later, once for all that was written until then."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="soon")
        self._turn, self._hurry = Lock(), Event()
        self._waiting = self._refused = False
        self._last: Future[None] | None = None

    @property
    def refused(self) -> bool:
        """Whether something could not be brought there; it then has to be written anew."""
        return self._refused

    def written(self) -> None:
        """Something was written."""
        with self._turn:
            if not self._waiting:
                self._waiting = True
                self._last = self._worker.submit(self._bring)

    def end(self) -> None:
        """Bring there what is left, and wait for it. Look at `refused` afterwards."""
        self._hurry.set()
        self._worker.shutdown()
        if self._last is not None:
            self._last.result()

    def _bring(self) -> None:
        self._hurry.wait(MOMENT_S)
        with self._turn:
            # From here on what is written waits for the next time: it may come too late for this one.
            self._waiting = False
        try:
            _sync(self._descriptor)
        except OSError:
            self._refused = True


if hasattr(os, "fdatasync"):
    # The file keeps its size: what else there is to know of it needs no way to the disk.
    _sync = os.fdatasync
else:
    _sync = os.fsync
