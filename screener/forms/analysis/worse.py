"""Whether more adverse information can take an item off the list, or lower it: rule by rule, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from screener.forms.analysis import beyond
from screener.forms.analysis.asking import decided
from screener.forms.analysis.search import BUDGET, Searched, Undecided
from screener.forms.answering import Given, one
from screener.forms.model import Question
from screener.rules.evaluate import Condition, Outcome
from screener.rules.truth import Truth
from screener.rules.values import Kind, Value


@dataclass(frozen=True, slots=True)
class Falling:
    """With `better` the rule is listed (at `level`); with `worse`, nothing else changed, it is not, or lower."""

    question: str
    better: Value
    worse: Value
    answers: Mapping[str, Given]
    level: str | None
    then: str | None
    """The level that it falls to; None where it is not listed."""

    def with_value(self, value: Value) -> dict[str, Given]:
        """The witness with this answer to the question."""
        return {**self.answers, self.question: one(value)}


def from_better_to_worse(question: Question, values: Sequence[Value]) -> list[tuple[Value, Value]]:
    """Neighbouring values of a question, the less adverse first; none where no direction is written for it."""
    match question.worse:
        case "yes":
            return [("no", "yes")] if {"yes", "no"} <= set(values) else []
        case "no":
            return [("yes", "no")] if {"yes", "no"} <= set(values) else []
        case "up" | "down":
            numbers = sorted(value for value in values if isinstance(value, Decimal))
            ordered = numbers if question.worse == "up" else numbers[::-1]
            return list(pairwise(ordered))
        case "order":
            if question.kind is Kind.CHOICES:
                return [(frozenset(), value) for value in values if value]
            there = [option for option in question.option_ids if option in values]
            return list(pairwise(there))
        case _:
            return []


def falls(searched: Searched, condition: Condition, budget: int = BUDGET) -> Iterator[Falling | Undecided]:
    """For each question with a direction, the first pair of answers under which worse takes the item away."""
    for question_id, values in searched.values(condition).items():
        question = searched.form.questions[question_id]
        for better, worse in from_better_to_worse(question, values.values):
            found = falls_between(searched, condition, question_id, better, worse, budget)
            if found is not None:
                yield found
                break


def falls_between(
    searched: Searched, condition: Condition, question: str, better: Value, worse: Value, budget: int = BUDGET
) -> Falling | Undecided | None:
    """Answers to all else under which the worse of two answers to a question takes the item away, or lowers it."""
    run = _Run(searched, condition, question, better, worse, budget)
    return run.search({}) or run.beyond()


class _Run:
    def __init__(
        self, searched: Searched, condition: Condition, question: str, better: Value, worse: Value, budget: int
    ) -> None:
        self._searched, self._condition, self._question = searched, condition, question
        self._better, self._worse, self._left = better, worse, budget
        self._values = searched.values(condition)

    def beyond(self) -> Falling | Undecided | None:
        """Past the budget, if it ended."""
        if self._left > 0:
            return None
        try:
            found = beyond.falling(self._searched, self._condition, self._question, self._better, self._worse)
        except beyond.Ended:
            return Undecided(self._question)
        if found is None:
            return None
        fallen = self._fallen(found)
        assert fallen is not None, "the search and the solver read a condition differently"
        return fallen

    def _fallen(self, answers: Mapping[str, Given]) -> Falling | None:
        before = self._outcome(answers, self._better)
        after = self._outcome(answers, self._worse)
        if not (decided(before) and decided(after) and self._rank(after) < self._rank(before)):
            return None
        then = after.level if after.truth is Truth.YES else None
        return Falling(self._question, self._better, self._worse, answers, before.level, then)

    def search(self, answers: dict[str, Given]) -> Falling | None:
        if self._left <= 0:
            return None
        self._left -= 1
        before = self._outcome(answers, self._better)
        after = self._outcome(answers, self._worse)
        if decided(before) and decided(after) and self._rank(after) < self._rank(before):
            return self._fallen(answers)
        if before.truth is Truth.NO or (decided(before) and decided(after)):
            return None
        if decided(after) and self._rank(after) == len(self._condition.levels):
            return None
        open_ = before.missing | after.missing
        wanted = next((q for q in self._values if q in open_ and q not in answers and q != self._question), None)
        if wanted is None:
            return None
        for value in self._searched.telling(self._condition)[wanted]:
            found = self.search({**answers, wanted: one(value)})
            if found is not None:
                return found
        return None

    def _outcome(self, answers: Mapping[str, Given], value: Value) -> Outcome:
        return self._searched.outcome(self._condition, {**answers, self._question: one(value)})

    def _rank(self, outcome: Outcome) -> int:
        """0 where it is not listed; the higher the level, the more."""
        if outcome.truth is not Truth.YES:
            return 0
        names = [name for name, _ in self._condition.levels]
        return names.index(outcome.level) + 1
