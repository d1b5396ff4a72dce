"""A condition line by line: in words alone, or with how each part stands on some answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from screener.forms.answering import Given
from screener.forms.evaluation import RuleSet
from screener.forms.statements import what_stands
from screener.forms.words import PackNames
from screener.rules.explain import Branch
from screener.rules.expressions import Node
from screener.rules.facts import Facts
from screener.rules.truth import Truth
from screener.rules.words import heading, leaf_words

Standing = Literal["met", "not met", "not answered"]
STANDINGS: Mapping[Truth, Standing] = {Truth.YES: "met", Truth.NO: "not met", Truth.UNKNOWN: "not answered"}


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a condition: how deep it stands, in words; over answers also how it stands and what was found."""

    depth: int
    words: str
    standing: Standing | None = None
    found: str = ""


@dataclass(frozen=True, slots=True)
class LevelTree:
    """The condition of a rule, or of one of its levels."""

    title: str
    lines: tuple[Line, ...]


def condition_lines(node: Node, names: PackNames, depth: int = 0) -> Iterator[Line]:
    """A condition in words, line by line."""
    parts = node.children()
    yield Line(depth, heading(node) if parts else leaf_words(node, names))
    for part in parts:
        yield from condition_lines(part, names, depth + 1)


def standing_trees(
    rules: RuleSet, rule: str, names: PackNames, answers: Mapping[str, Given], facts: Facts
) -> Iterator[LevelTree]:
    """How a rule's condition, or that of each of its levels from the highest down, stands on these answers."""
    titles = {level.id: level.title for level in rules.rules[rule].levels}
    for level, branch in rules.trees(rule, facts):
        yield LevelTree(titles.get(level or "", ""), tuple(_standing(branch, rules, names, answers, facts, 0)))


def _standing(
    branch: Branch, rules: RuleSet, names: PackNames, answers: Mapping[str, Given], facts: Facts, depth: int
) -> Iterator[Line]:
    words = heading(branch.node) if branch.parts else leaf_words(branch.node, names)
    found = "" if branch.parts else what_stands(branch.node, rules, answers, facts)
    yield Line(depth, words, STANDINGS[branch.truth], found)
    for part in branch.parts:
        yield from _standing(part, rules, names, answers, facts, depth + 1)
