"""Questions that are not asked: which answer hides them, which they wait for, and whose turn has not come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screener.forms.model import Pack
from screener.screening.not_asked import (
    is_called_for,
    next_asked,
    next_not_recorded,
    not_asked,
    waiting_for_their_turn,
)
from screener.screening.opening import Opening
from screener.screening.progress import ThemeProgress
from screener.screening.session import Session
from tests.records.sittings import shipped
from tests.screening.test_session_machine import CLOCK, PACK, opening


def session(pack: Pack = PACK, began: Opening | None = None, **answers: Any) -> Session:
    made = Session(pack, began or opening(), CLOCK)
    for question, raw in answers.items():
        made.answer(question.replace("__", "."), raw)
    return made


def test_an_answer_that_nobody_gave_yet_is_waited_for() -> None:
    [group] = not_asked(session(), "body")
    assert (group.questions, group.decided_by) == (("body.cpap",), ("body.apnoea",))
    assert group.waiting


def test_an_answer_that_hides_is_named_as_it_stands() -> None:
    [group] = not_asked(session(body__apnoea="no"), "body")
    assert (group.because, group.waiting) == (("Sleep apnoea?: no",), False)


def test_what_is_asked_is_not_among_it() -> None:
    assert not_asked(session(body__apnoea="yes"), "body") == []


def test_an_answer_given_before_is_said_to_be_kept() -> None:
    made = session(body__apnoea="yes", body__cpap="yes")
    made.answer("body.apnoea", "no")
    assert [group.kept for group in not_asked(made, "body")] == [("body.cpap",)]


def sensitive(*ids: str) -> Pack:
    themes = [
        theme.model_copy(
            update={
                "questions": tuple(
                    question.model_copy(update={"sensitive": question.id in ids}) for question in theme.questions
                )
            }
        )
        for theme in PACK.themes
    ]
    return PACK.model_copy(update={"themes": tuple(themes)})


THREE = ("heart.mi", "heart.bleed", "heart.kinds")


@pytest.mark.parametrize("settled", ["no", {"state": "not_known"}, {"state": "declined"}, {"state": "come_back"}])
def test_the_next_sensitive_question_comes_when_the_one_before_is_settled_or_put_off(settled: Any) -> None:
    made = session(sensitive(*THREE))
    assert waiting_for_their_turn(made, "heart", ()) == ("heart.bleed", "heart.kinds")
    made.answer("heart.mi", settled)
    assert waiting_for_their_turn(made, "heart", {"heart.mi"}) == ("heart.kinds",)


def test_one_that_was_in_sight_stays_and_holds_the_turn_while_it_is_open() -> None:
    made = session(sensitive(*THREE), heart__mi="no")
    assert waiting_for_their_turn(made, "heart", {"heart.mi", "heart.bleed"}) == ("heart.kinds",)
    made.clear("heart.mi")
    assert waiting_for_their_turn(made, "heart", {"heart.mi", "heart.bleed"}) == ("heart.kinds",)


def test_one_that_is_opened_ahead_leaves_the_others_to_wait() -> None:
    assert waiting_for_their_turn(session(sensitive(*THREE)), "heart", {"heart.mi", "heart.kinds"}) == ("heart.bleed",)


def test_questions_that_are_not_sensitive_wait_for_nothing() -> None:
    assert waiting_for_their_turn(session(), "heart", ()) == ()


def test_where_nothing_is_asked_nothing_is_finished() -> None:
    # Once its ring was full: a theme that nobody had asked anything of looked done.
    assert ThemeProgress(0, 0, 0, 0, 0, 0).share == 0.0


# Asked at need

WORSE, SCREENER, ITS_DAY, HARM = (f"suicide.{name}" for name in ("worse_since_dose", "cssrs", "cssrs_on", "harm_now"))


def dose_day(**answers: Any) -> Session:
    return session(shipped(), replace(opening(), pathway="dose-day", profiles=("general",), parameters={}), **answers)


def test_on_a_dose_day_the_columbia_screener_is_passed_over_while_nothing_calls_for_it() -> None:
    made = dose_day(suicide__worse_since_dose="no")
    assert next_asked(made, WORSE) == HARM
    assert next_not_recorded(made, WORSE) == SCREENER
    made.answer(HARM, "no")
    assert next_asked(made, HARM) == "suicide.contact"


@pytest.mark.parametrize("said", ["yes", {"state": "declined"}, {"state": "not_known"}, {"state": "come_back"}])
def test_worsening_or_no_word_of_it_calls_for_the_columbia_screener(said: Any) -> None:
    assert next_asked(dose_day(suicide__worse_since_dose=said), WORSE) == SCREENER
    made = dose_day(suicide__worse_since_dose="no", suicide__harm_now=said)
    assert next_asked(made, HARM) == SCREENER
    made.answer(SCREENER, {"items": {"1": 0}})
    assert next_asked(made, SCREENER) == ITS_DAY


def test_what_nobody_asks_here_calls_for_nothing_and_passes_nothing_over() -> None:
    began = replace(opening(), pathway="esketamine-clinic", profiles=("general", "us-label"), parameters={})
    made = session(shipped(), began)
    assert is_called_for(made, SCREENER)


def test_what_no_rule_of_the_screening_asks_for_is_not_called_for() -> None:
    began = replace(opening(), pathway="dose-day", profiles=("eu-label",), parameters={})
    made = session(shipped(), began, visit__dose_product="esketamine")
    assert made.is_shown("day.oximeter_today")
    assert not is_called_for(made, "day.oximeter_today")
    assert is_called_for(session(shipped(), replace(began, profiles=("us-label",))), "day.oximeter_today")
