"""One vault of every released version lies in `tests/vaults/`, as that version wrote it, and opens in this one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from screener.store import schema
from screener.store.recovery import RecoveryKey
from screener.store.signing import verify_record
from screener.store.vault import Vault
from tests.store.places import CHEAP, bytes_of_all, opened

VAULTS = Path(__file__).resolve().parents[1] / "vaults"
KEPT = sorted(path.name for path in VAULTS.iterdir() if (path / "vault.db").exists())


def test_there_is_a_vault_of_every_version() -> None:
    assert schema.versions() == KEPT


@pytest.fixture(params=KEPT)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    shutil.copytree(VAULTS / request.param, folder)
    return folder


def test_it_opens_with_everything_in_it_and_proves_whole(old: Path) -> None:
    for _ in range(2):
        with opened(old) as vault:
            _check(vault)
            assert vault.verify() == ()


def _check(vault: Vault) -> None:
    drafts, records = vault.shelf.drafts(), vault.shelf.records()
    assert sorted(str(line.opening["reference"]) for line in drafts) == ["MADE-UP-1", "MADE-UP-2"]
    assert [(line.reference, line.amendments) for line in records] == [("MADE-UP-3", 1), ("MADE-UP-2", 0)]
    assert all(len(vault.shelf.draft(line.screening).steps) == 5 for line in drafts)
    assert all(verify_record(vault.shelf.record(line.record)).unchanged for line in records)
    assert vault.shelf.recall("clinic") is not None
    assert [line.opening["reference"] for line in vault.shelf.waiting().drafts] == ["MADE-UP-1"]
    found = vault.shelf.listing(signed=True, words="up-3 esket")
    assert [line.reference for line in found.records] == ["MADE-UP-3"]
    assert vault.account.administers


def test_its_recovery_key_opens_it(old: Path) -> None:
    sheet = RecoveryKey.read((old / "recovery.txt").read_text("utf-8"))
    with Vault.open_with_recovery(old, sheet, "another passphrase", cost=CHEAP) as vault:
        _check(vault)


def test_it_is_worked_in_backed_up_and_given_another_key(old: Path, tmp_path: Path) -> None:
    with opened(old) as vault:
        line = vault.shelf.drafts()[0]
        vault.shelf.append(line.screening, [{"step": "answer"}], {})
        vault.backups.make(tmp_path / "backups")
        vault.people.add("Person B", "clinician", "another passphrase", administers=False, cost=CHEAP)
        vault.rotate()
        assert vault.verify() == ()
    with Vault.open(old, "another passphrase") as vault:
        assert len(vault.shelf.draft(line.screening).steps) == 6


def test_the_kept_files_themselves_are_never_touched() -> None:
    before = bytes_of_all(VAULTS)
    assert len(before) >= 4 * len(KEPT)
    assert not [name for name in before if name.endswith(("-wal", "-shm", ".lock"))]
