"""`python -m tests.proofs [--kills N]`: proofs by number, 1,000 kills unless told; the table goes into the README."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from screener.clock import SystemClock, today
from screener.forms.model import Pack
from tests.kills.killing import Killed, kill_at_a_commit, kill_at_a_moment, kill_without_journal
from tests.kills.lines import shown_as_saved
from tests.kills.oracle import check, shipped_pack
from tests.store.places import made

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- proofs -->", "<!-- /proofs -->"
KILLS = 1_000
# One in so many is aimed inside a commit.
AIMED = 4
PLANTED = 3
# Killed over one vault, one after another, before the next gets a new one.
ON_ONE_VAULT = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """One kill and what the check said; no words where nothing was lost."""

    seed: int
    killed: Killed | None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    how_many: int
    failures: int


def main(arguments: Sequence[str]) -> int:
    """Run the proofs, show the table, write it into the README; 1 when anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs")
    parser.add_argument("--kills", type=int, default=KILLS, help="how many kills (%(default)s)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many at a time (%(default)s)")
    asked = parser.parse_args(arguments)
    pack, commit = shipped_pack(), commit_of(ROOT)
    outcomes = kills(asked.kills, asked.workers, pack)
    planted = [alone(seed, kill_without_journal, pack) for seed in range(PLANTED)]
    for outcome in outcomes:
        if outcome.failure:
            sys.stderr.write(f"seed {outcome.seed}: {outcome.failure}\n")
    table = table_of(rows(outcomes, planted), today(SystemClock()).isoformat(), commit)
    sys.stdout.write(table)
    README.write_text(with_table(README.read_text(encoding="utf-8"), table), encoding="utf-8")
    return int(any(row.failures for row in rows(outcomes, planted)))


def kills(number: int, workers: int, pack: Pack) -> list[Outcome]:
    """Kill so many programs, some at a time."""
    batches = [range(first, min(first + ON_ONE_VAULT, number)) for first in range(0, number, ON_ONE_VAULT)]
    with tempfile.TemporaryDirectory(prefix="proofs-") as place:
        folders = [Path(place) / str(batch.start) for batch in batches]
        for folder in folders:
            made(folder)[0].close()
        with ThreadPoolExecutor(workers) as pool:
            done = pool.map(on_one_vault, folders, batches, [pack] * len(batches))
            return [outcome for batch in done for outcome in batch]


def on_one_vault(folder: Path, seeds: range, pack: Pack) -> list[Outcome]:
    """Kill over one vault, again and again: after each kill all that was ever shown as saved in it must be there."""
    outcomes: list[Outcome] = []
    for seed in seeds:
        how = kill_at_a_commit if seed % AIMED == 0 else kill_at_a_moment
        before = [outcome.killed for outcome in outcomes if outcome.killed is not None and not outcome.failure]
        outcomes.append(tried(folder, seed, how, before, pack))
    return outcomes


def alone(seed: int, how: Callable[[Path, int], Killed], pack: Pack) -> Outcome:
    """One kill over a vault of its own."""
    with tempfile.TemporaryDirectory(prefix="proofs-") as folder:
        made(Path(folder))[0].close()
        return tried(Path(folder), seed, how, [], pack)


def tried(folder: Path, seed: int, how: Callable[[Path, int], Killed], before: Sequence[Killed], pack: Pack) -> Outcome:
    """One kill and its check. Whatever goes wrong is a failure of this one, the next is tried all the same."""
    killed: Killed | None = None
    try:
        killed = how(folder, seed)
        check(folder, [*before, killed], pack)
    except Exception as error:
        return Outcome(seed, killed, f"{type(error).__name__}: {error}")
    return Outcome(seed, killed)


def rows(outcomes: Sequence[Outcome], planted: Sequence[Outcome]) -> list[Row]:
    """The table. A kill that did not come about counts as a failure of the first line."""
    inside = [outcome for outcome in outcomes if outcome.killed is not None and outcome.killed.inside_a_commit]
    elsewhere = [outcome for outcome in outcomes if outcome not in inside]
    moments = sum(len(list(shown_as_saved(o.killed.lines))) for o in outcomes if o.killed is not None)
    lost, noticed = (
        [o for o in some if o.failure.startswith("AssertionError: lost: ")] for some in (outcomes, planted)
    )
    return [
        Row("kill -9 while answers are typed, at any moment", len(elsewhere), _failed(elsewhere)),
        Row("kill -9 after steps went to the journal, before “Saved”", len(inside), _failed(inside)),
        Row("moments at which the window said “Saved”, compared value by value", moments, len(lost)),
        Row(
            "planted: journal write taken out (a failure is one that is not noticed)",
            len(planted),
            len(planted) - len(noticed),
        ),
    ]


def _failed(outcomes: Sequence[Outcome]) -> int:
    return sum(bool(outcome.failure) for outcome in outcomes)


def table_of(found: Sequence[Row], day: str, commit: str) -> str:
    """The rows as a table in Markdown."""
    lines = ["| date | commit | what | how many | failures |", "| --- | --- | --- | ---: | ---: |"]
    lines += [f"| {day} | {commit} | {row.what} | {row.how_many:,} | {row.failures:,} |" for row in found]
    return "\n".join(lines) + "\n"


def with_table(readme: str, table: str) -> str:
    """The README with this table between its markers; ValueError where the markers are missing."""
    parts = re.split(f"({re.escape(BEGIN)}|{re.escape(END)})", readme)
    if [parts[place] for place in range(1, len(parts), 2)] != [BEGIN, END]:
        raise ValueError(f"README.md has not one pair of {BEGIN} and {END}")
    return "".join([*parts[:2], f"\n{table}", *parts[3:]])


def commit_of(folder: Path) -> str:
    """The commit that is tried, and whether files differ from it; "none" outside a repository."""
    try:
        head = _git(folder, "rev-parse", "--short", "HEAD")
        return f"`{head}`" + (", changed" if _git(folder, "status", "--porcelain") else "")
    except (OSError, subprocess.CalledProcessError):
        return "none"


def _git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
