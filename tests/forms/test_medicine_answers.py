"""Medicines and instruments as answers: what is refused with a suggestion, what is doubted, how it is said."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from screener.forms.answering import NotAnAnswer, doubts, read_given, read_value
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack, Question
from screener.forms.pack import load_pack
from screener.forms.reasons import missing_lines
from screener.forms.statements import render_statement
from screener.forms.words import value_words
from screener.places import forms_folder
from tests.forms.writing import write_pack

VISIT = date(2026, 11, 23)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return _read(tmp_path_factory.mktemp("small"))


@cache
def _read(folder: Path) -> Pack:
    from screener.forms.pack import read_pack

    pack, findings, _ = read_pack(write_pack(folder))
    assert pack is not None, findings
    return pack


def question(pack: Pack, name: str) -> Question:
    return pack.questions[f"heart.{name}"]


REFUSED: list[tuple[str, Any, str, str]] = [
    ("medicines", "sertraline", "is not a list of medicines", "[] says no medicines"),
    ("medicines", [{"use": "current"}], "needs a name", "name"),
    ("medicines", [{"name": " "}], "needs a name", "name"),
    ("medicines", [{"name": "x", "use": "sometimes"}], "'sometimes' is not a use", "current, stopped, not_known"),
    ("medicines", [{"name": "x", "route": "per os"}], "'per os' is not a route", "oral"),
    ("medicines", [{"name": "x", "last_taken": "March"}], "is not a date", "2026-03"),
    ("medicines", [{"name": "x", "dosage": "5 mg"}], "unknown key 'dosage'", "dose"),
    ("nine", 12, "is not an instrument's result", '{"total": 12}'),
    ("nine", {}, "is not an instrument's result", '{"total": 12}'),
    ("nine", {"items": {"10": 1}}, "no item '10'", "1, 2, 3"),
    ("nine", {"items": {"1": 4}}, "4 is no answer to item 1", "0, 1, 2, 3"),
    ("nine", {"items": {"1": "x"}}, "is not a number", "number"),
    ("nine", {"scores": {"distress": 3}}, "no score 'distress'", "leave `scores` out"),
    ("nine", {"total": -1}, "negative", "0 or more"),
]


@pytest.mark.parametrize(("name", "raw", "message", "suggestion"), REFUSED)
def test_what_cannot_be_stored_says_why_and_what_would_do(
    name: str, raw: Any, message: str, suggestion: str, pack: Pack
) -> None:
    with pytest.raises(NotAnAnswer) as refused:
        read_value(question(pack, name), raw)
    assert message in str(refused.value)
    assert suggestion in refused.value.suggestion


DOUBTED: list[tuple[str, Any, list[str]]] = [
    ("nine", {"total": 28}, ["total 28 lies outside 0 to 27"]),
    ("nine", {"items": {"1": 3}, "total": 2}, ["total 2, but the items come to 3 to 27"]),
    ("nine", {"total": 27}, []),
    (
        "medicines",
        [{"name": "sertraline", "started": "2026-05", "last_taken": "2026-03"}],
        ["sertraline: last taken 2026-03, before it was started, 2026-05"],
    ),
    (
        "medicines",
        [{"name": "sertraline", "last_taken": "2026-12-01"}],
        ["sertraline: last taken 2026-12-01, after the visit's date, 2026-11-23"],
    ),
    ("medicines", [{"name": "sertraline", "last_taken": "2026-11"}], []),
]


@pytest.mark.parametrize(("name", "raw", "expected"), DOUBTED)
def test_what_looks_mistyped_is_stored_and_said(name: str, raw: Any, expected: list[str], pack: Pack) -> None:
    asked = question(pack, name)
    assert doubts(asked, read_value(asked, raw), VISIT) == expected


SAID: list[tuple[str, Any, str]] = [
    ("medicines", [], "no medicines"),
    (
        "medicines",
        [{"name": "Zoloft", "use": "current", "dose": "50 mg", "route": "oral", "started": "2026-03"}],
        "Zoloft (sertraline, 50 mg, by mouth, current, since March 2026)",
    ),
    (
        "medicines",
        [{"name": "sertraline", "use": "stopped", "last_taken": "2026-11-02"}, {"name": "the white one"}],
        "sertraline (stopped, last taken 2 November 2026); the white one (use not known)",
    ),
    ("nine", {"total": 12}, "total 12"),
    ("nine", {"items": {str(item): 1 for item in range(1, 10)}}, "total 9"),
    ("nine", {"items": {"1": 2, "9": 1}}, "total 3 to 24 so far, 2 items answered"),
    ("nine", {"items": {"9": 1}, "total": 12}, "total 12, 1 item answered"),
]


@pytest.mark.parametrize(("name", "raw", "words"), SAID)
def test_how_it_is_said(name: str, raw: Any, words: str, pack: Pack) -> None:
    asked = question(pack, name)
    assert value_words(asked, read_value(asked, raw)) == words


ITEMS: list[tuple[dict[str, int], str]] = [
    ({"1": 1, "2": 0, "3": 0, "6_lifetime": 1}, "question 1, past month: 1, question 6, lifetime: 1, 0 at 2 others"),
    ({"1": 1, "2": 0}, "question 1, past month: 1, 0 at 1 other"),
    ({"1": 0, "2": 0}, "0 at 2 items"),
]


@pytest.mark.parametrize(("items", "words"), ITEMS)
def test_in_a_short_line_only_the_items_that_are_not_0_stand_by_themselves(items: dict[str, int], words: str) -> None:
    shipped = load_pack(forms_folder() / "intake").pack
    assert shipped is not None
    asked = shipped.questions["suicide.cssrs"]
    value = read_value(asked, {"items": items})
    assert value_words(asked, value, brief=True).lower() == words
    assert value_words(asked, value).count(": ") == len(items)


STATED: list[tuple[dict[str, Any], str]] = [
    (
        {"medicines": [{"name": "Zoloft", "use": "current"}], "nine": {"total": 3}},
        "Zoloft (sertraline, current); nine 3.",
    ),
    ({"medicines": [], "nine": {"total": 12}}, "Taken: none; nine 12."),
    ({"nine": {"items": {"1": 3, "2": 3, "3": 3, "4": 2}}}, "Taken: not asked; nine 11 to 26."),
]


@pytest.mark.parametrize(("raw", "words"), STATED)
def test_a_statement_names_the_medicines_that_were_found_and_the_figure(
    raw: dict[str, Any], words: str, pack: Pack
) -> None:
    rules = RuleSet(pack, "spray", ["clinic"])
    answers = {f"heart.{name}": read_given(question(pack, name), value) for name, value in raw.items()}
    facts, outcomes = rules.evaluate(answers, VISIT)
    found = outcomes["heart.nine_or_ssri"]
    assert found.outcome == "listed"
    assert words in render_statement(found, rules, answers, facts)


OPEN: list[tuple[dict[str, Any], str]] = [
    ({"medicines": [{"name": "the white one", "use": "current"}]}, "not recognised: the white one"),
    (
        {"medicines": [{"name": "sertraline", "use": "stopped"}]},
        "last dose, use or route not told: sertraline (stopped)",
    ),
    ({"medicines": [], "medicines_all": "no"}, "the list may not be complete"),
]


@pytest.mark.parametrize(("raw", "words"), OPEN)
def test_what_keeps_a_rule_open_names_the_medicine(raw: dict[str, Any], words: str, pack: Pack) -> None:
    rules = RuleSet(pack, "spray", ["clinic"])
    raw = {"nine": {"total": 0}, **raw}
    answers = {f"heart.{name}": read_given(question(pack, name), value) for name, value in raw.items()}
    _, outcomes = rules.evaluate(answers, VISIT)
    found = outcomes["heart.nine_or_ssri"]
    assert found.outcome == "not_established"
    assert any(words in line for line in missing_lines(found, rules, answers))
