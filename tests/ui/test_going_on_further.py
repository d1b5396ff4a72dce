"""On a dose day one deed answers two questions where both are one thing to say, and a part leads to its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from screener.rules.values import State
from screener.screening.not_asked import next_asked
from screener.ui.key_switches import GOES_ON, SingleKeys
from tests.ui.test_going_on import AtDesk

ESKETAMINE = {"visit.dose_product": "esketamine"}
OXYGEN, READINGS = "day.oxygen", "bp.readings"


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[AtDesk]:
    made = AtDesk(qtbot)
    made.workspace.controller.answer("visit.dose_product", "esketamine")
    yield made
    made.close()


def raw(desk: AtDesk, question: str) -> Any:
    return desk.session.recorded[question].entries[0].raw


# A saturation behind a reading


@pytest.mark.parametrize("typed", ["128/82 71 98%", "128/82 98%", "128/82 71, 98 %"])
def test_a_saturation_behind_a_reading_is_recorded_where_it_is_asked_and_goes_on(desk: AtDesk, typed: str) -> None:
    person = desk.on(READINGS)
    assert person.sees("A saturation typed behind a reading, as in 128/82 71 98%, is recorded as “Oxygen saturation")
    person.type(typed)
    assert raw(desk, OXYGEN) == 98
    assert [(row["systolic"], row["diastolic"]) for row in raw(desk, READINGS)] == [(128, 82)]
    assert desk.at not in (None, READINGS)
    desk.on(READINGS)
    assert person.sees("98 %: recorded as “Oxygen saturation today”.")


def test_behind_the_second_reading_it_is_no_third(desk: AtDesk) -> None:
    desk.on(READINGS).type("128/82 71, 126/80 70 97%")
    assert [row["systolic"] for row in raw(desk, READINGS)] == [128, 126]
    assert raw(desk, OXYGEN) == 97


def test_one_that_looks_mistyped_is_said_and_stays(desk: AtDesk) -> None:
    person = desk.on(READINGS)
    person.type("128/82 71 31%")
    assert desk.at == READINGS
    assert person.sees("31 %: recorded as “Oxygen saturation today”. Stored as typed; please look again")


def test_undo_takes_the_saturation_back_first(desk: AtDesk) -> None:
    person = desk.on(READINGS)
    person.type("128/82 71 98%")
    person.press("Ctrl+Z")
    assert desk.state(OXYGEN) is State.NOT_ASKED and desk.state(READINGS) is State.ANSWERED


def test_where_no_saturation_is_asked_the_sign_is_no_figure(desk: AtDesk) -> None:
    desk.workspace.controller.answer("visit.dose_product", "lsd")
    person = desk.on(READINGS)
    assert not person.sees("A saturation typed behind a reading")
    person.type("128/82 98%")
    assert desk.state(OXYGEN) is not State.ANSWERED and desk.at == READINGS
    person.press("Return")
    assert person.sees("Not stored: reading 1")


# No medicine at all


def test_no_medicine_at_all_says_that_this_is_all_and_is_taken_back_as_one(desk: AtDesk) -> None:
    person = desk.on("medicines.list")
    assert person.sees("Medicines: none, and that is all", "“Is that all: prescribed, over the counter, herbal")
    person.press("Alt+A")
    assert (raw(desk, "medicines.list"), raw(desk, "medicines.complete")) == ([], "yes")
    assert raw(desk, "medicines.antihypertensive_today") == "none"
    assert desk.at not in ("medicines.list", "medicines.complete", "medicines.antihypertensive_today")
    person.press("Ctrl+Z")
    assert desk.state("medicines.list") is desk.state("medicines.complete") is State.NOT_ASKED


@pytest.mark.parametrize(("question", "answer"), [("medicines.list", []), ("medicines.complete", "no")])
def test_it_is_not_offered_once_either_is_said(desk: AtDesk, question: str, answer: Any) -> None:
    desk.workspace.controller.answer(question, answer)
    person = desk.on("medicines.list")
    assert not person.sees("Medicines: none, and that is all")
    person.press("Alt+A")
    assert question == "medicines.list" or desk.state("medicines.list") is State.NOT_ASKED


# The last answer of a part


def answer_up_to(desk: AtDesk, last: str) -> None:
    """Not known to each question that is asked, up to this one."""
    while (asked := next_asked(desk.session, None)) not in (None, last):
        assert asked is not None
        desk.workspace.controller.answer(asked, {"state": "not_known"})


def test_the_last_answer_before_the_dose_leads_to_its_signature_once(desk: AtDesk) -> None:
    answer_up_to(desk, "day.reaction_now")
    person = desk.on("day.reaction_now")
    person.press("U")
    person.waits_until(lambda: desk.workspace.pages.at_review)
    assert desk.workspace.interview.last_question == "day.given_at"
    assert person.hears("Passphrase")
    person.press("Escape", "Escape")
    assert desk.at == "day.given_at"
    desk.on("day.reaction_now").press("4")
    assert desk.at == "day.given_at" and not desk.workspace.pages.at_review


def test_the_last_answer_of_the_day_does_so_too(desk: AtDesk) -> None:
    desk.workspace.controller.answer("day.given_at", "2026-11-23T09:00")
    desk.workspace.controller.answer("day.left_at", "2026-11-23T11:30")
    answer_up_to(desk, "day.no_driving_today")
    person = desk.on("day.no_driving_today")
    person.press("1")
    person.waits_until(lambda: desk.workspace.pages.at_review)


def test_while_something_before_is_not_asked_it_leads_nowhere(desk: AtDesk) -> None:
    answer_up_to(desk, "day.reaction_now")
    desk.workspace.controller.clear("psychosis.now")
    desk.on("day.reaction_now").press("4")
    assert desk.at == "day.given_at" and not desk.workspace.pages.at_review


def test_switched_off_it_leads_nowhere(desk: AtDesk) -> None:
    answer_up_to(desk, "day.reaction_now")
    keys = SingleKeys.current()
    keys.turn(GOES_ON, on=False)
    try:
        desk.on("day.reaction_now").press("4")
        assert not desk.workspace.pages.at_review
    finally:
        keys.release()
