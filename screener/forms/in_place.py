"""The same rules as Ibis expressions, so that a table too large for the desk is evaluated where it lies.

Only and, or, not and comparisons are used, which databases treat as strong Kleene logic does: NULL is UNKNOWN. What has
no such form yet is refused with `NotTranslated`, which names the rule, the part of it and why.

The table has a row a record: `visit`, a date, and for each question that it holds

    <question>/state              how the record stands to it, a place in `STATES`; never NULL
    <question>                    yes_no, choice, text: the option; number: whole units of 10 ** -exponent
    <question>/<option>           choices: one boolean an option
    <question>/first, /last       date: the days between which it lies
    <question>/total              instrument: the total alone, in units of 10 ** -exponent; items are not read

where every value is NULL unless the state is `answered`. A question without columns is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import combinations
from math import ceil, comb, floor
from typing import TYPE_CHECKING, Any

from screener.forms.evaluation import RuleSet
from screener.forms.model import Question
from screener.rules import leaves
from screener.rules.expressions import (
    AccountsDiffer,
    All,
    Any_,
    Ask,
    Compare,
    Comparison,
    Count,
    Duration,
    Expression,
    Missing,
    Not,
    ParameterRef,
    Score,
    questions_read,
)
from screener.rules.numbers import compare, compares, holding
from screener.rules.truth import Truth
from screener.rules.values import Interval, Kind, State

if TYPE_CHECKING:
    import ibis.expr.types as ir

STATES = tuple(State)
"""What the numbers of a `/state` column mean."""
VISIT = "visit"
MOST_COMBINATIONS = 200
"""A count becomes so many ands at most, joined by or."""
FLAT = (Kind.YES_NO, Kind.CHOICE, Kind.TEXT, Kind.CHOICES, Kind.NUMBER, Kind.DATE, Kind.INSTRUMENT)
_DAYS = {"d": 1, "wk": 7}
_OF_ONE_VALUE = (Kind.YES_NO, Kind.CHOICE, Kind.TEXT)


class NotTranslated(ValueError):  # noqa: N818 - it names what was asked for
    """Rules that have no form in a database yet, each with the part that has none and why."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{rule_id}: {why}" for rule_id, why in reasons.items()))
        self.reasons = dict(reasons)


class _NoFormError(Exception):
    """Why one part of a condition has no form."""


class InPlace:
    """The rules of one screening over a table in a database; `exponents` are the decimals of number columns."""

    def __init__(self, rules: RuleSet, exponents: Mapping[str, int] | None = None) -> None:
        self.rules = rules
        self._exponents = dict(exponents or {})

    def outcomes(self, table: ir.Table, only: Iterable[str] | None = None, keys: Sequence[str] = ()) -> ir.Table:
        """A column a rule: true is listed, false not listed, NULL not established; `rule/level` for each level.

        All rules, or `only` some, in a row for each record, which the columns `keys` tell apart: a database keeps no
        order. NotTranslated where a rule has no form.
        """
        made, reasons = self._made(table, list(self.rules.rules if only is None else only), keys)
        if reasons:
            raise NotTranslated(reasons)
        return made

    def without_form(self, table: ir.Table) -> dict[str, str]:
        """The rules that cannot be evaluated there, each with the part that has no form and why."""
        return self._made(table, list(self.rules.rules))[1]

    def _made(self, table: ir.Table, wanted: list[str], keys: Sequence[str] = ()) -> tuple[Any, dict[str, str]]:
        sight = _Sight(self.rules, table, self._exponents)
        sight.add_gates()
        columns, reasons = dict[str, Any](), dict[str, str]()
        for rule_id in wanted:
            try:
                columns |= self._rule(rule_id, sight)
            except _NoFormError as why:
                reasons[rule_id] = str(why)
        return (sight.table.select(*keys, **columns) if columns else None), reasons

    def _rule(self, rule_id: str, sight: _Sight) -> dict[str, Any]:
        levels = self.rules.conditions[rule_id].levels
        parts = [sight.truth(node) for _, node in levels]
        named = {f"{rule_id}/{name}": part for (name, _), part in zip(levels, parts, strict=True) if name is not None}
        return {rule_id: _any(parts)} | named


class _Sight:
    """Questions of a table as the logic sees them, and conditions over them."""

    def __init__(self, rules: RuleSet, table: ir.Table, exponents: Mapping[str, int]) -> None:
        self.table = table
        self._rules, self._form = rules, rules.form
        self._exponents = exponents
        self._held = frozenset(table.columns)
        self._gated: dict[str, str | None] = {}
        """The questions whose display condition stands in a column, or why it has no form."""

    def add_gates(self) -> None:
        """A column for each display condition, together with all others that rest on those before them."""
        waiting: dict[str, Any] = {}

        def put() -> None:
            if waiting:
                self.table = self.table.mutate(**waiting)
                waiting.clear()

        for question_id in self._form.in_order:
            condition = self._form.questions[question_id].shown_when
            if condition is None:
                continue
            if any(_gate(read) in waiting for read in questions_read(condition)):
                put()
            try:
                waiting[_gate(question_id)] = self.truth(condition)
                self._gated[question_id] = None
            except _NoFormError as why:
                self._gated[question_id] = str(why)
        put()

    def truth(self, node: Expression) -> Any:
        """A condition: true, false, or NULL."""
        match node:
            case All():
                return _all([self.truth(part) for part in node.all])
            case Any_():
                return _any([self.truth(part) for part in node.any])
            case Not():
                return ~self.truth(node.not_)
            case Count():
                return _at_least(node.count.at_least, [self.truth(part) for part in node.count.of])
            case Ask() if node.before is None:
                return self._limited(node, node.ask)
            case Score():
                return self._limited(node, node.score)
            case Ask():
                return self._pair(node.ask, str(node.before), lambda: self._dated(node))
            case Compare():
                left, right, _ = leaves.of_pair(node)
                return self._pair(left, right, lambda: self._compared(node, left, right))
            case Missing():
                return self._recorded(node.missing, State.NOT_ASKED, State.COME_BACK)
            case AccountsDiffer():
                asked = self._recorded(node.accounts_differ, State.DIFFERING)
                never = self._recorded(node.accounts_differ, State.NOT_ASKED)
                return asked | (never & _null())
            case _:
                raise _NoFormError(f"`{_key(node)}` is not written for databases")

    # What is seen of a question

    def _gate(self, question_id: str) -> Any:
        """The display condition of a question; None where it is always shown."""
        if question_id not in self._gated:
            return None
        why = self._gated[question_id]
        if why is not None:
            raise _NoFormError(f"whether {question_id} is shown cannot be told: {why}")
        return self.table[_gate(question_id)]

    def _question(self, question_id: str, *kinds: Kind) -> Question | None:
        """A question whose answers the table holds; None where nobody was asked."""
        question = self._form.questions.get(question_id)
        if question is None:
            return None
        if question.kind not in FLAT or (kinds and question.kind not in kinds):
            raise _NoFormError(f"{question_id} is of the kind {question.kind}, which such a test has no form for")
        return question if _state(question_id) in self._held else None

    def _shown(self, question_id: str, test: Any, instead: Callable[[], Any] | None) -> Any:
        """A test through the question's gate: what stands instead where it is NO, NULL where it is not known."""
        gate = self._gate(question_id)
        if gate is None:
            return test
        if instead is None:
            return (test | (gate & ~gate)) & gate
        return (gate & test) | (~gate & instead()) | (gate & ~gate)

    def _limited(self, node: Ask | Score, question_id: str) -> Any:
        limit = leaves.limit_of(node)
        if isinstance(limit, ParameterRef):
            values = self._rules.figures.get(limit.id)
            if values is None:
                return self._shown(question_id, _null(), self._instead(question_id, lambda _: _null()))
            if values.get(limit.part) is None:
                return _literal(False)
            limit = values[limit.part]
        test = self._score(node, limit) if isinstance(node, Score) else self._ask(node, limit)
        return self._shown(question_id, test, self._instead(question_id, lambda value: _of_value(node, limit, value)))

    def _instead(self, question_id: str, made: Callable[[Any], Any]) -> Callable[[], Any] | None:
        value = self._form.instead(question_id) if question_id in self._form.questions else None
        return None if value is None else lambda: made(value)

    def _ask(self, node: Ask, limit: Decimal | None) -> Any:
        if node.test in ("is", "one_of"):
            question = self._question(node.ask, *_OF_ONE_VALUE, Kind.CHOICES)
            return _null() if question is None else self._chosen(question, node)
        if node.test in ("within", "older_than", "after"):
            question = self._question(node.ask, Kind.DATE)
            return _null() if question is None else self._from_visit(node)
        question = self._question(node.ask, Kind.NUMBER)
        if question is None:
            return _null()
        if node.between is not None:
            low, high = node.between
            return self._against(node.ask, "at_least", low) & self._against(node.ask, "at_most", high)
        assert node.comparison is not None and limit is not None
        return self._against(node.ask, node.comparison, limit)

    def _chosen(self, question: Question, node: Ask) -> Any:
        wanted = (str(node.is_),) if node.one_of is None else node.one_of
        if question.kind in _OF_ONE_VALUE:
            return self.table[question.id].isin(wanted)
        held = [f"{question.id}/{option}" for option in wanted if option in question.option_ids]
        if not held:
            raise _NoFormError(f"{question.id} has none of the options {', '.join(wanted)}")
        return _any([self.table[name] for name in held])

    def _against(self, question_id: str, comparison: Comparison, limit: Decimal) -> Any:
        units = Fraction(limit) * 10 ** self._exponents.get(question_id, 0)
        return holding(comparison)(self.table[question_id], _edge(units, comparison))

    def _compared(self, node: Compare, left: str, right: str) -> Any:
        if self._question(left, Kind.NUMBER) is None or self._question(right, Kind.NUMBER) is None:
            return _null()
        finest = max(self._exponents.get(left, 0), self._exponents.get(right, 0))
        ours, theirs = (self.table[q] * 10 ** (finest - self._exponents.get(q, 0)) for q in (left, right))
        if isinstance(node.limit, Decimal):
            return holding(node.comparison)(ours - theirs, _edge(Fraction(node.limit) * 10**finest, node.comparison))
        return holding(node.comparison)(ours, theirs * (node.times or 1))

    # Days

    def _from_visit(self, node: Ask) -> Any:
        first, last = self._days(node.ask)
        visit = self.table[VISIT]
        if node.test == "after":
            return _of_rails(first > visit, last <= visit)
        return _spanned(node, (first, last), (visit, visit))

    def _dated(self, node: Ask) -> Any:
        before = str(node.before)
        if self._question(node.ask, Kind.DATE) is None or self._question(before, Kind.DATE) is None:
            return _null()
        return _spanned(node, self._days(node.ask), self._days(before))

    def _days(self, question_id: str) -> tuple[Any, Any]:
        return self.table[f"{question_id}/first"], self.table[f"{question_id}/last"]

    def _pair(self, left: str, right: str, test: Callable[[], Any]) -> Any:
        """A test of two questions: NO where either is not applicable, whatever the other is."""
        gates = []
        for question_id in (left, right):
            gate = self._gate(question_id)
            if gate is not None:
                if self._form.instead(question_id) is not None:
                    raise _NoFormError(
                        f"{question_id} has a value while it is hidden, beside which nothing is compared"
                    )
                gates.append(gate)
        return _all([_any([test(), *(gate & ~gate for gate in gates)]), *gates])

    # Instruments, and what is recorded

    def _score(self, node: Score, limit: Decimal | None) -> Any:
        question = self._question(node.score, Kind.INSTRUMENT)
        if question is None or question.scoring is None:
            return _null()
        scoring = question.scoring
        if node.item is not None or scoring.score_id(node.part) != scoring.main or scoring.main not in scoring.scores:
            raise _NoFormError(
                f"{node.score} is read by its total alone, not by {node.item or node.part or 'its items'}"
            )
        made, unit = scoring.scores[scoring.main], 10 ** self._exponents.get(node.score, 0)
        total = self.table[f"{node.score}/total"]
        there = total.notnull() & (total >= ceil(made.low * unit)) & (total <= floor(made.high * unit))
        parts, whole = [], []
        for comparison, figure in _tests(node, limit):
            parts.append(holding(comparison)(total, _edge(Fraction(figure) * unit, comparison)))
            exact = Interval(Fraction(figure), Fraction(figure))
            whole.append(compare(Interval(Fraction(made.low), Fraction(made.high)), comparison, exact))
        told = (there & _all(parts)) | (~there & _constant(min(whole)))
        known = self.table[_state(node.score)] == STATES.index(State.ANSWERED)
        return (known & told) | (~known & _null())

    def _recorded(self, question_id: str, *states: State) -> Any:
        """Whether a question that is shown stands in one of these states."""
        if question_id not in self._form.questions or self._question(question_id) is None:
            test = _literal(State.NOT_ASKED in states)
        else:
            test = self.table[_state(question_id)].isin([STATES.index(state) for state in states])
        return self._shown(question_id, test, None)


def _spanned(node: Ask, event: tuple[Any, Any], before: tuple[Any, Any]) -> Any:
    """`within` or `older_than`, counted back from the first or the last day that the other may be."""
    length = node.within or node.older_than
    assert length is not None
    if not length.of_days:
        raise _NoFormError(f"{node.ask} is a day, and {length} is counted in hours")
    (first, last), earliest, latest = event, _start(before[0], length), _start(before[1], length)
    if node.older_than is not None:
        return _of_rails(last < earliest, first >= latest)
    return _of_rails((first >= latest) & (last <= before[0]), (last < earliest) | (first > before[1]))


def _start(day: Any, length: Duration) -> Any:
    """The first day still inside a length counted back; databases clamp months to their ends, as calendars do."""
    import ibis

    if length.unit in _DAYS:
        return day - ibis.interval(days=length.count * _DAYS[length.unit])
    return day - ibis.interval(months=length.count * (12 if length.unit == "a" else 1))


def _of_rails(yes: Any, no: Any) -> Any:
    """True where the one is, false where the other is, NULL where neither."""
    return yes | (~no & _null())


def _of_value(node: Ask | Score, limit: Decimal | None, value: Any) -> Any:
    """What a test makes of the value that stands for a hidden question."""
    if isinstance(node, Score) or node.test in ("within", "older_than", "after"):
        raise _NoFormError("the value that stands for a hidden day or result has no form")
    if node.test in ("is", "one_of"):
        wanted = frozenset((str(node.is_),) if node.one_of is None else node.one_of)
        chosen = value if isinstance(value, frozenset) else {value}
        return _literal(not wanted.isdisjoint(chosen))
    return _constant(min(compares(value, comparison, figure) for comparison, figure in _tests(node, limit)))


def _tests(node: Ask | Score, limit: Decimal | None) -> list[tuple[Comparison, Decimal]]:
    if node.between is not None:
        return [("at_least", node.between[0]), ("at_most", node.between[1])]
    assert node.comparison is not None and limit is not None
    return [(node.comparison, limit)]


def _at_least(needed: int, parts: Sequence[Any]) -> Any:
    """So many of the parts: any so many of them together."""
    if comb(len(parts), needed) > MOST_COMBINATIONS:
        raise _NoFormError(f"{needed} of {len(parts)} are too many combinations")
    return _any([_all(some) for some in combinations(parts, needed)])


def _edge(limit: Fraction, comparison: Comparison) -> int:
    """The whole number that whole numbers are compared with to the same end."""
    return floor(limit) if comparison in ("above", "at_most") else ceil(limit)


def _all(parts: Sequence[Any]) -> Any:
    return reduce(lambda one, other: one & other, parts)


def _any(parts: Sequence[Any]) -> Any:
    return reduce(lambda one, other: one | other, parts)


def _constant(truth: Truth) -> Any:
    return _null() if truth is Truth.UNKNOWN else _literal(truth is Truth.YES)


def _literal(value: bool) -> Any:
    import ibis

    return ibis.literal(value, type="boolean")


def _null() -> Any:
    import ibis

    return ibis.null("boolean")


def _state(question_id: str) -> str:
    return f"{question_id}/state"


def _gate(question_id: str) -> str:
    return f"{question_id}/shown"


def _key(node: Expression) -> str:
    return {"OfReadings": "readings", "Takes": "takes"}.get(type(node).__name__, type(node).__name__)
