"""Recorded answers as columns: what each kind's answers stand in, and columns made of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np

from screener.forms.answering import Account, Given
from screener.forms.model import Question
from screener.forms.visibility import Answers, Form
from screener.rules.columns.column import Column
from screener.rules.columns.figures import Dates, Moments, Numbers, Reckoned, Times
from screener.rules.columns.instruments import Results
from screener.rules.columns.medicines import MedicineRows
from screener.rules.columns.options import Options, OptionSets
from screener.rules.columns.readings import ReadingRows
from screener.rules.columns.states import NOT_ASKED, NUMBER, Days, States, all_in
from screener.rules.values import Kind, State, Value

CHUNK = 65_536
"""Records that are worked on together: enough that numpy's calls cost little, few enough that memory is bounded."""


@dataclass(frozen=True, eq=False)
class Batch:
    """n records: the day of each visit as an ordinal, and what was recorded under each question that has a column.

    Columns hold what was recorded, whether the question is shown or not: states ANSWERED, NOT_KNOWN, DECLINED,
    COME_BACK, NOT_ASKED and DIFFERING. Nothing is recorded under a derived question.
    """

    days: Days
    columns: Mapping[str, Column]

    def __post_init__(self) -> None:
        wrong = [question for question, column in self.columns.items() if len(column) != len(self.days)]
        if wrong:
            raise ValueError(f"the columns of {', '.join(wrong)} do not have {len(self.days)} records")

    def __len__(self) -> int:
        return len(self.days)

    def rows(self, first: int, last: int) -> Batch:
        """The records from `first` up to, and without, `last`."""
        columns = {question: column.rows(first, last) for question, column in self.columns.items()}
        return Batch(self.days[first:last], columns)

    def chunks(self, most: int = CHUNK) -> Iterator[tuple[int, Batch]]:
        """The records in pieces, each with the number of its first."""
        for first in range(0, len(self), most):
            yield first, self.rows(first, min(first + most, len(self)))


def from_answers(form: Form, records: Sequence[Answers], days: date | Sequence[date]) -> Batch:
    """Records as the live engine takes them; `days` is the day of every visit, or one for each."""
    ordinals = [day.toordinal() for day in ([days] * len(records) if isinstance(days, date) else days)]
    if len(ordinals) != len(records):
        raise ValueError(f"{len(records)} records have {len(ordinals)} days")
    columns = {
        question.id: column_of(question, [answers.get(question.id) for answers in records])
        for question in form.questions.values()
        if question.kind is not Kind.DERIVED and any(question.id in answers for answers in records)
    }
    return Batch(np.array(ordinals, dtype=np.int32), columns)


def batches(form: Form, records: Iterable[tuple[date, Answers]], most: int = CHUNK) -> Iterator[Batch]:
    """Any number of records, so many at a time, so that no more are in memory."""
    left = iter(records)
    while some := list(islice(left, most)):
        yield from_answers(form, [answers for _, answers in some], [day for day, _ in some])


def column_of(question: Question, given: Sequence[Given | None]) -> Column:
    """What was recorded under one question, one entry a record."""
    numbers, values = bytearray(len(given)), list[Value | None]([None]) * len(given)
    for row, said in enumerate(given):
        if said is None:
            numbers[row] = NOT_ASKED
            continue
        one: Account | Given = said.accounts[0] if len(said.accounts) == 1 else said
        if one.state is State.ANSWERED:
            values[row] = one.value
        else:
            numbers[row] = NUMBER[one.state]
    return HELD_IN[question.kind](question, np.frombuffer(numbers, dtype=np.uint8), values)


def blank(question: Question, records: int) -> Column:
    """A column of the question's kind in which nobody was asked."""
    return HELD_IN[question.kind](question, all_in(NOT_ASKED, records), [None] * records)


Maker = Callable[[Question, States, Sequence[Value | None]], Column]

HELD_IN: Mapping[Kind, Maker] = {
    Kind.YES_NO: lambda question, states, values: Options.of(states, values, question.option_ids),
    Kind.CHOICE: lambda question, states, values: Options.of(states, values, question.option_ids),
    Kind.CHOICES: lambda question, states, values: OptionSets.of(states, values, question.option_ids),
    Kind.TEXT: lambda _, states, values: Options.of(states, values),
    Kind.NUMBER: lambda _, states, values: Numbers.of(states, values),
    Kind.DATE: lambda _, states, values: Dates.of(states, values),
    Kind.TIME: lambda _, states, values: Times.of(states, values),
    Kind.DATETIME: lambda _, states, values: Moments.of(states, values),
    Kind.READINGS: lambda _, states, values: ReadingRows.of(states, values),
    Kind.MEDICINES: lambda _, states, values: MedicineRows.of(states, values),
    Kind.INSTRUMENT: lambda question, states, values: Results.of(states, values, question.scoring),
    Kind.DERIVED: lambda _, states, values: Reckoned.of(states, values),
}
"""What the answers of each kind stand in."""
