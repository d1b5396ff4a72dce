"""Single tests written as Python expressions that come to a code; nothing of a pack's text ever stands in one.

An expression holds numbers that `codes` gives, operators, names that are made here, and slots: names for what is handed
to it beside. Slots are given by whoever makes something of the expression to run, a closure or a whole function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from screener.rules import leaves, medicines, readings, scores, spans
from screener.rules.codes import PARAMETER, Codes
from screener.rules.expressions import (
    AccountsDiffer,
    Ask,
    Compare,
    Comparison,
    Duration,
    Expression,
    Missing,
    OfReadings,
    ParameterRef,
    Score,
    Takes,
)
from screener.rules.facts import Layout
from screener.rules.numbers import UNROUNDED
from screener.rules.truth import Truth
from screener.rules.values import NOT_APPLICABLE, State

Chosen = Mapping[str, Mapping[str, Decimal]]
"""Parameter id to the figures of the option that the clinic chose; a parameter that is absent was not chosen."""

_MULTIPLY = UNROUNDED.multiply
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


class SingleTests:
    """Writes the single tests of one condition."""

    def __init__(self, codes: Codes, layout: Layout, chosen: Chosen, slots: Slots) -> None:
        self.codes = codes
        self.layout = layout
        self.chosen = chosen
        self._slots = slots
        self.constant = slots.constant
        self._names = 0

    def name(self) -> str:
        self._names += 1
        return f"t{self._names}"

    def value(self, question: str) -> tuple[str, str]:
        """A value where it is read first, and where again. A question that the pathway does not ask has none."""
        place = self.layout.place.get(question)
        if place is None:
            return "None", "None"
        return self._kept(self._slots.value(place))

    def _kept(self, text: str) -> tuple[str, str]:
        """A text where it is read first, with a name for it where it is read again."""
        if text.isidentifier():
            return text, text
        name = self.name()
        return f"({name} := {text})", name

    def leaf(self, node: Expression, *, flip: bool = False) -> str:
        """One test; `flip` gives what its `not` comes to."""
        match node:
            case Ask() if node.before is not None:
                return self._pair(node, flip)
            case Compare():
                return self._pair(node, flip)
            case Ask() if node.test in ("is", "one_of"):
                return self.option(node, self.of(flip, node.ask))
            case Ask():
                return self._limited(node, node.ask, flip)
            case OfReadings() if node.comparison is None:
                return self._judged(readings.judge(node), node.readings, self.of(flip, node.readings))
            case OfReadings():
                return self._limited(node, node.readings, flip)
            case Score():
                return self._limited(node, node.score, flip)
            case Takes() if node.before is not None:
                return self._takes_before(node, node.before, flip)
            case Takes():
                return self._judged(medicines.judge(node, self._dictionary), node.in_, self.of(flip, node.in_))
            case Missing():
                return self._not_recorded(node.missing, flip)
            case AccountsDiffer():
                return self._accounts_differ(node.accounts_differ, flip)
            case _:
                raise TypeError(f"{type(node).__name__} is not a single test")

    def of(self, flip: bool, *sources: str) -> tuple[int, int, int]:
        """The codes of a test of these sources that fails, is open, holds."""
        no, yes = self.codes.no(*sources), self.codes.yes(*sources)
        return (yes if flip else no), self.codes.unknown(*sources), (no if flip else yes)

    def option(self, node: Ask, come_to: tuple[int, int, int]) -> str:
        no, unknown, yes = come_to
        first, name = self.value(node.ask)
        return f"({unknown} if {first} is None else {yes} if {self.holds(node, name, name)} else {no})"

    def holds(self, node: Ask, first: str, name: str) -> str:
        """Whether a value is among the options; nothing is, where there is none."""
        options = self.constant(node.is_ if self._is_one(node) else frozenset(node.one_of or (node.is_,)))
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
            return self._measured(node, question, limit, self.of(flip, question))
        parameter = PARAMETER + limit.id
        values = self.chosen.get(limit.id)
        if values is None:
            return self._unchosen(question, parameter, flip)
        set_to = values.get(limit.part)
        if set_to is None:
            return str(self.of(flip, parameter)[0])
        no, _, yes = self.of(flip, question, parameter)
        return self._measured(node, question, set_to, (no, self.codes.unknown(question), yes))

    def _unchosen(self, question: str, parameter: str, flip: bool) -> str:
        first, name = self.value(question)
        both, itself = self.codes.unknown(question, parameter), self.codes.unknown(parameter)
        hidden = self.constant(NOT_APPLICABLE)
        no = self.of(flip, question)[0]
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
        first, name = self.value(question)
        called = f"{self.constant(codes)}[{self.constant(leaves.of_ask(node, limit))}({name}, {self._slots.day})]"
        called = f"{called} if {name} is not {self.constant(NOT_APPLICABLE)} else {no}"
        return f"({unknown} if {first} is None else {self._plainly(node, limit, name, codes)}{called})"

    def _plainly(self, node: Ask, limit: Decimal | None, name: str, codes: tuple[int, int, int]) -> str:
        """What comes of a value of the kind that is usual, if the test can be written out for it."""
        no, _, yes = codes
        length = node.within or node.older_than
        if length is not None:
            return f"{self._by_day(node, length, name, codes)} if {name}.__class__ is PartialDate else "
        kind, figure, times = "Decimal", name, "{}"
        if node.ask in self.layout.ratios:
            kind, figure, times = "Ratio", f"{name}.over", f"{self.constant(_MULTIPLY)}({{}}, {name}.under)"
        if node.between is not None:
            least, most = (times.format(self.constant(end)) for end in node.between)
            holds = f"{least} <= {figure} <= {most}"
        elif node.comparison is not None:
            holds = f"{figure} {_SIGNS[node.comparison]} {times.format(self.constant(limit))}"
        else:
            return ""
        return f"({yes} if {holds} else {no}) if {name}.__class__ is {kind} else "

    def _by_day(self, node: Ask, length: Duration, name: str, codes: tuple[int, int, int]) -> str:
        """A date against the visit; a day alone never tells hours."""
        no, unknown, yes = codes
        if not length.of_days:
            return str(unknown)
        day = self._slots.day
        first, start = self._kept(self._slots.once(f"{self.constant(spans.counted_back(length))}({day})"))
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
        first, name = self.value(node.readings)
        read = self._slots.once(f"{self.constant(readings.taken_in(node.phase, node.part))}({name})")
        taken, values = self._kept(read)
        few = f"len({taken}) < 2" if node.spread else f"not {taken}"
        against = self.constant(limit)
        if node.mean is not None:
            figure = self._slots.once(f"{self.constant(readings.total_in(node.phase, node.part))}({name})")
            against = f"{self.constant(readings.Multiples(limit))}[len({values})]"
        else:
            figure = self._figure(readings.statistic_of(node), values)
        holds = f"{figure} {_SIGNS[_comparison(node)]} {against}"
        hidden = self.constant(NOT_APPLICABLE)
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
                return f"{self.constant(UNROUNDED.subtract)}(max({values}), min({values}))"

    @property
    def _dictionary(self) -> medicines.Dictionary:
        return self.layout.dictionary or medicines.Dictionary()

    def _judged(self, test: Callable[[Any, date], Truth], question: str, codes: tuple[int, int, int]) -> str:
        """A test of one value and the day of the visit, called."""
        no, unknown, _ = codes
        first, name = self.value(question)
        called = f"{self.constant(codes)}[{self.constant(test)}({name}, {self._slots.day})]"
        hidden = self.constant(NOT_APPLICABLE)
        return f"({unknown} if {first} is None else {no} if {name} is {hidden} else {called})"

    def _takes_before(self, node: Takes, before: str, flip: bool) -> str:
        both, alone, moment = (self.of(flip, *names) for names in ((node.in_, before), (node.in_,), (before,)))
        open_ = (self.codes.unknown(node.in_), self.codes.unknown(before))
        run = medicines.judge_before(node, self._dictionary, (alone[2], both[2]), (alone[0], moment[0], both[0]), open_)
        return f"{self.constant(run)}({self.value(node.in_)[0]}, {self.value(before)[0]})"

    def _pair(self, node: Ask | Compare, flip: bool) -> str:
        left, right, test = leaves.of_pair(node)
        no, _, yes = self.of(flip, left, right)
        one_no = (self.of(flip, left)[0], self.of(flip, right)[0], no)
        run = leaves.paired(test, yes, one_no, (self.codes.unknown(left), self.codes.unknown(right)))
        (first, one), (second, two) = self.value(left), self.value(right)
        plain, kind = self._two_moments(node, one, two) if isinstance(node, Ask) else self._two_numbers(node, one, two)
        if not plain:
            return f"{self.constant(run)}({first}, {second})"
        both = f"({first}.__class__ is {kind}) & ({second}.__class__ is {kind})"
        return f"(({yes} if {plain} else {no}) if {both} else {self.constant(run)}({one}, {two}))"

    def _two_numbers(self, node: Compare, one: str, two: str) -> tuple[str, str]:
        """Two plain numbers compared, never rounded."""
        sign = _SIGNS[node.comparison]
        if isinstance(node.limit, Decimal):
            less = f"{self.constant(UNROUNDED.subtract)}({one}, {two})"
            return f"{less} {sign} {self.constant(node.limit)}", "Decimal"
        if node.times in (None, 1):
            return f"{one} {sign} {two}", "Decimal"
        return f"{one} {sign} {self.constant(_MULTIPLY)}({two}, {self.constant(node.times)})", "Decimal"

    def _two_moments(self, node: Ask, one: str, two: str) -> tuple[str, str]:
        """Two moments some minutes or hours apart; nothing where whole days are counted."""
        length = node.within or node.older_than
        assert length is not None
        if length.of_days:
            return "", ""
        most = self.constant(timedelta(minutes=length.count * (60 if length.unit == "h" else 1)))
        if node.older_than is not None:
            return f"{two} - {one} > {most}", "datetime"
        return f"{self.constant(timedelta(0))} <= {two} - {one} <= {most}", "datetime"

    def _not_recorded(self, question: str, flip: bool) -> str:
        """Whether nothing is recorded; UNKNOWN while it is not established that the question is asked."""
        no, unknown, yes = self.of(flip, question)
        place = self.layout.place.get(question)
        if place is None:
            return str(yes)
        first, state = self._kept(f"{self._slots.seen(place)}.state")
        open_, later, gate = map(self.constant, (State.NOT_ASKED, State.COME_BACK, State.GATE_OPEN))
        return f"({yes} if {first} is {open_} or {state} is {later} else {unknown} if {state} is {gate} else {no})"

    def _accounts_differ(self, question: str, flip: bool) -> str:
        """Whether several accounts differ; UNKNOWN while there is none."""
        no, unknown, yes = self.of(flip, question)
        place = self.layout.place.get(question)
        if place is None:
            return str(unknown)
        first, answer = self._kept(self._slots.seen(place))
        opened, state = self._kept(f"{answer}.state")
        none = f"{opened} is {self.constant(State.NOT_ASKED)} or {state} is {self.constant(State.GATE_OPEN)}"
        return f"({yes} if {first}.accounts_differ else {unknown} if {none} else {no})"


def _comparison(node: OfReadings) -> Comparison:
    assert node.comparison is not None
    return node.comparison
