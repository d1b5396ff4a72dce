"""Conditions made runnable, and what came of them: a truth, a level, the questions it rests on or misses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from screener.rules.codes import PARAMETER as PARAMETER
from screener.rules.codes import UNKNOWN, YES, Codes
from screener.rules.expressions import Expression, OfReadings, parameters_read, questions_read
from screener.rules.facts import Facts as Facts
from screener.rules.facts import Layout, layout_of
from screener.rules.templates import made
from screener.rules.truth import Truth
from screener.rules.values import Readings, answered
from screener.rules.writing import Run
from screener.rules.written_tests import Chosen as Chosen

Ids = frozenset[str]
NOBODY: Ids = frozenset()
Result = tuple[Truth, Ids]
"""YES and NO come with a sufficient set of recorded questions; UNKNOWN with the questions still missing."""

Key = int | tuple[Any, ...]
"""What came of a rule, told apart from all else that can come of it: its code; where answers may rest on others, too,
followed by the sets of what each of these rests on and misses."""

Grounds = tuple[Ids, Ids]
"""The recorded questions that one answer rests on, and those that would have to be answered for a closer one."""


class Outcome(NamedTuple):
    """What came of one rule: `because` suffices for YES and NO, `missing` can change an UNKNOWN or raise a level."""

    truth: Truth
    level: str | None = None
    because: Ids = NOBODY
    missing: Ids = NOBODY


class Condition:
    """A rule's condition, or its levels from the lowest to the highest, ready to run."""

    __slots__ = (
        "_names",
        "chosen",
        "codes",
        "id",
        "layout",
        "levels",
        "mentions",
        "read_once",
        "reads",
        "run",
        "varying",
    )

    def __init__(
        self, rule: str, levels: Iterable[tuple[str | None, Expression]], chosen: Chosen, layout: Layout | None = None
    ) -> None:
        self.id = rule
        self.levels = tuple(levels)
        self.chosen = chosen
        nodes = self.nodes
        mentions = [question for node in nodes for question in questions_read(node)]
        parameters = [PARAMETER + ref.id for node in nodes for ref in parameters_read(node)]
        self.mentions = tuple(mentions)
        """Every mention of a question, repeated as often as it is written."""
        self.reads = frozenset(mentions)
        self.read_once = len(mentions) == len(set(mentions))
        """No question is mentioned twice, so the sets that come back are irreducible as they are."""
        self.layout = layout_of(mentions) if layout is None else layout
        self.codes = Codes([*mentions, *parameters])
        self._names = tuple(name for name, _ in self.levels)
        self.run: Run = made(nodes, self.codes, self.layout, chosen, levels=self.has_levels)
        asked = [question for question in dict.fromkeys(mentions) if question in self.layout.place]
        self.varying = tuple(question for question in asked if question not in self.layout.alone)
        """The questions whose answers may rest on other questions too."""

    @property
    def nodes(self) -> list[Expression]:
        return [node for _, node in self.levels]

    @property
    def has_levels(self) -> bool:
        return self._names != (None,)

    def code(self, facts: Facts) -> int:
        facts = facts.laid_out(self.layout)
        return self.run(facts.values, facts)

    def keyed(self) -> Callable[[list[object], Facts], Key]:
        """The closure run to the key of what came of it."""
        run, places = self.run, [self.layout.place[question] for question in self.varying]
        if not places:
            return run

        def some_vary(values: list[object], facts: Facts) -> Key:
            sets: list[Ids] = []
            for place in places:
                _, _, because, missing, _ = facts.seen[place]
                sets += (because, missing)
            return run(values, facts), *sets

        return some_vary

    def told(self, key: Key) -> Outcome:
        """A key in words."""
        if isinstance(key, int):
            return self.outcome(key, {})
        code, *sets = key
        pairs = [(because, missing or because) for because, missing in zip(sets[::2], sets[1::2], strict=True)]
        return self.outcome(code, dict(zip(self.varying, pairs, strict=True)))

    def grounds(self, facts: Facts) -> Mapping[str, Grounds]:
        """What those answers rest on that may rest on others."""
        return {question: grounds_of(facts, question) for question in self.varying}

    def outcome(self, code: int, grounds: Mapping[str, Grounds]) -> Outcome:
        """A code in words."""
        if code & UNKNOWN:
            return Outcome(Truth.UNKNOWN, None, NOBODY, _together(self.codes.missing(code), grounds, 1))
        because = _together(self.codes.because(code), grounds, 0)
        if not code & YES:
            return Outcome(Truth.NO, None, because)
        rank = self.codes.rank(code)
        if rank < 0:
            return Outcome(Truth.YES, None, because)
        return Outcome(Truth.YES, self._names[rank], because, _together(self.codes.missing(code), grounds, 1))


def grounds_of(facts: Facts, question: str) -> Grounds:
    """What one answer rests on, and what would have to be answered for a closer one."""
    answer = facts.of(question)
    return answer.because, answer.missing or answer.because


def _together(sources: list[str], grounds: Mapping[str, Grounds], which: int) -> Ids:
    if not grounds:
        return frozenset(sources)
    return NOBODY.union(*[grounds[source][which] if source in grounds else (source,) for source in sources])


class Compiled:
    """One node ready to run by itself, by the very template that its rule runs."""

    __slots__ = ("_chosen", "_condition", "_known", "node")

    def __init__(self, node: Expression, chosen: Chosen, layout: Layout | None = None) -> None:
        self.node = node
        self._chosen = chosen
        self._condition = Condition("", [(None, node)], chosen, layout)
        self._known: dict[int, Result] = {}

    @property
    def parts(self) -> tuple[Compiled, ...]:
        return tuple(Compiled(child, self._chosen, self._condition.layout) for child in self.node.children())

    def run(self, facts: Facts) -> Result:
        """The truth, with what it rests on or what is missing. Kept where it follows from the code alone."""
        condition = self._condition
        here = facts if facts.layout is condition.layout else facts.laid_out(condition.layout)
        code = condition.run(here.values, here)
        known = self._known.get(code)
        if known is None:
            found = condition.outcome(code, condition.grounds(facts))
            known = found.truth, found.missing if found.truth is Truth.UNKNOWN else found.because
            if not condition.varying:
                self._known[code] = known
        return known


def compile_node(node: Expression, chosen: Chosen, layout: Layout | None = None) -> Compiled:
    """Make a node runnable with the clinic's choices built in."""
    return Compiled(node, chosen, layout)


def compile_condition(
    rule: str, levels: Iterable[tuple[str | None, Expression]], chosen: Chosen, layout: Layout | None = None
) -> Condition:
    """Make a rule's levels (one, named None, for a plain `when`) runnable."""
    return Condition(rule, levels, chosen, layout)


def evaluate(condition: Condition, facts: Facts) -> Outcome:
    """The highest level that is YES, with what keeps a higher one open; else NO or UNKNOWN."""
    return condition.outcome(condition.code(facts), condition.grounds(facts))


def verdict(condition: Condition, facts: Facts) -> int:
    """Equal for facts that lead to the same truth and level."""
    return condition.codes.verdict(condition.code(facts))


def of_readings(node: OfReadings, limit: Decimal | None) -> Callable[[Readings, date], Truth]:
    """The test of a node against its limit (None for `zero` and `count`), of readings by themselves."""
    asked, layout = node.readings, layout_of([node.readings])
    live = compile_node(node if limit is None else node.model_copy(update={str(node.comparison): limit}), {}, layout)
    return lambda readings, day: live.run(Facts({asked: answered(asked, readings)}, day, layout))[0]
