"""Bands of one figure: two that leave figures between them, or share some.

Levels write lower edges only, so they can neither leave a gap nor lie across each other: the highest that is met
counts. Where a level writes an upper edge all the same, figures between it and the next level are listed at neither.
Rules that each take a band of one figure from one source are bands of one scale: there a shared figure is a mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from screener.forms.model import Pack, Question, Rule
from screener.rules.expressions import All, Ask, Comparison, Node, Score
from screener.rules.values import Kind

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Band:
    """The figures from one to another, both inside; without an end where nothing is written."""

    of: str
    """The question, with the part of an instrument."""
    question: str
    low: Decimal | None
    high: Decimal | None
    step: Decimal | None
    """None for what is worked out: between any two figures there are more."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Two bands that do not meet, or share a figure; `figure` shows it."""

    what: Literal["gap", "overlap"]
    lower: str
    upper: str
    question: str
    figure: Decimal


def level_gaps(rule: Rule, questions: Mapping[str, Question]) -> Iterator[tuple[int, Misfit]]:
    """Levels, by the place of the upper one, between which a figure is listed at neither."""
    bands = [(level.id, band_of(level.when, questions)) for level in rule.levels]
    for place, ((lower, below), (upper, above)) in enumerate(pairwise(bands), start=1):
        if below is not None and above is not None and below.of == above.of:
            yield from ((place, found) for found in _misfits(lower, below, upper, above) if found.what == "gap")


def next_band(pack: Pack, rule: Rule) -> Misfit | None:
    """How the band of a rule fits the one below it: of one source, in one profile and on one pathway."""
    own = band_of(rule.when, pack.questions)
    if own is None or own.low is None:
        return None
    below: list[tuple[Decimal, str, Band]] = []
    for other in pack.rules.values():
        band = band_of(other.when, pack.questions) if other.id != rule.id and _of_one_scale(rule, other) else None
        if band is not None and band.of == own.of and band.low is not None and band.low < own.low:
            below.append((band.low, other.id, band))
    if not below or own.high is None:
        return None
    _, lower, nearest = max(below, key=lambda each: each[0])
    return next(_misfits(lower, nearest, rule.id, own), None)


def _of_one_scale(rule: Rule, other: Rule) -> bool:
    together = set(rule.profiles) & set(other.profiles) and set(rule.pathways) & set(other.pathways)
    runs = other.status not in ("retired", "off")
    return bool(together) and runs and rule.source.ref == other.source.ref


def _misfits(lower: str, below: Band, upper: str, above: Band) -> Iterator[Misfit]:
    if below.high is None or above.low is None:
        return
    if above.low <= below.high:
        yield Misfit("overlap", lower, upper, above.question, above.low)
        return
    between = (below.high + above.low) / 2 if below.step is None else below.high + below.step
    if between < above.low:
        yield Misfit("gap", lower, upper, above.question, between)


def band_of(node: Node | None, questions: Mapping[str, Question]) -> Band | None:
    """The band that a condition takes of one figure, if it is nothing else."""
    match node:
        case Ask() | Score():
            return _of_test(node, questions)
        case All():
            return _together([band_of(part, questions) for part in node.all])
        case _:
            return None


def _of_test(node: Ask | Score, questions: Mapping[str, Question]) -> Band | None:
    name = node.ask if isinstance(node, Ask) else node.score
    question = questions.get(name)
    part = "" if isinstance(node, Ask) else f":{node.part}:{node.item}"
    if question is None or question.kind not in (Kind.NUMBER, Kind.DERIVED, Kind.INSTRUMENT):
        return None
    step = None if question.kind is Kind.DERIVED else question.step or _ONE
    if node.between is not None:
        return Band(name + part, name, *node.between, step)
    limit = node.limit if node.comparison is not None else None
    if node.comparison is None or not isinstance(limit, Decimal):
        return None
    low, high = _ends(node.comparison, limit, step or Decimal(0))
    return Band(name + part, name, low, high, step)


def _ends(comparison: Comparison, limit: Decimal, step: Decimal) -> tuple[Decimal | None, Decimal | None]:
    match comparison:
        case "above":
            return limit + step, None
        case "at_least":
            return limit, None
        case "at_most":
            return None, limit
        case "below":
            return None, limit - step


def _together(bands: Iterable[Band | None]) -> Band | None:
    """What lies inside all of them, where all are of one figure."""
    found = list(bands)
    first = found[0]
    if first is None or any(band is None or band.of != first.of for band in found):
        return None
    known = [band for band in found if band is not None]
    lows = [band.low for band in known if band.low is not None]
    highs = [band.high for band in known if band.high is not None]
    return Band(first.of, first.question, max(lows, default=None), min(highs, default=None), first.step)
