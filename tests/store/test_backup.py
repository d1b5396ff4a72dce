"""Backups: what stood when they began, tried before they are trusted, put back without losing what was there."""

from __future__ import annotations

import json
import random
import shutil
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screener.store import archive, backup
from screener.store.archive import SUFFIX, BackupLine
from screener.store.failures import (
    BrokenBackup,
    NoVault,
    OpenElsewhere,
    ReadWriteFailed,
    StoreFailed,
    WrongPassphrase,
    WrongRecoveryKey,
)
from screener.store.restore import restore
from screener.store.vault import Vault, exists
from screener.text import WorldError
from tests.store.places import CHEAP, MORNING, OPENING, PASSPHRASE, SetClock, answer, made, opened

CONTENT = b'{"incomplete":null}'
DAY_S = 24 * 60 * 60


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MORNING)


@pytest.fixture
def vault(tmp_path: Path, clock: SetClock) -> Vault:
    """An open vault with a draft of two steps and a record."""
    vault = made(tmp_path / "records", clock)[0]
    vault.shelf.append(vault.shelf.begin(OPENING), [answer(1), answer(2)], {})
    vault.shelf.seal(vault.shelf.begin(OPENING), CONTENT, {}, PASSPHRASE)
    return vault


def by_passphrase(folder: Path) -> Vault:
    return opened(folder)


def test_a_backup_says_what_is_in_it_and_has_its_line_in_the_log(vault: Vault, tmp_path: Path) -> None:
    with vault:
        line = vault.backups.make(tmp_path / "backups")
        assert (line.manifest.screenings, line.manifest.records) == (2, 1)
        assert line.path.name == f"screener-2026-11-23-090000{SUFFIX}"
        assert archive.check(line.path) == line.manifest
        assert vault.backups.kept(tmp_path / "backups") == [line]
        last = vault.audit_log()[-1]
        assert (last.deed, last.details["file"]) == ("backup", line.path.name)
        assert last.details["audit"] == line.manifest.head.audit.number == last.number - 1
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [line.path.name]
    assert line.path.stat().st_mode & 0o077 == 0


def test_nothing_of_a_patient_and_no_key_stands_in_a_backup_in_the_clear(vault: Vault, tmp_path: Path) -> None:
    with vault:
        vault.shelf.append(vault.shelf.begin(OPENING), [{"text": "sentinel-answer"}], {})
        line, key = vault.backups.make(tmp_path / "backups"), vault.people.vault_key
    whole = line.path.read_bytes()
    assert not any(secret in whole for secret in (b"sentinel-answer", b"K-17", key, key.hex().encode()))


def test_screenings_go_on_while_a_backup_is_written_and_it_holds_what_stood_when_it_began(
    vault: Vault, tmp_path: Path
) -> None:
    with vault:
        [draft] = vault.shelf.drafts()
        beside: list[int] = []

        def typing(done: int, size: int) -> None:
            if not beside:
                worker = threading.Thread(
                    target=lambda: beside.append(vault.shelf.append(draft.screening, [answer(3)], {}).number)
                )
                worker.start()
                worker.join()

        line = vault.backups.make(tmp_path / "backups", progress=typing)
        assert beside == [3]
        assert vault.shelf.append(draft.screening, [answer(4)], {}).number == 4
        assert vault.verify() == ()
    restored = restore(line.path, tmp_path / "elsewhere", by_passphrase)
    with restored.vault:
        assert restored.vault.shelf.draft(draft.screening).steps == (answer(1), answer(2))
        assert restored.replaced is None


def test_a_backup_is_due_once_a_day_and_only_when_something_was_done(
    vault: Vault, tmp_path: Path, clock: SetClock
) -> None:
    place = tmp_path / "backups"
    with vault:
        assert vault.backups.due(place)
        vault.backups.make(place)
        assert vault.backups.due(place), "one made by hand does not stand for the daily one"
        vault.backups.make(place, automatic=True)
        [draft] = vault.shelf.drafts()
        vault.shelf.append(draft.screening, [answer(3)], {})
        assert not vault.backups.due(place)
        clock.turn(DAY_S)
        assert vault.backups.due(place)
        vault.backups.make(place, automatic=True)
        clock.turn(DAY_S)
        assert not vault.backups.due(place)


def test_the_automatic_ones_are_kept_by_number_and_nothing_else_is_touched(
    vault: Vault, tmp_path: Path, clock: SetClock
) -> None:
    place, other = tmp_path / "backups", tmp_path / "other"
    with vault, made(other, clock)[0] as foreign:
        by_hand = vault.backups.make(place)
        theirs = foreign.backups.make(place, automatic=True)
        mine = []
        for _ in range(4):
            clock.turn(DAY_S)
            mine.append(vault.backups.make(place, automatic=True))
        (place / f"letter{SUFFIX}").write_text("not a backup")
        removed = vault.backups.clear(place, 2)
        assert sorted(removed) == sorted(line.path for line in mine[:2])
        assert vault.backups.clear(place, 0) == [mine[2].path], "the latest one always stays"
        there = {path.name for path in place.iterdir()}
        assert there == {by_hand.path.name, theirs.path.name, mine[3].path.name, f"letter{SUFFIX}"}


# --- damage -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def line(vault: Vault, tmp_path: Path) -> BackupLine:
    with vault:
        return vault.backups.make(tmp_path / "backups")


def test_any_damaged_byte_of_a_backup_is_named_or_changes_nothing(line: BackupLine, tmp_path: Path) -> None:
    whole = line.path.read_bytes()
    chance, harmless = random.Random(20261126), 0
    for number in range(100):
        place = chance.randrange(len(whole))
        broken = tmp_path / f"broken-{number}{SUFFIX}"
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
        try:
            found = archive.check(broken)
        except BrokenBackup as said:
            assert said.next_step
            assert str(broken) in said.said
        else:
            # A byte that nobody reads, such as a moment in the container: what is in it is what was put in.
            assert found == line.manifest
            harmless += 1
        broken.unlink()
    assert harmless < 20


def test_any_flipped_bit_in_the_directory_of_a_backup_is_named_or_changes_nothing(
    line: BackupLine, tmp_path: Path
) -> None:
    # Once such a bit ended in an error of the container's own, and one file in a folder broke the list of all.
    whole = line.path.read_bytes()
    directory = whole.index(b"PK\x01\x02")
    broken = tmp_path / f"broken{SUFFIX}"
    for place in range(directory, len(whole)):
        for bit in (1, 8):
            broken.write_bytes(whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :])
            for read in (archive.check, archive.told, archive.manifest_of):
                try:
                    read(broken)
                except WorldError as said:
                    assert said.next_step
    assert [one.path for one in archive.listed(line.path.parent)] == [line.path]


@pytest.mark.parametrize(
    "changes",
    [
        {"sizes": [1]},
        {"hashes": [1]},
        {"sizes": {"vault.db": 1}},
        {"made_at": "2026-11-23T09:00:00"},
        {"made_at": "yesterday"},
        {"made_at": 5},
        {"head": {}},
        {"format": "screener-backup/2"},
    ],
)
def test_a_backup_that_somebody_signed_themselves_and_says_nonsense_is_refused(
    line: BackupLine, tmp_path: Path, changes: dict[str, object]
) -> None:
    from screener.store.keys import SigningPair
    from screener.store.signing import sign

    def dressed(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        pair = SigningPair.make()
        said = json.dumps(json.loads(json.loads(content)["said"]) | {"key": pair.public.hex()} | changes)
        value = sign(pair, said.encode(), signer="", signed_at="").value
        return json.dumps({"said": said, "signature": value}).encode()

    path = line.path.with_name(f"dressed{SUFFIX}")
    _rewritten(line.path, path, dressed)
    for read in (archive.check, archive.told, archive.manifest_of):
        with pytest.raises(BrokenBackup):
            read(path)
    assert [one.path for one in archive.listed(line.path.parent)] == [line.path]


def test_nothing_is_lost_where_a_backup_is_made_while_something_is_erased_or_the_vault_is_closed(
    vault: Vault, tmp_path: Path
) -> None:
    # Once erasing brought the log into the file that was being copied, and the trial called the records damaged.
    deeds = [lambda: vault.shelf.erase("K-17"), vault.close]
    for number, deed in enumerate(deeds):
        workers: list[threading.Thread] = []

        def meanwhile(done: int, size: int, deed: Callable[[], object] = deed, workers: list[Any] = workers) -> None:
            if not workers:
                workers.append(threading.Thread(target=deed))
                workers[0].start()

        try:
            line = vault.backups.make(tmp_path / f"backups-{number}", progress=meanwhile)
        except WorldError as said:
            # Closed before it came to its end: said in words, and nothing is left.
            assert said.next_step
        else:
            assert archive.check(line.path) == line.manifest
        workers[0].join()
    opened(tmp_path / "records").close()


def test_what_a_crash_left_of_a_backup_is_cleared_away_by_the_next(vault: Vault, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    with vault:
        left = place / f".making-{vault.people.keyring.vault[:8]}-left"
        left.mkdir(parents=True)
        (left / "backup").write_bytes(b"half")
        vault.backups.make(place)
    assert not left.exists()


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "other zip", "swapped", "one file more", "folder"])
def test_a_file_that_is_no_backup_is_refused_and_nothing_is_touched(
    line: BackupLine, tmp_path: Path, damage: str
) -> None:
    path, whole = tmp_path / f"x{SUFFIX}", line.path.read_bytes()
    match damage:
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("a letter")
        case "folder":
            path.mkdir()
        case "other zip":
            with zipfile.ZipFile(path, "w") as made_zip:
                made_zip.writestr("letter.txt", "x")
        case "swapped":
            _rewritten(line.path, path, lambda name, content: b"x" * len(content) if name == "vault.db" else content)
        case _:
            shutil.copyfile(line.path, path)
            with zipfile.ZipFile(path, "a") as more:
                more.writestr("../../outside.txt", "x")
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises((BrokenBackup, NoVault)):
        restore(path, tmp_path / "records", by_passphrase)
    assert {path.name for path in tmp_path.iterdir()} == before
    opened(tmp_path / "records").close()


def _rewritten(path: Path, into: Path, change: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as read, zipfile.ZipFile(into, "w") as write:
        for name in read.namelist():
            write.writestr(name, change(name, read.read(name)))


def test_a_manifest_signed_by_another_key_is_noticed_when_the_vault_is_tried(line: BackupLine, tmp_path: Path) -> None:
    # Whoever has no key may dress a file up; what is in it must still open and prove whole.
    with made(tmp_path / "other")[0] as other:
        foreign = other.backups.make(tmp_path / "others")
    with pytest.raises(WorldError):
        restore(foreign.path, tmp_path / "third", lambda folder: Vault.open(folder, "another passphrase"))
    assert not exists(tmp_path / "third")


def test_a_backup_that_does_not_prove_whole_gets_no_name(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "backups"
    copied = archive._copied

    def careless(read: object, into: object, size: int, progress: object) -> tuple[str, int]:
        found = copied(read, into, size, progress)  # type: ignore[arg-type]
        if into is not None and size > 4096 and hasattr(into, "seek") and not hasattr(into, "_zipfile"):
            return ("0" * 64, found[1])
        return found

    with vault:
        with monkeypatch.context() as patched:
            patched.setattr(archive, "_copied", careless)
            with pytest.raises(BrokenBackup):
                vault.backups.make(place)
        assert list(place.iterdir()) == []
        assert "backup" not in [row.deed for row in vault.audit_log()]
        vault.backups.make(place)


def test_a_disk_without_room_leaves_no_half_backup(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with vault:
        with monkeypatch.context() as patched:
            patched.setattr(archive, "_copied", full)
            with pytest.raises(StoreFailed) as said:
                vault.backups.make(tmp_path / "backups")
            assert "full" in said.value.said
        assert list((tmp_path / "backups").iterdir()) == []
        [draft] = vault.shelf.drafts()
        assert vault.shelf.append(draft.screening, [answer(3)], {}).number == 3


# --- restoring --------------------------------------------------------------------------------------------------------


def test_what_was_there_is_moved_aside_and_opens_there(vault: Vault, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    with vault:
        line = vault.backups.make(tmp_path / "backups")
        [draft] = vault.shelf.drafts()
        vault.shelf.append(draft.screening, [answer(3)], {})
    restored = restore(line.path, folder, by_passphrase, SetClock(MORNING))
    with restored.vault as again:
        assert len(again.shelf.draft(draft.screening).steps) == 2
        assert "restored" in [row.deed for row in again.audit_log()]
        assert again.verify() == ()
    assert restored.replaced == folder / "replaced-2026-11-23-090000"
    with opened(restored.replaced) as before:
        assert len(before.shelf.draft(draft.screening).steps) == 3
        assert before.verify() == ()
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        "vault.db",
        "vault.head",
        "vault.keys.json",
        "vault.lock",
    ]


def test_the_recovery_key_of_then_opens_a_backup_too(tmp_path: Path) -> None:
    vault, sheet = made(tmp_path / "records")
    with vault:
        vault.shelf.begin(OPENING)
        line = vault.backups.make(tmp_path / "backups")
        new_sheet = vault.rotate()
        newer = vault.backups.make(tmp_path / "backups")

    def with_sheet(key: object) -> Callable[[Path], Vault]:
        first = True

        def opening(folder: Path) -> Vault:
            nonlocal first
            if first:
                first = False
                return Vault.open_with_recovery(folder, key, "a fifth plain phrase", cost=CHEAP)  # type: ignore[arg-type]
            return Vault.open(folder, "a fifth plain phrase")

        return opening

    with pytest.raises(WrongRecoveryKey):
        restore(line.path, tmp_path / "third", with_sheet(new_sheet))
    restore(line.path, tmp_path / "third", with_sheet(sheet)).vault.close()
    restore(newer.path, tmp_path / "fourth", with_sheet(new_sheet)).vault.close()


def test_a_wrong_passphrase_restores_nothing(vault: Vault, tmp_path: Path) -> None:
    with vault:
        line = vault.backups.make(tmp_path / "backups")
    with pytest.raises(WrongPassphrase):
        restore(line.path, tmp_path / "records", lambda folder: Vault.open(folder, "not this passphrase"))
    opened(tmp_path / "records").close()
    assert not list((tmp_path / "records").glob("replaced*"))


def test_records_that_are_open_are_not_restored_over(vault: Vault, tmp_path: Path) -> None:
    with vault:
        line = vault.backups.make(tmp_path / "backups")
        with pytest.raises(OpenElsewhere):
            restore(line.path, tmp_path / "records", by_passphrase)


@pytest.mark.parametrize("moment", range(8))
def test_a_crash_at_any_moment_of_a_restore_leaves_the_former_or_the_restored_records(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    class Crash(BaseException):
        """Stands for the end of the program."""

    folder = tmp_path / "records"
    with vault:
        line = vault.backups.make(tmp_path / "backups")
        [draft] = vault.shelf.drafts()
        vault.shelf.append(draft.screening, [answer(3)], {})
    replace, seen = Path.replace, [0]

    def crash(self: Path, target: Path) -> Path:
        if self.parent in (folder, folder / "vault.placing") or self.parent.name.startswith(".restoring-"):
            if seen[0] == moment:
                raise Crash
            seen[0] += 1
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", crash)
        with pytest.raises(Crash):
            restore(line.path, folder, by_passphrase)
    assert exists(folder)
    with opened(folder) as again:
        assert len(again.shelf.draft(draft.screening).steps) == (3 if moment == 0 else 2)
        assert again.verify() == ()
    if moment:
        [replaced] = folder.glob("replaced*")
        with opened(replaced) as before:
            assert len(before.shelf.draft(draft.screening).steps) == 3


def test_a_place_that_is_no_folder_is_said(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with vault, pytest.raises(ReadWriteFailed):
        vault.backups.make(tmp_path / "file" / "backups")
    assert backup.KEEP >= 7
