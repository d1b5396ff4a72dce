"""What a record says to one question: from the texts of its cells to the answer as the program holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from screener.forms.answering import NONE_TAKEN, Given, NotAnAnswer, doubts, read_given
from screener.forms.answering import one as of_value
from screener.forms.model import Question
from screener.records.cohort.cells import MOST_KNOWN, CellSays, Reader, Trouble, plain
from screener.records.cohort.dates import Dates
from screener.records.cohort.mapping import Answer, ReadingColumns
from screener.rules.values import Kind, Reading, Readings, State

Row = tuple[Any, ...]
"""The texts of one record's cells, in the order of a question's columns; of another table, its rows of texts."""


class Wrong(NamedTuple):
    """A cell's trouble, and the column it stands in."""

    column: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Told:
    """What one record says to one question. `given` None: not asked, or not to be read; then `wrong` names why."""

    given: Given | None = None
    wrong: tuple[Wrong, ...] = ()
    filled: bool = False


NOTHING = Told()
Read = Callable[[Row], Told]


def from_cells(question: Question, columns: Sequence[str], says: Sequence[CellSays], raw: Any) -> Told:
    """An answer out of several cells: none of it is read where one of them cannot be."""
    wrong = tuple(
        Wrong(column, say.trouble) for column, say in zip(columns, says, strict=True) if say.trouble is not None
    )
    if any(say.unread for say in says):
        return Told(None, wrong)
    return stored(question, columns[0] if columns else "", raw, wrong, filled=any(say.filled for say in says))


def stored(question: Question, column: str, raw: Any, wrong: tuple[Wrong, ...] = (), *, filled: bool = False) -> Told:
    """A raw answer as the live program reads it, with what looks mistyped in it."""
    try:
        given = read_given(question, raw)
    except NotAnAnswer as refused:
        return Told(None, (*wrong, Wrong(column, Trouble(refused.code, str(refused), refused.suggestion))))
    value = given.value
    if value is not None:
        hint = "look whether it is mistyped"
        wrong += tuple(Wrong(column, Trouble("implausible", doubt, hint, True)) for doubt in doubts(question, value))
    return Told(given, wrong, filled)


def in_state(question: Question, state: State) -> Told:
    """A state that is recorded in place of an answer; not asked is no record at all."""
    return NOTHING if state is State.NOT_ASKED else Told(read_given(question, {"state": str(state)}))


def one_column(question: Question, answer: Answer, reader: Reader) -> Read:
    """An answer that stands in one cell."""
    column, dates, options = str(answer.column), Dates.parse(answer.format), question.option_ids

    def raw_of(text: str) -> CellSays:
        match question.kind:
            case Kind.YES_NO | Kind.CHOICE:
                return reader.option(text, options)
            case Kind.NUMBER:
                return reader.figure(text)
            case Kind.DATE:
                says = reader.day(text, dates)
                # A format with the time of day is of a column that has both: the day is what is asked.
                return replace(says, raw=says.raw.partition("T")[0]) if dates.formats and says.raw else says
            case Kind.DATETIME:
                return reader.day(text, dates)
            case _:
                return reader.text(text)

    def read(row: Row) -> Told:
        says = raw_of(row[0])
        if says.state is not State.ANSWERED and says.trouble is None:
            return in_state(question, says.state)
        raw = says.raw
        if question.kind is Kind.NUMBER and answer.unit:
            raw = {"value": raw, "unit": answer.unit}
        return from_cells(question, (column,), (says,), raw)

    return read


def several_options(question: Question, answer: Answer, reader: Reader) -> Read:
    """Options in one cell with a sign between them; a code may stand for a list, `[]` for none of these."""
    column, options = str(answer.column), question.option_ids

    def read(row: Row) -> Told:
        whole = reader.state_or_code(row[0])
        if whole is not None and whole.state is not State.ANSWERED:
            return in_state(question, whole.state)
        if whole is not None:
            raw = whole.raw if isinstance(whole.raw, list | tuple) else [whole.raw]
            return from_cells(question, (column,), (whole,), list(raw))
        parts = row[0].split(answer.separator) if answer.separator else [row[0]]
        says = [reader.option(part, options) for part in parts if part.strip()]
        states = [say.state for say in says if say.state is not State.ANSWERED and say.trouble is None]
        if states:
            return in_state(question, states[0])
        return from_cells(question, (column,) * len(says), says, [say.raw for say in says])

    return read


def ticked(question: Question, answer: Answer, reader: Reader) -> Read:
    """Options with a column each. Where one of them says nothing, nothing is said: it is no "not ticked"."""
    names, columns = tuple(answer.tick), tuple(answer.tick.values())

    def read(row: Row) -> Told:
        says = [reader.option(text, ("yes", "no")) for text in row]
        states = [say.state for say in says if say.state is not State.ANSWERED and say.trouble is None]
        if any(say.unread for say in says) or not states:
            return from_cells(question, columns, says, [n for n, say in zip(names, says, strict=True) if _yes(say)])
        recorded = [state for state in states if state is not State.NOT_ASKED]
        return in_state(question, recorded[0] if recorded and len(states) == len(says) else State.NOT_ASKED)

    return read


def _yes(say: CellSays) -> bool:
    return bool(say.raw == "yes")


@dataclass(frozen=True, slots=True)
class _Taken:
    """The cells of one reading. `raw` None: none of it was taken. `value` None where it was not, or is doubtful."""

    says: tuple[CellSays, ...]
    raw: dict[str, Any] | None
    value: Reading | None
    plain: bool
    """No cell has trouble, or a blank that is an answer: it can be put beside others as it is."""


class _ReadingCells:
    """The columns of one reading, whose texts come again and again in the rows of a table."""

    def __init__(self, question: Question, one: ReadingColumns, reader: Reader) -> None:
        self._question, self._phase, self._reader = question, one.phase, reader
        self._parts = tuple(one.parts)
        self.taken = lru_cache(MOST_KNOWN)(self._taken)

    def __len__(self) -> int:
        return len(self._parts)

    def _taken(self, texts: Row) -> _Taken:
        read = self._reader
        says = tuple(
            read.figure(text) if part != "at" else read.text(text)
            for text, part in zip(texts, self._parts, strict=True)
        )
        parts = {part: say.raw for say, part in zip(says, self._parts, strict=True) if say.state is State.ANSWERED}
        plain = not any(say.trouble or say.filled for say in says)
        if not any(part != "at" for part in parts):
            return _Taken(says, None, None, plain)
        raw = {"phase": self._phase, **parts} if self._phase else parts
        alone = stored(self._question, "", [raw]) if plain else NOTHING
        if alone.given is None or alone.wrong or not isinstance(alone.given.value, Readings):
            return _Taken(says, raw, None, plain=False)
        return _Taken(says, raw, alone.given.value.items[0], plain)


def readings(question: Question, answer: Answer, reader: Reader) -> Read:
    """Up to as many readings as the table has columns for; a part that was not taken stays open."""
    columns = tuple(column for one in answer.readings for column in one.parts.values())
    cells = [_ReadingCells(question, one, reader) for one in answer.readings]
    begins = list(accumulate(map(len, cells), initial=0))
    none = answer.none_taken
    codes = {plain(code) for code in none.is_} if none is not None else set()

    def read(row: Row) -> Told:
        found = [one.taken(row[first : first + len(one)]) for one, first in zip(cells, begins, strict=False)]
        raw = [one.raw for one in found if one.raw is not None]
        if raw and all(one.plain for one in found):
            return Told(of_value(Readings(tuple([one.value for one in found if one.value is not None])), raw=raw))
        says = [say for one in found for say in one.says]
        if raw or any(say.trouble for say in says):
            return from_cells(question, columns, says, raw)
        if none is not None and plain(row[-1]) in codes:
            return stored(question, none.column, NONE_TAKEN)
        return in_state(question, _together(says))

    return read


def _together(says: Sequence[CellSays]) -> State:
    """What stands in place of an answer where no figure has one: a state that all cells that say anything share.

    The time of a reading that was not taken says nothing.
    """
    said = {say.state for say in says if say.state not in (State.NOT_ASKED, State.ANSWERED)}
    return said.pop() if len(said) == 1 else State.NOT_KNOWN if said else State.NOT_ASKED


def instrument(question: Question, answer: Answer, reader: Reader) -> Read:
    """The items of an instrument, its total, its further scores, as far as they were answered."""
    named = [("items", name) for name in answer.items] + [("scores", name) for name in answer.scores]
    columns = [*answer.items.values(), *answer.scores.values()]
    if answer.total is not None:
        named.append(("total", "total"))
        columns.append(answer.total)

    def read(row: Row) -> Told:
        says = [reader.figure(text) for text in row]
        raw: dict[str, Any] = {}
        for say, (key, name) in zip(says, named, strict=True):
            if say.state is State.ANSWERED:
                if key == "total":
                    raw["total"] = say.raw
                else:
                    raw.setdefault(key, {})[name] = say.raw
        if raw or any(say.trouble for say in says):
            return from_cells(question, columns, says, raw)
        return in_state(question, _together(says))

    return read


def always(question: Question, raw: Any) -> Read:
    """The same answer for every record."""
    told = stored(question, "", raw)
    return lambda row: told
