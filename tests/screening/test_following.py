"""What is told at one place of a dose day answers a question as well, says so, and gives way to what somebody says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screener.rules.values import State
from screener.screening.answers import OBSERVED, PATIENT
from screener.screening.following import AS_NAMED, AS_ON_THE_LIST, AS_READ
from screener.screening.session import Session
from tests.records.sittings import shipped
from tests.screening.test_course import BEFORE_DOSE, day, reading
from tests.screening.test_session_machine import CLOCK, opening

WHETHER, WHEN = "day.forty_taken", "day.forty_at"
AFTER = reading(140, 88, "about_40_min", "10:51")


def with_readings(*readings: Any, product: str = "esketamine") -> Session:
    return day({"visit.dose_product": product, "bp.readings": list(readings)})


def held(session: Session, question: str) -> tuple[Any, str] | None:
    recorded = session.recorded.get(question)
    return None if recorded is None else (recorded.entries[0].raw, recorded.entries[0].note)


def test_a_reading_of_that_time_answers_whether_it_was_taken_and_when() -> None:
    session = with_readings(*BEFORE_DOSE, AFTER, reading(138, 86, "about_40_min", "11:05"))
    assert held(session, WHETHER) == ("yes", AS_READ)
    assert held(session, WHEN) == ("2026-11-26T10:51", AS_READ)
    assert session.outcomes["day.forty_disagrees"].outcome == "not_listed"


@pytest.mark.parametrize("at", ["", "about eleven", "2026-11-26T10:51"])
def test_without_a_time_it_is_asked_when(at: str) -> None:
    session = with_readings(reading(140, 88, "about_40_min", at))
    assert held(session, WHETHER) == ("yes", AS_READ)
    assert held(session, WHEN) is None and session.is_shown(WHEN)


def test_readings_of_another_time_or_of_another_product_answer_nothing() -> None:
    for session in (with_readings(*BEFORE_DOSE), with_readings(AFTER, product="ketamine")):
        assert session.state(WHETHER) is session.state(WHEN) is State.NOT_ASKED
    session.answer("visit.dose_product", "esketamine")
    assert held(session, WHETHER) == ("yes", AS_READ)


def test_it_follows_the_readings_and_one_undo_takes_both_back() -> None:
    session = with_readings(AFTER)
    session.answer("bp.readings", [AFTER | {"at": "10:49"}])
    assert held(session, WHEN) == ("2026-11-26T10:49", AS_READ)
    session.undo()
    assert held(session, WHEN) == ("2026-11-26T10:51", AS_READ)
    session.redo()
    session.answer("bp.readings", BEFORE_DOSE)
    assert (held(session, WHETHER), held(session, WHEN)) == (None, None)
    steps = session.journaled(session.history.done)
    assert Session.replay(shipped(), session.opening, steps, CLOCK).recorded == session.recorded


def test_while_a_reading_is_typed_it_is_one_deed() -> None:
    session = with_readings()
    for systolic in (1, 14, 140):
        session.answer("bp.readings", [AFTER | {"systolic": systolic}], typing=True)
    assert held(session, WHETHER) == ("yes", AS_READ)
    session.undo()
    assert held(session, WHETHER) is None and session.recorded["bp.readings"].entries[0].raw == []


def test_what_somebody_said_stands_and_loses_the_origin() -> None:
    session = day({"visit.dose_product": "esketamine", WHETHER: "no"})
    session.answer("bp.readings", [AFTER])
    assert held(session, WHETHER) == ("no", "")
    assert session.outcomes["day.forty_disagrees"].outcome == "listed"
    session = with_readings(AFTER)
    session.answer(WHEN, "2026-11-26T10:55")
    session.answer("bp.readings", [AFTER | {"at": "10:49"}])
    assert held(session, WHEN) == ("2026-11-26T10:55", "")


def test_whoever_says_otherwise_takes_the_place_of_what_nobody_said() -> None:
    session = with_readings(AFTER)
    session.answer(WHETHER, "no", by=OBSERVED)
    assert [(entry.by, entry.raw) for entry in session.recorded[WHETHER].entries] == [(OBSERVED, "no")]
    session.undo()
    assert held(session, WHETHER) == ("yes", AS_READ)
    session.clear(WHETHER, by=OBSERVED)
    assert held(session, WHETHER) is None
    session.undo()
    session.answer(WHEN, "2026-11-26T10:55", by="partner or family")
    session.answer(WHEN, "2026-11-26T10:50", by=OBSERVED)
    assert session.state(WHEN) is State.DIFFERING  # what two people said stands side by side, as ever


# The product of the visit


def begun(product: str) -> Session:
    began = replace(opening(), pathway="dose-day", profiles=("general",), parameters={}, product=product)
    made = Session(shipped(), began, CLOCK)
    made.begin()
    return made


@pytest.mark.parametrize(
    ("product", "option"),
    [("Spravato", "esketamine"), (" spravato ", "esketamine"), ("LSD", "lsd"), ("ketamine", "ketamine")],
)
def test_the_product_of_the_visit_answers_what_is_given_today(product: str, option: str) -> None:
    session = begun(product)
    assert held(session, "visit.dose_product") == (option, AS_NAMED)
    assert session.recorded["visit.dose_product"].entries[0].by == OBSERVED  # the patient was not asked
    session.answer("visit.dose_product", "other")
    assert [entry.by for entry in session.recorded["visit.dose_product"].entries] == [PATIENT]


@pytest.mark.parametrize("product", ["", "Ketanest S", "spray", "ketamine 25 mg", "DMT"])
def test_a_product_that_could_be_several_is_asked(product: str) -> None:
    assert held(begun(product), "visit.dose_product") is None


def test_another_product_of_the_visit_changes_it_until_somebody_chose() -> None:
    session = begun("Spravato")
    session.set_visit("product", "psilocybin")
    assert held(session, "visit.dose_product") == ("psilocybin", AS_NAMED)
    session.undo()
    assert (session.visit["product"], held(session, "visit.dose_product")) == ("Spravato", ("esketamine", AS_NAMED))
    session.set_visit("product", "a tincture")
    assert held(session, "visit.dose_product") is None
    session.answer("visit.dose_product", "other")
    session.set_visit("product", "Spravato")
    assert held(session, "visit.dose_product") == ("other", "")


NO_MEDICINES = {"medicines.list": [], "medicines.complete": "yes"}
PRESSURE_MEDICINE = "medicines.antihypertensive_today"


def test_whoever_takes_no_medicine_at_all_takes_none_for_blood_pressure() -> None:
    session = day({"medicines.list": []})
    assert held(session, PRESSURE_MEDICINE) is None
    session.answer("medicines.complete", "yes")
    assert held(session, PRESSURE_MEDICINE) == ("none", AS_ON_THE_LIST)
    session.undo()
    assert (held(session, PRESSURE_MEDICINE), session.state("medicines.complete")) == (None, State.NOT_ASKED)


@pytest.mark.parametrize(
    "otherwise",
    [{"medicines.complete": "no"}, {"medicines.list": [{"name": "lisinopril", "use": "current"}]}],
)
def test_it_goes_once_there_may_be_one(otherwise: dict[str, Any]) -> None:
    session = day(NO_MEDICINES)
    for question, raw in otherwise.items():
        session.answer(question, raw)
    assert held(session, PRESSURE_MEDICINE) is None


def test_what_somebody_says_of_it_stands_against_the_list() -> None:
    session = day(NO_MEDICINES)
    session.answer(PRESSURE_MEDICINE, "taken")
    session.answer("medicines.complete", "no")
    assert held(session, PRESSURE_MEDICINE) == ("taken", "")
