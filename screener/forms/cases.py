"""Worked cases: each rule's examples, run through the very evaluation that the program uses."""

from __future__ import annotations

from datetime import date
from typing import Any

from screener.forms.answering import Given, NotAnAnswer, read_given
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.findings import Code, Finding
from screener.forms.model import Case, Pack, Rule
from screener.forms.pack import Places

DAY = date(2026, 11, 23)
"""The visit date of a case that names none."""


def run_case(rules: RuleSet, rule: Rule, case: Case) -> RuleOutcome:
    """Evaluate one case; NotAnAnswer where an answer in it cannot be read."""
    answers: dict[str, Given] = {}
    for name, raw in case.given.items():
        question = rules.form.questions.get(name)
        if question is None:
            raise NotAnAnswer(
                f"{name} is not asked on {rules.pathway.id}", "name the case's pathway, or the right question"
            )
        answers[name] = read_given(question, _listed(raw))
    day = date.fromisoformat(case.on) if case.on else DAY
    facts = rules.form.facts(answers, day)
    return rules.outcome(rule.id, facts, answers)


def _listed(raw: Any) -> Any:
    """Pydantic hands nested sequences over as they were; tuples read like lists."""
    return list(raw) if isinstance(raw, tuple) else raw


class Cases:
    """Runs cases, building each rule set once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._sets: dict[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], RuleSet] = {}

    def run(self, rule: Rule, case: Case) -> RuleOutcome:
        """The outcome of one case on its pathway, under the rule's own profiles."""
        pathway = case.pathway or rule.pathways[0]
        key = (pathway, rule.profiles, tuple(sorted(case.parameters.items())))
        if key not in self._sets:
            self._sets[key] = RuleSet(self.pack, pathway, rule.profiles, dict(case.parameters), drafts=True)
        return run_case(self._sets[key], rule, case)


def run_cases(pack: Pack, places: Places) -> list[Finding]:
    """Every case of every rule that is not as written."""
    cases, found = Cases(pack), []
    for rule in pack.rules.values():
        if rule.status == "retired":
            continue
        for index, case in enumerate(rule.cases):
            place = places.of("rule", rule.id, "cases", index)
            try:
                outcome = cases.run(rule, case)
            except NotAnAnswer as wrong:
                found.append(
                    Finding(Code.CASE_UNREADABLE, place, f"{rule.id}, case {case.name!r}: {wrong}", wrong.suggestion)
                )
                continue
            if outcome.outcome != case.is_ or (case.level is not None and outcome.level != case.level):
                got = outcome.outcome.replace("_", " ") + (f" at {outcome.level}" if outcome.level else "")
                wanted = case.is_.replace("_", " ") + (f" at {case.level}" if case.level else "")
                message = f"{rule.id}, case {case.name!r}: is {got}, written as {wanted}"
                found.append(Finding(Code.CASE_FAILS, place, message, "correct the rule or the case"))
    return found
