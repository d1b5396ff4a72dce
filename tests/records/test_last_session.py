"""The last session is what the latest record of a dose day holds, with readings before and after the dose."""

from __future__ import annotations

from typing import Any

import pytest

from screener.language import KEPT
from screener.records.earlier import Earlier
from screener.records.last_session import LastSession, last_session
from screener.records.sitting import Sitting
from tests.records.sittings import sealed, shipped, signed
from tests.records.test_earlier import on_dose_day
from tests.screening.test_course import day, reading

BEFORE = [reading(128, 82, "before", "09:02"), reading(126, 84, "before", "09:04")]
AFTER = [reading(139, 88, "about_40_min", "09:52"), reading(137, 90, "leaving", "11:20")]


def held(*readings: Any, on: str = "2026-11-19") -> Sitting:
    return signed(f"r-{on}", on_dose_day({"bp.readings": list(readings)}, day=on))


def found(*records: Sitting, pathway: str = "dose-day") -> LastSession | None:
    pack = shipped()
    return last_session(Earlier(records), pack.pathway("dose-day").course, pathway, pack.questions)


def test_the_lowest_before_the_dose_and_the_highest_after_it_are_offered() -> None:
    last = found(held(*BEFORE, *AFTER))
    assert last is not None
    assert last.words(KEPT) == "19 Nov 2026: before the dose 126/82, highest after it 139/90"


def test_the_questions_are_answered_by_that_record_and_say_so() -> None:
    last = found(held(*BEFORE, *AFTER))
    assert last is not None
    session = day({"visit.dose_product": "esketamine"})
    change = session.answer_together(last.sayings())
    assert len(change.steps) == 5
    raw = {q: r.entries[0].raw for q, r in session.recorded.items() if q.startswith("bp.last_")}
    assert raw == {
        "bp.last_session": "yes",
        "bp.last_before_systolic": "126",
        "bp.last_before_diastolic": "82",
        "bp.last_highest_systolic": "139",
        "bp.last_highest_diastolic": "90",
    }
    entry = session.recorded["bp.last_session"].entries[0]
    assert entry.by == "record of 19 Nov 2026" and entry.carried is not None and not entry.carried.asked
    assert entry.note == "From the readings in the record of 19 Nov 2026, signed 2026-11-19 10:42 by Clinician A"
    assert session.outcomes["day.rise_last_session"].outcome == "not_listed"
    session.undo()
    assert not any(q.startswith("bp.last_") for q in session.recorded)


def test_a_rise_of_the_last_session_is_listed_from_its_record() -> None:
    last = found(held(*BEFORE, reading(166, 90, "about_40_min")))
    assert last is not None
    session = day({"visit.dose_product": "esketamine"})
    session.answer_together(last.sayings())
    assert session.outcomes["day.rise_last_session"].outcome == "listed"


@pytest.mark.parametrize("readings", [BEFORE, AFTER, [reading(128, 0, "before"), *AFTER]])
def test_a_session_that_lacks_readings_before_or_after_is_asked(readings: Any) -> None:
    assert found(held(*readings)) is None


def test_no_older_session_stands_for_the_last_one() -> None:
    older, last = held(*BEFORE, *AFTER, on="2026-11-12"), held(*BEFORE)
    assert found(older) is not None
    assert found(older, last) is None


def test_records_of_another_pathway_are_no_session() -> None:
    assert found(held(*BEFORE, *AFTER), pathway="ketamine-clinic") is None
    assert found(signed("r1", sealed({"heart.mi": "no"}))) is None
