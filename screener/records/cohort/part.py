"""Some records of a table, read: who, when, what each question was answered with, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from screener.forms.answering import Given, doubts
from screener.forms.model import Question
from screener.records.cohort.asked import Asked
from screener.records.cohort.cells import MOST_KNOWN, Reader, Trouble, shown
from screener.records.cohort.coded import Coded, Places, side_by_side
from screener.records.cohort.dates import Dates
from screener.records.cohort.mapping import Codes, MedicineTable
from screener.records.cohort.medicine_cells import of_other_table
from screener.records.cohort.plan import Plan
from screener.records.cohort.tables import BrokenRow, Piece, RowsById, Table, open_table, rows_by_id
from screener.records.cohort.told import Told
from screener.rules.values import Kind, Medicines, PartialDate, State


class CellFinding(NamedTuple):
    """What is wrong with one cell: where, what stands there, what was expected, and what was made of it."""

    row: int
    id: str
    column: str
    question: str
    code: str
    said: str
    expected: str
    kept: bool
    """Whether the value was taken as it stands; if not, the question is not asked of this record."""


class Noted(NamedTuple):
    """The same trouble in one column of several records, by their places."""

    column: str
    question: str
    trouble: Trouble
    places: Places


@dataclass(slots=True)
class Part:
    """Some records of a table. `days`: None where the day of the visit could not be read."""

    rows: list[int]
    ids: list[str]
    days: Coded[date | None]
    answers: dict[str, Coded[Told]]
    groups: list[str] | None = None
    weights: list[Decimal | None] | None = None
    noted: list[CellFinding | Noted] = field(default_factory=list)
    filled: dict[str, int] = field(default_factory=dict)
    """Of each question, how many blanks the map read as an answer."""
    done: int = 0
    """How much of the file lies behind."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def findings(self) -> list[CellFinding]:
        """One for each cell, put together anew: a table may have as many as it has cells."""
        return [finding for one in self.noted for finding in self._each(one)]

    def _each(self, one: CellFinding | Noted) -> Iterable[CellFinding]:
        if isinstance(one, CellFinding):
            return (one,)
        code, said, expected, kept = one.trouble.code, one.trouble.said, one.trouble.expected, one.trouble.kept
        return (
            CellFinding(self.rows[place], self.ids[place], one.column, one.question, code, said, expected, kept)
            for place in one.places.tolist()
        )

    def record(self, place: int) -> dict[str, Given]:
        """The answers of one record, as the live engine takes them."""
        found = {name: told[place].given for name, told in self.answers.items()}
        return {name: given for name, given in found.items() if given is not None}


class CohortReader:
    """Reads a table with its plan, part by part, any number of times. `at_once`: how many records a part has."""

    def __init__(self, plan: Plan, table: Table, folder: Path, at_once: int | None = None) -> None:
        self._plan, self._table, self._at_once = plan, table, at_once
        self._dates = Reader(Codes(), tiny_is_zero=plan.map.tiny_is_zero)
        self._figures = Reader(Codes(), tiny_is_zero=plan.map.tiny_is_zero, decimal=plan.map.decimal)
        self._others: dict[str, RowsById] = {}
        self._reads = {asked.question.id: lru_cache(MOST_KNOWN)(asked.read) for asked in plan.asked}
        """What rows of texts say to a question; those of earlier pieces are remembered."""
        self._of_files: list[CellFinding] = []
        for other in plan.tables:
            self._read_other(other, folder)
        self._kept = self._kept_rows() if plan.map.repeats != "each" else None

    @property
    def size(self) -> int:
        return self._table.size

    def parts(self) -> Iterator[Part]:
        """All records. What is wrong with other tables, and with ids that stand twice, is named with them."""
        seen: dict[str, int] = {}
        met: set[str] = set()
        first = True
        for piece in self._table.pieces(self._plan.columns, self._at_once):
            part = self._part(piece)
            if first:
                part.noted[:0] = self._of_files
                first = False
            self._named_twice(part, seen)
            met.update(part.ids if self._others else ())
            yield part
        strangers = self._strangers(met)
        if strangers:
            nobody: Coded[Told] = Coded.of(())
            yield Part([], [], Coded.of(()), {one.question.id: nobody for one in self._plan.asked}, noted=[*strangers])

    # --- one piece ----------------------------------------------------------------------------------------------------

    def _part(self, piece: Piece) -> Part:
        if self._kept is not None:
            piece = _only(piece, self._kept)
        plan, count = self._plan, len(piece.rows)
        ids = self._ids(piece)
        part = Part(piece.rows, ids, Coded.all_of(plan.day, count), {}, done=piece.read)
        part.noted += [
            CellFinding(one.row, "", "", "", "broken-row", one.said, one.expected, False) for one in piece.broken
        ]
        self._days(part, piece)
        earliest = min((day for day in part.days.present() if day is not None), default=None)
        for asked in plan.asked:
            self._question(part, asked, piece, earliest)
        if plan.by is not None:
            part.groups = [plan.by.named(text) for text in piece.cells[plan.by.column]]
        if plan.map.weight is not None:
            part.weights = [self._weight(part, place, text) for place, text in enumerate(piece.cells[plan.map.weight])]
        return part

    def _ids(self, piece: Piece) -> list[str]:
        column = self._plan.map.id
        if column is None:
            return [f"row {row}" for row in piece.rows]
        texts = piece.cells[column]
        return [text.strip() or f"row {row}" for text, row in zip(texts, piece.rows, strict=True)]

    def _days(self, part: Part, piece: Piece) -> None:
        visit = self._plan.map.visit
        if visit is None or visit.column is None:
            return
        texts = piece.cells[visit.column]
        read = [day_of_visit(text, self._dates, self._plan.visit) for text in texts.distinct]
        part.days = Coded(texts.codes, [day for day, _ in read])
        for (_, trouble), places in Coded(texts.codes, read).groups(lambda one: one[1] is not None):
            assert trouble is not None
            part.noted.append(Noted(visit.column, "", trouble, places))

    def _question(self, part: Part, asked: Asked, piece: Piece, earliest: date | None) -> None:
        columns = [self._texts(column, part, piece) for column in asked.columns]
        texts = columns[0] if asked.width == 1 else side_by_side(columns, len(part))
        name = asked.question.id
        # What stands in many rows is read once.
        rows = ((text,) for text in texts.distinct) if asked.width == 1 else texts.distinct
        told = part.answers[name] = Coded(texts.codes, [*map(self._reads[name], rows)])
        for one, places in told.groups(lambda one: bool(one.wrong)):
            part.noted += [Noted(wrong.column, name, wrong.trouble, places) for wrong in one.wrong]
        filled = len(told.where(lambda one: one.filled))
        if filled:
            part.filled[name] = part.filled.get(name, 0) + filled
        if asked.question.kind in (Kind.DATE, Kind.MEDICINES):
            self._after_the_visit(part, asked, earliest)

    def _texts(self, column: str, part: Part, piece: Piece) -> Coded[Any]:
        if not column.startswith("\0"):
            return piece.cells[column]
        rows = self._others[column]
        return Coded.of([tuple(rows.get(name, ())) for name in part.ids])

    def _after_the_visit(self, part: Part, asked: Asked, earliest: date | None) -> None:
        """Dates that lie after their own record's visit: kept, and named."""
        if earliest is None:
            return
        told = part.answers[asked.question.id]
        column = asked.columns[0].lstrip("\0") if asked.columns else ""
        rows = np.array(told.where(lambda one: _may_lie_after(one, earliest)), np.int64)
        of_the_day = side_by_side((told.at(rows), part.days.at(rows)), len(rows))
        for (one, day), places in of_the_day.groups(lambda both: both[1] is not None):
            for doubt in _doubts_of_the_day(asked.question, one, day):
                trouble = Trouble("implausible", doubt, "look whether it is mistyped", True)
                part.noted.append(Noted(column, asked.question.id, trouble, rows[places]))

    def _weight(self, part: Part, place: int, text: str) -> Decimal | None:
        says = self._figures.figure(text)
        if says.state is State.ANSWERED and isinstance(says.raw, Decimal):
            return says.raw
        said = says.trouble.said if says.trouble is not None else "the weight is blank"
        trouble = Trouble("no-weight", said, "a number, 0 or more; the record is in no weighted number")
        part.noted.append(_finding(part, place, str(self._plan.map.weight), "", trouble))
        return None

    # --- ids and other tables ---------------------------------------------------------------------------------------

    def _named_twice(self, part: Part, seen: dict[str, int]) -> None:
        if self._plan.map.id is None:
            return
        for place, (name, row) in enumerate(zip(part.ids, part.rows, strict=True)):
            before = seen.setdefault(name, row)
            if name == f"row {row}":
                trouble = Trouble("no-id", "the record has no id", "an id, so that it can be found again", True)
                part.noted.append(_finding(part, place, self._plan.map.id, "", trouble))
            elif before != row:
                said = f"the id stands in row {before} too"
                hint = "one row an id; each counts as a record. `repeats: latest` in the map keeps the last visit"
                part.noted.append(_finding(part, place, self._plan.map.id, "", Trouble("id-twice", said, hint, True)))

    def _kept_rows(self) -> set[int]:
        """The one row of each id whose visit is the last, or the first: by its day, never by its place in the file.

        Where none of its rows has a day, all of them are kept; a row without a day beside one that has is named.
        """
        visit = self._plan.map.visit
        column = None if visit is None else visit.column
        best: dict[str, tuple[date, int]] = {}
        undated: dict[str, list[int]] = {}
        latest = self._plan.map.repeats == "latest"
        for piece in self._table.pieces([one for one in (self._plan.map.id, column) if one is not None]):
            days = piece.cells[column] if column is not None else Coded.all_of("", len(piece.rows))
            for name, text, row in zip(self._ids(piece), days, piece.rows, strict=True):
                day = self._plan.day if column is None else day_of_visit(text, self._dates, self._plan.visit)[0]
                if day is None:
                    undated.setdefault(name, []).append(row)
                    continue
                held = best.get(name)
                if held is None or (day > held[0] if latest else day < held[0]):
                    best[name] = (day, row)
                elif day == held[0]:
                    said = f"rows {held[1]} and {row} have one id and one day"
                    hint = f"one row a visit; row {held[1]} was taken"
                    self._of_files.append(
                        CellFinding(row, name, str(self._plan.map.id), "", "id-twice", said, hint, False)
                    )
        for name in undated.keys() & best.keys():
            hint = f"a day that can be read; row {best[name][1]} was taken"
            self._of_files += [
                CellFinding(row, name, str(self._plan.map.id), "", "id-twice", "the row has no day", hint, False)
                for row in undated[name]
            ]
        kept = {row for _, row in best.values()}
        return kept.union(*(rows for name, rows in undated.items() if name not in best))

    def _read_other(self, other: MedicineTable, folder: Path) -> None:
        table = open_table(folder / other.file, encoding=other.encoding)
        rows, broken = rows_by_id(table, other.id, tuple(other.parts.values()))
        self._others[of_other_table(other.file)] = rows
        self._of_files += [_of_other(other, one) for one in broken]
        for asked in self._plan.asked:
            if broken and asked.medicines is not None:
                asked.medicines.lose_rows(other.file)

    def _strangers(self, met: set[str]) -> list[CellFinding]:
        """Rows of another table whose record there is not: an id is mistyped, perhaps."""
        found = []
        for other in self._plan.tables:
            for name in self._others[of_other_table(other.file)]:
                if name not in met:
                    said = f"{other.file} has rows of a record that the table does not have"
                    found.append(CellFinding(0, name, other.id, "", "id-unknown", said, "an id of the table", False))
        return found


def day_of_visit(text: str, reader: Reader, dates: Dates) -> tuple[date | None, Trouble | None]:
    """The day of a visit out of its cell; None, with what is wrong, where it cannot be read."""
    says = reader.day(text, dates)
    if says.raw is None:
        said = says.trouble.said if says.trouble is not None else "the day of the visit is blank"
        return None, Trouble("no-visit-date", said, dates.expected)
    try:
        written = str(says.raw)
        day = PartialDate.parse(datetime.fromisoformat(written).date().isoformat() if written[10:] else written)
    except ValueError:
        return None, Trouble("no-visit-date", f"{shown(text)} is no date", dates.expected)
    if not day.exact:
        return None, Trouble("no-visit-date", f"{shown(text)} is not a whole day", dates.expected)
    return day.first, None


def _of_other(other: MedicineTable, one: BrokenRow) -> CellFinding:
    expected = f"{one.expected}. Nobody knows whose row it is: until then no list from this table is taken as whole"
    return CellFinding(one.row, "", other.file, "", "broken-row", one.said, expected, False)


def _finding(part: Part, place: int, column: str, question: str, trouble: Trouble) -> CellFinding:
    said, expected = trouble.said, trouble.expected
    return CellFinding(part.rows[place], part.ids[place], column, question, trouble.code, said, expected, trouble.kept)


def _only(piece: Piece, kept: set[int]) -> Piece:
    places = [place for place, row in enumerate(piece.rows) if row in kept]
    cells = {column: texts.at(places) for column, texts in piece.cells.items()}
    return Piece([piece.rows[place] for place in places], cells, piece.broken, piece.read)


def _doubts_of_the_day(question: Question, told: Told, day: date) -> list[str]:
    """What is doubtful of an answer on the day of its record's visit, and on no other."""
    if told.given is None or told.given.value is None or not _may_lie_after(told, day):
        return []
    alone = doubts(question, told.given.value)
    return [doubt for doubt in doubts(question, told.given.value, day) if doubt not in alone]


def _may_lie_after(told: Told, day: date) -> bool:
    value = None if told.given is None else told.given.value
    if isinstance(value, PartialDate):
        return value.first > day
    if isinstance(value, Medicines):
        dates = (when for entry in value.items for when in (entry.started, entry.last_taken))
        return any(when is not None and when.first > day for when in dates)
    return False
