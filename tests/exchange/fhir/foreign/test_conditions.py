"""When a question is asked: every operator on every type, all and any, groups, and what has no words here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.exchange.fhir.foreign.forms import CORE, UCUM, Json, coded, form, item, read, said, shown, when

LIMITS = [{"url": f"{CORE}/minValue", "valueInteger": 1}, {"url": f"{CORE}/maxValue", "valueInteger": 9}]
METRE = [{"url": f"{CORE}/questionnaire-unit", "valueCoding": {"system": UCUM, "code": "m"}}]
ASKED = (
    item("yes", "boolean"),
    item("one", "choice", answerOption=coded("a", "b", "c")),
    item("said", "choice", answerOption=[{"valueString": "low"}, {"valueInteger": 3}]),
    item("some", "choice", answerOption=coded("a", "b", "c"), repeats=True),
    item("open", "open-choice", answerOption=coded("a")),
    item("whole", "integer"),
    item("within", "integer", extension=LIMITS),
    item("long", "quantity", extension=METRE),
    item("day", "date"),
    item("words", "string"),
    item("drawing", "attachment"),
)


def shown_when(tmp_path: Path, *whens: Json, **more: Any) -> Any:
    return shown(form(*ASKED, item("q", "string", enableWhen=list(whens), **more)), tmp_path)["q"]


A, B = {"system": "urn:made-up:codes", "code": "a"}, {"system": "urn:made-up:codes", "code": "b"}


@pytest.mark.parametrize(
    ("test", "says"),
    [
        (when("yes", "=", answerBoolean=True), {"ask": "yes", "is": "yes"}),
        (when("yes", "=", answerBoolean=False), {"ask": "yes", "is": "no"}),
        (when("yes", "!=", answerBoolean=True), {"ask": "yes", "is": "no"}),
        (when("yes", "exists", answerBoolean=True), {"ask": "yes", "one_of": ["yes", "no"]}),
        (when("one", "=", answerCoding=A), {"ask": "one", "is": "a"}),
        (when("one", "=", answerCoding={"code": "a"}), {"ask": "one", "is": "a"}),
        (when("one", "=", answerString="a"), {"ask": "one", "is": "a"}),
        (when("one", "=", answerCoding={"display": "The b one"}), {"ask": "one", "is": "b"}),
        (when("one", "!=", answerCoding=A), {"ask": "one", "one_of": ["b", "c"]}),
        (when("one", "exists", answerBoolean=True), {"ask": "one", "one_of": ["a", "b", "c"]}),
        (when("said", "=", answerString="low"), {"ask": "said", "is": "low"}),
        (when("said", "=", answerInteger=3), {"ask": "said", "is": "3"}),
        (when("some", "=", answerCoding=A), {"ask": "some", "is": "a"}),
        (when("open", "!=", answerCoding=A), {"ask": "open", "is": "another_answer"}),
        (when("whole", "=", answerInteger=3), {"ask": "whole", "between": ["3", "3"]}),
        (
            when("whole", "!=", answerInteger=3),
            {"any": [{"ask": "whole", "below": "3"}, {"ask": "whole", "above": "3"}]},
        ),
        (when("whole", ">", answerInteger=3), {"ask": "whole", "above": "3"}),
        (when("whole", ">=", answerInteger=3), {"ask": "whole", "at_least": "3"}),
        (when("whole", "<", answerInteger=3), {"ask": "whole", "below": "3"}),
        (when("whole", "<=", answerInteger=3), {"ask": "whole", "at_most": "3"}),
        (when("whole", "exists", answerBoolean=True), {"ask": "whole", "at_least": "0"}),
        (
            when("within", "exists", answerBoolean=True),
            {"any": [{"ask": "within", "below": "1"}, {"ask": "within", "at_least": "1"}]},
        ),
        (
            when("long", ">", answerQuantity={"value": 2.5, "code": "m", "system": UCUM}),
            {"ask": "long", "above": "2.5", "unit": "m"},
        ),
    ],
)  # fmt: skip
def test_an_operator_is_said_as_a_display_condition(tmp_path: Path, test: Json, says: Json) -> None:
    assert shown_when(tmp_path, test) == says


@pytest.mark.parametrize(
    ("test", "what"),
    [
        (when("yes", "exists", answerBoolean=False), "“not answered” has no words here"),
        (when("yes", ">", answerBoolean=True), "options have no order here"),
        (when("yes", "=", answerInteger=1), "a yes or no is tested against something else"),
        (when("one", "=", answerCoding={"code": "z"}), "an option that the question does not have"),
        (when("one", "=", answerCoding={"system": "urn:other", "code": "a"}), "an option that the question does not"),
        (when("some", "!=", answerCoding=A), "where several can be chosen"),
        (when("whole", ">", answerDecimal=2.5), "the figure 2.5 is none that the question can have"),
        (when("within", ">", answerInteger=20), "the figure 20 lies outside the range"),
        (when("long", ">", answerQuantity={"value": 2, "code": "cm"}), "in another unit than the question has"),
        (when("day", ">", answerDate="2026-01-01"), "a test of date by > has no words here"),
        (when("words", "=", answerString="x"), "a test of text by = has no words here"),
        (when("words", "exists", answerBoolean=True), "“answered at all” has no words here for text"),
        (when("drawing", "exists", answerBoolean=True), "it tests 'drawing', which is not asked here"),
    ],
)  # fmt: skip
def test_what_has_no_words_is_named_and_asked_more_often(tmp_path: Path, test: Json, what: str) -> None:
    made = form(*ASKED, item("q", "string", enableWhen=[test]))
    assert shown(made, tmp_path)["q"] is None
    (named,) = [one for one in said(read(made)) if "item[11].enableWhen[0]" in one]
    assert what in named
    assert "asked more often than there" in named


YES, ONE_A, ONE_B = (
    when("yes", "=", answerBoolean=True),
    when("one", "=", answerCoding=A),
    when("one", "=", answerCoding=B),
)
UNSAID = when("words", "=", answerString="x")


def test_all_any_and_neither(tmp_path: Path) -> None:
    yes, a = {"ask": "yes", "is": "yes"}, {"ask": "one", "is": "a"}
    assert shown_when(tmp_path / "1", YES, ONE_A, enableBehavior="all") == {"all": [yes, a]}
    assert shown_when(tmp_path / "2", YES, ONE_A, enableBehavior="any") == {"any": [yes, a]}
    assert shown_when(tmp_path / "3", YES, ONE_A) == {"any": [yes, a]}
    assert any("it does not say whether all or any" in one for one in said(read(form(*ASKED, item(
        "q", "string", enableWhen=[YES, ONE_A])))))  # fmt: skip
    assert shown_when(tmp_path / "4", ONE_A, ONE_B, enableBehavior="any") == {"ask": "one", "one_of": ["a", "b"]}


def test_a_part_without_words_never_asks_less_often(tmp_path: Path) -> None:
    assert shown_when(tmp_path / "1", YES, UNSAID, enableBehavior="all") == {"ask": "yes", "is": "yes"}
    assert shown_when(tmp_path / "2", YES, UNSAID, enableBehavior="any") is None


def test_a_lowest_and_a_highest_figure_are_a_range(tmp_path: Path) -> None:
    low, high = when("whole", ">=", answerInteger=2), when("whole", "<=", answerInteger=5)
    assert shown_when(tmp_path, low, high, enableBehavior="all") == {"ask": "whole", "between": ["2", "5"]}


def test_the_condition_of_a_group_holds_for_everything_in_it(tmp_path: Path) -> None:
    made = form(
        *ASKED,
        item("g", "group", "G",
             item("h", "group", "H", item("q", "string", enableWhen=[ONE_A]),
                  enableWhen=[ONE_A, ONE_B], enableBehavior="any"),
             item("r", "boolean", "R", item("inside", "string")),
             enableWhen=[YES]),
    )  # fmt: skip
    found = shown(made, tmp_path)
    yes = {"ask": "yes", "is": "yes"}
    assert found["q"] == {"all": [yes, {"ask": "one", "one_of": ["a", "b"]}, {"ask": "one", "is": "a"}]}
    assert found["r"] == found["inside"] == yes


def test_two_lists_of_which_any_is_enough_do_not_fit_into_one(tmp_path: Path) -> None:
    group = item("g", "group", "G", item("q", "string", enableWhen=[ONE_A, when("whole", ">", answerInteger=3)],
                 enableBehavior="any"), enableWhen=[YES, ONE_B], enableBehavior="any")  # fmt: skip
    made = form(*ASKED, group)
    assert shown(made, tmp_path)["q"] == {"any": [{"ask": "yes", "is": "yes"}, {"ask": "one", "is": "b"}]}
    assert any("cannot stand beside others; it is left out" in one for one in said(read(made)))


def test_words_of_ones_own_are_asked_where_their_question_is(tmp_path: Path) -> None:
    made = form(*ASKED, item("q", "open-choice", answerOption=coded("a"), enableWhen=[YES]))
    found = read(made)
    behind = next(one for one in found.asked if one.id.endswith("q_other"))
    assert behind.more["shown_when"] == {"ask": behind.id.removesuffix("_other"), "is": "another_answer"}
    assert shown(made, tmp_path)["q"] == {"ask": "yes", "is": "yes"}
