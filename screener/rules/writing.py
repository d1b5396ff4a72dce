"""Conditions written as Python expressions that come to a code, out of their single tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product
from typing import TypeGuard

from screener.rules import leaves
from screener.rules.codes import TRUTH, UNKNOWN, YES, Codes
from screener.rules.expressions import All, Any_, Ask, Count, Expression, Not, ParameterRef
from screener.rules.facts import Facts, Layout
from screener.rules.written_tests import Chosen, SingleTests, Slots

Run = Callable[[list[object], Facts], int]
"""A condition ready to run on the values `v` and the facts `f` they belong to; gives a code."""

MOST_PARTS = 12
DEEPEST = 8
"""Python reads brackets only so deep: what lies deeper, or is longer, becomes a closure of its own."""

MOST_COUNTED = 5
"""Of so many options there are 243 ways to be answered."""


class Writer(SingleTests):
    """Writes the expression of one condition. `closure_of` makes a closure of a part that lies too deep."""

    def __init__(
        self, codes: Codes, layout: Layout, chosen: Chosen, slots: Slots, closure_of: Callable[[Expression], Run]
    ) -> None:
        super().__init__(codes, layout, chosen, slots)
        self._closure_of = closure_of

    def condition(self, nodes: Sequence[Expression], *, levels: bool) -> str:
        """A condition, or levels from the lowest to the highest."""
        return self.levels(nodes) if levels else self.part(nodes[0])

    def levels(self, nodes: Sequence[Expression]) -> str:
        """The highest level that is YES, with what keeps a higher one open; else what all of them come to."""
        if not nodes:
            return str(self.codes.no())
        text, before = "", ""
        for rank, node in reversed(list(enumerate(nodes))):
            name = self.name()
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
                return self.leaf(node)

    def _apart(self, node: Expression) -> str:
        return f"{self.constant(self._closure_of(node))}(v, f)"

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
        no, unknown, yes = self.of(leaf is not part, leaf.ask)
        first, name = self.value(leaf.ask)
        if yes & TRUTH == alone:
            return f"{yes} if {self.holds(leaf, first, name)} else ", f"({unknown} if {name} is None else {no})"
        fails = f"{first} is not None and not {self.holds(leaf, name, name)}"
        return f"{no} if {fails} else ", f"({unknown} if {name} is None else {yes})"

    def _looked_into(self, text: str, decides: str) -> tuple[str, str]:
        name = self.name()
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
            count = self.constant(_counter(needed, len(of)))
            return f"{count}({', '.join(self.part(part, depth + 1) for part in of)})"
        digits = [3**place for place in range(len(of))]
        written = [self.option(part, (0, digit, 2 * digit)) for part, digit in zip(options, digits, strict=True)]
        table = _table(needed, tuple(self.of(False, part.ask) for part in options))
        return f"{self.constant(table)}[{' + '.join(written)}]"

    def _not(self, node: Expression, depth: int) -> str:
        if not node.children():
            return self.leaf(node, flip=True)
        name = self.name()
        return f"({name} if ({name} := {self.part(node, depth + 1)}) & {UNKNOWN} else {name} ^ {YES})"


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
