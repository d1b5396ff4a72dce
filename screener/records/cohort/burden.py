"""How often each rule is listed, not listed and not established in a cohort: counts, nothing that reads as a score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from screener.forms.evaluation import RuleSet
from screener.forms.model import TIERS, OutcomeWord, Rule
from screener.language import tr
from screener.records.cohort.outcomes import LISTED, NO_LEVEL, NOT_ESTABLISHED, WORDS, Came
from screener.records.cohort.part import CellFinding, Part
from screener.text import WorldError

EFFICACY = "efficacy note"
KINDS: tuple[str, ...] = (*TIERS, EFFICACY)
"""What flags are counted by, each for itself. Efficacy notes stand apart from their tier, as everywhere."""
MOST_GROUPS = 30
Counts = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RuleBurden:
    """What came of one rule, in records: `counts` in the order of WORDS, and by group in the order of the groups."""

    rule: Rule
    theme: str
    counts: tuple[int, ...]
    by_group: tuple[tuple[int, ...], ...] = ()
    weighted: tuple[float, ...] = ()

    @property
    def kind(self) -> str:
        return EFFICACY if self.rule.class_ == EFFICACY else self.rule.tier

    @property
    def kinds(self) -> frozenset[str]:
        """What its flag can count as: a level may have a tier of its own."""
        if self.rule.class_ == EFFICACY:
            return frozenset((EFFICACY,))
        return frozenset((self.rule.tier, *(level.tier or self.rule.tier for level in self.rule.levels)))

    def count(self, outcome: OutcomeWord) -> int:
        return self.counts[WORDS.index(outcome)]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rules that were listed together, by their places, and in how many records."""

    first: int
    second: int
    records: int


@dataclass(frozen=True, slots=True)
class Burden:
    """A whole cohort, counted, nothing hidden yet."""

    records: int
    rules: tuple[RuleBurden, ...]
    per_person: Mapping[str, tuple[int, ...]]
    """Of each kind, how many records have none of these flags, one, two, ..."""
    open_per_person: tuple[int, ...]
    """How many records have no rule that is not established, one, two, ..."""
    pairs: tuple[Pair, ...]
    by: str = ""
    groups: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    weight: str = ""
    weighted_records: float = 0.0
    days: tuple[date, date] | None = None
    """The first and the last visit."""
    undated: int = 0
    filled: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[tuple[str, str, str, bool, int], ...] = ()
    """Code, column, question, whether the value was kept, and how often: most frequent first."""

    @property
    def left_out(self) -> int:
        """Rows that are in none of these numbers. A row of another table is none of them, and its finding names it."""
        rows = [(code, kept, many) for code, column, _, kept, many in self.findings if not column or code in TWICE]
        return sum(many for code, kept, many in rows if code in LEFT_OUT and not kept)


TWICE = frozenset(("id-twice",))
LEFT_OUT = TWICE | {"broken-row", "not-as-signed", "other-pathway", "not-a-record", "earlier-part"}


class Counting:
    """Adds up a cohort, part by part."""

    def __init__(self, rules: RuleSet, *, by: str = "", weight: str = "") -> None:
        self._rules, self._by, self._weight = tuple(rules.rules.values()), by, weight
        self._themes = [rules.pack.theme_of[rule.id].title for rule in self._rules]
        many = len(self._rules)
        self._kinds = np.array([_kind(rule) for rule in self._rules], dtype=np.int8)
        self._of_levels = {
            place: np.array([KINDS.index(level.tier or rule.tier) for level in rule.levels], dtype=np.int8)
            for place, rule in enumerate(self._rules)
            if rule.levels and rule.class_ != EFFICACY
        }
        self._records = 0
        self._counts: Counts = np.zeros((many, len(WORDS)), np.int64)
        self._by_group: dict[str, Counts] = {}
        self._sizes: Counter[str] = Counter()
        self._weighted: Weights = np.zeros((many, len(WORDS)), np.float64)
        self._weighted_records = 0.0
        self._together: Counts = np.zeros((many, many), np.int64)
        self._per_person: list[Counter[int]] = [Counter() for _ in KINDS]
        self._open: Counter[int] = Counter()
        self._findings: Counter[tuple[str, str, str, bool]] = Counter()
        self._filled: Counter[str] = Counter()
        self._days: tuple[date, date] | None = None
        self._undated = 0

    def add(self, part: Part, came: Came) -> None:
        """Count some records."""
        self._findings.update((one.code, one.column, one.question, one.kept) for one in part.findings)
        self._filled.update(part.filled)
        if not len(part):
            return
        self._records += len(part)
        self._dated(part)
        each = np.stack([came.outcome == word for word in range(len(WORDS))], axis=1)
        self._counts += each.sum(axis=2)
        listed = each[:, LISTED].astype(np.float32)
        self._together += np.rint(listed @ listed.T).astype(np.int64)
        self._persons(came)
        if part.groups is not None:
            self._grouped(part.groups, each)
        if part.weights is not None:
            weights = np.array([0.0 if one is None else float(one) for one in part.weights])
            self._weighted += each @ weights
            self._weighted_records += float(weights.sum())

    def _dated(self, part: Part) -> None:
        days = [day for day in part.days if day is not None]
        self._undated += len(part) - len(days)
        if days:
            known = days if self._days is None else [*days, *self._days]
            self._days = (min(known), max(known))

    def _persons(self, came: Came) -> None:
        listed = came.outcome == LISTED
        kinds = np.broadcast_to(self._kinds[:, None], listed.shape)
        if self._of_levels:
            kinds = kinds.copy()
            for place, tiers in self._of_levels.items():
                reached = came.level[place]
                kinds[place] = np.where(reached == NO_LEVEL, self._kinds[place], tiers[reached])
        for number, counter in enumerate(self._per_person):
            _tally(counter, (listed & (kinds == number)).sum(axis=0))
        _tally(self._open, (came.outcome == NOT_ESTABLISHED).sum(axis=0))

    def _grouped(self, groups: Sequence[str], each: npt.NDArray[np.bool_]) -> None:
        self._sizes.update(groups)
        if len(self._sizes) > MOST_GROUPS:
            said = tr("The column “{name}” has more than {most} different values.")
            hint = tr("Part the report by a column with few of them.")
            raise WorldError(said.format(name=self._by, most=MOST_GROUPS), hint)
        names = np.array(groups)
        for name in dict.fromkeys(groups):
            held = self._by_group.setdefault(name, np.zeros_like(self._counts))
            held += each[:, :, names == name].sum(axis=2)

    def burden(self) -> Burden:
        """What was counted so far."""
        groups = tuple(sorted(self._sizes, key=_in_order))
        rules = tuple(
            RuleBurden(
                rule,
                self._themes[place],
                _whole(self._counts[place]),
                tuple(_whole(self._by_group[name][place]) for name in groups),
                tuple(float(one) for one in self._weighted[place]) if self._weight else (),
            )
            for place, rule in enumerate(self._rules)
        )
        return Burden(
            records=self._records,
            rules=rules,
            per_person={kind: _filled(counter) for kind, counter in zip(KINDS, self._per_person, strict=True)},
            open_per_person=_filled(self._open),
            pairs=self._pairs(),
            by=self._by,
            groups=groups,
            sizes=tuple(self._sizes[name] for name in groups),
            weight=self._weight,
            weighted_records=self._weighted_records,
            days=self._days,
            undated=self._undated,
            filled=dict(self._filled),
            findings=tuple((*key, many) for key, many in self._findings.most_common()),
        )

    def _pairs(self) -> tuple[Pair, ...]:
        first, second = np.nonzero(np.triu(self._together, 1))
        pairs = [Pair(int(a), int(b), int(self._together[a, b])) for a, b in zip(first, second, strict=True)]
        return tuple(sorted(pairs, key=lambda pair: (-pair.records, pair.first, pair.second)))


def _kind(rule: Rule) -> int:
    return KINDS.index(EFFICACY if rule.class_ == EFFICACY else rule.tier)


def _tally(counter: Counter[int], values: npt.NDArray[np.int64]) -> None:
    for value, many in enumerate(np.bincount(values).tolist()):
        if many:
            counter[value] += many


def _filled(counter: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(counter.get(value, 0) for value in range(max(counter, default=0) + 1))


def _whole(counts: Iterable[np.int64]) -> tuple[int, ...]:
    return tuple(int(count) for count in counts)


def _in_order(name: str) -> tuple[bool, float, str]:
    """Numbers by their size, then texts."""
    try:
        return False, float(name), name
    except ValueError:
        return True, 0.0, name


__all__ = ["Burden", "CellFinding", "Counting", "Pair", "RuleBurden"]
