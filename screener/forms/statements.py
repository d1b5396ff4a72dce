"""A rule's statement with its placeholders filled: figures, counts, means and limits as the rule read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.visibility import Answers
from screener.forms.words import (
    STATE_WORDS,
    answer_words,
    interval_words,
    medicines_words,
    rounded,
    value_words,
)
from screener.rules.evaluate import Facts
from screener.rules.expressions import Ask, Bounds, Node, OfReadings, Score, Takes, parameters_read, walk
from screener.rules.medicines import Dictionary, taken
from screener.rules.readings import in_phase, statistic, values_of
from screener.rules.readings import taken as measured
from screener.rules.scores import interval_of
from screener.rules.values import (
    InstrumentResult,
    MedicineEntry,
    Medicines,
    PartialDate,
    Reading,
    Readings,
    State,
)
from screener.rules.words import figure_words

_PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z0-9_]+)?)\}")
_FIGURE = re.compile(r"^(mean|highest|last)_(systolic|diastolic|pulse)$")
_PARTS = ("systolic", "diastolic", "pulse")
READINGS_PLACEHOLDERS = ("count", *(f"{s}_{p}" for s in ("mean", "highest", "last") for p in _PARTS))
PARAMETER_PLACEHOLDERS = ("parameter", "limit")
TAKEN, SCORE = "taken", "score"
FURTHER_PLACEHOLDERS: Mapping[str, type[Node]] = {TAKEN: Takes, SCORE: Score}
"""The medicines that a rule found, and the figure of the instrument that it read: each by the node it needs."""


def placeholders(statement: str) -> list[str]:
    """The names in braces that a statement asks to be filled."""
    return _PLACEHOLDER.findall(statement)


def render_statement(outcome: RuleOutcome, ruleset: RuleSet, answers: Answers, facts: Facts) -> str:
    """The statement of a rule (of its level where that has its own) with every placeholder filled from the answers."""
    text = outcome.statement
    if "{" not in text:
        return text
    nodes = [node for condition in _stating(outcome) for node in walk(condition)]

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if "." in name:
            return _fact_words(name, ruleset, answers, facts)
        if name in PARAMETER_PLACEHOLDERS:
            return _chosen_words(name, nodes, ruleset)
        if name in READINGS_PLACEHOLDERS:
            tests = [node for node in nodes if isinstance(node, OfReadings)]
            return _count_words(text, tests, facts) if name == "count" else _figure_words(name, tests, ruleset, facts)
        if name == TAKEN:
            return taken_words([node for node in nodes if isinstance(node, Takes)], ruleset, facts)
        if name == SCORE:
            return next((_score_words(node, ruleset, facts) for node in nodes if isinstance(node, Score)), found[0])
        return found[0]

    return _PLACEHOLDER.sub(fill, text)


def what_stands(node: Node, ruleset: RuleSet, answers: Answers, facts: Facts) -> str:
    """What a part of a condition found to judge: the figure of its readings or the answer; empty where it says so."""
    match node:
        case OfReadings() if node.count is None and node.statistic in ("mean", "last", "highest"):
            return _figure_words(f"{node.statistic}_{node.part}", [node], ruleset, facts)
        case Ask():
            return _fact_words(node.ask, ruleset, answers, facts)
        case Takes():
            return taken_words([node], ruleset, facts)
        case Score():
            return _score_words(node, ruleset, facts)
        case _:
            return ""


def taken_words(tests: Iterable[Takes], ruleset: RuleSet, facts: Facts) -> str:
    """The medicines that make one of these tests met, each once."""
    dictionary = ruleset.form.layout.dictionary or Dictionary()
    found: dict[MedicineEntry, None] = {}
    state = State.NOT_ASKED
    for test in tests:
        seen = facts.of(test.in_)
        state = seen.state
        if isinstance(seen.value, Medicines):
            found |= dict.fromkeys(taken(test, seen.value, dictionary, moment_of(test, facts)))
    if found:
        return medicines_words(found, dictionary, brief=True)
    return "none" if state is State.ANSWERED else STATE_WORDS[state]


def moment_of(test: Takes, facts: Facts) -> PartialDate | datetime | None:
    """The moment that a test counts back from, as far as it is known."""
    if test.before is None:
        return PartialDate.on(facts.day)
    value = facts.of(test.before).value
    return value if isinstance(value, PartialDate | datetime) else None


def _score_words(test: Score, ruleset: RuleSet, facts: Facts) -> str:
    """The figure of an instrument that a test reads, or from where to where it lies."""
    seen, scoring = facts.of(test.score), ruleset.form.layout.scorings.get(test.score)
    if scoring is None or not isinstance(seen.value, InstrumentResult):
        return STATE_WORDS[seen.state]
    return interval_words(interval_of(test, scoring, seen.value))


def _stating(outcome: RuleOutcome) -> Sequence[Node]:
    levels = [level.when for level in outcome.rule.levels if level.id == outcome.level]
    return levels or outcome.rule.conditions()


def _fact_words(question_id: str, ruleset: RuleSet, answers: Answers, facts: Facts) -> str:
    question = ruleset.form.questions.get(question_id)
    if question is None:
        return "not established"
    seen = facts.of(question_id)
    if seen.state is State.ANSWERED and seen.value is not None:
        given = answers.get(question_id)
        kept = given is not None and given.value == seen.value
        if kept and given is not None:
            return answer_words(question, given, brief=True)
        return value_words(question, seen.value, brief=True)
    return STATE_WORDS[seen.state]


def _chosen_words(name: str, nodes: Iterable[Node], ruleset: RuleSet) -> str:
    bounds = [node for node in nodes if isinstance(node, Bounds) and node.comparison is not None]
    refs = [ref for node in bounds for ref in parameters_read(node)]
    if name == "limit" and not refs:
        plain = dict.fromkeys(figure_words(node.limit) for node in bounds if isinstance(node.limit, Decimal))
        return "/".join(plain) or "no figure"
    found = []
    for parameter_id in dict.fromkeys(ref.id for ref in refs):
        parameter = ruleset.pack.parameters.get(parameter_id)
        option = parameter.option(ruleset.parameters.get(parameter_id, "")) if parameter else None
        if option is None:
            return "figure not chosen"
        parts = dict.fromkeys(ref.part for ref in refs if ref.id == parameter_id and ref.part in option.values)
        limits = "/".join(figure_words(option.values[part]) for part in parts)
        found.append(option.label if name == "parameter" else limits)
    return ", ".join(found) or "no figure"


def _figure_words(name: str, tests: Sequence[OfReadings], ruleset: RuleSet, facts: Facts) -> str:
    match = _FIGURE.match(name)
    assert match is not None
    kind, part = match[1], match[2]
    values = _values_behind(kind, part, tests, facts)
    figure = statistic(kind, values) if values else None
    if figure is None:
        return "not taken"
    return mean_words(figure, _limits(part, tests, ruleset)) if kind == "mean" else rounded(figure, 0)


def _count_words(statement: str, tests: Sequence[OfReadings], facts: Facts) -> str:
    """How many readings the means of this statement are made of; each part by its name where the parts differ.

    In a statement without a mean: how many readings were taken, as its rule counts them.
    """
    figures = [match for name in placeholders(statement) if (match := _FIGURE.match(name)) is not None]
    parts = dict.fromkeys(figure[2] for figure in figures if figure[1] == "mean")
    if not parts:
        counting = next((test for test in tests if test.count is not None), tests[0] if tests else None)
        readings = None if counting is None else _readings_of(counting, facts)
        return "not taken" if readings is None else str(sum(map(measured, readings)))
    behind = {part: _values_behind("mean", part, tests, facts) for part in parts}
    if all(values is None for values in behind.values()):
        return "not taken"
    counts = {part: len(values) for part, values in behind.items() if values}
    if len(set(counts.values())) > 1:
        return " and ".join(f"{count} {part}" for part, count in counts.items())
    return str(next(iter(counts.values()), 0))


def _values_behind(kind: str, part: str, tests: Sequence[OfReadings], facts: Facts) -> list[Decimal] | None:
    """The values of a part that a figure of a statement is made of: in the phase in which its rule reads them.

    None where no readings are recorded.
    """
    of_part = [test for test in tests if test.count is None and test.part == part]
    same = [test for test in of_part if test.statistic == kind]
    test = next(iter([*same, *of_part, *tests]), None)
    readings = None if test is None else _readings_of(test, facts)
    return None if readings is None else values_of(readings, part)  # type: ignore[arg-type]


def _readings_of(test: OfReadings, facts: Facts) -> tuple[Reading, ...] | None:
    """The readings that a test reads, or None where none are recorded."""
    value = facts.of(test.readings).value
    return in_phase(value, test.phase) if isinstance(value, Readings) else None


def _limits(part: str, tests: Iterable[OfReadings], ruleset: RuleSet) -> list[Decimal]:
    found = []
    for node in tests:
        if node.mean != part:
            continue
        limit = node.limit
        if isinstance(limit, Decimal):
            found.append(limit)
            continue
        parameter = ruleset.pack.parameters.get(limit.id)
        option = parameter.option(ruleset.parameters.get(limit.id, "")) if parameter else None
        if option is not None and limit.part in option.values:
            found.append(option.values[limit.part])
    return found


def mean_words(mean: Fraction, limits: Iterable[Decimal] = ()) -> str:
    """A mean to one decimal; to two where it lies within 0.05 of a limit without being it."""
    close = any(0 < abs(mean - Fraction(limit)) <= Fraction(1, 20) for limit in limits)
    return rounded(mean, 2 if close else 1)


# Explanations
