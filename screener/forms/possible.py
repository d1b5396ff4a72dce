"""The few values that stand for everything a question may be answered with, as far as some conditions can tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from screener.forms.model import Question
from screener.rules.evaluate import Chosen
from screener.rules.expressions import Ask, Node, ParameterRef, questions_read, walk
from screener.rules.values import Kind, PartialDate, Value

MOST_OPTIONS = 4


def possible_values(
    question: Question, conditions: Iterable[Node], chosen: Chosen, day: date
) -> Sequence[Value] | None:
    """Values of which at least one makes each test of the question come out in each way that it can.

    None where no short list does: two questions compared with each other, readings, moments of a day.
    """
    leaves = [node for root in conditions for node in walk(root) if not node.children()]
    tests = [node for node in leaves if question.id in questions_read(node)]
    asks = [node for node in tests if isinstance(node, Ask) and node.before is None]
    if len(asks) < len(tests):
        return None
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE:
            return _options(question, asks)
        case Kind.CHOICES:
            return _sets(question, asks)
        case Kind.NUMBER:
            return _numbers(question, asks, chosen)
        case Kind.DATE:
            return _days(asks, day)
        case _:
            return None


def _mentioned(asks: Iterable[Ask]) -> set[str]:
    return {option for ask in asks for option in ((ask.is_,) if ask.is_ is not None else ask.one_of or ()) if option}


def _options(question: Question, asks: Iterable[Ask]) -> list[Value]:
    named = _mentioned(asks)
    other = [option for option in question.option_ids if option not in named][:1]
    return [*(option for option in question.option_ids if option in named), *other]


def _sets(question: Question, asks: Iterable[Ask]) -> list[Value] | None:
    named = sorted(_mentioned(asks))
    if len(named) > MOST_OPTIONS:
        return None
    return [frozenset(picked) for size in range(len(named) + 1) for picked in combinations(named, size)]


def _numbers(question: Question, asks: Iterable[Ask], chosen: Chosen) -> list[Value]:
    step = question.step or Decimal("0.1")
    limits = {limit for ask in asks for limit in _limits(ask, chosen)}
    return [value for value in sorted({limit + shift for limit in limits for shift in (-step, 0, step)}) if value >= 0]


def _limits(ask: Ask, chosen: Chosen) -> list[Decimal]:
    if ask.between is not None:
        return list(ask.between)
    if ask.comparison is None:
        return []
    limit = ask.limit
    if isinstance(limit, ParameterRef):
        set_to = chosen.get(limit.id, {}).get(limit.part)
        return [] if set_to is None else [set_to]
    return [limit]


def _days(asks: Iterable[Ask], day: date) -> list[Value]:
    edges = {day}
    for ask in asks:
        length = ask.within or ask.older_than
        if length is not None:
            edges.add(length.before(day))
    days = {edge.toordinal() + shift for edge in edges for shift in (-1, 0, 1)}
    inside = range(date.min.toordinal(), date.max.toordinal() + 1)
    return [PartialDate.on(date.fromordinal(number)) for number in sorted(days) if number in inside]
