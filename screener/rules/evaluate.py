"""Nodes compiled to closures that return a truth and the questions it rests on, and rules made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

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
from screener.rules.values import Answer, PartialDate, Readings, State, Value, is_exact, unanswered

Ids = frozenset[str]
NOBODY: Ids = frozenset()
# Looked up once: a rule runs at every keystroke, and reaching into an enumeration costs as much as a test.
_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_ANSWERED, _NOT_APPLICABLE = State.ANSWERED, State.NOT_APPLICABLE
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
    return _decided_by(runs, _NO, _YES)


def _any(runs: tuple[Run, ...]) -> Run:
    return _decided_by(runs, _YES, _NO)


def _decided_by(runs: tuple[Run, ...], alone: Truth, together: Truth) -> Run:
    """One part that is `alone` decides by itself; all must agree for `together`."""

    def run(facts: Facts) -> Result:
        found, agreed, missing = together, NOBODY, NOBODY
        for part in runs:
            truth, ids = part(facts)
            if truth is alone:
                return truth, ids
            if truth is together:
                agreed = agreed | ids
            else:
                found, missing = truth, missing | ids
        return found, agreed if found is together else missing

    return run


def _not(part: Run) -> Run:
    def run(facts: Facts) -> Result:
        truth, ids = part(facts)
        return negate(truth), ids

    return run


def _count(runs: tuple[Run, ...], needed: int) -> Run:
    spare = len(runs) - needed + 1

    def run(facts: Facts) -> Result:
        met = unmet = missing = NOBODY
        certain = excluded = 0
        for part in runs:
            truth, ids = part(facts)
            if truth is _YES:
                certain, met = certain + 1, met | ids
                if certain == needed:
                    return truth, met
            elif truth is _NO:
                excluded, unmet = excluded + 1, unmet | ids
                if excluded == spare:
                    return truth, unmet
            else:
                missing = missing | ids
        return _UNKNOWN, missing

    return run


def _leaf(question: str, test: Callable[[Value], Truth]) -> Run:
    """A test of one answer: not applicable is NO, anything unanswered is UNKNOWN."""
    absent: Result = (_UNKNOWN, frozenset((question,)))

    def run(facts: Facts) -> Result:
        answer = facts.answers.get(question)
        if answer is None:
            return absent
        state, value, because, missing, _ = answer
        if value is not None:
            truth = test(value)
            return truth, because if truth is not _UNKNOWN else missing or because
        return (_NO, because) if state is _NOT_APPLICABLE else (_UNKNOWN, missing)

    return run


def _leaf_on(question: str, test: Callable[[Value, date], Truth]) -> Run:
    """A test of one answer that also reads the day of the visit."""
    absent: Result = (_UNKNOWN, frozenset((question,)))

    def run(facts: Facts) -> Result:
        answer = facts.answers.get(question)
        if answer is None:
            return absent
        state, value, because, missing, _ = answer
        if value is not None:
            truth = test(value, facts.day)
            return truth, because if truth is not _UNKNOWN else missing or because
        return (_NO, because) if state is _NOT_APPLICABLE else (_UNKNOWN, missing)

    return run


def _ask(node: Ask, chosen: Chosen) -> Run:
    question = node.ask
    match node.test:
        case "is":
            return _leaf(question, _is_one_of(frozenset((node.is_,))))
        case "one_of":
            return _leaf(question, _is_one_of(frozenset(node.one_of or ())))
        case "between":
            assert node.between is not None
            low, high = numbers.comparer("at_least", node.between[0]), numbers.comparer("at_most", node.between[1])
            return _leaf(question, lambda value: min(low(value), high(value)))
        case "within" | "older_than":
            return _span(node)
        case _:
            comparison = node.comparison
            assert comparison is not None
            return _limited(node, question, chosen, lambda limit: _leaf(question, numbers.comparer(comparison, limit)))


def _is_one_of(options: frozenset[str | None]) -> Callable[[Value], Truth]:
    def test(value: Value) -> Truth:
        if isinstance(value, frozenset):
            return _NO if options.isdisjoint(value) else _YES
        return _YES if value in options else _NO

    return test


def _limited(node: Bounds, question: str, chosen: Chosen, against: Callable[[Decimal], Run]) -> Run:
    """A test against a figure, or the clinic's choice: not chosen is UNKNOWN, an option without this figure is NO."""
    limit = node.limit
    if not isinstance(limit, ParameterRef):
        return against(limit)
    parameter = frozenset((PARAMETER + limit.id,))
    values = chosen.get(limit.id)
    if values is None:
        return _unchosen(question, parameter)
    set_to = values.get(limit.part)
    if set_to is None:
        return lambda facts: (_NO, parameter)
    inner = against(set_to)

    def run(facts: Facts) -> Result:
        truth, ids = inner(facts)
        return truth, ids if truth is _UNKNOWN else ids | parameter

    return run


def _unchosen(question: str, parameter: Ids) -> Run:
    def run(facts: Facts) -> Result:
        answer = facts.of(question)
        if answer.state is _NOT_APPLICABLE:
            return _NO, answer.because
        return _UNKNOWN, parameter if answer.state is _ANSWERED else parameter | answer.missing

    return run


def _span(node: Ask) -> Run:
    length = node.within or node.older_than
    assert length is not None
    judge = spans.within if node.within is not None else spans.older_than

    def against_visit(value: Value, day: date) -> Truth:
        assert isinstance(value, PartialDate | datetime)
        return judge(value, length, PartialDate.on(day))

    if node.before is None:
        return _leaf_on(node.ask, against_visit)
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


def _compare(node: Compare) -> Run:
    comparison, limit = node.comparison, node.limit
    if isinstance(limit, Decimal):
        assert node.minus is not None
        return _pair(node.compare, node.minus, numbers.difference_comparer(comparison, limit))
    return _pair(node.compare, limit, numbers.multiple_comparer(comparison, node.times or 1))


def _of_readings(node: OfReadings, chosen: Chosen) -> Run:
    def against(limit: Decimal | None) -> Run:
        judge = statistics.judge(node, limit)

        def test(value: Value, day: date) -> Truth:
            assert isinstance(value, Readings)
            return judge(value, day)

        return _leaf_on(node.readings, test)

    return against(None) if node.comparison is None else _limited(node, node.readings, chosen, against)


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
    runs: tuple[tuple[str | None, Run], ...]
    """The same from the highest level down, as they are tried."""
    reads: frozenset[str]
    read_once: bool
    """No question is mentioned twice, so the sets that come back are irreducible as they are."""


class Outcome(NamedTuple):
    """What came of one rule: `because` suffices for YES and NO, `missing` can change an UNKNOWN or raise a level."""

    truth: Truth
    level: str | None = None
    because: Ids = NOBODY
    missing: Ids = NOBODY


def compile_condition(rule: str, levels: Iterable[tuple[str | None, Expression]], chosen: Chosen) -> Condition:
    """Make a rule's levels (one, named None, for a plain `when`) runnable."""
    compiled = tuple((name, compile_node(node, chosen)) for name, node in levels)
    mentions = [question for _, part in compiled for question in questions_read(part.node)]
    runs = tuple((name, part.run) for name, part in reversed(compiled))
    return Condition(rule, compiled, runs, frozenset(mentions), len(mentions) == len(set(mentions)))


def evaluate(condition: Condition, facts: Facts) -> Outcome:
    """The highest level that is YES, with what keeps a higher one open; else NO or UNKNOWN."""
    found, missing, against = _NO, NOBODY, NOBODY
    for name, run in condition.runs:
        truth, ids = run(facts)
        if truth is _YES:
            return Outcome(truth, name, ids, missing)
        if truth is _NO:
            against = against | ids
        else:
            found, missing = truth, missing | ids
    return Outcome(found, None, NOBODY, missing) if found is _UNKNOWN else Outcome(found, None, against)
