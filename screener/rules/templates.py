"""Conditions turned into closures by their shape: one template for all conditions that are built alike.

A template is an expression over places and constants that are handed to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from screener.rules.codes import Codes
from screener.rules.expressions import Expression
from screener.rules.facts import Layout
from screener.rules.values import PartialDate, Ratio
from screener.rules.writing import Run, Writer
from screener.rules.written_tests import Chosen

_KINDS = (Decimal, PartialDate, Ratio, datetime, frozenset)
KNOWN_NAMES: dict[str, object] = {
    "__builtins__": {},
    **{kind.__name__: kind for kind in _KINDS},
    **{function.__name__: function for function in (len, max, min)},
}
"""All that an expression can name beside its slots."""


@lru_cache(maxsize=4096)
def _template(text: str, constants: int) -> Callable[..., Run]:
    names = ", ".join(f"c{number}" for number in range(constants))
    # One expression, because closures inside closures spend three quarters of their time on calling each other.
    made: Callable[..., Run] = eval(f"lambda {names}: lambda v, f: {text}", KNOWN_NAMES.copy())
    return made


def made(nodes: Sequence[Expression], codes: Codes, layout: Layout, chosen: Chosen, *, levels: bool) -> Run:
    """A condition, or levels from the lowest to the highest, as one closure."""
    slots = _Handed()
    text = Writer(codes, layout, chosen, slots, closure_of(codes, layout, chosen)).condition(nodes, levels=levels)
    return _template(text, len(slots.constants))(*slots.constants)


def closure_of(codes: Codes, layout: Layout, chosen: Chosen) -> Callable[[Expression], Run]:
    """Makes closures of parts of one condition."""
    return lambda node: made([node], codes, layout, chosen, levels=False)


class _Handed:
    """Everything is handed over, places too, so that conditions alike share a template."""

    day = "f.day"

    def __init__(self) -> None:
        self.constants: list[object] = []

    def constant(self, value: object) -> str:
        self.constants.append(value)
        return f"c{len(self.constants) - 1}"

    def once(self, text: str) -> str:
        return text

    def value(self, place: int) -> str:
        return f"v[{self.constant(place)}]"

    def seen(self, place: int) -> str:
        return f"f.seen[{self.constant(place)}]"
