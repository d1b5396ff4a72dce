"""Starts the typist over a vault and ends it with kill -9: at a random moment, or inside a commit."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.kills.lines import BEGUN, FD, SAVED, SENT
from tests.kills.typist import WITHOUT_JOURNAL, reference_of
from tests.screen import PLATFORM

ROOT = Path(__file__).resolve().parents[2]
LATEST_S = 4.0
"""A kill comes at most so long after the screening was begun."""
BEGIN_WITHIN_S = 60
LATEST_COMMIT = 5
A_COMMIT_S = 0.003

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Killed:
    """One killed program: the screening it was in, and all it said until its end."""

    reference: str
    lines: tuple[str, ...]

    @property
    def inside_a_commit(self) -> bool:
        """The store was writing steps, and the window did not yet say that they are saved."""
        words = [line.partition(" ")[0] for line in self.lines]
        return SENT in words and SAVED not in words[len(words) - words[::-1].index(SENT) :]


class Typist:
    """A running typist and what it has said so far."""

    def __init__(self, process: subprocess.Popen[bytes], pipe: int, errors: Path) -> None:
        self._process, self._pipe, self._errors = process, pipe, errors
        self._said = b""

    @property
    def lines(self) -> Lines:
        """What it said, whole lines only."""
        return self._said.decode().split("\n")[:-1]

    def listen(self, until: Callable[[Lines], bool], within_s: float) -> bool:
        """Listen until what was said fulfils `until`; False when the time is over or the program has ended."""
        deadline = time.monotonic() + within_s
        while not until(self.lines):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._pipe], [], [], left)[0]:
                return False
            more = os.read(self._pipe, 65_536)
            if not more:
                return False
            self._said += more
        return True

    def kill(self) -> None:
        """kill -9; then what it had still said. AssertionError when it had ended by itself."""
        self._process.send_signal(signal.SIGKILL)
        code = self._process.wait(timeout=20)
        while more := os.read(self._pipe, 65_536):
            self._said += more
        assert code == -signal.SIGKILL, f"the typist ended by itself with {code}:\n{self._errors.read_text()}"


@contextmanager
def typist(folder: Path, seed: int, *more: str) -> Iterator[Typist]:
    """A typist over the vault in this folder. It is dead afterwards, whatever happens."""
    listening, telling = os.pipe()
    environment = os.environ | {FD: str(telling), "QT_QPA_PLATFORM": PLATFORM}
    with tempfile.NamedTemporaryFile(suffix=".txt") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.kills.typist", str(folder), str(seed), *more],
            cwd=ROOT,
            env=environment,
            pass_fds=(telling,),
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        os.close(telling)
        try:
            yield Typist(process, listening, Path(errors.name))
        finally:
            process.kill()
            process.wait(timeout=20)
            os.close(listening)


def kill_when(folder: Path, seed: int, when: Callable[[Typist, random.Random], None], *more: str) -> Killed:
    """Let a typist begin a screening, wait for `when`, and kill it."""
    with typist(folder, seed, *more) as running:
        running.listen(lambda lines: f"{BEGUN} {reference_of(seed)}" in lines, BEGIN_WITHIN_S)
        when(running, random.Random(seed))
        running.kill()
        begun = f"{BEGUN} {reference_of(seed)}" in running.lines
        assert begun, f"no screening was begun within {BEGIN_WITHIN_S} s; it said {running.lines}"
        return Killed(reference_of(seed), tuple(running.lines))


def kill_at_a_moment(folder: Path, seed: int) -> Killed:
    """A kill at a random moment of typing."""
    return kill_when(folder, seed, lambda running, chance: _wait(running, chance.uniform(0, LATEST_S)))


def kill_at_a_commit(folder: Path, seed: int) -> Killed:
    """A kill just after the store began to write steps; `inside_a_commit` says whether "Saved" was faster."""

    def when(running: Typist, chance: random.Random) -> None:
        # One of the first, and the last line: where "Saved" came along with it, the next commit is waited for.
        which = chance.randint(1, LATEST_COMMIT)
        running.listen(lambda lines: lines[-1:] == [SENT] and lines.count(SENT) >= which, 30)
        _wait(running, chance.uniform(0, A_COMMIT_S))

    return kill_when(folder, seed, when)


def kill_without_journal(folder: Path, seed: int) -> Killed:
    """The planted failure: the journal is not written, the program says "Saved" all the same, and is killed then."""
    return kill_when(folder, seed, lambda running, _: _wait_for_saved(running), WITHOUT_JOURNAL)


def _wait(running: Typist, for_s: float) -> None:
    running.listen(lambda _: False, for_s)


def _wait_for_saved(running: Typist) -> None:
    running.listen(lambda lines: any(line.startswith(SAVED) for line in lines), 30)
