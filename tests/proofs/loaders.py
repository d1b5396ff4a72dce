"""Hostile and random inputs to every loader: an answer or a refusal in words, no crash, no hang, nothing half done."""

from __future__ import annotations

import hmac
import os
import random
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType, SimpleNamespace
from unittest.mock import patch

from screener.store import head
from screener.text import WorldError
from tests.proofs.loading.loaders import LOADERS
from tests.proofs.spread import spread
from tests.proofs.table import Asked, Proof, Row, planted

LONGEST_S = 10
PLANTED = 30


@dataclass(frozen=True, slots=True)
class Tried:
    """One input and what came of it: taken or refused, or how it failed."""

    loader: str
    seed: int
    taken: bool
    failure: str = ""


class _Hang(BaseException):
    """An input took too long. Nobody catches it by mistake."""


def prove(asked: Asked) -> list[Row]:
    """So many inputs for every loader."""
    found: list[Row] = []
    for name in LOADERS:
        tries = list(spread(partial(load_some, name), asked))
        for tried in tries:
            if tried.failure:
                asked.say(f"{name}, seed {tried.seed}: {tried.failure}")
        asked.say(f"{name}: {sum(tried.taken for tried in tries):,} of {len(tries):,} were taken")
        found.append(Row(f"hostile inputs: {name}", len(tries), sum(bool(tried.failure) for tried in tries)))
    return [*found, planted("a head is read without asking who wrote it", [careless(PLANTED)])]


def load_some(name: str, seeds: range) -> list[Tried]:
    """One input for each seed."""
    return [load_one(name, seed) for seed in seeds]


def load_one(name: str, seed: int) -> Tried:
    """One input: taken, or refused with words and a next step."""
    # Each loader has seeds of its own; a text and not its hash, which differs from process to process.
    chance = random.Random(f"{name} {seed}")
    try:
        with tempfile.TemporaryDirectory(prefix="input-") as folder, _in_time():
            LOADERS[name](chance, Path(folder))
    except WorldError as problem:
        said = problem.said and (problem.next_step or name == "recovery key")
        return Tried(name, seed, False, "" if said else f"{type(problem).__name__} without words")
    except (Exception, _Hang) as error:
        return Tried(name, seed, False, f"{type(error).__name__}: {str(error)[:300]}")
    return Tried(name, seed, True)


def careless(number: int) -> bool:
    """The planted failure: a head is read as if nobody else could have written it. Whether that was noticed."""
    trusting = SimpleNamespace(digest=hmac.digest, compare_digest=lambda *_: True)
    with patch.object(head, "hmac", trusting):
        return any(tried.failure for tried in load_some("head", range(number)))


@contextmanager
def _in_time() -> Iterator[None]:
    """No input may take longer than its time: the processor's, which another program's work does not lengthen.

    Without such an alarm (Windows) one that hangs holds everything up.
    """
    if os.name == "nt":
        yield
        return

    def late(_: int, __: FrameType | None) -> None:
        raise _Hang(f"longer than {LONGEST_S} s")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


PROOF = Proof("inputs", 10_000, "inputs for each loader", prove)
