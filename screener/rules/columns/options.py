"""Answers chosen from options: one of them as a number, several as a set of bits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from screener.rules.columns.column import Column
from screener.rules.columns.states import ANSWERED, Bools, States, chosen
from screener.rules.values import Value

NONE_CHOSEN = -1
Codes = npt.NDArray[np.signedinteger[Any]]
Bits = npt.NDArray[np.unsignedinteger[Any]]
_WORD = 64


@dataclass(frozen=True, eq=False)
class Options(Column):
    """yes_no, choice and text: `codes` are places in `options`, NONE_CHOSEN wherever the state is not ANSWERED."""

    codes: Codes
    options: tuple[str, ...]

    @classmethod
    def of(cls, states: States, values: Sequence[Value | None], options: Iterable[str] = ()) -> Options:
        """Values as options: those that are named, then whatever else was said, in the order it came."""
        place = {option: number for number, option in enumerate(options)}
        codes = [NONE_CHOSEN if value is None else place.setdefault(str(value), len(place)) for value in values]
        return cls(states, np.array(codes, dtype=smallest(len(place))), tuple(place))

    def held(self, row: int) -> Value:
        return self.options[int(self.codes[row])]

    def arrays(self) -> dict[str, Any]:
        return super().arrays() | {"codes": self.codes}

    def like(self, states: States, values: Sequence[Value | None]) -> Options:
        return self.of(states, values, self.options)

    def standing_as(self, state: States) -> Options:
        return Options(state, chosen(state == ANSWERED, self.codes, self.codes.dtype.type(NONE_CHOSEN)), self.options)

    def filled(self, rows: Bools, value: Value) -> Column:
        if value not in self.options:
            return super().filled(rows, value)
        code = self.codes.dtype.type(self.options.index(str(value)))
        return Options(chosen(rows, np.uint8(ANSWERED), self.state), chosen(rows, code, self.codes), self.options)

    def one_of(self, wanted: Collection[str]) -> Bools:
        """Where one of these options was chosen."""
        codes = [number for number, option in enumerate(self.options) if option in wanted]
        if not codes:
            return np.zeros(len(self.state), dtype=np.bool_)
        if len(codes) > 3:
            table = np.zeros(len(self.options) + 1, dtype=np.bool_)
            table[codes] = True
            return table[self.codes]
        found: Bools = self.codes == codes[0]
        for code in codes[1:]:
            found |= self.codes == code
        return found


@dataclass(frozen=True, eq=False)
class OptionSets(Column):
    """choices: one bit an option (n x words); no bit is set wherever the state is not ANSWERED.

    One word as narrow as the options allow, or as many of 64 bits as they need.
    """

    bits: Bits
    options: tuple[str, ...]

    @classmethod
    def of(cls, states: States, values: Sequence[Value | None], options: Iterable[str] = ()) -> OptionSets:
        """Sets of options: those that are named, then whatever else was said."""
        place = {option: number for number, option in enumerate(options)}
        for value in values:
            if isinstance(value, frozenset):
                for option in sorted(value):
                    place.setdefault(option, len(place))
        bits = np.zeros((len(values), words(len(place))), dtype=narrowest(len(place)))
        for row, value in enumerate(values):
            if isinstance(value, frozenset):
                bits[row] = bit_set((place[option] for option in value), bits)
        return cls(states, bits, tuple(place))

    def held(self, row: int) -> Value:
        said = [int(word) for word in self.bits[row]]
        return frozenset(
            option for place, option in enumerate(self.options) if said[place // _WORD] >> place % _WORD & 1
        )

    def arrays(self) -> dict[str, Any]:
        return super().arrays() | {"bits": self.bits}

    def like(self, states: States, values: Sequence[Value | None]) -> OptionSets:
        return self.of(states, values, self.options)

    def standing_as(self, state: States) -> OptionSets:
        return OptionSets(state, self.bits * (state == ANSWERED)[:, None], self.options)

    def one_of(self, wanted: Collection[str]) -> Bools:
        """Where any of these options was ticked."""
        mask = bit_set((place for place, option in enumerate(self.options) if option in wanted), self.bits)
        found: Bools = (self.bits[:, 0] & mask[0]) != 0
        for word in range(1, self.bits.shape[1]):
            found |= (self.bits[:, word] & mask[word]) != 0
        return found


def words(options: int) -> int:
    """How many words of bits so many options take."""
    return max(1, -(-options // _WORD))


def narrowest(options: int) -> type[np.unsignedinteger[Any]]:
    """The narrowest word that has a bit for each of so many options, or else the widest."""
    return next((kind for kind in (np.uint8, np.uint16, np.uint32) if options <= np.iinfo(kind).bits), np.uint64)


def bit_set(places: Iterable[int], like: Bits) -> Bits:
    """One record's words with these bits set, as many and as wide as those of `like`."""
    found = [0] * like.shape[1]
    for place in places:
        found[place // _WORD] |= 1 << place % _WORD
    return np.array(found, dtype=like.dtype)


def smallest(options: int) -> type[np.signedinteger[Any]]:
    """The smallest whole numbers that tell so many options and NONE_CHOSEN apart."""
    return next((kind for kind in (np.int8, np.int16) if options <= np.iinfo(kind).max), np.int32)
