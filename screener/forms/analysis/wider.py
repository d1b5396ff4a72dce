"""Where a rule stays open for want of an answer that cannot matter: every answer to it gives the same outcome.

Strong Kleene judges each part by itself, so a question that a condition comes upon twice may keep it open for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screener.forms.analysis import beyond
from screener.forms.analysis.asking import decided
from screener.forms.analysis.search import Searched, Undecided
from screener.forms.answering import Account, Given, one
from screener.rules.evaluate import Condition, Outcome
from screener.rules.expressions import AccountsDiffer, Missing, walk
from screener.rules.values import State

BUDGET = 20_000
"""Evaluations for one question: each step tries all its answers."""
NOT_KNOWN = Given((Account("", State.NOT_KNOWN),))


@dataclass(frozen=True, slots=True)
class Wider:
    """With these answers the rule is open while `question` is not answered, and comes to `outcome` with any answer."""

    question: str
    answers: Mapping[str, Given]
    outcome: Outcome


def wider(searched: Searched, condition: Condition, budget: int = BUDGET) -> Iterator[Wider | Undecided]:
    """For each question that a condition comes upon twice, the first answers under which it keeps the rule open.

    Where each question is come upon once, strong Kleene is exact. Where one is come upon twice and some answers leave
    the rule open for nothing, then so do some that any answer to a single such question closes: more answers only close
    it. What is looked for is therefore one question at a time. One with too many answers to try them all is left out.
    """
    nodes = [node for _, root in condition.levels for node in walk(root)]
    if any(isinstance(node, Missing | AccountsDiffer) for node in nodes):
        return  # whether something is recorded is no matter of its value
    for question in _twice(searched, condition):
        stand_ins = searched.values(condition)[question]
        if stand_ins.whole:
            run = _Run(searched, condition, question, budget)
            found = run.search({}) or run.beyond()
            if found is not None:
                yield found


def _twice(searched: Searched, condition: Condition) -> Iterator[str]:
    """The recorded questions that a condition comes upon in two ways, gates and formulas included."""
    reached = Counter(needed for question in condition.mentions for needed in searched.form.rests_on(question))
    yield from (question for question in searched.values(condition) if reached[question] > 1)


class _Run:
    """Answers, or leaves for good, one other question at a time, while no two answers to this one differ yet."""

    def __init__(self, searched: Searched, condition: Condition, question: str, budget: int) -> None:
        self._searched, self._condition, self._question = searched, condition, question
        self._values, self._telling = searched.values(condition), searched.telling(condition)
        self._on_the_way = {question, *searched.form.rests_on(question)}
        self._left = budget

    def beyond(self) -> Wider | Undecided | None:
        """Past the budget, if it ended."""
        if self._left > 0:
            return None
        try:
            found = beyond.waiting(self._searched, self._condition, self._question)
        except beyond.Ended:
            return Undecided(self._question)
        if found is None:
            return None
        came = self._outcome({**found, self._question: one(self._telling[self._question][0])})
        return Wider(self._question, found, came)

    def search(self, answers: dict[str, Given]) -> Wider | None:
        if self._left <= 0:
            return None
        open_ = self._outcome(answers)
        if decided(open_) or self._on_the_way.isdisjoint(open_.missing):
            return None
        with_each = [self._outcome({**answers, self._question: one(value)}) for value in self._telling[self._question]]
        known = {(outcome.truth, outcome.level) for outcome in with_each if decided(outcome)}
        if len(known) > 1:
            return None
        if known and all(decided(outcome) for outcome in with_each):
            return Wider(self._question, answers, with_each[0])
        wanted = next(
            (q for q in self._values if q in open_.missing and q not in answers and q != self._question), None
        )
        if wanted is None:
            return None
        for given in (*(one(value) for value in self._telling[wanted]), NOT_KNOWN):
            found = self.search({**answers, wanted: given})
            if found is not None:
                return found
        return None

    def _outcome(self, answers: Mapping[str, Given]) -> Outcome:
        self._left -= 1
        return self._searched.outcome(self._condition, answers)
