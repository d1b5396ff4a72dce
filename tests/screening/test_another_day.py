"""Readings and the day of the visit: they lapse where the visit moves on, are still shown, and come back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from screener.clock import FixedClock
from screener.screening.opening import Opening
from screener.screening.session import Session
from tests.records.sittings import shipped
from tests.screening.test_session_machine import opening

READINGS = "bp.readings"
HIGH = [{"systolic": "191", "diastolic": "121", "phase": "before", "at": "23:50"}]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 26, 23, 50, tzinfo=UTC))


def began() -> Opening:
    return replace(
        opening(), pathway="esketamine-clinic", profiles=("us-label",), visit_date="2026-11-26", parameters={}
    )


@pytest.fixture
def session(clock: FixedClock) -> Session:
    made = Session(shipped(), began(), clock)
    made.answer(READINGS, HIGH)
    made.answer("person.age", "52")
    clock.moment = datetime(2026, 11, 27, 9, 15, tzinfo=UTC)
    return made


def listed(session: Session) -> set[str]:
    """The items that a high pressure lists."""
    found = {rule for rule, outcome in session.outcomes.items() if outcome.outcome == "listed"}
    return {rule for rule in found if rule.startswith("bp.")} - {"bp.too_few_readings"}


def test_they_hold_as_long_as_the_visit_is_of_their_day(session: Session) -> None:
    assert listed(session)
    assert not session.lapsed


def test_they_lapse_where_the_visit_moves_on_to_a_later_day_and_are_still_shown(session: Session) -> None:
    change = session.set_visit("visit_date", "2026-11-27")
    assert READINGS in change.questions
    assert READINGS not in session.recorded
    assert not listed(session)
    assert session.lapsed[READINGS].entries[0].raw == HIGH
    assert "person.age" in session.recorded


def test_what_is_measured_on_the_new_day_counts_alone(session: Session) -> None:
    session.set_visit("visit_date", "2026-11-27")
    session.answer(READINGS, [{"systolic": "118", "diastolic": "76", "phase": "before"}])
    assert not listed(session)
    assert READINGS in session.lapsed


def test_one_undo_brings_both_back(session: Session) -> None:
    before = listed(session)
    session.set_visit("visit_date", "2026-11-27")
    session.undo()
    assert session.visit["visit_date"] == "2026-11-26"
    assert listed(session) == before
    assert not session.lapsed
    session.redo()
    assert READINGS in session.lapsed and not listed(session)


def test_a_visit_that_moves_back_to_their_day_has_them_again(session: Session) -> None:
    before = listed(session)
    session.set_visit("visit_date", "2026-11-27")
    session.set_visit("visit_date", "2026-11-26")
    assert listed(session) == before and not session.lapsed


def test_a_date_that_was_wrong_takes_no_reading_of_today_away(clock: FixedClock) -> None:
    session = Session(shipped(), replace(began(), visit_date="2026-11-20"), clock)
    session.answer(READINGS, HIGH)
    session.set_visit("visit_date", "2026-11-26")
    assert READINGS in session.recorded
    session.set_visit("visit_date", "2026-11-25")
    assert READINGS in session.recorded


def test_the_journal_leads_to_the_same(session: Session, clock: FixedClock) -> None:
    steps = session.journaled(session.history.done)
    steps += session.journaled(session.set_visit("visit_date", "2026-11-27").steps)
    again = Session.replay(shipped(), began(), steps, clock)
    assert again.lapsed.keys() == {READINGS}
    assert again.recorded.keys() == session.recorded.keys()


def test_what_is_taken_back_by_hand_has_not_lapsed(clock: FixedClock) -> None:
    session = Session(shipped(), replace(began(), visit_date="2026-11-30"), clock)
    session.answer(READINGS, HIGH)
    assert listed(session)
    session.clear(READINGS)
    assert not session.lapsed
    session.set_visit("visit_date", "2026-12-01")
    session.answer(READINGS, HIGH)
    session.clear(READINGS)
    assert not session.lapsed


# Rows of two days under one visit date

LATE = {"systolic": "117", "diastolic": "75", "phase": "before", "at": "00:15"}


@pytest.fixture
def past_midnight(clock: FixedClock) -> Session:
    """Begun before midnight and gone on with after it, while the visit is still dated to the day before."""
    made = Session(shipped(), began(), clock)
    made.answer(READINGS, HIGH)
    clock.moment = datetime(2026, 11, 27, 0, 15, tzinfo=UTC)
    made.answer(READINGS, [*HIGH, LATE])
    return made


def rows(session: Session) -> list[dict[str, str]]:
    recorded = session.recorded.get(READINGS)
    return [] if recorded is None else list(recorded.entries[0].raw)


def lapsed(session: Session) -> list[tuple[str, list[dict[str, str]]]]:
    return [(day, list(one.entries[0].raw)) for day, one in session.lapsed_by_day(READINGS)]


def test_only_the_rows_of_the_earlier_day_lapse(past_midnight: Session) -> None:
    session = past_midnight
    assert listed(session)
    session.set_visit("visit_date", "2026-11-27")
    assert rows(session) == [LATE] and lapsed(session) == [("2026-11-26", HIGH)]
    assert not listed(session), "a figure of the day before is read by no rule"
    assert session.lapsed[READINGS].entries[0].at == "2026-11-26T23:50:00+00:00"


def test_undo_redo_and_a_visit_that_moves_back_bring_the_rows_together_again(past_midnight: Session) -> None:
    session = past_midnight
    session.set_visit("visit_date", "2026-11-27")
    session.undo()
    assert rows(session) == [*HIGH, LATE] and not session.lapsed
    session.redo()
    assert rows(session) == [LATE] and lapsed(session) == [("2026-11-26", HIGH)]
    session.set_visit("visit_date", "2026-11-26")
    assert rows(session) == [*HIGH, LATE] and not session.lapsed


def test_a_row_that_is_corrected_after_midnight_stays_one_of_its_day(past_midnight: Session) -> None:
    session = past_midnight
    corrected = {**HIGH[0], "arm": "left"}
    session.answer(READINGS, [corrected, LATE])
    session.set_visit("visit_date", "2026-11-27")
    assert rows(session) == [LATE] and lapsed(session) == [("2026-11-26", [corrected])]


def test_a_row_that_was_removed_and_is_there_again_is_one_of_its_day(past_midnight: Session) -> None:
    session = past_midnight
    session.answer(READINGS, [LATE])
    session.undo()
    session.set_visit("visit_date", "2026-11-27")
    assert rows(session) == [LATE] and lapsed(session) == [("2026-11-26", HIGH)]


def test_what_lapsed_on_two_days_is_kept_apart_by_day(past_midnight: Session, clock: FixedClock) -> None:
    session = past_midnight
    session.set_visit("visit_date", "2026-11-27")
    clock.moment = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
    session.set_visit("visit_date", "2026-11-28")
    assert not rows(session)
    assert lapsed(session) == [("2026-11-26", HIGH), ("2026-11-27", [LATE])]


def test_of_two_accounts_each_lapses_by_its_own_rows(past_midnight: Session, clock: FixedClock) -> None:
    session = past_midnight
    session.answer(READINGS, HIGH, by="partner")
    session.use_account(READINGS, "partner")
    clock.moment = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    session.set_visit("visit_date", "2026-11-27")
    assert [entry.by for entry in session.recorded[READINGS].entries] == ["patient", "partner"]
    assert session.recorded[READINGS].used == "partner", "written down after midnight, by another"


def test_a_removal_by_hand_after_the_visit_moved_on_is_no_lapse(past_midnight: Session) -> None:
    session = past_midnight
    session.set_visit("visit_date", "2026-11-27")
    session.clear(READINGS)
    assert lapsed(session) == [("2026-11-26", HIGH)]


def test_the_journal_leads_to_the_same_rows(past_midnight: Session, clock: FixedClock) -> None:
    session = past_midnight
    steps = session.journaled(session.history.done)
    steps += session.journaled(session.set_visit("visit_date", "2026-11-27").steps)
    again = Session.replay(shipped(), began(), json.loads(json.dumps(steps)), clock)
    assert rows(again) == [LATE] and lapsed(again) == [("2026-11-26", HIGH)]
    again.set_visit("visit_date", "2026-11-26")
    assert rows(again) == [*HIGH, LATE]
