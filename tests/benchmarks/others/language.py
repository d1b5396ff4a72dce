"""Rules in a language whose logic knows no third value: as one would write them, and with a test for every gap."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from tests.benchmarks.others.meaning import AtLeast, Dated, Expression, Leaf, Meant, Negated, Several, Truth, Unless
from tests.rules.running import VISIT

YES, OPEN, NO = 1, 0.5, 0
"""Kleene's three values as numbers: *and* is their least, *or* their greatest, *not* what is left to 1."""


class Language(ABC):
    """One such language, as the few words that the rules need of it."""

    @abstractmethod
    def literal(self, value: Any) -> Any: ...
    @abstractmethod
    def field(self, name: str) -> Any: ...
    @abstractmethod
    def operation(self, word: str, left: Any, right: Any) -> Any: ...
    @abstractmethod
    def all_of(self, parts: Sequence[Any]) -> Any: ...
    @abstractmethod
    def any_of(self, parts: Sequence[Any]) -> Any: ...
    @abstractmethod
    def negation(self, part: Any) -> Any: ...
    @abstractmethod
    def choose(self, cases: Sequence[tuple[Any, Any]], otherwise: Any) -> Any: ...
    @abstractmethod
    def absent(self, field: Any) -> Any: ...
    @abstractmethod
    def inside(self, field: Any, options: Sequence[str]) -> Any: ...
    @abstractmethod
    def holds(self, field: Any, options: Sequence[str]) -> Any: ...
    @abstractmethod
    def total(self, parts: Sequence[Any]) -> Any: ...
    @abstractmethod
    def least(self, parts: Sequence[Any]) -> Any: ...
    @abstractmethod
    def greatest(self, parts: Sequence[Any]) -> Any: ...
    @abstractmethod
    def values(self, part: str, before: bool) -> Any: ...
    @abstractmethod
    def taken(self) -> Any: ...
    @abstractmethod
    def of_list(self, word: str, values: Any) -> Any: ...
    @abstractmethod
    def those(self, values: Any, least: int) -> Any: ...

    none_taken = ("var", "bp.none_taken")

    def expression(self, said: Any) -> Any:
        """An expression of the rules in this language."""
        if not isinstance(said, tuple):
            return self.literal(said)
        word, *about = said
        match word:
            case "var":
                return self.field(about[0])
            case "and":
                return self.all_of([self.expression(part) for part in about])
            case "in":
                return self.inside(self.expression(about[0]), about[1])
            case "holds":
                return self.holds(self.expression(about[0]), about[1])
            case "values":
                return self.values(*about)
            case "taken":
                return self.taken()
            case "those":
                return self.those(self.expression(about[0]), about[1])
            case "sum" | "size" | "highest" | "lowest" | "last":
                return self.of_list(word, self.expression(about[0]))
        return self.operation(word, self.expression(about[0]), self.expression(about[1]))

    # --- as a person writes it ----------------------------------------------------------------------------------

    def plain(self, meant: Meant) -> Any:
        """The rule as a person writes it who takes it that every answer is there."""
        if isinstance(meant, tuple):
            highest_first = [(self.plain(truth), self.literal(level)) for level, truth in named(meant)]
            return self.choose(highest_first, self.literal(False))
        match meant:
            case Leaf(test=test):
                return self.expression(test)
            case Dated():
                return self.all_of([self.field(meant.flag), self._inside(meant)])
            case Unless(none_taken, leaf):
                return self.choose([(self.expression(self.none_taken), self.literal(none_taken))], self.plain(leaf))
            case Several(of_all, parts):
                return (self.all_of if of_all else self.any_of)([self.plain(part) for part in parts])
            case Negated(part):
                return self.negation(self.plain(part))
            case AtLeast(number, parts):
                return self.operation(
                    ">=", self._how_many([(self.plain(p), 1) for p in parts], 0), self.literal(number)
                )

    # --- with every gap tested for ------------------------------------------------------------------------------

    def kleene(self, meant: Meant) -> Any:
        """The rule with a test for every gap: true, false and null, or where it has parts 1, 0 and 0.5."""
        if isinstance(meant, tuple):
            found = [(level, self.number(truth)) for level, truth in named(meant)]
            cases = [(self.operation("==", truth, self.literal(YES)), self.literal(level)) for level, truth in found]
            return self.choose(cases, self.greatest([truth for _, truth in found]))
        match meant:
            case Leaf(known, test) if test in known:
                return self.expression(test)
            case Leaf(known, test):
                return self.choose([(self.gaps(known), self.literal(None))], self.expression(test))
            case Dated():
                return self._dated(meant, True, None, False)
            case Unless(none_taken, leaf):
                return self.choose([(self._none(), self.literal(none_taken))], self.kleene(leaf))
        return self.number(meant)

    def number(self, truth: Truth) -> Any:
        """The same as a number, to be put together with others."""
        match truth:
            case Leaf(known, test):
                cases = [(self.gaps(known), self.literal(OPEN)), (self.expression(test), self.literal(YES))]
                return self.choose(cases, self.literal(NO))
            case Several(of_all, parts):
                return (self.least if of_all else self.greatest)([self.number(part) for part in parts])
            case Negated(part):
                return self.operation("-", self.literal(1), self.number(part))
            case AtLeast(number, parts):
                flags = [self.expression(part.test) for part in parts if isinstance(part, Leaf)]
                certain = self._how_many([(self._is(flag, True), 1) for flag in flags], 0)
                possible = self._how_many([(self._is(flag, False), 0) for flag in flags], 1)
                enough = [self.operation(">=", many, self.literal(number)) for many in (certain, possible)]
                cases = list(zip(enough, map(self.literal, (YES, OPEN)), strict=True))
                return self.choose(cases, self.literal(NO))
        raise ValueError(f"{truth} stands in no other")

    def gaps(self, known: tuple[Expression, ...]) -> Any:
        """Whether something that must be known is not."""
        listed = {part[0] for part in known} & {"values", "taken"}
        found = []
        for part in known:
            if part[0] == "second":
                found.append(self.operation("<", self.of_list("size", self.expression(part[1])), self.literal(2)))
            elif part[0] in listed:
                if not any(other[0] == "second" for other in known):
                    empty = self.of_list("size", self.expression(part))
                    found.append(self.operation("==", empty, self.literal(0)))
            else:
                found.append(self.absent(self.expression(part)))
        return self.any_of(found) if len(found) > 1 else found[0]

    def _dated(self, dated: Dated, yes: Any, unknown: Any, no: Any) -> Any:
        flag, first = self.field(dated.flag), self.field(f"{dated.day}_first")
        cases = [
            (self.any_of([self.absent(flag), self.all_of([flag, self.absent(first)])]), self.literal(unknown)),
            (self.any_of([self.negation(flag), self._outside(dated)]), self.literal(no)),
            (self._inside(dated), self.literal(yes)),
        ]
        return self.choose(cases, self.literal(unknown))

    def _inside(self, dated: Dated) -> Any:
        last = self.operation("<=", self.field(f"{dated.day}_last"), self.literal((dated.last - VISIT).days))
        if dated.first is None:
            return last
        first = self.operation(">=", self.field(f"{dated.day}_first"), self.literal((dated.first - VISIT).days))
        return self.all_of([first, last])

    def _outside(self, dated: Dated) -> Any:
        after = self.operation(">", self.field(f"{dated.day}_first"), self.literal((dated.last - VISIT).days))
        if dated.first is None:
            return after
        before = self.operation("<", self.field(f"{dated.day}_last"), self.literal((dated.first - VISIT).days))
        return self.any_of([before, after])

    def _none(self) -> Any:
        return self._is(self.expression(self.none_taken), True)

    def _is(self, flag: Any, value: bool) -> Any:
        return self.operation("==", flag, self.literal(value))

    def _how_many(self, counted: Sequence[tuple[Any, int]], otherwise: int) -> Any:
        one = [self.choose([(test, self.literal(number))], self.literal(otherwise)) for test, number in counted]
        return self.total(one)


def named(levels: tuple[Truth, ...]) -> list[tuple[str, Truth]]:
    """The levels with their names, the highest first."""
    return [(f"l{rank}", truth) for rank, truth in reversed(list(enumerate(levels)))]


def as_level(said: Any) -> Any:
    """What came back, as the handwritten functions say it: True, False, None or the level's name."""
    if said is None or isinstance(said, bool | str):
        return said
    return {YES: True, NO: False, OPEN: None}[said]
