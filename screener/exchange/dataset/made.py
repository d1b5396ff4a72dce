"""A data set out of many records: they are gone through once for the columns, and again for the rows of each table."""

from __future__ import annotations

import hashlib
import json
import pickle
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, Protocol

from screener.exchange.dataset import codebook, medicines, summary
from screener.exchange.dataset.line import Asked, Line, Outcome
from screener.exchange.dataset.parts import Cell, Type
from screener.exchange.dataset.plan import Column, Plan
from screener.forms.model import Pack

TableName = Literal["", "medicines", "codebook", "summary"]
Progress = Callable[[int, int], None]
"""How many records were gone through, and how many there are to go through in all."""


class Source(Protocol):
    """Records, each of which is asked for once."""

    def __len__(self) -> int: ...

    def line(self, place: int) -> Line: ...


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name (none for that of screenings), its columns with their types, its rows anew at each call."""

    name: TableName
    header: tuple[tuple[str, Type], ...]
    rows: Callable[[], Iterator[Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class DataSet:
    """The tables of one export. `not_read`: answers that the content at hand does not read, each told as such."""

    tables: tuple[Table, ...]
    screenings: int
    not_read: int


@dataclass(slots=True)
class _Steps:
    """Tells how far the going through is: each record is gone through as often as tables are made of it."""

    tell: Progress
    whole: int
    done: int = field(default=0)

    def step(self) -> None:
        self.done += 1
        self.tell(min(self.done, self.whole), self.whole)


def data_set(
    source: Source,
    pack: Pack,
    *,
    redacted: bool = False,
    smallest: int = summary.SMALLEST,
    tell: Progress = lambda done, whole: None,
) -> DataSet:
    """The tables of these records. `pack`: the content that says what questions and options are called.

    A redacted one has a table of counts besides, and its rows stand in no order of time. Of each record what goes into
    the tables stays in memory, packed; the record itself does not.
    """
    plan, many = Plan(pack, redacted), len(source)
    steps = _Steps(tell, many * (4 if redacted else 3))
    kept = []
    for place in range(many):
        line = source.line(place)
        plan.show(line)
        kept.append((_digest(line) if redacted else b"", place, _packed(line)))
        steps.step()
    kept.sort()
    columns, of_medicines = plan.columns(), medicines.columns(plan)
    lines = partial(_lines, [packed for _, _, packed in kept], steps)

    def rows() -> Iterator[list[Cell]]:
        return (plan.row(number, line, columns) for number, line in lines())

    def each_medicine() -> Iterator[list[Cell]]:
        return (row for number, line in lines() for row in medicines.rows(plan, number, line))

    told = (("screenings", columns), ("medicines", of_medicines))
    tables = [
        Table("", _header(columns), rows),
        Table("medicines", _header(of_medicines), each_medicine),
        Table("codebook", tuple((name, "text") for name in codebook.HEADER), lambda: codebook.rows(plan, told)),
    ]
    if redacted:
        counted: tuple[tuple[str, Type], ...] = tuple((name, "text") for name in summary.HEADER)
        tables.append(Table("summary", counted, lambda: summary.all_rows(columns, rows(), smallest)))
    return DataSet(tuple(tables), many, plan.not_read)


def _lines(kept: Sequence[bytes], steps: _Steps) -> Iterator[tuple[int, Line]]:
    for number, packed in enumerate(kept, start=1):
        yield number, _unpacked(packed)
        steps.step()


def _packed(line: Line) -> bytes:
    """What rows are made of, without the words that the plan holds once for all lines."""
    asked = [(q.id, q.kind, q.state, q.raw, q.accounts, q.notes) for q in line.questions.values()]
    outcomes = [(one.rule, one.outcome, one.level, one.response) for one in line.outcomes.values()]
    return zlib.compress(pickle.dumps((dict(line.head), line.pathway, asked, outcomes)), 1)


def _unpacked(packed: bytes) -> Line:
    head, pathway, questions, outcomes = pickle.loads(zlib.decompress(packed))
    asked = (Asked(name, kind, "", "", "", *others) for name, kind, *others in questions)
    found = (Outcome(rule, "", "", *others) for rule, *others in outcomes)
    return Line(head, {one.id: one for one in asked}, {one.rule: one for one in found}, pathway, "", "")


def _header(columns: Sequence[Column]) -> tuple[tuple[str, Type], ...]:
    return tuple((column.name, column.part.type) for column in columns)


def _digest(line: Line) -> bytes:
    """By which redacted rows are ordered: of what stands in them, and of nothing else."""
    said = [dict(line.head), {one.id: [one.state, one.raw] for one in line.questions.values()}]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).digest()
