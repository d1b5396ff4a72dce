"""The shelf's promises, the same over a file and over memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from screener.records.browse import Shelf, SignedRecord
from screener.store.failures import NotOnShelf, PartSigned, RecordsClosed, UnusableName, WrongPassphrase
from screener.store.signing import verify_record
from screener.store.vault import Vault
from tests.store.places import CHEAP, MORNING, OPENING, PASSPHRASE, SetClock, answer, made, opened

CONTENT = json.dumps(
    {"opening": OPENING, "visit": {"visit_date": "2026-11-24"}, "incomplete": None, "über": "ß"}, ensure_ascii=False
).encode("utf-8")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MORNING)


@pytest.fixture(params=["file", "memory"])
def vault(request: pytest.FixtureRequest, tmp_path: Path, clock: SetClock) -> Iterator[Vault]:
    with made(tmp_path, clock)[0] if request.param == "file" else Vault.in_memory(clock) as vault:
        yield vault


def test_the_shelf_is_what_the_program_asks_for(vault: Vault) -> None:
    shelf: Shelf = vault.shelf
    assert shelf.drafts() == []
    assert shelf.records() == []


def test_a_draft_comes_back_as_it_was_saved(vault: Vault, clock: SetClock) -> None:
    screening = vault.shelf.begin(OPENING)
    clock.turn(5)
    first = vault.shelf.append(screening, [answer(1), answer(2)], {"answered": 2, "place": "heart"})
    clock.turn(2)
    second = vault.shelf.append(screening, [{"step": "jot", "text": "„sie sagt: 12 % 🫀\n“"}], {"answered": 2})
    assert (first.number, first.at) == (2, "2026-11-23T09:00:05.000+00:00")
    assert (second.screening, second.number, second.at) == (screening, 3, "2026-11-23T09:00:07.000+00:00")
    draft = vault.shelf.draft(screening)
    assert draft.opening == OPENING
    assert draft.steps == (answer(1), answer(2), {"step": "jot", "text": "„sie sagt: 12 % 🫀\n“"})
    assert draft.digest == {"answered": 2}
    assert draft.updated_at == second.at
    [line] = vault.shelf.drafts()
    assert (line.screening, line.opening, line.steps, line.digest) == (screening, OPENING, 3, {"answered": 2})


def test_the_same_words_come_back_after_closing(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        screening = vault.shelf.begin(OPENING)
        vault.shelf.append(screening, [answer(n) for n in range(40)], {"answered": 40})
        before = vault.shelf.draft(screening)
    with opened(tmp_path) as vault:
        assert vault.shelf.draft(screening) == before
        assert vault.verify() == ()


def test_drafts_stand_last_touched_first_though_the_clock_jumps_back(vault: Vault, clock: SetClock) -> None:
    old, new = vault.shelf.begin(OPENING), vault.shelf.begin(OPENING)
    assert [line.screening for line in vault.shelf.drafts()] == [new, old]
    clock.turn(-86_400)
    vault.shelf.append(old, [answer(1)], {})
    assert [line.screening for line in vault.shelf.drafts()] == [old, new]
    assert vault.verify() == ()


def test_a_digest_alone_moves_nothing(vault: Vault) -> None:
    old, new = vault.shelf.begin(OPENING), vault.shelf.begin(OPENING)
    assert vault.shelf.append(old, [], {"answered": 0}).number == 0
    assert [(line.screening, line.digest) for line in vault.shelf.drafts()] == [(new, {}), (old, {"answered": 0})]


def test_a_step_that_is_not_json_saves_nothing_of_its_batch(vault: Vault) -> None:
    screening = vault.shelf.begin(OPENING)
    with pytest.raises(TypeError):
        vault.shelf.append(screening, [answer(1), {"after": object()}], {"answered": 9})
    assert vault.shelf.draft(screening).steps == ()
    assert vault.shelf.append(screening, [answer(1)], {}).number == 1


def test_a_sealed_record_keeps_its_bytes_and_closes_the_draft(vault: Vault) -> None:
    screening = vault.shelf.begin(OPENING)
    vault.shelf.append(screening, [answer(1)], {})
    signed = vault.shelf.seal(screening, CONTENT, {"answered": 1}, PASSPHRASE)
    assert signed.content == CONTENT
    assert vault.shelf.record(signed.record) == signed
    assert verify_record(signed, vault.account.public_key).unchanged
    assert signed.signature.signer == vault.account.name
    assert vault.shelf.drafts() == []
    [line] = vault.shelf.records()
    assert (line.record, line.reference, line.pathway) == (signed.record, "K-17", "esketamine-clinic")
    assert (line.visit_date, line.incomplete, line.amendments) == ("2026-11-24", False, 0)
    assert line.digest == {"answered": 1}
    for deed in (
        lambda: vault.shelf.append(screening, [answer(2)], {}),
        lambda: vault.shelf.seal(screening, CONTENT, {}, PASSPHRASE),
        lambda: vault.shelf.discard(screening, "twice"),
        lambda: vault.shelf.draft(screening),
    ):
        with pytest.raises(NotOnShelf):
            deed()


def test_a_signed_part_leaves_the_screening_open_and_is_checked_like_every_record(vault: Vault) -> None:
    screening = vault.shelf.begin(OPENING)
    vault.shelf.append(screening, [answer(1)], {})
    first = vault.shelf.seal_part(screening, CONTENT, {"part": 1}, PASSPHRASE)
    vault.shelf.append(screening, [answer(2)], {})
    last = vault.shelf.seal(screening, CONTENT, {}, PASSPHRASE)
    assert [part.record for part in vault.shelf.parts(screening)] == [first.record, last.record]
    assert all(verify_record(part).unchanged for part in vault.shelf.parts(screening))
    assert [line.digest.get("part") for line in vault.shelf.records()] == [None, 1]
    assert vault.shelf.drafts() == []
    assert vault.verify() == ()


def test_a_screening_of_which_a_part_is_signed_cannot_be_discarded(vault: Vault) -> None:
    screening = vault.shelf.begin(OPENING)
    vault.shelf.append(screening, [answer(1)], {})
    vault.shelf.seal_part(screening, CONTENT, {"part": 1}, PASSPHRASE)
    with pytest.raises(PartSigned):
        vault.shelf.discard(screening, "begun by mistake")
    assert vault.shelf.draft(screening).steps == (answer(1),)


def test_a_record_signed_as_incomplete_says_so_in_the_list(vault: Vault) -> None:
    content = json.dumps({"opening": OPENING, "incomplete": "the patient left"}).encode()
    vault.shelf.seal(vault.shelf.begin(OPENING), content, {}, PASSPHRASE)
    assert [(line.incomplete, line.visit_date) for line in vault.shelf.records()] == [(True, "2026-11-23")]


def test_an_amendment_stands_beside_the_record_and_changes_nothing_in_it(vault: Vault) -> None:
    signed = vault.shelf.seal(vault.shelf.begin(OPENING), CONTENT, {}, PASSPHRASE)
    first = vault.shelf.amend(signed.record, b'{"reason":"typing mistake"}', PASSPHRASE)
    second = vault.shelf.amend(first.record, b'{"reason":"another"}', PASSPHRASE)
    assert vault.shelf.record(signed.record) == signed
    assert vault.shelf.amendments(signed.record) == [first, second]
    assert [first.amends, second.amends] == [signed.record, signed.record]
    assert [(line.record, line.amendments) for line in vault.shelf.records()] == [(signed.record, 2)]
    assert vault.verify() == ()
    with pytest.raises(NotOnShelf):
        vault.shelf.amend("elsewhere", b"{}", PASSPHRASE)


def test_records_are_listed_latest_first_and_by_reference(vault: Vault) -> None:
    def signed(reference: str) -> str:
        opening = OPENING | {"reference": reference}
        content = json.dumps({"opening": opening}).encode()
        return vault.shelf.seal(vault.shelf.begin(opening), content, {}, PASSPHRASE).record

    first, other, last = signed("K-17"), signed("K-18"), signed("K-17")
    assert [line.record for line in vault.shelf.records()] == [last, other, first]
    assert [line.record for line in vault.shelf.records("K-17")] == [last, first]
    assert vault.shelf.records("K-1") == []


def test_everything_signed_of_a_reference_is_read_at_once_and_each_record_has_its_audit_line(vault: Vault) -> None:
    def signed(reference: str) -> SignedRecord:
        opening = OPENING | {"reference": reference}
        content = json.dumps({"opening": opening}).encode()
        return vault.shelf.seal(vault.shelf.begin(opening), content, {}, PASSPHRASE)

    first, _, last = signed("K-17"), signed("K-18"), signed("K-17")
    added = vault.shelf.amend(first.record, b'{"reason":"typing mistake"}', PASSPHRASE)
    before = len(vault.audit_log())
    assert vault.shelf.signed_under("K-17") == [first, last, added]
    assert [(line.deed, line.subject) for line in vault.audit_log()[before:]] == [
        ("read", first.record),
        ("read", last.record),
    ]
    assert vault.shelf.signed_under("K-1") == vault.shelf.signed_under("") == []
    assert len(vault.audit_log()) == before + 2
    assert vault.verify() == ()


def test_a_wrong_passphrase_signs_nothing_and_leaves_the_draft(tmp_path: Path) -> None:
    clock = SetClock(MORNING)
    with made(tmp_path, clock)[0] as vault:
        screening = vault.shelf.begin(OPENING)
        with pytest.raises(WrongPassphrase) as refused:
            vault.shelf.seal(screening, CONTENT, {}, "three plain word")
        assert refused.value.retry_after_s == 1
        assert [line.screening for line in vault.shelf.drafts()] == [screening]
        assert vault.shelf.records() == []
        clock.turn(1)
        vault.shelf.seal(screening, CONTENT, {}, PASSPHRASE)
        assert [line.deed for line in vault.audit_log()][-2:] == ["unlock refused", "sign"]


def test_a_discarded_screening_loses_its_words_and_keeps_its_audit_row(vault: Vault) -> None:
    kept, gone = vault.shelf.begin(OPENING), vault.shelf.begin(OPENING)
    for screening in (kept, gone, kept):
        vault.shelf.append(screening, [answer(1)], {"answered": 1})
    vault.shelf.discard(gone, "begun by mistake")
    assert [line.screening for line in vault.shelf.drafts()] == [kept]
    last = vault.audit_log()[-1]
    assert (last.deed, last.subject, last.details) == ("discard", gone, {"reason": "begun by mistake"})
    assert vault.verify() == ()
    assert len(vault.shelf.draft(kept).steps) == 2


def test_a_choice_of_the_clinic_is_kept_with_what_it_was_before(vault: Vault) -> None:
    assert vault.shelf.recall("limit") is None
    vault.shelf.remember("limit", {"option": "140-90"})
    vault.shelf.remember("limit", {"option": "170-100"})
    assert vault.shelf.recall("limit") == {"option": "170-100"}
    rows = [line.details for line in vault.audit_log() if line.deed == "policy change"]
    assert rows == [
        {"before": None, "after": {"option": "140-90"}},
        {"before": {"option": "140-90"}, "after": {"option": "170-100"}},
    ]


def test_each_deed_leaves_its_line_in_the_audit_log(vault: Vault) -> None:
    before = len(vault.audit_log())
    screening = vault.shelf.begin(OPENING)
    vault.shelf.append(screening, [answer(1), answer(2)], {})
    vault.shelf.draft(screening)
    record = vault.shelf.seal(screening, CONTENT, {}, PASSPHRASE).record
    vault.shelf.record(record)
    vault.unlock(PASSPHRASE)
    lines = vault.audit_log()[before:]
    assert [line.deed for line in lines] == ["begin", "answer", "open", "sign", "read", "unlock"]
    assert [line.subject for line in lines] == [screening] * 4 + [record, ""]
    assert lines[1].details == {"first": 1, "last": 2}
    assert {line.account for line in lines} == {vault.account.id}


def test_no_audit_row_holds_an_answer(vault: Vault) -> None:
    screening = vault.shelf.begin(OPENING)
    vault.shelf.append(screening, [{"step": "answer", "after": {"value": "sentinel-answer"}}], {"place": "sentinel-x"})
    vault.shelf.discard(screening, "made up")
    assert "sentinel" not in repr(vault.audit_log())


def test_two_threads_take_turns(vault: Vault) -> None:
    mine = [vault.shelf.begin(OPENING), vault.shelf.begin(OPENING)]

    def write(screening: str) -> None:
        for number in range(25):
            vault.shelf.append(screening, [answer(number)], {"answered": number})

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, mine))
    for screening in mine:
        assert vault.shelf.draft(screening).steps == tuple(answer(number) for number in range(25))
    assert vault.verify() == ()


def test_a_vault_in_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Vault.in_memory() as vault:
        vault.shelf.append(vault.shelf.begin(OPENING), [answer(1)], {})
        vault.change_passphrase("any", "other")
        assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_half_a_sign_is_kept_as_it_was_given(tmp_path: Path) -> None:
    """A paste can leave half of a pair; it has no UTF-8, and was once neither saved nor refused."""
    step = {"step": "jot", "text": "\ud83d, \ude00 and a whole \U0001f600"}
    with made(tmp_path)[0] as vault:
        screening = vault.shelf.begin(OPENING | {"reference": "\ud83d"})
        vault.shelf.append(screening, [step], {})
    with opened(tmp_path) as vault:
        draft = vault.shelf.draft(screening)
        assert (draft.opening["reference"], draft.steps) == ("\ud83d", (step,))
        assert vault.verify() == ()


def test_a_name_that_cannot_be_written_down_is_refused_and_nothing_made(tmp_path: Path) -> None:
    with pytest.raises(UnusableName):
        Vault.create(tmp_path / "new", name="\ud83d", passphrase=PASSPHRASE, cost=CHEAP)
    assert not (tmp_path / "new").exists()
    Vault.create(tmp_path, name="Clinician A", passphrase="\ud83d and more", cost=CHEAP)[0].close()
    Vault.open(tmp_path, "\ud83d and more").close()


def test_what_waits_while_the_records_are_closed_is_said(tmp_path: Path) -> None:
    vault = made(tmp_path)[0]
    vault.close()
    for deed in (
        vault.shelf.drafts,
        lambda: vault.shelf.begin(OPENING),
        vault.verify,
        lambda: vault.unlock(PASSPHRASE),
    ):
        with pytest.raises(RecordsClosed):
            deed()
    vault.close()
