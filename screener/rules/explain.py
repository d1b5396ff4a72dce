"""Explanations out of the evaluation itself: a small sufficient set of answers, what can still change it, a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from screener.rules.evaluate import PARAMETER, Compiled, Condition, Facts, Ids, evaluate, verdict
from screener.rules.expressions import Node
from screener.rules.truth import Truth
from screener.rules.values import Value

KeepOnly = Callable[[Ids], Facts]
"""Gives the facts as they would be if only these questions had been answered."""

Suppose = Callable[[Mapping[str, Value]], Facts]
"""Gives the facts as they would be if these questions were answered too."""


def irreducible(condition: Condition, because: Ids, facts: Facts, keep_only: KeepOnly, order: Iterable[str]) -> Ids:
    """Shrink a sufficient set until no answer can be left out.

    Leaving answers out never turns a YES into a NO or back (Kleene logic is monotone in what is known), so trying each
    answer once is enough. `order` says which may be left out and which to try first; parameters are part of the setting
    and always stay.
    """
    kept = {name for name in because if not name.startswith(PARAMETER)}
    wanted, found = verdict(condition, facts), because
    for question in [q for q in order if q in kept]:
        if len(kept) == 1:
            break
        fewer = keep_only(frozenset(kept - {question}))
        if verdict(condition, fewer) == wanted:
            kept.remove(question)
            found = evaluate(condition, fewer).because
    return frozenset(kept) | {name for name in found if name.startswith(PARAMETER)}


def can_change(
    condition: Condition,
    candidates: Iterable[str],
    unknown: Mapping[str, Sequence[Value]],
    suppose: Suppose,
    budget: int,
) -> Ids:
    """Those of the candidates whose answer can change the outcome, now or once other open questions are answered.

    `unknown` gives every open question the rule can depend on, with values that stand for all it may be answered with.
    Few other answers are supposed before many. A candidate that the budget (of evaluations) leaves undecided is kept:
    it may be named for nothing, but nothing that matters goes unnamed.
    """
    search = _Search(condition, suppose, budget)
    return frozenset(name for name in candidates if name not in unknown or search.matters(name, unknown))


class _Search:
    """Supposes answers until a question is seen to matter, or every way is tried, or the budget is spent."""

    def __init__(self, condition: Condition, suppose: Suppose, budget: int) -> None:
        self._condition = condition
        self._suppose = suppose
        self._left = budget

    def matters(self, name: str, unknown: Mapping[str, Sequence[Value]]) -> bool:
        others = {other: values for other, values in unknown.items() if other != name}
        for supposed in _suppositions(others):
            before = self._outcome(supposed)
            for value in unknown[name]:
                if self._left <= 0 or self._outcome({**supposed, name: value}) != before:
                    return True
        return False

    def _outcome(self, supposed: Mapping[str, Value]) -> int:
        self._left -= 1
        return verdict(self._condition, self._suppose(supposed))


def _suppositions(unknown: Mapping[str, Sequence[Value]]) -> Iterator[dict[str, Value]]:
    """Every way to answer none, one, two, ... of the open questions."""
    for size in range(len(unknown) + 1):
        for names in combinations(unknown, size):
            for values in product(*(unknown[name] for name in names)):
                yield dict(zip(names, values, strict=True))


@dataclass(frozen=True, slots=True)
class Branch:
    """One part of a condition as it stands: met (YES), not met (NO) or not answered (UNKNOWN)."""

    node: Node
    truth: Truth
    ids: Ids
    parts: tuple[Branch, ...]


def tree(compiled: Compiled, facts: Facts) -> Branch:
    """The condition as a tree, each part judged by the closure that the rule itself runs."""
    truth, ids = compiled.run(facts)
    return Branch(compiled.node, truth, ids, tuple(tree(part, facts) for part in compiled.parts))
