"""Repeated readings of many records: all readings in one row of arrays, and where each record's begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from screener.rules.columns.column import Column, odd_rows
from screener.rules.columns.figures import decimals, scaled
from screener.rules.columns.once import once
from screener.rules.columns.states import Bools, Days, States, Whole, records_of
from screener.rules.values import Reading, Readings, Value

Figures = npt.NDArray[np.int32]
Codes = npt.NDArray[np.int32]
NOT_TAKEN = -1
UNSAID = -1
PARTS = ("systolic", "diastolic", "pulse")
EACH = (*PARTS, "phase", "arm", "position", "day")
"""What stands in the arrays of one entry a reading."""
FINEST = 4
OF_THE_VISIT = 0
"""The day of a reading that has no date of its own: the visit's."""
_MOST = 10**9


@dataclass(frozen=True, eq=False)
class ReadingRows(Column):
    """readings: those of record i stand at `offsets[i]` up to `offsets[i + 1]`, in the order they were entered.

    Figures are `units / 10 ** exponent`, NOT_TAKEN where there is none; a typed 0 stays. `phase`, `arm` and `position`
    are places in `words`, UNSAID where nobody said. `day` is the ordinal of a reading's own date, OF_THE_VISIT where it
    has none, and below 0 for other text (`-1 - place` in `words`). A record without readings and without `none_taken`
    has nothing that any test could use. Records that do not fit stand under `odd` and hold no readings here.
    """

    offsets: Whole
    systolic: Figures
    diastolic: Figures
    pulse: Figures
    phase: Codes
    none_taken: Bools
    arm: Codes
    position: Codes
    day: Days
    words: tuple[str, ...] = ()
    exponent: int = 0
    odd: Mapping[int, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, states: States, values: Sequence[Value | None]) -> ReadingRows:
        """Readings as they were recorded."""
        exponent = _scale(values)
        words: dict[str, int] = {}
        rows: list[tuple[int, ...]] = []
        offsets, odd, none_taken = [0], dict[int, Value](), np.zeros(len(values), dtype=np.bool_)
        known: dict[int, tuple[int, ...] | None] = {}
        for number, value in enumerate(values):
            if isinstance(value, Readings):
                for reading in value.items:
                    # Records of a table share what reads the same.
                    if id(reading) not in known:
                        known[id(reading)] = _row(reading, exponent, words)
                found = [known[id(reading)] for reading in value.items]
                fits = [row for row in found if row is not None]
                if len(fits) < len(found):
                    odd[number] = value
                else:
                    rows += fits
                    none_taken[number] = value.none_taken
            offsets.append(len(rows))
        made = np.array(rows, dtype=np.int32).reshape(-1, len(EACH))
        parts: dict[str, Any] = {name: made[:, place].copy() for place, name in enumerate(EACH)}
        return cls(
            states, offsets=np.array(offsets, dtype=np.int64), none_taken=none_taken, words=tuple(words),
            exponent=exponent, odd=odd, **parts,
        )  # fmt: skip

    def held(self, row: int) -> Value:
        known = self.odd.get(row)
        if known is not None:
            return known
        span = range(int(self.offsets[row]), int(self.offsets[row + 1]))
        return Readings(tuple(self._reading(place) for place in span), bool(self.none_taken[row]))

    def _reading(self, place: int) -> Reading:
        parts: dict[str, Any] = {name: self._figure(int(getattr(self, name)[place])) for name in PARTS}
        said: dict[str, Any] = {n: self._word(int(getattr(self, n)[place])) for n in ("phase", "arm", "position")}
        return Reading(**parts, **said, at=self._at(int(self.day[place])))

    def _figure(self, units: int) -> Decimal | None:
        return None if units == NOT_TAKEN else Decimal(units).scaleb(-self.exponent)

    def _at(self, day: int) -> str | None:
        if day == OF_THE_VISIT:
            return None
        return date.fromordinal(day).isoformat() if day > 0 else self.words[-1 - day]

    def _word(self, code: int) -> str | None:
        return None if code == UNSAID else self.words[code]

    def rows(self, first: int, last: int) -> ReadingRows:
        begin, end = int(self.offsets[first]), int(self.offsets[last])
        parts: dict[str, Any] = {name: getattr(self, name)[begin:end] for name in EACH}
        return replace(
            self, state=self.state[first:last], offsets=self.offsets[first : last + 1] - begin,
            none_taken=self.none_taken[first:last], odd=odd_rows(self.odd, first, last), **parts,
        )  # fmt: skip

    def at(self, places: Whole) -> ReadingRows:
        """The records at these places, each as often as it is named. None of them may stand under `odd`."""
        lengths = np.diff(self.offsets)[places]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        each = np.repeat(self.offsets[places] - offsets[:-1], lengths) + np.arange(offsets[-1])
        parts: dict[str, Any] = {name: getattr(self, name)[each] for name in EACH}
        return replace(
            self, state=self.state[places], offsets=offsets, none_taken=self.none_taken[places], odd={}, **parts
        )

    def like(self, states: States, values: Sequence[Value | None]) -> ReadingRows:
        return self.of(states, values)

    @once
    def records(self) -> Whole:
        """Whose each reading is."""
        return records_of(self.offsets)

    @once
    def worked(self) -> dict[object, Any]:
        """What tests have worked out of these readings, shared between them."""
        return {}

    def code(self, word: str) -> int | None:
        """The place of a phase, an arm or a position; None where no reading names it."""
        return self.words.index(word) if word in self.words else None


def _scale(values: Sequence[Value | None]) -> int:
    figures = {
        figure
        for value in values
        if isinstance(value, Readings)
        for reading in value.items
        for figure in (reading.systolic, reading.diastolic, reading.pulse)
        if figure is not None
    }
    return min(FINEST, max(map(decimals, figures), default=0))


def _row(reading: Reading, exponent: int, words: dict[str, int]) -> tuple[int, ...] | None:
    figures = [_units(figure, exponent) for figure in (reading.systolic, reading.diastolic, reading.pulse)]
    if any(figure is None for figure in figures):
        return None
    said = [
        UNSAID if word is None else words.setdefault(word, len(words))
        for word in (reading.phase, reading.arm, reading.position)
    ]
    return *(figure for figure in figures if figure is not None), *said, _day(reading.at, words)


def _units(figure: Decimal | None, exponent: int) -> int | None:
    """A figure in units of the scale; None where it does not fit."""
    if figure is None:
        return NOT_TAKEN
    whole = scaled(figure, exponent)
    return whole if whole is not None and 0 <= whole <= _MOST else None


def _day(at: str | None, words: dict[str, int]) -> int:
    """The day that a reading is told apart by: what is longer than a time of day begins with its date."""
    if at is None or len(at) <= 5:
        return OF_THE_VISIT
    said = at[:10]
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = None
    if day is not None and day.isoformat() == said:
        return day.toordinal()
    return -1 - words.setdefault(said, len(words))
