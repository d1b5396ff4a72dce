"""Explanations out of the evaluation itself: an irreducible sufficient set of answers, and the condition as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from screener.rules.evaluate import PARAMETER, Compiled, Condition, Facts, Ids, Outcome, evaluate
from screener.rules.expressions import Node
from screener.rules.truth import Truth

KeepOnly = Callable[[Ids], Facts]
"""Gives the facts as they would be if only these questions had been answered."""


def irreducible(condition: Condition, outcome: Outcome, keep_only: KeepOnly, order: Iterable[str]) -> Ids:
    """Shrink a sufficient set until no answer can be left out.

    Leaving answers out never turns a YES into a NO or back (Kleene logic is monotone in what is known), so trying each
    answer once is enough. `order` says which to try to leave out first; parameters are part of the setting and always
    stay.
    """
    kept = {name for name in outcome.because if not name.startswith(PARAMETER)}
    for question in [q for q in order if q in kept]:
        if len(kept) == 1:
            break
        without = evaluate(condition, keep_only(frozenset(kept - {question})))
        if (without.truth, without.level) == (outcome.truth, outcome.level):
            kept.remove(question)
    final = evaluate(condition, keep_only(frozenset(kept)))
    return frozenset(kept) | {name for name in final.because if name.startswith(PARAMETER)}


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
