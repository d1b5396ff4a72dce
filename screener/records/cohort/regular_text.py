"""The rows of a text table as far as they are regular: then Polars reads them.

Polars fills a short row up without a word, and guesses where quotes are open. What is given to it is looked through
first: each row has its cells, each quote begins or ends one. From the first block that is not so, a table is read row
by row (`tables.py`), where what is wrong is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import polars as pl

Bytes = npt.NDArray[np.uint8]
ENCODINGS = frozenset(("utf-8", "ascii", "iso8859-1", "cp1252"))
"""In which each sign below 128 is its own byte."""
LONGEST_ROW = 1_000_000
_AT_ONCE = 1 << 22
_MARK = "\ufeff".encode()
"""Of UTF-8, at the beginning of a file; Polars passes over it wherever it is given one."""
_QUOTE, _NEW_LINE, _RETURN = ord('"'), ord("\n"), ord("\r")


@dataclass(slots=True)
class Behind:
    """How much of the file was given to Polars: bytes, lines, and rows after the header."""

    bytes: int = 0
    lines: int = 0
    rows: int = 0


class RegularRows:
    """Reads the regular rows at the beginning of a table; `behind` says where they end."""

    def __init__(self, raw: BinaryIO, encoding: str, separator: str, width: int) -> None:
        self._raw, self._encoding, self._separator, self._width = raw, encoding, separator, width
        self.behind = Behind()
        self._left = b""
        """What is read and not given yet."""
        self._ends = np.zeros(0, np.int64)
        """Where rows end in it."""
        self._ended = False

    def frames(self, places: Sequence[int], most: int) -> Iterator[pl.DataFrame]:
        """Some columns of these rows, so many rows at a time, every cell as its text."""
        if self._encoding not in ENCODINGS or len(self._separator) != 1 or not self._separator.isascii():
            return
        if self._encoding == "utf-8" and self._raw.peek(3).startswith(_MARK):  # type: ignore[attr-defined]
            self.behind.bytes = len(self._raw.read(3))
        header = self._block(1)
        if header is None or self._told(header) is None:
            return
        self._past(header, rows=0)
        while (block := self._block(most)) is not None:
            told = self._told(block)
            if told is None:
                return
            frame = _read(told, self._separator, self._width, places)
            self._past(block, len(frame))
            yield frame

    def _past(self, block: bytes, rows: int) -> None:
        self.behind.bytes += len(block)
        self.behind.lines += block.count(b"\n")
        self.behind.rows += rows

    def _block(self, most: int) -> bytes | None:
        """So many whole rows, or as many as there are; None at the end, and where a row has no end in sight."""
        while len(self._ends) < most and not self._ended:
            more = self._raw.read(_AT_ONCE)
            self._ended = not more
            self._left += more
            self._ends = _ends(self._left)
            if len(self._left) - (self._ends[-1] if len(self._ends) else 0) > LONGEST_ROW + _AT_ONCE:
                return None  # a quote that nobody closed: what comes behind it would be kept until the end
        end = int(self._ends[most - 1]) + 1 if len(self._ends) >= most else len(self._left)
        block, self._left, self._ends = self._left[:end], self._left[end:], self._ends[most:] - end
        return block or None

    def _told(self, block: bytes) -> bytes | None:
        """The block in UTF-8, with one sign at the end of each row; None where it is not regular."""
        if b"\0" in block or block.startswith(_MARK) or self._width < 2:
            return None
        if not block.endswith(b"\n"):
            block += b"\n"
        if b"\r" in block:
            if _returns_inside(block):
                return None
            block = block.replace(b"\r\n", b"\n")
            if b"\r" in block:
                return None
        try:
            text = block.decode(self._encoding)
        except UnicodeDecodeError:
            return None
        if not _regular(block, ord(self._separator), self._width):
            return None
        return block if self._encoding in ("utf-8", "ascii") else text.encode()


def _ends(block: bytes) -> npt.NDArray[np.int64]:
    """Where rows end: at each new line outside quotes."""
    signs = np.frombuffer(block, np.uint8)
    return np.flatnonzero((signs == _NEW_LINE) & _outside(signs, block))


def _outside(signs: Bytes, block: bytes) -> npt.NDArray[np.bool_]:
    """Which signs stand outside quotes; where a quote is doubled, it is left and entered again."""
    if b'"' not in block:
        return np.ones(len(signs), np.bool_)
    odd: npt.NDArray[np.bool_] = np.logical_xor.accumulate(signs == _QUOTE)
    return ~odd


def _returns_inside(block: bytes) -> bool:
    """Whether a cell in quotes holds a carriage return, which stays what it is."""
    if b'"' not in block:
        return False
    signs = np.frombuffer(block, np.uint8)
    return bool(((signs == _RETURN) & ~_outside(signs, block)).any())


def _regular(block: bytes, separator: int, width: int) -> bool:
    """Whether each row has its cells, and each quote begins or ends one."""
    signs = np.frombuffer(block, np.uint8)
    outside = _outside(signs, block)
    if b'"' in block and not _quotes_fit(signs, separator):
        return False
    ends = np.flatnonzero((signs == _NEW_LINE) & outside)
    between = np.flatnonzero((signs == separator) & outside)
    if len(between) != len(ends) * (width - 1):
        return False
    begins = np.concatenate(([0], ends[:-1] + 1))
    of_row = between.reshape(len(ends), width - 1)
    whole = (of_row[:, 0] >= begins) & (of_row[:, -1] < ends)
    return bool(whole.all()) and int((ends - begins).max()) < LONGEST_ROW


def _quotes_fit(signs: Bytes, separator: int) -> bool:
    """Whether each quote that opens stands at the beginning of a cell, and each that closes at its end.

    A doubled one closes, and opens again beside itself.
    """
    places = np.flatnonzero(signs == _QUOTE)
    if len(places) % 2:
        return False
    opening, closing = places[::2], places[1::2]
    before = np.where(opening > 0, signs[opening - 1], np.uint8(_NEW_LINE))
    after = signs[np.minimum(closing + 1, len(signs) - 1)]
    ends = (separator, _NEW_LINE, _QUOTE)
    return bool(np.isin(before, ends).all() and np.isin(after, ends).all())


def _read(block: bytes, separator: str, width: int, places: Sequence[int]) -> pl.DataFrame:
    import polars as pl

    read = pl.read_csv(
        block,
        has_header=False,
        separator=separator,
        columns=sorted(set(places)),
        schema={f"{place}": pl.String() for place in range(width)},
        infer_schema=False,
        quote_char='"' if b'"' in block else None,
    )
    return read.fill_null("")
