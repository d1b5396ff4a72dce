"""What the texts of a question's columns mean, read as those of a file are, laid out as the rules in place read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

from screener.forms.columns.answers import column_of
from screener.forms.in_place.laid_out import laid_out, states
from screener.forms.in_place.parts import STATES, either
from screener.records.cohort.asked import Asked
from screener.records.cohort.database.texts import Texts
from screener.records.cohort.mapping import Answer
from screener.records.cohort.told import NOTHING, Told
from screener.rules.values import Kind, State
from screener.text import WorldError

if TYPE_CHECKING:
    import pyarrow as pa

CELL_BY_CELL = (Kind.READINGS, Kind.INSTRUMENT)
"""Of these every cell is read by itself: together they differ from record to record."""
Key = tuple[str, str, str, bool]
"""Code, column, question, whether the value was kept: what findings are counted by."""
Columns = Mapping[str, Any]
"""Expressions by the names of a layout."""
_ANSWERED, _NOT_ASKED, _NOT_KNOWN = (
    STATES.index(state) for state in (State.ANSWERED, State.NOT_ASKED, State.NOT_KNOWN)
)


@dataclass(slots=True)
class Noted:
    """What was met on the way, in records."""

    findings: Counter[Key] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)

    def note(self, question: str, told: Sequence[Told], counts: Sequence[int]) -> None:
        """What is wrong with these texts, and which blanks were read as an answer."""
        for one, many in zip(told, counts, strict=True):
            for wrong in one.wrong:
                self.findings[wrong.trouble.code, wrong.column, question, wrong.trouble.kept] += many
            if one.filled:
                self.filled[question] += many


@dataclass(frozen=True, slots=True)
class Meaning:
    """Of each different row of texts what it means, column by column."""

    texts: Texts
    values: Mapping[str, pa.Array]


@dataclass(frozen=True, slots=True)
class Laid:
    """One question: the meanings to join, and what is made of their columns. `exponent`: decimals of its figures."""

    meanings: tuple[Meaning, ...]
    made: Callable[[Callable[[int, str], Any]], Columns]
    """Called with what finds a column of the n-th meaning."""
    exponent: int = 0


def at_once(asked: Asked, texts: Texts, noted: Noted) -> Laid:
    """A question whose columns are read together."""
    told = [asked.read(row) for row in texts.rows]
    noted.note(asked.question.id, told, texts.counts)
    values, exponent = _laid(asked, told)
    return Laid((Meaning(texts, values),), lambda column: {name: column(0, name) for name in values}, exponent)


def _laid(asked: Asked, told: Sequence[Told]) -> tuple[dict[str, pa.Array], int]:
    name = asked.question.id
    column = column_of(asked.question, [one.given for one in told])
    if getattr(column, "odd", None):
        raise WorldError(
            f"{name}: {', '.join(asked.columns)} hold a number that is too large, or has too many decimals, for a sum.",
            "Round it in a view of the table.",
        )
    return {f"{name}/state": states(column), **laid_out(name, column)}, int(getattr(column, "exponent", 0))


def never_blank(asked: Asked) -> bool:
    """Whether cells without anything in them say nothing, so that each can be read without the others."""
    return asked.read(("",) * asked.width) == NOTHING


def cell_by_cell(asked: Asked, answer: Answer, texts: Sequence[Texts], noted: Noted) -> Laid:
    """Readings, or an instrument, whose cells are read one by one and put together there."""
    name = asked.question.id
    told = [
        [asked.read(tuple(row[0] if at == place else "" for at in range(asked.width))) for row in one.rows]
        for place, one in enumerate(texts)
    ]
    for some, one in zip(told, texts, strict=True):
        noted.note(name, some, one.counts)
    # All cells at once, so that their figures have the same decimals.
    values, exponent = _laid(asked, [one for some in told for one in some])
    sources = _sources(name, answer, asked)
    meanings, first = [], 0
    for place, some in enumerate(told):
        meanings.append(_of_cell(texts[place], some, values, slice(first, first + len(some)), sources[place], name))
        first += len(some)
    return Laid(tuple(meanings), _Together(name, answer, asked).columns, exponent)


def _sources(name: str, answer: Answer, asked: Asked) -> list[str]:
    """For each column the name under which its value stands while it is the only one."""
    if asked.question.kind is Kind.READINGS:
        found = [f"{name}/1/{part}" for one in answer.readings for part in one.parts]
        return [*found, *([] if answer.none_taken is None else [f"{name}/none_taken"])]
    found = [f"{name}/item/{item}" for item in answer.items] + [f"{name}/score/{score}" for score in answer.scores]
    return [*found, *([] if answer.total is None else [f"{name}/total"])]


def _of_cell(
    texts: Texts, told: Sequence[Told], values: Mapping[str, pa.Array], rows: slice, source: str, name: str
) -> Meaning:
    import pyarrow as pa

    unread = [one.given is None and bool(one.wrong) for one in told]
    held = values.get(source)
    value = pa.nulls(len(told), pa.int64()) if held is None else held[rows]
    return Meaning(
        texts, {"unread": pa.array(unread, pa.bool_()), "state": values[f"{name}/state"][rows], "value": value}
    )


class _Together:
    """Puts the cells of one question together as `told.py` does it."""

    def __init__(self, name: str, answer: Answer, asked: Asked) -> None:
        self._name, self._answer = name, answer
        self._readings = asked.question.kind is Kind.READINGS
        self._width = asked.width
        self._none = asked.width - 1 if self._readings and answer.none_taken is not None else None

    def columns(self, column: Callable[[int, str], Any]) -> Columns:
        """The layout of the question, out of the columns of its cells."""
        figures = [place for place in range(self._width) if place != self._none]
        unread = _any(column(place, "unread") for place in range(self._width))
        answered = _any(column(place, "state") == _ANSWERED for place in figures)
        none = None if self._none is None else column(self._none, "state") == _ANSWERED
        state = self._stated([column(place, "state") for place in figures])
        if none is not None:
            state = either(none, _ANSWERED, state)
        state = either(unread, _NOT_ASKED, either(answered, _ANSWERED, state))
        counts = answered & ~unread
        found = {f"{self._name}/state": state.cast("int16")}
        if none is not None:
            found[f"{self._name}/none_taken"] = none & ~answered & ~unread
        for place, name in zip(figures, self._names(), strict=True):
            found[name] = either(counts, column(place, "value").cast("int64"), _null("int64"))
        return found | self._phases()

    def _stated(self, stands: Sequence[Any]) -> Any:
        """A state that all cells share that say anything, or not known where they say several."""
        import ibis

        blank = len(STATES)
        said = [either(one == _NOT_ASKED, blank, one) for one in stands]
        other = [either(one == _NOT_ASKED, -1, one) for one in stands]
        low, high = (ibis.least(*said), ibis.greatest(*other)) if len(stands) > 1 else (said[0], other[0])
        return either(high == -1, _NOT_ASKED, either(low == high, low, _NOT_KNOWN))

    def _names(self) -> list[str]:
        if self._readings:
            numbered = enumerate(self._answer.readings, 1)
            return [f"{self._name}/{number}/{part}" for number, one in numbered for part in one.parts]
        found = [*(f"item/{item}" for item in self._answer.items), *(f"score/{one}" for one in self._answer.scores)]
        return [f"{self._name}/{one}" for one in [*found, *([] if self._answer.total is None else ["total"])]]

    def _phases(self) -> dict[str, Any]:
        import ibis

        return {
            f"{self._name}/{number}/phase": ibis.literal(one.phase, type="string")
            for number, one in enumerate(self._answer.readings, 1)
            if one.phase is not None
        }


def _any(truths: Any) -> Any:
    return reduce(lambda one, other: one | other, truths)


def _null(kind: str) -> Any:
    import ibis

    return ibis.null(kind)
