"""Scores of an instrument for many records: intervals that close as more items are answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np

from screener.rules.columns.column import Column, refuse
from screener.rules.columns.comparing import against, compared
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.figures import Measure, scaled
from screener.rules.columns.instruments import Results
from screener.rules.columns.masks import Mask, all_of, mended, open_unless_hidden
from screener.rules.columns.states import Bools, Whole
from screener.rules.expressions import Score
from screener.rules.scores import ScoreOf, Scoring
from screener.rules.scores import judge as judge_one
from screener.rules.truth import Truth
from screener.rules.values import InstrumentResult, Value

Ends = tuple[Whole, Whole]


def judge(node: Score, scoring: Scoring, limit: Decimal | None) -> Callable[[Column, ColumnFacts], Mask]:
    """The test of a node, ready to run."""
    if node.between is not None:
        tests = [against("at_least", node.between[0]), against("at_most", node.between[1])]
    else:
        assert node.comparison is not None and limit is not None
        tests = [against(node.comparison, limit)]
    alone = judge_one(node, scoring, limit)

    def run(column: Column, facts: ColumnFacts) -> Mask:
        if not isinstance(column, Results):
            refuse(column, "results of an instrument")
            return open_unless_hidden(column)

        def one_by_one(value: Value, row: int) -> Truth:
            assert isinstance(value, InstrumentResult)
            return alone(value, facts.day(row))

        measure = interval_of(node, column)
        parts = [compared(column, measure, decide, one_by_one) for decide in tests]
        return mended(all_of(parts), column.odd, column, one_by_one)

    return run


def interval_of(node: Score, column: Results) -> Measure:
    """Where the score, part or item that a node reads lies."""
    key = (node.part, node.item)
    known = column.worked.get(key)
    if known is None:
        found = _score(column, node.part) if node.item is None else _item(column, node.item)
        known = column.worked[key] = found
    return known


def _score(column: Results, part: str | None) -> Measure:
    """As far as its figure and its items tell. A figure outside the score's range says nothing."""
    name = column.scoring.score_id(part)
    made = column.scoring.scores[name]
    low, high, times = _reckoned(column, made)
    figure, given = _given(column, name)
    figure = figure * times
    within = given & (low <= figure) & (figure <= high)
    low, high = (
        np.where(within, figure, np.where(given, np.minimum(figure, low), low)),
        np.where(within, figure, np.where(given, np.maximum(figure, high), high)),
    )
    return Measure(low, high, times * 10**column.exponent, {})


def _given(column: Results, name: str) -> tuple[Whole, Bools]:
    """The figure recorded for a score, and where there is one in its range."""
    place, made = list(column.scoring.scores).index(name), column.scoring.scores[name]
    figure = column.figures[:, place]
    in_range = (figure >= _units(column, made.low)) & (figure <= _units(column, made.high))
    return figure, column.given[:, place] & in_range


def _reckoned(column: Results, made: ScoreOf) -> tuple[Whole, Whole, int]:
    """What the items make certain, in units of the scale divided by the number that comes third."""
    if made.of == "given" or not made.items:
        ends = (_units(column, made.low), _units(column, made.high))
        return np.full(len(column), ends[0]), np.full(len(column), ends[1]), 1
    low, high = _ends(column, made.items)
    if made.of in ("sum", "mean"):
        return low.sum(axis=1), high.sum(axis=1), 1 if made.of == "sum" else len(made.items)
    if made.of == "highest":
        return low.max(axis=1), high.max(axis=1), 1
    least = _units(column, made.at_least if made.at_least is not None else Decimal(1))
    one = 10**column.exponent
    return (low >= least).sum(axis=1) * one, (high >= least).sum(axis=1) * one, 1


def _ends(column: Results, items: Sequence[str]) -> Ends:
    """The lowest and the highest that each of these items can be, one column an item."""
    order = list(column.scoring.items)
    places = [order.index(item) for item in items]
    scales = [column.scoring.items[item] for item in items]
    said, values = column.said[:, places], column.items[:, places]
    lowest = np.array([_units(column, scale.low) for scale in scales], dtype=np.int64)
    highest = np.array([_units(column, scale.high) for scale in scales], dtype=np.int64)
    return np.where(said, values, lowest), np.where(said, values, highest)


def _units(column: Results, figure: Decimal) -> int:
    whole = scaled(figure, column.exponent)
    assert whole is not None, "the column's scale has the decimals of its instrument"
    return whole


def _item(column: Results, item: str) -> Measure:
    """As answered, or as far as the total and the other items leave it."""
    place = list(column.scoring.items).index(item)
    said = column.said[:, place]
    ends = _ends(column, [item])
    low, high = ends[0][:, 0], ends[1][:, 0]
    for name, made in column.scoring.scores.items():
        others = [other for other in made.items if other != item]
        if made.of != "sum" or item not in made.items or not others:
            continue
        figure, given = _given(column, name)
        rest_low, rest_high = (of_each.sum(axis=1) for of_each in _ends(column, others))
        left, right = np.maximum(low, figure - rest_high), np.minimum(high, figure - rest_low)
        closer = given & ~said & (left <= right)
        low, high = np.where(closer, left, low), np.where(closer, right, high)
    return Measure(low, high, 10**column.exponent, {})
