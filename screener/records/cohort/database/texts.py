"""The different texts of a table's columns, each with how many records have it: read here, once each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from screener.records.cohort.database.connection import Database
from screener.text import WorldError

if TYPE_CHECKING:
    import ibis.expr.types as ir

MOST = 100_000
"""So many different texts of a column, or of the columns of one question, are read at most."""
COUNT = "records"


@dataclass(frozen=True, slots=True)
class Texts:
    """Different rows of texts, and how many records have each."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...]


def text_of(table: ir.Table, column: str) -> Any:
    """A cell as the text that it would be in a file; nothing is an empty text."""
    return table[column].cast("string").fill_null("")


def texts_of(database: Database, table: ir.Table, columns: Sequence[str], what: str) -> Texts:
    """WorldError where there are more than MOST; `what` says whose columns they are."""
    named = {f"c{place}": text_of(table, column) for place, column in enumerate(columns)}
    seen = table.select(**named)
    grouped = seen.group_by(list(named)).aggregate(**{COUNT: lambda t: t.count()}).limit(MOST + 1)
    found = database.of(grouped)
    if len(found) > MOST:
        raise WorldError(
            f"{what}: {', '.join(columns)} hold more than {MOST} different values.",
            "Round them in a view of the table, or run the rules over a file of it.",
        )
    rows = tuple(tuple(str(row[name]) for name in named) for row in found)
    return Texts(tuple(columns), rows, tuple(int(row[COUNT]) for row in found))
