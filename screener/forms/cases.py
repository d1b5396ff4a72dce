"""Worked cases: each rule's examples, run through the very evaluation that the program uses."""

from __future__ import annotations

from datetime import date
from typing import Any

from screener.forms.answering import Given, NotAnAnswer, read_given
from screener.forms.composition import Places
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.findings import Code, Finding
from screener.forms.lint import lint
from screener.forms.model import Case, Pack, Rule

DAY = date(2026, 11, 23)
"""The visit date of a case that names none."""
# Findings that leave every rule able to run: with any other, cases wait until the content is mended.
_HARMLESS = frozenset(
    (
        Code.ADVISING_WORD,
        Code.UNUSED_EXCEPTION,
        Code.UNKNOWN_SOURCE,
        Code.UNKNOWN_ROW,
        Code.UNKNOWN_PLACEHOLDER,
        Code.MISSING_CASES,
        Code.OUT_OF_RANGE,
        Code.OFF_STEP,
        Code.LEVEL_ORDER,
        Code.WRONG_CLASS,
    )
)


def check_pack(pack: Pack, places: Places) -> list[Finding]:
    """Every check, and every worked case as soon as nothing keeps the rules from running."""
    findings = lint(pack, places)
    if all(not finding.stops or finding.code in _HARMLESS for finding in findings):
        findings += run_cases(pack, places)
    return findings


def visit_day(case: Case) -> date:
    """The visit date of a case; NotAnAnswer where it is none."""
    try:
        return date.fromisoformat(case.on) if case.on else DAY
    except ValueError:
        raise NotAnAnswer(f"`on: {case.on}` is not a date", 'write on: "2026-11-23"') from None


def given_answers(rules: RuleSet, case: Case) -> dict[str, Given]:
    """The answers of a case, read; NotAnAnswer where one cannot be."""
    answers: dict[str, Given] = {}
    for name, raw in case.given.items():
        question = rules.form.questions.get(name)
        if question is None:
            hint = "name the case's pathway, or the right question"
            raise NotAnAnswer(f"{name} is not asked on {rules.pathway.id}", hint)
        answers[name] = read_given(question, _listed(raw))
    return answers


def _listed(raw: Any) -> Any:
    """Pydantic hands nested sequences over as they were; tuples read like lists."""
    return list(raw) if isinstance(raw, tuple) else raw


class Cases:
    """Runs cases, building each rule set once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._sets: dict[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], RuleSet] = {}

    def rules_for(self, rule: Rule, case: Case) -> RuleSet:
        """The rules of the case's pathway under the profiles of its rule, drafts included."""
        pathway = case.pathway or rule.pathways[0]
        key = (pathway, rule.profiles, tuple(sorted(case.parameters.items())))
        if key not in self._sets:
            self._sets[key] = RuleSet(self.pack, pathway, rule.profiles, dict(case.parameters), drafts=True)
        return self._sets[key]

    def run(self, rule: Rule, case: Case) -> RuleOutcome:
        """The outcome of one case; NotAnAnswer where an answer in it cannot be read."""
        rules = self.rules_for(rule, case)
        answers = given_answers(rules, case)
        return rules.outcome(rule.id, rules.form.facts(answers, visit_day(case)), answers)


def as_written(case: Case, outcome: str, level: str | None) -> bool:
    """Whether a case came out as it says; a case that names no level leaves it open."""
    return outcome == case.is_ and (case.level is None or case.level == level)


def run_cases(pack: Pack, places: Places) -> list[Finding]:
    """Every case of every rule that is not as written."""
    cases, found = Cases(pack), []
    for rule in pack.rules.values():
        if rule.status in ("retired", "off"):
            continue
        for index, case in enumerate(rule.cases):
            finding = _run_one(cases, rule, case, places, index)
            if finding is not None:
                found.append(finding)
    return found


def _run_one(cases: Cases, rule: Rule, case: Case, places: Places, index: int) -> Finding | None:
    place = places.of("rule", rule.id, "cases", index)
    try:
        outcome = cases.run(rule, case)
    except NotAnAnswer as wrong:
        message = f"{rule.id}, case {case.name!r}: {wrong}"
        return Finding(Code.CASE_UNREADABLE, place, message, wrong.suggestion)
    if as_written(case, outcome.outcome, outcome.level):
        return None
    got, wanted = _words(outcome.outcome, outcome.level), _words(case.is_, case.level)
    message = f"{rule.id}, case {case.name!r}: is {got}, written as {wanted}"
    return Finding(Code.CASE_FAILS, place, message, "correct the rule or the case")


def _words(outcome: str, level: str | None) -> str:
    return outcome.replace("_", " ") + (f" at {level}" if level else "")
