"""Repeated readings: what counts as taken, and every statistic over it."""

from __future__ import annotations

from typing import Any

import pytest

from screener.rules.truth import Truth
from screener.rules.values import Readings, State
from tests.rules.running import NO, UNKNOWN, YES, reading, truth

NONE_TAKEN = Readings((), none_taken=True)


def mean(part: str, **limit: Any) -> dict[str, Any]:
    return {"readings": "bp", "mean": part, **limit}


TABLE: list[tuple[dict[str, Any], Any, Truth]] = [
    (mean("systolic", above=140), [(140, 90), (140, 90)], NO),
    (mean("systolic", above=140), [(140, 90), (141, 90)], YES),
    (mean("systolic", above=140), [(141, 90), (139, 90)], NO),
    (mean("systolic", at_least=140), [(140, 90)], YES),
    (mean("systolic", above=140), [(152, None)], YES),
    (mean("diastolic", above=90), [(152, None)], UNKNOWN),
    (mean("systolic", above=140), [(152, None), (None, 95)], YES),
    (mean("diastolic", above=90), [(152, None), (None, 95)], YES),
    (mean("systolic", above=140), [(0, 95)], UNKNOWN),
    (mean("systolic", above=140), [(0, 95), (150, 90)], YES),
    (mean("diastolic", below=60), [(120, 0)], UNKNOWN),
    (mean("pulse", below=50), [(120, 80, 0)], YES),
    (mean("pulse_pressure", above=60), [(152, None), (150, 80)], YES),
    (mean("pulse_pressure", above=60), [(152, None)], UNKNOWN),
    ({"readings": "bp", "last": "systolic", "above": 140}, [(150, 90), (130, 80)], NO),
    ({"readings": "bp", "last": "systolic", "above": 140}, [(130, 80), (150, None)], YES),
    ({"readings": "bp", "last": "systolic", "above": 140}, [(150, 80), (None, 90)], YES),
    ({"readings": "bp", "highest": "systolic", "at_least": 150}, [(130, 80), (150, 90), (120, 80)], YES),
    ({"readings": "bp", "any": "systolic", "at_least": 150}, [(130, 80), (150, 90)], YES),
    ({"readings": "bp", "any": "systolic", "at_least": 150}, [(130, 80)], NO),
    ({"readings": "bp", "any": "systolic", "below": 100}, [(130, 80), (99, 60)], YES),
    ({"readings": "bp", "spread": "systolic", "above": 10}, [(130, 80), (141, 80)], YES),
    ({"readings": "bp", "spread": "systolic", "above": 10}, [(130, 80), (140, 80)], NO),
    ({"readings": "bp", "spread": "systolic", "above": 10}, [(130, 80)], UNKNOWN),
    ({"readings": "bp", "zero": "systolic"}, [(130, 80), (0, 91)], YES),
    ({"readings": "bp", "zero": "systolic"}, [(130, 0)], NO),
    ({"readings": "bp", "zero": "diastolic"}, [(130, 0)], YES),
    ({"readings": "bp", "zero": "diastolic"}, [(152, None)], UNKNOWN),
    ({"readings": "bp", "zero": "pulse"}, [(130, 80, 0)], YES),
    ({"readings": "bp", "count": {"below": 2}}, [(130, 80)], YES),
    ({"readings": "bp", "count": {"below": 2}}, [(130, 80), (131, None)], NO),
    ({"readings": "bp", "count": {"below": 2}}, [(130, 80), (0, None)], YES),
    ({"readings": "bp", "count": {"at_least": 2}}, [(130, 80), (131, 80)], YES),
    ({"readings": "bp", "count": {"at_least": 2, "of": {"systolic": {"at_least": 140}}}}, [(140, 80), (139, 80)], NO),
    ({"readings": "bp", "count": {"at_least": 2, "of": {"systolic": {"at_least": 140}}}}, [(140, 80), (141, 80)], YES),
    ({"readings": "bp", "count": {"at_least": 1, "of": {"diastolic": {"at_least": 90}}}}, [(152, None)], UNKNOWN),
]


@pytest.mark.parametrize(("written", "rows", "expected"), TABLE)
def test_a_statistic_follows_its_table(written: dict[str, Any], rows: Any, expected: Truth) -> None:
    assert truth(written, {"bp": rows}) is expected


EVERY_STATISTIC: list[dict[str, Any]] = [
    *({"readings": "bp", name: "systolic", "above": 140} for name in ("mean", "last", "highest", "any", "spread")),
    {"readings": "bp", "count": {"below": 2}},
    {"readings": "bp", "count": {"at_least": 1}},
    {"readings": "bp", "count": {"at_least": 1, "of": {"systolic": {"at_least": 140}}}},
    {"readings": "bp", "count": {"at_least": 2, "on": "different days"}},
]


@pytest.mark.parametrize("written", EVERY_STATISTIC, ids=str)
@pytest.mark.parametrize("rows", [State.NOT_ASKED, State.DECLINED, Readings(()), [(0, 0)], [(None, None)]], ids=str)
def test_without_a_reading_every_statistic_is_unknown(written: dict[str, Any], rows: Any) -> None:
    assert truth(written, {"bp": rows}) is UNKNOWN


@pytest.mark.parametrize("written", EVERY_STATISTIC, ids=str)
def test_none_taken_counts_as_zero_and_leaves_other_statistics_unknown(written: dict[str, Any]) -> None:
    expected = UNKNOWN if "count" not in written else Truth.of("below" in written["count"])
    assert truth(written, {"bp": NONE_TAKEN}) is expected


@pytest.mark.parametrize("rows", [State.NOT_ASKED, State.DECLINED, Readings(()), [(None, None)], NONE_TAKEN], ids=str)
def test_whether_a_zero_was_typed_is_unknown_while_nothing_is(rows: Any) -> None:
    assert truth({"readings": "bp", "zero": "systolic"}, {"bp": rows}) is UNKNOWN


def test_only_the_readings_of_the_phase_count() -> None:
    rows = Readings((reading(190, 100, phase="screening"), reading(130, 80, phase="before")))
    written = {"readings": "bp", "phase": "before", "mean": "systolic", "above": 140}
    assert truth(written, {"bp": rows}) is NO
    assert truth({**written, "phase": "leaving"}, {"bp": rows}) is UNKNOWN
    assert truth({"readings": "bp", "mean": "systolic", "above": 140}, {"bp": rows}) is YES
    assert truth({"readings": "bp", "phase": "leaving", "count": {"below": 2}}, {"bp": rows}) is UNKNOWN
    zeros = Readings((reading(0, 100, phase="screening"), reading(130, 80, phase="before")))
    assert truth({"readings": "bp", "phase": "before", "zero": "systolic"}, {"bp": zeros}) is NO


@pytest.mark.parametrize(("phase", "expected"), [("before", YES), ("screening", YES), ("about_40_min", UNKNOWN)])
def test_a_reading_without_a_phase_counts_as_taken_before_any_dose(phase: str, expected: Truth) -> None:
    written = {"readings": "bp", "phase": phase, "mean": "systolic", "above": 140}
    assert truth(written, {"bp": [(152, None)]}) is expected
    assert truth(written, {"bp": Readings((reading(152, None), reading(128, 80, phase=phase)))}) is NO


def test_what_was_taken_at_screening_stands_for_the_pressure_before_a_dose_until_that_is_taken() -> None:
    written = {"readings": "bp", "phase": "before", "mean": "systolic", "above": 140}
    screening, after = reading(190, 100, phase="screening"), reading(190, 100, phase="about_40_min")
    assert truth(written, {"bp": Readings((screening,))}) is YES
    assert truth(written, {"bp": Readings((after,))}) is UNKNOWN
    assert truth({**written, "phase": "screening"}, {"bp": Readings((reading(190, 100, phase="before"),))}) is UNKNOWN
    assert truth({"readings": "bp", "phase": "before", "count": {"below": 2}}, {"bp": Readings((screening,))}) is YES
    emptied = Readings((screening, reading(None, None, phase="before")))
    assert truth(written, {"bp": emptied}) is YES
    assert truth(written, {"bp": Readings((screening, reading(130, None, phase="before")))}) is NO
    assert truth(written, {"bp": Readings((screening, reading(130, None, phase=None)))}) is NO


def test_different_days_count_once_each_and_a_time_alone_is_the_visits_day() -> None:
    rows = Readings(
        (reading(150, 90, at="2026-11-20T09:00"), reading(151, 90, at="2026-11-20T18:00"), reading(152, 90, at="10:31"))
    )
    written = {
        "readings": "bp",
        "count": {"at_least": 2, "of": {"systolic": {"at_least": 140}}, "on": "different days"},
    }
    assert truth(written, {"bp": rows}) is YES
    assert truth({"readings": "bp", "count": {"at_least": 3, "on": "different days"}}, {"bp": rows}) is NO


def test_a_mean_is_compared_unrounded() -> None:
    rows = [(140, 90), (140, 90), (141, 90)]
    assert truth(mean("systolic", above=140), {"bp": rows}) is YES
    assert truth(mean("systolic", at_most="140.33"), {"bp": rows}) is NO
    assert truth(mean("systolic", at_most="140.34"), {"bp": rows}) is YES
