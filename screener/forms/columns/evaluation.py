"""The rules of one pathway over many records at once: every outcome, and the level of rules that have levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screener.forms.columns.answers import CHUNK, Batch
from screener.forms.columns.seen import Sight
from screener.forms.evaluation import RuleSet
from screener.forms.model import OutcomeWord
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.leaves import Leaves
from screener.rules.columns.masks import Mask, Truths
from screener.rules.columns.states import Bools
from screener.rules.columns.tree import Plan
from screener.rules.truth import Truth

Ranks = npt.NDArray[np.int8]
NO_LEVEL = -1
OUTCOMES: tuple[OutcomeWord, ...] = ("not_listed", "not_established", "listed")
"""What the numbers of `Outcomes.truths` mean: those of `Truth`."""
NOT_LISTED, NOT_ESTABLISHED, LISTED = (int(truth) for truth in (Truth.NO, Truth.UNKNOWN, Truth.YES))


@dataclass(frozen=True, eq=False)
class Levels:
    """Of a rule with levels: the rank of the highest that is YES, counted from the lowest, or NO_LEVEL.

    `could_be_higher`: a level above that one is UNKNOWN.
    """

    names: tuple[str, ...]
    ranks: Ranks
    could_be_higher: Bools

    def name(self, row: int) -> str | None:
        rank = int(self.ranks[row])
        return None if rank == NO_LEVEL else self.names[rank]


@dataclass(frozen=True, eq=False)
class Outcomes:
    """`truths[i]` is what came of rule `rules[i]` for every record, as places in OUTCOMES."""

    rules: tuple[str, ...]
    truths: npt.NDArray[np.uint8]
    levels: Mapping[str, Levels]

    @property
    def records(self) -> int:
        return int(self.truths.shape[1])

    def of(self, rule_id: str) -> Truths:
        """One rule, for every record."""
        found: Truths = self.truths[self.rules.index(rule_id)]
        return found

    def outcome(self, rule_id: str, row: int) -> OutcomeWord:
        return OUTCOMES[int(self.of(rule_id)[row])]

    def counts(self) -> npt.NDArray[np.int64]:
        """For each rule how many records are not listed, not established, listed."""
        return np.array([np.bincount(row, minlength=len(OUTCOMES)) for row in self.truths], dtype=np.int64).reshape(
            -1, 3
        )


class ColumnRules:
    """A screening's rules over columns, in the order of the screen; outcomes are those of its `RuleSet`."""

    def __init__(self, rules: RuleSet) -> None:
        self.rule_set = rules
        self.form = rules.form
        self.ids = tuple(rules.rules)
        self._sight = Sight(rules.form)
        self._names = {
            rule_id: tuple(name for name, _ in condition.levels if name is not None)
            for rule_id, condition in rules.conditions.items()
        }
        conditions, self._of = [], list[tuple[int, int]]()
        for place, condition in enumerate(rules.conditions.values()):
            for rank, (_, node) in enumerate(condition.levels):
                conditions.append(node)
                self._of.append((place, rank))
        layout = rules.form.layout
        self._plan = Plan(conditions, Leaves(layout.scorings, layout.dictionary, rules.figures))

    def outcomes(self, batch: Batch, chunk: int = CHUNK) -> Outcomes:
        """Every rule for every record. What is in between takes the memory of one chunk."""
        records = len(batch)
        truths = np.empty((len(self.ids), records), dtype=np.uint8)  # every rule puts its own
        levels = {rule_id: _no_levels(names, records) for rule_id, names in self._names.items() if names}
        for first, part in batch.chunks(chunk):
            self._run(part, slice(first, first + len(part)), truths, levels)
        return Outcomes(self.ids, truths, levels)

    def seen(self, batch: Batch) -> ColumnFacts:
        """The answers as the logic sees them."""
        return self._sight.facts(batch)

    def run(self, batches: Iterable[Batch], chunk: int = CHUNK) -> Iterator[Outcomes]:
        """One batch after the other, for more records than are held at once."""
        for batch in batches:
            yield self.outcomes(batch, chunk)

    def _run(self, part: Batch, rows: slice, truths: Truths, levels: Mapping[str, Levels]) -> None:
        waiting: dict[int, list[Mask]] = {}

        def take(place: int, mask: Mask) -> None:
            rule, rank = self._of[place]
            names = self._names[self.ids[rule]]
            if not names:
                mask.put(truths[rule, rows])
                return
            masks = waiting.setdefault(rule, [mask] * len(names))
            masks[rank] = mask
            left[rule] -= 1
            if not left[rule]:
                _levelled(waiting.pop(rule), levels[self.ids[rule]], rows, truths[rule, rows])

        left = {place: len(self._names[rule_id]) for place, rule_id in enumerate(self.ids)}
        self._plan.run(self.seen(part), take)


def _no_levels(names: tuple[str, ...], records: int) -> Levels:
    return Levels(names, np.full(records, NO_LEVEL, dtype=np.int8), np.zeros(records, dtype=np.bool_))


def _levelled(masks: list[Mask], levels: Levels, rows: slice, truths: Truths) -> None:
    """Puts the truths and the ranks of a rule with levels, given from the lowest to the highest, in their places."""
    highest, highest_open = np.zeros((2, len(truths)), dtype=np.int8)  # counted from 1, so that 0 is none
    for number, mask in enumerate(masks, start=1):
        np.maximum(highest, mask.yes.view(np.int8) * np.int8(number), out=highest)
        np.maximum(highest_open, mask.unknown.view(np.int8) * np.int8(number), out=highest_open)
    np.subtract(highest, np.int8(1), out=levels.ranks[rows])
    met = highest > 0
    np.logical_and(met, highest_open > highest, out=levels.could_be_higher[rows])
    np.maximum(met.view(np.uint8) * np.uint8(LISTED), (highest_open > 0).view(np.uint8), out=truths)
