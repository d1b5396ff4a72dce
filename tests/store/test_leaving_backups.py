"""What a backup tells before it is opened; its making can be left; a folder of the clinic's own stays as it is."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from screener.store import archive, keyring, restore
from screener.store.failures import BrokenBackup, NoVault
from screener.store.files import same_disk
from screener.text import WorldError
from tests.store.places import OPENING, made, opened


class Left(WorldError):  # noqa: N818 - as the window's own
    """Somebody did not want to wait."""


def leave_at(share: float, heard: list[float]) -> archive.Progress:
    def hear(done: int, of: int) -> None:
        heard.append(done / of)
        if heard[-1] >= share:
            raise Left("left")

    return hear


@pytest.mark.parametrize("share", [0.01, 0.75])
def test_a_backup_that_is_left_while_it_is_written_or_tried_leaves_nothing(tmp_path: Path, share: float) -> None:
    vault, _ = made(tmp_path / "home")
    with vault:
        vault.shelf.begin(OPENING)
        heard: list[float] = []
        with pytest.raises(Left):
            vault.backups.make(tmp_path / "kept", progress=leave_at(share, heard))
        assert list((tmp_path / "kept").iterdir()) == []
        vault.shelf.begin(OPENING)
        made_at_last = vault.backups.make(tmp_path / "kept")
    assert archive.check(made_at_last.path).screenings == 2


def test_progress_goes_from_nothing_to_all_through_writing_and_trying(tmp_path: Path) -> None:
    vault, _ = made(tmp_path / "home")
    heard: list[float] = []
    with vault:
        vault.backups.make(tmp_path / "kept", progress=lambda done, of: heard.append(done / of))
    assert heard == sorted(heard) and 0.5 in heard and heard[-1] == 1.0


def test_a_restore_that_is_left_while_it_unpacks_leaves_the_records_as_they_are(tmp_path: Path) -> None:
    vault, _ = made(tmp_path / "home")
    with vault:
        path = vault.backups.make(tmp_path / "kept").path
        vault.shelf.begin(OPENING)
    with pytest.raises(Left):
        restore.restore(path, tmp_path / "home", opened, progress=leave_at(0.01, []))
    assert not list((tmp_path / "home").glob("replaced-*"))
    with opened(tmp_path / "home") as again:
        assert len(again.shelf.drafts()) == 1


def test_who_else_may_read_a_folder_that_was_there_before_is_not_changed(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    vault, _ = made(tmp_path / "home")
    with vault:
        kept = vault.backups.make(folder)
        assert folder.stat().st_mode & 0o777 == 0o755
        assert kept.path.stat().st_mode & 0o777 == 0o600
        vault.backups.make(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_a_backup_tells_whose_passphrases_open_it(tmp_path: Path) -> None:
    vault, _ = made(tmp_path / "home")
    with vault:
        path = vault.backups.make(tmp_path / "kept").path
        told = archive.told(path)
        assert [one.name for one in told.people] == ["Clinician A"] and told.size == path.stat().st_size
        assert told.manifest.vault == vault.people.keyring.vault
    with pytest.raises(NoVault):
        archive.told(tmp_path / "nothing")


def test_other_names_put_into_a_backup_are_noticed_before_anything_is_opened(tmp_path: Path) -> None:
    vault, _ = made(tmp_path / "home")
    with vault:
        path = vault.backups.make(tmp_path / "kept").path
    with zipfile.ZipFile(path) as whole:
        content = {name: whole.read(name) for name in whole.namelist()}
    body = json.loads(content[keyring.FILE])
    body["accounts"][0]["name"] = "Somebody Else"
    content[keyring.FILE] = json.dumps(body).encode()
    with zipfile.ZipFile(path, "w") as altered:
        for name, data in content.items():
            altered.writestr(name, data)
    with pytest.raises(BrokenBackup):
        archive.told(path)


def test_folders_that_are_yet_to_be_made_lie_on_the_disk_of_the_one_that_is_there(tmp_path: Path) -> None:
    assert same_disk(tmp_path, tmp_path / "not" / "yet")
    proc = Path("/proc")
    assert not proc.is_dir() or not same_disk(tmp_path, proc)
