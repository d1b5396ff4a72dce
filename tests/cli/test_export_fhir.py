"""`screener export --fhir`: a record or a folder of them as Bundles; what cannot be written is named, the rest is."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from screener.cli.main import main
from screener.exchange.fhir.bundle import written as bundle_of
from screener.exchange.fhir.reading import read
from screener.records.amendment import Addition
from screener.records.amendment import build as amended
from screener.records.record import build, canonical
from screener.records.signed_file import SUFFIX, SignedFile, written
from tests.exchange.fhir.made import NOW, amendment, answered, sealed, signed
from tests.records.sittings import shipped
from tests.store.places import PASSPHRASE, made, opened

ROOT = Path(__file__).resolve().parents[2]


def record(folder: Path, name: str, *, pathway: str = "esketamine-clinic") -> Path:
    path = folder / f"{name}{SUFFIX}"
    session = answered({"body.weight": "70.5"}, pathway)
    path.write_bytes(written(SignedFile(signed(session, name), (amendment(name),))))
    return path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


@pytest.mark.slow
def test_the_real_program_writes_a_record_that_reads_back(tmp_path: Path) -> None:
    file, out = record(tmp_path, "K-17"), tmp_path / "out" / "K-17.json"
    command = [sys.executable, "-m", "screener", "export", str(file), "--fhir", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    found = read(out.read_bytes(), shipped(), out.name)
    assert (found.record, found.reference) == ("K-17", "A-17")
    assert str(found.recorded["body.weight"].given.value) == "70.5"


def test_into_a_folder_it_goes_under_the_records_name(tmp_path: Path) -> None:
    out = tmp_path / "bundles"
    out.mkdir()
    assert main(["export", str(record(tmp_path, "K-17")), "--fhir", str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["K-17.fhir.json"]


def test_of_a_folder_every_record_is_written_and_what_is_none_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records, out = tmp_path / "records", tmp_path / "bundles"
    records.mkdir()
    record(records, "A-1")
    record(records, "B-2", pathway="kap")
    (records / f"C-3{SUFFIX}").write_text("{}", "utf-8")
    (records / "notes.txt").write_text("not looked at", "utf-8")
    assert main(["export", str(records), "--fhir", str(out)]) == 1
    assert sorted(path.name for path in out.iterdir()) == ["A-1.fhir.json", "B-2.fhir.json"]
    told = said(capsys)
    assert f"C-3{SUFFIX} holds no signed record that can be read" in told
    assert "2 of 3 records written" in told


def test_records_below_a_folder_lie_below_the_other_as_they_did(tmp_path: Path) -> None:
    records, out = tmp_path / "records", tmp_path / "bundles"
    for name in ("north", "south"):
        (records / name).mkdir(parents=True)
        record(records / name, "A-1")
    assert main(["export", str(records), "--fhir", str(out)]) == 0
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.json"))
    assert found == ["north/A-1.fhir.json", "south/A-1.fhir.json"]


def test_somebody_who_looks_on_sees_how_far_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    records, terminal = tmp_path / "records", Terminal()
    records.mkdir()
    record(records, "A-1")
    record(records, "B-2")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["export", str(records), "--fhir", str(tmp_path / "out")]) == 0
    assert "Writing records" in terminal.getvalue()


def test_a_record_that_was_changed_is_not_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / f"K{SUFFIX}", tmp_path / "K.json"
    made = signed(answered({"body.weight": "70.5"}))
    file.write_bytes(written(SignedFile(replace(made, content=made.content.replace(b"70.5", b"80.5")))))
    assert main(["export", str(file), "--fhir", str(out)]) == 1
    assert "does not fit its content" in said(capsys)
    assert not out.exists()


def test_a_record_that_is_signed_and_not_whole_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / f"K{SUFFIX}", tmp_path / "K.json"
    file.write_bytes(written(SignedFile(sealed(b'{"format":"screener-record/1","opening":{}}'))))
    assert main(["export", str(file), "--fhir", str(out)]) == 1
    assert "not whole" in said(capsys)
    assert not out.exists()


def test_content_that_is_not_the_records_own_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = json.loads(signed(answered({"body.weight": "70.5"})).content)
    content["pack"] = {**content["pack"], "version": "2020.1", "hash": "1" * 64}
    file, out = tmp_path / f"K{SUFFIX}", tmp_path / "K.json"
    file.write_bytes(written(SignedFile(sealed(json.dumps(content).encode()))))
    assert main(["export", str(file), "--fhir", str(out)]) == 0
    assert "was made with other content (intake 2020.1)" in said(capsys)
    assert read(out.read_bytes(), shipped(), out.name).pack_hash == "1" * 64


@pytest.mark.parametrize("what", ["nothing there", "an empty folder", "out is a file", "the record itself"])
def test_a_call_that_can_come_to_nothing_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    folder, other = tmp_path / "records", tmp_path / "out"
    folder.mkdir()
    file = record(tmp_path, "K-17")
    before = file.read_bytes()
    place, out = {
        "nothing there": (tmp_path / "gone.json", other),
        "an empty folder": (folder, other),
        "out is a file": (folder, file),
        "the record itself": (file, file),
    }[what]
    assert main(["export", str(place), "--fhir", str(out)]) == 1
    assert said(capsys).endswith(".")
    assert (file.read_bytes(), other.exists()) == (before, False)


# --- out of a vault ---------------------------------------------------------------------------------------------------


def vault_with(folder: Path, *references: str) -> None:
    with made(folder)[0] as vault:
        for reference in references:
            session = answered({"body.weight": "70.5"})
            opening = {**session.opening.to_json(), "reference": reference}
            content = canonical({**build(session), "opening": opening})
            record = vault.shelf.seal(vault.shelf.begin(opening), content, {}, PASSPHRASE)
            added = Addition("a letter", "read")
            built = amended(record.record, added, at=NOW.isoformat(), name="Clinician A", role="clinician")
            vault.shelf.amend(record.record, canonical(built), PASSPHRASE)


def test_every_record_of_a_vault_is_written_after_its_line_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "vault", tmp_path / "out"
    vault_with(folder, "A-17", "b/2")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{PASSPHRASE}\n".encode())))
    assert main(["export", str(folder), "--fhir", str(out)]) == 0
    assert "2 of 2 records written" in said(capsys)
    found = [read(path.read_bytes(), shipped(), path.name) for path in sorted(out.iterdir())]
    assert [one.reference for one in found] == ["A-17", "b/2"]
    assert [path.name.split(" 2026-11-23 ")[0] for path in sorted(out.iterdir())] == ["A-17", "b-2"]
    with opened(folder) as vault:
        noted = [line for line in vault.audit_log() if line.deed == "export"]
        assert {line.subject for line in noted} == {one.record for one in found}
        assert [line.details for line in noted] == [{"kind": "fhir"}] * 2
        assert vault.verify() == ()


def test_without_the_right_passphrase_nothing_leaves_a_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "vault", tmp_path / "out"
    vault_with(folder)
    for typed, told in (("wrong", "passphrase"), (PASSPHRASE, "hold no signed one yet")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{typed}\n".encode())))
        assert main(["export", str(folder), "--fhir", str(out)]) == 1
        assert told in said(capsys)
        (folder / "vault.tries.json").unlink(missing_ok=True)
    assert main(["export", str(folder), "--fhir", str(out), "--account", "nobody"]) == 1
    assert not out.exists()


def test_it_is_the_same_bytes_as_the_windows(tmp_path: Path) -> None:
    made = signed(answered({"body.weight": "70.5"}))
    file, out = tmp_path / f"K{SUFFIX}", tmp_path / "K.json"
    file.write_bytes(written(SignedFile(made)))
    assert main(["export", str(file), "--fhir", str(out)]) == 0
    assert out.read_bytes() == bundle_of(made, (), shipped())
