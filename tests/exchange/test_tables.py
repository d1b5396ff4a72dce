"""Tables as CSV: what was written is read back, and nothing in it is worked out by a spreadsheet."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from screener.exchange.tables import csv_pieces

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=20)


def read(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_every_cell_comes_back_and_none_begins_a_formula(rows: list[tuple[str, str]]) -> None:
    raw = b"".join(csv_pieces(("one", "two"), rows))
    assert raw.startswith(b"\xef\xbb\xbf")
    found = read(raw)
    assert found[0] == ["one", "two"]
    for row, said in zip(rows, found[1:], strict=True):
        assert [cell.removeprefix("'") for cell in said] == [cell.removeprefix("'") for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in said)


def test_line_ends_and_half_characters_stay_inside_their_cell_and_figures_are_figures() -> None:
    rows = read(b"".join(csv_pieces(("a", "b"), [("one\r\ntwo", -3), ("\ud800", "=1+1")])))
    assert rows[1:] == [["one\r\ntwo", "-3"], ["\\ud800", "'=1+1"]]
