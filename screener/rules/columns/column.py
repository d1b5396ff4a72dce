"""What every column has: a state for each record. By itself, a column that holds no values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np

from screener.rules.columns.once import once
from screener.rules.columns.states import (
    ANSWERED,
    DIFFERING,
    NOT_APPLICABLE,
    NOT_ASKED,
    ORDER,
    Bools,
    States,
    all_in,
    chosen,
)
from screener.rules.values import State, Value


@dataclass(frozen=True, eq=False)
class Column:
    """One question of n records. Values stand in the arrays of the kinds; here nothing is answered with one."""

    state: States

    worked_out: ClassVar[bool] = False
    """Nobody records what is worked out, so no accounts of it differ."""

    def __len__(self) -> int:
        return len(self.state)

    @once
    def answered(self) -> Bools:
        found: Bools = self.state == ANSWERED
        return found

    @once
    def hidden(self) -> Bools:
        found: Bools = self.state == NOT_APPLICABLE
        return found

    @once
    def decided(self) -> Bools:
        """Answered, or not applicable: where a test with two outcomes has one."""
        found: Bools = self.state <= NOT_APPLICABLE
        return found

    @once
    def differing(self) -> Bools:
        """Several accounts differ and none is named as used."""
        if self.worked_out:
            return np.zeros(len(self), dtype=np.bool_)
        found: Bools = self.state == DIFFERING
        return found

    def standing(self, row: int) -> State:
        return ORDER[self.state[row]]

    def value(self, row: int) -> Value | None:
        """The value of one record as the live engine takes it; None where there is none."""
        return self.held(row) if self.state[row] == ANSWERED else None

    def held(self, row: int) -> Value:
        """The value of a record that is answered."""
        raise LookupError("this column holds no values")

    def rows(self, first: int, last: int) -> Self:
        """The records from `first` up to, and without, `last`."""
        return replace(self, **{name: array[first:last] for name, array in self.arrays().items()})

    def arrays(self) -> dict[str, Any]:
        """What has one entry a record, by its name."""
        return {"state": self.state}

    def standing_as(self, state: States) -> Self:
        """The same values under other states."""
        return replace(self, state=state)

    def like(self, states: States, values: Sequence[Value | None]) -> Column:
        """A column of this kind, with this one's options or scoring, of other values."""
        raise TypeError(f"{type(self).__name__} holds no values")

    def filled(self, rows: Bools, value: Value) -> Column:
        """The same column with one value in these rows, answered there."""
        if not rows.any():
            return self
        state = chosen(rows, np.uint8(ANSWERED), self.state)
        values = [value if here else self.value(row) for row, here in enumerate(rows.tolist())]
        return self.like(state, values)


def refuse(column: Column, wanted: str, rows: Bools | None = None) -> None:
    """TypeError where a test that wants other values would read this column's."""
    if (column.answered if rows is None else rows).any():
        raise TypeError(f"{type(column).__name__} holds no {wanted}")


def not_asked(records: int) -> Column:
    """A question that nobody was asked."""
    return Column(all_in(NOT_ASKED, records))


def odd_rows(odd: Mapping[int, Value], first: int, last: int) -> dict[int, Value]:
    """What stands apart in the rows from `first` up to `last`, counted from there."""
    return {row - first: value for row, value in odd.items() if first <= row < last}
