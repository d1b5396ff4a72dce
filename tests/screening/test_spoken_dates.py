"""Dates as they are said: what is read, what is left unread, and that nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from screener.language import speak, spoken
from screener.rules.values import PartialDate
from screener.screening.spoken_dates import ambiguous, parse

TODAY = date(2026, 11, 23)

READ = [
    ("2026-03-05", "2026-03-05"),
    ("2026-03", "2026-03"),
    ("2019", "2019"),
    ("2030-01-01", "2030-01-01"),
    ("today", "2026-11-23"),
    ("Yesterday", "2026-11-22"),
    ("last month", "2026-10"),
    ("end of last month", "2026-10"),
    ("this month", "2026-11"),
    ("last year", "2025"),
    ("this year", "2026"),
    ("3w", "2026-11-02"),
    ("3 weeks ago", "2026-11-02"),
    ("10d", "2026-11-13"),
    ("2 months", "2026-09"),
    ("14 mo ago", "2025-09"),
    ("5y", "2021"),
    ("about March", "2026-03"),
    ("since about March", "2026-03"),
    ("December", "2025-12"),
    ("Dec. 2019", "2019-12"),
    ("Sept 2019", "2019-09"),
    ("March, 2019", "2019-03"),
    ("12 Oct", "2026-10-12"),
    ("12 Dec", "2025-12-12"),
    ("12. Oct 2019", "2019-10-12"),
    ("15 March, 2019", "2019-03-15"),
    ("15th March 2019", "2019-03-15"),
    ("March 15, 2019", "2019-03-15"),
    ("Mar 15 2019", "2019-03-15"),
    ("mar. 15,2019", "2019-03-15"),
    ("on March 1st, 2019", "2019-03-01"),
    ("03/2019", "2019-03"),
    ("3/2019", "2019-03"),
    ("3.2019", "2019-03"),
    ("11/25/2026", "2026-11-25"),
    ("25/11/2026", "2026-11-25"),
    ("25.11.2026", "2026-11-25"),
    ("3/3/2019", "2019-03-03"),
    ("29/2/2024", "2024-02-29"),
    ("ten years ago", "2016"),
    ("about two weeks ago", "2026-11-09"),
    ("One month ago", "2026-10"),
    ("twelve months ago", "2025-11"),
    ("a year ago", "2025"),
]


@pytest.mark.parametrize(("said", "stored"), READ)
def test_a_date_is_read_as_people_say_it(said: str, stored: str) -> None:
    assert parse(said, TODAY) == stored
    assert parse(f"  {said.upper()} ", TODAY) == stored
    assert ambiguous(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "last summer",
        "last march",
        "ten years",
        "thirteen years ago",
        "March 15",
        "march 152019",
        "31 April 2019",
        "April 31, 2019",
        "31/04/2019",
        "30/02/2019",
        "13/13/2019",
        "13/2019",
        "0/2019",
        "3/4/19",
        "25/11-2026",
        "2026-13",
        "2026-02-30",
        "0000",
        "March 0000",
        "٢٠٢٦",
    ],
)
def test_what_is_no_date_is_not_read(said: str) -> None:
    assert parse(said, TODAY) is None
    assert ambiguous(said) is None


@pytest.mark.parametrize("said", ["03/04/2019", "3/4/2019", " about 03.04.2019", "3-4-2019"])
def test_a_day_that_can_be_read_in_two_ways_is_not_guessed_and_both_are_named(said: str) -> None:
    assert parse(said, TODAY) is None
    assert ambiguous(said) == ("2019-04-03", "2019-03-04")


@pytest.mark.parametrize(
    ("today", "stored"), [(date(2024, 3, 1), "2024-02-29"), (date(2025, 1, 10), "2024-02-29"), (date(2028, 2, 1), None)]
)
def test_a_leap_day_without_a_year_is_the_last_that_is_past_within_a_year_or_none(
    today: date, stored: str | None
) -> None:
    assert parse("29 Feb", today) == stored


@pytest.mark.parametrize("today", [date.min, date.max])
def test_on_the_first_and_last_day_of_the_calendar_nothing_breaks(today: date) -> None:
    for said, _ in READ:
        found = parse(said, today)
        assert found is None or PartialDate.parse(found).text == found


IN_SPANISH = [
    ("marzo", "2026-03"),
    ("hacia marzo", "2026-03"),
    ("en diciembre", "2025-12"),
    ("marzo de 2019", "2019-03"),
    ("dic. 2019", "2019-12"),
    ("a principios de marzo del 2019", "2019-03"),
    ("12 de octubre", "2026-10-12"),
    ("el 5 de marzo de 2019", "2019-03-05"),
    ("1.º de marzo de 2019", "2019-03-01"),
    ("hoy", "2026-11-23"),
    ("Ayer", "2026-11-22"),
    ("finales del mes pasado", "2026-10"),
    ("este mes", "2026-11"),
    ("el año pasado", "2025"),
    ("hace 3 semanas", "2026-11-02"),
    ("hace unas tres semanas", "2026-11-02"),
    ("3 sem", "2026-11-02"),
    ("hace un mes", "2026-10"),
    ("hace diez años", "2016"),
    ("hace 10 días", "2026-11-13"),
]


@pytest.fixture
def spanish() -> Iterator[None]:
    before = spoken()
    speak("es")
    yield
    speak(before)


@pytest.mark.usefixtures("spanish")
def test_a_window_in_spanish_reads_spanish_and_what_english_says_as_well() -> None:
    assert {said: parse(said, TODAY) for said, _ in (*READ, *IN_SPANISH)} == dict((*READ, *IN_SPANISH))
    for nothing in ("nada", "12.34", "tres semanas", "32 de marzo", "semana", "hace", "de", ""):
        assert parse(nothing, TODAY) is None, nothing


def test_spanish_is_no_date_in_another_window() -> None:
    assert parse("marzo", TODAY) is None and parse("hace 3 semanas", TODAY) is None


WORDS = (
    "about",
    "since",
    "last",
    "ago",
    "a",
    "two",
    "ten",
    "weeks",
    "months",
    "y",
    "mo",
    "march",
    "Feb",
    "may",
    "sept",
)
MARKS = (" ", " ", "/", "-", ".", ",", ", ", "th")
PIECES = st.one_of(st.sampled_from(WORDS + MARKS), st.integers(0, 40).map(str), st.integers(1900, 2040).map(str))


@given(
    st.one_of(st.lists(PIECES, max_size=7).map("".join), st.text()),
    st.dates(date(1990, 1, 1), date(2040, 12, 31)),
)
@example("29 feb", date(2028, 2, 1))
@example("this year", date(2026, 1, 1))
def test_whatever_is_typed_is_no_date_or_one_of_the_calendar_and_not_to_come_unless_its_year_was_typed(
    text: str, today: date
) -> None:
    found = parse(text, today)
    if found is not None:
        assert PartialDate.parse(found).first <= today or re.search(r"[0-9]{4}", text)
        assert ambiguous(text) is None


@given(st.dates(date(1, 1, 1)), st.sampled_from(["/", ".", "-"]), st.booleans())
def test_a_day_in_figures_is_itself_or_one_of_the_two_that_it_can_mean(day: date, mark: str, day_first: bool) -> None:
    parts = (day.day, day.month) if day_first else (day.month, day.day)
    text = mark.join([*map(str, parts), f"{day.year:04}"])
    both = ambiguous(text)
    if both is None:
        assert parse(text, TODAY) == day.isoformat()
    else:
        assert parse(text, TODAY) is None
        assert both[0] != both[1]
        assert both[0 if day_first else 1] == day.isoformat()
