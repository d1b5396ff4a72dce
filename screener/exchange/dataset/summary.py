"""How often each code stands in a data set, with small cells suppressed: no count that points at a few persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from screener.exchange.dataset.parts import Cell
from screener.exchange.dataset.plan import Column
from screener.records.cohort.small import LIMIT, shown_row

HEADER = ("column", "code", "screenings")
SUPPRESSED = "suppressed"
SMALLEST = LIMIT
"""Smaller counts are not told, unless another figure is asked for."""
_COUNTED = ("code", "flag")
_NOT = ("record", "screening", "pack_hash")


@dataclass(slots=True)
class Summary:
    """Is shown every row once."""

    columns: Sequence[Column]
    smallest: int = SMALLEST
    _counts: dict[str, Counter[str]] = field(default_factory=dict)

    def show(self, row: Sequence[Cell]) -> None:
        """Count a row of the table of screenings."""
        for column, cell in zip(self.columns, row, strict=True):
            if column.part.type in _COUNTED and column.name not in _NOT and cell not in (None, ""):
                self._counts.setdefault(column.name, Counter())[str(cell)] += 1

    def rows(self) -> Iterator[list[Cell]]:
        """Each code that occurs, and how often, or that it is a small cell."""
        for column in self.columns:
            counts = self._counts.get(column.name)
            if counts:
                hidden = suppressed(counts, self.smallest)
                for code in sorted(counts):
                    yield [column.name, code, SUPPRESSED if code in hidden else counts[code]]


def suppressed(counts: Counter[str], smallest: int) -> set[str]:
    """The codes whose counts are not told: small ones, and as many others as it takes that none can be worked out."""
    codes = sorted(counts)
    shown = shown_row([counts[code] for code in codes], smallest)
    return {code for code, told in zip(codes, shown, strict=True) if told is None}


def all_rows(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], smallest: int) -> Iterator[list[Cell]]:
    """The counts over all of these rows."""
    found = Summary(columns, smallest)
    for row in rows:
        found.show(row)
    return found.rows()
