"""`screener cohort TABLE --where CONNECTION`: what a database makes of a table is what a file of it comes to."""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from screener.cli import packs
from screener.cli.main import main
from screener.cli.packs import open_pack
from screener.forms.findings import Place
from screener.forms.neutrality import check_text
from screener.records.cohort.database import connection, prepared, texts
from tests.cohort.made_up import HEADER, rows, write, write_csv
from tests.postgres import server
from tests.records.sittings import shipped

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("ibis")
MANY = 250
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def content_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped content is read once for all these tests."""
    monkeypatch.setattr(packs, "open_pack", lambda folder: shipped() if folder is None else open_pack(folder))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with server() as url:
        yield url


@dataclass
class There:
    """A database, and how it is reached by its own driver."""

    url: str
    connect: Any
    made: list[str] = field(default_factory=list)

    def put(self, header: list[str], lines: list[list[str]], types: dict[str, str]) -> str:
        """A table with the same cells as a file: empty ones are NULL."""
        name = f"visits_{next(_numbers)}"
        columns = ", ".join(f'"{column}" {types.get(column, "text")}' for column in header)
        sign = "?" if "duckdb" in self.url else "%s"
        values = ", ".join([sign] * len(header))
        with self.connect() as connection:
            cursor = connection.cursor()
            cursor.execute(f'CREATE TABLE "{name}" ({columns})')
            if lines:
                cursor.executemany(
                    f'INSERT INTO "{name}" VALUES ({values})', [[cell or None for cell in line] for line in lines]
                )
            connection.commit()
        return name

    def rows(self, statement: str) -> list[dict[str, Any]]:
        with self.connect() as connection:
            cursor = connection.cursor()
            cursor.execute(statement)
            names = [one[0] for one in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def tables(self) -> set[str]:
        found = self.rows("SELECT table_name FROM information_schema.tables WHERE table_schema IN ('main', 'public')")
        return {one["table_name"] for one in found}


@pytest.fixture(params=["duckdb", "postgres"])
def there(request: pytest.FixtureRequest, tmp_path: Path) -> There:
    """Each database in turn."""
    if request.param == "duckdb":
        file = tmp_path / "clinic.duckdb"
        duckdb.connect(str(file)).close()
        return There(f"duckdb://{file}", lambda: duckdb.connect(str(file)))
    import psycopg

    url = request.getfixturevalue("postgres_url")
    return There(url, lambda: psycopg.connect(url))


TYPES = {
    "age": "integer", "psychosis": "smallint", "sys1": "integer", "dia1": "double precision",
    "weight_lb": "numeric(6,1)", "attack": "varchar(5)", "phq1": "bigint",
}  # fmt: skip
MEDICINES = """  medicines.list:
    medicines:
      columns: [{name: note}]
      none: {column: any_medicine, is: [2]}
      use_is: current
"""


@dataclass
class Both:
    """The same made-up records as a file and as a table."""

    file: Path
    map: Path
    table: str
    there: There

    def of_file(self, *more: str) -> int:
        return main(["cohort", str(self.file), "--map", str(self.map), *more])

    def of_table(self, *more: str) -> int:
        return main(["cohort", self.table, "--where", self.there.url, "--map", str(self.map), *more])


def map_of(folder: Path, medicines: str = "") -> Path:
    """The map of the example, without what is not done in a database."""
    path = folder / "visits.map.yaml"
    text = path.read_text("utf-8")
    text = text.replace("weight: weighting\n", "")
    text = re.sub(r"  medicines\.list:\n(?:    .*\n)+", medicines, text)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def both(there: There, tmp_path: Path) -> Both:
    return made(there, tmp_path, MANY)


def made(there: There, folder: Path, many: int, medicines: str = MEDICINES) -> Both:
    """Records with whatever a table has: codes, gaps, days that are none, groups that are small, ids twice."""
    write(folder, 1)
    lines, _ = rows(many)
    for number, line in enumerate(lines):
        line[HEADER.index("note")] = ("", "lithium", "sertraline; ibuprofen", "zzyx", "tranylcypromine")[number % 5]
        if number % 9 == 4:
            line[HEADER.index("visit")] = ("", "31.02.2026", "soon")[number % 3]
        if number % 17 == 2:
            line[HEADER.index("attack")] = ("8", " 1 ", "1.0")[number % 3]
        if number % 13 == 1:
            line[HEADER.index("sys2")] = ("-4", "ten", "77")[number % 3]
        if number % 19 == 1:
            line[HEADER.index("phq2")] = ("7", "x")[number % 2]
    if many > 3:
        lines[3][0] = lines[2][0]
        lines[5][0] = ""
    file = write_csv(folder / "visits.csv", HEADER, lines)
    return Both(file, map_of(folder, medicines), there.put(list(HEADER), lines, TYPES), there)


def of_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: cell for name, cell in one.items() if name != "row"} for one in csv.DictReader(file)]


def as_text(found: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [{name: "" if cell is None else str(cell) for name, cell in one.items()} for one in found]


def in_order(found: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(one.items()) for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["wide", "long"])
def test_outcomes_are_those_of_a_file_cell_by_cell(
    both: Both, tmp_path: Path, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = f"flags_{next(_numbers)}"
    assert both.of_file("--out", str(tmp_path / "f.csv"), "--shape", shape) == 0
    capsys.readouterr()
    assert both.of_table("--out", out, "--shape", shape) == 0
    said = capsys.readouterr().out
    assert f": {out}" in said and check_text(said, Place("terminal")) == []
    assert not any(name.startswith("screener_") for name in both.there.tables())
    wanted = of_csv(tmp_path / "f.csv")
    for one in wanted:
        one["id"] = one["id"] if one["id"].startswith("MADE-UP") else ""  # a database has no rows to name
    found = as_text(both.there.rows(f'SELECT * FROM "{out}"'))
    assert set(found[0]) == set(wanted[0])
    assert in_order(found) == in_order(wanted)


RECORDED = """
- id: mine.{name}
  title: Nothing recorded
  class: completeness
  tier: note
  profiles: [general]
  pathways: [ketamine-clinic]
  when: {{missing: {question}}}
  statement: Nothing is recorded here.
  source: {{ref: pack-editorial, strength: editorial}}
"""


def test_what_cannot_be_read_is_recorded_in_neither_way(
    there: There, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both, rules = made(there, tmp_path, 60), tmp_path / "rules.yaml"
    asked = {"readings": "bp.readings", "figure": "body.weight", "option": "heart.attack", "items": "mood.phq9"}

    rules.write_text("".join(RECORDED.format(name=name, question=asked[name]) for name in asked), "utf-8")
    out = f"flags_{next(_numbers)}"
    assert both.of_file("--rules", str(rules), "--out", str(tmp_path / "f.csv")) == 0
    assert both.of_table("--rules", str(rules), "--out", out) == 0
    wanted = of_csv(tmp_path / "f.csv")
    for one in wanted:
        one["id"] = one["id"] if one["id"].startswith("MADE-UP") else ""
    assert in_order(as_text(there.rows(f'SELECT * FROM "{out}"'))) == in_order(wanted)
    for rule in ("mine.readings", "mine.items"):
        assert {one[rule] for one in wanted} == {"listed", "not_listed"}


def report(run: Any, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run("--json", *more) == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    said.pop("table")
    return said


@pytest.mark.slow
@pytest.mark.parametrize("small", ["0", "5"])
def test_the_report_by_query_is_that_of_a_file(both: Both, small: str, capsys: pytest.CaptureFixture[str]) -> None:
    of_file, of_table = (report(run, capsys, "--small", small) for run in (both.of_file, both.of_table))
    for said in (of_file, of_table):
        said["findings"] = sorted(said["findings"], key=lambda one: (one["code"], one["column"], one["question"]))
        said["listed_together"].sort(key=lambda one: (-one["records"], one["rules"]))
    assert of_table == of_file
    assert of_file["records"] == MANY and of_file["by"]["groups"]


@pytest.fixture
def few(there: There, tmp_path: Path) -> Both:
    """So few records that what stops before anything is evaluated is seen at once."""
    return made(there, tmp_path, 3)


def refused(run: Any, capsys: pytest.CaptureFixture[str], *more: str, code: int = 1) -> str:
    capsys.readouterr()
    assert run(*more) == code
    said = capsys.readouterr()
    return " ".join((said.out + said.err).split())


def test_a_table_that_is_there_is_never_written_over(few: Both, capsys: pytest.CaptureFixture[str]) -> None:
    before = few.there.tables()
    kept = few.there.rows(f'SELECT * FROM "{few.table}"')
    said = refused(few.of_table, capsys, "--out", few.table)
    assert f"has a table '{few.table}' already. Choose another name" in said
    assert few.there.tables() == before and few.there.rows(f'SELECT * FROM "{few.table}"') == kept


def test_a_name_that_is_not_there_is_said_with_a_near_one(few: Both, capsys: pytest.CaptureFixture[str]) -> None:
    few.table = few.table.replace("visits", "visist")
    said = refused(few.of_table, capsys)
    assert "has no table 'visist_" in said and "Did you mean visits_" in said


def test_a_column_that_is_not_there_stops_at_its_line(few: Both, capsys: pytest.CaptureFixture[str]) -> None:
    few.map.write_text(few.map.read_text().replace("psychosis.ever: psychosis", "psychosis.ever: psychos"))
    before = few.there.tables()
    said = refused(few.of_table, capsys, "--out", "flags_of_none", code=2)
    assert "visits.map.yaml:25: the table has no column 'psychos' [unknown-column]" in said
    assert "did you mean psychosis_on?" in said and few.there.tables() == before


def test_a_column_of_another_type_stops(few: Both, capsys: pytest.CaptureFixture[str]) -> None:
    with few.there.connect() as connection:
        connection.cursor().execute(f'ALTER TABLE "{few.table}" ADD COLUMN many integer[]')
        connection.commit()
    few.map.write_text(few.map.read_text().replace("psychosis.ever: psychosis", "psychosis.ever: many"))
    said = refused(few.of_table, capsys, code=2)
    assert "visits.map.yaml:25: the column 'many' is of the type array<int32> [map-does-not-fit]" in said


WITHOUT_FORM = {
    "repeats": ("by: site", "by: site\nrepeats: latest", "repeats: latest is not done in a database"),
    "weight": ("by: site", "by: site\nweight: weighting", "weights are not counted in a database"),
    "id": ("id: id\n", "", "no column names the records whose outcomes are to be written"),
    "medicines in rows": (
        "columns: [{name: note}]",
        "table: {file: medicines.csv, id: record, name: medicine}",
        "rows of another table are not read in a database",
    ),
    "medicines in columns": ("{name: note}", "{name: note, route: site}", "medicines are read in a database from one"),
    "a reading's time": ("diastolic: dia2", "diastolic: dia2, at: note", "the time of a reading is not read"),
    "blanks": ("items: {", "blank: declined\n    items: {", "blank cells that say something are not read"),
}


@pytest.mark.parametrize("part", WITHOUT_FORM)
def test_what_has_no_form_there_is_said_by_its_place(few: Both, part: str, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, wanted = WITHOUT_FORM[part]
    text = few.map.read_text()
    assert old in text
    few.map.write_text(text.replace(old, new))
    before = few.there.tables()
    said = refused(few.of_table, capsys, "--out", "flags_of_none", code=2)
    assert wanted in said and re.search(r"visits\.map\.yaml:\d+: [^\n]*\[map-does-not-fit\]", said)
    assert few.there.tables() == before


def test_a_report_that_cannot_be_written_leaves_no_table_behind(
    few: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    before = few.there.tables()
    said = refused(few.of_table, capsys, "--out", "flags_of_none", "--report", str(tmp_path / "file" / "r.html"))
    assert "cannot be written" in said and few.there.tables() == before


def test_a_table_that_changes_meanwhile_is_not_evaluated(
    few: Both, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def one_less(*given: Any) -> Any:
        found = texts.texts_of(*given)
        return found if found.columns != ("site",) else replace(found, rows=found.rows[1:], counts=found.counts[1:])

    monkeypatch.setattr(prepared, "texts_of", one_less)
    assert "The table was changed while it was read." in refused(few.of_table, capsys)


def test_a_table_of_few_records_and_one_without_any_say_so(
    there: There, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for many, said in ((0, "no record that could be read"), (3, "Fewer than 5 records")):
        both = made(there, tmp_path, many)
        capsys.readouterr()
        assert both.of_table("--by", "sex") == 0
        assert said in capsys.readouterr().out


def test_a_table_of_another_schema_is_found_by_its_whole_name(few: Both, capsys: pytest.CaptureFixture[str]) -> None:
    with few.there.connect() as connection:
        connection.cursor().execute("CREATE SCHEMA IF NOT EXISTS research")
        connection.cursor().execute(f'CREATE TABLE research."{few.table}s" AS SELECT * FROM "{few.table}"')
        connection.commit()
    few.table = f"research.{few.table}s"
    assert few.of_table() == 0
    assert f"Table: {few.table}" in capsys.readouterr().out


def test_nothing_is_changed_in_a_database_that_is_only_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "clinic.duckdb"
    both = made(There(f"duckdb://{file}", lambda: duckdb.connect(str(file))), tmp_path, 6)
    before = file.read_bytes()
    assert both.of_table("--report", str(tmp_path / "r.html")) == 0
    assert file.read_bytes() == before and "How often each item" in (tmp_path / "r.html").read_text("utf-8")
    assert {path.name for path in tmp_path.iterdir()} >= {"clinic.duckdb", "r.html"}


CONNECTIONS = {
    "mysql://clinic@host/db": "names no database that is known here. Write duckdb:///",
    "clinic.duckdb": "names no database that is known here",
    "postgresql://me:hush@127.0.0.1/db": "A password stands in the connection, where others read it.",
    "postgresql://me@127.0.0.1/db?password=hush": "A password stands in the connection, where others read it.",
    "duckdb:///nowhere/clinic.duckdb": "/nowhere/clinic.duckdb is not there, or is no file. Check its name",
    "postgresql://me@127.0.0.1:9/db": "Connection refused",
}


@pytest.mark.parametrize("url", CONNECTIONS)
def test_a_connection_that_cannot_be_made_is_said(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, 1)
    said = refused(lambda: main(["cohort", "visits", "--where", url, "--map", str(map_of(tmp_path))]), capsys)
    assert CONNECTIONS[url] in said and "hush" not in said and "Traceback" not in said


PASSWORD = "a word: of \\ the clinic"
SERVICE = "[clinic]\nhost={folder}\nuser=postgres\ndbname=postgres\npassword={password}\n"


@pytest.fixture(scope="module")
def guarded_url() -> Iterator[str]:
    with server(PASSWORD) as url:
        yield url


@pytest.mark.parametrize("way", ["environment", "password file", "service file", "nowhere", "wrong"])
def test_a_password_is_read_from_where_the_driver_keeps_it(
    way: str, guarded_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import psycopg

    there = There(guarded_url, lambda: psycopg.connect(guarded_url, password=PASSWORD))
    both = made(there, tmp_path, 6)
    kept = tmp_path / "kept"
    match way:
        case "environment":
            monkeypatch.setenv("PGPASSWORD", PASSWORD)
        case "password file":
            kept.write_text(f"*:*:*:postgres:{PASSWORD.replace(chr(92), chr(92) * 2).replace(':', chr(92) + ':')}\n")
            kept.chmod(0o600)
            monkeypatch.setenv("PGPASSFILE", str(kept))
        case "service file":
            kept.write_text(SERVICE.format(folder=guarded_url.partition("host=")[2], password=PASSWORD))
            monkeypatch.setenv("PGSERVICEFILE", str(kept))
            there.url = "postgresql:///?service=clinic"
        case "wrong":
            monkeypatch.setenv("PGPASSWORD", "another")
    if way in ("nowhere", "wrong"):
        said = refused(both.of_table, capsys)
        assert "password" in said and PASSWORD not in said and "Traceback" not in said
        assert "read from the variable PGPASSWORD, from ~/.pgpass, or from a service" in said
        return
    assert both.of_table() == 0
    told = capsys.readouterr()
    assert f"Table: {both.table}" in told.out and PASSWORD not in told.out + told.err


def test_a_file_that_is_no_database_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = write(tmp_path, 1)
    said = refused(
        lambda: main(["cohort", "visits", "--where", f"duckdb://{table}", "--map", str(map_of(tmp_path))]), capsys
    )
    assert f"duckdb://{table} refused:" in said


def test_what_is_not_installed_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, 1)
    monkeypatch.setattr(connection, "find_spec", lambda name: None)
    said = refused(
        lambda: main(["cohort", "visits", "--where", "duckdb:///x.duckdb", "--map", str(map_of(tmp_path))]), capsys
    )
    assert (
        "needs ibis, pyarrow, duckdb, which is not installed" in said and "pip install 'screener[cohort-sql]'" in said
    )


def test_a_table_needs_a_map(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(lambda: main(["cohort", "visits", "--where", "duckdb:///x.duckdb"]), capsys)
    assert "A table in a database needs a map. Add --map MAP.yaml." in said


def test_what_is_for_files_alone_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--findings", "--against", "--changes", "--new-map"):
        said = refused(
            lambda named: main(["cohort", "visits", "--where", "duckdb:///x", named, str(tmp_path / "f.csv")]),
            capsys,
            option,
        )
        assert f"{option}: for files alone" in said
