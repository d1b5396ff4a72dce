"""How often each rule is listed, counted by queries: numbers come back, no record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from screener.forms.in_place import VISIT
from screener.forms.in_place.parts import either, total
from screener.records.cohort.burden import EFFICACY, KINDS, MOST_GROUPS, Sums, kind_of, too_many_groups
from screener.records.cohort.database.connection import Database
from screener.records.cohort.database.evaluated import Evaluated, in_rows
from screener.records.cohort.database.meanings import Noted
from screener.records.cohort.database.prepared import GROUP, RECORD
from screener.records.cohort.outcomes import LISTED, NO_LEVEL, NOT_ESTABLISHED, WORDS

_AT_ONCE = 100
"""So many rules are counted by one query: a database selects some 1,600 values at most."""


def counted(database: Database, of: Evaluated, noted: Noted, by: str = "") -> Sums:
    """Everything that a report shows, but for weights. Raises WorldError where `by` has too many groups."""
    return _InPlace(database, of, noted).sums(by)


class _InPlace:
    """The queries over one table of outcomes."""

    def __init__(self, database: Database, of: Evaluated, noted: Noted) -> None:
        self._database, self._of = database, of
        self._table: Any = of.table
        self._sums = Sums(of.rules)
        self._sums.findings.update(noted.findings)
        self._sums.filled.update(noted.filled)

    def sums(self, by: str) -> Sums:
        self._visits()
        if GROUP in self._table.columns:
            self._groups(by)
        self._rules()
        self._persons()
        self._pairs()
        return self._sums

    def _visits(self) -> None:
        visit = self._table[VISIT]
        (found,) = self._database.of(
            self._table.aggregate(records=self._table.count(), dated=visit.count(), first=visit.min(), last=visit.max())
        )
        self._sums.records = found["records"]
        self._sums.undated = found["records"] - found["dated"]
        self._sums.days = (found["first"], found["last"]) if found["dated"] else None

    def _groups(self, by: str) -> None:
        sizes = self._by_number(self._table[GROUP], MOST_GROUPS)
        if len(sizes) > MOST_GROUPS:
            raise too_many_groups(by)
        self._sums.sizes.update(sizes)
        self._sums.by_group = {name: np.zeros_like(self._sums.counts) for name in sizes}

    def _rules(self) -> None:
        """Outcomes of all records, or of each group, and levels."""
        grouped = [GROUP] if self._sums.by_group else []
        for places in self._some():
            wanted: dict[str, Any] = {}
            for place in places:
                outcome = self._table[self._of.outcome(place)]
                wanted |= {f"{place}_{word}": _where(outcome == word) for word in range(len(WORDS))}
                for rank in range(len(self._sums.levels.get(place, ()))):
                    wanted[f"{place}_level_{rank}"] = _where(self._table[self._of.level(place)] == rank)
            made = self._table.group_by(grouped) if grouped else self._table
            for row in self._database.of(made.aggregate(**wanted)):
                self._add(places, row)

    def _add(self, places: Sequence[int], row: dict[str, Any]) -> None:
        for place in places:
            counts = np.array([row[f"{place}_{word}"] or 0 for word in range(len(WORDS))], np.int64)
            self._sums.counts[place] += counts
            if GROUP in row:
                self._sums.by_group[row[GROUP]][place] += counts
            for rank in range(len(self._sums.levels.get(place, ()))):
                self._sums.levels[place][rank] += row[f"{place}_level_{rank}"] or 0

    def _some(self) -> Iterator[range]:
        many = len(self._sums.rules)
        for first in range(0, many, _AT_ONCE):
            yield range(first, min(first + _AT_ONCE, many))

    # --- flags of one record ------------------------------------------------------------------------------------------

    def _persons(self) -> None:
        counters = [*self._sums.per_person, self._sums.open]
        for kind, counter in enumerate(counters):
            flags = self._open_flags() if kind == len(KINDS) else self._flags(kind)
            if flags:
                counter.update(self._by_number(total(flags)))
            elif self._sums.records:
                counter[0] = self._sums.records

    def _open_flags(self) -> list[Any]:
        places = range(len(self._sums.rules))
        return [either(self._table[self._of.outcome(place)] == NOT_ESTABLISHED, 1, 0) for place in places]

    def _flags(self, kind: int) -> list[Any]:
        """For each rule that can be a flag of a kind, 1 where it is one."""
        found = []
        for place, rule in enumerate(self._sums.rules):
            listed = self._table[self._of.outcome(place)] == LISTED
            if rule.levels and rule.class_ != EFFICACY:
                level = self._table[self._of.level(place)]
                ranks = [rank for rank, one in enumerate(rule.levels) if KINDS.index(one.tier or rule.tier) == kind]
                ranks += [NO_LEVEL] if kind_of(rule) == kind else []
                if ranks:
                    found.append(either(listed & level.isin(ranks), 1, 0))
            elif kind_of(rule) == kind:
                found.append(either(listed, 1, 0))
        return found

    def _by_number(self, value: Any, most: int | None = None) -> Counter[Any]:
        """How many records have each value; of so many values, and one more, at most."""
        made = self._table.select(value=value).group_by("value").aggregate(records=lambda t: t.count())
        found = self._database.of(made if most is None else made.limit(most + 1))
        return Counter({row["value"]: row["records"] for row in found})

    # --- two at a time ------------------------------------------------------------------------------------------------

    def _pairs(self) -> None:
        """How often each two are listed together: the flags of all records in a row each, beside themselves."""
        places = range(len(self._sums.rules))
        listed = [either(self._table[self._of.outcome(place)] == LISTED, place, -1) for place in places]
        if not listed:
            return
        each = in_rows(self._table, RECORD, listed)
        flags: Any = self._database.kept(each.filter(each["each"] >= 0))
        other = flags.view()
        joined = flags.join(other, [flags[RECORD] == other[RECORD], flags["each"] <= other["each"]])
        pairs = joined.select(first=flags["each"], second=other["each"])
        for row in self._database.of(pairs.group_by(["first", "second"]).aggregate(records=lambda t: t.count())):
            first, second = row["first"], row["second"]
            self._sums.together[first, second] = self._sums.together[second, first] = row["records"]


def _where(truth: Any) -> Any:
    return either(truth, 1, 0).sum()
