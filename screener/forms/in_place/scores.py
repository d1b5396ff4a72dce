"""Scores, parts and items of instruments: intervals that close as more items are answered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from screener.forms.in_place.parts import Measure, all_of, either, no_figure, null, tests, total
from screener.forms.in_place.seen import Seen
from screener.forms.model import Question
from screener.rules.expressions import Score
from screener.rules.scores import ScoreOf, Scoring
from screener.rules.values import Kind


def judge(seen: Seen, node: Score, limit: Decimal | None) -> Any:
    """The test of a node against its limit."""
    question = seen.asked(node.score, Kind.INSTRUMENT)
    if question is None or question.scoring is None:
        return null()
    of_it = _Results(seen, question, question.scoring)
    measure = of_it.score(node.part) if node.item is None else of_it.item(node.item)
    return seen.answered(question.id, all_of(measure.meets(c, Fraction(figure)) for c, figure in tests(node, limit)))


class _Results:
    """What is recorded of one instrument, as figures in units of its scale."""

    def __init__(self, seen: Seen, question: Question, scoring: Scoring) -> None:
        self._seen, self._id, self._scoring = seen, question.id, scoring
        self._exponent = seen.exponent(question.id)

    def score(self, part: str | None) -> Measure:
        """As far as its figure and its items tell. A figure outside the score's range says nothing."""
        name = self._scoring.score_id(part)
        made = self._scoring.scores[name]
        low, high, times = self._reckoned(made)
        figure = self._given(name)
        if figure is not None:
            import ibis

            said, given = figure * times, figure.notnull()
            within = given & (said >= low) & (said <= high)
            lowest, highest = ibis.least(said, low), ibis.greatest(said, high)
            low = either(within, said, either(given, lowest, low))
            high = either(within, said, either(given, highest, high))
        return Measure(low, high, times * 10**self._exponent)

    def item(self, item: str) -> Measure:
        """As answered, or as far as the total and the other items leave it."""
        import ibis

        said = self._said(item)
        low, high = self._end(item)
        for name, made in self._scoring.scores.items():
            others = [other for other in made.items if other != item]
            figure = self._given(name)
            if made.of != "sum" or item not in made.items or not others or figure is None:
                continue
            rest_low, rest_high = self._sums(others)
            left, right = ibis.greatest(low, figure - rest_high), ibis.least(high, figure - rest_low)
            closer = figure.notnull() & (left <= right)
            if said is not None:
                closer = closer & said.isnull()
            low, high = either(closer, left, low), either(closer, right, high)
        return Measure(low, high, 10**self._exponent)

    def _given(self, name: str) -> Any:
        """The figure recorded for a score where it lies in its range, else NULL; None without a column."""
        column = f"{self._id}/total" if name == self._scoring.main else f"{self._id}/score/{name}"
        if column not in self._seen.held:
            return None
        made, figure = self._scoring.scores[name], self._seen.table[column]
        return either((figure >= self._units(made.low)) & (figure <= self._units(made.high)), figure, no_figure())

    def _reckoned(self, made: ScoreOf) -> tuple[Any, Any, int]:
        """What the items make certain, in units of the scale divided by the number that comes third."""
        import ibis

        if made.of == "given" or not made.items:
            return self._literal(made.low), self._literal(made.high), 1
        if made.of in ("sum", "mean"):
            return *self._sums(made.items), 1 if made.of == "sum" else len(made.items)
        lows, highs = zip(*map(self._end, made.items), strict=True)
        if made.of == "highest":
            return ibis.greatest(*lows), ibis.greatest(*highs), 1
        least = self._units(made.at_least if made.at_least is not None else Decimal(1))
        one = 10**self._exponent
        certain, possible = ([either(end >= least, one, 0) for end in ends] for ends in (lows, highs))
        return total(certain), total(possible), 1

    def _sums(self, items: Sequence[str]) -> tuple[Any, Any]:
        lows, highs = zip(*map(self._end, items), strict=True)
        return total(lows), total(highs)

    def _end(self, item: str) -> tuple[Any, Any]:
        """The lowest and the highest that an item can be."""
        scale, said = self._scoring.items[item], self._said(item)
        if said is None:
            return self._literal(scale.low), self._literal(scale.high)
        return said.fill_null(self._units(scale.low)), said.fill_null(self._units(scale.high))

    def _said(self, item: str) -> Any:
        column = f"{self._id}/item/{item}"
        return self._seen.table[column] if column in self._seen.held else None

    def _units(self, figure: Decimal) -> int:
        return self._seen.whole(figure, self._exponent)

    def _literal(self, figure: Decimal) -> Any:
        import ibis

        return ibis.literal(self._units(figure), type="int64")
