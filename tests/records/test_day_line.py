"""A line over the list of a dose day: whom it names where references, second marks and what is told look alike."""

from __future__ import annotations

import pytest

from screener.forms.shorthand import Typed
from screener.records.day_line import Deed, Moment, read_line
from screener.records.dose_day import PersonOfDay

READING = Typed(((140, 88),))


def people(*named: tuple[str, str]) -> list[PersonOfDay]:
    return [PersonOfDay(f"s-{one}", "", one, mark, "Dose day", "paused", ()) for one, mark in named]


IN_ONE_ANOTHER = people(("SYN-1", "K 1974"), ("SYN-10", "B 1988"), ("SYN-101", "K 1974"), ("10", "M 1969"))
WITH_BLANKS = people(("SYN", "12"), ("SYN 12", "K 1974"), ("SYN 12 B", "M 1969"))
LIKE_FIGURES = people(("SYN-1", "120"), ("SYN-2", "140/88"), ("SYN-3", "LE"), ("SYN-4", "12"), ("SYN-5", ""))


def read(text: str, among: list[PersonOfDay]) -> tuple[list[str], bool, Typed | Moment | None, str]:
    found = read_line(text, among)
    return [one.reference for one in found.whom], found.by_mark, found.tells, found.unread


@pytest.mark.parametrize(
    ("text", "whom", "by_mark"),
    [
        ("SYN-1 K 1974 140/88", ["SYN-1"], True),
        ("syn-10 140/88", ["SYN-10"], False),
        ("syn-1 140/88", ["SYN-1"], False),
        ("101 k1974 140/88", ["SYN-101"], True),
        ("10 140/88", ["10"], False),
        ("10 B 1988 140/88", ["10"], False),
        ("-1 140/88", ["SYN-1", "SYN-10", "SYN-101"], False),
        ("-1 K 1974 140/88", ["SYN-1", "SYN-101"], True),
    ],
)
def test_of_references_in_one_another_the_whole_one_is_meant_and_a_part_names_all(
    text: str, whom: list[str], by_mark: bool
) -> None:
    assert read(text, IN_ONE_ANOTHER)[:2] == (whom, by_mark)


@pytest.mark.parametrize(
    ("text", "whom", "by_mark", "tells"),
    [
        ("SYN 12", ["SYN 12"], False, None),
        ("SYN 12 140/88", ["SYN 12"], False, READING),
        ("SYN 12 K 1974 140/88", ["SYN 12"], True, READING),
        ("SYN 12 B 140/88", ["SYN 12 B"], False, READING),
        ("SYN dose", ["SYN"], False, Moment(Deed.DOSE)),
    ],
)
def test_of_references_with_blanks_the_longest_that_can_be_read_is_meant(
    text: str, whom: list[str], by_mark: bool, tells: Typed | Moment | None
) -> None:
    assert read(text, WITH_BLANKS)[:3] == (whom, by_mark, tells)


@pytest.mark.parametrize(
    ("text", "by_mark", "tells"),
    [
        ("syn-1 120 80 70", False, Typed(((120, 80, 70),))),
        ("syn-1 120 120/80 70", True, Typed(((120, 80, 70),))),
        ("syn-1 120", True, None),
        ("syn-2 140/88 140/88", True, READING),
        ("syn-3 le 0930", False, Moment(Deed.LEAVING, "09:30")),
        ("syn-3 le leaving 0930", True, Moment(Deed.LEAVING, "09:30")),
        ("syn-3 LE", True, None),
        ("syn-4 12 140/88", True, READING),
        ("syn-5 140/88", False, READING),
    ],
)
def test_a_second_mark_that_looks_like_what_is_told_is_no_mark_where_it_can_be_that(
    text: str, by_mark: bool, tells: Typed | Moment | None
) -> None:
    assert read(text, LIKE_FIGURES)[1:] == (by_mark, tells, "")
