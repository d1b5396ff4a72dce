"""What came of every rule in many records, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from screener.forms.evaluation import RuleSet
from screener.forms.model import OutcomeWord
from screener.records.cohort.part import Part

WORDS: tuple[OutcomeWord, ...] = ("not_listed", "not_established", "listed")
NOT_LISTED, NOT_ESTABLISHED, LISTED = range(3)
NO_LEVEL = -1
Small = npt.NDArray[np.int8]
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, eq=False)
class Came:
    """One row a rule, one column a record: the place of the outcome in WORDS, and that of the level in the rule's.

    The rules stand in the order of the screen.
    """

    outcome: Small
    level: Small


def outcomes(rules: RuleSet, part: Part) -> Came:
    """Evaluate some records. What is measured from a visit whose day could not be read is not established."""
    came = _live(rules, part)
    undated = np.array([day is None for day in part.days], dtype=np.bool_)
    if undated.any():
        measured = np.array([rules.measures_from_visit(rule) for rule in rules.rules], dtype=np.bool_)
        open_ones = measured[:, None] & undated[None, :]
        came.outcome[open_ones], came.level[open_ones] = NOT_ESTABLISHED, NO_LEVEL
    return came


def _live(rules: RuleSet, part: Part) -> Came:
    shape = (len(rules.rules), len(part))
    came = Came(np.zeros(shape, np.int8), np.full(shape, NO_LEVEL, np.int8))
    levels = {rule.id: {level.id: place for place, level in enumerate(rule.levels)} for rule in rules.rules.values()}
    for record, day in enumerate(part.days):
        _, found = rules.evaluate(part.record(record), day or _ANY_DAY)
        for place, (rule, one) in enumerate(found.items()):
            came.outcome[place, record] = WORDS.index(one.outcome)
            if one.level is not None:
                came.level[place, record] = levels[rule][one.level]
    return came
