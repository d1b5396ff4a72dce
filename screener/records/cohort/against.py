"""Two packs, or two limits, over the same records: which records come to another outcome, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from screener.forms.evaluation import RuleSet
from screener.forms.model import OutcomeWord, Rule
from screener.records.cohort.outcomes import LISTED, NO_LEVEL, WORDS, Came
from screener.records.cohort.part import Part
from screener.records.cohort.small import LIMIT, Shown, shown_row

How = Literal["listed newly", "no longer listed", "otherwise changed", "same"]
HOWS: tuple[How, ...] = ("listed newly", "no longer listed", "otherwise changed", "same")
"""Otherwise changed: listed in both at another level, or in neither and another outcome."""


class Changed(NamedTuple):
    """One record that comes to another outcome of one rule."""

    row: int
    id: str
    rule: str
    how: How
    before: OutcomeWord
    after: OutcomeWord
    level_before: str | None
    level_after: str | None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """How many records change under one rule, in the order of HOWS; None where a number is small and hidden."""

    rule: Rule
    theme: str
    counts: tuple[int, ...]

    def shown(self, limit: int = LIMIT) -> tuple[Shown, ...]:
        return shown_row(self.counts, limit)

    @property
    def changes(self) -> bool:
        return any(self.counts[:-1])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rule sets over one cohort. `only_first` and `only_second`: rules that the other does not have."""

    first: str
    second: str
    records: int
    rules: tuple[RuleChange, ...]
    only_first: tuple[Rule, ...]
    only_second: tuple[Rule, ...]


class Comparing:
    """Compares the outcomes of two rule sets, part by part. A level is told by its name, not by its place."""

    def __init__(self, first: RuleSet, second: RuleSet, names: tuple[str, str]) -> None:
        self._first, self._second, self._names = first, second, names
        self._rules = [rule for rule in first.rules if rule in second.rules]
        places = [list(rules.rules) for rules in (first, second)]
        self._places = [[one.index(rule) for rule in self._rules] for one in places]
        self._counts: npt.NDArray[np.int64] = np.zeros((len(self._rules), len(HOWS)), np.int64)
        self._records = 0

    def add(self, part: Part, first: Came, second: Came) -> Iterator[Changed]:
        """Count some records; each that changes, rule by rule."""
        self._records += len(part)
        for number, (here, there) in enumerate(zip(*self._places, strict=True)):
            yield from self._of_rule(number, part, (first, here), (second, there))

    def _of_rule(self, number: int, part: Part, first: tuple[Came, int], second: tuple[Came, int]) -> Iterator[Changed]:
        rule = self._rules[number]
        (came, here), (also, there) = first, second
        before, after = came.outcome[here], also.outcome[there]
        was, now = _levels(self._first, rule, came.level[here]), _levels(self._second, rule, also.level[there])
        differs = (before != after) | ((before == LISTED) & (was != now))
        how = np.where(differs, 2, 3)
        how[(before != LISTED) & (after == LISTED)] = 0
        how[(before == LISTED) & (after != LISTED)] = 1
        self._counts[number] += np.bincount(how, minlength=len(HOWS))
        for place in np.nonzero(differs)[0].tolist():
            yield Changed(
                part.rows[place], part.ids[place], rule, HOWS[how[place]],
                WORDS[before[place]], WORDS[after[place]], was[place] or None, now[place] or None,
            )  # fmt: skip

    def comparison(self) -> Comparison:
        """What was compared so far."""
        themes = self._first.pack.theme_of
        changes = tuple(
            RuleChange(self._first.rules[rule], themes[rule].title, tuple(int(one) for one in self._counts[number]))
            for number, rule in enumerate(self._rules)
        )
        return Comparison(
            *self._names,
            records=self._records,
            rules=changes,
            only_first=_others(self._first.rules, self._second.rules),
            only_second=_others(self._second.rules, self._first.rules),
        )


def _others(rules: Mapping[str, Rule], known: Mapping[str, Rule]) -> tuple[Rule, ...]:
    return tuple(rule for name, rule in rules.items() if name not in known)


def _levels(rules: RuleSet, rule: str, places: npt.NDArray[np.int8]) -> npt.NDArray[np.str_]:
    """The names of the levels that were reached; empty where none was."""
    names: Sequence[str] = [*(level.id for level in rules.rules[rule].levels), ""]
    found: npt.NDArray[np.str_] = np.array(names)[np.where(places == NO_LEVEL, len(names) - 1, places)]
    return found
