"""Checking answers: what a listed item stands on comes first, then what is open, the rest, and hidden answers apart."""

from __future__ import annotations

from typing import Any

from screener.screening.checking import Checked, Part, check_answers, to_go_to
from screener.screening.session import Session
from tests.screening.test_session_machine import CLOCK, PACK, opening


def session(**answers: Any) -> Session:
    made = Session(PACK, opening(), CLOCK)
    for question, raw in answers.items():
        made.answer(question.replace("__", "."), raw)
    return made


def of(found: list[Checked], question: str) -> Checked:
    return next(checked for checked in found if checked.question == question)


def test_an_answer_that_a_listed_item_stands_on_comes_first_with_that_item() -> None:
    found = check_answers(session(heart__mi="no", heart__bleed="yes"))
    assert (found[0].question, found[0].part, found[0].answer) == ("heart.bleed", Part.LISTED, "yes")
    assert found[0].items == ("heart.bled",)
    assert of(found, "heart.mi").part is Part.REST


def test_what_was_not_asked_is_open_with_the_items_that_wait_for_it() -> None:
    found = of(check_answers(session()), "heart.mi")
    assert (found.part, found.answer) == (Part.OPEN, "not asked")
    assert "heart.twice" in found.items


def test_an_answer_that_is_no_value_is_open() -> None:
    for state, words in (("not_known", "not known"), ("declined", "declined"), ("come_back", "to come back to")):
        found = of(check_answers(session(heart__mi={"state": state})), "heart.mi")
        assert (found.part, found.answer) == (Part.OPEN, words)


def test_an_answer_that_leaves_an_item_open_is_open_though_it_is_an_answer() -> None:
    found = of(check_answers(session(heart__mi="yes", heart__mi_on="2026-10")), "heart.mi_on")
    assert (found.part, found.items) == (Part.OPEN, ("heart.recent",))


def test_that_nothing_was_recorded_makes_no_positive_of_it() -> None:
    assert of(check_answers(session()), "body.weight").part is Part.OPEN


def test_every_part_is_in_form_order_and_parts_follow_each_other() -> None:
    made = session(heart__bleed="yes", body__weight=120, body__height=170, body__apnoea="yes", body__cpap="yes")
    found = check_answers(made)
    order, parts = list(made.questions), list(Part)
    places = [(parts.index(checked.part), order.index(checked.question)) for checked in found]
    assert places == sorted(places)
    assert len({checked.question for checked in found}) == len(found)
    assert "body.bmi" not in [checked.question for checked in found]


def test_one_theme_is_checked_alone() -> None:
    assert {checked.theme for checked in check_answers(session(heart__bleed="yes"), "body")} == {"body"}


def test_every_account_is_told_with_its_note_and_which_is_used() -> None:
    made = session()
    made.answer("heart.bleed", "no", note="asked twice")
    made.answer("heart.bleed", "yes", by="spouse")
    found = of(check_answers(made), "heart.bleed")
    assert found.answer == "accounts differ, none named as used"
    assert [(one.by, one.words, one.note, one.used) for one in found.said] == [
        ("patient", "no", "asked twice", False),
        ("spouse", "yes", "", False),
    ]
    made.use_account("heart.bleed", "spouse")
    found = of(check_answers(made), "heart.bleed")
    assert (found.answer, found.part, found.said[1].used) == ("yes", Part.LISTED, True)


def test_jots_that_are_linked_are_counted() -> None:
    made = session(heart__mi="no")
    made.jot("It never was my heart.", "heart.mi")
    assert of(check_answers(made), "heart.mi").jots == 1


def test_an_answer_to_a_question_that_is_hidden_now_stands_apart_with_what_hides_it() -> None:
    made = session(body__apnoea="yes", body__cpap="no")
    made.answer("body.apnoea", "no")
    found = of(check_answers(made), "body.cpap")
    assert (found.part, found.answer) == (Part.HIDDEN, "no")
    assert found.hidden_by == ("Sleep apnoea?: no",)
    assert to_go_to(made, found) == "body.apnoea"
    assert to_go_to(made, of(check_answers(made), "body.apnoea")) == "body.apnoea"


def test_a_hidden_question_that_was_never_answered_is_not_there() -> None:
    assert "body.cpap" not in [checked.question for checked in check_answers(session(body__apnoea="no"))]
