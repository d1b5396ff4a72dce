"""`screener evaluate`: a file of answers in, every rule's outcome with its explanation out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from screener.cli.given import Checked, Input, InputFinding, check, unread_answers
from screener.cli.output import EVALUATED, STOPPED, pack_stamp, print_json
from screener.cli.source import Source, parse, read_text
from screener.clock import Clock, today
from screener.forms.analysis.search import Searched
from screener.forms.analysis.turning import raw_of, turns
from screener.forms.answering import Given
from screener.forms.evaluation import RuleOutcome
from screener.forms.model import TIERS, Pack
from screener.forms.reasons import in_form_order
from screener.forms.statements import render_statement
from screener.forms.visibility import Hidden
from screener.forms.words import value_json, value_words
from screener.rules.evaluate import PARAMETER, Facts
from screener.rules.values import State, Value

Json = dict[str, Any]
MOST_TRIED = 300
"""Evaluations for what would change one rule: a file is evaluated in a moment, whatever stands in it."""


def run(pack: Pack, name: str, clock: Clock, *, as_json: bool, drafts: bool) -> int:
    """Evaluate one file and print what came of it; returns the exit code."""
    source, checked = read(pack, name, clock, drafts=drafts)
    result = evaluation(pack, checked, source)
    if as_json:
        print_json(result)
    else:
        from screener.cli.listing import show_evaluation

        show_evaluation(pack, checked, result)
    return STOPPED if checked.visit is None else EVALUATED


def read(pack: Pack, name: str, clock: Clock, *, drafts: bool = False) -> tuple[Source, Checked]:
    """Read and check a file; what its text is refused for are findings that stop."""
    source = parse(read_text(name), name)
    if source.refused:
        return source, Checked(None, [InputFinding(r.code, r.place, r.message, r.suggestion) for r in source.refused])
    return source, check(pack, source, today(clock), drafts=drafts)


def evaluation(pack: Pack, checked: Checked, source: Source) -> Json:
    """The answer of `evaluate --json`, as `resources/schemas/evaluation.json` has it."""
    visit = checked.visit
    if visit is None:
        return _whole(pack, checked.findings, [], [])
    facts, outcomes = visit.rules.evaluate(visit.answers, visit.day)
    hidden = visit.rules.form.hidden(facts, visit.answers)
    searched = Searched(visit.rules.form, visit.rules.figures, visit.day)
    findings = [*checked.findings, *unread_answers(visit, facts, {entry.question for entry in hidden}, source)]
    return _whole(
        pack,
        findings,
        [_not_shown(visit, entry) for entry in hidden],
        [
            _rule(visit, outcome, facts) | _would_change(visit, searched, outcome)
            for outcome in on_screen(outcomes.values())
        ],
    )


def _whole(pack: Pack, findings: Iterable[InputFinding], not_shown: list[Json], rules: list[Json]) -> Json:
    said = [finding.to_json() for finding in findings]
    return {"pack": pack_stamp(pack), "findings": said, "not_shown": not_shown, "rules": rules}


def on_screen(outcomes: Iterable[RuleOutcome]) -> list[RuleOutcome]:
    """Efficacy notes apart at the end, then by the tier of the level reached, then in the order of the themes."""
    return sorted(outcomes, key=lambda outcome: (outcome.rule.class_ == "efficacy note", TIERS.index(outcome.tier)))


def _not_shown(visit: Input, hidden: Hidden) -> Json:
    ids = [question_id for question_id in visit.rules.form.questions if question_id in hidden.because]
    return {"question": hidden.question, "because": [_said(visit, question_id) for question_id in ids]}


def _rule(visit: Input, outcome: RuleOutcome, facts: Facts) -> Json:
    rule, ruleset = outcome.rule, visit.rules
    return {
        "id": rule.id,
        "status": rule.status,
        "class": rule.class_,
        "tier": outcome.tier,
        "level": outcome.level,
        "outcome": outcome.outcome,
        "source_critical": rule.source_critical,
        "statement": render_statement(outcome, ruleset, visit.answers, facts),
        "because": [_said(visit, name) for name in in_form_order(outcome.because, outcome, ruleset)],
        "missing": [_open(visit, name) for name in in_form_order(outcome.missing, outcome, ruleset)],
        "source": {"ref": rule.source.ref, "at": rule.source.at, "strength": rule.source.strength},
        "others": [{"ref": o.ref, "at": o.at, "says": o.says, "strength": o.strength} for o in rule.others],
        "profiles": list(rule.profiles),
        "basis": list(rule.basis),
    }


def _would_change(visit: Input, searched: Searched, outcome: RuleOutcome) -> Json:
    """What would change an item that stands on the list or open; nothing of any other."""
    if outcome.outcome == "not_listed":
        return {}
    found = turns(searched, visit.rules.conditions[outcome.rule.id], visit.answers, MOST_TRIED)
    changes = [
        {
            "answers": [_supposed(visit, name, value) for name, value in turn.answers.items()],
            "outcome": turn.outcome,
            "level": turn.level,
        }
        for turn in (*found.single, *found.paired)
    ]
    return {"would_change": {"changes": changes, "whole": found.whole}}


def _supposed(visit: Input, name: str, value: Value) -> Json:
    question = visit.rules.pack.questions[name]
    return {
        "question": name,
        "text": question.text,
        "value": value_json(raw_of(value)),
        "words": value_words(question, value),
    }


def _said(visit: Input, name: str) -> Json:
    """One entry of a `because`: the question and its value, or the state that stands in its place."""
    if name.startswith(PARAMETER):
        parameter = visit.rules.pack.parameters[name.removeprefix(PARAMETER)]
        return {"question": name, "text": parameter.title, "value": visit.rules.parameters[parameter.id]}
    question = visit.rules.pack.questions[name]
    given = visit.answers.get(name)
    if given is None or given.state is not State.ANSWERED:
        return {"question": name, "text": question.text, "state": _state(given)}
    return {"question": name, "text": question.text, "value": value_json(given.effective.raw)}


def _state(given: Given | None) -> str:
    return str(State.NOT_ASKED if given is None else given.state)


def _open(visit: Input, name: str) -> Json:
    """One entry of a `missing`: a question and how it stands, or a parameter that is not chosen with its options."""
    if name.startswith(PARAMETER):
        parameter = visit.rules.pack.parameters[name.removeprefix(PARAMETER)]
        options: list[Mapping[str, str]] = [{"id": option.id, "label": option.label} for option in parameter.options]
        return {"question": name, "text": parameter.title, "state": "not_chosen", "options": options}
    return {"question": name, "text": visit.rules.pack.questions[name].text, "state": _state(visit.answers.get(name))}
