"""Conditions in English: every node in plain words, units and lengths of time as people say them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from screener.language import KEPT, Voice, kept
from screener.rules.expressions import (
    AccountsDiffer,
    All,
    Any_,
    Ask,
    Bounds,
    Compare,
    Comparison,
    Count,
    Duration,
    HalfLives,
    Missing,
    Node,
    Not,
    OfReadings,
    ParameterRef,
    ReadingsCount,
    Score,
    Takes,
)


class Names(Protocol):
    """What things are called on screen; the content gives them."""

    def question(self, question_id: str) -> str:
        """The label of a question."""
        ...

    def option(self, question_id: str, option_id: str) -> str:
        """The text of one option of a question."""
        ...

    def phase(self, phase: str) -> str:
        """A phase of readings, as it stands inside a sentence: before dose."""
        ...

    def parameter(self, ref: ParameterRef, unit: str) -> str:
        """The clinic's figure with its unit, or that none is chosen."""
        ...

    def medicine_class(self, class_id: str) -> str:
        """A class of medicines."""
        ...

    def score(self, question_id: str, name: str) -> str:
        """A score of a question's instrument, as it stands inside a sentence: total."""
        ...


_UNITS = {
    "mm[Hg]": "mmHg",
    "Cel": "°C",
    "[lb_av]": "lb",
    "[in_i]": "in",
    "/min": kept("per minute"),
    "/wk": kept("per week"),
    "kg/m2": "kg/m²",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "10*9/L": "10⁹/L",
    "1": "",
}
_REMARK = re.compile(r"\{[^}]*\}")
_TIMES = {
    "min": (kept("minute"), kept("minutes")),
    "h": (kept("hour"), kept("hours")),
    "d": (kept("day"), kept("days")),
    "wk": (kept("week"), kept("weeks")),
    "mo": (kept("month"), kept("months")),
    "a": (kept("year"), kept("years")),
}
_COMPARISONS: dict[Comparison, str] = {"above": "above", "at_least": "at least", "at_most": "at most", "below": "below"}
PART_WORDS = {
    "systolic": kept("systolic"),
    "diastolic": kept("diastolic"),
    "pulse": kept("pulse"),
    "pulse_pressure": kept("pulse pressure"),
}
_STATISTICS = {
    "mean": "mean {}",
    "last": "last {}",
    "highest": "highest {}",
    "any": "{} of any reading",
    "spread": "spread of {}",
}


def unit_words(unit: str, figure: Decimal | int | None = None, say: Voice = KEPT) -> str:
    """A UCUM unit as people write it; a length of time takes its plural unless `figure` is 1.

    What stands in braces is a remark and no unit: alone it is left out (9, not 9 score), beside a unit it is read too.
    """
    if _REMARK.fullmatch(unit):
        return ""
    if unit in _TIMES:
        return say.word(_TIMES[unit][figure != 1])
    if unit in _UNITS:
        return say.word(_UNITS[unit])
    return _REMARK.sub(lambda found: found[0].strip("{}").replace("_", " "), unit)


def figure_words(figure: Decimal) -> str:
    """An exact number without exponent or trailing zeros."""
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(figure: Decimal, unit: str | None, say: Voice = KEPT) -> str:
    """A figure and its unit: 140 mmHg, 1 year, 12."""
    return f"{figure_words(figure)} {unit_words(unit or '', figure, say)}".rstrip()


def duration_words(length: Duration) -> str:
    """A length of time: 6 weeks, 1 year."""
    return f"{length.count} {unit_words(length.unit, length.count)}"


def in_words(node: Node, names: Names) -> str:
    """A whole condition as one line; what stands inside another condition is put in brackets."""
    if not node.children():
        return leaf_words(node, names)
    parts = ((in_words(child, names), bool(child.children())) for child in node.children())
    return f"{heading(node)}: {'; '.join(f'({text})' if composed else text for text, composed in parts)}"


def heading(node: Node) -> str:
    """What holds the parts of a condition together: all of, any of, at least 2 of, not. For a tree's inner lines."""
    match node:
        case All():
            return "all of"
        case Any_():
            return "any of"
        case Not():
            return "not"
        case Count():
            return f"at least {node.count.at_least} of"
        case _:
            raise TypeError(f"{type(node).__name__} has no parts")


def leaf_words(node: Node, names: Names) -> str:
    """One test in words."""
    match node:
        case Ask():
            return _ask(node, names)
        case Compare():
            return _compare(node, names)
        case OfReadings():
            return _of_readings(node, names)
        case Takes():
            return _takes(node, names)
        case Score():
            return _score(node, names)
        case Missing():
            return f"{names.question(node.missing)}: not recorded"
        case AccountsDiffer():
            return f"{names.question(node.accounts_differ)}: accounts differ, none named as used"
        case _:
            raise TypeError(f"{type(node).__name__} is not a single test")


def node_words(node: Node, names: Names) -> str:
    """One line of a tree: a test in words, or the heading of what has parts."""
    return heading(node) if node.children() else leaf_words(node, names)


def _ask(node: Ask, names: Names) -> str:
    label = names.question(node.ask)
    match node.test:
        case "is":
            return f"{label}: {names.option(node.ask, node.is_ or '')}"
        case "one_of":
            return f"{label}: {series([names.option(node.ask, option) for option in node.one_of or ()])}"
        case "between":
            assert node.between is not None
            low, high = node.between
            return f"{label} from {figure_words(low)} to {with_unit(high, node.unit)}"
        case "within":
            assert node.within is not None
            return f"{label} within {duration_words(node.within)} before {_reference(node, names)}"
        case "older_than":
            assert node.older_than is not None
            return f"{label} more than {duration_words(node.older_than)} before {_reference(node, names)}"
        case "after":
            return f"{label} after the visit"
        case _:
            return f"{label} {_bound(node, node.unit, names)}"


def _reference(node: Ask, names: Names) -> str:
    return "the visit" if node.before is None else names.question(node.before)


def _bound(node: Bounds, unit: str | None, names: Names) -> str:
    comparison, limit = node.comparison, node.limit
    assert comparison is not None
    figure = names.parameter(limit, unit or "") if isinstance(limit, ParameterRef) else with_unit(limit, unit)
    return f"{_COMPARISONS[comparison]} {figure}"


def _compare(node: Compare, names: Names) -> str:
    label, words, limit = names.question(node.compare), _COMPARISONS[node.comparison], node.limit
    if isinstance(limit, Decimal):
        return f"{label} less {names.question(node.minus or '')}: {words} {with_unit(limit, node.unit)}"
    factor = f"{node.times} times " if node.times not in (None, 1) else ""
    return f"{label} {words} {factor}{names.question(limit)}"


def _of_readings(node: OfReadings, names: Names) -> str:
    phase = [names.phase(node.phase)] if node.phase else []
    if node.count is not None:
        return ", ".join([_how_many(node.count, names), *phase])
    if node.zero is not None:
        return ", ".join([f"{part_words(node.zero)} of any reading typed as 0", *phase])
    figure = _STATISTICS[node.statistic].format(part_words(node.part))
    return ", ".join([figure, *phase, _bound(node, node.unit, names)])


ROUTE_WORDS = {
    "oral": kept("by mouth"),
    "sublingual": kept("under the tongue"),
    "buccal": kept("in the cheek"),
    "nasal": kept("into the nose"),
    "inhaled": kept("breathed in"),
    "transdermal": kept("as a patch or through the skin"),
    "injection": kept("by injection"),
    "rectal": kept("into the rectum"),
    "eye": kept("as eye drops"),
    "ear": kept("as ear drops"),
    "skin": kept("on the skin"),
    "vaginal": kept("into the vagina"),
    "implant": kept("as an implant"),
}


def _takes(node: Takes, names: Names) -> str:
    selector = node.takes
    named = [*(names.medicine_class(class_id) for class_id in selector.class_ or ()), *(selector.substance or ())]
    what = series(named) if named else "any medicine" if selector.any else "a name that the dictionary does not hold"
    how = "" if selector.route is None else f" {series([ROUTE_WORDS[route] for route in selector.route])}"
    if node.within is None:
        return f"taken now: {what}{how}"
    length = str(node.within) if isinstance(node.within, HalfLives) else duration_words(node.within)
    reference = "the visit" if node.before is None else names.question(node.before)
    return f"taken within {length} before {reference}: {what}{how}"


def _score(node: Score, names: Names) -> str:
    label = names.question(node.score)
    of = f"item {node.item}" if node.item is not None else names.score(node.score, node.part or "total")
    if node.between is not None:
        low, high = node.between
        return f"{label}, {of} from {figure_words(low)} to {figure_words(high)}"
    return f"{label}, {of} {_bound(node, None, names)}"


def _how_many(count: ReadingsCount, names: Names) -> str:
    number = count.at_least if count.at_least is not None else count.below
    noun = "day" if count.on else "reading"
    amount = f"{'at least' if count.at_least is not None else 'fewer than'} {number} {noun}{'' if number == 1 else 's'}"
    if count.of is None:
        return amount + (" with a reading" if count.on else "")
    ((part, wanted),) = count.of.items()
    return f"{amount} with {part_words(part)} {_bound(wanted, 'mm[Hg]' if part != 'pulse' else '/min', names)}"


def part_words(part: str) -> str:
    """A part of a reading as it is called: systolic, pulse pressure."""
    return PART_WORDS.get(part, part)


def series(texts: Sequence[str], last: str = "or") -> str:
    """Several things in a sentence: `A`, `A or B`, `A, B or C`; `last` stands before the last of them."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} {last} {texts[-1]}"
