"""Rules that stand together: two with the same condition, and one that is never listed without another.

That several sources say the same of one fact is what the program is for, and no mistake: each keeps its own rule, its
own strength and its own words. A mistake is the same source twice: one condition written in two rules, or a rule that
is never listed without another of the same place in the same source, of the same strength, that is looked at as soon.
Everything else that always stands together is told to whoever reads the rule, and is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from screener.forms.analysis.asking import is_yes
from screener.forms.analysis.search import Searched
from screener.forms.answering import Given
from screener.forms.model import TIERS, Rule
from screener.rules.evaluate import Condition
from screener.rules.expressions import AccountsDiffer, All, Any_, Count, Expression, Missing, Node, Not, walk

MOST_TESTS = 12
"""Two conditions with more single tests between them are not compared by their form."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Wherever one rule is listed the other is too; `same`: and the other way round."""

    other: str
    same: bool
    answers: Mapping[str, Given]
    """Answers that list both."""


def implied(searched: Searched, first: Condition, second: Condition, answers: Mapping[str, Given]) -> bool:
    """Whether all that lists the first lists the second, as far as it is sure. `answers`: some that list the first."""
    if not is_yes(searched.outcome(second, answers)):
        return False
    both = whole(first), whole(second)
    if by_form(*both):
        return True
    found = searched.find(searched.condition("pair", All(all=(both[0], Not(not_=both[1])))), is_yes)
    return found.answers is None and found.sure


def of_values(condition: Condition) -> bool:
    """Whether a condition is about what is answered alone, not about whether it is."""
    nodes = (node for _, root in condition.levels for node in walk(root))
    return not any(isinstance(node, Missing | AccountsDiffer) for node in nodes)


def whole(condition: Condition) -> Expression:
    """A condition as one node: with levels, any of them."""
    nodes = tuple(node for _, node in condition.levels)
    return nodes[0] if len(nodes) == 1 else Any_(any=nodes)


def by_form(first: Expression, second: Expression) -> bool:
    """Whether the second follows from the first whatever each single test comes to, so for every answer there is."""
    tests = list(dict.fromkeys(repr(node) for root in (first, second) for node in walk(root) if not node.children()))
    if len(tests) > MOST_TESTS:
        return False
    for came in product((False, True), repeat=len(tests)):
        met = dict(zip(tests, came, strict=True))
        if _holds(first, met) and not _holds(second, met):
            return False
    return True


def _holds(node: Node, met: Mapping[str, bool]) -> bool:
    match node:
        case All():
            return all(_holds(part, met) for part in node.all)
        case Any_():
            return any(_holds(part, met) for part in node.any)
        case Not():
            return not _holds(node.not_, met)
        case Count():
            return sum(_holds(part, met) for part in node.count.of) >= node.count.at_least
        case _:
            return met[repr(node)]


def written_twice(rule: Rule, other: Rule) -> bool:
    """Of two rules with the same condition: whether one source is read twice."""
    return rule.source.ref == other.source.ref


def adds_nothing(rule: Rule, other: Rule) -> bool:
    """Of a rule that is never listed without the other: whether the other says it already, and as soon."""
    one, another = rule.source, other.source
    of_one_place = (one.ref, one.at, one.strength) == (another.ref, another.at, another.strength)
    return of_one_place and max(_tiers(other)) <= min(_tiers(rule))


def _tiers(rule: Rule) -> Iterator[int]:
    tiers = [level.tier or rule.tier for level in rule.levels] or [rule.tier]
    yield from (TIERS.index(tier) for tier in tiers)
