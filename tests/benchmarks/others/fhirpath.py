"""The rules in FHIRPath, run by fhirpathpy, compiled. Its *and*, *or* and comparisons know the third value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.benchmarks.others.language import named
from tests.benchmarks.others.meaning import AtLeast, Dated, Leaf, Meant, Negated, Several, Unless

ROWS = "bp.items"
BEFORE = "(phase = 'before' or phase.empty())"
SOMETHING = "(iif(systolic > 0, true, iif(diastolic > 0, true, pulse.exists())))"


def rule(meant: Meant) -> str:
    """A rule as a person writes it in FHIRPath, where an empty result is *not known*."""
    if isinstance(meant, tuple):
        found = [(level, rule(truth)) for level, truth in named(meant)]
        otherwise = f"iif(({' or '.join(truth for _, truth in found)}).exists(), false)"
        for level, truth in reversed(found):
            otherwise = f"iif({truth}, '{level}', {otherwise})"
        return otherwise
    match meant:
        case Leaf(known, test):
            return _guarded(known, _expression(test))
        case Dated(flag, day, first, last):
            inside = f"{day} <= @{last}" if first is None else f"({day} >= @{first} and {day} <= @{last})"
            return f"iif({flag}.exists(), {flag} and {inside})"
        case Unless(none_taken, leaf):
            return f"iif(bp.none_taken, {str(none_taken).lower()}, {rule(leaf)})"
        case Several(of_all, parts):
            return f"({(' and ' if of_all else ' or ').join(map(rule, parts))})"
        case Negated(part):
            return f"{rule(part)}.not()"
        case AtLeast(number, parts):
            certain = " + ".join(f"iif({rule(part)}, 1, 0)" for part in parts)
            possible = " + ".join(f"iif({rule(part)}.not(), 0, 1)" for part in parts)
            return f"iif({certain} >= {number}, true, iif({possible} < {number}, false))"


def _guarded(known: Sequence[tuple[Any, ...]], test: str) -> str:
    for part in known:
        if part[0] == "second":
            return f"iif({_expression(part[1])}.count() > 1, {test})"
        if part[0] in ("values", "taken") and ".count()" in test:
            return f"iif({_expression(part)}.exists(), {test})"
        if part == ("var", "c1") or (part[0] == "var" and part[1].startswith("c")):
            return f"iif({part[1]}.exists(), {test})"
    return test


def _expression(said: Any) -> str:
    if not isinstance(said, tuple):
        return str(said)
    word, *about = said
    match word:
        case "var":
            return str(about[0])
        case "and":
            return f"({' and '.join(map(_expression, about))})"
        case "in":
            return f"({' or '.join(f'{_expression(about[0])} = {option!r}' for option in about[1])})"
        case "holds":
            return f"({' or '.join(f'{_expression(about[0])}.chosen contains {option!r}' for option in about[1])})"
        case "values":
            rows = _before() if about[1] else ROWS
            return f"{rows}.{about[0]}.where($this > 0)"
        case "taken":
            return f"{_before()}.where({SOMETHING})"
        case "those":
            return f"{_expression(about[0])}.where($this >= {about[1]})"
        case "size":
            return f"{_expression(about[0])}.count()"
        case "highest" | "lowest":
            # Of the nodes themselves this engine cannot tell the greatest or the sum; of what comes of them it can.
            return f"{_expression(about[0])}.select($this + 0).{'max' if word == 'highest' else 'min'}()"
        case "last":
            return f"{_expression(about[0])}.last()"
    if isinstance(about[0], tuple) and about[0][0] == "sum":
        limit = about[1][1]
        return f"{_expression(about[0][1])}.select($this + 0).avg() {word} {_expression(limit)}"
    return f"({_expression(about[0])} {word} {_expression(about[1])})"


def _before() -> str:
    some = f"{ROWS}.where({BEFORE} and {SOMETHING}).exists()"
    return f"iif({some}, {ROWS}.where({BEFORE}), {ROWS}.where({BEFORE} or phase = 'screening'))"


class Run:
    """Rules that are compiled, and what they say of a record."""

    def __init__(self, rules: Sequence[str]) -> None:
        import fhirpathpy

        self.compiled = [fhirpathpy.compile(rule) for rule in rules]

    def take(self, data: dict[str, Any]) -> Any:
        """The record as it is read fastest."""
        return data

    def run(self, data: Any) -> Any:
        """All rules on one record, as quickly as it goes."""
        return [rule(data, None) for rule in self.compiled]

    def said(self, data: dict[str, Any]) -> list[Any]:
        """What each rule says, None where nothing; an exception where the engine raises."""
        return [_said(rule, data) for rule in self.compiled]


def _said(rule: Any, data: dict[str, Any]) -> Any:
    try:
        return next(iter(rule(data, None)), None)
    except Exception as raised:  # whatever it raises is counted
        return raised
