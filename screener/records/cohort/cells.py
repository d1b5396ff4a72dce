"""One cell: the answer, the state or the trouble that its text stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from screener.forms.answering import NotAnAnswer, exact
from screener.records.cohort.dates import Dates
from screener.records.cohort.mapping import Codes
from screener.rules.values import State

TINY = Decimal("1e-60")
"""Nothing that is measured is as small: zeros of a transport file are."""
MOST_KNOWN = 20_000
"""A column has few texts, and many times each: so many are remembered with what they say."""
_STATES = (State.NOT_KNOWN, State.DECLINED, State.COME_BACK, State.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a cell, and what was expected. `kept`: the value was taken as it stands, and is named."""

    code: str
    said: str
    expected: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class CellSays:
    """What one cell comes to: a raw answer, a state in its place, or nothing that can be read."""

    state: State
    raw: Any = None
    trouble: Trouble | None = None
    filled: bool = False
    """A blank that the map reads as an answer."""

    @property
    def unread(self) -> bool:
        return self.trouble is not None and not self.trouble.kept


BLANK = CellSays(State.NOT_ASKED)


def plain(text: str) -> str:
    """A code as it is compared: 7, 7.0 and 07 are one, and so are Yes and yes."""
    stripped = text.strip()
    try:
        number = Decimal(stripped)
    except InvalidOperation:
        return stripped.casefold()
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return stripped.casefold()
    return f"{number.normalize():f}" if number else "0"


def not_read(code: str, text: str, said: str, expected: str) -> CellSays:
    """A cell that cannot be read: the question is not asked of this record, and the cell is named."""
    return CellSays(State.NOT_ASKED, None, Trouble(code, f"{shown(text)} {said}", expected))


def shown(text: str) -> str:
    """A cell's text as findings quote it."""
    return repr(text) if len(text) <= 60 else f"{text[:60]!r}..."


class Reader:
    """Reads the cells of one column with its codes."""

    def __init__(self, codes: Codes, *, tiny_is_zero: bool = False, decimal: str = ".") -> None:
        self._tiny, self._decimal = tiny_is_zero, decimal
        self._answers = {plain(code): answer for code, answer in codes.codes.items()}
        told = (codes.not_known, codes.declined, codes.come_back, codes.not_asked)
        self._states = {plain(code): state for state, those in zip(_STATES, told, strict=True) for code in those}
        self._blank = CellSays(State(codes.blank or "not_asked"))
        self.figure = lru_cache(MOST_KNOWN)(self._figure)
        """Reads an exact number."""
        if codes.blank_as is not None:
            self._blank = CellSays(State.ANSWERED, codes.blank_as, filled=True)

    def state_or_code(self, text: str) -> CellSays | None:
        """What blanks and codes say; None where the text is none of them."""
        if not text.strip():
            return self._blank
        key = plain(self._whole(text))
        state = self._states.get(key)
        if state is not None:
            return CellSays(state)
        return CellSays(State.ANSWERED, self._answers[key]) if key in self._answers else None

    def _whole(self, text: str) -> str:
        if not self._tiny:
            return text
        return "0" if is_tiny(text) else text

    def option(self, text: str, options: Iterable[str]) -> CellSays:
        """One option: by its code, or by its own id where the map has no codes."""
        found = self.state_or_code(text)
        if found is not None:
            return found
        known = {plain(option): option for option in options} if not self._answers else {}
        if plain(text) in known:
            return CellSays(State.ANSWERED, known[plain(text)])
        return not_read("outside-codes", text, "is none of the codes of this column", self.expected(options))

    def _figure(self, text: str) -> CellSays:
        found = self.state_or_code(text)
        if found is not None:
            return found
        written = self._whole(text).strip()
        if is_tiny(written):
            hint = "a number that can be measured; where 0 was written so, say tiny_is_zero: true in the map"
            return not_read("tiny-number", text, "is nearly nothing, as some files write 0", hint)
        if self._decimal == ",":
            written = "?" if "." in written else written.replace(",", ".")
        try:
            value = exact(written)
        except NotAnAnswer:
            return not_read("not-a-number", text, "is not a number that can be stored", self._number_words())
        if value < 0:
            return not_read("negative", text, "is negative", "0 or more")
        return CellSays(State.ANSWERED, value)

    def day(self, text: str, dates: Dates) -> CellSays:
        """A date, as ISO text."""
        found = self.state_or_code(text)
        if found is not None:
            return found
        said = dates.read(text.strip())
        return CellSays(State.ANSWERED, said) if said else not_read("not-a-date", text, "is no date", dates.expected)

    def text(self, text: str) -> CellSays:
        """A free text, with its codes."""
        return self.state_or_code(text) or CellSays(State.ANSWERED, text.strip())

    def _number_words(self) -> str:
        return "a number such as " + ("147,5" if self._decimal == "," else "147.5")

    def expected(self, options: Iterable[str]) -> str:
        """The codes that a cell of this column may hold."""
        answers: Mapping[str, Any] = self._answers or {option: option for option in options}
        said = [f"{code} ({answer})" if str(answer) != code else code for code, answer in answers.items()]
        said += [f"{code} ({state.replace('_', ' ')})" for code, state in self._states.items()]
        return "one of " + ", ".join([*said, "or nothing"])


def is_tiny(text: str) -> bool:
    """Whether a text is a number as near to 0 as only a broken zero comes."""
    if "e-" not in text.lower():
        return False
    try:
        return 0 < abs(Decimal(text.strip())) < TINY
    except InvalidOperation:
        return False
