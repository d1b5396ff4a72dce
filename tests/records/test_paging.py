"""A long list is read page after page, the unfinished first; what is shown of it is said in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from screener.clock import FixedClock
from screener.records.browse import DraftLine, Listing, RecordLine
from screener.records.paging import PAGE, Found, first, further, waited_for
from screener.records.references import References
from screener.store.vault import Vault

CLOCK = FixedClock(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def vault() -> Iterator[Vault]:
    with Vault.in_memory(CLOCK) as made:
        yield made


def begin(vault: Vault, reference: str, *, signed: bool = False) -> str:
    opening = {"reference": reference, "pathway": "kap", "clinician": "Clinician A", "begun_at": "", "visit_date": ""}
    screening = vault.shelf.begin(opening)
    if signed:
        vault.shelf.seal(screening, b'{"visit": {}, "incomplete": null}', {"pathway": "KAP"}, "any")
    return screening


def test_an_empty_vault_says_that_there_is_none_of_either(vault: Vault) -> None:
    found = first(vault.shelf)
    assert found.nothing and not found.more
    assert found.said == "Unfinished: 0 · Signed: 0"


def test_pages_bring_every_screening_once_and_the_unfinished_first(vault: Vault) -> None:
    drafts = [begin(vault, f"D-{number:03}") for number in range(PAGE + 20)]
    signed = [begin(vault, f"S-{number:03}", signed=True) for number in range(PAGE + 50)]
    found = first(vault.shelf)
    assert len(found.drafts) == PAGE and not found.records
    assert found.said == f"Unfinished: the latest {PAGE} of {PAGE + 20} · Signed: {PAGE + 50}, further down"
    pages = 1
    while found.more:
        found, pages = further(vault.shelf, found), pages + 1
    assert pages == 4
    assert [line.screening for line in found.drafts] == drafts[::-1]
    assert [line.screening for line in found.records] == signed[::-1]
    assert found.said == f"Unfinished: {PAGE + 20} · Signed: {PAGE + 50}"


def test_the_first_page_holds_both_where_there_is_room(vault: Vault) -> None:
    begin(vault, "D-1")
    for number in range(PAGE + 1):
        begin(vault, f"S-{number}", signed=True)
    found = first(vault.shelf)
    assert (len(found.drafts), len(found.records)) == (1, PAGE - 1)
    assert found.said == f"Unfinished: 1 · Signed: the latest {PAGE - 1} of {PAGE + 1}"


def test_a_search_is_paged_too_and_does_not_count_what_it_has_not_seen(vault: Vault) -> None:
    for number in range(PAGE + 30):
        begin(vault, f"S-{number:03}", signed=True)
    begin(vault, "other")
    found = first(vault.shelf, "s-")
    assert found.said == f"Signed: the latest {PAGE} that match, and there are more"
    found = further(vault.shelf, found)
    assert found.said == f"Signed: {PAGE + 30}" and not found.more
    assert first(vault.shelf, "nobody").said == ""


def test_large_numbers_are_written_so_that_they_can_be_read() -> None:
    record = RecordLine("r", "s", "S-1", "kap", "", "", "", False, 0, {})
    assert Found(records=(record,), signed_more=7, unfinished=0, signed=100_000).said.endswith("latest 1 of 100,000")


def test_what_is_waited_for_is_said_once_for_a_screening_signed_in_parts() -> None:
    asked = {"what": "ECG", "from": "", "until": ""}
    records = [RecordLine(f"r{n}", "s", "S-1", "kap", "", "", "", False, 0, {"waiting_for": [asked]}) for n in (2, 1)]
    assert list(waited_for(Listing(records=tuple(records)))) == [("S-1", asked)]
    draft = DraftLine("s", {"reference": "S-1"}, {"waiting_for": []}, 1, "")
    assert list(waited_for(Listing((draft,), tuple(records)))) == []


def test_references_that_differ_by_one_sign_or_two_swapped_ones_look_alike() -> None:
    known = References({"SYN-0042": "K 1974", "SYN-0024": "", "SYN-0142": "", "AB-17": "", "SYN-00421": ""})
    assert known.alike("SYN-0042") == ["SYN-0024", "SYN-0142"]
    assert known.alike("AB-18") == ["AB-17"]
    assert known.alike("AB") == []
    assert "SYN-0042" in known and known.second_mark("SYN-0042") == "K 1974"
    assert References().alike("SYN-0042") == []
