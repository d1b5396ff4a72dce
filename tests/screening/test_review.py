"""Responses to items: what they are given for, when they lapse, when they come back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screener.forms.model import Pack
from screener.language import PSEUDO, pseudo, speak, spoken
from screener.screening.review import (
    Standing,
    before_signing,
    response,
    sharing_response,
    shown_difference,
    standing,
    state_in_words,
)
from screener.screening.session import Session
from tests.screening.test_session_machine import CLOCK, PACK, opening

BLED, RECENT, KIND, SIZE = "heart.bled", "heart.recent", "heart.any_kind", "body.size"
OWN_LIMIT = "heart.own_limit"


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
    session.answer("heart.bleed", "yes", by="partner or family")
    assert held(session, BLED).stands


def test_a_note_or_an_informant_who_agrees_leaves_a_response_standing_and_one_who_differs_does_not() -> None:
    session = begun({"heart.bleed": "yes"})
    responded(session, BLED)
    session.answer("heart.bleed", "yes", note="in 2009")
    session.answer("heart.bleed", "yes", by="partner or family")
    assert held(session, BLED).stands
    session.answer("heart.bleed", "no", by="partner or family")
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


def as_earlier_versions_kept(session: Session, rule: str, **kept: str) -> None:
    """The response to a rule as a version kept it that knew only of outcome, visit date and answers."""
    given = session.responses[rule]
    state = {label: said for label, said in given.state.items() if label not in ("rule", "level", "Limit")}
    session.respond({rule: replace(given, state={**state, **kept})})


def test_where_only_the_rule_reads_differently_a_lapsed_response_says_so() -> None:
    session = begun({"heart.bleed": "yes"})
    responded(session, BLED)
    steps = [step.to_json() for step in session.history.done]
    again = Session.replay(reworded(statement="Another fact."), session.opening, steps, CLOCK)
    assert held(again, BLED).difference == (("rule", "as it was", "its text was changed"),)


def test_where_only_a_parameter_was_chosen_differently_a_lapsed_response_says_which_and_how() -> None:
    session = begun({"heart.pressures": [[141, 90]]}, parameters={"limit": "a"})
    responded(session, OWN_LIMIT)
    steps = [step.to_json() for step in session.history.done]
    again = Session.replay(PACK, replace(session.opening, parameters={"limit": "b"}), steps, CLOCK)
    option = {one.id: one.label for one in PACK.parameters["limit"].options}
    assert ("Limit", option["a"], option["b"]) in held(again, OWN_LIMIT).difference
    unchosen = Session.replay(PACK, replace(session.opening, parameters={}), steps, CLOCK)
    assert ("Limit", option["a"], "not chosen") in held(unchosen, OWN_LIMIT).difference


def test_where_only_the_level_is_another_a_lapsed_response_says_which_and_an_outcome_says_its_level() -> None:
    session = begun({"body.height": 170, "body.weight": 120})
    responded(session, SIZE)
    given = session.responses[SIZE]
    session.respond({SIZE: replace(given, fingerprint="", state={**given.state, "level": "9"})})
    assert held(session, SIZE).difference == (("level", "9", given.state["level"]),)
    session.respond({SIZE: replace(given, fingerprint="", state={**given.state, "level": "9", "outcome": "Another"})})
    assert [label for label, _, _ in held(session, SIZE).difference] == ["outcome"]


@pytest.mark.parametrize("rule", [BLED, OWN_LIMIT, SIZE])
def test_a_response_of_an_earlier_version_never_lapses_without_a_word(rule: str) -> None:
    session = begun(
        {"heart.bleed": "yes", "heart.pressures": [[141, 90]], "body.height": 170, "body.weight": 120},
        parameters={"limit": "a"},
    )
    responded(session, rule)
    as_earlier_versions_kept(session, rule)
    assert held(session, rule).stands
    session.respond({rule: replace(session.responses[rule], fingerprint="of another rule")})
    assert held(session, rule).difference == (("rule", "as it was", "it or what it reads was changed"),)
    as_earlier_versions_kept(session, rule, outcome="Another")
    assert [label for label, _, _ in held(session, rule).difference] == ["outcome"]


def test_the_fixed_words_of_a_difference_are_shown_in_the_windows_language_and_kept_in_english() -> None:
    session = begun({"heart.bleed": "yes"})
    responded(session, BLED)
    session.clear("heart.bleed")
    before = spoken()
    speak(PSEUDO)
    try:
        kept, shown = held(session, BLED).difference, shown_difference(session, BLED, held(session, BLED))
        state = state_in_words(session, BLED)
    finally:
        speak(before)
    assert kept[0][0] == "outcome" and kept[0][2] == "not established"
    assert (shown[0][0], shown[0][1], shown[0][2]) == (pseudo("outcome"), kept[0][1], pseudo("not established"))
    question = kept[1]
    assert shown[1] == (question[0], pseudo("yes"), pseudo("not asked"))
    assert {"outcome", "rule"} < set(state), "what is kept is in English whatever the window speaks"


def test_an_answer_of_several_parts_is_told_anew_in_the_windows_language_also_where_another_stands() -> None:
    readings = [{"systolic": "151", "diastolic": "94", "at": "10:31", "phase": "before", "position": "seated"}]
    session = begun({"heart.pressures": readings}, parameters={"limit": "a"})
    responded(session, OWN_LIMIT)
    session.answer("heart.pressures", [{"systolic": "151", "diastolic": "94"}], by="partner or family")
    steps = [step.to_json() for step in session.history.done]
    for one in (session, Session.replay(PACK, session.opening, steps, CLOCK)):
        before = spoken()
        speak(PSEUDO)
        try:
            kept, shown = held(one, OWN_LIMIT).difference, shown_difference(one, OWN_LIMIT, held(one, OWN_LIMIT))
        finally:
            speak(before)
        label = one.questions["heart.pressures"].label
        (then,) = [found[1:] for found in shown if found[0] == label]
        (english,) = [found[1:] for found in kept if found[0] == label]
        assert english[0] == "before dose: 151/94 (10:31, seated)" and english[1].startswith("patient: before dose:")
        assert then[0] == f"{pseudo('before dose')}: 151/94 (10:31, {pseudo('seated')})"
        assert then[1].startswith(f"{pseudo('patient')}: {pseudo('before dose')}: 151/94")
        assert f"{pseudo('partner or family')}: 151/94" in then[1]
