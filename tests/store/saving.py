"""A program of its own that appends answers and says each that was saved, until somebody kills it. Run: FOLDER SEED."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from screener.store.vault import Vault
from tests.store.places import PASSPHRASE


def batch(screening: str, first: int, size: int) -> list[dict[str, str]]:
    """Steps whose words say where they belong, so that a mixed-up one is seen."""
    return [{"step": "answer", "said": f"{screening} {number}"} for number in range(first, first + size)]


def say(*words: object) -> None:
    """One line, through the pipe before anything else happens."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def run(folder: Path, seed: int) -> None:
    sizes = random.Random(seed)
    vault = Vault.open(folder, PASSPHRASE)
    screening = vault.shelf.begin({"reference": f"K-{seed}"})
    say("begun", screening)
    number = 0
    while True:
        steps = batch(screening, number + 1, sizes.randint(1, 4))
        number = vault.shelf.append(screening, steps, {"answered": number}).number
        say("saved", number)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]))
