"""A data set as files: CSV piece by piece, or Parquet; what stands beside it is called after it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from screener.exchange.dataset.made import DataSet, Table
from screener.exchange.dataset.parts import Cell, Type
from screener.exchange.tables import csv_pieces
from screener.rules.words import figure_words

if TYPE_CHECKING:
    import polars

CSV, PARQUET = ".csv", ".parquet"
SUFFIXES = (CSV, PARQUET)
_FOR_PEOPLE = ("codebook", "summary")
"""Tables that are CSV in either case: they are read by people first."""
_AT_ONCE = 500
"""Rows that are in memory one by one before they become columns."""


def files(made: DataSet, path: Path) -> list[tuple[Path, Iterable[bytes]]]:
    """Each file of a data set with its bytes: `path` itself, and beside it `path-medicines`, `path-codebook` …

    The ending of `path` says the form. Bytes are made when they are asked for.
    """
    return [(named(path, table), _bytes(table, path.suffix.lower())) for table in made.tables]


def named(path: Path, table: Table) -> Path:
    """What the file of a table is called."""
    suffix = CSV if table.name in _FOR_PEOPLE else path.suffix
    return path.with_name(f"{path.stem}-{table.name}{suffix}") if table.name else path


def _bytes(table: Table, suffix: str) -> Iterator[bytes]:
    if suffix == PARQUET and table.name not in _FOR_PEOPLE:
        yield _parquet(table)
        return
    header = [name for name, _ in table.header]
    yield from csv_pieces(header, ([_plain(cell) for cell in row] for row in table.rows()))


def _plain(cell: Cell) -> object:
    """A figure stays a figure, without an exponent; only what is a text can be taken for a formula."""
    match cell:
        case None:
            return ""
        case Decimal():
            return Decimal(figure_words(cell))
        case datetime() | time():
            return cell.isoformat(timespec="auto" if cell.second or cell.microsecond else "minutes")
        case date():
            return cell.isoformat()
        case _:
            return cell


def _parquet(table: Table) -> bytes:
    import polars

    schema = _schema(table)
    rows, frames = table.rows(), [polars.DataFrame(schema=schema)]
    while some := list(islice(rows, _AT_ONCE)):
        frames.append(polars.DataFrame([_typed(row) for row in some], schema=schema, orient="row"))
    written = io.BytesIO()
    polars.concat(frames).write_parquet(written)
    return written.getvalue()


def _typed(row: Sequence[Cell]) -> list[Any]:
    return [float(cell) if isinstance(cell, Decimal) else cell for cell in row]


def _schema(table: Table) -> dict[str, polars.DataType | type[polars.DataType]]:
    import polars

    types: dict[Type, polars.DataType | type[polars.DataType]] = {
        "text": polars.String,
        "code": polars.String,
        "number": polars.Float64,
        "whole": polars.Int64,
        "flag": polars.Int8,
        "date": polars.Date,
        "time": polars.Time,
        "moment": polars.Datetime("us"),
    }
    return {name: types[kind] for name, kind in table.header}
