"""A search for answers under which a condition comes to something, over as few answers as can decide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from screener.forms.analysis import beyond
from screener.forms.analysis.asking import Goal
from screener.forms.analysis.differing import differing
from screener.forms.analysis.stand_ins import StandIns, spread, stand_ins
from screener.forms.answering import Given, one
from screener.forms.visibility import Form
from screener.rules.evaluate import Chosen, Condition, Facts, Outcome, compile_condition, compile_node, evaluate
from screener.rules.expressions import AccountsDiffer, Expression, Missing, Node, questions_read, walk
from screener.rules.truth import Truth
from screener.rules.values import Kind, Value, answered

BUDGET = 4_000
"""Evaluations for one search. Past them z3 goes on, where it is installed; else it is undecided, and that is said."""
_PIECES = 12
"""What is plausible of a number is cut into so many, where a formula works something out of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """`answers`: a witness, None where there is none. `sure`: false where not everything could be tried."""

    answers: Mapping[str, Given] | None
    sure: bool
    ended: bool = False
    """The budget ended before anything was found, and nothing went on past it."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """What the budget ended on, and nothing went on past it: a question, or the path of a part."""

    what: str


class Searched:
    """The conditions of one pathway, to be searched under the figures that are chosen, on one day."""

    def __init__(self, form: Form, chosen: Chosen, day: date) -> None:
        self.form, self._chosen, self._day = form, chosen, day
        self._known: dict[str, tuple[Condition, Mapping[str, StandIns]]] = {}
        self._telling: dict[str, tuple[Condition, Mapping[str, Sequence[Value]]]] = {}

    def condition(self, name: str, node: Expression) -> Condition:
        """One node by itself, ready to be searched."""
        return compile_condition(name, [(None, node)], self._chosen, self.form.layout)

    def find(self, condition: Condition, goal: Goal, budget: int = BUDGET) -> Found:
        """Answers under which the outcome is decided and meets the goal.

        What is not answered stays not answered: a question is answered only where the outcome still hangs on it.
        """
        values = self.values(condition)
        run = _Run(self, condition, goal, values, budget)
        roots = [node for _, node in condition.levels]
        answers = next((found for start in _starts(roots, values) if (found := run.search(start)) is not None), None)
        if answers is None and run.spent:
            return self._beyond(condition, goal, all(each.whole for each in values.values()))
        return Found(answers, sure=answers is not None or run.exhausted)

    def _beyond(self, condition: Condition, goal: Goal, whole: bool) -> Found:
        try:
            answers = beyond.find(self, condition, goal)
        except beyond.Ended:
            return Found(None, sure=False, ended=True)
        return Found(answers, sure=answers is not None or whole)

    def values(self, condition: Condition) -> Mapping[str, StandIns]:
        """For each recorded question that the condition can depend on, in form order, what stands for its answers."""
        known = self._known.get(condition.id)
        if known is not None and known[0] is condition:
            return known[1]
        asked = self._recorded(condition)
        roots: list[Node] = [node for _, node in condition.levels]
        roots += [gate for q in asked if (gate := self.form.questions[q].shown_when) is not None]
        reached = self._reached(condition)
        worked = {
            needed
            for question in self.form.questions.values()
            if question.formula is not None and question.id in reached
            for needed in question.formula.of
        }
        made = {q: self._stand_ins(q, roots, worked) for q in asked}
        self._known[condition.id] = condition, made
        return made

    def telling(self, condition: Condition) -> Mapping[str, Sequence[Value]]:
        """Of these values one for each way in which the tests come out, where no test reads anything else beside it.

        Enough to go through what the condition can come to; the others lie nearer to a line, or say it better.
        """
        known = self._telling.get(condition.id)
        if known is not None and known[0] is condition:
            return known[1]
        values = self.values(condition)
        tests, tied = self._tests(condition, values)
        made = {
            name: each.values if name in tied else list(self._by_outcome(name, each.values, tests))
            for name, each in values.items()
        }
        self._telling[condition.id] = condition, made
        return made

    def _tests(self, condition: Condition, values: Mapping[str, StandIns]) -> tuple[list[Expression], set[str]]:
        """The single tests of a condition and of what is shown, and the questions read together with others."""
        reached = [self.form.questions[name] for name in self._reached(condition) if name in self.form.questions]
        roots: list[Node] = [node for _, node in condition.levels]
        roots += [question.shown_when for question in reached if question.shown_when is not None]
        tests = [node for root in roots for node in walk(root) if not node.children()]
        tied = {name for test in tests if len(set(questions_read(test))) > 1 for name in questions_read(test)}
        tied |= {name for question in reached if question.formula is not None for name in question.formula.of}
        tied |= {question.complete for question in reached if question.complete is not None}
        return [test for test in tests if len(set(questions_read(test))) == 1], tied  # type: ignore[misc]

    def _by_outcome(self, name: str, values: Sequence[Value], tests: Sequence[Expression]) -> Iterator[Value]:
        own = [compile_node(test, self._chosen, self.form.layout) for test in tests if name in questions_read(test)]
        seen: set[tuple[Truth, ...]] = set()
        for value in values:
            facts = Facts({name: answered(name, value)}, self._day, self.form.layout)
            came = tuple(test.run(facts)[0] for test in own)
            if came not in seen:
                seen.add(came)
                yield value

    def outcome(self, condition: Condition, answers: Mapping[str, Given]) -> Outcome:
        """What a condition comes to under these answers and no others."""
        return evaluate(condition, self.form.facts(answers, self._day, condition.reads))

    def rests_on(self, condition: Condition) -> tuple[str, ...]:
        """The recorded questions that a condition can depend on, in form order."""
        return self._recorded(condition)

    def _reached(self, condition: Condition) -> set[str]:
        return {needed for question in condition.reads for needed in self.form.rests_on(question)} | condition.reads

    def _recorded(self, condition: Condition) -> tuple[str, ...]:
        reached = self._reached(condition)
        questions = self.form.questions
        return tuple(q for q in questions if q in reached and questions[q].kind is not Kind.DERIVED)

    def _stand_ins(self, question_id: str, roots: Sequence[Node], worked: set[str]) -> StandIns:
        question = self.form.questions[question_id]
        found = stand_ins(question, roots, self._chosen, self._day)
        if question_id not in worked:
            return found
        if question.kind is Kind.NUMBER:
            more = spread(question, _PIECES) if question.plausible else []
            return StandIns([*found.values, *more], whole=False)
        return found._replace(whole=False)


def _starts(roots: Sequence[Node], values: Mapping[str, StandIns]) -> Iterator[dict[str, Given]]:
    """Nothing answered; and where a condition looks at whether, or how often, something was: those ways of it."""
    yield {}
    nodes = [node for root in roots for node in walk(root)]
    recorded = {node.missing for node in nodes if isinstance(node, Missing) and node.missing in values}
    if recorded:
        yield {name: one(values[name].values[0]) for name in recorded}
        for name in sorted(recorded)[:-1]:
            yield {other: one(values[other].values[0]) for other in recorded - {name}}
    for node in nodes:
        if isinstance(node, AccountsDiffer) and node.accounts_differ in values:
            yield {node.accounts_differ: differing(values[node.accounts_differ].values)}
    differ = {node.accounts_differ for node in nodes if isinstance(node, AccountsDiffer)} & values.keys()
    if differ:
        yield {name: one(values[name].values[0]) for name in differ}


class _Run:
    """Answers one question more at a time, always one that the outcome still hangs on, until it is decided."""

    def __init__(
        self, searched: Searched, condition: Condition, goal: Goal, values: Mapping[str, StandIns], budget: int
    ) -> None:
        self._searched, self._condition, self._goal, self._values = searched, condition, goal, values
        self._telling = searched.telling(condition)
        self._left = budget
        self._partial = False

    @property
    def spent(self) -> bool:
        """Whether the budget ended."""
        return self._left <= 0

    @property
    def exhausted(self) -> bool:
        """Whether every way was tried, with values that stand for all."""
        return self._left > 0 and not self._partial

    def search(self, answers: dict[str, Given]) -> dict[str, Given] | None:
        if self._left <= 0:
            return None
        self._left -= 1
        outcome = self._searched.outcome(self._condition, answers)
        decided = outcome.truth is not Truth.UNKNOWN
        if decided and self._goal(outcome):
            return answers
        open_ = [q for q in self._values if q in outcome.missing and q not in answers]
        if (decided and not outcome.missing) or not open_:
            return None
        question = open_[0]
        self._partial = self._partial or not self._values[question].whole
        for value in self._telling[question]:
            found = self.search({**answers, question: one(value)})
            if found is not None:
                return found
        return None
