"""Medicines of a record: from columns, from the rows of another table, or from columns that ask after one each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from screener.forms.model import Question
from screener.records.cohort.cells import MOST_KNOWN, CellSays, Reader, Trouble, not_read, plain
from screener.records.cohort.dates import Dates
from screener.records.cohort.mapping import Answer
from screener.records.cohort.told import Row, Told, Wrong, in_state, stored
from screener.rules.expressions import ROUTES
from screener.rules.medicines import Dictionary
from screener.rules.values import State

USES = ("current", "stopped", "not_known")
Entries = list[dict[str, Any]]


@dataclass(slots=True)
class _Found:
    """What has been read of one record's medicines so far."""

    entries: Entries = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    """Of names that were refused or not known."""

    @property
    def unread(self) -> bool:
        return any(not one.trouble.kept for one in self.wrong)


def of_other_table(file: str) -> str:
    """The place among a question's columns where a record's rows of another table stand. No column is called so."""
    return f"\0{file}"


def _by_code(codes: Mapping[str, str]) -> dict[str, str]:
    return {plain(code): meaning for code, meaning in codes.items()}


class MedicineCells:
    """Reads a list of medicines, and whether it is all of them.

    A row holds the texts of the map's `columns` and `used`, then the rows of the other table, then the cell of `none`.
    """

    def __init__(self, question: Question, answer: Answer, reader: Reader) -> None:
        assert answer.medicines is not None
        self._question, self._map, self._reader = question, answer.medicines, reader
        self._dictionary = question.dictionary or Dictionary()
        self._dates = Dates.parse(self._map.format)
        self._routes, self._uses = _by_code(self._map.routes), _by_code(self._map.uses)
        self._groups = [tuple(one.parts) for one in self._map.columns]
        self._of_group = [tuple(one.parts.values()) for one in self._map.columns]
        # Its list and its completeness are asked for one after the other.
        self._found = lru_cache(MOST_KNOWN)(self._look)
        self._rows_lost = False
        self._none = {plain(code) for code in self._map.none.is_} if self._map.none is not None else set()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read; the rows of another table stand in a place of their own."""
        used = tuple(self._map.used.values())
        table = () if self._map.table is None else (of_other_table(self._map.table.file),)
        none = () if self._map.none is None else (self._map.none.column,)
        return (*(column for group in self._of_group for column in group), *used, *table, *none)

    def list_of(self, row: Row) -> Told:
        """The list itself."""
        found = self._found(row)
        if found.unread:
            return Told(None, tuple(found.wrong))
        if found.entries:
            told = stored(self._question, self._first_column, found.entries, tuple(found.wrong))
            if self._says_none(row):
                said = "the column says that there are no medicines, and some are listed"
                contradiction = Trouble("contradiction", said, "one of the two; the list was taken", kept=True)
                return Told(told.given, (*told.wrong, Wrong(self._none_column, contradiction)))
            return told
        if self._says_none(row) or (self._asks_each(row) and not self._open_of(row)):
            return stored(self._question, self._first_column, [], tuple(found.wrong))
        state = found.states[0] if found.states else State.NOT_ASKED
        return in_state(self._question, state)

    def lacks(self, row: Row) -> bool:
        """Whether the list may lack some: a name was refused, a column says nothing, or not every one is asked.

        A row of the other table that was lost may be anybody's but theirs who say that they take none.
        """
        if self._found(row).states or self._open_of(row) or (self._rows_lost and not self._says_none(row)):
            return True
        whole = self._map.whole
        return self._asks_each(row) and not whole if self._map.used else whole is False

    def lose_rows(self, file: str) -> None:
        """Note that rows of this other table cannot be read: nobody knows whose they are."""
        self._rows_lost |= self._map.table is not None and self._map.table.file == file

    # --- parts of a row ---------------------------------------------------------------------------------------------

    def _cells(self, row: Row) -> Row:
        return row[: sum(len(group) for group in self._groups)]

    def _used_cells(self, row: Row) -> Row:
        begin = len(self._cells(row))
        return row[begin : begin + len(self._map.used)]

    def _table_rows(self, row: Row) -> Sequence[Row]:
        return row[len(self._cells(row)) + len(self._map.used)] if self._map.table is not None else ()

    def _says_none(self, row: Row) -> bool:
        return self._map.none is not None and plain(row[-1]) in self._none

    @property
    def _none_column(self) -> str:
        return "" if self._map.none is None else self._map.none.column

    @property
    def _first_column(self) -> str:
        if self._of_group:
            return self._of_group[0][0]
        return self._map.table.name if self._map.table is not None else next(iter(self._map.used.values()), "")

    def _asks_each(self, row: Row) -> bool:
        """Whether the record has something in the columns that ask after one medicine each."""
        return any(text.strip() for text in self._used_cells(row))

    def _open_of(self, row: Row) -> bool:
        """Whether one of these columns says nothing while others do."""
        if not self._asks_each(row):
            return False
        return any(self._used_says(text).state is not State.ANSWERED for text in self._used_cells(row))

    # --- reading ----------------------------------------------------------------------------------------------------

    def _look(self, row: Row) -> _Found:
        found, at = _Found(), 0
        for parts, columns in zip(self._groups, self._of_group, strict=True):
            cells = dict(zip(parts, row[at : at + len(parts)], strict=True))
            self._entry(found, cells, dict(zip(parts, columns, strict=True)))
            at += len(parts)
        for (name, column), text in zip(self._map.used.items(), self._used_cells(row), strict=True):
            says = self._used_says(text)
            if says.trouble is not None:
                found.wrong.append(Wrong(column, says.trouble))
            elif says.raw is True:
                found.entries.append(self._with_defaults({"name": name}))
        table = self._map.table
        for texts in self._table_rows(row):
            assert table is not None
            self._entry(found, dict(zip(table.parts, texts, strict=True)), table.parts)
        return found

    def _used_says(self, text: str) -> CellSays:
        said = plain(text)
        if said in {plain(code) for code in self._map.taken}:
            return CellSays(State.ANSWERED, True)
        if said in {plain(code) for code in self._map.not_taken}:
            return CellSays(State.ANSWERED, False)
        known = self._reader.state_or_code(text)
        if known is not None:
            return known
        codes = ", ".join((*self._map.taken, *self._map.not_taken))
        return not_read("outside-codes", text, "is none of the codes of this column", f"one of {codes}, or nothing")

    def _entry(self, found: _Found, cells: Mapping[str, str], columns: Mapping[str, str]) -> None:
        if not any(text.strip() for text in cells.values()):
            return
        name = self._reader.text(cells["name"])
        if name.state is not State.ANSWERED:
            if not cells["name"].strip():
                said = Trouble("medicine-without-name", "a medicine has no name", "a name beside its other cells")
                found.wrong.append(Wrong(columns["name"], said))
            else:
                found.states.append(name.state)
            return
        raw: dict[str, Any] = {}
        for part, text in cells.items():
            says = self._part(part, text) if part != "name" else None
            if says is None:
                continue
            if says.trouble is not None:
                found.wrong.append(Wrong(columns[part], says.trouble))
            elif says.state is State.ANSWERED:
                raw[part] = says.raw
        names = list(self._names(str(name.raw)))
        if len(names) > 1:
            held = f"{name.raw!r} holds {len(names)} medicines: {', '.join(names)}"
            both = Trouble("two-medicines", held, "one medicine a cell; each was taken", kept=True)
            found.wrong.append(Wrong(columns["name"], both))
        found.entries += [self._with_defaults({"name": one, **raw}) for one in names]

    def _part(self, part: str, text: str) -> CellSays:
        match part:
            case "route":
                return self._coded(text, self._routes, ROUTES)
            case "use":
                return self._coded(text, self._uses, USES)
            case "started" | "last_taken":
                return self._reader.day(text, self._dates)
            case _:
                return self._reader.text(text)

    def _coded(self, text: str, codes: Mapping[str, str], known: Iterable[str]) -> CellSays:
        said = plain(text)
        if said in codes:
            return CellSays(State.ANSWERED, codes[said])
        stated = self._reader.state_or_code(text)
        if stated is not None:
            return stated
        by_name = {} if codes else {plain(one): one for one in known}
        if said in by_name:
            return CellSays(State.ANSWERED, by_name[said])
        return not_read(
            "outside-codes", text, "is none of the codes of this column", f"one of {', '.join(codes or known)}"
        )

    def _with_defaults(self, entry: dict[str, Any]) -> dict[str, Any]:
        if self._map.route_is is not None:
            entry.setdefault("route", self._map.route_is)
        if self._map.use_is is not None:
            entry.setdefault("use", self._map.use_is)
        return entry

    def _names(self, name: str) -> Iterator[str]:
        """One name, or those of several medicines that stand in one cell and are each known."""
        if self._dictionary.find(name) is None:
            for sign in self._map.between:
                parts = [part.strip() for part in name.split(sign)]
                if len(parts) > 1 and all(part and self._dictionary.find(part) for part in parts):
                    yield from parts
                    return
        yield name
