"""Conditions over columns: every distinct part is worked out once for all the conditions that hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.leaves import LEAVES, Leaves
from screener.rules.columns.masks import Mask, all_of, any_of, at_least
from screener.rules.expressions import All, Any_, Count, Expression, Node, Not

Join = Callable[[Sequence[Mask]], Mask]

JOINS: Mapping[type[Node], Callable[[Any], Join]] = {
    All: lambda _: all_of,
    Any_: lambda _: any_of,
    Not: lambda _: lambda parts: parts[0].inverse,
    Count: lambda node: lambda parts: at_least(node.count.at_least, parts),
}
"""How each node of the closed set that has parts puts them together."""

COLUMN_FORMS = (*JOINS, *LEAVES)


class Step(NamedTuple):
    """One distinct part: the steps that it is put together of, and how; a single test has none."""

    parts: tuple[int, ...]
    work: Callable[..., Mask]


class Plan:
    """Conditions ready to run over columns, in the order given."""

    def __init__(self, conditions: Sequence[Expression], leaves: Leaves) -> None:
        self._leaves = leaves
        self._known: dict[str, int] = {}
        self.steps: list[Step] = []
        self.roots = tuple(self._add(condition) for condition in conditions)
        used = Counter(part for step in self.steps for part in step.parts)
        self._uses = [used[number] for number in range(len(self.steps))]
        for root in self.roots:
            self._uses[root] += 1

    def _add(self, node: Expression) -> int:
        written = repr(node)
        known = self._known.get(written)
        if known is not None:
            return known
        parts = tuple(self._add(child) for child in node.children())
        work = JOINS[type(node)](node) if parts else self._leaves.test(node)
        self.steps.append(Step(parts, work))
        self._known[written] = len(self.steps) - 1
        return len(self.steps) - 1

    def one(self, facts: ColumnFacts) -> Mask:
        """What the only condition comes to."""
        found: list[Mask] = []
        self.run(facts, lambda _, mask: found.append(mask))
        return found[0]

    def run(self, facts: ColumnFacts, take: Callable[[int, Mask], None]) -> None:
        """Hand over what each condition comes to, by its place; what nothing needs any longer is let go at once."""
        left, made = list(self._uses), dict[int, Mask]()
        places: dict[int, list[int]] = {}
        for place, root in enumerate(self.roots):
            places.setdefault(root, []).append(place)
        for number, step in enumerate(self.steps):
            made[number] = step.work([made[part] for part in step.parts]) if step.parts else step.work(facts)
            for place in places.get(number, ()):
                take(place, made[number])
            for spent, times in ((number, len(places.get(number, ()))), *((part, 1) for part in step.parts)):
                left[spent] -= times
                if not left[spent]:
                    made.pop(spent, None)
