"""Why an outcome stands, in words: the answers it rests on, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

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
from screener.language import KEPT, Voice, kept
from screener.rules.evaluate import PARAMETER, Facts
from screener.rules.expressions import Node, OfReadings, Takes, walk
from screener.rules.medicines import Dictionary, lacking
from screener.rules.readings import in_phase, taken, values_of
from screener.rules.values import (
    Medicines,
    Readings,
    State,
)
from screener.rules.words import PART_WORDS


def because_lines(
    outcome: RuleOutcome, ruleset: RuleSet, answers: Answers, facts: Facts, say: Voice = KEPT
) -> list[str]:
    """The answers an outcome rests on, each as `label: answer`, in form order, the clinic's choices last."""

    def said(question: Question, given: Given | None) -> str:
        return _said(question, given, say)

    return _lines(outcome.because, outcome, ruleset, answers, said, say)


def missing_lines(outcome: RuleOutcome, ruleset: RuleSet, answers: Answers, say: Voice = KEPT) -> list[str]:
    """What can still change an outcome, each as `label: how it stands`, in form order, open choices last."""
    conditions = open_conditions(outcome.rule, outcome.level)

    def stands(question: Question, given: Given | None) -> str:
        return missing_words(question, given, conditions, say)

    return _lines(outcome.missing, outcome, ruleset, answers, stands, say)


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
    say: Voice,
) -> list[str]:
    found = []
    for name in in_form_order(ids, outcome, ruleset):
        if name.startswith(PARAMETER):
            found.append(_parameter_line(name.removeprefix(PARAMETER), ruleset, say))
            continue
        question = ruleset.pack.questions.get(name)
        said = say.tr("not on this pathway") if question is None else words(question, answers.get(name))
        found.append(f"{question.label if question is not None else name}: {said}")
    return found


def _said(question: Question, given: Given | None, say: Voice) -> str:
    if given is None:
        return say.word(STATE_WORDS[State.NOT_ASKED])
    return answer_words(question, given, brief=True, say=say)


def open_conditions(rule: Rule, level: str | None) -> list[Node]:
    """The conditions that can still be open: those of the levels above the one that is met, else all."""
    met = next((place for place, entry in enumerate(rule.levels, start=1) if entry.id == level), 0)
    return list(rule.conditions()[met:])


def missing_words(question: Question, given: Given | None, conditions: Iterable[Node], say: Voice = KEPT) -> str:
    """How an answer that keeps these conditions open stands; of readings, what is not there."""
    if given is None or given.state is not State.ANSWERED:
        return _said(question, given, say)
    if isinstance(given.value, Readings):
        nodes = [node for condition in conditions for node in walk(condition)]
        tests = [node for node in nodes if isinstance(node, OfReadings) and node.readings == question.id]
        not_there = _lacking(given.value, tests, say)
        if not_there:
            return ", ".join(not_there)
    if isinstance(given.value, Medicines):
        return _not_told(question, given.value, conditions, say)
    return say.tr("{answer} (not exact or not complete enough to tell)").format(answer=_said(question, given, say))


def _not_told(question: Question, value: Medicines, conditions: Iterable[Node], say: Voice) -> str:
    """Which medicines say too little for these conditions: a name that is not recognised, a date, a route."""
    dictionary = question.dictionary or Dictionary()
    tests = [node for condition in conditions for node in walk(condition) if isinstance(node, Takes)]
    open_ones = {entry: None for test in tests for entry in lacking(test, value, dictionary, None)}
    strange = [entry.name for entry in open_ones if dictionary.find(entry.name) is None]
    known = [entry for entry in open_ones if entry.name not in strange]
    said = []
    if strange:
        said.append(say.tr("not recognised: {names}").format(names=", ".join(strange)))
    if known:
        names = medicines_words(known, dictionary, brief=True, say=say)
        said.append(say.tr("last dose, use or route not told: {names}").format(names=names))
    return "; ".join(said) or say.tr("the list may not be complete")


def _lacking(value: Readings, tests: Iterable[OfReadings], say: Voice) -> list[str]:
    """What these tests need and readings do not hold: `no reading before dose`, `diastolic not taken on leaving`."""
    if not value.items and value.none_taken:
        return [readings_words(value, say=say)]
    found: dict[tuple[str, str | None], list[str]] = {}
    for test in tests:
        readings = in_phase(value, test.phase)
        fewest = 2 if test.spread else 1
        if not any(map(taken, readings)):
            found.setdefault((_NO_VALUE if readings else _NO_READING, test.phase), [])
        elif test.zero is None and test.count is None and len(values_of(readings, test.part)) < fewest:
            parts = found.setdefault((_FEWER if fewest == 2 else _NOT_TAKEN, test.phase), [])
            parts += [part for part in [say.word(_LACKING_PARTS.get(test.part, test.part))] if part not in parts]
    return [_lack(reason, parts, phase, say) for (reason, phase), parts in found.items()]


def _lack(reason: str, parts: Sequence[str], phase: str | None, say: Voice) -> str:
    what = say.word(_AND).join(parts)
    when = PHASE_WORDS.get(phase or "", phase or "")
    return f"{say.word(reason).format(parts=what)} {say.word(when)}".strip()


_NO_VALUE, _NO_READING = kept("no value"), kept("no reading")
_FEWER, _NOT_TAKEN = kept("fewer than 2 values of {parts}"), kept("{parts} not taken")
_AND = kept(" and ")
_LACKING_PARTS = {**PART_WORDS, "pulse_pressure": kept("a pair of systolic and diastolic")}


def _parameter_line(parameter_id: str, ruleset: RuleSet, say: Voice) -> str:
    parameter = ruleset.pack.parameters.get(parameter_id)
    if parameter is None:
        return say.tr("{parameter_id}: unknown").format(parameter_id=parameter_id)
    option = parameter.option(ruleset.parameters.get(parameter_id, ""))
    if option is not None:
        return f"{parameter.title}: {option.label}"
    options = "; ".join(option.label for option in parameter.options)
    return say.tr("{title}: not chosen (options: {options})").format(title=parameter.title, options=options)


def state_words(said: str, say: Voice) -> str:
    """How an answer stood that kept a condition open, as it was said in English; what is none of these stays."""
    found = say.word(said)
    return found if found != said else ", ".join(_lacks(say).get(part, part) for part in said.split(", "))


@cache
def _lacks(say: Voice) -> Mapping[str, str]:
    """Everything that can be lacking of readings, in English and as a voice says it."""
    named = [[], *([part] for part in dict.fromkeys((*PART_WORDS, "pulse_pressure")))]
    return {
        _lack(reason, [_LACKING_PARTS[part] for part in parts], phase, KEPT): _lack(
            reason, [say.word(_LACKING_PARTS[part]) for part in parts], phase, say
        )
        for reason in (_NO_VALUE, _NO_READING, _FEWER, _NOT_TAKEN)
        for parts in (named[:1] if reason in (_NO_VALUE, _NO_READING) else named[1:])
        for phase in (None, *PHASE_WORDS)
    }
