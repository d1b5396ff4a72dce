"""The rules as ZEN expressions, run by zen-engine: as one compiled list, and as a decision graph in a batch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.benchmarks.others.language import Language

ROWS = "bp.items"
BEFORE = "(#.phase == 'before' or #.phase == null)"
OF_LISTS = {"sum": "sum", "size": "len", "highest": "max", "lowest": "min"}
SOMETHING = "((#.systolic ?? 0) > 0 or (#.diastolic ?? 0) > 0 or #.pulse != null)"


class Zen(Language):
    """ZEN: a missing value is null, which can be compared with `==` alone; all else raises."""

    def literal(self, value: Any) -> Any:
        return json.dumps(value)

    def field(self, name: str) -> Any:
        return name

    def operation(self, word: str, left: Any, right: Any) -> Any:
        return f"({left} {word} {right})"

    def all_of(self, parts: Sequence[Any]) -> Any:
        return f"({' and '.join(parts)})"

    def any_of(self, parts: Sequence[Any]) -> Any:
        return f"({' or '.join(parts)})"

    def negation(self, part: Any) -> Any:
        return f"(not {part})"

    def choose(self, cases: Sequence[tuple[Any, Any]], otherwise: Any) -> Any:
        for test, said in reversed(cases):
            otherwise = f"({test} ? {said} : {otherwise})"
        return otherwise

    def absent(self, field: Any) -> Any:
        return f"({field} == null)"

    def inside(self, field: Any, options: Sequence[str]) -> Any:
        return f"({field} in {json.dumps(list(options))})"

    def holds(self, field: Any, options: Sequence[str]) -> Any:
        return f"some({field}, # in {json.dumps(list(options))})"

    def total(self, parts: Sequence[Any]) -> Any:
        return f"({' + '.join(parts)})"

    def least(self, parts: Sequence[Any]) -> Any:
        return f"min([{', '.join(parts)}])"

    def greatest(self, parts: Sequence[Any]) -> Any:
        return f"max([{', '.join(parts)}])"

    def values(self, part: str, before: bool) -> Any:
        return f"map(filter({_before() if before else ROWS}, (#.{part} ?? 0) > 0), #.{part})"

    def taken(self) -> Any:
        return f"filter({_before()}, {SOMETHING})"

    def of_list(self, word: str, values: Any) -> Any:
        if word == "last":
            return f"{values}[len({values}) - 1]"
        return f"{OF_LISTS[word]}({values})"

    def those(self, values: Any, least: int) -> Any:
        return f"filter({values}, # >= {least})"

    def gaps(self, known: tuple[tuple[Any, ...], ...]) -> Any:
        """Fields first: what comes after them may raise on null."""
        return super().gaps(tuple(sorted(known, key=lambda part: part[0] != "var")))


def _before() -> str:
    some = f"some({ROWS}, {BEFORE} and {SOMETHING})"
    return f"({some} ? filter({ROWS}, {BEFORE}) : filter({ROWS}, {BEFORE} or #.phase == 'screening'))"


class Run:
    """Rules that are compiled, all as one list, and what they say of a record."""

    def __init__(self, rules: Sequence[str]) -> None:
        import zen

        self.compiled = [zen.compile_expression(rule) for rule in rules]
        self.as_one = zen.compile_expression(f"[{', '.join(rules)}]")
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": graph(rules)}}})

    def take(self, data: dict[str, Any]) -> Any:
        """The record as it is read fastest: as text, which every call takes in anew, for there is nothing else."""
        return json.dumps(data)

    def run(self, data: Any) -> Any:
        """All rules on one record, as quickly as it goes; raises where one of them does."""
        return self.as_one.evaluate(data)

    def run_batch(self, many: Sequence[Any]) -> Any:
        """All rules on many records through a decision graph."""
        return self.engine.evaluate_batch(many)

    def requests(self, many: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Records as `run_batch` takes them."""
        return [{"key": "rules", "context": data} for data in many]

    def said(self, data: dict[str, Any]) -> list[Any]:
        """What each rule says; an exception where the engine raises."""
        try:
            found: list[Any] = self.run(data)
            return found
        except RuntimeError:
            return [_said(rule, data) for rule in self.compiled]


def _said(rule: Any, data: dict[str, Any]) -> Any:
    try:
        return rule.evaluate(data)
    except RuntimeError as raised:
        return raised


def graph(rules: Sequence[str]) -> dict[str, Any]:
    """The rules as a decision: what comes in, one node of expressions, what goes out."""
    expressions = [{"id": f"{number}", "key": f"r{number}", "value": rule} for number, rule in enumerate(rules)]
    nodes = [
        ("in", "inputNode", {}),
        ("rules", "expressionNode", {"expressions": expressions}),
        ("out", "outputNode", {}),
    ]
    edges = [("in", "rules"), ("rules", "out")]
    return {
        "nodes": [{"id": name, "name": name, "type": kind, "content": content} for name, kind, content in nodes],
        "edges": [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in edges],
    }
