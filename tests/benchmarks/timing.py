"""The least processor time that a piece of work takes: what else runs on the machine does not count into it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def least(work: Callable[[], object], rounds: int = 21) -> float:
    """Seconds of processor time, over all threads of the process, the least of some rounds, the collector at rest."""
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            begun = time.process_time()
            work()
            times.append(time.process_time() - begun)
    finally:
        gc.enable()
    return min(times)
