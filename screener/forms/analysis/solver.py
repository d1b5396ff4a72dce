"""The questions of the search put to z3, where the search has spent its budget: over the same answers, the same tests.

Only how tests are put together is translated: and, or, not, at least so many, with one sign for YES and one for NO.
What a single test comes to is asked of the program's own evaluation, once for each way to answer what it rests on. So
there is no second meaning of a date, a dose or a display condition; what z3 finds is evaluated before it is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import product
from typing import Any

from screener.forms.analysis.asking import Asked
from screener.forms.analysis.differing import differing
from screener.forms.answering import Given, one
from screener.rules.evaluate import Condition
from screener.rules.expressions import AccountsDiffer, All, Any_, Count, Expression, Node, Not, walk
from screener.rules.truth import Truth

MOST_CELLS = 60_000
"""A single test that rests on more ways to answer is not translated."""
MOST_MS = 20_000
Unanswered = None
Option = Given | None
"""An answer, or none."""


class TooMany(Exception):  # noqa: N818 - it says what happened
    """A single test rests on too many ways to answer, or z3 came to no end."""


@cache
def at_hand() -> bool:
    """Whether z3 is installed: it comes with the extra `solver`."""
    return find_spec("z3") is not None


@dataclass(frozen=True, slots=True)
class Rails:
    """One sign that it is YES, and one that it is NO; neither while it is open."""

    yes: Any
    no: Any


class Translated:
    """One condition. Each question has as many signs as it has answers that stand for all, and one for none."""

    def __init__(self, searched: Asked, condition: Condition) -> None:
        import z3

        self.z3, self._searched, self._condition = z3, searched, condition
        self._solver = z3.Solver()
        self._solver.set("timeout", MOST_MS)
        nodes = [node for _, root in condition.levels for node in walk(root)]
        differ = {node.accounts_differ for node in nodes if isinstance(node, AccountsDiffer)}
        self.options: dict[str, tuple[Option, ...]] = {}
        self._signs: dict[str, list[Any]] = {}
        for question, values in searched.values(condition).items():
            several = [differing(values.values)] if question in differ else []
            self.options[question] = (Unanswered, *(one(value) for value in values.values), *several)
            signs = [z3.Bool(f"{question}:{place}") for place in range(len(self.options[question]))]
            self._signs[question] = signs
            self._solver.add(z3.PbEq([(sign, 1) for sign in signs], 1))
        self._tables: dict[str, list[tuple[tuple[int, ...], Truth]]] = {}

    # What can be asked

    def levels(self, fixed: Mapping[str, int] | None = None) -> list[Rails]:
        """The condition's levels from the lowest up, with the places of some questions' answers fixed."""
        return [self._rails(node, fixed or {}) for _, node in self._condition.levels]

    def listed(self, levels: Sequence[Rails]) -> Any:
        return self.z3.Or([level.yes for level in levels])

    def not_listed(self, levels: Sequence[Rails]) -> Any:
        return self.z3.And([level.no for level in levels])

    def at(self, levels: Sequence[Rails], rank: int) -> Any:
        """Listed at this level, while every one above it is not met."""
        return self.z3.And([levels[rank].yes, *(level.no for level in levels[rank + 1 :])])

    def so_far_at(self, levels: Sequence[Rails], rank: int) -> Any:
        """Listed at this level, and at none above it as far as is answered."""
        return self.z3.And([levels[rank].yes, *(self.z3.Not(level.yes) for level in levels[rank + 1 :])])

    def decided(self, levels: Sequence[Rails]) -> list[Any]:
        """For not listed, and for each level from the lowest up: that it has come to this, and nothing is open."""
        return [self.not_listed(levels), *(self.at(levels, rank) for rank in range(len(levels)))]

    def only_shown(self, fixed: Mapping[str, int]) -> Any:
        """No question is answered that is not shown."""
        gates = {q: gate for q in self.options if (gate := self._searched.form.questions[q].shown_when) is not None}
        return self.z3.And([self.z3.Or(self._signs[q][0], self._rails(gate, fixed).yes) for q, gate in gates.items()])

    def answers(self, wanted: Any, fixed: Mapping[str, int] | None = None) -> dict[str, Given] | None:
        """Answers under which this holds, without the fixed questions; None where there are none."""
        self._solver.push()
        try:
            self._solver.add(wanted)
            came = self._solver.check()
            if came == self.z3.unknown:
                raise TooMany
            return None if came == self.z3.unsat else self._of_model(fixed or {})
        finally:
            self._solver.pop()

    def _of_model(self, fixed: Mapping[str, int]) -> dict[str, Given]:
        model = self._solver.model()
        found = {}
        for question, signs in self._signs.items():
            place = next(at for at, sign in enumerate(signs) if self.z3.is_true(model.eval(sign, True)))
            option = self.options[question][place]
            if option is not None and question not in fixed:
                found[question] = option
        return found

    # How it is put together

    def _rails(self, node: Node, fixed: Mapping[str, int]) -> Rails:
        z3 = self.z3
        match node:
            case Not():
                inside = self._rails(node.not_, fixed)
                return Rails(inside.no, inside.yes)
            case All():
                parts = [self._rails(part, fixed) for part in node.all]
                return Rails(z3.And([part.yes for part in parts]), z3.Or([part.no for part in parts]))
            case Any_():
                parts = [self._rails(part, fixed) for part in node.any]
                return Rails(z3.Or([part.yes for part in parts]), z3.And([part.no for part in parts]))
            case Count():
                parts = [self._rails(part, fixed) for part in node.count.of]
                enough, too_few = node.count.at_least, len(parts) - node.count.at_least + 1
                met = z3.PbGe([(part.yes, 1) for part in parts], enough)
                if too_few <= 0:
                    return Rails(met, z3.BoolVal(True))
                return Rails(met, z3.PbGe([(part.no, 1) for part in parts], too_few))
            case _:
                return self._test(node, fixed)

    def _test(self, node: Node, fixed: Mapping[str, int]) -> Rails:
        questions, table = self._table(node)
        ways: dict[Truth, list[Any]] = {truth: [] for truth in Truth}
        for places, truth in table:
            placed = dict(zip(questions, places, strict=True))
            if all(placed.get(question, place) == place for question, place in fixed.items()):
                signs = [self._signs[q][place] for q, place in placed.items() if q not in fixed]
                ways[truth].append(self.z3.And(signs))
        return Rails(self.z3.Or(ways[Truth.YES]), self.z3.Or(ways[Truth.NO]))

    def _table(self, node: Node) -> tuple[tuple[str, ...], list[tuple[tuple[int, ...], Truth]]]:
        """What a single test comes to with each way to answer what it rests on."""
        test = self._searched.condition("test", _expression(node))
        questions = tuple(self._searched.rests_on(test))
        key = repr(node)
        if key not in self._tables:
            ranges = [range(len(self.options[question])) for question in questions]
            cells = 1
            for each in ranges:
                cells *= len(each)
            if cells > MOST_CELLS:
                raise TooMany
            self._tables[key] = [
                (places, self._searched.outcome(test, self._given(questions, places)).truth)
                for places in product(*ranges)
            ]
        return questions, self._tables[key]

    def _given(self, questions: Iterable[str], places: Iterable[int]) -> dict[str, Given]:
        chosen = ((q, self.options[q][place]) for q, place in zip(questions, places, strict=True))
        return {question: option for question, option in chosen if option is not None}


def _expression(node: Node) -> Expression:
    return node  # type: ignore[return-value]
