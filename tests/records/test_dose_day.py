"""The list of a dose day: who is here, in which order, and what is said of the next reading as time passes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from screener.records.browse import DraftLine, Listing, RecordLine, Signature, SignedRecord
from screener.records.dose_day import Next, PersonOfDay, people_of_day
from screener.records.parts import signed_parts_in_words

COURSE: dict[str, Any] = {
    "begun_at": "2026-11-26T09:40:00+00:00",
    "product": "Esketamine nasal spray",
    "before": {"words": "128/82, 126/80", "at": "09:58", "phase": "before"},
    "given_at": "2026-11-26T10:12",
    "after": None,
    "due": [{"phase": "about_40_min", "at": "2026-11-26T10:52", "recorded": False}],
    "left_at": "",
}
AFTER = {"words": "140/88", "at": "2026-11-26T10:51", "phase": "about_40_min"}
RECORDED = [{"phase": "about_40_min", "at": "2026-11-26T10:52", "recorded": True}]


def draft(name: str, begun: str = "09:40", pathway: str = "dose-day", **digest: Any) -> DraftLine:
    opening = {
        "reference": name, "pathway": pathway, "begun_at": f"2026-11-26T{begun}:00+00:00", "second_mark": "K 1974",
    }  # fmt: skip
    return DraftLine(f"s-{name}", opening, digest, 3, "")


def record(name: str, at: str, **digest: Any) -> RecordLine:
    signed_at = f"2026-11-26T{at}:00+00:00"
    return RecordLine(
        f"r-{name}-{at}", f"s-{name}", name, "dose-day", "2026-11-26", signed_at, "Clinician A", False, 0, digest
    )


def people(*drafts: DraftLine, records: tuple[RecordLine, ...] = ()) -> list[PersonOfDay]:
    return people_of_day(Listing(drafts, records), ("dose-day",))


def person(**course: Any) -> PersonOfDay:
    return people(draft("SYN-1", course=COURSE | course))[0]


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-26T{clock}:30").replace(tzinfo=UTC)


def test_only_visits_on_a_dose_day_pathway_stand_there_in_the_order_they_were_begun() -> None:
    found = people(draft("B", "09:50"), draft("A", "09:40"), draft("C", "09:30", pathway="kap"))
    assert [one.reference for one in found] == ["A", "B"]


def test_of_somebody_just_begun_nothing_is_said_to_be_recorded() -> None:
    (one,) = people(draft("A"))
    assert (one.before, one.dose, one.leaving, one.signed) == (
        ("none recorded", ""),
        "not recorded",
        "not recorded",
        (),
    )
    assert one.next(at("10:00")) == Next("no dose recorded")


def test_until_the_dose_is_given_it_stands_there_for_when_it_is_planned() -> None:
    assert person(planned_at="2026-11-26T10:05", given_at="").dose == "planned 10:05"
    assert person(planned_at="2026-11-26T10:05").dose == "10:12"


def test_the_next_reading_is_due_with_how_far_off_it_is() -> None:
    said = "due 10:52, none recorded"
    assert person().next(at("10:40")) == Next(said, "in 12 min")
    assert person().next(at("10:52")) == Next(said, "now")
    assert person().next(at("10:58")) == Next(said, "6 min ago")
    assert person().next(at("12:07")) == Next(said, "1 h 15 min ago")


def test_where_no_time_is_named_the_last_reading_stands_and_nothing_is_due() -> None:
    assert person(due=RECORDED, after=AFTER).next(at("11:30")) == Next("last 140/88 at 10:51")
    assert person(due=[], after=None).next(at("11:30")) == Next("none recorded")


def test_after_leaving_the_clock_says_nothing_more() -> None:
    assert person(left_at="2026-11-26T12:20").next(at("12:30")) == Next("due 10:52, none recorded")
    assert person(left_at="2026-11-26T12:20").leaving == "12:20"


def test_signed_parts_stand_with_their_names_and_times() -> None:
    first = record("A", "10:05", part=1, part_name="before the dose")
    (one,) = people(draft("A", course=COURSE), records=(first,))
    assert (one.signed, one.record) == (("before the dose, 10:05",), "")
    (one,) = people(records=(first, record("A", "12:31", part_name="after the dose", course=COURSE)))
    assert one.signed == ("before the dose, 10:05", "after the dose, 12:31")
    assert one.record == "r-A-12:31"


def test_parts_without_a_name_are_told_by_their_numbers_to_the_last() -> None:
    first, last = record("A", "10:05", part=1, course=COURSE), record("A", "12:31", course=COURSE)
    (one,) = people(records=(first, last))
    assert one.signed == ("part 1, 10:05", "part 2, 12:31")


def test_a_screening_signed_as_a_whole_says_so() -> None:
    (one,) = people(records=(record("A", "12:31", course=COURSE),))
    assert one.signed == ("whole, 12:31",)


def test_all_of_a_line_can_be_heard() -> None:
    assert person().words(at("10:40")) == (
        "K 1974; Esketamine nasal spray; before the dose: 128/82, 126/80 at 09:58; dose: 10:12; "
        "next reading: due 10:52, none recorded, in 12 min; leaving: not recorded; signed: nothing yet"
    )


def signed(content: bytes, clock: str) -> SignedRecord:
    return SignedRecord("r", "s", content, Signature("Clinician A", "", "", f"2026-11-26T{clock}:00+00:00", ""))


def test_the_review_says_which_parts_are_signed_and_which_are_not() -> None:
    expected = ("before the dose", "after the dose")
    assert signed_parts_in_words([], expected) == ["Before the dose: not signed", "After the dose: not signed"]
    first = signed(b'{"part": {"number": 1, "last": false, "earlier": [], "name": "before the dose"}}', "10:05")
    assert signed_parts_in_words([first], expected) == [
        "Before the dose: signed 10:05 by Clinician A",
        "After the dose: not signed",
    ]
    unnamed = signed(b'{"part": {"number": 1, "last": false, "earlier": []}}', "10:05")
    assert signed_parts_in_words([unnamed]) == ["Part 1: signed 10:05 by Clinician A"]
    assert signed_parts_in_words([]) == []
