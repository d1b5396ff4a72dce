"""What a rule costs as rules become more: the same ten and the questions they read, repeated under new ids."""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Iterator
from functools import partial
from typing import Any

from screener.forms.answering import Given
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack
from screener.rules.facts import Facts
from tests.benchmarks import pack
from tests.benchmarks.records import visits
from tests.benchmarks.timing import least
from tests.rules.running import VISIT

EACH = 10
TIMES = (1, 10, 100)
VISITS = 12
FLAT = 1.25
"""So much more may a rule cost among a thousand than among ten: a processor keeps only so much near it."""


def chosen() -> dict[str, Any]:
    """Ten rules' conditions, from all over the pack."""
    found = list(pack.conditions().items())
    return dict(found[:: -(-len(found) // EACH)])


def repeated(times: int) -> Pack:
    """The pack of those ten rules and of what they read, so many times over."""
    names = {f"b.{name}" for name in chosen()}
    whole = pack.raw_pack()
    [theme] = whole["themes"]
    rules = RuleSet(pack.bench_pack(), pack.PATHWAY, [], pack.LIMIT)
    read = {question for name in names for question in rules.rests_on(name)} | {
        question.id for question in rules.form.questions.values() if question.formula is not None
    }
    read |= {of for question in read for of in rules.form.rests_on(question)}
    kept = {
        "questions": [question for question in theme["questions"] if question["id"] in read],
        "rules": [rule for rule in theme["rules"] if rule["id"] in names],
    }
    text = json.dumps(kept)
    copies = [json.loads(text.replace('"b.', f'"b{copy}.')) for copy in range(times)]
    several = {word: [one for copy in copies for one in copy[word]] for word in kept}
    return Pack.model_validate({**whole, "themes": [{**theme, **several}]})


def answered(times: int) -> list[dict[str, Given]]:
    """Random visits of the pack, each said again for every copy of its questions."""
    form = RuleSet(pack.bench_pack(), pack.PATHWAY, [], pack.LIMIT).form
    return [
        {question.replace("b.", f"b{copy}.", 1): given for copy in range(times) for question, given in answers.items()}
        for answers in visits(form, VISITS, seed=3)
    ]


def rows() -> Iterator[tuple[Any, ...]]:
    """Time and memory per rule, among a hundred and among a thousand, against among ten."""
    few, *more = (_measured(times) for times in TIMES)
    for times, found in zip(TIMES[1:], more, strict=True):
        rules = f"among {times * EACH:,} rules"
        ten = f"per rule among {EACH} rules"
        yield f"a rule with its explanation, {rules}", found[0], few[0], ten, FLAT
        yield f"a rule with its explanation, and what is shown worked out, {rules}", found[1], few[1], ten, FLAT
        yield f"one keystroke with explanation, {rules}", found[2], few[2], f"one among {EACH} rules", FLAT
        yield f"memory of a rule, ready to be run, {rules}", found[3], few[3], ten, FLAT, "B"


def _measured(times: int) -> tuple[float, float, float, float]:
    made = repeated(times)
    rules, memory = _weighed(made)
    given = [
        {question: said for question, said in one.items() if question in rules.form.questions}
        for one in answered(times)
    ]
    facts = [rules.form.facts(answers, VISIT) for answers in given]
    visited = list(zip(facts, given, strict=True))
    again = TIMES[-1] // times
    """As many rules in one go whatever their number, so that asking the clock weighs the same."""

    def explain(visit: tuple[Facts, dict[str, Given]]) -> None:
        for _ in range(again):
            rules.outcomes(*visit)

    def evaluate(said: dict[str, Given]) -> None:
        for _ in range(again):
            rules.evaluate(said, VISIT)

    explained = sum(least(partial(explain, visit)) for visit in visited)
    whole = sum(least(partial(evaluate, said)) for said in given)
    of_them = len(rules.rules) * again * len(given)
    return explained / of_them, whole / of_them, _keystroke(rules, visited), memory / len(rules.rules)


def _weighed(made: Pack) -> tuple[RuleSet, float]:
    RuleSet(made, pack.PATHWAY, [], pack.LIMIT)
    gc.collect()
    tracemalloc.start()
    try:
        rules = RuleSet(made, pack.PATHWAY, [], pack.LIMIT)
        gc.collect()
        return rules, tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def _keystroke(rules: RuleSet, visited: list[tuple[Facts, dict[str, Given]]]) -> float:
    first = [question for question in rules.form.questions if question.startswith("b0.")]
    spent, keys = 0.0, 0
    for facts, given in visited:
        answers = dict(given)
        typed = [question for question in first if question in answers]
        spent += least(partial(_press, rules, facts, answers, typed), 7)
        keys += 2 * len(typed)
    return spent / keys


def _press(rules: RuleSet, facts: Facts, answers: dict[str, Given], typed: list[str]) -> None:
    for question in typed:
        given = answers.pop(question)
        rules.again(rules.form.update(facts, answers, question), facts, answers)
        answers[question] = given
        rules.again(rules.form.update(facts, answers, question), facts, answers)
