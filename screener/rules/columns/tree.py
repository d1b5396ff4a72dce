"""Conditions over columns: every distinct part is worked out once for all the conditions that hold it."""

from __future__ import annotations

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
    conditions: tuple[int, ...]
    """The conditions that it is the whole of."""
    spent: tuple[int, ...]
    """The steps that nothing needs once this one is made."""


class Plan:
    """Conditions ready to run over columns, in the order given."""

    def __init__(self, conditions: Sequence[Expression], leaves: Leaves) -> None:
        self._leaves = leaves
        self._known: dict[str, int] = {}
        self._made: list[tuple[tuple[int, ...], Callable[..., Mask]]] = []
        roots = [self._add(condition) for condition in conditions]
        wholes: dict[int, list[int]] = {}
        for place, root in enumerate(roots):
            wholes.setdefault(root, []).append(place)
        last_use = {part: number for number, (parts, _) in enumerate(self._made) for part in (*parts, number)}
        spent: dict[int, list[int]] = {}
        for part, number in last_use.items():
            spent.setdefault(number, []).append(part)
        self.steps = tuple(
            Step(parts, work, tuple(wholes.get(number, ())), tuple(spent.get(number, ())))
            for number, (parts, work) in enumerate(self._made)
        )

    def _add(self, node: Expression) -> int:
        written = repr(node)
        known = self._known.get(written)
        if known is not None:
            return known
        parts = tuple(self._add(child) for child in node.children())
        work = JOINS[type(node)](node) if parts else self._leaves.test(node)
        self._made.append((parts, work))
        self._known[written] = len(self._made) - 1
        return len(self._made) - 1

    def one(self, facts: ColumnFacts) -> Mask:
        """What the only condition comes to."""
        found: list[Mask] = []
        self.run(facts, lambda _, mask: found.append(mask))
        return found[0]

    def run(self, facts: ColumnFacts, take: Callable[[int, Mask], None]) -> None:
        """Hand over what each condition comes to, by its place; what nothing needs any longer is let go at once."""
        made: dict[int, Mask] = {}
        for number, (parts, work, conditions, spent) in enumerate(self.steps):
            made[number] = work([made[part] for part in parts]) if parts else work(facts)
            for condition in conditions:
                take(condition, made[number])
            for part in spent:
                del made[part]
