"""How often each code stands in a data set, with small cells suppressed: no count that points at a few persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from screener.exchange.dataset.parts import Cell
from screener.exchange.dataset.plan import Column

HEADER = ("column", "code", "screenings")
SUPPRESSED = "suppressed"
SMALLEST = 5
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
    """The codes whose counts are not told: every small one, and with a single small one the next larger too.

    Else it could be worked out from the number of rows.
    """
    small = {code for code, many in counts.items() if many < smallest}
    if len(small) == 1:
        others = sorted((many, code) for code, many in counts.items() if code not in small)
        small |= {code for _, code in others[:1]}
    return small


def all_rows(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], smallest: int) -> Iterator[list[Cell]]:
    """The counts over all of these rows."""
    found = Summary(columns, smallest)
    for row in rows:
        found.show(row)
    return found.rows()
