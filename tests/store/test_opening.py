"""Ways into a vault, and what is said when one stays closed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from screener.places import home_folder
from screener.store import tries
from screener.store.failures import (
    DamagedKeys,
    DamagedVault,
    LaterVersion,
    MistypedRecoveryKey,
    NoVault,
    OpenElsewhere,
    PassphraseTooShort,
    TriedTooSoon,
    VaultExists,
    WrongPassphrase,
    WrongRecoveryKey,
)
from screener.store.keyring import Keyring
from screener.store.keys import Cost
from screener.store.recovery import RecoveryKey
from screener.store.signing import verify_record
from screener.store.vault import Vault, exists
from screener.text import WorldError
from tests.store.places import (
    CHEAP,
    MORNING,
    OPENING,
    PASSPHRASE,
    SetClock,
    answer,
    beside_the_program,
    bytes_of_all,
    made,
    opened,
)


def test_there_is_nothing_to_open_in_an_empty_folder(tmp_path: Path) -> None:
    assert not exists(tmp_path)
    with pytest.raises(NoVault) as said:
        opened(tmp_path)
    assert said.value.next_step
    assert list(tmp_path.iterdir()) == []


def test_creating_writes_over_nothing(tmp_path: Path) -> None:
    made(tmp_path)[0].close()
    assert exists(tmp_path)
    before = bytes_of_all(tmp_path)
    with pytest.raises(VaultExists):
        made(tmp_path)
    assert bytes_of_all(tmp_path) == before


def test_a_vault_whose_keys_file_is_gone_is_not_written_over(tmp_path: Path) -> None:
    made(tmp_path)[0].close()
    (tmp_path / "vault.keys.json").unlink()
    assert exists(tmp_path)
    with pytest.raises(VaultExists):
        made(tmp_path)


@pytest.mark.parametrize("short", ["", "       ", "short", "1234567 "])
def test_a_short_passphrase_is_refused_and_nothing_made(tmp_path: Path, short: str) -> None:
    with pytest.raises(PassphraseTooShort):
        Vault.create(tmp_path / "new", name="Clinician A", passphrase=short, cost=CHEAP)
    assert not (tmp_path / "new").exists()


def test_the_passphrase_costs_at_least_64_mib_unless_a_test_says_otherwise(tmp_path: Path) -> None:
    assert Cost().memory_kib >= 64 * 1024
    with Vault.create(tmp_path, name="Clinician A", passphrase=PASSPHRASE)[0]:
        kept = json.loads((tmp_path / "vault.keys.json").read_text("utf-8"))["accounts"][0]["passphrase"]
    assert (kept["name"], kept["memory_kib"]) == ("Argon2id", Cost().memory_kib)


@pytest.mark.parametrize("cost", [(4 * 1024 * 1024, 1, 4), (1024 * 1024, 100, 4), (64 * 1024, 3, 65), (0, 1, 1)])
def test_a_keys_file_cannot_ask_for_a_try_that_takes_an_afternoon(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="outside of what is ever written"):
        Cost(*cost)
    assert Cost(512 * 1024, 8, 8).passes == 8


def test_a_salt_of_another_length_is_a_damaged_keys_file(tmp_path: Path) -> None:
    made(tmp_path)[0].close()
    [account] = json.loads((tmp_path / "vault.keys.json").read_text("utf-8"))["accounts"]
    rewrite_keys(tmp_path, accounts=[account | {"passphrase": account["passphrase"] | {"salt": "AAAA"}}])
    with pytest.raises(DamagedKeys):
        opened(tmp_path)


def test_what_lies_beside_the_vault_is_not_read_without_end(tmp_path: Path) -> None:
    made(tmp_path)[0].close()
    (tmp_path / tries.FILE).write_bytes(b"[" + b" " * 100_000 + b"]")
    opened(tmp_path).close()
    (tmp_path / "vault.keys.json").write_bytes(b" " * 2_000_000)
    with pytest.raises(DamagedKeys, match="larger"):
        opened(tmp_path)


def test_the_same_letters_open_however_they_were_typed(tmp_path: Path) -> None:
    composed, decomposed = "Gr\u00fcne H\u00fctte", "Gru\u0308ne Hu\u0308tte"
    Vault.create(tmp_path, name="Clinician A", passphrase=composed, cost=CHEAP)[0].close()
    Vault.open(tmp_path, decomposed).close()


# --- wrong passphrases ------------------------------------------------------------------------------------------------


def test_wrong_passphrases_slow_down_and_a_restart_forgives_nothing(tmp_path: Path) -> None:
    clock = SetClock(MORNING)
    made(tmp_path, clock)[0].close()
    for wait in (1, 2, 4, 8):
        with pytest.raises(WrongPassphrase) as refused:
            Vault.open(tmp_path, "wrong passphrase", clock=clock)
        assert refused.value.retry_after_s == wait
        clock.turn(wait - 0.5)
        with pytest.raises(TriedTooSoon) as too_soon:
            opened(tmp_path, clock)
        assert too_soon.value.retry_after_s == 1
        clock.turn(0.5)
    with opened(tmp_path, clock) as vault:
        [line] = [line for line in vault.audit_log() if line.deed == "unlock refused"]
        assert line.details["count"] == 4
        assert line.details["moments"][0] == MORNING.isoformat()
    with pytest.raises(WrongPassphrase) as refused:
        Vault.open(tmp_path, "wrong passphrase", clock=clock)
    assert refused.value.retry_after_s == 1


def test_the_wait_ends_at_five_minutes(tmp_path: Path) -> None:
    assert [tries.wait_s(count) for count in (0, 1, 2, 9, 10, 5000)] == [0, 1, 2, 256, 300, 300]


def test_a_clock_set_back_does_not_lock_anybody_out(tmp_path: Path) -> None:
    clock = SetClock(MORNING)
    made(tmp_path, clock)[0].close()
    with pytest.raises(WrongPassphrase):
        Vault.open(tmp_path, "wrong passphrase", clock=clock)
    clock.turn(-timedelta(days=400).total_seconds())
    with pytest.raises(TriedTooSoon) as too_soon:
        opened(tmp_path, clock)
    assert too_soon.value.retry_after_s == 1
    clock.turn(1)
    opened(tmp_path, clock).close()


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\x00\xff",
        b"[]",
        b'{"count": 3}',
        b'{"count": "x", "moments": ["yesterday"]}',
        b'{"count": 1e999, "moments": ["2026-11-23T09:00:00+00:00"]}',
        b"[" * 5_000,
    ],
)
def test_a_broken_count_of_tries_locks_nobody_out(tmp_path: Path, broken: bytes) -> None:
    made(tmp_path)[0].close()
    (tmp_path / tries.FILE).write_bytes(broken)
    opened(tmp_path).close()


# --- recovery key and change of passphrase ----------------------------------------------------------------------------


def test_the_recovery_key_opens_and_sets_a_new_passphrase(tmp_path: Path) -> None:
    vault, recovery = made(tmp_path)
    screening = vault.shelf.begin(OPENING)
    vault.shelf.append(screening, [answer(1)], {})
    signed = vault.shelf.seal(screening, b"{}", {}, PASSPHRASE)
    vault.close()
    with Vault.open_with_recovery(tmp_path, recovery.text.lower(), "another passphrase", cost=CHEAP) as vault:
        assert vault.shelf.record(signed.record) == signed
        later = vault.shelf.seal(vault.shelf.begin(OPENING), b"{}", {}, "another passphrase")
        assert "recovery key used" in [line.deed for line in vault.audit_log()]
        # The sheet opens; it gives nobody the key that signed before.
        assert later.signature.public_key != signed.signature.public_key
        assert verify_record(signed).unchanged
        assert vault.verify() == ()
    with pytest.raises(WrongPassphrase):
        Vault.open(tmp_path, PASSPHRASE, clock=SetClock(MORNING))
    Vault.open(tmp_path, "another passphrase", clock=SetClock(MORNING + timedelta(seconds=2))).close()


def test_a_recovery_key_of_other_records_is_told_from_a_typing_mistake(tmp_path: Path) -> None:
    vault, recovery = made(tmp_path)
    vault.close()
    before = bytes_of_all(tmp_path)
    with pytest.raises(WrongRecoveryKey):
        Vault.open_with_recovery(tmp_path, RecoveryKey.make(), "another passphrase", cost=CHEAP)
    wrong = recovery.text[:-1] + ("0" if recovery.text[-1] != "0" else "1")
    with pytest.raises(MistypedRecoveryKey) as mistake:
        Vault.open_with_recovery(tmp_path, wrong, "another passphrase", cost=CHEAP)
    assert mistake.value.group == 8
    assert bytes_of_all(tmp_path) == before


def test_a_changed_passphrase_opens_and_the_old_one_does_not(tmp_path: Path) -> None:
    vault, _ = made(tmp_path)
    with vault:
        vault.change_passphrase(PASSPHRASE, "another passphrase", cost=CHEAP)
        signed = vault.shelf.seal(vault.shelf.begin(OPENING), b"{}", {}, "another passphrase")
        assert verify_record(signed, vault.account.public_key).unchanged
    with pytest.raises(WrongPassphrase):
        opened(tmp_path)
    clock = SetClock(MORNING)
    clock.turn(1)
    Vault.open(tmp_path, "another passphrase", clock=clock).close()


def test_a_keys_file_with_another_role_opens_nothing_though_its_checksum_fits(tmp_path: Path) -> None:
    made(tmp_path)[0].close()
    path = tmp_path / "vault.keys.json"
    path.write_text(path.read_text("utf-8").replace('"clinician"', '"administrator"'), "utf-8")
    body = json.loads(path.read_text("utf-8"))
    body.pop("checksum")
    from screener.store.keyring import _checksum

    path.write_text(json.dumps(body | {"checksum": _checksum(body)}), "utf-8")
    with pytest.raises(DamagedKeys, match="something other than this program wrote it"):
        opened(tmp_path)


# --- one program at a time --------------------------------------------------------------------------------------------


def test_a_second_opening_is_refused_until_the_first_is_closed(tmp_path: Path) -> None:
    vault, _ = made(tmp_path)
    with pytest.raises(OpenElsewhere):
        opened(tmp_path)
    vault.close()
    opened(tmp_path).close()


def test_a_refused_opening_gives_the_folder_free(tmp_path: Path) -> None:
    made(tmp_path)[0].close()
    with pytest.raises(WrongPassphrase):
        Vault.open(tmp_path, "wrong passphrase", clock=SetClock(MORNING))
    Vault.open(tmp_path, PASSPHRASE, clock=SetClock(MORNING + timedelta(seconds=1))).close()


def test_a_second_program_is_refused(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        screening = vault.shelf.begin(OPENING)
        code = (
            "import sys; from pathlib import Path; from screener.store.vault import Vault;"
            "from screener.store.failures import OpenElsewhere\n"
            f"try: Vault.open(Path(sys.argv[1]), {PASSPHRASE!r})\n"
            "except OpenElsewhere as said: print('elsewhere', said.said)"
        )
        done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
        assert done.stdout.startswith("elsewhere ")
        assert vault.shelf.append(screening, [answer(1)], {}).number == 1


# --- later versions, damage -------------------------------------------------------------------------------------------


def rewrite_keys(folder: Path, **changes: object) -> None:
    """The keys file as another version would write it, checksum included."""
    from screener.store.keyring import _checksum

    path = folder / "vault.keys.json"
    body = json.loads(path.read_text("utf-8")) | changes
    body.pop("checksum")
    path.write_text(json.dumps(body | {"checksum": _checksum(body)}), "utf-8")


@pytest.mark.parametrize("told_by", ["the keys file's format", "the schema in the keys file", "the tables alone"])
def test_a_vault_of_a_later_version_is_refused_and_no_byte_touched(tmp_path: Path, told_by: str) -> None:
    vault, recovery = made(tmp_path)
    vault.shelf.begin(OPENING)
    vault.close()
    match told_by:
        case "the keys file's format":
            rewrite_keys(tmp_path, format=3, accounts="in some other shape")
        case "the schema in the keys file":
            rewrite_keys(tmp_path, schema="r9999")
        case _:
            with beside_the_program(tmp_path) as connection:
                connection.execute("UPDATE alembic_version SET version_num = 'r9999'")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = bytes_of_all(tmp_path)
    assert len(before) >= 4
    with pytest.raises(LaterVersion):
        opened(tmp_path)
    with pytest.raises(LaterVersion):
        Vault.open_with_recovery(tmp_path, recovery, "another passphrase", cost=CHEAP)
    assert bytes_of_all(tmp_path) == before


def test_any_flipped_bit_in_the_keys_file_is_told_from_a_wrong_passphrase(tmp_path: Path) -> None:
    made(tmp_path)[0].close()
    path = tmp_path / "vault.keys.json"
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            # A space between the parts may be anything that JSON ignores: then nothing is damaged.
            assert Keyring.read(tmp_path).accounts
        except (DamagedKeys, LaterVersion):
            continue
        assert json.loads(path.read_bytes()) == json.loads(whole)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"{}",
        b"\xff\xfe",
        b'{"format": 1}',
        b"[" * 5_000,
        b'{"format": 1, "vault": "\\ud800"}',
    ],
)
def test_a_keys_file_that_is_something_else_is_called_damaged(tmp_path: Path, content: bytes) -> None:
    made(tmp_path)[0].close()
    (tmp_path / "vault.keys.json").write_bytes(content)
    with pytest.raises(DamagedKeys) as said:
        opened(tmp_path)
    assert "vault.keys.json" in said.value.said
    assert said.value.next_step


@pytest.mark.parametrize("damage", ["first page", "cut off", "empty", "gone", "other file"])
def test_a_damaged_database_is_called_damaged(tmp_path: Path, damage: str) -> None:
    made(tmp_path)[0].close()
    path = tmp_path / "vault.db"
    whole = path.read_bytes()
    match damage:
        case "first page":
            path.write_bytes(whole[:500] + bytes([whole[500] ^ 1]) + whole[501:])
        case "cut off":
            path.write_bytes(whole[: len(whole) // 2])
        case "empty":
            path.write_bytes(b"")
        case "gone":
            path.unlink()
        case _:
            path.write_bytes(b"PK" * 9000)
    with pytest.raises(DamagedVault) as said:
        opened(tmp_path)
    assert said.value.next_step


def test_a_damaged_page_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        screening = vault.shelf.begin(OPENING)
        vault.shelf.append(screening, [{"text": "x" * 60_000}], {})
    path = tmp_path / "vault.db"
    whole = path.read_bytes()
    middle = len(whole) - 30_000
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 16]) + whole[middle + 1 :])
    with opened(tmp_path) as vault, pytest.raises(DamagedVault):
        vault.shelf.draft(screening)


def test_a_draft_with_fewer_steps_than_were_saved_is_not_shown_as_whole(tmp_path: Path) -> None:
    """A page whose last writing never came to the disk carries its seal, and lacks what was added."""
    with made(tmp_path)[0] as vault:
        screening = vault.shelf.begin(OPENING)
        vault.shelf.append(screening, [answer(1), answer(2)], {})
        vault.shelf.append(vault.shelf.begin(OPENING), [answer(3)], {})
    with beside_the_program(tmp_path) as connection:
        connection.execute("DELETE FROM step WHERE number = 2")
    with opened(tmp_path) as vault:
        with pytest.raises(DamagedVault, match="of 2 saved steps 1 are there"):
            vault.shelf.draft(screening)
        assert vault.verify() != ()


@pytest.mark.parametrize("damage", ["flipped", "zeroed"])
def test_the_last_page_of_a_long_text_is_not_read_as_zeros(tmp_path: Path, damage: str) -> None:
    """SQLCipher gives zeros for a page without its seal, and SQLite takes them for the end of a long text."""
    with made(tmp_path / "whole")[0] as vault:
        screening = vault.shelf.begin(OPENING)
        vault.shelf.append(screening, [{"text": "x" * 20_000}], {})
        draft = vault.shelf.draft(screening)
    whole = (tmp_path / "whole" / "vault.db").read_bytes()
    refused = 0
    for page in range(1, len(whole) // 4096):
        folder = tmp_path / str(page)
        shutil.copytree(tmp_path / "whole", folder)
        changed = bytes(4096) if damage == "zeroed" else bytes(byte ^ 16 for byte in whole[page * 4096 :][:4096])
        (folder / "vault.db").write_bytes(whole[: page * 4096] + changed + whole[(page + 1) * 4096 :])
        try:
            with opened(folder) as vault:
                assert vault.shelf.draft(screening) == draft
        except DamagedVault:
            refused += 1
    assert refused > 20_000 / 4096


# --- places -----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_the_owner_may_read_the_folder_and_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    before = os.umask(0)
    try:
        with made(folder)[0] as vault:
            vault.shelf.append(vault.shelf.begin(OPENING), [answer(1)], {})
            modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert set(modes.values()) == {0o600}
    assert {"vault.db", "vault.db-wal", "vault.db-shm", "vault.head", "vault.keys.json", "vault.lock"} == set(modes)


def test_the_place_is_the_systems_unless_the_environment_names_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "clinic"))
    assert home_folder() == tmp_path / "clinic"
    monkeypatch.delenv("SCREENER_HOME")
    assert home_folder().name == "Screener"
    assert home_folder().is_absolute()


def test_naming_the_vault_loads_no_database(tmp_path: Path) -> None:
    code = (
        "import sys, screener.store.vault, screener.store.keys;"
        "print([name for name in ('sqlalchemy', 'sqlcipher3', 'alembic', 'cryptography') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_failure_of_the_store_says_what_to_do_next() -> None:
    from screener.store import failures

    kinds: list[Any] = [
        kind for kind in vars(failures).values() if isinstance(kind, type) and issubclass(kind, WorldError)
    ]
    kinds.remove(failures.Loss)  # what its three kinds have in common: nobody is told it by itself
    given: dict[str, tuple[object, ...]] = {
        "WorldError": ("said", "next"),
        "StoreFailed": ("said", "next"),
        "MistypedRecoveryKey": ("said", 1),
        "MissingRows": (2, 1, "09:00", "copy"),
        "WrongRecoveryKey": (),
        "PartSigned": (),
        "RecordsClosed": (),
        "AccountRemoved": (),
        "LastAdministrator": (),
        "UnusableName": (),
        "NotWritten": ("place", "why", "next"),
    }
    two = {"DamagedKeys", "DamagedVault", "DamagedHead", "ReadWriteFailed", "NotAllowed", "BrokenBackup"}
    for kind in kinds:
        error = kind(*given.get(kind.__name__, ("place", "broken") if kind.__name__ in two else (3,)))
        assert error.said
        assert error.next_step
