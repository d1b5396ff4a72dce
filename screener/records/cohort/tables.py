"""Tables of records from files: CSV, TSV and Parquet in pieces, every cell as text, every broken row named."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from screener.language import tr
from screener.records.cohort.coded import Coded, SeriesCoder
from screener.records.cohort.regular_text import Behind, RegularRows
from screener.refusals import why
from screener.text import WorldError

PIECE = 16_384
"""Records that are read and evaluated together: as rows of Python's texts each takes some kilobytes."""
PIECE_OF_COLUMNS = 131_072
"""The same where the file holds columns: a record takes some hundred bytes."""
_SEPARATORS = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".txt": "\t"}
_PARQUET = (".parquet", ".pq")
ENDINGS = (*_SEPARATORS, *_PARQUET)
FIRST_ROW = 2
"""Rows are counted as a spreadsheet shows them: the header is the first."""
_NOT_DECODED = re.compile("[\udc80-\udcff]")
csv.field_size_limit(1_000_000)


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be told apart into its cells, and is in no number of any report."""

    row: int
    said: str
    expected: str


@dataclass(slots=True)
class Piece:
    """Some rows of a table: the number of each, and the texts of the columns that were asked for."""

    rows: list[int]
    cells: dict[str, Coded[str]]
    broken: list[BrokenRow] = field(default_factory=list)
    read: int = 0
    """Bytes, or rows, of the file that lie behind, as `Table.size` counts them."""


class Table(Protocol):
    """A table that can be read through from its beginning as often as one likes."""

    name: str
    header: tuple[str, ...]
    size: int
    at_once: int
    """How many records of it are best read together."""

    def pieces(self, columns: Iterable[str], most: int | None = None) -> Iterator[Piece]: ...


def open_table(path: Path, *, encoding: str = "", separator: str = "") -> Table:
    """Open a table by the ending of its name. Raises WorldError where it cannot be read."""
    ending = path.suffix.lower()
    if not path.is_file():
        said = tr("There is no file {path}.").format(path=path)
        raise WorldError(said, tr("Give a CSV, TSV or Parquet file, or a folder of signed records."))
    if ending in _PARQUET:
        return ParquetTable(path)
    if ending in _SEPARATORS or separator:
        return TextTable(path, encoding or "utf-8", separator or _SEPARATORS[ending])
    said = tr("{path} has no ending that tells what it holds.").format(path=path)
    raise WorldError(said, tr("Give it one of the endings {endings}.").format(endings=", ".join(ENDINGS)))


class TextTable:
    """CSV and the like: by Polars as far as it is regular, and from there row by row, so that nothing is lost."""

    at_once = PIECE

    def __init__(self, path: Path, encoding: str, separator: str) -> None:
        self.path, self.name = path, path.name
        try:
            self._encoding = codecs.lookup(encoding).name
        except LookupError as wrong:
            said = tr("“{name}” is no encoding.").format(name=encoding)
            raise WorldError(said, tr("Write utf-8, latin-1, windows-1252 or utf-16.")) from wrong
        self._separator = separator
        with self._explained():
            self.size = path.stat().st_size
        rows = self._rows()
        first = next(rows, None)
        if first is None:
            raise WorldError(tr("{path} is empty.").format(path=path), tr("The first row names the columns."))
        if isinstance(first[0], BrokenRow):
            said = tr("The header of {path} cannot be read: {why}.").format(path=path, why=first[0].said)
            raise WorldError(said, tr("It needs {expected}.").format(expected=first[0].expected))
        names = [name.strip() for name in first[0]]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            said = tr("{path} has two columns “{name}”.").format(path=path, name=twice[0])
            raise WorldError(said, tr("Give each its own name."))
        self.header = tuple(names)

    def pieces(self, columns: Iterable[str], most: int | None = None) -> Iterator[Piece]:
        """The rows after the header, so many at a time."""
        most = most or self.at_once
        wanted = [(column, self.header.index(column)) for column in dict.fromkeys(columns)]
        with self._explained(), self.path.open("rb") as raw:
            regular = RegularRows(raw, self._encoding, self._separator, len(self.header))
            behind, first = regular.behind, FIRST_ROW
            coders = {place: SeriesCoder() for _, place in wanted}
            for frame in regular.frames([place for _, place in wanted], most):
                cells = {column: coders[place].coded(frame[f"{place}"]) for column, place in wanted}
                yield Piece(list(range(first, first + len(frame))), cells, [], behind.bytes)
                first = FIRST_ROW + behind.rows
        yield from self._row_by_row(wanted, most, behind)

    def _row_by_row(self, wanted: list[tuple[str, int]], most: int, behind: Behind) -> Iterator[Piece]:
        """The rows that come after those that lie behind, which may be none."""
        rows = self._rows(behind)
        if not behind.lines:
            next(rows, None)
        width, number = len(self.header), FIRST_ROW - 1 + behind.rows
        numbers: list[int] = []
        texts: list[list[str]] = []
        broken: list[BrokenRow] = []
        done, given = behind.bytes, bool(behind.rows)
        for cells, done in rows:
            number += 1
            if isinstance(cells, BrokenRow):
                broken.append(BrokenRow(number, cells.said, cells.expected))
            elif not cells:
                continue  # a blank line is no record
            elif len(cells) != width:
                said = f"the row has {len(cells)} cells and the header {width}"
                broken.append(BrokenRow(number, said, "as many cells as the header has; a cell with a sign in quotes"))
            else:
                numbers.append(number)
                texts.append(cells)
            if len(numbers) + len(broken) >= most:
                yield _piece(numbers, texts, wanted, broken, done)
                numbers, texts, broken, given = [], [], [], True
        if numbers or broken or not given:  # a table without rows is one piece without any
            yield _piece(numbers, texts, wanted, broken, done)

    def _rows(self, behind: Behind | None = None) -> Iterator[tuple[list[str] | BrokenRow, int]]:
        """Each row with the bytes that lie behind it."""
        behind = behind or Behind()
        with self._explained(), self.path.open("rb") as raw:
            raw.seek(behind.bytes)
            counted = io.BufferedReader(raw)
            lines = _Lines(io.TextIOWrapper(counted, self._encoding, errors="surrogateescape", newline=""))
            lines.read = behind.bytes
            if self._encoding in ("utf-8", "utf-16") and not behind.lines:
                lines.without_mark = True
            reader = csv.reader(lines, delimiter=self._separator, strict=True)
            while True:
                begun = behind.lines + reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as wrong:
                    last = behind.lines + reader.line_num
                    over = f", over lines {begun} to {last}" if last > begun else ""
                    said = f"{wrong}{over}"
                    yield BrokenRow(0, said, "quotes that are closed, and doubled inside a cell"), lines.read
                    continue
                if lines.undecoded:
                    lines.undecoded = False
                    said = f"it holds bytes that are not {self._encoding}"
                    yield BrokenRow(0, said, "text in this encoding; `encoding:` in the map names another"), lines.read
                    continue
                yield cells, lines.read

    def _explained(self) -> _Explained:
        return _Explained(self.path)


class _Lines:
    """Lines of a file, noting how much was read and whether a line could not be decoded."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self.read = 0
        self.undecoded = False
        self.without_mark = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline()
        if not line:
            raise StopIteration
        self.read += len(line)
        if self.without_mark:
            line, self.without_mark = line.removeprefix("\ufeff"), False
        if not line.isascii() and _NOT_DECODED.search(line):
            self.undecoded = True
        return line


class _Explained:
    """Turns refusals of the system into a sentence with what to do next."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, wrong: BaseException | None, trace: object) -> None:
        if isinstance(wrong, UnicodeError):
            said = tr("{path} cannot be read in the encoding that is named.").format(path=self._path)
            raise WorldError(said, tr("Name another with `encoding:` in the map.")) from wrong
        if isinstance(wrong, OSError):
            said = tr("{file} cannot be read: {why}.").format(file=self._path, why=why(wrong))
            raise WorldError(said, tr("Check its name, and that this user may read it.")) from wrong


def _piece(
    numbers: list[int], texts: list[list[str]], wanted: list[tuple[str, int]], broken: list[BrokenRow], done: int
) -> Piece:
    columns = list(zip(*texts, strict=True)) if texts else []
    cells = {column: Coded.of(columns[place] if texts else ()) for column, place in wanted}
    return Piece(numbers, cells, broken, done)


class ParquetTable:
    """A Parquet file, read by Polars in pieces. What is typed in it becomes the text that it is written as."""

    at_once = PIECE_OF_COLUMNS

    def __init__(self, path: Path) -> None:
        import polars as pl

        self.path, self.name = path, path.name
        try:
            self._scanned = pl.scan_parquet(path)
            self._schema = self._scanned.collect_schema()
            self.size = int(self._scanned.select(pl.len()).collect().item())
        except (OSError, pl.exceptions.PolarsError) as wrong:
            said = tr("{path} cannot be read as Parquet.").format(path=path)
            raise WorldError(said, tr("Write it once more, or as CSV.")) from wrong
        self.header = tuple(self._schema.names())

    def pieces(self, columns: Iterable[str], most: int | None = None) -> Iterator[Piece]:
        """The rows in pieces. Raises WorldError where a column holds lists, or bytes."""
        import polars as pl

        most = most or self.at_once
        wanted = list(dict.fromkeys(columns))
        for column in wanted:
            kind = self._schema[column]
            if kind.is_nested() or kind == pl.Binary or kind == pl.Object:
                said = tr("The column “{name}” of {path} holds {kind}.").format(name=column, path=self.path, kind=kind)
                raise WorldError(said, tr("Write one value a cell."))
        chosen = [pl.col(column).cast(pl.String).fill_null("") for column in wanted]
        coders = {column: SeriesCoder() for column in wanted}
        for first in range(0, max(self.size, 1), most):
            try:
                part = self._scanned.slice(first, most).select(chosen or pl.lit(0)).collect()
            except (OSError, pl.exceptions.PolarsError) as wrong:
                said = tr("{path} cannot be read further than row {row}.")
                raise WorldError(said.format(path=self.path, row=first + FIRST_ROW)) from wrong
            last = min(first + most, self.size)
            numbers = list(range(first + FIRST_ROW, last + FIRST_ROW))
            yield Piece(numbers, {column: coder.coded(part[column]) for column, coder in coders.items()}, [], last)


RowsById = dict[str, list[tuple[str, ...]]]


def rows_by_id(table: Table, key: str, columns: Sequence[str]) -> tuple[RowsById, list[BrokenRow]]:
    """The rows of another table by the id of their record, in no order that means anything."""
    found: RowsById = {}
    broken: list[BrokenRow] = []
    for piece in table.pieces((key, *columns)):
        broken += piece.broken
        for name, *cells in zip(piece.cells[key], *(piece.cells[column] for column in columns), strict=True):
            found.setdefault(name.strip(), []).append(tuple(cells))
    return found, broken
