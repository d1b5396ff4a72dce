"""A second program over the same records: refused in words at any moment, while the first goes on undisturbed."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from screener.store import files
from screener.store.failures import OpenElsewhere
from tests.proofs.table import ROOT, Asked, Proof, Row, planted
from tests.store.places import made, opened
from tests.store.saving import batch

TRIES = 10
LONGEST_S = 0.05


@dataclass(frozen=True, slots=True)
class Tried:
    """How often the second one was refused; what went wrong, if anything did."""

    refused: int
    failure: str = ""


def prove(asked: Asked) -> list[Row]:
    """So many openings beside a program that saves, ten beside each."""
    tries = [beside_one_that_saves(seed) for seed in range(-(-asked.number // TRIES))]
    for tried in tries:
        if tried.failure:
            asked.say(tried.failure)
    return [
        Row(
            "a second program over the same records", sum(t.refused for t in tries), sum(bool(t.failure) for t in tries)
        ),
        planted("a folder that nobody holds", [bool(without_hold().failure)]),
    ]


def without_hold(seed: int = 0) -> Tried:
    """The planted failure: the second one asks nobody."""
    with patch.object(files, "_lock", lambda _: None):
        return beside_one_that_saves(seed)


def beside_one_that_saves(seed: int) -> Tried:
    """Open at random moments beside a program that saves; kill that one; then everything it said is there."""
    chance, refused = random.Random(seed), 0
    with tempfile.TemporaryDirectory(prefix="second-") as place:
        folder = Path(place)
        made(folder)[0].close()
        command = [sys.executable, "-m", "tests.store.saving", place, str(seed)]
        first = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            assert first.stdout
            screening = first.stdout.readline().split()[1]
            for _ in range(TRIES):
                time.sleep(chance.uniform(0, LONGEST_S))
                _is_refused(folder)
                refused += 1
            assert first.poll() is None, "the first program ended"
            first.send_signal(signal.SIGKILL)
            saved = [int(line.split()[1]) for line in first.communicate(timeout=20)[0].splitlines()]
            with opened(folder) as vault:
                steps = vault.shelf.draft(screening).steps
                assert len(steps) >= saved[-1], f"lost: {saved[-1]} were said to be saved, {len(steps)} are there"
                assert steps == tuple(batch(screening, 1, len(steps)))
                assert vault.verify() == ()
        except Exception as error:
            return Tried(refused, f"seed {seed}: {type(error).__name__}: {error}")
        finally:
            first.kill()
            first.communicate(timeout=20)
    return Tried(refused)


def _is_refused(folder: Path) -> None:
    try:
        opened(folder).close()
    except OpenElsewhere as problem:
        assert "already open" in problem.said
        assert problem.next_step
        return
    raise AssertionError("two programs had the same records open")


PROOF = Proof("instances", 100, "openings beside a program that saves", prove)
