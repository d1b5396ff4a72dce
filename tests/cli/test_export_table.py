"""`screener export --table`: signed files and folders become tables, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screener import disk
from screener.cli import export_table
from screener.cli.main import main
from screener.records.browse import SignedRecord
from screener.records.record import build, canonical, part_of
from screener.records.signed_file import SUFFIX, SignedFile, written
from tests.records.sittings import session
from tests.store.places import PASSPHRASE, made

ANSWERS: tuple[dict[str, Any], ...] = (
    {"heart.mi": "yes", "heart.mi_on": "2026-10", "heart.pressures": [[151, 94, 82], [146, 91]]},
    {"heart.bleed": {"state": "declined"}, "body.weight": {"value": "100", "unit": "[lb_av]"}, "heart.kinds": []},
    {"heart.mi": "no", "body.weight": "70", "body.height": "175", "body.apnoea": {"state": "not_known"}},
)


def content(answers: dict[str, Any], number: int, part: Any) -> bytes:
    """Under a reference that a spreadsheet would take for a formula."""
    built = build(session(answers), part=part)
    built["opening"]["reference"] = f"=K-{number}"
    return canonical(built)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a record for each of the answers; the first was signed in two parts."""
    folder = tmp_path_factory.mktemp("records")
    with made(folder / "vault")[0] as vault:
        shelf = vault.shelf

        def keep(name: str, record: SignedRecord) -> None:
            (folder / "out").mkdir(exist_ok=True)
            (folder / "out" / f"{name}{SUFFIX}").write_bytes(written(SignedFile(record)))

        for number, answers in enumerate(ANSWERS):
            screening = shelf.begin(session(answers).opening.to_json())
            part = None
            if number == 0:
                before = content({"heart.mi": "no"}, number, part_of([], last=False))
                keep("0-first", first := shelf.seal_part(screening, before, {}, PASSPHRASE))
                part = part_of([first], last=True)
            keep(str(number), shelf.seal(screening, content(answers, number, part), {}, PASSPHRASE))
    return folder / "out"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_a_folder_becomes_a_table_with_a_row_per_screening(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "all.csv"
    assert main(["export", str(signed), "--table", str(out)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("3 screenings: ")
    assert "signed last" in said.err
    assert sorted(path.name for path in out.parent.iterdir()) == ["all-codebook.csv", "all-medicines.csv", "all.csv"]
    first, second, third = sorted(rows(out), key=lambda row: row["reference"])
    assert [row["reference"] for row in (first, second, third)] == ["'=K-0", "'=K-1", "'=K-2"]
    assert (first["part"], first["part_is_last"], first["heart.mi"], first["heart.mi_on.last"]) == (
        "2", "1", "yes", "2026-10-31",
    )  # fmt: skip
    assert (first["heart.pressures.1.systolic"], first["heart.pressures.mean.no_phase.systolic"]) == ("151", "148.5")
    assert (second["heart.bleed.state"], second["heart.kinds.state"]) == ("declined", "answered")
    assert (third["body.bmi"], third["body.apnoea.state"]) == ("22.9", "not_known")


def test_what_the_content_at_hand_does_not_read_is_said(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The shipped content knows no `body.weight` in pounds of this small pack: it has one of its own."""
    out = tmp_path / "all.csv"
    assert main(["export", str(signed / f"1{SUFFIX}"), "--table", str(out)]) == 0
    (row,) = rows(out)
    told = row["body.weight.state"], row["body.weight"]
    assert told in (("answered", "45.359237"), ("not_read", ""))
    assert ("--pack" in capsys.readouterr().err) is (told[0] == "not_read")


def test_the_same_as_parquet(signed: Path, tmp_path: Path) -> None:
    import polars

    out = tmp_path / "all.parquet"
    assert main(["export", str(signed), "--table", str(out)]) == 0
    frame = polars.read_parquet(out)
    assert sorted(frame["reference"]) == ["=K-0", "=K-1", "=K-2"]
    assert polars.read_parquet(tmp_path / "all-medicines.parquet").height == 0
    assert (tmp_path / "all-codebook.csv").exists()


def test_a_redacted_table_has_no_reference_and_counts_beside_it(signed: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.csv"
    assert main(["export", str(signed), "--table", str(out), "--redacted", "--small-cells", "3"]) == 0
    whole = "".join(path.read_text("utf-8-sig") for path in tmp_path.iterdir())
    assert "K-0" not in whole
    counted = {(row["column"], row["code"]): row["screenings"] for row in rows(tmp_path / "all-summary.csv")}
    assert counted["pathway", "esketamine-clinic"] == "3"
    assert counted["heart.bleed.state", "declined"] == "suppressed"


def tampered(signed: Path, folder: Path) -> Path:
    raw = json.loads((signed / f"2{SUFFIX}").read_text())
    raw["record"]["content"] = raw["record"]["content"].replace('"no"', '"yes"')
    path = folder / f"changed{SUFFIX}"
    path.write_text(json.dumps(raw))
    return path


def not_a_record(signed: Path, folder: Path) -> Path:
    path = folder / f"other{SUFFIX}"
    path.write_text('{"format": "screener-signed-record/1"')
    return path


def absent(signed: Path, folder: Path) -> Path:
    return folder / "nowhere.json"


@pytest.mark.parametrize(
    ("broken", "said"),
    [(tampered, "does not fit its content"), (not_a_record, "it is not JSON there"), (absent, "cannot be read")],
)
def test_one_file_that_cannot_be_told_keeps_everything_from_being_written(
    signed: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    broken: Callable[[Path, Path], Path],
    said: str,
) -> None:
    path, out = broken(signed, tmp_path), tmp_path / "out" / "all.csv"
    assert main(["export", str(signed), str(path), "--table", str(out)]) == 1
    told = capsys.readouterr().err
    assert path.name in told
    assert said in told
    assert "Nothing was written." in told
    assert not out.parent.exists()


def test_a_disk_that_refuses_the_last_file_leaves_none(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill = disk._fill

    def refuse(path: Path, pieces: Any) -> None:
        if "codebook" in path.name:
            raise OSError(28, "full")
        fill(path, pieces)

    monkeypatch.setattr(disk, "_fill", refuse)
    out = tmp_path / "out" / "all.csv"
    assert main(["export", str(signed), "--table", str(out)]) == 1
    assert "the disk is full" in capsys.readouterr().err
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--table", "all.xlsx"], ".csv or .parquet"),
        ([], "--table"),
    ],
)
def test_a_call_that_names_no_form_is_told_which_there_are(
    signed: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["export", str(signed), *arguments]) == 1
    assert said in capsys.readouterr().err


def test_a_folder_without_records_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path), "--table", str(tmp_path / "all.csv")]) == 1
    assert "holds no signed record" in capsys.readouterr().err


def test_on_a_terminal_how_far_it_is_is_shown_and_elsewhere_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with export_table._progress("Reading") as step:
        step(1, 2)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with export_table._progress("Reading") as step:
        step(1, 2)
