"""A visit that goes on past midnight: what stays as it is, and what the next day takes with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.journeys.conftest import Start
from tests.journeys.dose_days import WallClock
from tests.journeys.person import Person
from tests.journeys.ways import begin, measure, save_report, set_up, sign_as_incomplete, stands_in, turn_to

pytestmark = pytest.mark.slow


def measured_before_midnight(start: Start) -> Person:
    """At a quarter past twelve, with two readings of the day before."""
    clock = WallClock()
    clock.moment = datetime(2026, 11, 26, 23, 50).astimezone()
    person = start(clock=clock)
    set_up(person)
    begin(person)
    measure(person)
    clock.moment = datetime(2026, 11, 27, 0, 15).astimezone()
    return person


def test_readings_of_before_midnight_lapse_where_the_visit_is_said_to_be_of_the_new_day(start: Start) -> None:
    person = measured_before_midnight(start)
    turn_to(person, "Psychosis risk")
    person.press("2")
    person.waits_for("The visit date is 2026-11-26; today is 2026-11-27.")
    person.press("3")
    person.waits_for("The visit date is 2026-11-26; today is 2026-11-27.")
    listed = "Why: Mean pressure above the figure of the US esketamine label"
    assert person.sees(listed)
    person.write("Visit date", "2026-11-27")
    person.press("Return")
    person.waits_for("intervals are worked out again for this day. Readings of before are shown as of their day")
    person.waits_until(lambda: not person.sees(listed))
    assert not person.sees("The visit date is 2026-11-26")
    turn_to(person, "Blood pressure and heart", back=True)
    person.waits_for("Of 26 Nov 2026, not of this visit's day; no rule reads it", "151/94", "147/92")
    person.press("Ctrl+Z")
    person.waits_for(listed, "149.0 / 93.0")
    assert not person.sees("not of this visit's day")


def test_of_readings_of_two_days_only_those_of_the_day_before_lapse_and_the_report_names_them(
    start: Start, tmp_path: Path
) -> None:
    person = measured_before_midnight(start)
    person.press("Ctrl+R")
    person.type("118/76")
    person.waits_for("Mean of 3, before dose")
    person.write("Visit date", "2026-11-27")
    person.press("Return")
    person.waits_for("Readings of before are shown as of their day")
    person.waits_for("Of 26 Nov 2026, not of this visit's day; no rule reads it", "151/94", "147/92")
    person.tab_to("Blood pressure and pulse, reading 1: systolic")
    person.waits_for("118")
    assert not person.sees("reading 2: systolic") and not person.sees("Mean of 3")
    sign_as_incomplete(person)
    told = save_report(person, tmp_path / "report.pdf")
    stands_in(told, "Readings of another day, not used", "26 Nov 2026 patient, 2026-11-26 23:50", "118/76 (00:15)")
