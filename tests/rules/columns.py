"""The same condition over a column of one record, so that every table of the tests holds for columns too."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np

from screener.rules.columns.column import Column
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.figures import Dates, Moments, Numbers, Reckoned
from screener.rules.columns.instruments import Results
from screener.rules.columns.leaves import Leaves
from screener.rules.columns.medicines import MedicineRows
from screener.rules.columns.options import Options, OptionSets
from screener.rules.columns.readings import ReadingRows
from screener.rules.columns.states import states_of
from screener.rules.columns.tree import Plan
from screener.rules.expressions import Expression
from screener.rules.facts import Facts
from screener.rules.scores import Scoring
from screener.rules.truth import Truth
from screener.rules.values import Answer, InstrumentResult, Interval, Medicines, PartialDate, Readings
from screener.rules.written_tests import Chosen


def in_columns(node: Expression, facts: Facts, chosen: Chosen | None = None) -> Truth:
    """What a condition comes to over columns of one record."""
    scorings = facts.layout.scorings
    columns = {name: column_of(answer, scorings.get(name)) for name, answer in facts.answers.items()}
    plan = Plan([node], Leaves(scorings, facts.layout.dictionary, chosen or {}))
    mask = plan.one(ColumnFacts(columns, np.array([facts.day.toordinal()], dtype=np.int32)))
    return Truth(int(mask.truths[0]))


def column_of(answer: Answer, scoring: Scoring | None = None) -> Column:
    """One answer as a column of one record, of the kind that its value is of."""
    states, values = states_of([answer.state]), [answer.value]
    match answer.value:
        case str():
            return Options.of(states, values)
        case frozenset():
            return OptionSets.of(states, values)
        case Decimal():
            return Numbers.of(states, values)
        case Fraction() | Interval():
            return Reckoned.of(states, values)
        case PartialDate():
            return Dates.of(states, values)
        case datetime():
            return Moments.of(states, values)
        case Readings():
            return ReadingRows.of(states, values)
        case Medicines():
            return MedicineRows.of(states, values)
        case InstrumentResult():
            return Results.of(states, values, scoring)
        case None:
            return Column(states)
        case _:
            raise TypeError(f"{type(answer.value).__name__} stands in no column here")
