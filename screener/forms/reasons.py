"""Why an outcome stands, in words: the answers it rests on, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from screener.forms.answering import Given
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import Question, Rule
from screener.forms.visibility import Answers
from screener.forms.words import (
    PHASE_WORDS,
    STATE_WORDS,
    answer_words,
    medicines_words,
    readings_words,
)
from screener.rules.evaluate import PARAMETER, Facts
from screener.rules.expressions import Node, OfReadings, Takes, walk
from screener.rules.medicines import Dictionary, lacking
from screener.rules.readings import in_phase, taken, values_of
from screener.rules.values import (
    Medicines,
    Readings,
    State,
)


def because_lines(outcome: RuleOutcome, ruleset: RuleSet, answers: Answers, facts: Facts) -> list[str]:
    """The answers an outcome rests on, each as `label: answer`, in form order, the clinic's choices last."""
    return _lines(outcome.because, outcome, ruleset, answers, _said)


def missing_lines(outcome: RuleOutcome, ruleset: RuleSet, answers: Answers) -> list[str]:
    """What can still change an outcome, each as `label: how it stands`, in form order, open choices last."""
    conditions = open_conditions(outcome.rule, outcome.level)

    def stands(question: Question, given: Given | None) -> str:
        return missing_words(question, given, conditions)

    return _lines(outcome.missing, outcome, ruleset, answers, stands)


def in_form_order(ids: Iterable[str], outcome: RuleOutcome, ruleset: RuleSet) -> list[str]:
    """Question ids in the order of the form, then parameters."""
    wanted = set(ids)
    questions = [q for q in ruleset.rests_on(outcome.rule.id) if q in wanted]
    parameters = sorted(name for name in wanted if name.startswith(PARAMETER))
    return [*questions, *parameters, *sorted(wanted.difference(questions, parameters))]


def _lines(
    ids: Iterable[str],
    outcome: RuleOutcome,
    ruleset: RuleSet,
    answers: Answers,
    words: Callable[[Question, Given | None], str],
) -> list[str]:
    found = []
    for name in in_form_order(ids, outcome, ruleset):
        if name.startswith(PARAMETER):
            found.append(_parameter_line(name.removeprefix(PARAMETER), ruleset))
            continue
        question = ruleset.pack.questions.get(name)
        said = "not on this pathway" if question is None else words(question, answers.get(name))
        found.append(f"{question.label if question is not None else name}: {said}")
    return found


def _said(question: Question, given: Given | None) -> str:
    return STATE_WORDS[State.NOT_ASKED] if given is None else answer_words(question, given, brief=True)


def open_conditions(rule: Rule, level: str | None) -> list[Node]:
    """The conditions that can still be open: those of the levels above the one that is met, else all."""
    met = next((place for place, entry in enumerate(rule.levels, start=1) if entry.id == level), 0)
    return list(rule.conditions()[met:])


def missing_words(question: Question, given: Given | None, conditions: Iterable[Node]) -> str:
    """How an answer that keeps these conditions open stands; of readings, what is not there."""
    if given is None or given.state is not State.ANSWERED:
        return _said(question, given)
    if isinstance(given.value, Readings):
        nodes = [node for condition in conditions for node in walk(condition)]
        tests = [node for node in nodes if isinstance(node, OfReadings) and node.readings == question.id]
        not_there = _lacking(given.value, tests)
        if not_there:
            return ", ".join(not_there)
    if isinstance(given.value, Medicines):
        return _not_told(question, given.value, conditions)
    return f"{_said(question, given)} (not exact or not complete enough to tell)"


def _not_told(question: Question, value: Medicines, conditions: Iterable[Node]) -> str:
    """Which medicines say too little for these conditions: a name that is not recognised, a date, a route."""
    dictionary = question.dictionary or Dictionary()
    tests = [node for condition in conditions for node in walk(condition) if isinstance(node, Takes)]
    open_ones = {entry: None for test in tests for entry in lacking(test, value, dictionary, None)}
    strange = [entry.name for entry in open_ones if dictionary.find(entry.name) is None]
    known = [entry for entry in open_ones if entry.name not in strange]
    said = []
    if strange:
        said.append(f"not recognised: {', '.join(strange)}")
    if known:
        said.append(f"last dose, use or route not told: {medicines_words(known, dictionary, brief=True)}")
    return "; ".join(said) or "the list may not be complete"


def _lacking(value: Readings, tests: Iterable[OfReadings]) -> list[str]:
    """What these tests need and readings do not hold: `no reading before dose`, `diastolic not taken on leaving`."""
    if not value.items and value.none_taken:
        return [readings_words(value)]
    found: dict[tuple[str, str | None], list[str]] = {}
    for test in tests:
        readings = in_phase(value, test.phase)
        fewest = 2 if test.spread else 1
        if not any(map(taken, readings)):
            found.setdefault(("no value" if readings else "no reading", test.phase), [])
        elif test.zero is None and test.count is None and len(values_of(readings, test.part)) < fewest:
            reason = "fewer than 2 values of {}" if fewest == 2 else "{} not taken"
            parts = found.setdefault((reason, test.phase), [])
            parts += [part for part in [_LACKING_PARTS.get(test.part, test.part)] if part not in parts]
    return [
        " ".join(part for part in (reason.format(" and ".join(parts)), PHASE_WORDS.get(phase or "", phase)) if part)
        for (reason, phase), parts in found.items()
    ]


_LACKING_PARTS = {"pulse_pressure": "a pair of systolic and diastolic"}


def _parameter_line(parameter_id: str, ruleset: RuleSet) -> str:
    parameter = ruleset.pack.parameters.get(parameter_id)
    if parameter is None:
        return f"{parameter_id}: unknown"
    option = parameter.option(ruleset.parameters.get(parameter_id, ""))
    if option is not None:
        return f"{parameter.title}: {option.label}"
    return f"{parameter.title}: not chosen (options: {'; '.join(option.label for option in parameter.options)})"
