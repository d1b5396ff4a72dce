"""The figures that rules compare with, each named by whose it is: what charts draw as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from screener.forms.model import Pack, Rule
from screener.rules.expressions import Ask, OfReadings, ParameterRef, Score, walk

PRESSURE = ("systolic", "diastolic")
PULSE = ("pulse",)
NO_LINES = ("consistency", "completeness")
"""Classes of rules that ask whether a figure was mistyped: nobody draws a line for these."""
_STATISTICS = ("mean", "highest", "last", "any")


@dataclass(frozen=True, slots=True)
class Limit:
    """One figure of a source, or the clinic's own choice. In the unit of its question."""

    figure: Decimal
    comparison: str
    """`above`, `at least`, `below`, `at most`."""
    whose: str
    short: str
    """The same in a few words, for beside the line."""
    part: str = ""
    """Of readings: which part of them it speaks of."""
    statistic: str = ""
    """Of readings: whether of their mean, the highest, the last or any of them."""


class Limits:
    """The figures of some rules; `chosen` maps the clinic's parameters to their options."""

    def __init__(self, pack: Pack, rules: Iterable[Rule], chosen: Mapping[str, str]) -> None:
        self._pack, self._chosen = pack, chosen
        self._nodes = [
            (rule, node)
            for rule in rules
            if rule.class_ not in NO_LINES
            for condition in rule.conditions()
            for node in walk(condition)
        ]

    def of_readings(self, question: str, phases: Iterable[str | None] | None = None) -> list[Limit]:
        """Of single readings and of means; of `phases` where some are named, and of those that name none."""
        wanted = None if phases is None else {None, *phases}
        return self._found(
            (rule, node, getattr(node, statistic), statistic)
            for rule, node in self._nodes
            if isinstance(node, OfReadings) and node.readings == question
            if wanted is None or node.phase in wanted
            for statistic in _STATISTICS
            if getattr(node, statistic) is not None
        )

    def of_number(self, question: str) -> list[Limit]:
        return self._found(
            (rule, node, "", "") for rule, node in self._nodes if isinstance(node, Ask) and node.ask == question
        )

    def of_score(self, question: str, main: str) -> list[Limit]:
        """Of an instrument's main score."""
        return self._found(
            (rule, node, "", "")
            for rule, node in self._nodes
            if isinstance(node, Score) and node.score == question and node.item is None and node.part in (None, main)
        )

    def _found(self, read: Iterable[tuple[Rule, Any, str, str]]) -> list[Limit]:
        """Each figure once for each of whom it is, the highest first."""
        found: dict[tuple[str, Decimal, str], Limit] = {}
        for rule, node, part, statistic in read:
            for limit in self._of_node(rule, node, part, statistic):
                found.setdefault((part, limit.figure, limit.whose), limit)
        return sorted(found.values(), key=lambda limit: (-limit.figure, limit.whose))

    def _of_node(self, rule: Rule, node: Any, part: str, statistic: str) -> Iterator[Limit]:
        if node.comparison is None:
            return
        source = self._pack.sources[rule.source.ref]
        whose = f"{source.title} ({rule.source.strength})"
        short = " ".join(word for word in (source.country, rule.source.strength) if word)
        figure = node.limit
        if isinstance(figure, ParameterRef):
            figure, whose, short = self._of_the_clinic(figure)
        if isinstance(figure, Decimal):
            yield Limit(figure, str(node.comparison).replace("_", " "), whose, short, part, statistic)

    def _of_the_clinic(self, ref: ParameterRef) -> tuple[Decimal | None, str, str]:
        """The figure that the clinic chose, and that it is the clinic's."""
        parameter = self._pack.parameters.get(ref.id)
        option = parameter.option(self._chosen.get(ref.id, "")) if parameter is not None else None
        if option is None:
            return None, "", ""
        return option.values.get(ref.part), f"this clinic’s choice, {option.label}", "clinic’s choice"
