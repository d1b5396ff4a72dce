"""Nodes compiled to closures that return a truth and the questions it rests on, and rules made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from screener.rules import numbers, spans
from screener.rules import readings as statistics
from screener.rules.expressions import (
    AccountsDiffer,
    All,
    Any_,
    Ask,
    Bounds,
    Compare,
    Count,
    Expression,
    Missing,
    Node,
    Not,
    OfReadings,
    ParameterRef,
    questions_read,
)
from screener.rules.truth import Truth, negate
from screener.rules.values import Answer, Interval, PartialDate, Readings, State, Value, is_exact, unanswered

Ids = frozenset[str]
NOBODY: Ids = frozenset()
Result = tuple[Truth, Ids]
"""YES and NO come with a sufficient set of recorded questions; UNKNOWN with the questions still missing."""


@dataclass(slots=True)
class Facts:
    """What rules are evaluated against: the answers as the logic sees them, and the visit's day."""

    answers: dict[str, Answer]
    day: date

    def of(self, question: str) -> Answer:
        return self.answers.get(question) or unanswered(question)


Run = Callable[[Facts], Result]
Chosen = Mapping[str, Mapping[str, Decimal]]
"""Parameter id to the figures of the option that the clinic chose; a parameter that is absent was not chosen."""

PARAMETER = "parameter:"
"""Ids in `Result` that begin so name a parameter instead of a question."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One node ready to run, with its parts, so that an explanation runs the very same closures."""

    node: Node
    run: Run
    parts: tuple[Compiled, ...] = ()


def compile_node(node: Expression, chosen: Chosen) -> Compiled:
    """Make a node runnable with the clinic's choices built in."""
    parts = tuple(compile_node(child, chosen) for child in node.children())
    runs = tuple(part.run for part in parts)
    match node:
        case Ask():
            run = _ask(node, chosen)
        case All():
            run = _all(runs)
        case Any_():
            run = _any(runs)
        case Not():
            run = _not(runs[0])
        case Count():
            run = _count(runs, node.count.at_least)
        case Compare():
            run = _compare(node)
        case OfReadings():
            run = _of_readings(node, chosen)
        case Missing():
            run = _missing(node.missing)
        case AccountsDiffer():
            run = _accounts_differ(node.accounts_differ)
    return Compiled(node, run, parts)


def _union(sets: Iterable[Ids]) -> Ids:
    return NOBODY.union(*sets)


def _all(runs: tuple[Run, ...]) -> Run:
    def run(facts: Facts) -> Result:
        because: list[Ids] = []
        missing: list[Ids] = []
        for part in runs:
            truth, ids = part(facts)
            if truth is Truth.NO:
                return truth, ids
            (because if truth is Truth.YES else missing).append(ids)
        return (Truth.UNKNOWN, _union(missing)) if missing else (Truth.YES, _union(because))

    return run


def _any(runs: tuple[Run, ...]) -> Run:
    def run(facts: Facts) -> Result:
        because: list[Ids] = []
        missing: list[Ids] = []
        for part in runs:
            truth, ids = part(facts)
            if truth is Truth.YES:
                return truth, ids
            (because if truth is Truth.NO else missing).append(ids)
        return (Truth.UNKNOWN, _union(missing)) if missing else (Truth.NO, _union(because))

    return run


def _not(part: Run) -> Run:
    def run(facts: Facts) -> Result:
        truth, ids = part(facts)
        return negate(truth), ids

    return run


def _count(runs: tuple[Run, ...], needed: int) -> Run:
    def run(facts: Facts) -> Result:
        found: dict[Truth, list[Ids]] = {Truth.YES: [], Truth.NO: [], Truth.UNKNOWN: []}
        for part in runs:
            truth, ids = part(facts)
            found[truth].append(ids)
        if len(found[Truth.YES]) >= needed:
            return Truth.YES, _union(found[Truth.YES][:needed])
        spare = len(runs) - needed + 1
        if len(found[Truth.NO]) >= spare:
            return Truth.NO, _union(found[Truth.NO][:spare])
        return Truth.UNKNOWN, _union(found[Truth.UNKNOWN])

    return run


def _leaf(question: str, test: Callable[[Value, Facts], Truth]) -> Run:
    """A test of one answer: not applicable is NO, anything unanswered is UNKNOWN."""

    def run(facts: Facts) -> Result:
        answer = facts.answers.get(question)
        if answer is None:
            return Truth.UNKNOWN, frozenset((question,))
        if answer.state is State.ANSWERED:
            assert answer.value is not None
            truth = test(answer.value, facts)
            return truth, answer.because if truth is not Truth.UNKNOWN else answer.missing or answer.because
        if answer.state is State.NOT_APPLICABLE:
            return Truth.NO, answer.because
        return Truth.UNKNOWN, answer.missing

    return run


def _ask(node: Ask, chosen: Chosen) -> Run:
    question = node.ask
    match node.test:
        case "is":
            wanted = node.is_
            return _leaf(question, lambda value, _: _is_one_of(value, frozenset((wanted,))))
        case "one_of":
            options = frozenset(node.one_of or ())
            return _leaf(question, lambda value, _: _is_one_of(value, options))
        case "between":
            assert node.between is not None
            low, high = node.between
            return _leaf(question, lambda value, _: numbers.inside(value, low, high))
        case "within" | "older_than":
            return _span(node)
        case _:
            return _limited(node, question, chosen, lambda value, limit: _to_limit(node, value, limit))


def _is_one_of(value: Value, options: frozenset[str | None]) -> Truth:
    if isinstance(value, frozenset):
        return Truth.of(not options.isdisjoint(value))
    return Truth.of(value in options)


def _to_limit(node: Bounds, value: Value, limit: Decimal) -> Truth:
    comparison = node.comparison
    assert comparison is not None
    return numbers.compares(value, comparison, limit)


def _limited(node: Bounds, question: str, chosen: Chosen, test: Callable[[Value, Decimal], Truth]) -> Run:
    """A test against a figure, or the clinic's choice: not chosen is UNKNOWN, an option without this figure is NO."""
    limit = node.limit
    if not isinstance(limit, ParameterRef):
        figure = limit
        return _leaf(question, lambda value, _: test(value, figure))
    parameter = frozenset((PARAMETER + limit.id,))
    values = chosen.get(limit.id)
    if values is None:
        known = _leaf(question, lambda value, _: Truth.UNKNOWN)

        def unchosen(facts: Facts) -> Result:
            truth, ids = known(facts)
            if truth is Truth.NO:
                return truth, ids
            answer = facts.of(question)
            return Truth.UNKNOWN, parameter if answer.state is State.ANSWERED else parameter | ids

        return unchosen
    set_to = values.get(limit.part)
    if set_to is None:
        return lambda facts: (Truth.NO, parameter)
    inner = _leaf(question, lambda value, _: test(value, set_to))

    def run(facts: Facts) -> Result:
        truth, ids = inner(facts)
        return truth, ids if truth is Truth.UNKNOWN else ids | parameter

    return run


def _span(node: Ask) -> Run:
    length = node.within or node.older_than
    assert length is not None
    judge = spans.within if node.within is not None else spans.older_than

    def against_visit(value: Value, facts: Facts) -> Truth:
        assert isinstance(value, PartialDate | datetime)
        return judge(value, length, PartialDate.on(facts.day))

    if node.before is None:
        return _leaf(node.ask, against_visit)
    return _pair(node.ask, node.before, lambda event, before: _span_of(judge, event, length, before))


def _span_of(judge: Callable[..., Truth], event: Value, length: object, before: Value) -> Truth:
    assert isinstance(event, PartialDate | datetime) and isinstance(before, PartialDate | datetime)
    return judge(event, length, before)


def _pair(left: str, right: str, test: Callable[[Value, Value], Truth]) -> Run:
    """A test of two answers together."""

    def run(facts: Facts) -> Result:
        one, two = facts.of(left), facts.of(right)
        for answer in (one, two):
            if answer.state is State.NOT_APPLICABLE:
                return Truth.NO, answer.because
        if one.state is State.ANSWERED and two.state is State.ANSWERED:
            assert one.value is not None and two.value is not None
            truth = test(one.value, two.value)
            if truth is not Truth.UNKNOWN:
                return truth, one.because | two.because
            vague = [answer.missing for answer in (one, two) if not is_exact(answer.value)]
            return truth, _union(vague or (one.missing, two.missing))
        return Truth.UNKNOWN, _union(a.missing for a in (one, two) if a.state is not State.ANSWERED)

    return run


def _difference(left: Value, right: Value) -> Interval:
    return numbers.minus(numbers.as_interval(left), numbers.as_interval(right))


def _compare(node: Compare) -> Run:
    comparison, limit = node.comparison, node.limit
    if isinstance(limit, Decimal):
        assert node.minus is not None
        return _pair(
            node.compare,
            node.minus,
            lambda a, b: numbers.compares(_difference(a, b), comparison, limit),
        )
    factor = node.times or 1
    return _pair(
        node.compare,
        limit,
        lambda a, b: numbers.compare(numbers.as_interval(a), comparison, numbers.times(numbers.as_interval(b), factor)),
    )


def _of_readings(node: OfReadings, chosen: Chosen) -> Run:
    def judge(value: Value, limit: Decimal | None, facts: Facts) -> Truth:
        assert isinstance(value, Readings)
        return statistics.test(node, value, limit, facts.day)

    if node.count is not None:
        return _leaf(node.readings, lambda value, facts: judge(value, None, facts))

    def against(value: Value, limit: Decimal) -> Truth:
        assert isinstance(value, Readings)
        return statistics.test(node, value, limit, date.min)

    return _limited(node, node.readings, chosen, against)


def _missing(question: str) -> Run:
    def run(facts: Facts) -> Result:
        answer = facts.of(question)
        if answer.state in (State.NOT_ASKED, State.COME_BACK):
            return Truth.YES, answer.because or frozenset((question,))
        if answer.state is State.GATE_OPEN:
            return Truth.UNKNOWN, answer.missing
        return Truth.NO, answer.because

    return run


def _accounts_differ(question: str) -> Run:
    def run(facts: Facts) -> Result:
        answer = facts.of(question)
        if answer.accounts_differ:
            return Truth.YES, answer.because
        if answer.state in (State.NOT_ASKED, State.GATE_OPEN):
            return Truth.UNKNOWN, answer.missing
        return Truth.NO, answer.because

    return run


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule's condition, or its levels from the lowest to the highest, ready to run."""

    id: str
    levels: tuple[tuple[str | None, Compiled], ...]
    reads: frozenset[str]
    read_once: bool
    """No question is mentioned twice, so the sets that come back are irreducible as they are."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one rule: `because` suffices for YES and NO, `missing` can change an UNKNOWN or raise a level."""

    truth: Truth
    level: str | None = None
    because: Ids = NOBODY
    missing: Ids = NOBODY


def compile_condition(rule: str, levels: Iterable[tuple[str | None, Expression]], chosen: Chosen) -> Condition:
    """Make a rule's levels (one, named None, for a plain `when`) runnable."""
    compiled = tuple((name, compile_node(node, chosen)) for name, node in levels)
    mentions = [question for _, part in compiled for question in questions_read(part.node)]
    return Condition(rule, compiled, frozenset(mentions), len(mentions) == len(set(mentions)))


def evaluate(condition: Condition, facts: Facts) -> Outcome:
    """The highest level that is YES, with what keeps a higher one open; else NO or UNKNOWN."""
    higher: list[Ids] = []
    against: list[Ids] = []
    for name, compiled in reversed(condition.levels):
        truth, ids = compiled.run(facts)
        if truth is Truth.YES:
            return Outcome(truth, name, ids, _union(higher))
        (higher if truth is Truth.UNKNOWN else against).append(ids)
    if higher:
        return Outcome(Truth.UNKNOWN, None, NOBODY, _union(higher))
    return Outcome(Truth.NO, None, _union(against))
