"""Scores while items are missing: decided as soon as the answered items make it certain, either way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.rules.evaluate import Condition, Facts, evaluate
from screener.rules.facts import Layout
from screener.rules.scores import ItemScale, ScoreOf, Scoring
from screener.rules.truth import Truth
from screener.rules.values import InstrumentResult, Interval, answered
from tests.rules.columns import in_columns
from tests.rules.running import NO, UNKNOWN, VISIT, YES, node

FOUR = ItemScale(tuple(map(Decimal, range(4))))
ITEMS = tuple("12345")
NINE = Scoring(
    dict.fromkeys(ITEMS, FOUR),
    {
        "total": ScoreOf("sum", ITEMS, Decimal(0), Decimal(15)),
        "mean": ScoreOf("mean", ITEMS, Decimal(0), Decimal(3)),
        "highest": ScoreOf("highest", ITEMS, Decimal(0), Decimal(3)),
        "threes": ScoreOf("count", ITEMS, Decimal(0), Decimal(5), Decimal(3)),
        "distress": ScoreOf("given", (), Decimal(0), Decimal(20)),
    },
)
LAYOUT = Layout({"q": 0}, scorings={"q": NINE})


def result(items: str = "", total: int | None = None, **scores: int) -> InstrumentResult:
    """Items as figures in order, `-` where one is missing."""
    given_items = tuple((item, Decimal(figure)) for item, figure in zip(ITEMS, items, strict=False) if figure != "-")
    return InstrumentResult(
        given_items,
        None if total is None else Decimal(total),
        tuple((name, Decimal(figure)) for name, figure in scores.items()),
    )


def truth(written: dict[str, Any], value: InstrumentResult | None) -> Truth:
    answers = {} if value is None else {"q": answered("q", value)}
    made, facts = node({"score": "q", **written}), Facts(answers, VISIT, LAYOUT)
    found = evaluate(Condition("r", [(None, made)], {}, LAYOUT), facts).truth
    assert in_columns(made, facts) is found, "columns come to something else"
    return found


AT_10: dict[str, Any] = {"at_least": 10}
CASES: list[tuple[dict[str, Any], InstrumentResult | None, Truth]] = [
    (AT_10, None, UNKNOWN),
    (AT_10, result("22222"), YES),
    (AT_10, result("22221"), NO),
    (AT_10, result("333-1"), YES),
    (AT_10, result("000--"), NO),
    (AT_10, result("222--"), UNKNOWN),
    (AT_10, result(total=10), YES),
    (AT_10, result(total=9), NO),
    (AT_10, result("222--", total=9), NO),
    (AT_10, result("22222", total=9), UNKNOWN),  # they do not agree
    (AT_10, result("22222", total=12), YES),  # they do not agree, and both are over the line
    (AT_10, result(total=99), UNKNOWN),
    ({"item": "5", "at_least": 1}, result("----2"), YES),
    ({"item": "5", "at_least": 1}, result("----0"), NO),
    ({"item": "5", "at_least": 1}, result(total=0), NO),
    ({"item": "5", "at_least": 1}, result(total=13), YES),
    ({"item": "5", "at_least": 1}, result(total=12), UNKNOWN),
    ({"item": "5", "at_least": 1}, result("3300-", total=7), YES),
    ({"item": "5", "at_least": 1}, result("3300-", total=6), NO),
    ({"part": "mean", "above": 2}, result("33322"), YES),
    ({"part": "mean", "above": 2}, result("22222"), NO),
    ({"part": "highest", "at_least": 3}, result("-3---"), YES),
    ({"part": "highest", "at_least": 3}, result("0000-"), UNKNOWN),
    ({"part": "threes", "at_least": 2}, result("33---"), YES),
    ({"part": "threes", "at_least": 2}, result("3000-"), UNKNOWN),
    ({"part": "threes", "at_least": 2}, result("0000-"), NO),
    ({"part": "distress", "at_least": 9}, result(distress=9), YES),
    ({"part": "distress", "at_least": 9}, result(distress=8), NO),
    ({"part": "distress", "at_least": 9}, result("33333"), UNKNOWN),
    ({"between": [5, 9]}, result(total=5), YES),
    ({"between": [5, 9]}, result(total=10), NO),
    ({"between": [5, 9]}, result("22---"), UNKNOWN),
    ({"below": 3}, result("1----"), UNKNOWN),
]


@pytest.mark.parametrize(("written", "value", "expected"), CASES)
def test_what_a_score_makes_of_items_and_totals(
    written: dict[str, Any], value: InstrumentResult | None, expected: Truth
) -> None:
    assert truth(written, value) is expected


PARTLY = st.lists(st.sampled_from([None, 0, 1, 2, 3]), min_size=5, max_size=5)


@given(PARTLY, st.sampled_from(["total", "mean", "highest", "threes"]))
def test_a_score_lies_where_every_way_to_answer_the_rest_can_bring_it(items: list[int | None], part: str) -> None:
    known = InstrumentResult(tuple((i, Decimal(v)) for i, v in zip(ITEMS, items, strict=True) if v is not None))
    whole = [
        InstrumentResult(tuple((item, Decimal(value)) for item, value in zip(ITEMS, ways, strict=True)))
        for ways in product(*([value] if value is not None else range(4) for value in items))
    ]
    reached = [NINE.score(one, part) for one in whole]
    assert all(value.low == value.high for value in reached)
    assert NINE.score(known, part) == Interval(min(v.low for v in reached), max(v.high for v in reached))


@given(PARTLY, st.integers(0, 15), st.sampled_from(ITEMS))
def test_an_item_lies_where_the_total_and_the_others_leave_it(items: list[int | None], total: int, item: str) -> None:
    known = InstrumentResult(
        tuple((i, Decimal(v)) for i, v in zip(ITEMS, items, strict=True) if v is not None), Decimal(total)
    )
    place = ITEMS.index(item)
    reached = [
        ways[place]
        for ways in product(*([value] if value is not None else range(4) for value in items))
        if sum(ways) == total
    ]
    answered_with = items[place]
    if answered_with is not None:
        low = high = answered_with
    else:
        low, high = (min(reached), max(reached)) if reached else (0, 3)  # where no way agrees nothing is known
    assert NINE.item(known, item) == Interval(Fraction(low), Fraction(high))


def test_what_does_not_agree_is_said() -> None:
    assert NINE.doubts(result("22222", total=9)) == ["total 9, but the items come to 10"]
    assert NINE.doubts(result("222--", total=3)) == ["total 3, but the items come to 6 to 12"]
    assert NINE.doubts(result(total=16)) == ["total 16 lies outside 0 to 15"]
    assert NINE.doubts(result("22222", total=10)) == []
    assert NINE.score(result("33322"), "mean").low == Fraction(13, 5)
