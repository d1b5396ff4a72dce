"""What comes of every rule in every record, in a table that goes with the connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from screener.forms.evaluation import RuleSet
from screener.forms.in_place import VISIT, InPlace, NotTranslated
from screener.forms.in_place.parts import either, is_true
from screener.records.cohort.database.connection import Database
from screener.records.cohort.database.prepared import GROUP, ID, RECORD, Prepared
from screener.records.cohort.outcomes import LISTED, NO_LEVEL, NOT_ESTABLISHED, WORDS
from screener.text import WorldError

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NOT_LISTED = WORDS.index("not_listed")
_NAMED = 5


@dataclass(frozen=True)
class Evaluated:
    """A row a record: `outcome(n)` is the place of the n-th rule's outcome in WORDS, `level(n)` that of its level."""

    table: ir.Table
    rules: RuleSet

    @property
    def keys(self) -> list[str]:
        return [name for name in (RECORD, ID, GROUP, VISIT) if name in self.table.columns]

    @staticmethod
    def outcome(place: int) -> str:
        return f"r{place}"

    @staticmethod
    def level(place: int) -> str:
        """Of rules with levels alone; NO_LEVEL where none is reached."""
        return f"l{place}"


def evaluated(database: Database, rules: RuleSet, prepared: Prepared) -> Evaluated:
    """Raises WorldError where a rule has no form in a database, with each that has none and why."""
    table = prepared.table
    keys = [name for name in (RECORD, ID, GROUP, VISIT) if name in table.columns]
    try:
        truths: Any = InPlace(rules, prepared.exponents).outcomes(table, keys=keys)
    except NotTranslated as refused:
        raise _without_form(refused.reasons) from refused
    columns: dict[str, Any] = {}
    for place, rule in enumerate(rules.rules.values()):
        truth = truths[rule.id]
        outcome = either(truth.isnull(), NOT_ESTABLISHED, either(truth, LISTED, _NOT_LISTED))
        undated = truths[VISIT].isnull() if rules.measures_from_visit(rule.id) else None
        columns[Evaluated.outcome(place)] = _small(_taken_back(undated, NOT_ESTABLISHED, outcome))
        if rule.levels:
            level: Any = NO_LEVEL
            for rank, one in enumerate(rule.levels):
                level = either(is_true(truths[f"{rule.id}/{one.id}"]), rank, level)
            columns[Evaluated.level(place)] = _small(_taken_back(undated, NO_LEVEL, level))
    return Evaluated(database.kept(truths.select(*keys, **columns)), rules)


def in_rows(table: Any, key: str, values: Sequence[Any]) -> Any:
    """A row for each record and value: the columns `key` and `each`."""
    import ibis

    return table.select(**{key: table[key], "each": ibis.array(list(values)).unnest()})


def _taken_back(undated: Any, instead: int, value: Any) -> Any:
    """What is measured from a visit without a day is not established."""
    return value if undated is None else either(undated, instead, value)


def _small(value: Any) -> Any:
    return value.cast("int16")


def _without_form(reasons: Mapping[str, str]) -> WorldError:
    named = "; ".join(f"{rule_id}: {why}" for rule_id, why in list(reasons.items())[:_NAMED])
    more = f"; and {len(reasons) - _NAMED} more" if len(reasons) > _NAMED else ""
    return WorldError(
        f"Rules that have no form in a database: {named}{more}.", "Run the rules over a file of the table instead."
    )
