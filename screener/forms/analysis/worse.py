"""Whether more adverse information can take an item off the list, or lower it: rule by rule, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from screener.forms.analysis.search import BUDGET, Searched
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


def falls(searched: Searched, condition: Condition, budget: int = BUDGET) -> Iterator[Falling]:
    """For each question with a direction, the first pair of answers under which worse takes the item away."""
    for question_id, values in searched.values(condition).items():
        question = searched.form.questions[question_id]
        for better, worse in from_better_to_worse(question, values.values):
            run = _Run(searched, condition, question_id, better, worse, budget)
            found = run.search({})
            if found is not None:
                yield found
                break


class _Run:
    def __init__(
        self, searched: Searched, condition: Condition, question: str, better: Value, worse: Value, budget: int
    ) -> None:
        self._searched, self._condition, self._question = searched, condition, question
        self._better, self._worse, self._left = better, worse, budget
        self._values = searched.values(condition)

    def search(self, answers: dict[str, Given]) -> Falling | None:
        if self._left <= 0:
            return None
        self._left -= 1
        before = self._outcome(answers, self._better)
        after = self._outcome(answers, self._worse)
        if _decided(before) and _decided(after) and self._rank(after) < self._rank(before):
            then = after.level if after.truth is Truth.YES else None
            return Falling(self._question, self._better, self._worse, answers, before.level, then)
        if before.truth is Truth.NO or (_decided(before) and _decided(after)):
            return None
        if _decided(after) and self._rank(after) == len(self._condition.levels):
            return None
        open_ = before.missing | after.missing
        wanted = next((q for q in self._values if q in open_ and q not in answers and q != self._question), None)
        if wanted is None:
            return None
        for value in self._values[wanted].values:
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


def _decided(outcome: Outcome) -> bool:
    return outcome.truth is not Truth.UNKNOWN and not (outcome.truth is Truth.YES and outcome.missing)
