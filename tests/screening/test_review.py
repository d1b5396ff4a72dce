"""Responses to items: what they are given for, when they lapse, when they come back."""

from __future__ import annotations

from typing import Any

import pytest

from screener.forms.model import Pack
from screener.screening.review import Standing, before_signing, response, sharing_response, standing
from screener.screening.session import Session
from tests.screening.test_session_machine import CLOCK, PACK, opening

BLED, RECENT, KIND, SIZE = "heart.bled", "heart.recent", "heart.any_kind", "body.size"


def begun(answers: dict[str, Any], **extra: Any) -> Session:
    """A screening with these answers."""
    session = Session(PACK, opening(**extra), CLOCK)
    for question, raw in answers.items():
        session.answer(question, raw)
    return session


def responded(session: Session, rule: str) -> None:
    session.respond({rule: response(session, rule, "reviewed", note="seen")})
    assert standing(session, rule).stands


def held(session: Session, rule: str) -> Standing:
    return standing(session, rule)


def test_a_response_lapses_when_its_answer_changes_and_says_what_differs() -> None:
    session = begun({"heart.bleed": "yes"})
    responded(session, BLED)
    session.answer("heart.bleed", {"state": "not_known"})
    assert held(session, BLED).lapsed
    assert ("Bleeding in the brain, ever?", "yes", "not known") in held(session, BLED).difference


def test_a_response_comes_back_when_the_same_state_comes_back() -> None:
    session = begun({"heart.bleed": "yes"})
    responded(session, BLED)
    session.answer("heart.bleed", "no")
    session.undo()
    assert held(session, BLED).stands
    session.clear("heart.bleed")
    assert held(session, BLED).lapsed
    session.answer("heart.bleed", "yes", by="spouse")
    assert held(session, BLED).stands


def test_a_note_or_an_informant_who_agrees_leaves_a_response_standing_and_one_who_differs_does_not() -> None:
    session = begun({"heart.bleed": "yes"})
    responded(session, BLED)
    session.answer("heart.bleed", "yes", note="in 2009")
    session.answer("heart.bleed", "yes", by="spouse")
    assert held(session, BLED).stands
    session.answer("heart.bleed", "no", by="spouse")
    assert held(session, BLED).lapsed
    session.use_account("heart.bleed", "patient")
    assert held(session, BLED).stands


@pytest.mark.parametrize(
    ("rule", "question", "before", "after"),
    [
        (KIND, "heart.kinds", ["a", "c"], ["c", "a"]),
        (SIZE, "body.weight", "120", "120.0"),
        (SIZE, "body.weight", 120, {"value": "120", "unit": "kg"}),
        ("heart.pressure", "heart.pressures", [[141, 90]], [{"systolic": "141", "diastolic": "90.0"}]),
    ],
)
def test_the_same_answer_in_another_spelling_leaves_a_response_standing(
    rule: str, question: str, before: Any, after: Any
) -> None:
    session = begun({"body.height": 170, question: before})
    responded(session, rule)
    session.answer(question, after)
    assert held(session, rule).stands


def test_the_visits_date_counts_where_time_is_measured_from_it_and_nowhere_else() -> None:
    session = begun({"heart.mi": "yes", "heart.mi_on": "2026-11-01", "heart.bleed": "yes"})
    responded(session, RECENT)
    responded(session, BLED)
    session.set_visit("visit_date", "2026-11-24")
    assert held(session, RECENT).difference == (("visit date", "2026-11-23", "2026-11-24"),)
    assert held(session, BLED).stands


def test_what_is_listed_or_critical_and_open_waits_for_a_response() -> None:
    session = begun({"heart.bleed": "yes"})
    waiting = [outcome.rule.id for outcome in before_signing(session).without_response]
    assert BLED in waiting and RECENT in waiting and KIND not in waiting
    responded(session, BLED)
    assert BLED not in [outcome.rule.id for outcome in before_signing(session).without_response]


def reworded(**changes: Any) -> Pack:
    """The small pack with something of heart.bled written anew."""
    raw = PACK.model_dump(mode="json", by_alias=True, exclude_none=True)
    for rule in raw["themes"][0]["rules"]:
        rule.update(changes if rule["id"] == BLED else {})
    return Pack.model_validate(raw)


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({"reread": {"by": "Dr B", "on": "2026-11-20"}}, True),
        ({"note": "for authors"}, True),
        ({"statement": "Another fact."}, False),
        ({"source": {"ref": "label", "strength": "warning"}}, False),
        ({"when": {"ask": "heart.bleed", "one_of": ["yes"]}}, False),
    ],
)
def test_a_response_lapses_when_the_rule_says_something_else_and_not_when_it_is_reread(
    changes: dict[str, Any], stands: bool
) -> None:
    session = begun({"heart.bleed": "yes"})
    responded(session, BLED)
    steps = [step.to_json() for step in session.history.done]
    again = Session.replay(reworded(**changes), session.opening, steps, CLOCK)
    assert held(again, BLED).stands is stands


def boxed(**strengths: str) -> Pack:
    """The small pack with four rules of boxed warnings, or of what `strengths` says instead."""
    raw = PACK.model_dump(mode="json", by_alias=True, exclude_none=True)
    for theme in raw["themes"]:
        for rule in theme["rules"]:
            name = rule["id"].partition(".")[2]
            if name in ("recent", "bled", "any_kind", "untreated", "own_limit"):
                rule["source"]["strength"] = strengths.get(name, "boxed warning")
    return Pack.model_validate(raw)


def others(session: Session, rule: str) -> list[str]:
    return [item.rule.id for item in sharing_response(session, rule)]


def test_one_response_may_cover_items_whose_missing_answers_differ_and_stand_in_one_state() -> None:
    session = Session(boxed(), opening(parameters={"limit": "a"}), CLOCK)
    session.answer("heart.pressures", [[120, 80]])
    assert others(session, BLED) == [RECENT, "body.untreated", KIND]
    session.answer("heart.bleed", {"state": "declined"})
    assert others(session, BLED) == []
    assert others(session, RECENT) == ["body.untreated", KIND]
    session.answer("heart.kinds", {"state": "declined"})
    assert (others(session, BLED), others(session, RECENT)) == ([KIND], ["body.untreated"])


def test_contraindications_law_and_what_waits_for_the_clinics_choice_are_never_covered() -> None:
    session = Session(boxed(recent="contraindication", any_kind="law"), opening(), CLOCK)
    assert others(session, BLED) == ["body.untreated"]
    assert others(session, RECENT) == others(session, KIND) == others(session, "heart.own_limit") == []


def test_an_item_with_a_response_that_stands_is_not_covered_once_more() -> None:
    session = Session(boxed(), opening(), CLOCK)
    responded(session, RECENT)
    assert others(session, BLED) == ["body.untreated", KIND]
    session.answer("heart.mi", {"state": "not_known"})
    session.answer("heart.bleed", {"state": "not_known"})
    assert held(session, RECENT).lapsed
    assert others(session, BLED) == [RECENT]
