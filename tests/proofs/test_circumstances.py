"""A second program, a clock that jumps, a folder that cannot be written: samples, and the failures planted there."""

from __future__ import annotations

import os

import pytest

from tests.proofs.clocks import PLANTED, by_the_clock, walk_some
from tests.proofs.instances import TRIES, beside_one_that_saves, without_hold
from tests.proofs.read_only import WRITABLE, NoWay, refusals

WALKS = 25
PROGRAMS = 3

pytestmark = pytest.mark.slow


def test_under_a_clock_that_jumps_order_chains_and_waits_hold() -> None:
    assert [tried for tried in walk_some(range(WALKS)) if tried.failure] == []


def test_a_list_in_the_order_of_the_clock_is_noticed() -> None:
    assert all(tried.failure for tried in by_the_clock(PLANTED))


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
def test_a_second_program_is_refused_at_any_moment_and_the_first_goes_on() -> None:
    tries = [beside_one_that_saves(seed) for seed in range(PROGRAMS)]
    assert [tried.failure for tried in tries if tried.failure] == []
    assert sum(tried.refused for tried in tries) == PROGRAMS * TRIES


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
def test_a_folder_that_nobody_holds_is_noticed() -> None:
    noticed = [without_hold(seed).failure for seed in range(PROGRAMS)]
    # Now and then the second one meets the very write of the first, and the database's own lock.
    assert all(noticed) and any("two programs" in said for said in noticed), noticed


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_every_deed_is_refused_or_done_whole_where_nobody_may_write() -> None:
    try:
        assert {name: said for name, said in refusals().items() if said} == {}
        assert all(refusals(WRITABLE).values())
    except NoWay as none:
        pytest.skip(str(none))
