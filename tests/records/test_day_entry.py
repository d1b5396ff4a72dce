"""What a line over the list of a dose day records in a screening, and what of it is to be looked at there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from screener.clock import FixedClock
from screener.forms.shorthand import Typed
from screener.records.day_entry import Entered, NotEntered, enter, planned
from screener.records.day_line import Deed, Moment
from screener.screening.session import Session
from tests.screening import test_course
from tests.screening.test_course import BEFORE_DOSE, reading

NOW = Moment(Deed.DOSE)
GIVEN = {"visit.dose_product": "esketamine", "bp.readings": BEFORE_DOSE}


def day(answers: dict[str, Any]) -> Session:
    """At noon of the visit's day."""
    session = test_course.day(answers)
    session.clock = FixedClock(datetime(2026, 11, 26, 12, 0, tzinfo=UTC))
    return session


def raw(session: Session, question: str) -> Any:
    return session.recorded[question].entries[0].raw


def entered(session: Session, tells: Typed | Moment) -> Entered:
    found = enter(session, tells)
    assert isinstance(found, Entered), found
    return found


def test_the_dose_is_given_now_or_at_a_time_of_today() -> None:
    for tells, at in ((NOW, None), (Moment(Deed.DOSE, "09:31"), "09:31")):
        session = day(dict(GIVEN))
        expected = at or f"{session.clock.now():%H:%M}"
        found = entered(session, tells)
        assert raw(session, "day.given_at") == f"{session.visit['visit_date']}T{expected}"
        assert (found.said, found.look_at) == (f"Time of the dose: {expected}", "")


def test_what_is_recorded_already_is_not_written_over() -> None:
    session = day(GIVEN | {"day.given_at": "2026-11-26T09:05"})
    found = enter(session, NOW)
    assert isinstance(found, NotEntered) and found.look_at == "day.given_at"
    assert "09:05 is recorded already" in found.why
    assert raw(session, "day.given_at") == "2026-11-26T09:05"


def test_readings_are_added_to_those_that_stand_with_their_time_and_their_phase() -> None:
    session = day(dict(GIVEN))
    found = entered(session, Typed(((131, 84, 70),)))
    rows = raw(session, "bp.readings")
    assert rows[:-1] == BEFORE_DOSE
    at = f"{session.clock.now():%H:%M}"
    assert rows[-1] == {"systolic": 131, "diastolic": 84, "pulse": 70, "phase": "before", "at": at}
    assert "131/84 70" in found.said and found.look_at == ""


def test_a_saturation_behind_them_is_recorded_where_it_is_asked() -> None:
    session = day({"visit.dose_product": "esketamine"})
    entered(session, Typed(((131, 84, 70),), 97))
    assert raw(session, "day.oxygen") == 97
    found = enter(session, Typed(((131, 84, 70),), 96))
    assert isinstance(found, NotEntered) and "97 % is recorded already" in found.why
    assert len(raw(session, "bp.readings")) == 1


@pytest.mark.parametrize(
    ("tells", "words"),
    [
        (Typed(((84, 131),)), "Please look again: "),
        (Typed(((212, 118, 90),)), "Newly listed"),
        (Typed(((131, 84),), 31), "Please look again: "),
    ],
)
def test_what_is_to_be_looked_at_says_where_and_why(tells: Typed, words: str) -> None:
    found = entered(day({"visit.dose_product": "esketamine"}), tells)
    assert found.look_at == "bp.readings" and words in found.news


def test_what_cannot_wait_is_named_first_and_more_than_two_are_counted() -> None:
    session = day({"visit.dose_product": "esketamine", "bp.symptoms_now": ["headache"]})
    found = entered(session, Typed(((212, 126, 90),)))
    listed = [flag.after for flag in found.change.flags if flag.newly_listed]
    (critical,) = [one.title for one in listed if one.tier == "time-critical"]
    assert f"Newly listed, {len(listed)} items: {critical}; " in found.news
    assert f" and {len(listed) - 2} more." in found.news


def test_a_note_that_is_newly_listed_is_told_of_and_opens_nothing() -> None:
    found = entered(day({}), Typed(((128, 82, 71),)))
    assert (found.look_at, found.news) == ("", "Newly listed: Fewer than 2 readings today.")


def test_between_the_times_of_a_source_a_reading_is_recorded_and_its_phase_is_asked() -> None:
    session = day(GIVEN | {"day.given_at": "2026-11-26T00:05"})
    found = entered(session, Typed(((131, 84),)))
    assert found.look_at == "bp.readings" and "say which reading this is" in found.news
    assert "phase" not in raw(session, "bp.readings")[-1]


def test_leaving_leads_on_to_what_is_asked_then() -> None:
    session = day(GIVEN | {"day.given_at": "2026-11-26T09:05"})
    found = entered(session, Moment(Deed.LEAVING, "11:40"))
    assert raw(session, "day.left_at") == "2026-11-26T11:40"
    assert session.pack.theme_of[found.look_at].id == "dose-day"


def test_another_account_of_the_readings_is_left_alone() -> None:
    session = day({})
    session.answer("bp.readings", [reading(150, 90, "before", "09:00")], by="partner")
    found = enter(session, Typed(((131, 84),)))
    assert isinstance(found, NotEntered) and found.look_at == "bp.readings"
    assert len(session.recorded["bp.readings"].entries) == 1


def test_a_saturation_that_no_question_asks_for_records_nothing() -> None:
    session = day({"visit.dose_product": "lsd"})
    found = enter(session, Typed(((131, 84),), 97))
    assert isinstance(found, NotEntered) and "bp.readings" not in session.recorded


def test_a_planned_time_says_that_there_is_a_dose_today() -> None:
    session = day({})
    session.answer_together(planned(session, "09:30"))
    assert raw(session, "visit.dose_today") == "yes"
    assert raw(session, "visit.dose_at").endswith("T09:30")


@pytest.mark.parametrize("tells", [NOW, Moment(Deed.LEAVING, "11:40"), Typed(((128, 82, 71),))])
def test_under_a_visit_of_another_day_nothing_of_today_is_recorded(tells: Typed | Moment) -> None:
    session = day(dict(GIVEN))
    session.clock = FixedClock(datetime(2026, 11, 27, 0, 2, tzinfo=UTC))
    held = dict(session.recorded)
    assert enter(session, tells) == NotEntered("", "The visit date is 2026-11-26; today is 2026-11-27.")
    assert session.recorded == held


@pytest.mark.parametrize("deed", [Deed.DOSE, Deed.LEAVING])
def test_a_time_that_is_still_to_come_is_not_recorded_as_one_that_has_been(deed: Deed) -> None:
    session = day(dict(GIVEN))
    found = enter(session, Moment(deed, "12:01"))
    assert isinstance(found, NotEntered) and found.why == "12:01 is still to come; it is 12:00."
    entered(session, Moment(deed, "12:00"))
