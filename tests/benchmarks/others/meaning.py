"""What the benchmark's rules ask, in few words, so that each other engine's translation is a short one.

A rule is a tree of `Several`, `Negated` and `AtLeast` over three kinds of test. An expression is a tuple: its word, and
what it is about; it can only be told while everything in `known` is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.benchmarks import pack
from tests.rules.running import VISIT

Expression = tuple[Any, ...]
COMPARISONS = {"above": ">", "at_least": ">=", "at_most": "<=", "below": "<"}
SIX_WEEKS_AGO, NINETY_DAYS_AGO = VISIT - timedelta(days=42), VISIT - timedelta(days=90)
READINGS = ("var", "bp")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A test that can be told when all of `known` is there: fields with a value, lists that are not empty."""

    known: tuple[Expression, ...]
    test: Expression


@dataclass(frozen=True, slots=True)
class Dated:
    """Whether a day lies between two; the question is shown where `flag` is yes, and the day may be a whole month."""

    flag: str
    day: str
    first: date | None
    last: date


@dataclass(frozen=True, slots=True)
class Unless:
    """A test of readings that has its own answer where it was said that none were taken."""

    none_taken: bool
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Several:
    """All of these, or any."""

    of_all: bool
    parts: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """Not this."""

    part: Truth


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of these."""

    number: int
    parts: tuple[Truth, ...]


Truth = Leaf | Dated | Unless | Several | Negated | AtLeast
Meant = Truth | tuple[Truth, ...]
"""A rule: one truth, or one for each of its levels, the lowest first."""


def rules() -> dict[str, Meant]:
    """Every rule of the benchmark, by name."""
    return {
        name: tuple(_truth(level) for level in when) if isinstance(when, list) else _truth(when)
        for name, when in pack.conditions().items()
    }


def _truth(node: dict[str, Any]) -> Truth:
    match node:
        case {"readings": _}:
            return _readings(node)
        case {"all": parts}:
            return Several(True, tuple(map(_truth, parts)))
        case {"any": parts}:
            return Several(False, tuple(map(_truth, parts)))
        case {"not": part}:
            return Negated(_truth(part))
        case {"count": {"at_least": number, "of": parts}}:
            return AtLeast(number, tuple(map(_truth, parts)))
        case {"ask": question}:
            return _ask(_plain(question), {word: said for word, said in node.items() if word != "ask"})
        case {"compare": question}:
            return _compare(_plain(question), {word: said for word, said in node.items() if word != "compare"})
        case {"missing": question}:
            return _flag(f"{_plain(question)}_open")
        case {"accounts_differ": question}:
            return _flag(f"{_plain(question)}_differs")
    raise ValueError(f"no translation for {node}")


def _plain(question_id: str) -> str:
    return question_id.removeprefix("b.")


def _flag(name: str) -> Leaf:
    return Leaf((("var", name),), ("var", name))


def _ask(name: str, test: dict[str, Any]) -> Truth:
    field: Expression = ("var", name)
    match test:
        case {"is": "yes"}:
            return _flag(name)
        case {"one_of": options}:
            return Leaf((field,), ("holds" if name.startswith("c") else "in", field, tuple(options)))
        case {"between": [low, high]}:
            return Leaf((field,), ("and", (">=", field, low), ("<=", field, high)))
        case {"within": "6 wk"}:
            return Dated(f"y{name[1:]}", name, SIX_WEEKS_AGO, VISIT)
        case {"older_than": "90 d"}:
            return Dated(f"y{name[1:]}", name, None, NINETY_DAYS_AGO - timedelta(days=1))
        case {"within": "2 h"}:
            dose: Expression = ("var", "dose")
            return Leaf((field, dose), ("and", (">=", field, ("-", dose, 120)), ("<=", field, dose)))
    [(word, figure)] = test.items()
    if name == "bmi":
        weight, height = ("var", "weight"), ("var", "height")
        square = ("*", ("*", height, height), figure)
        return Leaf((weight, height), (COMPARISONS[word], ("*", weight, 10_000), square))
    return _against(field, word, figure)


def _against(field: Expression, word: str, figure: Any) -> Leaf:
    if isinstance(figure, dict):
        return Leaf((field, ("var", "limit")), (COMPARISONS[word], field, ("var", "limit")))
    return Leaf((field,), (COMPARISONS[word], field, figure))


def _compare(name: str, test: dict[str, Any]) -> Leaf:
    left: Expression = ("var", name)
    if "minus" in test:
        less = ("var", _plain(test["minus"]))
        return Leaf((left, less), (">=", ("-", left, less), test["at_least"]))
    [(word, other)] = [(word, said) for word, said in test.items() if word in COMPARISONS]
    right: Expression = ("var", _plain(other))
    known = (left, right)
    return Leaf(known, (COMPARISONS[word], left, ("*", right, test["times"]) if "times" in test else right))


def _readings(node: dict[str, Any]) -> Truth:
    before = node.get("phase") == "before"
    if "count" in node:
        return _how_many(node["count"])
    [statistic] = {"mean", "last", "highest", "any", "spread"} & set(node)
    values: Expression = ("values", node[statistic], before)
    [(word, figure)] = [(COMPARISONS[word], said) for word, said in node.items() if word in COMPARISONS]
    limit: Any = ("var", "limit") if isinstance(figure, dict) else figure
    known = (READINGS, *(([limit]) if isinstance(figure, dict) else []), values)
    match statistic:
        case "mean":
            return Leaf(known, (word, ("sum", values), ("*", limit, ("size", values))))
        case "spread":
            wide = (word, ("-", ("highest", values), ("lowest", values)), limit)
            return Leaf((*known, ("second", values)), wide)
        case "any":
            return Leaf(known, (word, ("lowest", values), limit))
    return Leaf(known, (word, (statistic, values), limit))


def _how_many(count: dict[str, Any]) -> Unless:
    if "of" in count:
        values: Expression = ("values", "systolic", False)
        least = count["of"]["systolic"]["at_least"]
        many = (">=", ("size", ("those", values, least)), count["at_least"])
        return Unless(False, Leaf((READINGS, values), many))
    return Unless(True, Leaf((READINGS, ("taken",)), ("<", ("size", ("taken",)), count["below"])))
