"""kill -9 while somebody types: what the window had said to be saved is there. `tests/kills` does the killing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from screener.forms.model import Pack
from tests.kills.killing import Killed, kill_at_a_commit, kill_at_a_moment, kill_without_journal
from tests.kills.lines import shown_as_saved
from tests.kills.oracle import check, shipped_pack
from tests.proofs.table import Asked, Proof, Row, planted
from tests.store.places import made

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


def prove(asked: Asked) -> list[Row]:
    """Kill so many programs, and a few whose journal is not written."""
    pack = shipped_pack()
    outcomes = kills(asked, pack)
    return rows(outcomes, [alone(seed, kill_without_journal, pack) for seed in range(PLANTED)])


def kills(asked: Asked, pack: Pack) -> list[Outcome]:
    """Kill so many programs, some at a time."""
    number = asked.number
    batches = [range(first, min(first + ON_ONE_VAULT, number)) for first in range(0, number, ON_ONE_VAULT)]
    found: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="proofs-") as place:
        folders = [Path(place) / str(batch.start) for batch in batches]
        shipped_pack(Path(place))
        for folder in folders:
            made(folder)[0].close()
            shutil.copytree(Path(place) / "cache", folder / "cache")
        with ThreadPoolExecutor(asked.workers) as pool:
            for batch in pool.map(on_one_vault, folders, batches, [pack] * len(batches)):
                found += batch
                for outcome in batch:
                    if outcome.failure:
                        asked.say(f"seed {outcome.seed}: {outcome.failure}")
                asked.say(f"{len(found):,} of {number:,} kills")
    return found


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


def rows(outcomes: Sequence[Outcome], without_journal: Sequence[Outcome]) -> list[Row]:
    """The table. A kill that did not come about counts as a failure of the first line."""
    inside = [outcome for outcome in outcomes if outcome.killed is not None and outcome.killed.inside_a_commit]
    elsewhere = [outcome for outcome in outcomes if outcome not in inside]
    moments = sum(len(list(shown_as_saved(o.killed.lines))) for o in outcomes if o.killed is not None)
    return [
        Row("kill -9 while answers are typed, at any moment", len(elsewhere), _failed(elsewhere)),
        Row("kill -9 while the store writes answers, before “Saved”", len(inside), _failed(inside)),
        Row("moments at which the window said “Saved”, compared value by value", moments, sum(map(_lost, outcomes))),
        planted("journal write taken out", [_lost(outcome) for outcome in without_journal]),
    ]


def _failed(outcomes: Sequence[Outcome]) -> int:
    return sum(bool(outcome.failure) for outcome in outcomes)


def _lost(outcome: Outcome) -> bool:
    return outcome.failure.startswith("AssertionError: lost: ")


PROOF = Proof("kills", 1_000, "programs killed", prove)
