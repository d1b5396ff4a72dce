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
_BY_ITS_LEVEL = -1
"""In place of the kind of a rule whose levels have tiers of their own."""
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
    levels: tuple[int, ...] = ()
    """Of a rule with levels, in how many of the listed records each is the highest that holds, in the rule's order."""

    @property
    def kind(self) -> str:
        return EFFICACY if self.rule.class_ == EFFICACY else self.rule.tier

    @property
    def kinds(self) -> frozenset[str]:
        """What its flag can count as: a level may have a tier of its own."""
        if self.rule.class_ == EFFICACY:
            return frozenset((EFFICACY,))
        return frozenset((self.rule.tier, *(level.tier or self.rule.tier for level in self.rule.levels)))

    def kind_of(self, level: int) -> str:
        """What its flag counts as at one of its levels."""
        return self.kind if self.kind == EFFICACY else self.rule.levels[level].tier or self.rule.tier

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


class Sums:
    """What was counted of a cohort so far, in records: rules stand in the order of the screen."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = tuple(rules.rules.values())
        self._themes = [rules.pack.theme_of[rule.id].title for rule in self.rules]
        many = len(self.rules)
        self.records = 0
        self.counts: Counts = np.zeros((many, len(WORDS)), np.int64)
        self.levels: dict[int, Counts] = {
            place: np.zeros(len(rule.levels), np.int64) for place, rule in enumerate(self.rules) if rule.levels
        }
        """By the places of the rules that have levels."""
        self.by_group: dict[str, Counts] = {}
        self.sizes: Counter[str] = Counter()
        self.weighted: Weights = np.zeros((many, len(WORDS)), np.float64)
        self.weighted_records = 0.0
        self.together: Counts = np.zeros((many, many), np.int64)
        self.per_person: list[Counter[int]] = [Counter() for _ in KINDS]
        self.open: Counter[int] = Counter()
        self.findings: Counter[tuple[str, str, str, bool]] = Counter()
        self.filled: Counter[str] = Counter()
        self.days: tuple[date, date] | None = None
        self.undated = 0

    def burden(self, by: str = "", weight: str = "") -> Burden:
        """All of it as values."""
        groups = tuple(sorted(self.sizes, key=_in_order))
        rules = tuple(
            RuleBurden(
                rule,
                self._themes[place],
                _whole(self.counts[place]),
                tuple(_whole(self.by_group[name][place]) for name in groups),
                tuple(float(one) for one in self.weighted[place]) if weight else (),
                _whole(self.levels.get(place, ())),
            )
            for place, rule in enumerate(self.rules)
        )
        return Burden(
            records=self.records,
            rules=rules,
            per_person={kind: _filled(counter) for kind, counter in zip(KINDS, self.per_person, strict=True)},
            open_per_person=_filled(self.open),
            pairs=self._pairs(),
            by=by,
            groups=groups,
            sizes=tuple(self.sizes[name] for name in groups),
            weight=weight,
            weighted_records=self.weighted_records,
            days=self.days,
            undated=self.undated,
            filled=dict(self.filled),
            findings=tuple((*key, many) for key, many in self.findings.most_common()),
        )

    def _pairs(self) -> tuple[Pair, ...]:
        first, second = np.nonzero(np.triu(self.together, 1))
        pairs = [Pair(int(a), int(b), int(self.together[a, b])) for a, b in zip(first, second, strict=True)]
        return tuple(sorted(pairs, key=lambda pair: (-pair.records, pair.first, pair.second)))


class Counting:
    """Adds up a cohort, part by part."""

    def __init__(self, rules: RuleSet, *, by: str = "", weight: str = "") -> None:
        self._sums, self._by, self._weight = Sums(rules), by, weight
        of_all = self._sums.rules
        self._kinds = np.array([kind_of(rule) for rule in of_all], dtype=np.int8)
        self._of_levels = {
            place: np.array([*(KINDS.index(level.tier or rule.tier) for level in rule.levels), kind_of(rule)])
            for place, rule in enumerate(of_all)
            if rule.class_ != EFFICACY and any(level.tier not in (None, rule.tier) for level in rule.levels)
        }
        self._kinds[list(self._of_levels)] = _BY_ITS_LEVEL

    def add(self, part: Part, came: Came) -> None:
        """Count some records."""
        sums = self._sums
        for one in part.noted:
            if isinstance(one, CellFinding):
                sums.findings[one.code, one.column, one.question, one.kept] += 1
            else:
                sums.findings[one.trouble.code, one.column, one.question, one.trouble.kept] += len(one.places)
        sums.filled.update(part.filled)
        if not len(part):
            return
        sums.records += len(part)
        self._dated(part)
        each = came.outcome[:, None] == np.arange(len(WORDS), dtype=came.outcome.dtype)[:, None]
        sums.counts += np.count_nonzero(each, axis=2)
        for place, counts in sums.levels.items():
            reached = came.level[place][each[place, LISTED] & (came.level[place] != NO_LEVEL)]
            counts += np.bincount(reached, minlength=len(counts))
        sums.together += _together(each[:, LISTED])
        self._persons(came)
        if part.groups is not None:
            self._grouped(part.groups, each)
        if part.weights is not None:
            weights = np.array([0.0 if one is None else float(one) for one in part.weights])
            sums.weighted += each @ weights
            sums.weighted_records += float(weights.sum())

    def _dated(self, part: Part) -> None:
        days, sums = [day for day in part.days.present() if day is not None], self._sums
        sums.undated += len(part.days.where(lambda day: day is None))
        if days:
            known = days if sums.days is None else [*days, *sums.days]
            sums.days = (min(known), max(known))

    def _persons(self, came: Came) -> None:
        listed = came.outcome == LISTED
        for number, counter in enumerate(self._sums.per_person):
            flags = listed[self._kinds == number].sum(axis=0, dtype=np.int32)
            for place, kinds in self._of_levels.items():
                # A rank of NO_LEVEL takes the last of these: the rule's own kind.
                flags += listed[place] & (kinds[came.level[place]] == number)
            _tally(counter, flags)
        _tally(self._sums.open, (came.outcome == NOT_ESTABLISHED).sum(axis=0, dtype=np.int32))

    def _grouped(self, groups: Sequence[str], each: npt.NDArray[np.bool_]) -> None:
        sums = self._sums
        sums.sizes.update(groups)
        if len(sums.sizes) > MOST_GROUPS:
            raise too_many_groups(self._by)
        names = np.array(groups)
        for name in dict.fromkeys(groups):
            held = sums.by_group.setdefault(name, np.zeros_like(sums.counts))
            held += each[:, :, names == name].sum(axis=2)

    def burden(self) -> Burden:
        """What was counted so far."""
        return self._sums.burden(self._by, self._weight)


def too_many_groups(column: str) -> WorldError:
    """A column that parts a report into more groups than it can show."""
    said = tr("The column “{name}” has more than {most} different values.")
    return WorldError(said.format(name=column, most=MOST_GROUPS), tr("Part the report by a column with few of them."))


def kind_of(rule: Rule) -> int:
    """The place in KINDS of what a rule's flag counts as, but for levels that have a tier of their own."""
    return KINDS.index(EFFICACY if rule.class_ == EFFICACY else rule.tier)


def _together(listed: npt.NDArray[np.bool_]) -> Counts:
    """For each two rules in how many records both are listed; each pair once, the rule of the lower place first."""
    bits = np.packbits(listed, axis=1)
    words = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8))).view(np.uint64)
    found: Counts = np.zeros((len(listed), len(listed)), np.int64)
    for place, row in enumerate(words):
        found[place, place:] = np.bitwise_count(words[place:] & row).sum(axis=1, dtype=np.int64)
    return found


def _tally(counter: Counter[int], values: npt.NDArray[np.int32]) -> None:
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


__all__ = ["Burden", "CellFinding", "Counting", "Pair", "RuleBurden", "Sums"]
