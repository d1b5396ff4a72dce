"""A table reads the same whoever reads it: the regular rows by Polars, the others row by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.records.cohort import regular_text, tables
from screener.records.cohort.tables import Piece, TextTable

Said = tuple[list[int], list[list[str]], list[tuple[int, str]]]

CELLS = st.one_of(
    st.sampled_from(["", "a", "1.5", " ", "ä", "€", "yes", "x y", "NA", "null", "\t", ";", "0123", "a\u2028b", "'"]),
    st.text(st.characters(codec="utf-8"), max_size=4),
)
ODD = st.sampled_from(
    ['"', '""', 'a"b', '"a"b', '"a" ', "\r", "\n", "\r\n", "\0", '"a\nb"', '"a\r\nb"', '"a,b"', '""""']
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Text as a table would be written, most of it regular."""
    width = draw(st.integers(1, 4))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    quoted = draw(st.booleans())
    lines = [",".join(f"c{number}" for number in range(width))]
    for _ in range(draw(st.integers(0, 12))):
        cells = [draw(CELLS) for _ in range(width)]
        odd = draw(st.integers(0, 14))
        if odd == 0:
            cells.append(draw(CELLS))
        elif odd == 1:
            cells = cells[1:]
        written = [_written(cell, quoted) for cell in cells]
        if odd == 2:
            written[0] = draw(ODD)
        lines.append(",".join(written))
    return draw(st.sampled_from(["", "\ufeff"])) + end.join(lines) + draw(st.sampled_from(["", end, end + end]))


def _written(cell: str, quoted: bool) -> str:
    if quoted or any(sign in cell for sign in '",\n\r'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def read(path: Path, most: int, encoding: str = "utf-8") -> Said:
    pieces = list(TextTable(path, encoding, ",").pieces(TextTable(path, encoding, ",").header, most))
    columns: list[list[str]] = [[] for _ in pieces[0].cells]
    for piece in pieces:
        for column, texts in zip(columns, piece.cells.values(), strict=True):
            column += texts
    return [row for piece in pieces for row in piece.rows], columns, _broken(pieces)


def _broken(pieces: list[Piece]) -> list[tuple[int, str]]:
    return [(one.row, one.said) for piece in pieces for one in piece.broken]


@settings(max_examples=400)
@given(files(), st.integers(1, 7), st.sampled_from(["utf-8", "iso8859-1", "cp1252"]))
def test_both_ways_of_reading_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, text: str, most: int, as_: str
) -> None:
    path = tmp_path_factory.mktemp("tables") / "t.csv"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(regular_text, "_AT_ONCE", 7)
        found = read(path, most, as_)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(regular_text, "ENCODINGS", frozenset())
        assert found == read(path, most, as_)


@pytest.mark.parametrize(
    ("text", "regular"),
    [
        ("a,b\n1,2\n3,4", 2),
        ("\ufeffa,b\r\n1,2\r\n3,4\r\n", 2),
        ('"a","b"\n"1","x ""y"", z"\n"3","two\nlines"\n', 2),
        ("a,b\n1,2\n3\n4,5\n", 1),
        ('a,b\n1,2\n3,x"y\n', 1),
        ("a,b\n1,2\n\n3,4\n", 1),
        ("a\n1\n2\n", 0),
    ],
)
def test_what_is_regular_is_left_to_polars(tmp_path: Path, text: str, regular: int) -> None:
    (tmp_path / "t.csv").write_bytes(text.encode())
    with (tmp_path / "t.csv").open("rb") as raw:
        width = text.partition("\n")[0].count(",") + 1
        rows = regular_text.RegularRows(raw, "utf-8", ",", width)
        assert sum(len(frame) for frame in rows.frames([0], 1)) == rows.behind.rows == regular


def test_a_quote_that_nobody_closed_does_not_take_the_whole_file_into_memory(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b'a,b\n1,2\n3,"' + b"x,y\n" * 5_000_000)
    with (tmp_path / "t.csv").open("rb") as raw:
        rows = regular_text.RegularRows(raw, "utf-8", ",", 2)
        assert [*rows.frames([0], 2)] == [] and rows.behind.rows == 0
        assert raw.tell() < 12_000_000
    pieces = TextTable(tmp_path / "t.csv", "utf-8", ",").pieces(("a",), 2)
    first = next(pieces)
    assert first.rows == [2] and first.broken[0].row == 3


def test_rows_and_lines_are_counted_through_both(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('a,b\n1,"x\ny"\n2,z\n3\n4,"5\n6,7\n')
    rows, columns, broken = read(tmp_path / "t.csv", 2)
    assert rows == [2, 3] and columns == [["1", "2"], ["x\ny", "z"]]
    assert [row for row, _ in broken] == [4, 5] and "over lines 6 to 7" in broken[1][1]
    assert tables.FIRST_ROW == 2
