"""The yardstick measures the same work: handwritten functions and engine agree on every rule."""

from __future__ import annotations

from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.rules.expressions import walk
from tests.benchmarks import handwritten
from tests.benchmarks.handwritten import Level
from tests.benchmarks.pack import LIMIT, PATHWAY, bench_pack
from tests.benchmarks.records import record, visits
from tests.rules.running import VISIT

SAMPLE = 300


def as_level(outcome: RuleOutcome) -> Level:
    """An outcome as the handwritten functions say it."""
    if outcome.outcome == "listed":
        return outcome.level or True
    return None if outcome.outcome == "not_established" else False


def disagreements(count: int) -> list[tuple[int, str, Level, Level]]:
    """Every (visit, rule, handwritten, engine) that differs, over so many random visits."""
    rules = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    found = []
    for number, answers in enumerate(visits(rules.form, count)):
        plain = dict(zip(handwritten.NAMES, handwritten.evaluate(record(answers), VISIT), strict=True))
        _, outcomes = rules.evaluate(answers, VISIT)
        for name, said in plain.items():
            engine = as_level(outcomes[f"b.{name}"])
            if said != engine or type(said) is not type(engine):
                found.append((number, name, said, engine))
    return found


def test_handwritten_functions_and_engine_agree_on_random_partial_visits() -> None:
    assert disagreements(SAMPLE) == []


def test_the_yardstick_covers_every_node_and_at_least_a_hundred_rules() -> None:
    rules = bench_pack().rules.values()
    assert len(rules) >= 100
    assert {f"b.{name}" for name in handwritten.NAMES} == {rule.id for rule in rules}
    used = {type(node).__name__ for rule in rules for condition in rule.conditions() for node in walk(condition)}
    assert used == {"Ask", "All", "Any_", "Not", "Count", "Compare", "OfReadings", "Missing", "AccountsDiffer"}


def test_random_visits_bring_every_rule_to_every_outcome_it_can_have() -> None:
    rules = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    seen: dict[str, set[str]] = {rule_id: set() for rule_id in rules.rules}
    for answers in visits(rules.form, SAMPLE):
        for rule_id, outcome in rules.evaluate(answers, VISIT)[1].items():
            seen[rule_id].add(outcome.outcome)
    about_recording = {"b.missing_1", "b.missing_2"}
    assert {rule_id for rule_id, outcomes in seen.items() if len(outcomes) < 3} == about_recording
