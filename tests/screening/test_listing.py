"""The live list: what stands in it while answers come, what waits until review, what is only counted."""

from __future__ import annotations

from typing import Any

import pytest

from screener.screening.listing import LiveList, live_list, open_questions, still_open
from screener.screening.session import Session
from tests.screening.test_session_machine import CLOCK, PACK, opening


def listed(answers: dict[str, Any], *, review: bool = False) -> LiveList:
    session = Session(PACK, opening(), CLOCK)
    for question, raw in answers.items():
        session.answer(question, raw)
    return live_list(session, review=review)


def open_ids(items: LiveList) -> list[str]:
    return [item.rule.id for group in items.open for item in group.items]


@pytest.mark.parametrize("state", ["not_known", "declined", "come_back"])
def test_a_critical_item_stands_open_once_its_answer_was_said_to_be_missing(state: str) -> None:
    assert open_ids(listed({})) == []
    assert open_ids(listed({"heart.bleed": {"state": state}})) == ["heart.bled"]
    assert "heart.bled" in open_ids(listed({}, review=True))


def test_accounts_that_differ_make_a_critical_item_stand_open() -> None:
    session = Session(PACK, opening(), CLOCK)
    session.answer("heart.bleed", "yes")
    session.answer("heart.bleed", "no", by="spouse")
    items = live_list(session)
    assert open_ids(items) == ["heart.bled"]
    assert "heart.bled_check" in [item.rule.id for item in items.listed]


def test_another_open_item_is_counted_and_not_shown_even_at_review() -> None:
    answers = {"body.height": {"state": "declined"}}
    for review in (False, True):
        items = listed(answers, review=review)
        assert "body.size" not in open_ids(items)
        assert "body.size" in [item.rule.id for item in items.otherwise_open]


def test_what_is_not_recorded_is_listed_from_the_review_on_and_never_before() -> None:
    assert "body.weighed" not in [item.rule.id for item in listed({}).listed]
    assert "body.weighed" in [item.rule.id for item in listed({}, review=True).listed]


def test_items_open_for_the_same_answer_are_one_group() -> None:
    items = listed({"heart.mi": {"state": "not_known"}, "heart.bleed": {"state": "declined"}}, review=True)
    assert [[item.rule.id for item in group.items] for group in items.open] == [["heart.recent"], ["heart.bled"]]


def test_the_question_that_holds_a_strong_source_open_comes_first() -> None:
    session = Session(PACK, opening(), CLOCK)
    waiting = [entry.question for entry in still_open(session)]
    assert waiting[:2] == ["heart.mi", "heart.bleed"]
    session.answer("heart.mi", "no")
    assert next(entry.question for entry in still_open(session)) == "heart.bleed"


def test_what_somebody_meant_to_come_back_to_comes_first_and_each_question_once() -> None:
    session = Session(PACK, opening(), CLOCK)
    last = [name for name in session.questions if session.is_shown(name)][-1]
    session.answer(last, {"state": "come_back"})
    session.answer("heart.bleed", "no")
    session.answer("heart.bleed", "yes", by="partner")
    found = open_questions(session)
    assert [entry.question for entry in found.come_back] == [last]
    assert [entry.question for entry in found.differing] == ["heart.bleed"]
    assert found.differing[0].items
    names = [entry.question for entry in found.all]
    assert len(names) == len(set(names))
    assert set(names) == {entry.question for entry in still_open(session)} | {last}
