"""Single tests over columns, ready to run: each node of the closed set that has no parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from screener.rules import leaves
from screener.rules.columns import scoring, spans, statistics, taking
from screener.rules.columns.column import Column
from screener.rules.columns.comparing import (
    against,
    compared,
    difference_against,
    measure_of,
    multiple_against,
    pair_compared,
)
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.masks import Mask, all_of, everywhere, of_options, of_two, open_unless_hidden
from screener.rules.columns.options import Options, OptionSets
from screener.rules.columns.states import COME_BACK, GATE_OPEN, NOT_ASKED
from screener.rules.expressions import (
    AccountsDiffer,
    Ask,
    Compare,
    Comparison,
    Expression,
    Missing,
    Node,
    OfReadings,
    ParameterRef,
    Score,
    Takes,
)
from screener.rules.medicines import Dictionary
from screener.rules.numbers import compares
from screener.rules.scores import Scoring
from screener.rules.truth import Truth
from screener.rules.values import Value
from screener.rules.written_tests import Chosen

Test = Callable[[ColumnFacts], Mask]
OfColumn = Callable[[Column, ColumnFacts], Mask]


class Leaves:
    """Makes single tests ready to run, with what a pack and a clinic bring: scorings, names of medicines, figures."""

    def __init__(self, scorings: Mapping[str, Scoring], dictionary: Dictionary | None, chosen: Chosen) -> None:
        self._scorings = scorings
        self._dictionary = dictionary or Dictionary()
        self._chosen = chosen

    def test(self, node: Expression) -> Test:
        """One test; TypeError for a node that has no column form."""
        for kind, make in LEAVES.items():
            if isinstance(node, kind):
                return make(self, node)
        raise TypeError(f"{type(node).__name__} is not a single test")

    def ask(self, node: Ask) -> Test:
        if node.before is not None:
            return _dated_before(node, node.before)
        if node.test in ("is", "one_of"):
            return _chosen(node.ask, frozenset((str(node.is_),) if node.one_of is None else node.one_of))
        return self._limited(node, node.ask, lambda limit: _of_ask(node, limit))

    def readings(self, node: OfReadings) -> Test:
        return self._limited(node, node.readings, lambda limit: statistics.judge(node, limit))

    def score(self, node: Score) -> Test:
        made = self._scorings.get(node.score)

        def judge(limit: Decimal | None) -> OfColumn:
            if made is None:  # a finding; until it is mended nothing can be told
                return lambda column, facts: everywhere(Truth.UNKNOWN, len(facts))
            return scoring.judge(node, made, limit)

        return self._limited(node, node.score, judge)

    def takes(self, node: Takes) -> Test:
        return taking.judge(node, self._dictionary)

    def _limited(
        self, node: Ask | OfReadings | Score, question: str, judge: Callable[[Decimal | None], OfColumn]
    ) -> Test:
        """A test against a figure or the clinic's choice: not chosen is UNKNOWN, an option without a figure is NO."""
        limit = leaves.limit_of(node)
        if isinstance(limit, ParameterRef):
            values = self._chosen.get(limit.id)
            if values is None:
                return lambda facts: open_unless_hidden(facts.of(question))
            if values.get(limit.part) is None:
                return lambda facts: everywhere(Truth.NO, len(facts))
            limit = values[limit.part]
        run = judge(limit)
        return lambda facts: run(facts.of(question), facts)


def _chosen(question: str, wanted: frozenset[str]) -> Test:
    def run(facts: ColumnFacts) -> Mask:
        column = facts.of(question)
        if isinstance(column, _OF_OPTIONS):
            return of_options(column, column.one_of(wanted))
        return of_two(column, np.zeros(len(facts), dtype=np.bool_))

    return run


_OF_OPTIONS = (Options, OptionSets)


def _of_ask(node: Ask, limit: Decimal | None) -> OfColumn:
    """The test of one answer against its figure, its two figures, or the day of the visit."""
    match node.test:
        case "between":
            assert node.between is not None
            low, high = _against("at_least", node.between[0]), _against("at_most", node.between[1])
            return lambda column, facts: all_of([low(column, facts), high(column, facts)])
        case "within" | "older_than":
            length, older = node.within or node.older_than, node.older_than is not None
            assert length is not None
            return lambda column, facts: spans.from_visit(column, length, facts, older=older)
        case "after":
            return lambda column, facts: spans.after(column, facts.days)
        case _:
            assert node.comparison is not None and limit is not None
            return _against(node.comparison, limit)


def _against(comparison: Comparison, limit: Decimal) -> OfColumn:
    decide = against(comparison, limit)

    def alone(value: Value, _: int) -> Truth:
        return compares(value, comparison, limit)

    return lambda column, _: compared(column, measure_of(column), decide, alone)


def _dated_before(node: Ask, before: str) -> Test:
    length, older = node.within or node.older_than, node.older_than is not None
    assert length is not None
    return lambda facts: spans.from_moment(facts.of(node.ask), length, facts.of(before), older=older)


def _compare(_: Leaves, node: Compare) -> Test:
    left, right, judge = leaves.of_pair(node)
    measures = (
        difference_against(node.comparison, node.limit)
        if isinstance(node.limit, Decimal)
        else multiple_against(node.comparison, node.times or 1)
    )
    return lambda facts: pair_compared(facts.of(left), facts.of(right), measures, judge)


def _missing(_: Leaves, node: Missing) -> Test:
    def run(facts: ColumnFacts) -> Mask:
        state = facts.of(node.missing).state
        yes = (state == NOT_ASKED) | (state == COME_BACK)
        return Mask(yes, ~yes & (state != GATE_OPEN))

    return run


def _accounts_differ(_: Leaves, node: AccountsDiffer) -> Test:
    def run(facts: ColumnFacts) -> Mask:
        column = facts.of(node.accounts_differ)
        yes = column.differing
        return Mask(yes, ~yes & (column.state != NOT_ASKED) & (column.state != GATE_OPEN))

    return run


LEAVES: Mapping[type[Node], Callable[[Leaves, Any], Test]] = {
    Ask: Leaves.ask,
    OfReadings: Leaves.readings,
    Score: Leaves.score,
    Takes: Leaves.takes,
    Compare: _compare,
    Missing: _missing,
    AccountsDiffer: _accounts_differ,
}
"""How each single test of the closed set is made."""
