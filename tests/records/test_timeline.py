"""A reference's records in order of visit, each beside the one before."""

from __future__ import annotations

from screener.forms.words import short_day
from screener.records.amendment import Addition
from screener.records.amendment import build as amendment
from screener.records.browse import Signature, SignedRecord
from screener.records.record import canonical
from screener.records.sitting import Sitting, in_order, last_of_each, signed_sittings
from screener.records.timeline import timeline
from tests.records.sittings import sealed, signed


def record(name: str, day: str, at: str, amends: str | None = None) -> SignedRecord:
    if amends is None:
        content = sealed({}, day=day)
    else:
        content = amendment(amends, Addition("why", f"what {name}"), at=at, name="B", role="clinician")
    return SignedRecord(name, f"s-{name}", canonical(content), Signature("Clinician A", "", "ab", at, ""), amends)


def test_records_stand_in_order_of_visit_with_what_was_added_to_them() -> None:
    kept = [
        record("late", "2026-11-23", "2026-11-23T10:00:00+00:00"),
        record("added", "", "2026-11-24T10:00:00+00:00", amends="early"),
        record("early", "2026-07-20", "2026-11-24T09:00:00+00:00"),
    ]
    found = signed_sittings(kept)
    assert [sitting.record for sitting in found] == ["early", "late"]
    assert [entry["text"] for entry in found[0].amendments] == ["what added"]
    assert found[0].name == "20 Jul 2026, signed 24 Nov 2026 09:00"
    assert found[1].name == "23 Nov 2026, signed 10:00"


def test_an_unfinished_screening_stands_after_the_records_of_its_day() -> None:
    open_one = Sitting("s-open", sealed({}))
    done = signed("r1", sealed({}))
    assert in_order([open_one, done]) == [done, open_one]
    assert open_one.name == "23 Nov 2026, unfinished, begun 10:00"
    assert (open_one.id, done.id) == ("s-open", "r1")


def test_each_is_compared_with_the_signed_record_before_it() -> None:
    first = signed("r1", sealed({"heart.bleed": "no"}, day="2026-07-20"))
    second = signed("r2", sealed({"heart.bleed": "yes"}, day="2026-10-12"))
    drafts = [Sitting(name, sealed({"heart.bleed": "yes"}, day="2026-11-23")) for name in ("s-1", "s-2")]
    entries = timeline([*drafts, second, first])
    assert [entry.before.id if entry.before else None for entry in entries] == [None, "r1", "r2", "r2"]
    assert [entry.since.differs for entry in entries if entry.since is not None] == [True, False, False]
    assert entries[0].since is None


def test_of_a_screening_signed_in_parts_the_last_one_holds_all() -> None:
    parts = [signed(name, sealed({}), at=f"2026-11-23T1{n}:00:00+00:00", screening="s") for n, name in enumerate("ab")]
    other = signed("c", sealed({}, day="2026-01-01"))
    assert [sitting.record for sitting in last_of_each(in_order([*parts, other]))] == ["c", "b"]


def test_counts_are_given_by_mark() -> None:
    sitting = signed("r1", sealed({"heart.bleed": "yes", "heart.kinds": ["a"]}))
    marks = sitting.marks()
    assert (marks["review"], marks["note"]) == (1, 2)
    assert marks["open"] == sum(item["outcome"] != "listed" for item in sitting.content["items"])


def test_a_day_is_named_in_short_and_what_is_no_day_stays() -> None:
    assert [short_day(text) for text in ("2026-10-02", "someday", "")] == ["2 Oct 2026", "someday", ""]
