"""`screener verify`: a record with its file and a key alone, a backup, a vault; 0 holds, 1 not, 2 not looked at."""

from __future__ import annotations

import base64
import getpass
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from screener.cli import passphrase
from screener.cli.main import main
from screener.records.amendment import Addition
from screener.records.amendment import build as amendment
from screener.records.record import canonical
from screener.records.signed_file import SignedFile, written
from screener.store import archive
from screener.store.keys import SigningPair, fingerprint, text_of
from tests.store.places import CHEAP, OPENING, PASSPHRASE, answer, beside_the_program, bytes_of_all, made, opened

ROOT = Path(__file__).resolve().parents[2]
SECOND = "a second plain phrase"
CONTENT = canonical({"format": "screener-record/1", "opening": OPENING, "incomplete": None, "summary": "Grüße"})


class Clinic:
    """A vault with one amended record, that record as a file, and a backup."""

    def __init__(self, folder: Path) -> None:
        self.vault, self.file = folder / "vault", folder / "K-17.screener-record.json"
        with made(self.vault)[0] as vault:
            shelf = vault.shelf
            screening = shelf.begin(OPENING)
            shelf.append(screening, [answer(n) for n in range(5)], {})
            record = shelf.seal(screening, CONTENT, {}, PASSPHRASE)
            added = amendment(
                record.record, Addition("a letter", "read"), at="2026-11-24", name="Clinician A", role="clinician"
            )
            shelf.amend(record.record, canonical(added), PASSPHRASE)
            self.signed = SignedFile(record, tuple(shelf.amendments(record.record)))
            self.file.write_bytes(written(self.signed))
            self.backup = vault.backups.make(folder / "backups").path
            vault.people.add("Trainer T", "trainer", SECOND, administers=False, cost=CHEAP)
        self.key, self.fingerprint = record.signature.public_key, record.signature.fingerprint


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clinic")
    Clinic(folder)
    return folder


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Puts lines on standard input."""

    def put(*lines: str) -> None:
        raw = "".join(f"{line}\n" for line in lines).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))

    yield put


def said(capsys: pytest.CaptureFixture[str]) -> str:
    printed = capsys.readouterr()
    return " ".join(f"{printed.out} {printed.err}".split())


# --- a signed record --------------------------------------------------------------------------------------------------


def test_another_machine_checks_a_record_with_its_file_alone(clinic: Clinic) -> None:
    """The real program, in a folder with nothing else."""
    alone = clinic.file.parent / "elsewhere"
    alone.mkdir()
    file = shutil.copy(clinic.file, alone)
    command = [sys.executable, "-m", "screener", "verify", str(file), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert (found["kind"], found["holds"]) == ("signed record", True)
    record, added = found["checks"]
    assert record["said"].startswith(f"unchanged since signed by key {clinic.fingerprint}; whose key this is")
    assert (record["signer"], record["key_checked"]) == ("Clinician A", False)
    assert record["logs"]["journal"]["number"] == 5
    assert added["logs"]["audit"]["number"] > record["logs"]["audit"]["number"]


KEY_FORMS = ("base64", "fingerprint", "file of base64", "file of fingerprint", "file of bytes")


def in_form(form: str, key: str, folder: Path) -> str:
    """A key as it is given on the command line."""
    raw = base64.b64decode(key)
    text = key if "base64" in form else fingerprint(raw)
    if "file" not in form:
        return text
    holding = folder / "key.txt"
    holding.write_bytes(raw if form == "file of bytes" else f"{text}\n".encode())
    return str(holding)


@pytest.mark.parametrize("form", KEY_FORMS)
def test_a_key_is_taken_in_every_form_that_it_is_handed_out_in(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert main(["verify", str(clinic.file), "--key", in_form(form, clinic.key, clinic.file.parent)]) == 0
    text = said(capsys)
    assert text.count(f"unchanged since signed by the key that was given, {clinic.fingerprint}.") == 2
    assert "When it was signed the journal ended with row 5 (" in text
    assert text.endswith("Holds: all that was looked at is as it was signed.")


def test_the_key_of_somebody_else_does_not_hold(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    other = text_of(SigningPair.make().public)
    assert main(["verify", str(clinic.file), "--key", other]) == 1
    text = said(capsys)
    assert "not signed by key" in text and f"the record names key {clinic.fingerprint}" in text
    assert text.endswith("Does not hold.")
    assert main(["verify", str(clinic.file), "--key", other, "--key", clinic.key]) == 0


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "content": lambda v: v["record"].update(content=v["record"]["content"].replace("K-17", "K-18")),
    "a blank in the content": lambda v: v["record"].update(content=v["record"]["content"] + " "),
    "statement": lambda v: v["record"].update(statement=v["record"]["statement"].replace('"number":5', '"number":6')),
    "no statement": lambda v: v["record"].update(statement=""),
    "signer": lambda v: v["record"]["signature"].update(signer="Somebody Else"),
    "moment": lambda v: v["record"]["signature"].update(signed_at="2026-11-23T09:00:01.000+00:00"),
    "signature": lambda v: v["record"]["signature"].update(value="A" * 86 + "=="),
    "no signature": lambda v: v["record"]["signature"].update(value=""),
    "key": lambda v: v["record"]["signature"].update(public_key="nonsense €"),
    "amendment": lambda v: v["amendments"][0].update(content=v["amendments"][0]["content"].replace("read", "rea")),
    "amendment's signature": lambda v: v["amendments"][0].update(signature=v["record"]["signature"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_changed_in_a_record_does_not_hold(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    value = json.loads(clinic.file.read_bytes())
    CHANGES[change](value)
    clinic.file.write_text(json.dumps(value), "utf-8")
    assert main(["verify", str(clinic.file)]) == 1
    assert "Does not hold." in said(capsys)


def test_a_file_cannot_write_over_what_is_said_of_it(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    value = json.loads(clinic.file.read_bytes())
    value["record"]["signature"]["signer"] = "A\x1b[2K\r\nHolds: all that was looked at\u202e"
    clinic.file.write_text(json.dumps(value), "utf-8")
    assert main(["verify", str(clinic.file)]) == 1
    printed = capsys.readouterr().out
    assert not {"\x1b", "\r", "\u202e"} & set(printed)
    assert not [line for line in printed.splitlines() if line.startswith("Holds")]


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff\x00", b"[" * 9000, b'{"format": "screener-record/1"}'])
def test_a_file_that_is_no_signed_record_is_one_line_and_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes
) -> None:
    (tmp_path / "file.json").write_bytes(raw)
    assert main(["verify", str(tmp_path / "file.json"), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.splitlines()) == 1


@pytest.mark.parametrize("given", ["", "ab12", "not a key", "€", "x" * 5000])
def test_what_is_no_key_is_said_and_nothing_is_called_checked(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    assert main(["verify", str(clinic.file), "--key", given]) == 2
    assert "Give the public key in base64" in said(capsys)


def test_a_file_that_is_not_there_is_2(tmp_path: Path) -> None:
    assert main(["verify", str(tmp_path / "nowhere.json")]) == 2
    assert main(["verify", str(tmp_path / "nowhere.screener-backup")]) == 2


def test_the_report_of_a_signed_file_needs_every_signature(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    out = clinic.file.with_name("report.pdf")
    value = json.loads(clinic.file.read_bytes())
    CHANGES["amendment"](value)
    clinic.file.write_text(json.dumps(value), "utf-8")
    assert main(["report", str(clinic.file), "-o", str(out)]) == 1
    assert "does not fit its content" in said(capsys) and not out.exists()


# --- a backup ---------------------------------------------------------------------------------------------------------


def test_a_backup_is_checked_byte_by_byte_and_says_what_was_not_proved(
    clinic: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(clinic.backup)]) == 0
    text = said(capsys)
    assert "Every byte in it, made 2026-11-23 09:00, screenings: 1, records: 1" in text
    assert "What is inside is encrypted and was not proved, nor whose backup it is." in text


@pytest.mark.parametrize("form", KEY_FORMS)
@pytest.mark.parametrize("own", [True, False])
def test_a_backup_is_told_from_one_that_another_key_made(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], form: str, own: bool
) -> None:
    key = text_of(bytes.fromhex(archive.check(clinic.backup).key)) if own else text_of(SigningPair.make().public)
    given = in_form(form, key, clinic.backup.parent)
    assert main(["verify", str(clinic.backup), "--key", given]) == (0 if own else 1)
    told = "made with the key that was given." if own else "made with another key than the one that was given."
    assert told in said(capsys)


def test_of_several_keys_one_is_enough_for_a_backup(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    keys = [text_of(SigningPair.make().public), archive.check(clinic.backup).fingerprint.upper()]
    assert main(["verify", str(clinic.backup), *(part for key in keys for part in ("--key", key))]) == 0
    assert "made with the key that was given." in said(capsys)


@pytest.mark.parametrize(
    ("of", "idle"),
    [
        ("file", ["--passphrase"]),
        ("file", ["--account", "Clinician A"]),
        ("file", ["--record", "another.json"]),
        ("backup", ["--record", "another.json"]),
        ("backup", ["--account", "Clinician A"]),
        ("vault", ["--key", "KEY"]),
    ],
)
def test_what_would_say_nothing_is_refused_and_not_passed_over(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], of: str, idle: list[str]
) -> None:
    given = [clinic.key if part == "KEY" else part for part in idle]
    assert main(["verify", str(getattr(clinic, of)), *given]) == 2
    assert f"{idle[0]} would say nothing about it." in said(capsys)


def test_with_its_passphrase_a_backup_is_restored_and_proved(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], typed: Callable[..., None]
) -> None:
    before = bytes_of_all(clinic.backup.parent)
    typed(PASSPHRASE)
    assert main(["verify", str(clinic.backup), "--passphrase", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["notes"] == []
    assert "Both logs are whole: 5 rows of the journal" in found["checks"][1]["said"]
    assert bytes_of_all(clinic.backup.parent) == before


def test_a_backup_with_the_wrong_passphrase_could_not_be_looked_at(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], typed: Callable[..., None]
) -> None:
    typed("three plain word")
    assert main(["verify", str(clinic.backup), "--passphrase"]) == 2
    typed()
    assert main(["verify", str(clinic.backup), "--passphrase"]) == 2
    assert "No passphrase came on standard input." in said(capsys)


def test_a_changed_byte_of_a_backup_does_not_hold_and_half_of_one_cannot_be_read(
    clinic: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = bytearray(clinic.backup.read_bytes())
    at = raw.index(b"vault.db") + 3000
    raw[at] ^= 1
    clinic.backup.write_bytes(raw)
    assert main(["verify", str(clinic.backup)]) == 1
    assert "cannot be used as a backup" in said(capsys)
    clinic.backup.write_bytes(raw[: len(raw) // 2])
    assert main(["verify", str(clinic.backup)]) == 2


# --- a vault ----------------------------------------------------------------------------------------------------------


def test_a_vault_is_opened_and_proved(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], typed: Callable[..., None]
) -> None:
    typed(PASSPHRASE)
    assert main(["verify", str(clinic.vault), "--record", str(clinic.file)]) == 0
    text = said(capsys)
    assert "Both logs are whole: 5 rows of the journal" in text
    assert "2 records and amendments are as signed." in text
    assert text.count("Both logs hold the rows that it names") == 2
    assert "left a line in their audit log" in text


def test_the_real_program_takes_the_passphrase_from_standard_input(clinic: Clinic) -> None:
    command = [sys.executable, "-m", "screener", "verify", str(clinic.vault), "--account", "trainer t", "--json"]
    done = subprocess.run(command, input=SECOND + "\n", capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["holds"] is True


def test_on_a_terminal_the_passphrase_is_asked_for_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    prompts = []

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def hidden(prompt: str) -> str:
        prompts.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", hidden)
    assert passphrase.asked("Clinician A") == PASSPHRASE
    assert prompts == ["Passphrase of Clinician A: "]


def test_the_first_bad_row_of_each_log_and_every_bad_record_are_named(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], typed: Callable[..., None]
) -> None:
    with beside_the_program(clinic.vault) as database:
        database.execute("UPDATE step SET body = '{}' WHERE number = 4")
        database.execute("UPDATE audit SET deed = 'nothing' WHERE number = 3")
        database.execute("UPDATE record SET content = CAST('{}' AS BLOB) WHERE number = 1")
    typed(PASSPHRASE)
    assert main(["verify", str(clinic.vault), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [check["said"] for check in found["checks"]] == [
        "row 4 is altered.",
        "row 3 is altered.",
        "row 1 is altered.",
    ]
    assert [check["what"] for check in found["checks"]] == ["Journal", "Audit log", "Records"]
    assert any("restore the latest backup" in note for note in found["notes"])


def test_a_vault_put_back_from_an_earlier_day_is_told_by_a_record_from_outside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: Callable[..., None]
) -> None:
    clinic = Clinic(tmp_path)
    early = tmp_path / "early"
    shutil.copytree(clinic.vault, early)
    with opened(clinic.vault) as vault:
        later = vault.shelf.seal(vault.shelf.begin(OPENING), CONTENT, {}, PASSPHRASE)
    file = tmp_path / "later.screener-record.json"
    file.write_bytes(written(SignedFile(later)))
    typed(PASSPHRASE)
    assert main(["verify", str(early), "--record", str(file), "--record", str(clinic.file)]) == 1
    text = said(capsys)
    assert "Both logs are whole" in text
    assert "the logs do not hold the rows that they ended with when it was signed." in text
    assert text.count("it fits these records") == 2


def test_a_record_that_was_forged_or_is_another_clinics_is_told(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], typed: Callable[..., None], kept: Path
) -> None:
    forged = replace(clinic.signed.record, content=CONTENT.replace(b"K-17", b"K-18"))
    clinic.file.write_bytes(written(SignedFile(forged)))
    for file, told in (
        (clinic.file, "it was changed since it was signed."),
        (kept / clinic.file.name, "the key that signed it was never valid here."),
    ):
        typed(PASSPHRASE)
        assert main(["verify", str(clinic.vault), "--record", str(file)]) == 1
        assert told in said(capsys)


def test_what_cannot_be_opened_is_2_and_what_is_damaged_is_1(
    clinic: Clinic, capsys: pytest.CaptureFixture[str], typed: Callable[..., None], tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    typed(PASSPHRASE)
    assert main(["verify", str(empty)]) == 2
    assert "There are no records in" in said(capsys)
    typed(PASSPHRASE)
    assert main(["verify", str(clinic.vault), "--account", "nobody"]) == 2
    assert "There are: Clinician A, Trainer T." in said(capsys)
    typed(PASSPHRASE)
    assert main(["verify", str(clinic.vault), "--record", str(tmp_path / "nowhere.json")]) == 2
    with opened(clinic.vault):
        typed(PASSPHRASE)
        assert main(["verify", str(clinic.vault)]) == 2
    (clinic.vault / "vault.head").write_text("{}")
    typed(PASSPHRASE)
    capsys.readouterr()
    assert main(["verify", str(clinic.vault)]) == 1
    assert "it cannot be shown that the latest answers are all there" in said(capsys)
    typed("three plain word")
    assert main(["verify", str(clinic.vault)]) == 2
