"""One rule tried out: answers in, outcome, tree and statement out, and the same written as a worked case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from screener.forms.answering import Given, NotAnAnswer, read_given
from screener.forms.cases import DAY, as_written, visit_day
from screener.forms.conditions import LevelTree, standing_trees
from screener.forms.coverage import rests_on
from screener.forms.evaluation import RuleSet
from screener.forms.model import Case, OutcomeWord, Pack, Parameter, Question, Rule, Tier
from screener.forms.reasons import because_lines, missing_lines
from screener.forms.statements import placeholders, render_statement
from screener.forms.visibility import Form
from screener.forms.words import STATE_WORDS, PackNames, answer_words, value_words
from screener.language import KEPT, WINDOW, Voice, kept, tr, tr_n
from screener.rules.expressions import AccountsDiffer, parameters_read, walk
from screener.rules.facts import Facts
from screener.rules.values import Kind, State

Role = Literal["read", "input", "gate"]
"""The rule reads it, works a value out from it, or it decides whether one of these is shown."""
OUTCOMES: Mapping[OutcomeWord, str] = {
    "listed": kept("listed"),
    "not_listed": kept("not listed"),
    "not_established": kept("not established"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the outcome can depend on, and how."""

    question: Question
    role: Role


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a rule under some answers."""

    outcome: OutcomeWord
    level: str | None
    title: str
    tier: Tier
    statement: str
    """As the item would say it; empty where it is not listed."""
    because: tuple[str, ...]
    missing: tuple[str, ...]
    could_be_higher: bool
    trees: tuple[LevelTree, ...]
    hidden: Mapping[str, str]
    """Questions that these answers hide, each with the words for why."""
    worked_out: tuple[tuple[str, str], ...]
    """Derived values: label and value."""
    refused: Mapping[str, str]
    """Answers that cannot be read, with what would do."""


class Trial:
    """A rule by itself on one pathway, whatever its status. Nothing of what is tried out is kept."""

    def __init__(
        self,
        pack: Pack,
        rule: Rule,
        *,
        pathway: str = "",
        parameters: Mapping[str, str] | None = None,
        day: date = DAY,
    ) -> None:
        self.rule, self.day = rule, day
        self.pathway = pathway or rule.pathways[0]
        self.parameters = dict(parameters or {})
        self._rules = RuleSet(alone(pack, rule), self.pathway, rule.profiles, self.parameters, drafts=True)
        self._names = PackNames(pack, self.parameters)
        self.form: Form = self._rules.form
        self.asked: tuple[Asked, ...] = tuple(self._asked())
        refs = (ref.id for node in rule.conditions() for ref in parameters_read(node))
        self.chosen_from: tuple[Parameter, ...] = tuple(
            pack.parameters[name] for name in dict.fromkeys(refs) if name in pack.parameters
        )
        """The clinic's figures that it reads."""

    def _asked(self) -> Iterator[Asked]:
        read = self._rules.conditions[self.rule.id].reads
        for name in self._rules.rests_on(self.rule.id):
            question = self.form.questions[name]
            if question.kind is Kind.DERIVED:
                continue
            formulas = [self.form.questions[q].formula for q in read if q in self.form.questions]
            inputs = {needed for formula in formulas if formula is not None for needed in formula.of}
            yield Asked(
                question,
                "read" if name in read else "input" if name in inputs else "gate",
            )

    @property
    def differing(self) -> frozenset[str]:
        """The questions of which the rule asks whether accounts differ."""
        nodes = (node for condition in self.rule.conditions() for node in walk(condition))
        return frozenset(node.accounts_differ for node in nodes if isinstance(node, AccountsDiffer))

    def try_out(self, raws: Mapping[str, Any]) -> Tried:
        """The outcome under these answers, as JSON has them; what cannot be read counts as not asked, and is named."""
        answers, refused = self._read(raws)
        facts = self.form.facts(answers, self.day)
        outcome = self._rules.outcome(self.rule.id, facts, answers)
        listed = outcome.outcome == "listed"
        because = because_lines(outcome, self._rules, answers, facts, WINDOW)
        missing = missing_lines(outcome, self._rules, answers, WINDOW)
        return Tried(
            outcome.outcome,
            outcome.level,
            outcome.title,
            outcome.tier,
            render_statement(outcome, self._rules, answers, facts) if listed else "",
            tuple(because),
            tuple(missing),
            outcome.could_be_higher,
            tuple(standing_trees(self._rules, self.rule.id, self._names, answers, facts)),
            self._hidden(answers, facts),
            tuple(self._worked_out(facts)),
            refused,
        )

    def would_change(self, raws: Mapping[str, Any]) -> list[str]:
        """In lines, which other answers to one or two questions would have it come out otherwise."""
        from screener.forms.analysis.turn_words import would_change

        return would_change(self._rules, self.rule.id, self._read(raws)[0], self.day)

    def _read(self, raws: Mapping[str, Any]) -> tuple[dict[str, Given], dict[str, str]]:
        answers: dict[str, Given] = {}
        refused: dict[str, str] = {}
        for name, raw in raws.items():
            question = self.form.questions.get(name)
            if question is None:
                refused[name] = tr("{name} is not asked on {pathway}").format(name=name, pathway=self.pathway)
                continue
            try:
                answers[name] = read_given(question, list(raw) if isinstance(raw, tuple) else raw)
            except NotAnAnswer as wrong:
                refused[name] = f"{wrong}. {wrong.suggestion}".strip()
        return answers, refused

    def _hidden(self, answers: Mapping[str, Given], facts: Facts) -> dict[str, str]:
        asked = {one.question.id for one in self.asked}
        found = {}
        for hidden in self.form.hidden(facts, answers):
            if hidden.question in asked:
                because = [q for q in self.form.questions if q in hidden.because]
                said = (f"{self.form.questions[q].label}: {self._said(q, answers, WINDOW)}" for q in because)
                found[hidden.question] = "; ".join(said)
        return found

    def _said(self, name: str, answers: Mapping[str, Given], say: Voice = KEPT) -> str:
        given = answers.get(name)
        if given is None:
            return say.word(STATE_WORDS[State.NOT_ASKED])
        return answer_words(self.form.questions[name], given, brief=True, say=say)

    def _worked_out(self, facts: Facts) -> Iterator[tuple[str, str]]:
        for name in self._rules.rests_on(self.rule.id):
            question = self.form.questions[name]
            if question.kind is Kind.DERIVED:
                seen = facts.of(name)
                said = WINDOW.word(STATE_WORDS[seen.state])
                if seen.value is not None:
                    said = value_words(question, seen.value, say=WINDOW)
                yield question.label, said

    def case(self, raws: Mapping[str, Any], name: str = "") -> str:
        """A worked case of these answers, as it is written below a rule; it says what comes of them now."""
        tried = self.try_out(raws)
        readable = {key: raw for key, raw in raws.items() if key not in tried.refused}
        entries: dict[str, Any] = {
            "name": name or self._name(readable),
            "given": {key: _plain(self.form.questions[key], raw) for key, raw in readable.items()},
            "is": tried.outcome,
        }
        if tried.level is not None:
            entries["level"] = tried.level
        if self.day != DAY:
            entries["on"] = self.day.isoformat()
        if self.parameters:
            entries["parameters"] = dict(self.parameters)
        if self.pathway != self.rule.pathways[0]:
            entries["pathway"] = self.pathway
        return _case_text(entries)

    def _name(self, raws: Mapping[str, Any]) -> str:
        answers, _ = self._read(raws)
        said = (f"{self.form.questions[key].label}: {self._said(key, answers)}" for key in answers)
        return "; ".join(said) or "nothing answered"


def alone(pack: Pack, rule: Rule) -> Pack:
    """The pack with this one rule in force, and the questions that it and its cases name: so it is run soon.

    A rule that is off or a draft is run all the same.
    """
    in_force = rule.model_copy(update={"status": "active"})
    home = pack.theme_of[rule.id].id
    statements = (rule.statement, *(level.statement for level in rule.levels))
    named = {name for text in statements for name in placeholders(text)}
    named |= rests_on(pack, rule) | {name for case in rule.cases for name in case.given}
    themes = (
        theme.model_copy(
            update={
                "rules": (in_force,) if theme.id == home else (),
                "questions": tuple(question for question in theme.questions if question.id in named),
            }
        )
        for theme in pack.themes
    )
    # Made anew, not copied: a copy would keep the indexes of the pack that it was copied from.
    return Pack(**{name: getattr(pack, name) for name in Pack.model_fields} | {"themes": tuple(themes)})


# Worked cases, run


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One worked case: its answers in words, what it is written as, and what comes of it now."""

    name: str
    set_apart: str
    """Another pathway, day or figure than cases have as a rule; empty where there is none."""
    answers: tuple[str, ...]
    """In the order of the columns."""
    written: str
    now: str
    agrees: bool
    given: Mapping[str, Any]
    pathway: str
    parameters: Mapping[str, str]
    day: date


@dataclass(frozen=True, slots=True)
class CaseTable:
    """The worked cases of a rule. `columns` are the questions that any of them answers."""

    columns: tuple[str, ...]
    lines: tuple[CaseLine, ...]

    @property
    def said(self) -> str:
        """How many there are, and whether they come out as they are written."""
        count = len(self.lines)
        wrong = sum(not line.agrees for line in self.lines)
        if not count:
            return tr("No worked case stands below this rule.")
        if not wrong:
            return tr_n("{n} worked case, as written.", "{n} worked cases, all as written.", count)
        return tr_n(
            "{n} worked case, {wrong} not as written.", "{n} worked cases, {wrong} not as written.", count, wrong=wrong
        )


MOST_COLUMNS = 4


def case_table(pack: Pack, rule: Rule) -> CaseTable:
    """Every worked case of a rule, run now."""
    names = dict.fromkeys(name for case in rule.cases for name in case.given)
    asked = [name for name in pack.questions if name in names] + [n for n in names if n not in pack.questions]
    labels = tuple(pack.questions[name].label if name in pack.questions else name for name in asked)
    apart = len(asked) <= MOST_COLUMNS
    trials: dict[tuple[str, tuple[tuple[str, str], ...], date], Trial] = {}
    lines = tuple(_case_line(pack, rule, case, asked, apart, trials) for case in rule.cases)
    return CaseTable(labels if apart else (tr("Answers"),), lines)


def _case_line(
    pack: Pack,
    rule: Rule,
    case: Case,
    asked: list[str],
    apart: bool,
    trials: dict[tuple[str, tuple[tuple[str, str], ...], date], Trial],
) -> CaseLine:
    written = _outcome(case.is_, _level_title(rule, case.level))
    pathway = case.pathway or rule.pathways[0]
    given = {name: list(raw) if isinstance(raw, tuple) else raw for name, raw in case.given.items()}
    try:
        day = visit_day(case)
    except NotAnAnswer as wrong:
        return CaseLine(
            case.name, "", tuple("" for _ in asked), written, str(wrong), False, given, pathway, case.parameters, DAY
        )
    key = (pathway, tuple(sorted(case.parameters.items())), day)
    if key not in trials:
        trials[key] = Trial(pack, rule, pathway=pathway, parameters=case.parameters, day=day)
    trial = trials[key]
    tried = trial.try_out(given)
    answers, _ = trial._read(given)
    cells = tuple(trial._said(name, answers, WINDOW) if name in answers else _unread(name, given) for name in asked)
    if not apart:
        labelled = (
            f"{pack.questions[name].label}: {cell}" for name, cell in zip(asked, cells, strict=True) if name in given
        )
        cells = ("; ".join(labelled) or tr("nothing answered"),)
    agrees = not tried.refused and as_written(case, tried.outcome, tried.level)
    now = "; ".join(tried.refused.values()) or _outcome(tried.outcome, _level_title(rule, tried.level))
    return CaseLine(
        case.name, _set_apart(pack, rule, case), cells, written, now, agrees, given, pathway, case.parameters, day
    )


def _unread(name: str, given: Mapping[str, Any]) -> str:
    return tr("cannot be read") if name in given else WINDOW.word(STATE_WORDS[State.NOT_ASKED])


def _level_title(rule: Rule, level: str | None) -> str:
    return next((one.title for one in rule.levels if one.id == level), level or "")


def _outcome(outcome: OutcomeWord, level: str) -> str:
    said = WINDOW.word(OUTCOMES[outcome])
    return f"{said}: {level}" if level else said


def _set_apart(pack: Pack, rule: Rule, case: Case) -> str:
    said = []
    if case.pathway is not None and case.pathway != rule.pathways[0]:
        pathway = pack.pathway(case.pathway).short if _known(pack, case.pathway) else case.pathway
        said.append(tr("on {pathway}").format(pathway=pathway))
    if case.on is not None:
        said.append(tr("visit on {day}").format(day=case.on))
    for name, option in case.parameters.items():
        parameter = pack.parameters.get(name)
        chosen = parameter.option(option) if parameter is not None else None
        said.append(chosen.label if chosen is not None else f"{name}: {option}")
    return ", ".join(said)


def _known(pack: Pack, pathway: str) -> bool:
    return any(one.id == pathway for one in pack.pathways)


# As YAML


_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*")
_FIGURE = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_TAKEN_FOR_OTHERS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_FIGURES = frozenset(("systolic", "diastolic", "pulse", "total"))
_WIDE = 110


def _plain(question: Question, raw: Any) -> Any:
    """A raw answer as a file has it: figures that were typed as text are figures."""
    if question.kind is Kind.NUMBER and isinstance(raw, str):
        return _figure(raw)
    return _with_figures(raw)


def _with_figures(raw: Any, key: str = "") -> Any:
    match raw:
        case Mapping():
            # What one informant said stands under `value` too, and may be a year: only beside a unit it is a figure.
            measured = "unit" in raw
            inside = ((str(name), one) for name, one in raw.items())
            return {
                name: _figure(one)
                if measured and name == "value" and isinstance(one, str)
                else _with_figures(one, _inner(key, name))
                for name, one in inside
            }
        case list() | tuple():
            return [_with_figures(one, key) for one in raw]
        case str() if key in _FIGURES or key == "figures":
            return _figure(raw)
        case _:
            return raw


def _inner(key: str, name: str) -> str:
    return "figures" if name in ("items", "scores") or key == "figures" else name


def _figure(text: str) -> Any:
    try:
        return Decimal(text.strip()) if _FIGURE.fullmatch(text.strip()) else text
    except InvalidOperation:
        return text


def _case_text(entries: Mapping[str, Any]) -> str:
    """One line where it is short, else a line for each part and for each answer."""
    flat = f"- {_flow(entries)}"
    if len(flat) <= _WIDE:
        return f"{flat}\n"
    lines = []
    for key, value in entries.items():
        if key == "given" and value:
            lines += ["given:", *(f"  {_key(name)}: {_flow(one)}" for name, one in value.items())]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(f"{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines)) + "\n"


def _key(text: str) -> str:
    """A key as files have it; what looks like a number stands in quotes."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _flow(value: Any) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{_key(str(key))}: {_flow(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case str() if _PLAIN.fullmatch(value) and value.lower() not in _TAKEN_FOR_OTHERS:
            return value
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def two_accounts(question: Question) -> dict[str, Any]:
    """Two accounts that do not say the same, for a rule that looks for them."""
    one, other = (question.option_ids[:2] if len(question.option_ids) > 1 else ("", ""))[:2]
    if question.kind in (Kind.YES_NO, Kind.CHOICE) and other:
        said: Iterable[dict[str, Any]] = ({"by": "patient", "value": one}, {"by": "chart", "value": other})
    else:
        said = ({"by": "patient", "state": "not_known"}, {"by": "chart", "state": "declined"})
    return {"accounts": list(said)}
