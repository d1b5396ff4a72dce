"""Tables as files hold them: what can be read is read whole, and every row that cannot be is named."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from screener.records.cohort.tables import open_table
from screener.text import WorldError
from tests.cohort.reading import HEAD, VISIT, Read, written

MAP = f'{HEAD}{VISIT}id: id\nanswers:\n  psychosis.ever: {{column: c, codes: {{1: "yes", 2: "no"}}}}\n'


def read(
    folder: Path, table: str | bytes, mapping: str = MAP, name: str = "table.csv"
) -> tuple[dict[str, object], list[str]]:
    found: dict[str, object] = {}
    said: list[str] = []
    for part in written(folder, table, mapping, name).parts():
        found |= {part.ids[place]: Read.of(part, place, "psychosis.ever").said for place in range(len(part))}
        said += [f"{one.row}: {one.code}: {one.said}" for one in part.findings]
    return found, said


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("id,c\na,1\nb,2\n", "t.csv"),
        ("id,c\r\na,1\r\nb,2", "t.csv"),
        ("\ufeffid,c\n\na,1\n\n\nb,2\n\n", "t.csv"),
        ('"id" , "c"\n"a",1\n"b",2\n'.replace(" ", ""), "t.csv"),
        ("id\tc\na\t1\nb\t2\n", "t.tsv"),
        ("c,other,id\n1,x,a\n2,y,b\n", "t.CSV"),
    ],
)
def test_tables_are_read_however_they_are_written(tmp_path: Path, table: str, name: str) -> None:
    assert read(tmp_path, table, name=name) == ({"a": "yes", "b": "no"}, [])


def test_rows_that_are_too_short_or_too_long_are_named_and_in_no_number(tmp_path: Path) -> None:
    found, said = read(tmp_path, "id,c\na,1\nb\nc,1,2\nd,2\n")
    assert found == {"a": "yes", "d": "no"}
    assert said == [
        "3: broken-row: the row has 1 cells and the header 2", "4: broken-row: the row has 3 cells and the header 2",
    ]  # fmt: skip


def test_quotes_that_are_broken_are_named_with_the_lines_that_they_swallow(tmp_path: Path) -> None:
    found, said = read(tmp_path, 'id,c\na,1\nb,"2"x\nc,2\nd,"1\ne,2\nf,2\n')
    assert found == {"a": "yes", "c": "no"}
    assert len(said) == 2 and "over lines 5 to 7" in said[1]


def test_bytes_that_are_not_of_the_encoding_are_named_and_another_encoding_is_read(tmp_path: Path) -> None:
    table = "id,c\na,1\nå,2\nb,2\n".encode("latin-1")
    found, said = read(tmp_path, table)
    assert found == {"a": "yes", "b": "no"} and said[0].startswith("3: broken-row: it holds bytes that are not utf-8")
    assert read(tmp_path, table, f"encoding: latin-1\n{MAP}") == ({"a": "yes", "å": "no", "b": "no"}, [])
    assert read(tmp_path, "id,c\na,1\n".encode("utf-16"), f"encoding: utf-16\n{MAP}") == ({"a": "yes"}, [])
    assert read(tmp_path, "id;c\na;1\n", f'separator: ";"\n{MAP}') == ({"a": "yes"}, [])


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "t.csv", "is empty"),
        (b"id,c,c\n", "t.csv", "two columns “c”"),
        (b"PAR1 nothing", "t.parquet", "cannot be read as Parquet"),
        (b"\xff\xfe\xfa", "t.csv", "header"),
        (b"id,c\n", "t.doc", "no ending"),
    ],
)
def test_a_table_that_cannot_be_read_is_said_with_what_to_do(
    tmp_path: Path, content: bytes, name: str, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WorldError) as wrong:
        open_table(tmp_path / name)
    assert said in wrong.value.said and wrong.value.next_step


def test_a_table_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="There is no file"):
        open_table(tmp_path / "nothing.csv")


def test_what_is_typed_in_parquet_becomes_the_text_it_is_written_as(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["a", "b", "c", "d"], "c": [1.0, 2.0, None, 9.0], "t": [True, False, None, True]})
    frame.write_parquet(tmp_path / "t.parquet")
    data = (tmp_path / "t.parquet").read_bytes()
    mapping = MAP.replace('2: "no"}', '2: "no"}, not_known: [9]')
    assert read(tmp_path, data, mapping, "t.parquet") == ({"a": "yes", "b": "no", "c": None, "d": "not_known"}, [])
    booleans = mapping.replace("column: c", "column: t").replace("1:", "true:").replace("2:", "false:")
    assert read(tmp_path, data, booleans, "t.parquet")[0] == {"a": "yes", "b": "no", "c": None, "d": "yes"}


def test_a_column_of_lists_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"id": ["a"], "c": [[1, 2]]}).write_parquet(tmp_path / "t.parquet")
    with pytest.raises(WorldError, match="holds List"):
        read(tmp_path, (tmp_path / "t.parquet").read_bytes(), name="t.parquet")


def test_pieces_come_to_the_whole(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,c\n" + "".join(f"{number},{number % 3}\n" for number in range(50)))
    table = open_table(tmp_path / "t.csv")
    whole = next(table.pieces(["id", "c"]))
    parts = list(table.pieces(["id", "c"], 7))
    assert len(parts) > 5 and [text for part in parts for text in part.cells["c"]] == [*whole.cells["c"]]
    assert [row for part in parts for row in part.rows] == whole.rows == list(range(2, 52))
