"""Single tests of values, ready to run: what each leaf of a condition makes of the value that it is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from screener.rules import numbers, spans
from screener.rules.expressions import Ask, Bounds, Compare, Limit
from screener.rules.truth import Truth
from screener.rules.values import NOT_APPLICABLE, State, Value, is_exact

# Looked up once: a rule runs at every keystroke, and reaching into an enumeration costs as much as a test.
_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_NOT_ASKED, _COME_BACK, _GATE_OPEN = State.NOT_ASKED, State.COME_BACK, State.GATE_OPEN

OfOne = Callable[[Any, date], Truth]
"""A test of one value of the kind it is for, and the day of the visit."""

OfTwo = Callable[[object, object], int]
"""A test of two values, either of which may be None or NOT_APPLICABLE, that gives one of the codes of its leaf."""


def of_ask(node: Ask, limit: Decimal | None) -> OfOne:
    """The test of one answer against its figure, its two figures, or the day of the visit."""
    match node.test:
        case "between":
            assert node.between is not None
            low, high = numbers.comparer("at_least", node.between[0]), numbers.comparer("at_most", node.between[1])
            return lambda value, _: min(low(value), high(value))
        case "within" | "older_than":
            length = node.within or node.older_than
            assert length is not None
            return spans.from_visit(length, older=node.older_than is not None)
        case "after":
            return spans.after
        case _:
            assert node.comparison is not None and limit is not None
            meets = numbers.comparer(node.comparison, limit)
            return lambda value, _: meets(value)


def of_pair(node: Ask | Compare) -> tuple[str, str, Callable[[Value, Value], Truth]]:
    """The two questions that are read, and the test of their values."""
    if isinstance(node, Ask):
        length = node.within or node.older_than
        assert length is not None and node.before is not None
        judge = spans.from_moment(length, older=node.older_than is not None)
        return node.ask, node.before, judge  # type: ignore[return-value]
    if isinstance(node.limit, Decimal):
        assert node.minus is not None
        return node.compare, node.minus, numbers.difference_comparer(node.comparison, node.limit)
    return node.compare, node.limit, numbers.multiple_comparer(node.comparison, node.times or 1)


def limit_of(node: Bounds) -> Limit | None:
    """The figure or parameter of a test, or None where it has neither."""
    return None if node.comparison is None else node.limit


def paired(test: Callable[[Value, Value], Truth], yes: int, no: tuple[int, int, int], open_: tuple[int, int]) -> OfTwo:
    """A test of two values that gives codes: `no` by the first, the second, both; `open_` for the first, the second."""
    by_first, by_second, by_both = no
    first, second = open_
    both = first | second

    def run(left: object, right: object) -> int:
        if left is None:
            return by_second if right is NOT_APPLICABLE else both if right is None else first
        if left is NOT_APPLICABLE:
            return by_first
        if right is None:
            return second
        if right is NOT_APPLICABLE:
            return by_second
        truth = test(left, right)  # type: ignore[arg-type]
        if truth is _UNKNOWN:
            return (0 if is_exact(left) else first) | (0 if is_exact(right) else second) or both  # type: ignore[arg-type]
        return yes if truth is _YES else by_both

    return run
