"""Lengths of time: their last day, calendar months, partial dates, the future."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screener.rules.expressions import Duration, of_the_visit
from screener.rules.truth import Truth, negate
from screener.rules.values import PartialDate
from tests.rules.running import NO, UNKNOWN, YES, at, node, on, truth

WITHIN = [
    # 42 days before 2026-11-23 is 2026-10-12.
    ("6 wk", "2026-10-12", YES),
    ("6 wk", "2026-10-11", NO),
    ("6 wk", "2026-11-23", YES),
    ("6 wk", "2026-11-24", NO),
    ("6 wk", "2026-11", UNKNOWN),
    ("6 wk", "2026-10", UNKNOWN),
    ("6 wk", "2026-09", NO),
    ("6 wk", "2026", UNKNOWN),
    ("6 wk", "2025", NO),
    ("3 mo", "2026-08-23", YES),
    ("3 mo", "2026-08-22", NO),
    ("3 mo", "2026-09", YES),
    ("1 a", "2025-11-23", YES),
    ("1 a", "2025-11-22", NO),
    ("1 a", "2025", UNKNOWN),
    ("2 a", "2025", YES),
    ("1 d", "2026-11-22", YES),
    ("1 d", "2026-11-21", NO),
]


@pytest.mark.parametrize(("length", "event", "expected"), WITHIN)
def test_within_includes_its_last_day_and_never_the_future(length: str, event: str, expected: Truth) -> None:
    assert truth({"ask": "q", "within": length}, {"q": on(event)}) is expected


@pytest.mark.parametrize(("length", "event", "expected"), WITHIN)
def test_older_than_is_the_rest_of_the_past(length: str, event: str, expected: Truth) -> None:
    moment = on(event)
    past = moment.last <= date(2026, 11, 23)
    found = truth({"ask": "q", "older_than": length}, {"q": moment})
    if past:
        assert found is {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[expected]
    elif moment.first > date(2026, 11, 23):
        assert found is NO


AFTER = [
    ("2026-11-24", YES),
    ("2026-11-23", NO),
    ("2026-11-22", NO),
    ("2026-12", YES),
    ("2026-11", UNKNOWN),
    ("2026-10", NO),
    ("2027", YES),
    ("2026", UNKNOWN),
    ("2025", NO),
]


@pytest.mark.parametrize(("event", "expected"), AFTER)
def test_a_date_after_the_visit_is_known_as_one(event: str, expected: Truth) -> None:
    assert truth({"ask": "q", "after": "visit"}, {"q": on(event)}) is expected
    assert truth({"not": {"ask": "q", "after": "visit"}}, {"q": on(event)}) is negate(expected)


def test_a_moment_is_after_the_visit_when_its_day_is() -> None:
    assert truth({"ask": "q", "after": "visit"}, {"q": at("2026-11-23T23:59")}) is NO
    assert truth({"ask": "q", "after": "visit"}, {"q": at("2026-11-24T00:00")}) is YES


@pytest.mark.parametrize(("event", "_"), AFTER)
def test_a_date_is_within_a_time_older_or_after_the_visit_and_never_two_of_them(event: str, _: Truth) -> None:
    tests: list[dict[str, Any]] = [{"within": "6 wk"}, {"older_than": "6 wk"}, {"after": "visit"}]
    found = [truth({"ask": "q", **test}, {"q": on(event)}) for test in tests]
    assert found.count(YES) == (1 if on(event).exact or UNKNOWN not in found else 0)


@pytest.mark.parametrize(
    ("day", "length", "first"),
    [
        ("2026-05-31", "3 mo", "2026-02-28"),
        ("2024-05-31", "3 mo", "2024-02-29"),
        ("2024-02-29", "1 a", "2023-02-28"),
        ("2026-01-15", "1 mo", "2025-12-15"),
        ("2026-03-31", "1 mo", "2026-02-28"),
        ("2026-12-31", "1 mo", "2026-11-30"),
    ],
)
def test_months_and_years_clamp_to_the_months_end(day: str, length: str, first: str) -> None:
    assert Duration.parse(length).before(date.fromisoformat(day)) == date.fromisoformat(first)
    visit = date.fromisoformat(day)
    assert truth({"ask": "q", "within": length}, {"q": on(first)}, day=visit) is YES
    earlier = PartialDate.on(date.fromordinal(date.fromisoformat(first).toordinal() - 1))
    assert truth({"ask": "q", "within": length}, {"q": earlier}, day=visit) is NO


@pytest.mark.parametrize("length", ["1 d", "6 wk", "3 mo", "1 a", "999999 d", "999999 a"])
def test_a_length_that_reaches_back_beyond_the_calendar_ends_at_its_first_day(length: str) -> None:
    assert Duration.parse(length).before(date(1, 1, 1)) == date(1, 1, 1)
    assert truth({"ask": "q", "within": length}, {"q": on("0001-01-01")}, day=date(1, 1, 1)) is YES


def test_hours_that_reach_back_beyond_the_calendar_end_at_its_first_moment() -> None:
    written = {"ask": "q", "within": "2 h", "before": "dose"}
    assert truth(written, {"q": at("0001-01-01T00:10"), "dose": at("0001-01-01T00:30")}) is YES


def test_a_length_counts_back_from_the_named_date_when_there_is_one() -> None:
    written = {"ask": "q", "older_than": "90 d", "before": "dose"}
    assert truth(written, {"q": on("2026-08-01"), "dose": on("2026-10-30")}) is NO
    assert truth(written, {"q": on("2026-08-01"), "dose": on("2026-10-31")}) is YES
    assert truth(written, {"q": on("2026-08-01")}) is UNKNOWN
    assert truth(written, {"q": on("2026-08"), "dose": on("2026-11-10")}) is UNKNOWN


def test_a_day_without_an_hour_does_not_settle_hours() -> None:
    written = {"ask": "q", "within": "2 h", "before": "dose"}
    assert truth(written, {"q": on("2026-11-23"), "dose": at("2026-11-23T12:00")}) is UNKNOWN


def test_moments_count_as_their_day_where_days_are_counted() -> None:
    written = {"ask": "q", "within": "1 d", "before": "dose"}
    assert truth(written, {"q": at("2026-11-22T00:01"), "dose": at("2026-11-23T23:59")}) is YES


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-02-30", "2026-2-3", "26", "yesterday", "2026-00", "0000", "2026-11-23\n", "２０２６"]
)
def test_what_is_no_day_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"day of the calendar|is not a date"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"ask": "q", "within": "6 wk"}, True),
        ({"ask": "q", "older_than": "90 d"}, True),
        ({"ask": "q", "after": "visit"}, True),
        ({"ask": "q", "within": "6 wk", "before": "dose"}, False),
        ({"ask": "q", "above": 3}, False),
        ({"readings": "q", "count": {"at_least": 2, "on": "different days"}}, True),
        ({"readings": "q", "count": {"at_least": 2}}, False),
    ],
)
def test_a_test_that_reads_the_day_of_the_visit_is_known(written: dict[str, Any], found: bool) -> None:
    assert of_the_visit(node(written)) is found
