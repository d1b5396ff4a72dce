"""The translations say what the rules say: checked here without any of the engines, in the benchmarks by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from screener.forms.visibility import Form
from tests.benchmarks import handwritten, pack
from tests.benchmarks.handwritten import NAMES, Level
from tests.benchmarks.others import meaning, rows
from tests.benchmarks.others.agreement import difference
from tests.benchmarks.others.answers import as_json, as_resource, complete_visits
from tests.benchmarks.others.engines import ways
from tests.benchmarks.others.fhirpath import rule as in_fhirpath
from tests.benchmarks.others.jsonlogic import JsonLogic
from tests.benchmarks.others.language import as_level
from tests.benchmarks.others.reading import read
from tests.benchmarks.others.zen import Zen, graph
from tests.benchmarks.records import record, visits
from tests.rules.running import VISIT

SAMPLE = 100
FORM = Form(pack.bench_pack(), pack.PATHWAY)


def differing(write: Callable[[meaning.Meant], Any], given: Iterable[Any]) -> list[tuple[str, Level, Any]]:
    """Every (rule, handwritten, translated) that differs over these visits."""
    rules = {name: write(meant) for name, meant in meaning.rules().items()}
    found = []
    for one in map(record, given):
        data = as_json(one)
        for name, expected in zip(NAMES, handwritten.evaluate(one, VISIT), strict=True):
            said = as_level(read(rules[name], data))
            if said != expected or type(said) is not type(expected):
                found.append((name, expected, said))
    return found


def test_every_gap_tested_for_agrees_with_the_handwritten_functions_on_partial_visits() -> None:
    assert differing(JsonLogic().kleene, visits(FORM, SAMPLE)) == []


def test_both_ways_of_writing_agree_where_nothing_is_missing() -> None:
    given = list(complete_visits(FORM, SAMPLE))
    assert differing(JsonLogic().kleene, given) == []
    assert differing(JsonLogic().plain, given) == []


def test_one_rule_written_wrongly_is_noticed_and_named() -> None:
    rules, logic = meaning.rules(), JsonLogic()

    def wrong(meant: meaning.Meant) -> Any:
        return logic.kleene(rules["number_4"] if meant == rules["number_3"] else meant)

    assert {name for name, _, _ in differing(wrong, visits(FORM, SAMPLE))} == {"number_3"}


def test_nothing_is_missing_in_a_complete_visit() -> None:
    for one in map(record, complete_visits(FORM, SAMPLE)):
        said = handwritten.evaluate(one, VISIT)
        assert None not in said


def test_every_way_expresses_every_rule() -> None:
    for way in ways():
        assert set(way.rules) == set(NAMES), way.name


def test_a_rule_in_each_language() -> None:
    rules = meaning.rules()
    logic, expressions = JsonLogic(), Zen()
    y, n = {"var": "y21"}, {"var": "n3"}
    assert logic.plain(rules["both_1"]) == {"and": [y, {"var": "y22"}]}
    assert logic.plain(rules["number_3"]) == {">": [n, 43]}
    assert logic.kleene(rules["number_3"]) == {"if": [{"===": [n, None]}, None, {">": [n, 43]}]}
    assert expressions.plain(rules["both_1"]) == "(y21 and y22)"
    assert expressions.kleene(rules["number_3"]) == "((n3 == null) ? null : (n3 > 43))"
    assert in_fhirpath(rules["three_1"]) == "(y26 and (n1 > 30) and (k1 = 'a' or k1 = 'b'))"
    assert in_fhirpath(rules["past_7"]) == "iif(y7.exists(), y7 and d7 <= @2026-08-24)"


def test_a_decision_graph_holds_every_rule_between_what_comes_in_and_what_goes_out() -> None:
    made = graph(["a", "b"])
    assert [node["type"] for node in made["nodes"]] == ["inputNode", "expressionNode", "outputNode"]
    assert [rule["value"] for rule in made["nodes"][1]["content"]["expressions"]] == ["a", "b"]
    assert [(edge["sourceId"], edge["targetId"]) for edge in made["edges"]] == [("in", "rules"), ("rules", "out")]


def test_what_is_not_known_has_no_key_and_fhirpath_reads_partial_dates() -> None:
    for one in map(record, visits(FORM, SAMPLE)):
        data, resource = as_json(one), as_resource(one)
        assert ("n1" in data) == ("n1" in resource) == (one.n1 is not None)
        assert resource.get("d1") == (None if one.d1 is None else one.d1.text)
        assert ("d1_first" in data) == (one.d1 is not None)
        assert None not in data.values()
        assert None not in resource.values()


def test_where_no_other_engine_is_installed_it_is_said_and_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("installed", lambda way: False), ("PARTIAL", 2), ("WHOLE", 2)):
        monkeypatch.setattr(rows, name, value)
    assert list(rows.rows()) == []
    said = capsys.readouterr().err
    assert [way.name for way in ways() if f"{way.name}: not installed" not in said] == []


@pytest.mark.parametrize(
    ("engine", "said", "how"),
    [
        (True, 1, ""),
        (None, 0.5, ""),
        ("l1", "l1", ""),
        (None, False, "read unknown as not listed"),
        (None, "l0", "read unknown as listed"),
        (False, None, "left open what is known"),
        (True, False, "wrong of what is known"),
        ("l1", "l2", "wrong of what is known"),
        (True, ValueError("null"), "raised"),
    ],
)
def test_every_difference_is_named(engine: Level, said: Any, how: str) -> None:
    assert difference(engine, said) == how
