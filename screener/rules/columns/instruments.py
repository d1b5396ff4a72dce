"""Results of one instrument for many records: items, total and further scores, each with whether it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import numpy as np

from screener.rules.columns.column import Column, odd_rows
from screener.rules.columns.figures import FINEST, Measure, decimals, scaled
from screener.rules.columns.once import once
from screener.rules.columns.states import Bools, States, Whole
from screener.rules.scores import Scoring
from screener.rules.values import InstrumentResult, Value


@dataclass(frozen=True, eq=False)
class Results(Column):
    """instrument: one column of `items` for each item of `scoring` in its order, one of `figures` for each score.

    Both are in units of `10 ** -exponent`; `said` and `given` tell what is there. The first score is the total. Results
    that do not fit stand under `odd`.
    """

    items: Whole
    said: Bools
    figures: Whole
    given: Bools
    scoring: Scoring
    exponent: int = 0
    odd: dict[int, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, states: States, values: Sequence[Value | None], scoring: Scoring | None = None) -> Results:
        """Results as they were recorded."""
        scoring = scoring or Scoring({}, {})
        exponent = _scale(values, scoring)
        number, item_ids, score_ids = len(values), list(scoring.items), list(scoring.scores)
        items, figures = np.zeros((number, len(item_ids)), np.int64), np.zeros((number, len(score_ids)), np.int64)
        said, given = np.zeros(items.shape, np.bool_), np.zeros(figures.shape, np.bool_)
        odd: dict[int, Value] = {}
        for row, value in enumerate(values):
            if not isinstance(value, InstrumentResult):
                continue
            answers, scores = dict(value.items), {name: scoring.given(value, name) for name in score_ids}
            try:
                _put(items[row], said[row], [answers.get(item) for item in item_ids], exponent)
                _put(figures[row], given[row], [scores[name] for name in score_ids], exponent)
            except OverflowError:
                said[row], given[row], odd[row] = False, False, value
        return cls(states, items, said, figures, given, scoring, exponent, odd)

    def held(self, row: int) -> Value:
        known = self.odd.get(row)
        if known is not None:
            return known
        items = zip(self.scoring.items, self._figures(self.items[row], self.said[row]), strict=True)
        scores = dict(zip(self.scoring.scores, self._figures(self.figures[row], self.given[row]), strict=True))
        total = scores.pop(self.scoring.main, None)
        return InstrumentResult(
            tuple((item, value) for item, value in items if value is not None),
            total,
            tuple((name, value) for name, value in scores.items() if value is not None),
        )

    def _figures(self, units: Whole, there: Bools) -> list[Decimal | None]:
        pairs = zip(units.tolist(), there.tolist(), strict=True)
        return [Decimal(whole).scaleb(-self.exponent) if is_there else None for whole, is_there in pairs]

    def arrays(self) -> dict[str, Any]:
        own = {"items": self.items, "said": self.said, "figures": self.figures, "given": self.given}
        return super().arrays() | own

    def rows(self, first: int, last: int) -> Results:
        arrays = {name: array[first:last] for name, array in self.arrays().items()}
        return replace(self, odd=odd_rows(self.odd, first, last), **arrays)

    @once
    def worked(self) -> dict[object, Measure]:
        """What tests have worked out of these results, shared between them."""
        return {}

    def like(self, states: States, values: Sequence[Value | None]) -> Results:
        return self.of(states, values, self.scoring)


def _scale(values: Sequence[Value | None], scoring: Scoring) -> int:
    """The decimals that the scales, the ranges and the results need."""
    of_it = [figure for scale in scoring.items.values() for figure in scale.values]
    for made in scoring.scores.values():
        of_it += (made.low, made.high, made.at_least or Decimal(1))
    results = [value for value in values if isinstance(value, InstrumentResult)]
    said = [figure for result in results for _, figure in (*result.items, *result.scores)]
    totals = [result.total for result in results if result.total is not None]
    finest = min(FINEST, max(map(decimals, (*of_it, *said, *totals)), default=0))
    fits = (scale for scale in range(finest, -1, -1) if all(scaled(figure, scale) is not None for figure in of_it))
    found = next(fits, None)
    if found is None:
        raise ValueError(f"the figures of {scoring.title or 'an instrument'} fit no scale of whole numbers")
    return found


def _put(units: Whole, there: Bools, figures: Sequence[Decimal | None], exponent: int) -> None:
    for place, figure in enumerate(figures):
        if figure is not None:
            whole = scaled(figure, exponent)
            if whole is None:
                raise OverflowError
            units[place], there[place] = whole, True
