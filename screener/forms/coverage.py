"""The register of rows against the rules: what stands for each row, and whether its cases vary the fact it names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from screener.forms.answering import as_written
from screener.forms.model import Case, Pack, Rule
from screener.rules.expressions import Takes, questions_read, walk
from screener.rules.medicines import Dictionary
from screener.rules.values import Kind

Standing = Literal["rule", "draft", "context", "left out", "unaccounted"]
TAKES = "takes:"


@dataclass(frozen=True, slots=True)
class RowCover:
    """What became of one row: its standing, its rules, where it is context or why it is left out, and what is wrong."""

    row: str
    standing: Standing
    rules: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    said: str = ""
    problems: tuple[str, ...] = ()

    @property
    def accounted(self) -> bool:
        return self.standing != "unaccounted" and not self.problems


def coverage(pack: Pack) -> list[RowCover]:
    """Every row of the pack's register, in its order."""
    return [_cover(pack, row, entry) for row, entry in pack.rows.items()]


def unaccounted(rows: Iterable[RowCover]) -> list[RowCover]:
    """The rows that nothing accounts for, or whose rules do not vary the fact that the row names."""
    return [row for row in rows if not row.accounted]


def _cover(pack: Pack, row: str, entry: Any) -> RowCover:
    if not isinstance(entry, Mapping):
        return RowCover(row, "unaccounted", problems=("says nothing",))
    if "context" in entry:
        return RowCover(row, "context", said="; ".join(entry["context"]))
    if "left_out" in entry:
        return RowCover(row, "left out", said=str(entry["left_out"]))
    if "rule" not in entry:
        return RowCover(row, "unaccounted", said=str(entry.get("waiting", "")), problems=("waits for its content",))
    rules, facts = tuple(entry["rule"]), tuple(entry.get("fact", ()))
    found = [pack.rules[name] for name in rules if name in pack.rules]
    active = any(rule.status == "active" for rule in found)
    return RowCover(row, "rule" if active else "draft", rules, facts, problems=tuple(_problems(pack, found, facts)))


def _problems(pack: Pack, rules: list[Rule], facts: tuple[str, ...]) -> Iterator[str]:
    if not facts:
        yield "names no fact"
        return
    for fact in facts:
        if not fact.startswith(TAKES) and fact not in pack.questions:
            yield f"its fact {as_written(fact)} is no question"
    varied = {fact: [rule.id for rule in rules if varies(pack, rule, fact)] for fact in facts}
    for fact, by in varied.items():
        if not by:
            yield f"no rule's cases vary {fact}"
    for rule in rules:
        if not any(rule.id in by for by in varied.values()):
            yield f"the cases of {rule.id} vary none of {', '.join(facts)}"


def varies(pack: Pack, rule: Rule, fact: str) -> bool:
    """Whether a rule rests on a fact and its cases hold at least two different answers to it."""
    if fact.startswith(TAKES):
        return _varies_medicine(pack, rule, fact.removeprefix(TAKES))
    inputs = set(_inputs(pack, fact))
    if inputs.isdisjoint(rests_on(pack, rule)):
        return False
    return any(len({_said(case, name) for case in rule.cases}) > 1 for name in inputs)


def _said(case: Case, question: str) -> str:
    return json.dumps(case.given.get(question), sort_keys=True, default=str)


def _inputs(pack: Pack, question_id: str) -> Iterator[str]:
    """A question, or what a derived one is worked out from."""
    yield question_id
    question = pack.questions.get(question_id)
    if question is not None and question.formula is not None:
        yield from question.formula.of


def rests_on(pack: Pack, rule: Rule) -> set[str]:
    """What a rule reads, with the inputs of formulas and the questions that decide whether those are shown."""
    front = [name for condition in rule.conditions() for name in questions_read(condition)]
    found: set[str] = set()
    while front:
        name = front.pop()
        if name in found:
            continue
        found.add(name)
        question = pack.questions.get(name)
        if question is not None:
            front += question.formula.of if question.formula is not None else ()
            front += questions_read(question.shown_when) if question.shown_when is not None else []
            front += [question.complete] if question.complete is not None else []
    return found


def _varies_medicine(pack: Pack, rule: Rule, name: str) -> bool:
    """Whether the rule asks for this class or substance, and one case has it and another has not."""
    tests = [node for condition in rule.conditions() for node in walk(condition) if isinstance(node, Takes)]
    dictionary = pack.medicines.dictionary
    if not any(_concerns(pack, test, name) for test in tests):
        return False
    holding = {_holds(pack, dictionary, case, name) for case in rule.cases}
    return holding == {True, False}


def _concerns(pack: Pack, test: Takes, name: str) -> bool:
    """Whether a test would be met by something of this name."""
    asked = {*(test.takes.class_ or ()), *(test.takes.substance or ())}
    if name in asked:
        return True
    dictionary = pack.medicines.dictionary
    product = dictionary.find(name)
    below = set() if product is None else {class_id for part in product.parts for class_id in part.classes}
    if product is None:
        below = {
            class_id
            for found in dictionary.products.values()
            for part in found.parts
            if name in part.classes
            for class_id in (*part.classes, part.name)
        }
    return bool(asked & below)


def _holds(pack: Pack, dictionary: Dictionary, case: Case, name: str) -> bool:
    for question in pack.questions.values():
        entries = case.given.get(question.id) if question.kind is Kind.MEDICINES else None
        for entry in entries if isinstance(entries, list | tuple) else ():
            product = dictionary.find(str(entry.get("name", ""))) if isinstance(entry, Mapping) else None
            for part in product.parts if product is not None else ():
                if name == part.name or name in part.classes:
                    return True
    return False
