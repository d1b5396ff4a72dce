"""A full disk at every page that a deed writes, and at the writes of an interview; and the failure planted there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.forms.model import Pack
from tests.kills.oracle import shipped_pack
from tests.proofs.filling import FORGETTING
from tests.proofs.full_disk import DEEDS, deeds, interview
from tests.proofs.small_disk import NoSmallDisk, small_disk

WRITES = 15

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    try:
        with small_disk(2) as place:
            yield place
    except NoSmallDisk as none:
        pytest.skip(f"{none}; tests/store/test_durability.py tries a limit on file sizes instead")


@pytest.fixture(scope="module")
def pack(place: Path) -> Pack:
    """The pack of the interviews, which need a small disk too."""
    return shipped_pack()


def test_every_deed_is_refused_whole_for_each_page_that_is_missing_and_done_when_there_is_room(place: Path) -> None:
    refused, wrong = deeds(place)
    assert wrong == []
    assert refused > 3 * len(DEEDS), "so few were refused that the disk was hardly full"


def test_an_interview_goes_on_over_a_disk_that_is_full_at_each_write_and_loses_nothing(pack: Pack) -> None:
    found = interview(1, WRITES, pack)
    assert found.failure == ""
    assert found.refused >= WRITES


def test_a_program_that_forgets_what_it_could_not_write_is_noticed(pack: Pack) -> None:
    assert "lost: " in interview(0, 2, pack, FORGETTING).failure
