"""`screener cohort`: what it writes and says, and that nothing half written is left, whatever goes wrong."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from screener.cli import packs
from screener.cli.main import main
from screener.cli.packs import open_pack
from screener.forms.findings import Place
from screener.forms.neutrality import check_text
from screener.records.record import build, canonical
from screener.records.signed_file import SignedFile, written
from tests.cohort.made_up import HEADER, write
from tests.exchange.tagged import structure
from tests.records.sittings import session, shipped
from tests.store.places import OPENING, PASSPHRASE, answer, made

ROOT = Path(__file__).resolve().parents[2]
MANY = 60


@pytest.fixture(autouse=True)
def content_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped content is read once for all these tests; a folder that is named is read as ever."""
    monkeypatch.setattr(packs, "open_pack", lambda folder: shipped() if folder is None else open_pack(folder))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write(tmp_path, MANY)


def run(table: Path, *more: str) -> int:
    return main(["cohort", str(table), "--map", str(table.parent / "visits.map.yaml"), *more])


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_outcomes_are_written_wide_and_long_as_text_and_parquet_and_say_the_same(table: Path) -> None:
    folder = table.parent
    for name, shape in (("w.csv", "wide"), ("l.csv", "long"), ("w.parquet", "wide"), ("l.tsv", "long")):
        assert run(table, "--out", str(folder / name), "--shape", shape) == 0
    wide, long = lines(folder / "w.csv"), lines(folder / "l.csv")
    rules = [name for name in wide[0] if name not in ("row", "id") and not name.endswith(":level")]
    assert len(wide) == MANY and len(long) == MANY * len(rules)
    assert [one["id"] for one in wide] == [f"MADE-UP-{number:04}" for number in range(1, MANY + 1)]
    said = {(one["id"], one["rule"]): (one["outcome"], one["level"]) for one in long}
    for one in wide:
        for rule in rules:
            assert said[one["id"], rule] == (one[rule], one.get(f"{rule}:level", ""))
    typed = pl.read_parquet(folder / "w.parquet")
    assert typed["bp.stage"].to_list() == [one["bp.stage"] for one in wide]
    assert (folder / "l.tsv").read_text("utf-8-sig").startswith("row\tid\trule\toutcome\tlevel\n")
    assert {"w.findings.csv", "l.findings.csv"} <= left(folder) and not any(
        name.startswith(".") for name in left(folder)
    )


def test_findings_name_row_column_and_what_was_expected(table: Path) -> None:
    text = table.read_text().splitlines()
    cells = text[3].split(",")
    cells[HEADER.index("psychosis")] = "8"
    text[3] = ",".join(cells)
    table.write_text("\n".join([*text[:5], "torn,row", *text[5:]]) + "\n")
    assert run(table, "--out", str(table.parent / "f.csv")) == 0
    found = {one["code"]: one for one in lines(table.parent / "f.findings.csv") if one["code"] != "implausible"}
    assert found["outside-codes"] | {} == {
        "row": "4", "id": "MADE-UP-0003", "column": "psychosis", "question": "psychosis.ever", "code": "outside-codes",
        "said": "'8' is none of the codes of this column", "kept": "false",
        "expected": "one of 1 (yes), 2 (no), 9 (not known), 7 (declined), or nothing",
    }  # fmt: skip
    assert (found["broken-row"]["row"], found["broken-row"]["expected"][:10]) == ("6", "as many ce")
    assert len(lines(table.parent / "f.csv")) == MANY


@pytest.mark.parametrize("small", ["5", "0"])
def test_a_table_without_records_and_one_with_few_say_so(
    tmp_path: Path, small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for many, said in (
        (0, "no record that could be read"),
        (3, "Fewer than 5 records" if small == "5" else "Records: 3"),
    ):
        table = write(tmp_path, many)
        out, report = tmp_path / "f.csv", tmp_path / "r.html"
        assert run(table, "--out", str(out), "--report", str(report), "--small", small) == 0
        assert said in capsys.readouterr().out and len(lines(out)) == many
        assert out.read_text("utf-8-sig").startswith("row,id,")


def test_an_id_that_a_spreadsheet_would_work_out_stays_a_text(tmp_path: Path) -> None:
    table = write(tmp_path, 8)
    table.write_text(table.read_text().replace("MADE-UP-0001", "=1+1"))
    assert run(table, "--out", str(tmp_path / "f.csv")) == 0 == run(table, "--out", str(tmp_path / "f.parquet"))
    assert lines(tmp_path / "f.csv")[0]["id"] == "'=1+1"
    assert pl.read_parquet(tmp_path / "f.parquet")["id"][0] == "=1+1"


def test_json_holds_only_what_may_be_shown(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(table, "--json", "--by", "site", "--parameter", "pressure_limit=trial_150") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["records"] == MANY and said["parameters"] == {"pressure_limit": "trial_150"}
    numbers = [one for rule in said["rules"] for one in rule["records"].values()]
    numbers += [one for rule in said["rules"] for group in rule["by"].values() for one in group.values()]
    assert None in numbers and all(one is None or one == 0 or one >= 5 for one in numbers)
    assert "score" not in json.dumps(said).replace("psychosis", "")[:200]


def test_the_terminal_says_what_was_counted_and_advises_nowhere(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(table, "--against-parameter", "pressure_limit=label_180_100") == 0
    out = capsys.readouterr().out
    for said in (
        "Records: 60",
        "Flags of one record",
        "Listed together",
        "Listed by site",
        "compared with",
        "Notes, of",
    ):
        assert said in out
    assert check_text(out, Place("terminal")) == []


class _Tables(HTMLParser):
    """Tags as they open and close; what is not closed in order is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)


def test_the_html_report_is_whole_in_itself_and_can_be_heard(table: Path) -> None:
    out = table.parent / "r.html"
    assert run(table, "--report", str(out), "--against-parameter", "pressure_limit=trial_150") == 0
    page = _Tables()
    page.feed(out.read_text("utf-8"))
    assert page.open == []
    tags = [tag for tag, _ in page.found]
    assert "script" not in tags and "link" not in tags and "img" not in tags
    assert not any(name in ("src", "href") for _, attributes in page.found for name in attributes)
    # Terms with their values have no row of names: what they are says the heading above them.
    assert tags.count("thead") == tags.count("caption") > 5
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.found if tag == "th")
    charts = [said for tag, said in page.found if tag == "svg" and "aria-hidden" not in said]
    assert len(charts) == 2 and all(one["role"] == "img" and one["aria-label"] for one in charts)
    assert check_text(" ".join(page.texts), Place("r.html")) == []


def test_the_pdf_report_is_tagged_and_its_charts_are_said_in_words(table: Path) -> None:
    out = table.parent / "r.pdf"
    assert run(table, "--report", str(out)) == 0
    root = structure(out.read_bytes())
    figures = list(root.all("Figure"))
    assert len(figures) == 2 and "What is listed most often" in root.text
    assert len(list(root.all("Table"))) > 4 and next(root.all("H1")).text == "What was counted"


def test_a_map_that_does_not_fit_stops_before_anything_is_written(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table.parent / "visits.map.yaml"
    path.write_text(path.read_text().replace("psychosis.ever: psychosis", "psychosis.ever: psychos"))
    before = left(table.parent)
    assert run(table, "--out", str(table.parent / "f.csv"), "--report", str(table.parent / "r.html")) == 2
    assert left(table.parent) == before
    said = capsys.readouterr().out
    assert "visits.map.yaml:26: the table has no column 'psychos'" in said and "did you mean psychosis" in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--out", "f.doc"], "no ending"),
        (["--report", "r.txt"], "Name it .html or .pdf"),
        (["--out", "visits.csv"], "it cannot be written too"),
        (["--out", "f.csv", "--findings", "medicines.csv"], "it cannot be written too"),
        (["--out", "f.csv", "--findings", "f.csv"], "one name"),
        (["--parameter", "pressure_limit"], "PARAMETER=OPTION"),
        (["--against", "nothing.yaml"], "cannot be run"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    table: Path, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = left(table.parent)
    arguments = [str(table.parent / one) if "." in one else one for one in more]
    assert run(table, *arguments) == 1
    assert said in capsys.readouterr().err.replace("\n", " ")
    assert left(table.parent) == before


def test_what_another_run_wrote_is_not_said_to_be_written(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.with_name("f.changes.csv").write_text("of another run")
    assert run(table, "--out", str(table.with_name("f.csv"))) == 0
    assert "f.findings.csv" in (said := capsys.readouterr().out) and "f.changes.csv" not in said


def test_a_report_that_fails_leaves_no_table_either(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from screener.exchange import web

    def broken(*_: Any, **__: Any) -> bytes:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(web, "render_page", broken)
    before = left(table.parent)
    with pytest.raises(RuntimeError):
        run(table, "--out", str(table.parent / "f.csv"), "--report", str(table.parent / "r.html"))
    assert left(table.parent) == before


def test_what_stood_there_before_is_replaced_only_by_the_whole(table: Path) -> None:
    out = table.parent / "f.csv"
    out.write_text("before")
    table.write_bytes(table.read_bytes()[:-40] + b'"')
    path = table.parent / "visits.map.yaml"
    kept = path.read_text()
    path.write_text(kept.replace("site", "citee"))
    assert run(table, "--out", str(out)) == 2 and out.read_text() == "before"
    path.write_text(kept)
    assert run(table, "--out", str(out)) == 0 and len(lines(out)) == MANY - 1


@pytest.mark.slow
def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    table = write(tmp_path, 12_000)
    before = left(tmp_path)
    command = [sys.executable, "-m", "screener", "cohort", str(table), "--map", str(tmp_path / "visits.map.yaml")]
    begun = subprocess.Popen(
        [*command, "--out", str(tmp_path / "f.csv")], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    _wait_for(lambda: len(left(tmp_path)) > len(before))
    os.kill(begun.pid, signal.SIGINT)
    begun.communicate(timeout=60)
    assert begun.returncode != 0 and left(tmp_path) == before


def _wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_single_file_of_rules_runs_in_place_of_those_of_the_pack(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = table.parent / "rules.yaml"
    rules.write_text(
        """
- id: bp.mine
  title: Mean systolic above 160
  class: safety
  tier: note
  profiles: [general]
  pathways: [ketamine-clinic]
  when: {readings: bp.readings, mean: systolic, above: 160, unit: "mm[Hg]"}
  statement: The mean is above 160.
  source: {ref: pack-editorial, strength: editorial}
"""
    )
    assert run(table, "--rules", str(rules), "--json", "--small", "0") == 0
    (rule,) = json.loads(capsys.readouterr().out)["rules"]
    assert rule["id"] == "bp.mine" and rule["records"]["not_listed"]
    assert run(table, "--against", str(rules), "--json") == 0
    compared = json.loads(capsys.readouterr().out)["compared"]
    assert compared["only_second"] == ["bp.mine"] and len(compared["only_first"]) > 100
    rules.write_text(rules.read_text().replace("mean: systolic", "mean: sistolic"))
    assert run(table, "--rules", str(rules)) == 1
    assert "rules.yaml:8" in capsys.readouterr().err


def test_a_starting_map_is_written_once(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = table.parent / "new.yaml"
    assert main(["cohort", str(table), "--new-map", str(out)]) == 1
    assert "--pathway" in capsys.readouterr().err
    assert main(["cohort", str(table), "--new-map", str(out), "--pathway", "ketamine-clinic"]) == 0
    kept = out.read_text()
    assert "pathway: ketamine-clinic" in kept and "id: id" in kept
    assert main(["cohort", str(table), "--new-map", str(out), "--pathway", "ketamine-clinic"]) == 1
    assert "never written over" in capsys.readouterr().err and out.read_text() == kept


@pytest.mark.slow
def test_help_loads_neither_polars_nor_numpy() -> None:
    told = (
        "import sys\nfrom screener.cli.main import main\n"
        "main(['--help']); main(['cohort', '--help'])\n"
        "print(sorted({'polars', 'numpy', 'typst'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_folder_of_records_that_were_signed_is_counted_and_an_altered_one_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    with made(tmp_path / "vault")[0] as vault:
        for number, said in enumerate(("yes", "no", "yes")):
            content = canonical(build(session({"psychosis.ever": said}, pack=shipped())))
            screening = vault.shelf.begin(OPENING)
            vault.shelf.append(screening, [answer(1)], {})
            record = vault.shelf.seal(screening, content, {}, PASSPHRASE)
            (folder / f"r{number}.screener-record.json").write_bytes(written(SignedFile(record)))
    altered = folder / "r2.screener-record.json"
    altered.write_text(altered.read_text("utf-8").replace("psychosis.ever", "psychosis.even"), "utf-8")
    out = tmp_path / "f.csv"
    assert main(["cohort", str(folder), "--out", str(out), "--small", "0", "--json"]) == 0
    said_of_all = json.loads(capsys.readouterr().out)
    assert (said_of_all["records"], said_of_all["left_out"]) == (2, 1)
    assert len(lines(out)) == 2
    (finding,) = (one for one in lines(tmp_path / "f.findings.csv") if one["code"] != "implausible")
    assert finding["code"] in ("not-as-signed", "not-a-record") and finding["id"] == altered.name
