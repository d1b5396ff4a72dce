"""A fault anywhere in the columns is seen by the comparison with the live engine, and nothing has no column form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, get_args

import numpy as np
import pytest

from screener.forms.columns import answers, deriving, evaluation, seen
from screener.forms.columns.deriving import FORMULAS
from screener.forms.columns.evaluation import ColumnRules
from screener.forms.evaluation import RuleSet
from screener.forms.model import Formula
from screener.forms.visibility import Answers
from screener.rules.columns import comparing, leaves, masks, scoring, spans, statistics, taking, tree
from screener.rules.columns.states import ANSWERED, GATE_OPEN, NOT_APPLICABLE
from screener.rules.columns.tree import COLUMN_FORMS
from screener.rules.expressions import Expression, Not
from screener.rules.truth import Truth
from screener.rules.values import State
from tests.forms import test_columns_agree as agree
from tests.forms.random_records import records

Wrong = Callable[[Any], Any]
"""What stands in the place of something right."""


def test_every_node_of_the_language_has_a_column_form() -> None:
    nodes = {get_args(tagged)[0] for tagged in get_args(get_args(Expression)[0])}
    assert len(nodes) == 11
    assert set(COLUMN_FORMS) == nodes


def test_every_formula_has_a_column_form() -> None:
    assert set(FORMULAS) == set(get_args(Formula.model_fields["name"].annotation))


def _every_account_counts(right: Any) -> Any:
    """Where accounts differ, the first is taken."""

    def made(question: Any, given: Any) -> Any:
        return right(question, [None if one is None else replace(one, used=one.accounts[0].by) for one in given])

    return made


def _as_if_hidden(right: Any) -> Any:
    """What is not known to be shown is taken as hidden."""

    def made(column: Any, gate: Any, instead: Any) -> Any:
        seen_ = right(column, gate, instead)
        return seen_.standing_as(_replaced(seen_.state, GATE_OPEN, NOT_APPLICABLE))

    return made


def _replaced(states: Any, wrong: int, stands: int) -> Any:
    return np.where(states == wrong, np.uint8(stands), states)


FAULTS: dict[str, tuple[Any, str, Wrong]] = {
    "and that needs one part": (masks, "_and", lambda right: lambda rails: masks._or(rails)),
    "not that keeps UNKNOWN as NO": (
        tree, "JOINS",
        lambda right: {**right, Not: lambda _: lambda parts: masks.Mask(~parts[0].yes, parts[0].yes)},
    ),
    "a count of one too many": (tree, "at_least", lambda right: lambda needed, parts: right(needed + 1, parts)),
    "what is not applicable stays open": (
        leaves, "of_options",
        lambda right: lambda column, holds: masks.Mask(holds & column.answered, ~holds & column.answered),
    ),
    "above is at least": (comparing, "edge", lambda right: lambda limit, comparison: right(limit, comparison) - 1),
    "parts of a number dropped": (leaves, "against", lambda right: lambda sign, limit: right(sign, int(limit))),
    "intervals read as their first ends": (
        comparing, "ends_hold", lambda right: lambda a, b, c, d, e: (right(a, a, c, d, d)),
    ),
    "within without its last day": (
        spans, "starts", lambda right: lambda length, days: right(length, days) + np.int32(1),
    ),
    "months of thirty days": (
        spans, "_start", lambda right: lambda length, day: max(1, day - length.count * 30),
    ),
    "a pressure of 0 is a value": (
        statistics, "has_part", lambda right: lambda grid, part: getattr(grid, part, grid.systolic) >= 0,
    ),
    "screening does not stand for before": (statistics, "BEFORE_ANY_DOSE", lambda right: ()),
    "none taken is nothing said": (
        statistics, "_counting",
        lambda right: lambda c, p, column, f: right(c, p, replace(column, none_taken=column.none_taken & False), f),
    ),
    "gaps in a score read as its lowest": (
        scoring, "_ends", lambda right: lambda column, items: (right(column, items)[0],) * 2,
    ),
    "a total that overrules its items": (
        scoring, "_reckoned",
        lambda right: lambda column, made: (*(np.zeros(len(column), np.int64),) * 2, right(column, made)[2]),
    ),
    "an unrecognised name is none of them": (
        taking, "kinds_of", lambda right: lambda *a: [(k, p) for k, p in right(*a) if p is not None],
    ),
    "one substance of a product": (taking, "kinds_of", lambda right: lambda *a: right(*a)[:1]),
    "half-lives as long as the longest": (taking, "lengths_us", lambda right: lambda *a: (right(*a)[1],) * 2),
    "a list is always all": (
        seen, "MedicineRows", lambda right: type("NoList", (), {}),
    ),
    "a gate that is open hides": (seen, "behind", _as_if_hidden),
    "the first of the accounts that differ": (answers, "column_of", _every_account_counts),
    "a level is the lowest that is met": (
        evaluation, "_levelled", lambda right: lambda parts, *places: right(parts[:1] * len(parts), *places),
    ),
    "a derived value of the first ends": (
        deriving, "_between", lambda right: lambda low, high: right(low, low),
    ),
    "declined is no": (answers, "NUMBER", lambda right: {**right, State.DECLINED: ANSWERED}),
    "not chosen is no": (
        leaves, "open_unless_hidden", lambda right: lambda column: masks.everywhere(Truth.NO, len(column)),
    ),
}  # fmt: skip


@cache
def samples() -> list[tuple[RuleSet, list[tuple[date, Answers]], list[dict[str, agree.Said]]]]:
    """Rules with a few records each, and what the live engine says of them."""
    shipped = [(agree.on_pathway("kap", None), 80), (agree.on_pathway("mdma-research", 0), 120)]
    found = []
    for rules, count in [*shipped, *((made_up, 600) for made_up in agree.made_up()[-2:])]:
        given: list[tuple[date, Answers]] = list(records(rules.form, count, seed=11))
        found.append((rules, given, agree.live(rules, given)))
    return found


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, wrong = FAULTS[fault]
    monkeypatch.setattr(where, name, wrong(getattr(where, name)))
    monkeypatch.setattr(agree, "over_columns", ColumnRules)
    assert any(agree.differences(rules, given, known) for rules, given, known in samples())


def test_without_a_fault_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agree, "over_columns", ColumnRules)
    assert not any(agree.differences(rules, given, known) for rules, given, known in samples())
