"""Many tries of one kind over several processes, each from its own seed, so that any of them can be repeated alone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from tests.proofs.table import Asked

T = TypeVar("T")
_AT_A_TIME = 25


def spread(work: Callable[[range], list[T]], asked: Asked, first: int = 0) -> Iterator[T]:
    """What `work` makes of the seeds from `first` on, in their order. `work` is a function that a module can name."""
    seeds = range(first, first + asked.number)
    some = [seeds[start : start + _AT_A_TIME] for start in range(0, len(seeds), _AT_A_TIME)]
    done = 0
    for found in _mapped(work, some, asked.workers):
        yield from found
        done += len(found)
        if done % 500 < len(found):
            asked.say(f"{done:,} of {asked.number:,}")


def _mapped(work: Callable[[range], list[T]], some: list[range], workers: int) -> Iterator[list[T]]:
    if workers == 1:
        yield from map(work, some)
        return
    # Not forked: a program with threads that is copied as it stands may wait for ever for one that was not copied.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(work, some)
