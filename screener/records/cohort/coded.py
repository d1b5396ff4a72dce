"""What many rows hold: each distinct thing once, and which of them stands in each row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import polars as pl

Places = npt.NDArray[np.int64]
T = TypeVar("T", bound=Hashable)
_MOST = 2**62
"""As far as codes of several columns are multiplied into one number."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Generic[T]):
    """`distinct[codes[row]]` is what stands in a row. What is distinct may stand in no row."""

    codes: Places
    distinct: Sequence[T]

    @classmethod
    def of(cls, rows: Sequence[T]) -> Coded[T]:
        """What stands in each row, told apart."""
        place_of = {one: place for place, one in enumerate(dict.fromkeys(rows))}
        codes = np.fromiter(map(place_of.__getitem__, rows), np.int64, len(rows))
        return cls(codes, list(place_of))

    @classmethod
    def all_of(cls, one: T, count: int) -> Coded[T]:
        """The same in so many rows."""
        return cls(np.zeros(count, np.int64), [one])

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int | np.integer[Any]) -> T:
        return self.distinct[int(self.codes[row])]

    def __iter__(self) -> Iterator[T]:
        return map(self.distinct.__getitem__, self.codes.tolist())

    def where(self, so: Callable[[T], bool]) -> list[int]:
        """The rows that hold what is so."""
        found = np.array([so(one) for one in self.distinct], np.bool_)
        return np.flatnonzero(found[self.codes]).tolist() if found.any() else []

    def groups(self, so: Callable[[T], bool]) -> Iterator[tuple[T, Places]]:
        """Each of what is so and stands in any row, with its rows."""
        rows = np.array(self.where(so), np.int64)
        if not len(rows):
            return
        codes = self.codes[rows]
        order = np.argsort(codes, kind="stable")
        begins = np.flatnonzero(np.diff(codes[order])) + 1
        for some in np.split(rows[order], begins):
            yield self[some[0]], some

    def present(self) -> list[T]:
        """What stands in any row."""
        many = np.bincount(self.codes, minlength=len(self.distinct))
        return [one for one, rows in zip(self.distinct, many.tolist(), strict=True) if rows]

    def at(self, places: Sequence[int] | Places) -> Coded[T]:
        """These rows alone."""
        return Coded(self.codes[np.asarray(places, np.int64)], self.distinct)


class SeriesCoder:
    """Tells apart the texts of one column that Polars reads piece by piece. None of them is null."""

    def __init__(self) -> None:
        self._kind: pl.Enum | None = None
        self._distinct: list[str] = []

    def coded(self, series: pl.Series) -> Coded[str]:
        """A piece; where the texts of the piece before are all there is, they stay the same list."""
        import polars as pl

        # Most columns have said all they say in their first piece.
        told = None if self._kind is None else series.cast(self._kind, strict=False)
        if told is None or told.null_count():
            # Categories of their own: those that Polars shares would hold what patients said until the program ends.
            told = series.cast(pl.Categorical(pl.Categories.random()))
            self._distinct = told.unique(maintain_order=True).to_list()
            self._kind = pl.Enum(self._distinct)
        return Coded(told.to_physical().to_numpy().astype(np.int64), self._distinct)


def side_by_side(columns: Sequence[Coded[Any]], count: int) -> Coded[tuple[Any, ...]]:
    """What several columns say in each of so many rows, together."""
    if not columns:
        return Coded.all_of((), count)
    mixed, many = columns[0].codes, len(columns[0].distinct)
    for column in columns[1:]:
        if many * len(column.distinct) > _MOST:
            mixed, many = np.unique(mixed, return_inverse=True)[1], count
        mixed, many = mixed * len(column.distinct) + column.codes, many * len(column.distinct)
    _, first, codes = np.unique(mixed, return_index=True, return_inverse=True)
    return Coded(codes, list(zip(*(column.at(first) for column in columns), strict=True)))
