"""Whether another engine comes to what the live engine comes to, outcome by outcome, and how it differs where not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from screener.forms.answering import Given
from screener.forms.evaluation import RuleSet
from tests.benchmarks.handwritten import NAMES, Level
from tests.benchmarks.others.engines import Run, Way
from tests.benchmarks.others.language import as_level
from tests.benchmarks.records import record
from tests.benchmarks.test_handwritten import as_level as level_of
from tests.rules.running import VISIT

Visits = Sequence[dict[str, Given]]


@dataclass(slots=True)
class Compared:
    """How many outcomes were compared, and how many of them differ in which way."""

    outcomes: int = 0
    differ: Counter[str] = field(default_factory=Counter)
    first: str = ""

    def note(self, how: str, where: str) -> None:
        self.differ[how] += 1
        self.first = self.first or where

    @property
    def said(self) -> str:
        """The ways in which they differ, in words, the most frequent first."""
        return ", ".join(f"{number:,} {how}" for how, number in self.differ.most_common())


def engine_levels(rules: RuleSet, visits: Visits) -> list[list[Level]]:
    """What the live engine says of each visit, in the order of NAMES."""
    found = []
    for answers in visits:
        _, outcomes = rules.evaluate(answers, VISIT)
        found.append([level_of(outcomes[f"b.{name}"]) for name in NAMES])
    return found


def compare(way: Way, run: Run, visits: Visits, levels: Iterable[Sequence[Level]]) -> Compared:
    """Every outcome of this way against the live engine's."""
    found = Compared()
    for number, (answers, expected) in enumerate(zip(visits, levels, strict=True)):
        for name, engine, said in zip(NAMES, expected, run.said(way.data(record(answers))), strict=True):
            found.outcomes += 1
            how = difference(engine, said)
            if how:
                found.note(how, f"visit {number}, {name}: live {engine!r}, {way.name} {said!r}")
    return found


def difference(engine: Level, said: Any) -> str:
    """How an outcome differs from the live engine's, in words; empty where it does not."""
    if isinstance(said, Exception):
        return "raised"
    level = as_level(said)
    if level == engine and type(level) is type(engine):
        return ""
    if engine is None:
        return "read unknown as listed" if level else "read unknown as not listed"
    if level is None:
        return "left open what is known"
    return "wrong of what is known"
