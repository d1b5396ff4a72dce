"""Lists of medicines of many records: each distinct entry once, and for every line its number and its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from screener.rules.columns.column import Column
from screener.rules.columns.figures import partial
from screener.rules.columns.once import once
from screener.rules.columns.states import Bools, Days, States, Whole, records_of
from screener.rules.values import MedicineEntry, Medicines, Value

Codes = npt.NDArray[np.int32]
NO_DAY = 0


@dataclass(frozen=True, eq=False)
class MedicineRows(Column):
    """medicines: the lines of record i stand at `offsets[i]` up to `offsets[i + 1]`; none is "no medicines".

    `codes` are places in `entries`, which hold name, route and use. `first` and `last` are the days between which a
    line was last taken, NO_DAY where nobody said. `complete` is false where more are taken than the list holds.
    """

    offsets: Whole
    codes: Codes
    first: Days
    last: Days
    entries: tuple[MedicineEntry, ...]
    complete: Bools

    @classmethod
    def of(cls, states: States, values: Sequence[Value | None]) -> MedicineRows:
        """Lists as they were recorded."""
        known: dict[tuple[str, str | None, str], int] = {}
        rows: list[tuple[int, int, int]] = []
        offsets, complete = [0], np.ones(len(values), dtype=np.bool_)
        for number, value in enumerate(values):
            if isinstance(value, Medicines):
                for entry in value.items:
                    code = known.setdefault((entry.name, entry.route, entry.use), len(known))
                    taken = entry.last_taken
                    days = (NO_DAY, NO_DAY) if taken is None else (taken.first.toordinal(), taken.last.toordinal())
                    rows.append((code, *days))
                complete[number] = value.complete
            offsets.append(len(rows))
        made = np.array(rows, dtype=np.int32).reshape(-1, 3)
        entries = tuple(MedicineEntry(name, route, use=use) for name, route, use in known)
        lines = [made[:, place].copy() for place in range(3)]
        return cls(states, np.array(offsets, dtype=np.int64), lines[0], lines[1], lines[2], entries, complete)

    def held(self, row: int) -> Value:
        span = range(int(self.offsets[row]), int(self.offsets[row + 1]))
        return Medicines(tuple(self._entry(place) for place in span), bool(self.complete[row]))

    def _entry(self, place: int) -> MedicineEntry:
        entry, first = self.entries[int(self.codes[place])], int(self.first[place])
        return entry if first == NO_DAY else replace(entry, last_taken=partial(first, int(self.last[place])))

    def rows(self, first: int, last: int) -> MedicineRows:
        begin, end = int(self.offsets[first]), int(self.offsets[last])
        parts: dict[str, Any] = {name: getattr(self, name)[begin:end] for name in ("codes", "first", "last")}
        return replace(
            self, state=self.state[first:last], offsets=self.offsets[first : last + 1] - begin,
            complete=self.complete[first:last], **parts,
        )  # fmt: skip

    def like(self, states: States, values: Sequence[Value | None]) -> MedicineRows:
        return self.of(states, values)

    @once
    def records(self) -> Whole:
        """Whose each line is."""
        return records_of(self.offsets)

    def not_all(self, rows: Bools) -> MedicineRows:
        """The same lists, said in these rows not to be all."""
        return replace(self, complete=self.complete & ~rows)
