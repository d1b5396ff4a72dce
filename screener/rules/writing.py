"""Conditions written as Python expressions that come to a code; nothing of a pack's text ever stands in one.

An expression holds numbers that `codes` gives, operators, names that are made here, and slots: names for what is handed
to it beside. Slots are given by whoever makes something of the expression to run, a closure or a whole function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any, Protocol, TypeGuard

from screener.rules import leaves, medicines, readings, scores, spans
from screener.rules.codes import PARAMETER, TRUTH, UNKNOWN, YES, Codes
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
    OfReadings,
    ParameterRef,
    Score,
    Takes,
)
from screener.rules.facts import Facts, Layout
from screener.rules.numbers import UNROUNDED
from screener.rules.truth import Truth
from screener.rules.values import NOT_APPLICABLE, State

Chosen = Mapping[str, Mapping[str, Decimal]]
"""Parameter id to the figures of the option that the clinic chose; a parameter that is absent was not chosen."""

Run = Callable[[list[object], Facts], int]
"""A condition ready to run on the values `v` and the facts `f` they belong to; gives a code."""

MOST_PARTS = 12
DEEPEST = 8
"""Python reads brackets only so deep: what lies deeper, or is longer, becomes a closure of its own."""

MOST_COUNTED = 5
"""Of so many options there are 243 ways to be answered."""

_SIGNS: dict[Comparison, str] = {"above": ">", "at_least": ">=", "at_most": "<=", "below": "<"}


class Slots(Protocol):
    """How an expression comes by what is not written in it."""

    @property
    def day(self) -> str:
        """The day of the visit."""

    def constant(self, value: object) -> str:
        """A value that stays the same."""

    def once(self, text: str) -> str:
        """What a call comes to that other conditions may make too."""

    def value(self, place: int) -> str:
        """The value at a place; it may be asked for as often as it is read."""

    def seen(self, place: int) -> str:
        """The answer at a place, as the logic sees it."""


class Writer:
    """Writes the expression of one condition. `closure_of` makes a closure of a part that lies too deep."""

    def __init__(
        self, codes: Codes, layout: Layout, chosen: Chosen, slots: Slots, closure_of: Callable[[Expression], Run]
    ) -> None:
        self.codes = codes
        self.layout = layout
        self.chosen = chosen
        self._slots = slots
        self._constant = slots.constant
        self._closure_of = closure_of
        self._names = 0

    def _name(self) -> str:
        self._names += 1
        return f"t{self._names}"

    def _value(self, question: str) -> tuple[str, str]:
        """A value where it is read first, and where again. A question that the pathway does not ask has none."""
        place = self.layout.place.get(question)
        if place is None:
            return "None", "None"
        return self._kept(self._slots.value(place))

    def _kept(self, text: str) -> tuple[str, str]:
        """A text where it is read first, with a name for it where it is read again."""
        if text.isidentifier():
            return text, text
        name = self._name()
        return f"({name} := {text})", name

    def condition(self, nodes: Sequence[Expression], *, levels: bool) -> str:
        """A condition, or levels from the lowest to the highest."""
        return self.levels(nodes) if levels else self.part(nodes[0])

    # What has parts

    def levels(self, nodes: Sequence[Expression]) -> str:
        """The highest level that is YES, with what keeps a higher one open; else what all of them come to."""
        if not nodes:
            return str(self.codes.no())
        text, before = "", ""
        for rank, node in reversed(list(enumerate(nodes))):
            name = self._name()
            open_above = f" | ({before}) & {self.codes.all_missing}" if before else ""
            found = f"{name} | {self.codes.level(rank)}{open_above}"
            text += f"{found} if ({name} := {self.part(node)}) {self._decides(node, YES)} else "
            before = f"{before} | {name}" if before else name
        return text + before

    def part(self, node: Expression, depth: int = 0) -> str:
        if depth > DEEPEST:
            return self._apart(node)
        match node:
            case All():
                return self._decided_by(node.all, 0, depth)
            case Any_():
                return self._decided_by(node.any, YES, depth)
            case Not():
                return self._not(node.not_, depth)
            case Count():
                return self._count(node.count.at_least, node.count.of, depth)
            case _:
                return self._leaf(node)

    def _apart(self, node: Expression) -> str:
        return f"{self._constant(self._closure_of(node))}(v, f)"

    def _decided_by(self, parts: Sequence[Expression], alone: int, depth: int) -> str:
        """One part that is `alone` decides by itself; all must agree otherwise, and what is open stays open."""
        tests = [self._decisive(part, alone, depth + 1) for part in parts]
        while len(tests) > MOST_PARTS:
            chunks = [tests[first : first + MOST_PARTS] for first in range(0, len(tests), MOST_PARTS)]
            tests = [self._looked_into(_first_of(chunk), f"& {TRUTH} == {alone}") for chunk in chunks]
        return _first_of(tests)

    def _decisive(self, part: Expression, alone: int, depth: int) -> tuple[str, str]:
        """What gives the code of a part that decides by itself, up to its `else`; and the code where it does not."""
        leaf = part.not_ if isinstance(part, Not) else part
        if not _is_option(leaf):
            return self._looked_into(self.part(part, depth), self._decides(part, alone))
        no, unknown, yes = self._of(leaf is not part, leaf.ask)
        first, name = self._value(leaf.ask)
        if yes & TRUTH == alone:
            return f"{yes} if {self._holds(leaf, first, name)} else ", f"({unknown} if {name} is None else {no})"
        fails = f"{first} is not None and not {self._holds(leaf, name, name)}"
        return f"{no} if {fails} else ", f"({unknown} if {name} is None else {yes})"

    def _looked_into(self, text: str, decides: str) -> tuple[str, str]:
        name = self._name()
        return f"{name} if ({name} := {text}) {decides} else ", name

    def _decides(self, node: Expression, truth: int) -> str:
        """How a part is seen to be of this truth; one test that has one code for it need not be looked into."""
        leaf = node.not_ if isinstance(node, Not) else node
        if not isinstance(leaf, Ask) or leaf.before is not None or isinstance(leaves.limit_of(leaf), ParameterRef):
            return f"& {TRUTH} == {truth}"
        return f"== {self.codes.yes(leaf.ask) if truth == YES else self.codes.no(leaf.ask)}"

    def _count(self, needed: int, of: Sequence[Expression], depth: int) -> str:
        """Of a few single options, all that they can come to together is in a table; else the parts are counted."""
        options = [part for part in of if _is_option(part)]
        if len(options) < len(of) or len(of) > MOST_COUNTED:
            count = self._constant(_counter(needed, len(of)))
            return f"{count}({', '.join(self.part(part, depth + 1) for part in of)})"
        digits = [3**place for place in range(len(of))]
        written = [self._option(part, (0, digit, 2 * digit)) for part, digit in zip(options, digits, strict=True)]
        table = _table(needed, tuple(self._of(False, part.ask) for part in options))
        return f"{self._constant(table)}[{' + '.join(written)}]"

    def _not(self, node: Expression, depth: int) -> str:
        if not node.children():
            return self._leaf(node, flip=True)
        name = self._name()
        return f"({name} if ({name} := {self.part(node, depth + 1)}) & {UNKNOWN} else {name} ^ {YES})"

    # Single tests

    def _leaf(self, node: Expression, *, flip: bool = False) -> str:
        """One test; `flip` gives what its `not` comes to."""
        match node:
            case Ask() if node.before is not None:
                return self._pair(node, flip)
            case Compare():
                return self._pair(node, flip)
            case Ask() if node.test in ("is", "one_of"):
                return self._option(node, self._of(flip, node.ask))
            case Ask():
                return self._limited(node, node.ask, flip)
            case OfReadings() if node.comparison is None:
                return self._judged(readings.judge(node), node.readings, self._of(flip, node.readings))
            case OfReadings():
                return self._limited(node, node.readings, flip)
            case Score():
                return self._limited(node, node.score, flip)
            case Takes() if node.before is not None:
                return self._takes_before(node, node.before, flip)
            case Takes():
                return self._judged(medicines.judge(node, self._dictionary), node.in_, self._of(flip, node.in_))
            case Missing():
                return self._not_recorded(node.missing, flip)
            case AccountsDiffer():
                return self._accounts_differ(node.accounts_differ, flip)
            case _:
                raise TypeError(f"{type(node).__name__} is not a single test")

    def _of(self, flip: bool, *sources: str) -> tuple[int, int, int]:
        """The codes of a test of these sources that fails, is open, holds."""
        no, yes = self.codes.no(*sources), self.codes.yes(*sources)
        return (yes if flip else no), self.codes.unknown(*sources), (no if flip else yes)

    def _option(self, node: Ask, come_to: tuple[int, int, int]) -> str:
        no, unknown, yes = come_to
        first, name = self._value(node.ask)
        return f"({unknown} if {first} is None else {yes} if {self._holds(node, name, name)} else {no})"

    def _holds(self, node: Ask, first: str, name: str) -> str:
        """Whether a value is among the options; nothing is, where there is none."""
        options = self._constant(node.is_ if self._is_one(node) else frozenset(node.one_of or (node.is_,)))
        if self._is_one(node):
            return f"({first} == {options})"
        if node.ask in self.layout.single:
            return f"({first} in {options})"
        return f"(not {options}.isdisjoint({name}) if {first}.__class__ is frozenset else {name} in {options})"

    def _is_one(self, node: Ask) -> bool:
        return node.is_ is not None and node.ask in self.layout.single

    def _limited(self, node: Ask | OfReadings | Score, question: str, flip: bool) -> str:
        """A test against a figure or the clinic's choice: not chosen is UNKNOWN, an option without a figure is NO."""
        limit = leaves.limit_of(node)
        if not isinstance(limit, ParameterRef):
            return self._measured(node, question, limit, self._of(flip, question))
        parameter = PARAMETER + limit.id
        values = self.chosen.get(limit.id)
        if values is None:
            return self._unchosen(question, parameter, flip)
        set_to = values.get(limit.part)
        if set_to is None:
            return str(self._of(flip, parameter)[0])
        no, _, yes = self._of(flip, question, parameter)
        return self._measured(node, question, set_to, (no, self.codes.unknown(question), yes))

    def _unchosen(self, question: str, parameter: str, flip: bool) -> str:
        first, name = self._value(question)
        both, itself = self.codes.unknown(question, parameter), self.codes.unknown(parameter)
        hidden = self._constant(NOT_APPLICABLE)
        no = self._of(flip, question)[0]
        return f"({both} if {first} is None else {no} if {name} is {hidden} else {itself})"

    def _measured(
        self, node: Ask | OfReadings | Score, question: str, limit: Decimal | None, codes: tuple[int, int, int]
    ) -> str:
        """A test of a value. One number against one figure is written out, all else is called."""
        no, unknown, _ = codes
        if isinstance(node, Score):
            scoring = self.layout.scorings.get(question)
            if scoring is None:  # a finding; until it is mended nothing can be told
                return str(unknown)
            return self._judged(scores.judge(node, scoring, limit), question, codes)
        if isinstance(node, OfReadings):
            assert limit is not None
            return self._statistic(node, limit, codes)
        first, name = self._value(question)
        called = f"{self._constant(codes)}[{self._constant(leaves.of_ask(node, limit))}({name}, {self._slots.day})]"
        called = f"{called} if {name} is not {self._constant(NOT_APPLICABLE)} else {no}"
        return f"({unknown} if {first} is None else {self._plainly(node, limit, name, codes)}{called})"

    def _plainly(self, node: Ask, limit: Decimal | None, name: str, codes: tuple[int, int, int]) -> str:
        """What comes of a value of the kind that is usual, if the test can be written out for it."""
        no, _, yes = codes
        length = node.within or node.older_than
        if length is not None:
            return f"{self._by_day(node, length, name, codes)} if {name}.__class__ is PartialDate else "
        if node.between is not None:
            holds = f"{self._constant(node.between[0])} <= {name} <= {self._constant(node.between[1])}"
        elif node.comparison is not None:
            holds = f"{name} {_SIGNS[node.comparison]} {self._constant(limit)}"
        else:
            return ""
        return f"({yes} if {holds} else {no}) if {name}.__class__ is Decimal else "

    def _by_day(self, node: Ask, length: Duration, name: str, codes: tuple[int, int, int]) -> str:
        """A date against the visit; a day alone never tells hours."""
        no, unknown, yes = codes
        if not length.of_days:
            return str(unknown)
        day = self._slots.day
        first, start = self._kept(self._slots.once(f"{self._constant(spans.counted_back(length))}({day})"))
        if node.older_than is not None:
            return f"({yes} if {name}.last < {first} else {no} if {name}.first >= {start} else {unknown})"
        inside, outside = (
            f"{name}.first >= {first} and {name}.last <= {day}",
            f"{name}.last < {start} or {name}.first > {day}",
        )
        return f"({yes} if {inside} else {no} if {outside} else {unknown})"

    def _statistic(self, node: OfReadings, limit: Decimal, codes: tuple[int, int, int]) -> str:
        """A figure of what was taken against a limit; UNKNOWN where too little was."""
        no, unknown, yes = codes
        first, name = self._value(node.readings)
        read = self._slots.once(f"{self._constant(readings.taken_in(node.phase, node.part))}({name})")
        taken, values = self._kept(read)
        few = f"len({taken}) < 2" if node.spread else f"not {taken}"
        against = self._constant(limit)
        if node.mean is not None:
            figure = self._slots.once(f"{self._constant(readings.total_in(node.phase, node.part))}({name})")
            against = f"{self._constant(readings.Multiples(limit))}[len({values})]"
        else:
            figure = self._figure(readings.statistic_of(node), values)
        holds = f"{figure} {_SIGNS[_comparison(node)]} {against}"
        hidden = self._constant(NOT_APPLICABLE)
        return f"({no} if {first} is {hidden} else {unknown} if {few} else {yes} if {holds} else {no})"

    def _figure(self, statistic: str, values: str) -> str:
        match statistic:
            case "last":
                return f"{values}[-1]"
            case "highest":
                return f"max({values})"
            case "least":
                return f"min({values})"
            case _:
                return f"{self._constant(UNROUNDED.subtract)}(max({values}), min({values}))"

    @property
    def _dictionary(self) -> medicines.Dictionary:
        return self.layout.dictionary or medicines.Dictionary()

    def _judged(self, test: Callable[[Any, date], Truth], question: str, codes: tuple[int, int, int]) -> str:
        """A test of one value and the day of the visit, called."""
        no, unknown, _ = codes
        first, name = self._value(question)
        called = f"{self._constant(codes)}[{self._constant(test)}({name}, {self._slots.day})]"
        hidden = self._constant(NOT_APPLICABLE)
        return f"({unknown} if {first} is None else {no} if {name} is {hidden} else {called})"

    def _takes_before(self, node: Takes, before: str, flip: bool) -> str:
        both, alone, moment = (self._of(flip, *names) for names in ((node.in_, before), (node.in_,), (before,)))
        open_ = (self.codes.unknown(node.in_), self.codes.unknown(before))
        run = medicines.judge_before(node, self._dictionary, (alone[2], both[2]), (alone[0], moment[0], both[0]), open_)
        return f"{self._constant(run)}({self._value(node.in_)[0]}, {self._value(before)[0]})"

    def _pair(self, node: Ask | Compare, flip: bool) -> str:
        left, right, test = leaves.of_pair(node)
        no, _, yes = self._of(flip, left, right)
        one_no = (self._of(flip, left)[0], self._of(flip, right)[0], no)
        run = leaves.paired(test, yes, one_no, (self.codes.unknown(left), self.codes.unknown(right)))
        (first, one), (second, two) = self._value(left), self._value(right)
        plain, kind = self._two_moments(node, one, two) if isinstance(node, Ask) else self._two_numbers(node, one, two)
        if not plain:
            return f"{self._constant(run)}({first}, {second})"
        both = f"({first}.__class__ is {kind}) & ({second}.__class__ is {kind})"
        return f"(({yes} if {plain} else {no}) if {both} else {self._constant(run)}({one}, {two}))"

    def _two_numbers(self, node: Compare, one: str, two: str) -> tuple[str, str]:
        """Two plain numbers compared, never rounded."""
        sign = _SIGNS[node.comparison]
        if isinstance(node.limit, Decimal):
            less = f"{self._constant(UNROUNDED.subtract)}({one}, {two})"
            return f"{less} {sign} {self._constant(node.limit)}", "Decimal"
        if node.times in (None, 1):
            return f"{one} {sign} {two}", "Decimal"
        return f"{one} {sign} {self._constant(UNROUNDED.multiply)}({two}, {self._constant(node.times)})", "Decimal"

    def _two_moments(self, node: Ask, one: str, two: str) -> tuple[str, str]:
        """Two moments some minutes or hours apart; nothing where whole days are counted."""
        length = node.within or node.older_than
        assert length is not None
        if length.of_days:
            return "", ""
        most = self._constant(timedelta(minutes=length.count * (60 if length.unit == "h" else 1)))
        if node.older_than is not None:
            return f"{two} - {one} > {most}", "datetime"
        return f"{self._constant(timedelta(0))} <= {two} - {one} <= {most}", "datetime"

    def _not_recorded(self, question: str, flip: bool) -> str:
        """Whether nothing is recorded; UNKNOWN while it is not established that the question is asked."""
        no, unknown, yes = self._of(flip, question)
        place = self.layout.place.get(question)
        if place is None:
            return str(yes)
        first, state = self._kept(f"{self._slots.seen(place)}.state")
        open_, later, gate = map(self._constant, (State.NOT_ASKED, State.COME_BACK, State.GATE_OPEN))
        return f"({yes} if {first} is {open_} or {state} is {later} else {unknown} if {state} is {gate} else {no})"

    def _accounts_differ(self, question: str, flip: bool) -> str:
        """Whether several accounts differ; UNKNOWN while there is none."""
        no, unknown, yes = self._of(flip, question)
        place = self.layout.place.get(question)
        if place is None:
            return str(unknown)
        first, answer = self._kept(self._slots.seen(place))
        opened, state = self._kept(f"{answer}.state")
        none = f"{opened} is {self._constant(State.NOT_ASKED)} or {state} is {self._constant(State.GATE_OPEN)}"
        return f"({yes} if {first}.accounts_differ else {unknown} if {none} else {no})"


def _comparison(node: OfReadings) -> Comparison:
    assert node.comparison is not None
    return node.comparison


def _first_of(tests: Sequence[tuple[str, str]]) -> str:
    """The first part that decides; else all of them together."""
    return f"({''.join(decides for decides, _ in tests)}{' | '.join(code for _, code in tests)})"


def _is_option(node: Expression) -> TypeGuard[Ask]:
    return isinstance(node, Ask) and node.test in ("is", "one_of")


@lru_cache(maxsize=256)
def _table(needed: int, truths: tuple[tuple[int, int, int], ...]) -> tuple[int, ...]:
    """What parts of these codes (NO, UNKNOWN, YES) come to together, the first part changing quickest."""
    count = _counter(needed, len(truths))
    return tuple(count(*reversed(parts)) for parts in product(*reversed(truths)))


def _counter(needed: int, of: int) -> Callable[..., int]:
    """Puts so many parts together: decided as soon as enough are YES, or too many are NO."""
    spare = of - needed + 1

    def run(*parts: int) -> int:
        met = unmet = missing = certain = excluded = 0
        for part in parts:
            truth = part & TRUTH
            if truth == YES:
                certain += 1
                met |= part
                if certain == needed:
                    return met
            elif truth:
                missing |= part
            else:
                excluded += 1
                unmet |= part
                if excluded == spare:
                    return unmet
        return missing

    return run
