"""Answers, states, statements and explanations in English: what the screen, the report and the command line all say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from screener.forms.answering import Account, Given
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import Class, OutcomeWord, Pack, Question, Rule, Strength, Tier
from screener.forms.visibility import Answers
from screener.rules.evaluate import PARAMETER, Facts
from screener.rules.expressions import Bounds, Node, OfReadings, ParameterRef, parameters_read, walk
from screener.rules.readings import in_phase, statistic, taken, values_of
from screener.rules.values import (
    InstrumentResult,
    Interval,
    Kind,
    MedicineEntry,
    Medicines,
    PartialDate,
    Reading,
    Readings,
    State,
    Value,
)
from screener.rules.words import figure_words, unit_words, with_unit

STATE_WORDS: Mapping[State, str] = {
    State.ANSWERED: "answered",
    State.NOT_KNOWN: "not known",
    State.DECLINED: "declined",
    State.COME_BACK: "to come back to",
    State.NOT_ASKED: "not asked",
    State.DIFFERING: "accounts differ, none named as used",
    State.GATE_OPEN: "not established whether it applies",
    State.NOT_APPLICABLE: "not applicable",
}
TIER_WORDS: Mapping[Tier, str] = {
    "time-critical": "Time-critical",
    "review": "For review",
    "note": "Note",
    "check": "Answers to check",
}
OUTCOME_WORDS: Mapping[OutcomeWord, str] = {
    "listed": "Listed",
    "not_listed": "Not listed on these answers",
    "not_established": "Not established",
}
CLASS_WORDS: Mapping[Class, str] = {
    "safety": "Safety",
    "efficacy note": "Note on efficacy",
    "logistics": "Logistics",
    "legal": "Legal",
    "consistency": "Consistency of answers",
    "completeness": "Completeness of answers",
}
STRENGTH_WORDS: Mapping[Strength, str] = {
    "contraindication": "Contraindication",
    "boxed warning": "Boxed warning",
    "warning": "Warning",
    "caution": "Caution",
    "not recommended": "Not recommended (the source's word)",  # own_word_of: the source that has this strength
    "indication": "Indication",
    "dosing": "Dosing",
    "law": "Law",
    "required question": "Required question",
    "guideline": "Guideline",
    "trial exclusion": "Trial exclusion",
    "policy": "Policy",
    "evidence": "Evidence",
    "editorial": "Editorial",
}
PHASE_WORDS: Mapping[str, str] = {
    "screening": "at screening",
    "before": "before dose",
    "about_40_min": "about 40 min after",
    "leaving": "on leaving",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FURTHER_LEVEL = "A further level is not established"
"""Said of a listed item while a level above the one that is met is open; what is missing stands beside it."""


class PackNames:
    """What a pack calls its questions, options, phases and parameters; `chosen` maps parameters to options."""

    def __init__(self, pack: Pack, chosen: Mapping[str, str] | None = None) -> None:
        self._pack = pack
        self._chosen = chosen or {}

    def question(self, question_id: str) -> str:
        found = self._pack.questions.get(question_id)
        return found.label if found is not None else question_id

    def option(self, question_id: str, option_id: str) -> str:
        found = self._pack.questions.get(question_id)
        return option_words(found, option_id) if found is not None else option_id

    def phase(self, phase: str) -> str:
        return PHASE_WORDS.get(phase, phase)

    def parameter(self, ref: ParameterRef, unit: str) -> str:
        found = self._pack.parameters.get(ref.id)
        option = found.option(self._chosen.get(ref.id, "")) if found is not None else None
        if option is None:
            return "the clinic's figure (not chosen)"
        if ref.part not in option.values:
            return f"the clinic's figure (it names no {ref.part})"
        return f"{with_unit(option.values[ref.part], unit)}, the clinic's figure"


# Values and answers


def option_words(question: Question, option_id: str) -> str:
    """An option inside a sentence: yes, no, or the option's text."""
    if question.kind is Kind.YES_NO or option_id not in question.option_ids:
        return option_id
    return question.option_text(option_id)


def value_words(question: Question, value: Value, *, brief: bool = False) -> str:
    """One value of a question in words, with its unit. `brief`: readings without time, arm and position."""
    match value:
        case str():
            return value if question.kind is Kind.TEXT else option_words(question, value)
        case frozenset():
            return ", ".join(option_words(question, o) for o in question.option_ids if o in value) or "none of these"
        case Decimal():
            return with_unit(value, question.unit)
        case Fraction() | Interval():
            return _derived_words(question, value)
        case PartialDate():
            return date_words(value)
        case datetime():
            return f"{_day_words(value.date())}, {value:%H:%M}"
        case time():
            return f"{value:%H:%M}"
        case Readings():
            return readings_words(value, brief=brief)
        case Medicines():
            return ", ".join(_medicine_words(entry) for entry in value.items) or "no medicines"
        case InstrumentResult():
            return _instrument_words(value)


def _derived_words(question: Question, value: Fraction | Interval) -> str:
    whole = question.formula is not None and question.formula.name in ("age", "days_between")
    places = 0 if whole else 1
    if isinstance(value, Interval):
        return f"{rounded(value.low, places)} to {rounded(value.high, places)} {unit_words(question.unit)}".rstrip()
    text = rounded(value, places)
    return f"{text} {unit_words(question.unit, Decimal(text))}".rstrip()


def date_words(value: PartialDate) -> str:
    """5 March 2026, March 2026 or 2026."""
    if value.exact:
        return _day_words(value.first)
    one_month = (value.first.year, value.first.month) == (value.last.year, value.last.month)
    return f"{MONTHS[value.first.month - 1]} {value.first.year}" if one_month else str(value.first.year)


def _day_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def readings_words(value: Readings, *, brief: bool = False) -> str:
    """Readings by phase: `before dose: 151/94 82 (10:31, left arm, seated), 146/91 79; on leaving: 130/80`.

    `brief`: the figures alone, for a line that must be short.
    """
    if not value.items:
        return "none taken" if value.none_taken else "no reading"
    groups: dict[str | None, list[str]] = {}
    for reading in value.items:
        groups.setdefault(reading.phase, []).append(reading_words(reading, brief=brief))
    return "; ".join(
        (f"{PHASE_WORDS.get(phase, phase)}: " if phase else "") + ", ".join(rows) for phase, rows in groups.items()
    )


def reading_words(reading: Reading, *, brief: bool = False) -> str:
    """One reading: `151/94 82 (10:31, left arm, seated)`; `brief`: `151/94 82`. What was not taken is a dash."""
    systolic, diastolic = ("–" if v is None else figure_words(v) for v in (reading.systolic, reading.diastolic))
    pulse = "" if reading.pulse is None else f" {figure_words(reading.pulse)}"
    at = _DAY_AND_TIME.sub(r"\1 \2", reading.at or "")
    how = (at, _with_noun(reading.arm, "arm"), reading.position, _with_noun(reading.cuff, "cuff"))
    details = "" if brief else ", ".join(part for part in how if part)
    return f"{systolic}/{diastolic}{pulse}" + (f" ({details})" if details else "")


_DAY_AND_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*$")


def _with_noun(text: str | None, noun: str) -> str:
    """`left` as `left arm`; what says `arm` itself stays as it is."""
    return text or "" if not text or noun in text.lower() else f"{text} {noun}"


def _medicine_words(entry: MedicineEntry) -> str:
    use = {"current": "current", "stopped": "stopped", "not_known": "use not known"}[entry.use]
    last = "" if entry.last_taken is None else f"last taken {date_words(entry.last_taken)}"
    details = ", ".join(part for part in (entry.dose or "", entry.route or "", use, last) if part)
    return f"{entry.name} ({details})"


def _instrument_words(value: InstrumentResult) -> str:
    total = "" if value.total is None else f"total {figure_words(value.total)}"
    items = "" if not value.items else f"{len(value.items)} item{'' if len(value.items) == 1 else 's'} answered"
    return ", ".join(part for part in (total, items) if part)


def account_words(question: Question, account: Account, *, brief: bool = False) -> str:
    """What one informant said, with what was typed where it was typed in another unit. `brief` as in `value_words`."""
    if account.state is not State.ANSWERED or account.value is None:
        return STATE_WORDS[account.state]
    raw = account.raw
    converted = isinstance(raw, Mapping) and raw.get("unit", question.unit) != question.unit
    if not converted or not isinstance(account.value, Decimal):
        return value_words(question, account.value, brief=brief)
    step = question.step or Decimal("0.1")
    said = with_unit(account.value.quantize(step, ROUND_HALF_UP), question.unit)
    return f"{said} (typed as {raw['value']} {unit_words(str(raw['unit']))})"


def answer_words(question: Question, given: Given, *, brief: bool = False) -> str:
    """Everything recorded under one question: the value, the state, or every account: `patient: no · spouse: yes`.

    `brief` as in `value_words`: for lines that must be short.
    """
    if len(given.accounts) == 1:
        return account_words(question, given.accounts[0], brief=brief)
    return " · ".join(
        f"{account.by}: {account_words(question, account, brief=brief)}"
        + (" (used)" if account.by == given.used else "")
        for account in given.accounts
    )


# Statements


_PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z0-9_]+)?)\}")
_FIGURE = re.compile(r"^(mean|highest|last)_(systolic|diastolic|pulse)$")
_PARTS = ("systolic", "diastolic", "pulse")
READINGS_PLACEHOLDERS = ("count", *(f"{s}_{p}" for s in ("mean", "highest", "last") for p in _PARTS))
PARAMETER_PLACEHOLDERS = ("parameter", "limit")


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
        return found[0]

    return _PLACEHOLDER.sub(fill, text)


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
        return "not taken" if readings is None else str(sum(map(taken, readings)))
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


def rounded(value: Fraction, places: int) -> str:
    """An exact fraction rounded for display only, halves away from zero."""
    unit = Decimal(1).scaleb(-places)
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).quantize(unit, ROUND_HALF_UP):f}"


# Explanations


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
        lacking = _lacking(given.value, tests)
        if lacking:
            return ", ".join(lacking)
    return f"{_said(question, given)} (not exact or not complete enough to tell)"


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


def _number_json(value: Decimal) -> int | float | str:
    if value == value.to_integral_value():
        return int(value)
    rounded_one = float(value)
    return rounded_one if Decimal(repr(rounded_one)) == value else f"{value:f}"


def value_json(value: Any) -> Any:
    """A raw answer as JSON: exact numbers become numbers, everything else stays as it was typed.

    A number that JSON's readers would round stands as text.
    """
    match value:
        case Decimal():
            return _number_json(value)
        case Mapping():
            return {str(key): value_json(inner) for key, inner in value.items()}
        case list() | tuple():
            return [value_json(inner) for inner in value]
        case _:
            return value
