"""The same rules as Ibis expressions, so that a table too large for the desk is evaluated where it lies.

Truths are put together by and, or, not and comparisons alone, which databases treat as strong Kleene logic does: NULL
is UNKNOWN. Figures are whole numbers throughout. What has no such form is refused with `NotTranslated`, which names
the rule, the part of it and why.

The table has a row a record: `visit`, a date, and for each question that it holds

    <question>/state              how the record stands to it, a place in `STATES`; never NULL
    <question>                    yes_no, choice, text: the option; number: whole units of 10 ** -exponent
                                  datetime: the moment, without a zone
    <question>/<option>           choices: one boolean an option
    <question>/first, /last       date: the days between which it lies
    <question>/total              instrument: the total, in units of 10 ** -exponent, as are
    <question>/item/<item>          the answer to an item, and
    <question>/score/<score>        another score that was recorded
    <question>/<n>/systolic       readings: the n-th one's values, as they were taken, n from 1 on, and
    <question>/<n>/phase, /day      its phase, and its day where that is not the visit's
    <question>/none_taken           whether it was said that none was taken
    <question>/<n>/name           medicines: the n-th one's name as it was typed, and
    <question>/<n>/route, /use      as in `ROUTES`; current or stopped
    <question>/<n>/first, /last     the days between which it was last taken

where every value is NULL unless the state is `answered`, and NULL there says that nobody told. Columns may be left out,
and a question without columns is not asked. What an analyst keeps in a second table, a row a reading or a row a
medicine, is turned into such columns by a pivot over the number of the row within its record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from screener.forms.evaluation import RuleSet
from screener.forms.in_place import parts
from screener.forms.in_place.parts import STATES, VISIT, NoFormError
from screener.forms.in_place.sight import Sight

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["STATES", "VISIT", "InPlace", "NotTranslated"]


class NotTranslated(ValueError):  # noqa: N818 - it names what was asked for
    """Rules that have no form in a database, each with the part that has none and why."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{rule_id}: {why}" for rule_id, why in reasons.items()))
        self.reasons = dict(reasons)


class InPlace:
    """The rules of one screening over a table in a database; `exponents` are the decimals of number columns."""

    def __init__(self, rules: RuleSet, exponents: Mapping[str, int] | None = None) -> None:
        self.rules = rules
        self._exponents = dict(exponents or {})

    def outcomes(self, table: ir.Table, only: Iterable[str] | None = None, keys: Sequence[str] = ()) -> ir.Table:
        """A column a rule: true is listed, false not listed, NULL not established; `rule/level` for each level.

        All rules, or `only` some, in a row for each record, which the columns `keys` tell apart: a database keeps no
        order. NotTranslated where a rule has no form. The names of medicines that stand in the table are read for this.
        """
        made, reasons = self._made(table, list(self.rules.rules if only is None else only), keys)
        if reasons:
            raise NotTranslated(reasons)
        return made

    def without_form(self, table: ir.Table) -> dict[str, str]:
        """The rules that cannot be evaluated there, each with the part that has no form and why."""
        return self._made(table, list(self.rules.rules))[1]

    def _made(self, table: ir.Table, wanted: list[str], keys: Sequence[str] = ()) -> tuple[Any, dict[str, str]]:
        sight = Sight(self.rules, table, self._exponents)
        sight.add_columns()
        columns, reasons = dict[str, Any](), dict[str, str]()
        for rule_id in wanted:
            try:
                columns |= self._rule(rule_id, sight)
            except NoFormError as why:
                reasons[rule_id] = str(why)
        return (sight.table.select(*keys, **columns) if columns else None), reasons

    def _rule(self, rule_id: str, sight: Sight) -> dict[str, Any]:
        levels = self.rules.conditions[rule_id].levels
        truths = [sight.truth(node) for _, node in levels]
        named = {f"{rule_id}/{name}": one for (name, _), one in zip(levels, truths, strict=True) if name is not None}
        return {rule_id: parts.any_of(truths)} | named
