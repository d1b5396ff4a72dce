"""How far a dose day has come, over the shipped content: a reading is due only where a source names its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from screener.clock import FixedClock
from screener.forms.model import Pack
from screener.screening.course import (
    CourseSoFar,
    course_so_far,
    go_on_at,
    is_reading_due,
    part_name,
    phase_of_now,
)
from screener.screening.not_asked import next_not_recorded
from screener.screening.part_names import AFTER, BEFORE
from screener.screening.session import Session
from tests.records.sittings import shipped
from tests.screening.test_session_machine import CLOCK, PACK, opening


def day(answers: dict[str, Any], pack: Pack | None = None) -> Session:
    began = replace(opening(), pathway="dose-day", profiles=("general",), parameters={}, visit_date="2026-11-26")
    made = Session(pack or shipped(), began, CLOCK)
    for question, raw in answers.items():
        made.answer(question, raw)
    return made


def so_far(answers: dict[str, Any]) -> CourseSoFar:
    found = course_so_far(day(answers))
    assert found is not None
    return found


def reading(systolic: int, diastolic: int, phase: str | None, at: str | None = None) -> dict[str, Any]:
    return {"systolic": systolic, "diastolic": diastolic, "phase": phase, "at": at}


BEFORE_DOSE = [reading(128, 82, "before", "09:55"), reading(126, 80, "before", "09:58")]


def test_a_pathway_without_a_course_has_no_dose_day() -> None:
    session = Session(PACK, opening(), CLOCK)
    assert course_so_far(session) is None
    assert part_name(session) == ""


def test_nothing_is_recorded_at_first_and_nothing_is_due() -> None:
    found = so_far({})
    assert (found.before, found.given_at, found.after, found.due, found.left_at) == (None, "", None, (), "")


def test_readings_before_the_dose_stand_with_the_time_of_the_last() -> None:
    found = so_far({"bp.readings": BEFORE_DOSE})
    assert found.before is not None
    assert (found.before.words, found.before.at) == ("128/82, 126/80", "09:58")
    assert found.after is None


def test_a_reading_whose_phase_nobody_said_counts_as_before() -> None:
    found = so_far({"bp.readings": [reading(128, 82, None), reading(150, 90, "about_40_min", "10:51")]})
    assert found.before is not None and found.before.words == "128/82"
    assert found.after is not None and (found.after.words, found.after.at) == ("150/90", "10:51")


GIVEN = {"visit.dose_product": "esketamine", "day.given_at": "2026-11-26T10:12"}


def test_of_esketamine_a_reading_is_due_about_forty_minutes_after_the_dose() -> None:
    (due,) = so_far(GIVEN).due
    assert (due.phase, due.at, due.recorded) == ("about_40_min", "2026-11-26T10:52", False)


def test_once_it_is_recorded_it_is_due_no_longer() -> None:
    (due,) = so_far(GIVEN | {"bp.readings": [*BEFORE_DOSE, reading(140, 88, "about_40_min", "10:51")]}).due
    assert due.recorded


def test_of_a_product_that_no_source_names_a_time_for_nothing_is_due() -> None:
    for product in ("ketamine", "lsd", {"state": "not_known"}):
        assert so_far(GIVEN | {"visit.dose_product": product}).due == ()


def at(clock: str, answers: dict[str, Any]) -> str | None:
    session = day(answers)
    session.clock = FixedClock(datetime.fromisoformat(f"2026-11-26T{clock}:00+00:00"))
    return phase_of_now(session)


def test_a_reading_that_is_taken_now_is_of_a_phase_only_while_that_one_is_due() -> None:
    """The dose was at 10:12: before it and near 10:52 the day tells the phase, and at any other time nobody but the
    person who measures does."""
    taken = GIVEN | {"bp.readings": [*BEFORE_DOSE, reading(140, 88, "about_40_min", "10:51")]}
    assert at("09:55", {}) == "before"
    assert [at(clock, GIVEN) for clock in ("10:14", "10:41", "10:42", "10:52", "11:02", "11:03", "12:30")] == [
        "", "", "about_40_min", "about_40_min", "about_40_min", "", "",
    ]  # fmt: skip
    assert at("10:53", taken) == ""
    assert at("10:52", GIVEN | {"visit.dose_product": "ketamine"}) == ""
    assert phase_of_now(Session(PACK, opening(), CLOCK)) is None


def test_what_is_due_rests_on_the_section_that_the_rules_rest_on() -> None:
    course = shipped().pathway("dose-day").course
    assert course is not None
    (due,) = course.due
    rule = shipped().rules["day.after_dose"]
    assert (due.source, due.at) == (rule.source.ref, rule.source.at) == ("spravato-us", "5.6 (2019 numbering)")


def test_a_dose_time_on_which_two_accounts_differ_is_no_dose_time() -> None:
    session = day(GIVEN)
    session.answer("day.given_at", "2026-11-26T10:20", by="chart or letter")
    found = course_so_far(session)
    assert found is not None and (found.given_at, found.due) == ("", ())


def test_a_part_is_before_the_dose_until_the_dose_has_a_time() -> None:
    assert part_name(day({"bp.readings": BEFORE_DOSE})) == BEFORE
    assert part_name(day(GIVEN)) == AFTER


def test_it_travels_as_json() -> None:
    found = so_far(GIVEN | {"bp.readings": BEFORE_DOSE}).to_json()
    assert found["due"] == [{"phase": "about_40_min", "at": "2026-11-26T10:52", "recorded": False}]
    assert found["before"] == {"words": "128/82, 126/80", "at": "09:58", "phase": "before"}


def test_one_comes_back_to_what_is_not_answered_yet() -> None:
    session = day({"visit.dose_product": "esketamine"})
    assert go_on_at(session, "day.new_event") == "day.new_event"
    assert go_on_at(session, "visit.dose_product") == "day.new_event"


def test_after_the_dose_one_comes_back_to_what_is_asked_after_it() -> None:
    session = day({**GIVEN, "bp.readings": BEFORE_DOSE})
    assert go_on_at(session, "bp.readings") == next_not_recorded(session, "day.given_at")
    assert go_on_at(session, "psychosis.now") == "psychosis.now"


def test_while_a_reading_is_due_one_comes_back_to_the_readings() -> None:
    for minutes, where in ((29, "psychosis.now"), (30, "bp.readings"), (50, "bp.readings"), (51, "psychosis.now")):
        session = day({**GIVEN, "bp.readings": BEFORE_DOSE})
        session.clock = FixedClock(datetime(2026, 11, 26, 10, 12, tzinfo=UTC) + timedelta(minutes=minutes))
        assert (go_on_at(session, "psychosis.now"), is_reading_due(session)) == (where, where == "bp.readings")
    session.clock = FixedClock(datetime(2026, 11, 26, 10, 52, tzinfo=UTC))
    session.answer("bp.readings", [*BEFORE_DOSE, reading(140, 88, "about_40_min", "10:51")])
    assert not is_reading_due(session)


def test_on_another_pathway_one_comes_back_to_where_one_was() -> None:
    session = Session(PACK, opening(), CLOCK)
    session.answer("heart.bleed", "no")
    assert go_on_at(session, "heart.bleed") == "heart.bleed"
