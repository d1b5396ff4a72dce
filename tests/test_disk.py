"""A file is written whole or not at all, and what others left behind goes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.disk import free_name, write_whole


def stops() -> Iterator[bytes]:
    yield b"half"
    raise OSError(28, "no room")


def test_a_file_is_replaced_whole_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_bytes(b"old and longer")
    write_whole(file, (b"ne", b"w"))
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 or os.name == "nt"
    assert [*tmp_path.iterdir()] == [file]


def test_what_cannot_be_written_leaves_the_old_and_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_bytes(b"old")
    with pytest.raises(OSError, match="no room"):
        write_whole(file, stops())
    assert file.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [file]


def test_what_a_program_that_was_ended_left_half_written_goes_with_the_next_writing(tmp_path: Path) -> None:
    file, of_another = tmp_path / "kept[1].json", tmp_path / "kept[2].json.77.part"
    (tmp_path / "kept[1].json.4242.part").write_bytes(b"ha")
    of_another.write_bytes(b"ha")
    write_whole(file, (b"new",))
    assert sorted(tmp_path.iterdir()) == [file, of_another]


def test_a_free_name_has_a_number_behind_it_where_the_name_is_taken(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        made = free_name(tmp_path, "vine", ".yaml")
        made.touch()
        names.append(made.name)
    assert names == ["vine.yaml", "vine-2.yaml", "vine-3.yaml"]
