"""Altered, missing and reordered rows are found and named; a signature says exactly what was checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from screener.records.browse import Signature, SignedRecord
from screener.store.chain import BadRow
from screener.store.failures import DamagedVault
from screener.store.keys import SigningPair, text_of
from screener.store.signing import sign, verify_record
from screener.store.vault import Vault
from tests.store.places import OPENING, PASSPHRASE, answer, beside_the_program, made, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with two screenings of five steps, a record with an amendment, a discarded screening; sound in itself."""
    with made(tmp_path)[0] as vault:
        shelf = vault.shelf
        for _ in range(2):
            shelf.append(shelf.begin(OPENING), [answer(number) for number in range(5)], {"answered": 5})
        signed = shelf.seal(shelf.begin(OPENING), b'{"said":"as it was"}', {}, PASSPHRASE)
        shelf.amend(signed.record, b'{"reason":"added"}', PASSPHRASE)
        gone = shelf.begin(OPENING)
        shelf.append(gone, [answer(1)], {})
        shelf.discard(gone, "begun twice")
        assert vault.verify() == ()
    return tmp_path


def bad_rows_after(folder: Path, *statements: str) -> tuple[BadRow, ...]:
    with beside_the_program(folder) as connection:
        for statement in statements:
            connection.execute(statement)
    with opened(folder) as vault:
        return vault.verify()


AUDIT_TAMPERING = [
    (["UPDATE audit SET deed = 'read' WHERE number = 7"], 7, "altered"),
    (["UPDATE audit SET details = '{}' WHERE number = 5"], 5, "altered"),
    (["UPDATE audit SET account = 'somebody' WHERE number = 4"], 4, "altered"),
    (["UPDATE audit SET at = '2020-01-01T00:00:00.000+00:00' WHERE number = 9"], 9, "altered"),
    (["DELETE FROM audit WHERE number = 6"], 6, "missing"),
    (["DELETE FROM audit WHERE number = 1"], 1, "missing"),
    (["DELETE FROM audit WHERE number = 6", "UPDATE audit SET number = 6 WHERE number = 5"], 5, "missing"),
    (
        [
            "UPDATE audit SET number = 1000 WHERE number = 4",
            "UPDATE audit SET number = 4 WHERE number = 5",
            "UPDATE audit SET number = 5 WHERE number = 1000",
        ],
        4,
        "altered",
    ),
]


@pytest.mark.parametrize(("statements", "number", "what"), AUDIT_TAMPERING)
def test_the_first_bad_row_of_the_audit_log_is_named(
    folder: Path, statements: list[str], number: int, what: str
) -> None:
    assert bad_rows_after(folder, *statements) == (BadRow("audit log", number, what),)


JOURNAL_TAMPERING = [
    ("UPDATE step SET body = replace(body, 'q3', 'q4') WHERE number = 4", 4, "altered"),
    ("UPDATE step SET salt = 'f' WHERE number = 2", 2, "altered"),
    ("UPDATE step SET at = '2020-01-01T00:00:00.000+00:00' WHERE number = 3", 3, "altered"),
    ("DELETE FROM step WHERE number = 5", 5, "missing"),
    (
        "UPDATE step SET salt = NULL, body = NULL WHERE number = 6",
        6,
        "erased, and its screening was not discarded",
    ),
    (
        "UPDATE step SET screening = (SELECT screening FROM step WHERE number = 10), position = 9 WHERE number = 1",
        1,
        "altered",
    ),
]


@pytest.mark.parametrize(("statement", "number", "what"), JOURNAL_TAMPERING)
def test_the_first_bad_row_of_the_journal_is_named(folder: Path, statement: str, number: int, what: str) -> None:
    [bad] = bad_rows_after(folder, statement)
    assert bad == BadRow("journal", number, what)
    assert str(bad) == f"journal: row {number} is {what}"


def test_an_altered_record_and_an_unknown_key_are_named(folder: Path) -> None:
    assert bad_rows_after(
        folder, "UPDATE record SET content = CAST(replace(content, 'was', 'is') AS BLOB) WHERE number = 1"
    ) == (BadRow("records", 1, "altered"),)
    stranger = SigningPair.make()
    signature = sign(stranger, b'{"reason":"added"}', signer="Clinician A", signed_at="2026-11-23T09:00:00+00:00")
    assert bad_rows_after(
        folder,
        f"UPDATE record SET public_key = '{signature.public_key}', fingerprint = '{signature.fingerprint}',"
        f" signature = '{signature.value}' WHERE number = 2",
    )[1:] == (BadRow("records", 2, "signed by a key that was never valid here"),)


@pytest.mark.parametrize("number", [1, 2])
def test_a_record_that_was_taken_out_is_missed(folder: Path, number: int) -> None:
    assert bad_rows_after(folder, f"DELETE FROM record WHERE number = {number}") == (
        BadRow("records", number, "missing"),
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET deed = 'x'",
        "DELETE FROM audit",
        "UPDATE record SET content = x'00'",
        "DELETE FROM record",
        "DELETE FROM step",
        "UPDATE step SET body = 'x'",
        "UPDATE step SET at = 'x', salt = NULL, body = NULL",
    ],
)
def test_rows_that_are_written_once_refuse_a_mistaken_statement(folder: Path, statement: str) -> None:
    from sqlalchemy.exc import IntegrityError

    with opened(folder) as vault:
        with pytest.raises(IntegrityError, match="written once"), vault._deeds.deed(None) as deed:
            deed.connection.exec_driver_sql(statement)
        assert vault.verify() == ()


# --- signatures -------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed() -> SignedRecord:
    with Vault.in_memory() as vault:
        return vault.shelf.seal(vault.shelf.begin(OPENING), '{"said":"größer"}'.encode(), {}, "")


def test_without_a_key_the_sentence_claims_no_more_than_was_checked(signed: SignedRecord) -> None:
    shown = verify_record(signed)
    assert (shown.unchanged, shown.key_checked) == (True, False)
    assert shown.sentence == (
        f"unchanged since signed by key {signed.signature.fingerprint}; whose key this is was not checked"
    )


def test_with_the_signers_key_it_is_checked(signed: SignedRecord) -> None:
    for key in (signed.signature.public_key, bytes_of_key(signed)):
        shown = verify_record(signed, key)
        assert (shown.unchanged, shown.key_checked, shown.fingerprint) == (True, True, signed.signature.fingerprint)


def bytes_of_key(signed: SignedRecord) -> bytes:
    from base64 import b64decode

    return b64decode(signed.signature.public_key)


@pytest.mark.parametrize("place", [0, 5, -1])
def test_one_changed_bit_is_seen(signed: SignedRecord, place: int) -> None:
    content = bytearray(signed.content)
    content[place] ^= 1
    for key in (None, signed.signature.public_key):
        shown = verify_record(replace(signed, content=bytes(content)), key)
        assert not shown.unchanged
        assert shown.sentence.startswith("changed since it was signed")


def signed_anew(signed: SignedRecord) -> Signature:
    kept = signed.signature
    return sign(SigningPair.make(), signed.statement, signer=kept.signer, signed_at=kept.signed_at)


def test_a_record_signed_anew_by_somebody_else_is_seen_with_the_key(signed: SignedRecord) -> None:
    forged = replace(signed, signature=signed_anew(signed))
    assert verify_record(forged).unchanged, "the same statement, honestly signed by somebody else"
    shown = verify_record(forged, signed.signature.public_key)
    assert not shown.unchanged
    assert shown.sentence.startswith("not signed by key " + signed.signature.fingerprint)
    # The true key written beside a foreign signature does not help either.
    dressed = replace(forged, signature=replace(forged.signature, public_key=signed.signature.public_key))
    assert not verify_record(dressed).unchanged


@pytest.mark.parametrize("broken", ["", "not base64 !", text_of(b"short"), text_of(bytes(64))])
def test_a_broken_key_or_signature_is_an_answer_and_no_error(signed: SignedRecord, broken: str) -> None:
    assert not verify_record(signed, broken).unchanged
    assert not verify_record(replace(signed, signature=replace(signed.signature, value=broken))).unchanged
    assert not verify_record(replace(signed, signature=replace(signed.signature, public_key=broken))).unchanged


# --- pages that were not written again --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        ("UPDATE screening SET state = 'draft' WHERE state = 'signed'", ("screenings", "altered")),
        ("UPDATE screening SET steps = steps - 1 WHERE steps = 5", ("screenings", "altered")),
        ("UPDATE screening SET digest = '{}' WHERE state = 'draft'", ("screenings", "altered")),
        ("UPDATE screening SET opening = replace(opening, 'K-17', 'K-18')", ("screenings", "altered")),
        ("UPDATE screening SET visit_date = '2020-01-01' WHERE state = 'draft'", ("screenings", "altered")),
        ('UPDATE choice SET value = \'{"country":"before"}\'', ("choices", "altered")),
        ("DELETE FROM choice", ("choices", "missing")),
    ],
)
def test_what_stands_otherwise_than_the_log_left_it_is_named(
    folder: Path, statement: str, bad: tuple[str, str]
) -> None:
    # An earlier version of a page carries its seal: once an old choice was read as if it were the present one.
    with opened(folder) as vault:
        vault.shelf.remember("clinic", {"country": "before"})
        vault.shelf.remember("clinic", {"country": "now"})
        assert vault.verify() == ()
    found = bad_rows_after(folder, statement)
    assert found
    assert {(row.log, row.what) for row in found} == {bad}


@pytest.mark.parametrize(
    "statement", ["UPDATE screening SET digest = '{}'", "UPDATE screening SET opening = replace(opening, '-1', '-2')"]
)
def test_an_unfinished_screening_whose_row_is_not_as_written_is_not_opened_and_can_be_discarded(
    folder: Path, statement: str
) -> None:
    with beside_the_program(folder) as connection:
        connection.execute(f"{statement} WHERE state = 'draft'")
    with opened(folder) as vault:
        line = vault.shelf.drafts()[0]
        with pytest.raises(DamagedVault):
            vault.shelf.draft(line.screening)
        with pytest.raises(DamagedVault):
            vault.shelf.append(line.screening, [answer(6)], {})
        vault.shelf.discard(line.screening, "its row was damaged")


def test_what_a_list_shows_of_a_record_otherwise_than_it_was_signed_is_named(folder: Path) -> None:
    statement = "UPDATE record SET visit_date = '2020-01-01' WHERE number = 1"
    assert bad_rows_after(folder, statement) == (BadRow("records", 1, "altered"),)
