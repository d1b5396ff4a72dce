"""Outcomes as a table that a database keeps: with the words of a file, and the id as it stands in the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from screener.records.cohort.database.connection import Database
from screener.records.cohort.database.evaluated import Evaluated, in_rows
from screener.records.cohort.database.prepared import ID
from screener.records.cohort.outcomes import WORDS
from screener.records.cohort.writing import Shape

_LEVELS = 64
"""More than a rule has levels."""


def outcome_table(database: Database, of: Evaluated, shape: Shape) -> Any:
    """A row a record with a column a rule, and one for the level of a rule with levels; or a row for each of both."""
    return _wide(of) if shape == "wide" else _long(database, of)


def _wide(of: Evaluated) -> Any:
    columns: dict[str, Any] = {"id": of.table[ID]}
    for place, rule in enumerate(of.rules.rules.values()):
        columns[rule.id] = _word(of.table[of.outcome(place)], WORDS)
        if rule.levels:
            columns[f"{rule.id}:level"] = _word(of.table[of.level(place)], [level.id for level in rule.levels])
    return of.table.select(**columns)


def _long(database: Database, of: Evaluated) -> Any:
    """Every outcome as one number, which a table beside it turns into words: a branch a rule takes a database long."""
    import pyarrow as pa

    numbers, words = [], []
    for place, rule in enumerate(of.rules.rules.values()):
        level = of.table[of.level(place)] + 1 if rule.levels else 0
        numbers.append((of.table[of.outcome(place)].cast("int64") + place * len(WORDS)) * _LEVELS + level)
        names = ["", *(one.id for one in rule.levels)]
        words += [
            ((place * len(WORDS) + outcome) * _LEVELS + rank, rule.id, word, name or None)
            for outcome, word in enumerate(WORDS)
            for rank, name in enumerate(names)
        ]
    each = in_rows(of.table, ID, numbers)
    columns = zip(("number", "rule", "outcome", "level"), zip(*words, strict=True), strict=True)
    kinds = {"number": pa.int64()}
    said = database.given({name: pa.array(cells, kinds.get(name, pa.string())) for name, cells in columns})
    joined = each.inner_join(said, each["each"] == said["number"])
    return joined.select(id=joined[ID], rule=joined["rule"], outcome=joined["outcome"], level=joined["level"])


def _word(place: Any, words: Sequence[str]) -> Any:
    """A place as its word; nothing where it is below 0."""
    import ibis

    found = ibis.null("string")
    for number, word in enumerate(words):
        found = ibis.ifelse(place == number, ibis.literal(word, type="string"), found)
    return found
