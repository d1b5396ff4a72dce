"""Past the budget of the search: the same questions, answered by z3 where it is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from screener.forms.analysis.asking import Asked, Goal
from screener.forms.analysis.solver import Option, Rails, TooMany, Translated, at_hand
from screener.forms.answering import Given
from screener.rules.evaluate import Condition
from screener.rules.values import Value


class Ended(Exception):  # noqa: N818 - it says what happened
    """Nothing goes on past the budget: z3 is not installed, or came to no end either."""


def find(searched: Asked, condition: Condition, goal: Goal) -> Mapping[str, Given] | None:
    """Answers that meet a goal, or None where there are none."""
    made = _translated(searched, condition)
    try:
        levels = made.levels()
        found = made.answers(_put(made, goal, levels, condition))
    except TooMany:
        raise Ended from None
    if found is None:
        return None
    assert goal(searched.outcome(condition, found)), "the search and the solver read a condition differently"
    return _fewer(searched, condition, goal, found)


def falling(
    searched: Asked, condition: Condition, question: str, better: Value, worse: Value
) -> Mapping[str, Given] | None:
    """Answers to the others with which the worse answer to this question takes away, or lowers, what the better has."""
    made = _translated(searched, condition)
    z3 = made.z3
    try:
        place = {value: at for at, option in enumerate(made.options[question]) if (value := _value(option)) is not None}
        fixed = [{question: place[value]} for value in (better, worse)]
        before, after = (made.decided(made.levels(each)) for each in fixed)
        ranks = range(len(before))
        return made.answers(z3.Or([z3.And(before[r], after[s]) for r in ranks for s in ranks if s < r]), fixed[0])
    except TooMany:
        raise Ended from None


def waiting(searched: Asked, condition: Condition, question: str) -> Mapping[str, Given] | None:
    """Answers with which the rule is open without this question, and comes to the same with every answer to it."""
    made = _translated(searched, condition)
    z3 = made.z3
    try:
        without = {question: 0}
        open_ = z3.Not(z3.Or(made.decided(made.levels(without))))
        each = [made.decided(made.levels({question: at})) for at in range(1, len(made.options[question]))]
        same = z3.Or([z3.And([one[rank] for one in each]) for rank in range(len(each[0]))])
        return made.answers(z3.And(open_, same, made.only_shown(without)), without)
    except TooMany:
        raise Ended from None


def _put(made: Translated, goal: Goal, levels: Sequence[Rails], condition: Condition) -> Any:
    match goal.word:
        case "listed":
            return made.listed(levels)
        case "not listed":
            return made.not_listed(levels)
        case "at level":
            return made.at(levels, [name for name, _ in condition.levels].index(goal.level))
        case "at level so far":
            return made.so_far_at(levels, [name for name, _ in condition.levels].index(goal.level))


def _translated(searched: Asked, condition: Condition) -> Translated:
    if not at_hand():
        raise Ended
    return _made(searched, condition)


@lru_cache(maxsize=1)
def _made(searched: Asked, condition: Condition) -> Translated:
    """Several things are asked of one condition, one after the other."""
    return Translated(searched, condition)


def _value(option: Option) -> Value | None:
    return None if option is None or len(option.accounts) != 1 else option.accounts[0].value


def _fewer(searched: Asked, condition: Condition, goal: Goal, answers: Mapping[str, Given]) -> Mapping[str, Given]:
    """The same answers without those that are not needed."""
    left = dict(answers)
    for name in answers:
        less = {other: given for other, given in left.items() if other != name}
        if goal(searched.outcome(condition, less)):
            left = less
    return left
