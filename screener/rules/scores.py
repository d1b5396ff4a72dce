"""Scores of instruments: what the items answered so far make certain, as intervals that close as more are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from screener.language import KEPT, Voice
from screener.rules.expressions import Score
from screener.rules.numbers import comparer
from screener.rules.truth import Truth
from screener.rules.values import InstrumentResult, Interval

Of = Literal["sum", "mean", "highest", "count", "given"]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class ItemScale:
    """What one item may be answered with: its numbers, from the lowest to the highest."""

    values: tuple[Decimal, ...]

    @property
    def low(self) -> Decimal:
        return self.values[0]

    @property
    def high(self) -> Decimal:
        return self.values[-1]


@dataclass(frozen=True, slots=True)
class ScoreOf:
    """How one score is made of items, and its range. `given`: only the figure itself is recorded."""

    of: Of
    items: tuple[str, ...]
    low: Decimal
    high: Decimal
    at_least: Decimal | None = None


@dataclass(frozen=True)
class Scoring:
    """An instrument's items and scores; the first score is its total."""

    items: Mapping[str, ItemScale]
    scores: Mapping[str, ScoreOf]
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What scores and items are called, by their ids."""

    @cached_property
    def main(self) -> str:
        return next(iter(self.scores), TOTAL)

    def title_of(self, name: str) -> str:
        """What a score or an item is called; its id where it has no title."""
        return self.titles.get(name, name)

    def score_id(self, part: str | None) -> str:
        return self.main if part in (None, TOTAL) else str(part)

    def given(self, result: InstrumentResult, part: str | None) -> Decimal | None:
        """The figure that was recorded for a score, whatever the items say."""
        name = self.score_id(part)
        return result.total if name == self.main else dict(result.scores).get(name)

    def score(self, result: InstrumentResult, part: str | None = None) -> Interval:
        """Where a score lies, as far as its figure and its items tell.

        A recorded figure and items that cannot come to it leave everything between the two open. A figure outside the
        score's range says nothing.
        """
        made = self.scores[self.score_id(part)]
        figure = self.given(result, part)
        if figure is not None and not made.low <= figure <= made.high:
            figure = None
        reckoned = self._reckoned(made, dict(result.items))
        if figure is None:
            return reckoned
        exact = Fraction(figure)
        if reckoned.low <= exact <= reckoned.high:
            return Interval(exact, exact)
        return Interval(min(exact, reckoned.low), max(exact, reckoned.high))

    def item(self, result: InstrumentResult, item: str) -> Interval:
        """Where one item lies: as answered, or as far as the total and the other items leave it."""
        answers, scale = dict(result.items), self.items[item]
        if item in answers:
            exact = Fraction(answers[item])
            return Interval(exact, exact)
        low, high = Fraction(scale.low), Fraction(scale.high)
        for name, made in self.scores.items():
            figure = self.given(result, name)
            if made.of != "sum" or item not in made.items or figure is None or not made.low <= figure <= made.high:
                continue
            rest = self._reckoned_of([other for other in made.items if other != item], answers)
            left, right = max(low, Fraction(figure) - rest.high), min(high, Fraction(figure) - rest.low)
            if left <= right:
                low, high = left, right
        return Interval(low, high)

    def _reckoned(self, made: ScoreOf, answers: Mapping[str, Decimal]) -> Interval:
        whole = Interval(Fraction(made.low), Fraction(made.high))
        if made.of == "given" or not made.items:
            return whole
        if made.of in ("sum", "mean"):
            span = self._reckoned_of(made.items, answers)
            if made.of == "mean":
                span = Interval(span.low / len(made.items), span.high / len(made.items))
            return span
        ends = [self._ends(item, answers) for item in made.items]
        if made.of == "highest":
            return Interval(Fraction(max(low for low, _ in ends)), Fraction(max(high for _, high in ends)))
        least = made.at_least if made.at_least is not None else Decimal(1)
        certain, possible = sum(low >= least for low, _ in ends), sum(high >= least for _, high in ends)
        return Interval(Fraction(certain), Fraction(possible))

    def _reckoned_of(self, items: Iterable[str], answers: Mapping[str, Decimal]) -> Interval:
        ends = [self._ends(item, answers) for item in items]
        lows, highs = (sum(map(Fraction, figures), Fraction(0)) for figures in zip(*ends, strict=True))
        return Interval(lows, highs)

    def _ends(self, item: str, answers: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
        known = answers.get(item)
        return (self.items[item].low, self.items[item].high) if known is None else (known, known)

    def complete(self, result: InstrumentResult, part: str | None = None) -> bool:
        """Whether every item of a score is answered."""
        made = self.scores[self.score_id(part)]
        return bool(made.items) and set(made.items) <= {item for item, _ in result.items}

    def doubts(self, result: InstrumentResult, say: Voice = KEPT) -> list[str]:
        """Where what was recorded does not agree with itself, in words."""
        found = []
        for name, made in self.scores.items():
            figure = self.given(result, name)
            if figure is None:
                continue
            title = self.title_of(name).lower()
            if not made.low <= figure <= made.high:
                found.append(
                    say.tr("{figure} lies outside {low} to {high}").format(
                        figure=f"{title} {figure}", low=made.low, high=made.high
                    )
                )
                continue
            reckoned = self._reckoned(made, dict(result.items))
            if not reckoned.low <= figure <= reckoned.high:
                said = _plain(reckoned.low)
                if reckoned.low != reckoned.high:
                    said = say.tr("{low} to {high}").format(low=said, high=_plain(reckoned.high))
                found.append(
                    say.tr("{figure}, but the items come to {said}").format(figure=f"{title} {figure}", said=said)
                )
        return found


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.1f}"


def interval_of(node: Score, scoring: Scoring, result: InstrumentResult) -> Interval:
    """The score, part or item that a node reads."""
    return scoring.score(result, node.part) if node.item is None else scoring.item(result, node.item)


def judge(node: Score, scoring: Scoring, limit: Decimal | None) -> Callable[[InstrumentResult, date], Truth]:
    """The test of a node, ready to run."""
    if node.between is not None:
        low, high = comparer("at_least", node.between[0]), comparer("at_most", node.between[1])

        def both(result: InstrumentResult, _: date) -> Truth:
            value = interval_of(node, scoring, result)
            return min(low(value), high(value))

        return both
    assert node.comparison is not None and limit is not None
    meets = comparer(node.comparison, limit)
    return lambda result, _: meets(interval_of(node, scoring, result))
