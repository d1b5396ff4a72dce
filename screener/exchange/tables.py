"""Tables as CSV: UTF-8 with a mark that says so, and no cell that a spreadsheet would work out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_WORKED_OUT = ("=", "+", "-", "@", "\t", "\r")


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A table piece by piece, the header first."""
    yield "\ufeff".encode()
    yield _line(header)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_plain(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "backslashreplace")


def _plain(cell: object) -> str:
    """A text stays a text: what would begin a formula has a quote before it."""
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_WORKED_OUT) else text
