"""Many rules as one Python function, generated from their conditions, for rules that are evaluated again and again.

A closure for each rule spends most of its time on being called and on reading what the rule before it read already. In
a generated function the values stand in locals, each read once, and the rules follow each other without a call between
them. Two rules of one question each become

    def function(c0, c1, c2, c3, c4):
        def run(v, f):
            a3 = v[3]  # where most are read: _, _, _, a3, _, _, _, a7, = v
            a7 = v[7]
            return {c0: c1[4 if a3 is None else 6 if a3 == c2 else 5], c3: c4[...]}
        return run

The expressions are the ones that the closures are made of (`writing`, `written_tests`), so both come to the same codes,
and the codes are the explanation. Nothing of a pack's text becomes source: what is written are places, codes and slots,
and ids, options and figures are handed over in the slots. Nothing generated outlives the program's run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from screener.rules.evaluate import Condition, Key
from screener.rules.facts import Facts
from screener.rules.templates import KNOWN_NAMES, closure_of
from screener.rules.values import Answer
from screener.rules.writing import Writer

T = TypeVar("T")
_BECAUSE, _MISSING = Answer._fields.index("because"), Answer._fields.index("missing")
UNPACKED = 3
"""From one value of so many on, all are taken out of their list at once: that costs a third of reaching for one."""
FEW = 15
"""A mapping of more entries is quicker made as a copy of one that has room for them already."""


class Source(NamedTuple):
    """The text of a function, and what is handed over in its slots."""

    text: str
    constants: tuple[object, ...]

    def function(self) -> Callable[[list[object], Facts], object]:
        return _compiled(self.text)(*self.constants)


@lru_cache(maxsize=512)
def _compiled(text: str) -> Callable[..., Callable[[list[object], Facts], object]]:
    """Kept by its text, which says nothing of a pack: rules built alike share it."""
    names: dict[str, object] = dict(KNOWN_NAMES)
    exec(text, names)
    return names["function"]  # type: ignore[return-value]


def codes_of(conditions: Sequence[Condition]) -> Callable[[list[object], Facts], list[int]]:
    """What all of them come to, as codes in their order."""
    return codes_source(conditions).function()  # type: ignore[return-value]


def outcomes_of(rules: Sequence[tuple[Condition, Mapping[Key, T]]]) -> Callable[[list[object], Facts], dict[str, T]]:
    """What each rule's mapping holds for what the rule comes to, by the rule's id and in their order.

    KeyError where a mapping does not hold it yet.
    """
    return outcomes_source(rules).function()  # type: ignore[return-value]


def codes_source(conditions: Sequence[Condition]) -> Source:
    slots = _Locals(conditions)
    return slots.returning("[", [_code(condition, slots) for condition in conditions], "]")


def outcomes_source(rules: Sequence[tuple[Condition, Mapping[Key, T]]]) -> Source:
    slots = _Locals([condition for condition, _ in rules])
    ids = [condition.id for condition, _ in rules]
    found = [
        (slots.constant(condition.id), f"{slots.constant(kept)}[{_key(condition, slots)}]") for condition, kept in rules
    ]
    if len(found) <= FEW:
        return slots.returning("{", [f"{rule}: {outcome}" for rule, outcome in found], "}")
    return slots.filling(dict.fromkeys(ids), [f"[{rule}] = {outcome}" for rule, outcome in found])


def _code(condition: Condition, slots: _Locals) -> str:
    codes, layout, chosen = condition.codes, condition.layout, condition.chosen
    writer = Writer(codes, layout, chosen, slots, closure_of(codes, layout, chosen))
    return writer.condition(condition.nodes, levels=condition.has_levels)


def _key(condition: Condition, slots: _Locals) -> str:
    """The code, and beside it what the answers rest on that may rest on others."""
    seen = [slots.seen(condition.layout.place[question]) for question in condition.varying]
    sets = [f"{answer}[{which}]" for answer in seen for which in (_BECAUSE, _MISSING)]
    return ", ".join([_code(condition, slots), *sets])


class _Locals:
    """Values in locals, each read once; everything that is not a place or a code is handed over."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._constants: list[object] = []
        self._slots: dict[object, str] = {}
        self._head: dict[str, str] = {}
        self._values: dict[int, str] = {}
        layouts = {id(condition.layout): len(condition.layout.place) for condition in conditions}
        self._width = layouts.popitem()[1] if len(layouts) == 1 else 0

    def constant(self, value: object) -> str:
        key = value if isinstance(value, str) else id(value)  # stays the same, since what is here stays alive
        if key not in self._slots:
            self._slots[key] = f"c{len(self._constants)}"
            self._constants.append(value)
        return self._slots[key]

    @property
    def day(self) -> str:
        return self.once("f.day")

    def once(self, text: str) -> str:
        return self._head.setdefault(text, f"w{len(self._head)}")

    def value(self, place: int) -> str:
        return self._values.setdefault(place, f"a{place}")

    def seen(self, place: int) -> str:
        return f"f.seen[{place}]"

    def _read(self) -> list[str]:
        if UNPACKED * len(self._values) < self._width or not self._width:
            return [f"{name} = v[{place}]" for place, name in self._values.items()]
        return [f"{', '.join(self._values.get(place, '_') for place in range(self._width))}, = v"]

    def returning(self, opening: str, entries: Sequence[str], closing: str) -> Source:
        """A function that gives all of these at once."""
        return self._source([f"return {opening}", *(f"    {entry}," for entry in entries), closing])

    def filling(self, blank: dict[str, None], entries: Sequence[str]) -> Source:
        """A function that gives a copy of the blank with all of these in it."""
        copied = f"found = {self.constant(blank)}.copy()"
        return self._source([copied, *(f"found{entry}" for entry in entries), "return found"])

    def _source(self, lines: Sequence[str]) -> Source:
        names = ", ".join(f"c{number}" for number in range(len(self._constants)))
        head = [*self._read(), *(f"{name} = {text}" for text, name in self._head.items())]
        body = "\n".join(f"        {line}" for line in (*head, *lines))
        return Source(f"def function({names}):\n    def run(v, f):\n{body}\n    return run\n", tuple(self._constants))
