"""The audit log as it is read: found by person, deed, day and word; a sentence for every deed; told against outside."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from screener.records.amendment import Addition, build
from screener.records.record import canonical
from screener.records.signed_file import SignedFile, read, written
from screener.store import deed_words
from screener.store.audit import AuditLine, Wanted
from screener.store.failures import NotAllowed, NotOnShelf
from screener.store.head import HeadFile
from screener.store.keyring import Keyring
from screener.store.vault import Vault
from tests.store.places import (
    CHEAP,
    MORNING,
    OPENING,
    PASSPHRASE,
    SetClock,
    answer,
    beside_the_program,
    made,
    opened,
)

CONTENT = json.dumps({"format": "screener-record/1", "opening": OPENING, "incomplete": None}).encode()
STORE = Path(__file__).resolve().parents[2] / "screener" / "store"


def worked(vault: Vault) -> tuple[str, str]:
    """Two screenings of two references, one signed, read, amended and taken out; the ids of that one."""
    shelf = vault.shelf
    other = shelf.begin(OPENING | {"reference": "Q-99"})
    shelf.append(other, [answer(1), answer(2)], {})
    screening = shelf.begin(OPENING)
    shelf.append(screening, [answer(1)], {})
    shelf.draft(screening)
    record = shelf.seal(screening, CONTENT, {}, PASSPHRASE).record
    shelf.record(record)
    added = build(record, Addition("a", "b"), at="2026-11-23T09:00:00+00:00", name="Clinician A", role="clinician")
    shelf.amend(record, canonical(added), PASSPHRASE)
    shelf.note_export(record, "signed file")
    return screening, record


def deeds(vault: Vault, **wanted: object) -> list[str]:
    return [line.deed for line in vault.audit_page(Wanted(**wanted)).lines]  # type: ignore[arg-type]


def test_the_log_is_read_page_by_page_latest_first(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        worked(vault)
        whole = [line.number for line in vault.audit_log()]
        found, before = [], None
        while True:
            page = vault.audit_page(Wanted(limit=3, before=before))
            found += [line.number for line in page.lines]
            if page.more is None:
                break
            before = page.more
        assert found == whole[::-1]


def test_everything_about_a_screening_is_found_from_the_screening_and_from_its_record(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        screening, record = worked(vault)
        about = ["export", "amend", "read", "sign", "open", "answer", "begin"]
        assert deeds(vault, subject=screening) == deeds(vault, subject=record) == about
        assert {line.screening for line in vault.audit_page(Wanted(subject=record)).lines} == {screening}
        vault.shelf.erase("K-17")
        assert deeds(vault, subject=screening)[:2] == ["erase", "export"]


def test_lines_are_found_by_person_deed_day_and_word(tmp_path: Path) -> None:
    clock = SetClock(MORNING)
    with made(tmp_path, clock)[0] as vault:
        worked(vault)
        vault.people.add("Trainer T", "trainer", "a second plain phrase", administers=False, cost=CHEAP)
        clock.turn(24 * 3600)
        vault.shelf.remember("clinic", {"country": "us-label"})
        assert deeds(vault, since="2026-11-24") == ["policy change"]
        assert deeds(vault, until="2026-11-23")[0] == "account"
        assert deeds(vault, deeds=("sign", "amend")) == ["amend", "sign"]
        assert "answer" not in deeds(vault, without=("answer",))
        assert deeds(vault, accounts=("nobody",)) == []
        assert deeds(vault, words="q-99") == ["answer", "begin"]
        assert deeds(vault, words="Q-99 saved") == ["answer"]
        assert deeds(vault, words="record AMENDED") == ["amend"]
        assert deeds(vault, words="trainer t") == ["account"]
        assert deeds(vault, words="%") == deeds(vault, words="'; drop table audit; --") == []


def test_an_administrator_finds_no_line_by_a_reference_and_is_shown_none(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        worked(vault)
        vault.people.add("Admin", "administrator", "a second plain phrase", administers=True, cost=CHEAP)
    with Vault.open(tmp_path, "a second plain phrase") as vault:
        lines = vault.audit_page(Wanted(deeds=("begin",))).lines
        assert [line.about for line in lines] == ["", ""]
        assert all(line.screening for line in lines)
        assert deeds(vault, words="Q-99") == []


def test_a_trainer_reads_no_log_and_takes_none_out(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        vault.people.add("Trainer T", "trainer", "a second plain phrase", administers=False, cost=CHEAP)
    with Vault.open(tmp_path, "a second plain phrase") as vault:
        with pytest.raises(NotAllowed):
            vault.audit_page(Wanted())
        with pytest.raises(NotAllowed):
            vault.note_log_export(references=False)


def test_every_deed_that_the_store_writes_has_a_name_and_a_sentence() -> None:
    written_somewhere = set()
    for file in STORE.rglob("*.py"):
        written_somewhere |= set(re.findall(r'\bnote\(\s*(?:deed, \w+, )?"([a-z ]+)"', file.read_text("utf-8")))
    named = written_somewhere | {"sign", "sign part", "passphrase reset", "recovery key used"}
    assert named == set(deed_words.KINDS)
    assert set(deed_words._SENTENCES) == set(deed_words.KINDS)


def test_every_line_of_a_working_vault_is_a_sentence(tmp_path: Path) -> None:
    with made(tmp_path / "vault")[0] as vault:
        worked(vault)
        vault.shelf.discard(vault.shelf.begin(OPENING), "by mistake")
        trainer = vault.people.add("Trainer T", "trainer", "a second plain phrase", administers=False, cost=CHEAP)
        vault.people.change(trainer.id, name="Trainer T", role="clinician", administers=True)
        vault.people.reset_passphrase(trainer.id, "a third plain phrase", cost=CHEAP)
        vault.people.remove(trainer.id)
        vault.people.new_sheet()
        vault.shelf.remember("clinic", {"country": "us-label", "crisis_card": ""})
        vault.shelf.remember("clinic", {"country": "eu-label", "crisis_card": ""})
        chosen = deed_words.sentence(vault.audit_page(Wanted(limit=1)).lines[0])
        vault.shelf.remember("backups", {"folder": "/elsewhere", "keep": 30, "daily": True, "of_later": 1})
        vault.note_log_export(references=True)
        line = vault.backups.make(tmp_path / "backups")
        vault.backups.clear_before(line)
        vault.shelf.erase("K-17")
        lines = vault.audit_page(Wanted(limit=999)).lines
    said = {entry.deed: deed_words.sentence(entry) for entry in reversed(lines)}
    assert all(text.endswith(".") and text != deed_words.name_of(deed) for deed, text in said.items())
    assert chosen == "Changed what the clinic chose, settings: labels and country."
    assert said["policy change"] == (
        "Changed what the clinic chose, backups: daily backups, folder, how many backups are kept, of_later."
    )
    assert said["erase"] == "Erased what was kept under a reference: 1 screening, 2 signed records and amendments."
    assert said["answer"] == "Saved step 1."
    assert said["account changed"] == "Changed the account Trainer T (trainer) to Trainer T (clinician, administers)."


def test_a_deed_of_a_later_version_is_shown_as_it_is() -> None:
    assert deed_words.sentence(AuditLine(1, "", "", "teleport", "", {})) == "teleport"
    assert deed_words.sentence(AuditLine(1, "", "", "answer", "", {"other": 1})) == "Answers saved"
    assert deed_words.sentence(AuditLine(1, "", "", "refused", "", {"right": "none"})) == "Deed refused"


# --- told against from outside ----------------------------------------------------------------------------------------


def test_a_record_that_was_kept_outside_fits_the_vault_that_signed_it(tmp_path: Path) -> None:
    with made(tmp_path / "one")[0] as vault:
        _, record = worked(vault)
        kept = read(written(SignedFile(vault.shelf.record(record), tuple(vault.shelf.amendments(record)))))
        assert vault.told_by(kept.record) == ""
        assert [vault.told_by(one) for one in kept.amendments] == [""]
        assert vault.extent().records == 2
        vault.shelf.erase("K-17")
        assert vault.told_by(kept.record) == ""
    with made(tmp_path / "another")[0] as vault:
        assert vault.told_by(kept.record) == "the key that signed it was never valid here"


def test_logs_that_were_cut_off_with_their_head_are_told_by_a_record_from_before(tmp_path: Path) -> None:
    """Whoever has the key can cut the logs and seal a new head: the vault alone shows nothing, the record does."""
    with made(tmp_path)[0] as vault:
        _, record = worked(vault)
        kept = vault.shelf.record(record)
    key = Keyring.read(tmp_path).open(PASSPHRASE).vault_key
    with beside_the_program(tmp_path) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("DELETE FROM record")
        database.execute("DELETE FROM step")
        database.execute("DELETE FROM screening")
        database.execute("DELETE FROM listed")
        database.execute("DELETE FROM audit WHERE number > 3")
        number, chain = database.execute("SELECT number, chain FROM audit ORDER BY number DESC LIMIT 1").fetchone()
    head = HeadFile.of(tmp_path, key)
    sealed = head.read()
    tip = type(sealed.audit)
    head.write(type(sealed)(tip(0, "0" * 64), tip(number, chain), sealed.at))
    with opened(tmp_path) as vault:
        assert vault.verify() == ()
        assert vault.told_by(kept) == "the logs do not hold the rows that they ended with when it was signed"


# --- erasing ----------------------------------------------------------------------------------------------------------

WORDS = ("Sentinel-Ref-7731", "sentinelword", "Sentinelmark", "Sentinelreason", "Sentinelpathway", "Sentinelamended")


def kept_words(vault: Vault) -> None:
    """Words everywhere: opening, digest, steps, record, amendment, the search."""
    shelf = vault.shelf
    reference = WORDS[0]
    opening = OPENING | {"reference": reference, "second_mark": WORDS[2]}
    for number in range(3):
        screening = shelf.begin(opening)
        digest = {"pathway": WORDS[4], "second_mark": WORDS[2], "waiting_for": [{"what": WORDS[1]}]}
        shelf.append(screening, [{"step": "answer", "after": {"value": f"{WORDS[1]} {n}"}} for n in range(40)], digest)
        if number == 1:
            content = json.dumps({"opening": opening, "incomplete": None, "summary": f"{WORDS[1]} " * 900}).encode()
            record = shelf.seal(screening, content, digest, PASSPHRASE).record
            added = canonical({"format": "screener-amendment/1", "record": record, "text": f"{WORDS[5]} " * 400})
            shelf.amend(record, added, PASSPHRASE)
    for n in range(5):
        other = shelf.begin(OPENING | {"reference": f"Q-{n}"})
        shelf.append(other, [answer(n)], {"pathway": "esketamine-clinic"})


def pages(folder: Path) -> bytes:
    """Every page of the database decrypted, free ones too, by hand: SQLCipher 4, a raw key, AES-256-CBC."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = Keyring.read(folder).open(PASSPHRASE).vault_key
    raw, size, reserve = (folder / "vault.db").read_bytes(), 4096, 80
    found = []
    for start in range(0, len(raw), size):
        page = raw[start : start + size]
        body = page[16 if start == 0 else 0 : size - reserve]
        iv = page[size - reserve : size - reserve + 16]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        found.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(found)


def indexed(database: Any) -> set[str]:
    """The groups of three characters that the search's index still holds and no screening that is left has."""
    database.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, listed, row)")
    held = {term for (term,) in database.execute("SELECT term FROM temp.held")}
    there = "\n".join(words for (words,) in database.execute("SELECT words FROM listed")).casefold()
    return {term for term in held if term not in there}


def left_in(folder: Path) -> list[str]:
    """Where one of the words still is: in a table, a page of the file, or a file beside it."""
    found = []
    with beside_the_program(folder) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in tables:
            for row in database.execute(f"SELECT * FROM {name}").fetchall():
                said = repr(row).casefold()
                found += [f"{name}: {word}" for word in WORDS if word.casefold() in said]
        for word in WORDS:
            if database.execute("SELECT rowid FROM listed WHERE listed MATCH ?", (f'"{word[:8]}"',)).fetchall():
                found.append(f"search: {word}")
        found += [f"index: {term}" for term in indexed(database)]
    whole = pages(folder).lower()
    found += [f"page: {word}" for word in WORDS if word.lower().encode() in whole]
    for file in folder.iterdir():
        raw = file.read_bytes().lower()
        found += [f"{file.name}: {word}" for word in WORDS if word.casefold().encode() in raw]
    return found


def test_after_erasing_no_copy_of_the_words_is_left_in_the_vault(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        kept_words(vault)
        assert vault.shelf.kept_under(WORDS[0]).screenings == 3
    assert {line.partition(":")[0] for line in left_in(tmp_path)} >= {"page", "search", "step", "record", "screening"}
    with opened(tmp_path) as vault:
        (tmp_path / "vault.db-wal.kept").write_bytes(b"what a crash left")
        vault.shelf.erase(WORDS[0])
        wal = tmp_path / "vault.db-wal"
        assert not wal.exists() or wal.stat().st_size == 0
        assert not list(tmp_path.glob("*.kept*"))
        assert WORDS[0] not in repr(vault.audit_log())
        assert vault.verify() == ()
    assert left_in(tmp_path) == []


def test_erasing_that_only_forgets_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: the search keeps its words, as it would without the line that drops them."""
    with made(tmp_path)[0] as vault:
        kept_words(vault)
        monkeypatch.setattr("screener.store.search.drop", lambda *_: None)
        vault.shelf.erase(WORDS[0])
    assert any(line.startswith(("search", "listed")) for line in left_in(tmp_path))


def test_how_much_is_kept_is_told_to_whoever_may_erase_and_to_nobody_else(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        kept_words(vault)
        vault.people.add("Admin", "administrator", "a second plain phrase", administers=True, cost=CHEAP)
        vault.people.add("Plain", "clinician", "a third plain phrase", administers=False, cost=CHEAP)
    with Vault.open(tmp_path, "a second plain phrase") as vault:
        kept = vault.shelf.kept_under(WORDS[0])
        assert (kept.screenings, kept.unfinished, kept.signed) == (3, 2, 1)
        for nothing in ("", "K-17", WORDS[0].lower()):
            assert vault.shelf.kept_under(nothing).screenings == 0
            with pytest.raises(NotOnShelf):
                vault.shelf.erase(nothing)
    with Vault.open(tmp_path, "a third plain phrase") as vault, pytest.raises(NotAllowed):
        vault.shelf.kept_under(WORDS[0])
