"""What the tests of the store share: cheap keys, a clock that can be set, a way into the file past the program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from screener.clock import FixedClock
from screener.store.keyring import Keyring
from screener.store.keys import Cost
from screener.store.recovery import RecoveryKey
from screener.store.vault import Vault

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "three plain words"
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OPENING = {"reference": "K-17", "pathway": "esketamine-clinic", "visit_date": "2026-11-23", "clinician": "Clinician A"}


class SetClock(FixedClock):
    """Stands still until it is turned, forwards or back."""

    def turn(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


def made(folder: Path, clock: FixedClock | None = None) -> tuple[Vault, RecoveryKey]:
    """A new vault with one account and a cheap passphrase key."""
    return Vault.create(
        folder, name="Clinician A", passphrase=PASSPHRASE, clock=clock or FixedClock(MORNING), cost=CHEAP
    )


def opened(folder: Path, clock: FixedClock | None = None, *, accept_loss: bool = False) -> Vault:
    return Vault.open(folder, PASSPHRASE, clock=clock or FixedClock(MORNING), accept_loss=accept_loss)


def answer(number: int) -> dict[str, Any]:
    return {"step": "answer", "question": f"medical.q{number}", "after": {"value": str(number)}}


@contextmanager
def beside_the_program(folder: Path) -> Iterator[Any]:
    """The database opened with the vault's key by something that is not the program, free to do anything."""
    key = Keyring.read(folder).open(PASSPHRASE).vault_key
    connection = driver.connect(str(folder / "vault.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    try:
        yield connection
    finally:
        connection.close()


def bytes_of_all(folder: Path) -> dict[str, str]:
    """Every file below the folder with the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
