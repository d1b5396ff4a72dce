"""What is done after signing and with what was begun by mistake: nothing that was signed changes, nothing is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screener.records.amendment import Addition, build, printed
from screener.records.record import canonical
from screener.store.failures import NotOnShelf, WrongPassphrase
from screener.store.signing import verify_record
from tests.store.places import MORNING, OPENING, PASSPHRASE, SetClock, answer, made, opened

CONTENT = json.dumps({"opening": OPENING, "incomplete": None}).encode()


def amendment(record: str, text: str) -> bytes:
    added = Addition("a letter came", text)
    return canonical(build(record, added, at="2026-11-24T09:00:00+00:00", name="Clinician A", role="clinician"))


def test_an_amendment_is_signed_and_the_record_is_read_back_byte_for_byte(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        signed = vault.shelf.seal(vault.shelf.begin(OPENING), CONTENT, {}, PASSPHRASE)
        for text in ("first", "second"):
            vault.shelf.amend(signed.record, amendment(signed.record, text), PASSPHRASE)
    with opened(tmp_path) as vault:
        assert vault.shelf.record(signed.record) == signed
        added = vault.shelf.amendments(signed.record)
        assert [printed(one)["text"] for one in added] == ["first", "second"]
        assert all(verify_record(one, vault.account.public_key).unchanged for one in added)
        [last] = [line for line in vault.audit_log() if line.deed == "amend"][-1:]
        assert (last.subject, last.details["record"]) == (signed.record, added[-1].record)
        assert vault.verify() == ()


def test_a_wrong_passphrase_adds_nothing(tmp_path: Path) -> None:
    clock = SetClock(MORNING)
    with made(tmp_path, clock)[0] as vault:
        signed = vault.shelf.seal(vault.shelf.begin(OPENING), CONTENT, {}, PASSPHRASE)
        with pytest.raises(WrongPassphrase):
            vault.shelf.amend(signed.record, amendment(signed.record, "x"), "three plain word")
        assert vault.shelf.amendments(signed.record) == []
        assert [line.amendments for line in vault.shelf.records()] == [0]


def test_a_discarded_screening_is_opened_listed_and_gone_on_with_no_more(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        gone = vault.shelf.begin(OPENING | {"reference": "Sentinel Reference"})
        vault.shelf.append(gone, [answer(1)], {"reference": "Sentinel Reference"})
        vault.shelf.discard(gone, "begun under a name")
        for deed in (
            lambda: vault.shelf.draft(gone),
            lambda: vault.shelf.append(gone, [answer(2)], {}),
            lambda: vault.shelf.seal(gone, CONTENT, {}, PASSPHRASE),
            lambda: vault.shelf.discard(gone, "twice"),
        ):
            with pytest.raises(NotOnShelf):
                deed()
    with opened(tmp_path) as vault:
        assert (vault.shelf.drafts(), vault.shelf.records()) == ([], [])
        assert "Sentinel" not in repr(vault.audit_log())
        assert vault.verify() == ()
