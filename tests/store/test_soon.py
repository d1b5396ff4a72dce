"""The head on its way to the disk: nobody waits for it, several go together, what is refused is written anew."""

from __future__ import annotations

import errno
from pathlib import Path
from threading import Event

import pytest

from screener.store import soon
from screener.store.failures import StoreFailed
from screener.store.head import Head, HeadFile, Tip

KEY = b"k" * 32


def head(number: int) -> Head:
    tip = Tip(number, f"{number:064x}")
    return Head(tip, tip, "2026-11-26T09:00:00.000+01:00")


@pytest.fixture
def file(tmp_path: Path) -> HeadFile:
    made = HeadFile(tmp_path, KEY)
    made.note(head(1))
    return made


def test_what_is_noted_can_be_read_at_once_by_anybody_and_nobody_waits_for_the_disk(
    file: HeadFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()
    monkeypatch.setattr(soon, "_sync", lambda _: go_on.wait(10))
    for number in (2, 3, 4):
        file.note(head(number))
        assert HeadFile(tmp_path, KEY).read() == head(number)
    go_on.set()
    file.close()


def test_notes_of_one_moment_go_to_the_disk_together_and_closing_waits_for_the_last(
    file: HeadFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(soon, "MOMENT_S", 60)
    monkeypatch.setattr(soon, "_sync", synced.append)
    for number in range(2, 30):
        file.note(head(number))
    assert synced == [], "the moment is not over"
    file.close()
    assert len(synced) == 1


def test_what_the_disk_refused_is_written_anew_with_the_next_note(
    file: HeadFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = written_anew(monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr(soon, "MOMENT_S", 0)
        patched.setattr(soon, "_sync", refuse)
        file.note(head(2))
        assert file._soon is not None
        file._soon.end()
    file.note(head(3))
    assert written == [head(3)] and HeadFile(tmp_path, KEY).read() == head(3)
    file.close()


def test_what_the_disk_refused_is_written_anew_before_the_file_is_let_go(
    file: HeadFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = written_anew(monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr(soon, "_sync", refuse)
        file.note(head(2))
        file.close()
    assert written == [head(2)] and HeadFile(tmp_path, KEY).read() == head(2)


def test_what_could_not_be_noted_at_all_is_written_before_the_file_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, room = HeadFile(tmp_path, KEY), tmp_path / "vault.head"
    room.mkdir()  # nothing can be written there
    file.note(head(1))
    with pytest.raises(StoreFailed):
        file.close()
    room.rmdir()
    file.close()
    assert HeadFile(tmp_path, KEY).read() == head(1)
    written = written_anew(monkeypatch)
    file.close()
    assert written == [], "it is there"


def written_anew(monkeypatch: pytest.MonkeyPatch) -> list[Head]:
    """Every head that is from here on written into both places, and waited for."""
    found: list[Head] = []
    write = HeadFile.write

    def heard(self: HeadFile, one: Head) -> None:
        found.append(one)
        write(self, one)

    monkeypatch.setattr(HeadFile, "write", heard)
    return found


def refuse(_: int) -> None:
    raise OSError(errno.EIO, "Input/output error")
