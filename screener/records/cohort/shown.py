"""A burden as it may be shown: small numbers hidden, with whatever they could be worked out from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screener.records.cohort.burden import Burden, Pair, RuleBurden
from screener.records.cohort.outcomes import LISTED, NOT_ESTABLISHED
from screener.records.cohort.small import LIMIT, Shown, is_small, merged, shown_row, shown_table, small_groups

MOST_PAIRS = 20
MOST_BINS = 12


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule: counts in the order of WORDS, None where hidden; weighted shares of all where weights were given."""

    of: RuleBurden
    counts: tuple[Shown, ...]
    by_group: tuple[tuple[Shown, ...], ...] = ()
    weighted: tuple[float | None, ...] = ()
    levels: tuple[Shown, ...] = ()
    """Of a rule with levels, the listed records at each, in the rule's order; their sum is its listed records."""


@dataclass(frozen=True, slots=True)
class Bin:
    """How many records have from `first` up to `last` flags."""

    first: int
    last: int
    records: int
    is_open: bool
    """Nothing was counted above it: or more."""


@dataclass(frozen=True, slots=True)
class ShownPair:
    """Two rules that were listed together."""

    first: RuleBurden
    second: RuleBurden
    records: int


@dataclass(frozen=True, slots=True)
class ShownBurden:
    """What may be shown of a burden. `limit`: numbers below it are not; `few`: so few records that none is."""

    of: Burden
    limit: int
    few: bool
    rules: tuple[ShownRule, ...]
    groups: tuple[str, ...]
    sizes: tuple[int, ...]
    per_person: Mapping[str, tuple[Bin, ...]]
    open_per_person: tuple[Bin, ...]
    pairs: tuple[ShownPair, ...]

    @property
    def hides_size(self) -> bool:
        """Whether how many records there are is not shown either, nor between which days they lie."""
        return self.is_small(self.of.records)

    def is_small(self, count: int) -> bool:
        """Whether a number is not shown."""
        return is_small(count, self.limit)

    @property
    def hides(self) -> bool:
        """Whether anything is hidden in the tables of the rules."""
        return any(None in (*rule.counts, *(one for row in rule.by_group for one in row)) for rule in self.rules)


def shown(burden: Burden, limit: int = LIMIT) -> ShownBurden:
    """What may be shown of a burden; all of it with a limit of 0."""
    few = burden.records < max(limit, 1)
    together = small_groups(burden.sizes, limit) if limit > 1 else []
    names, sizes = _groups(burden, together)
    by = len(names) > 1 and not few
    rules = tuple(_rule(one, burden, limit, together, by) for one in burden.rules)
    return ShownBurden(
        of=burden,
        limit=limit,
        few=few,
        rules=rules,
        groups=names if by else (),
        sizes=sizes if by else (),
        per_person={}
        if few
        else {kind: _bins(counts, limit, _hides(rules, LISTED, kind)) for kind, counts in burden.per_person.items()},
        open_per_person=() if few else _bins(burden.open_per_person, limit, _hides(rules, NOT_ESTABLISHED)),
        pairs=() if few else _pairs(burden, rules, limit),
    )


def _groups(burden: Burden, together: Sequence[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    apart = [place for place in range(len(burden.groups)) if place not in together]
    names = [burden.groups[place] for place in apart]
    sizes = [burden.sizes[place] for place in apart]
    if together:
        names.append(f"{len(together)} smaller groups together")
        sizes.append(sum(burden.sizes[place] for place in together))
    return tuple(names), tuple(sizes)


def _rule(one: RuleBurden, burden: Burden, limit: int, together: Sequence[int], by: bool) -> ShownRule:
    rows = [one.by_group[place] for place in range(len(one.by_group)) if place not in together]
    if together:
        rows.append(tuple(map(sum, zip(*(one.by_group[place] for place in together), strict=True))))
    table = shown_table(rows if by else (), one.counts, limit)
    weighted: tuple[float | None, ...] = ()
    if one.weighted and burden.weighted_records:
        shares = (share / burden.weighted_records for share in one.weighted)
        weighted = tuple(None if count is None else share for count, share in zip(table.overall, shares, strict=True))
    return ShownRule(one, table.overall, table.rows, weighted, _levels(one.levels, table.overall[LISTED], limit))


def _levels(counts: Sequence[int], listed: Shown, limit: int) -> tuple[Shown, ...]:
    """The levels of a rule, which its listed records are parted into."""
    if listed is None:
        return (None,) * len(counts)
    return shown_row(counts, limit) if listed else tuple(counts)


def _hides(rules: Sequence[ShownRule], outcome: int, kind: str = "") -> bool:
    """Whether this count of a rule is hidden, of those that can be a flag of this kind; or of a level that is one."""
    if any(rule.counts[outcome] is None and (not kind or kind in rule.of.kinds) for rule in rules):
        return True
    hidden = ((rule, level) for rule in rules for level, count in enumerate(rule.levels) if count is None)
    return bool(kind) and any(len(rule.of.kinds) > 1 and rule.of.kind_of(level) == kind for rule, level in hidden)


def _bins(counts: Sequence[int], limit: int, hides: bool) -> tuple[Bin, ...]:
    """Neighbouring numbers of flags put together, so that there are few places and none of them is small.

    Flags times records, added up, are what the counts of the rules add up to. `hides`: one of those is hidden, so that
    the sum stays unknown by at least the limit.
    """
    first = next((place for place, count in enumerate(counts) if count), 0)
    least = first if first > 1 else 1
    width = -(-(len(counts) - least) // MOST_BINS) or 1
    begins = [0, *range(least, len(counts), width)]
    ends = [*(begin - 1 for begin in begins[1:]), len(counts) - 1]
    each = [sum(counts[low : high + 1]) for low, high in zip(begins, ends, strict=True)]
    places = merged(each, limit) if limit > 1 else [(place, place, count) for place, count in enumerate(each)]
    room = limit if hides and limit > 1 else 0
    flags = sum(place * count for place, count in enumerate(counts))
    while len(places) > 1 and sum(ends[high] * count for _, high, count in places) - flags < room:
        (low, _, one), (_, high, other) = places[-2:]
        places[-2:] = [(low, high, one + other)]
    last = len(counts) - 1
    return tuple(Bin(begins[low], ends[high], count, begins[low] < ends[high] == last) for low, high, count in places)


def _pairs(burden: Burden, rules: Sequence[ShownRule], limit: int) -> tuple[ShownPair, ...]:
    """The most frequent pairs whose numbers, and what is left of both rules and of all records, are not small."""
    found: list[ShownPair] = []
    for pair in burden.pairs:
        if len(found) == MOST_PAIRS:
            break
        if limit <= 1 or _may_show(pair, burden, rules, limit):
            found.append(ShownPair(burden.rules[pair.first], burden.rules[pair.second], pair.records))
    return tuple(found)


def _may_show(pair: Pair, burden: Burden, rules: Sequence[ShownRule], limit: int) -> bool:
    first, second = rules[pair.first].counts[LISTED], rules[pair.second].counts[LISTED]
    if first is None or second is None:
        return False
    both = pair.records
    parts = (both, first - both, second - both, burden.records - first - second + both)
    return not any(is_small(part, limit) for part in parts)
