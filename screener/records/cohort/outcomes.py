"""What came of every rule in many records, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from screener.forms.columns.answers import Batch, column_of
from screener.forms.columns.evaluation import LISTED, NO_LEVEL, NOT_ESTABLISHED, OUTCOMES, ColumnRules
from screener.forms.evaluation import RuleSet
from screener.forms.model import Question
from screener.records.cohort.coded import Coded
from screener.records.cohort.part import Part
from screener.records.cohort.told import Told
from screener.rules.columns.column import Column
from screener.rules.columns.figures import Dates, Numbers, Times
from screener.rules.columns.options import Options, OptionSets
from screener.rules.columns.readings import ReadingRows

__all__ = ["LISTED", "NOT_ESTABLISHED", "NO_LEVEL", "WORDS", "Came", "Evaluator"]

WORDS = OUTCOMES
_ANY_DAY = 730_000
"""In place of a day that could not be read: whatever is measured from it is taken back."""
_ONE_ENTRY_A_RECORD = (Options, OptionSets, Dates, Times)


@dataclass(frozen=True, eq=False)
class Came:
    """One row a rule, one column a record: the place of the outcome in WORDS, and that of the level in the rule's.

    The rules stand in the order of the screen.
    """

    outcome: npt.NDArray[np.uint8]
    level: npt.NDArray[np.int8]


class Evaluator:
    """Runs one rule set over parts of a cohort, in columns."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules, self._columns = rules, ColumnRules(rules)
        self._measured = np.array([rules.measures_from_visit(rule) for rule in rules.rules], dtype=np.bool_)

    def outcomes(self, part: Part) -> Came:
        """Every rule of every record. What is measured from a visit without a day is not established."""
        questions = self._rules.form.questions
        columns = {name: _column(questions[name], told) for name, told in part.answers.items() if name in questions}
        days = np.array([_ANY_DAY if day is None else day.toordinal() for day in part.days.distinct], dtype=np.int32)
        found = self._columns.outcomes(Batch(days[part.days.codes], columns))
        level = np.full(found.truths.shape, NO_LEVEL, dtype=np.int8)
        for place, rule in enumerate(found.rules):
            if rule in found.levels:
                level[place] = found.levels[rule].ranks
        undated = part.days.where(lambda day: day is None)
        if undated:
            taken_back = np.ix_(np.flatnonzero(self._measured), np.array(undated))
            found.truths[taken_back], level[taken_back] = NOT_ESTABLISHED, NO_LEVEL
        return Came(found.truths, level)


def _column(question: Question, told: Coded[Told]) -> Column:
    """One question of many records: each distinct answer is made a column's entry once, where the kind allows it."""
    once = column_of(question, [one.given for one in told.distinct])
    if isinstance(once, ReadingRows) and not once.odd:
        return once.at(told.codes)
    if isinstance(once, _ONE_ENTRY_A_RECORD) or (isinstance(once, Numbers) and not once.odd):
        return replace(once, **{name: array[told.codes] for name, array in once.arrays().items()})
    return column_of(question, [one.given for one in told])
