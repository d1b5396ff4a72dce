"""What a report says: who, under what, answers, items with their because, source and response, and what stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from screener.clock import FixedClock
from screener.exchange.pdf import render_pdf
from screener.exchange.plain import render_text
from screener.exchange.report import MARK_NAMES, RESPONSE_WORDS, STATE_WORDS, report
from screener.forms.model import TIERS
from screener.records.document import (
    Bullets,
    Document,
    Entry,
    Facts,
    Heading,
    Inline,
    Paragraph,
    SignatureBlock,
    Table,
)
from screener.records.record import build
from screener.screening.review import response
from screener.screening.session import Session
from screener.screening.steps import ResponseKind
from screener.text import STANDING_SENTENCE
from tests.exchange.faults import faults
from tests.screening.test_session_machine import PACK, opening

B = TypeVar("B")
ANSWERS: dict[str, Any] = {
    "heart.mi": "no",
    "heart.bleed": {"state": "not_known"},
    "heart.kinds": ["b", "a"],
    "heart.pressures": [{"systolic": 150, "diastolic": 92, "phase": "before"}],
    "body.weight": 104,
    "body.height": 170,
    "body.apnoea": {"state": "declined"},
}
SIGNATURE = {"signer": "Clinician A", "signed_at": "2026-11-23T11:02:00+01:00", "fingerprint": "ab12 cd34"}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 10, 28, tzinfo=UTC)

    def now(self) -> datetime:
        return FixedClock(self.at).now()


def begun(clock: Clock | None = None, **extra: Any) -> Session:
    given: dict[str, Any] = {"parameters": {"limit": "a"}, "second_mark": "K 1974", "product": "a lozenge", **extra}
    session = Session(PACK, opening(**given), clock or Clock())
    for question, raw in ANSWERS.items():
        session.answer(question, raw)
    return session


def of(session: Session, signature: dict[str, Any] | None = None, *, incomplete: str | None = None) -> Document:
    return report(build(session, incomplete=incomplete), signature)


def under(document: Document, heading: str, kind: type[B]) -> list[B]:
    """The blocks of a kind that stand under a heading, up to the next one of its level or above."""
    found, inside = list[B](), 0
    for block in document.blocks:
        if isinstance(block, Heading):
            if inside and block.level <= inside:
                break
            inside = block.level if block.text == heading else inside
        elif inside and isinstance(block, kind):
            found.append(block)
    return found


def text(content: Inline) -> str:
    return "".join(run.text for run in content)


def lines(entry: Entry) -> dict[str, str]:
    return {name: text(value) for name, value in entry.lines}


def facts(document: Document) -> dict[str, str]:
    (found,) = under(document, "This screening", Facts)
    return {name: text(value) for name, value in found.pairs}


def test_the_head_says_who_on_which_pathway_under_which_profiles_and_content() -> None:
    document = of(begun())
    assert document.subtitle == "T-1 · Esketamine · visit 2026-11-23"
    said = facts(document)
    assert said["Patient reference"] == "T-1"
    assert said["Second mark"] == "K 1974"
    assert said["Visit date"].startswith("2026-11-23")
    assert said["Pathway"] == "Esketamine"
    assert said["Product of this visit"] == "a lozenge"
    assert said["Profiles"] == "general (1, 2026); clinic (1, 2026)"
    assert said["Clinic's choice"] == "Limit: a; source: A label"
    assert said["Recorded by"] == "Clinician A, clinician"
    assert said["Content"] == f"pack small 1, unreviewed, {PACK.hash[:12]}"


def test_the_standing_line_says_how_much_was_read_again_and_what_the_list_is_not() -> None:
    assert of(begun()).standing == (
        f"Pack small 1, content not yet re-read by a named clinician: 0 of 10 rules. {STANDING_SENTENCE}"
    )


def test_answers_stand_by_theme_positives_first_then_what_is_open_then_negatives() -> None:
    (heart,) = under(of(begun()), "Heart", Table)
    assert [(text(row[0]), text(row[1])) for row in heart.rows] == [
        ("Which?", "A, B"),
        ("Readings", "before dose: 150/92"),
        ("Bleeding in the brain, ever?", "not known"),
        ("Heart attack, ever?", "no"),
    ]
    (body,) = under(of(begun()), "Body", Table)
    assert [text(row[0]) for row in body.rows] == ["Weight", "Height", "BMI", "Sleep apnoea?", "Treated?"]
    assert text(body.rows[-2][1]) == "declined"


@pytest.mark.parametrize("state", ["not_known", "declined", "come_back"])
def test_a_state_is_printed_as_what_it_is_and_never_as_a_no(state: str) -> None:
    session = begun()
    session.answer("heart.bleed", {"state": state})
    (heart,) = under(of(session), "Heart", Table)
    said = {text(row[0]): text(row[1]) for row in heart.rows}
    assert said["Bleeding in the brain, ever?"] == STATE_WORDS[state]


def test_what_was_not_asked_is_printed_as_not_asked() -> None:
    document = report(build(Session(PACK, opening(), Clock())))
    for theme in ("Heart", "Body"):
        (table,) = under(document, theme, Table)
        assert {text(row[1]) for row in table.rows} <= {"not asked", "not worked out"}


def test_a_hidden_question_is_named_with_the_answer_that_hides_it() -> None:
    session = begun()
    (hidden,) = under(of(session), "Heart", Bullets)
    assert [text(item) for item in hidden.items] == ["When?: not shown, because Heart attack, ever?: no."]
    session.answer("heart.mi", "yes")
    session.answer("heart.mi_on", "2019")
    session.answer("heart.mi", "no")
    (hidden,) = under(of(session), "Heart", Bullets)
    assert "An answer given before is kept: 2019" in text(hidden.items[0])


def test_a_listed_item_brings_fact_because_source_with_its_strength_product_and_response() -> None:
    session = begun()
    session.respond({"heart.pressure": response(session, "heart.pressure", "reviewed", note="seen twice")})
    entries = {lines(entry)["Item"]: entry for entry in under(of(session), "Listed", Entry)}
    item = entries["Heart, heart.pressure"]
    assert (item.mark, item.mark_name) == ("review", "For review")
    said = lines(item)
    assert list(said) == ["Fact", "Because", "Source", "Text read", "Response", "Item"]
    assert said["Because"] == "Readings: before dose: 150/92"
    assert said["Source"] == "warning: A label"
    assert said["Text read"] == "all of it. The source speaks of a spray; here: a lozenge."
    assert said["Response"] == "Reviewed (Clinician A, 2026-11-23 10:28 (UTC))\nseen twice"
    assert lines(entries["Heart, heart.any_kind"])["Response"] == "none recorded"


def test_every_listed_item_has_its_because() -> None:
    entries = under(of(begun()), "Listed", Entry)
    assert entries
    assert all(lines(entry)["Because"] for entry in entries)


@pytest.mark.parametrize("kind", RESPONSE_WORDS)
def test_each_kind_of_response_is_said_in_words(kind: ResponseKind) -> None:
    session = begun()
    given = response(session, "heart.any_kind", kind, from_whom="the GP", until="Thursday")
    session.respond({"heart.any_kind": given})
    (said,) = [e for e in under(of(session), "Listed", Entry) if e.heading == "heart.any kind"]
    assert lines(said)["Response"].startswith(f"{RESPONSE_WORDS[kind]}, from the GP, by Thursday (Clinician A, ")


def test_a_response_to_an_earlier_state_says_what_differs_since() -> None:
    session = begun()
    session.respond({"heart.any_kind": response(session, "heart.any_kind", "reviewed")})
    session.answer("heart.kinds", ["a"])
    (said,) = [e for e in under(of(session), "Listed", Entry) if e.heading == "heart.any kind"]
    assert "Given for an earlier state. Since then:\nWhich?: A, B → A" in lines(said)["Response"]


def test_a_further_level_that_is_open_says_for_want_of_what() -> None:
    (said,) = [e for e in under(of(begun()), "Listed", Entry) if "BMI" in e.heading]
    assert lines(said)["Further level"] == "A further level is not established; missing: Sleep apnoea?: declined"


def test_a_reading_stands_with_time_arm_and_position_among_the_answers_and_short_in_a_because() -> None:
    session = begun()
    how = {"phase": "before", "at": "10:31", "arm": "left", "position": "seated"}
    session.answer("heart.pressures", [{"systolic": 151, "diastolic": 94, "pulse": 82, **how}])
    (heart,) = under(of(session), "Heart", Table)
    said = {text(row[0]): text(row[1]) for row in heart.rows}
    assert said["Readings"] == "before dose: 151/94 82 (10:31, left arm, seated)"
    entries = {lines(entry)["Item"]: lines(entry) for entry in under(of(session), "Listed", Entry)}
    assert entries["Heart, heart.pressure"]["Because"] == "Readings: before dose: 151/94 82"


def test_readings_of_another_phase_are_not_given_as_what_is_missing() -> None:
    session = begun()
    session.answer("heart.pressures", [{"systolic": 191, "diastolic": 124, "pulse": 96, "phase": "leaving"}])
    (table,) = under(of(session), "Not established for other items", Table)
    assert "Readings: no reading before dose" in [text(row[0]) for row in table.rows]


def test_what_is_not_established_names_what_is_missing_and_never_looks_listed() -> None:
    entries = under(of(begun()), "Not established", Entry)
    assert {entry.mark for entry in entries} == {"open"}
    assert [lines(entry)["Missing"] for entry in entries] == ["Bleeding in the brain, ever?: not known"]
    assert not any("Because" in lines(entry) for entry in entries)


def test_other_items_that_are_open_are_grouped_by_what_they_wait_for() -> None:
    (table,) = under(of(begun()), "Not established for other items", Table)
    said = {text(row[0]): text(row[1]).split("\n") for row in table.rows}
    assert said["Sleep apnoea?: declined"] == ["body.untreated (Body)"]
    assert len(said) == len(table.rows)
    nothing = report(build(Session(PACK, opening(parameters={"limit": "a"}), Clock())))
    (table,) = under(nothing, "Not established for other items", Table)
    groups = {text(row[0]): text(row[1]).split("\n") for row in table.rows}
    assert groups["Readings: not asked"] == ["heart.pressure (Heart)", "heart.own limit (Heart)"]


def test_checks_that_ran_and_listed_nothing_are_named() -> None:
    (listed,) = under(of(begun()), "Checks that ran and listed nothing", Bullets)
    said = [text(item) for item in listed.items]
    assert "heart.own limit (Heart, heart.own_limit)" in said
    assert not [line for line in said if "heart.pressure)" in line or "heart.bled)" in line]


def test_every_rule_stands_in_the_report_exactly_once() -> None:
    for session in (begun(), Session(PACK, opening(), Clock())):
        content = build(session)
        found = [e["rule"] for part in ("items", "otherwise_open", "not_listed") for e in content[part]]
        assert sorted(found) == sorted(session.rules.rules)
        said = render_text(report(content))
        for title in (e["title"] for part in ("items", "otherwise_open", "not_listed") for e in content[part]):
            assert title in said


def test_an_empty_list_says_what_it_is_and_names_what_is_open() -> None:
    content = build(begun())
    paragraph = under(report({**content, "items": []}), "For clinician review", Paragraph)
    assert [text(p.content) for p in paragraph] == [
        "Nothing listed on these answers. What is not established stands below."
    ]


def test_several_accounts_stand_side_by_side_each_with_its_note() -> None:
    session = begun()
    session.answer("heart.bleed", "no", note="quite sure")
    session.answer("heart.bleed", "yes", by="spouse", note="saw the letter")
    (heart,) = under(of(session), "Heart", Table)
    (row,) = [row for row in heart.rows if text(row[0]) == "Bleeding in the brain, ever?"]
    assert text(row[1]) == "patient: no · spouse: yes (accounts differ, none named as used)"
    assert text(row[2]) == "patient, 10:28, quite sure\nspouse, 10:28, saw the letter"
    session.use_account("heart.bleed", "spouse")
    (heart,) = under(of(session), "Heart", Table)
    (row,) = [row for row in heart.rows if text(row[0]) == "Bleeding in the brain, ever?"]
    assert text(row[1]) == "patient: no · spouse: yes (used)"


def test_the_patients_own_words_stand_with_their_time_and_question() -> None:
    session = begun()
    session.jot("It was the worst winter.", "heart.mi")
    session.jot("I just want one quiet week.")
    (jots,) = under(of(session), "The patient's own words", Bullets)
    assert [text(jot) for jot in jots.items] == [
        "“It was the worst winter.” 10:28, Heart attack, ever?",
        "“I just want one quiet week.” 10:28, not linked to a question",
    ]


def test_what_was_said_on_another_day_than_the_visits_bears_its_date() -> None:
    clock = Clock()
    session = begun(clock)
    clock.at = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
    session.answer("heart.bleed", "no")
    session.jot("Slept on it.")
    (heart,) = under(of(session), "Heart", Table)
    said = {text(row[0]): text(row[2]) for row in heart.rows}
    assert said["Bleeding in the brain, ever?"] == "patient, 2026-11-24 08:05"
    assert said["Which?"] == "patient, 10:28"
    (jots,) = under(of(session), "The patient's own words", Bullets)
    assert text(jots.items[0]).endswith(" 2026-11-24 08:05, not linked to a question")


def test_the_clinicians_summary_stands_paragraph_by_paragraph_and_an_empty_one_not_at_all() -> None:
    session = begun()
    assert not under(of(session), "Clinician's summary and plan", Paragraph)
    session.summarise("Comes back in a week.\n\nLetter to the GP.\n")
    found = under(of(session), "Clinician's summary and plan", Paragraph)
    assert [text(p.content) for p in found] == ["Comes back in a week.", "Letter to the GP."]


def test_an_unsigned_report_says_so_on_every_page_and_leaves_room_for_a_hand() -> None:
    document = of(begun())
    assert document.banner == "Preview: not signed"
    (block,) = under(document, "Signature", SignatureBlock)
    assert block.pairs == (("Prepared by", "Clinician A, clinician"), ("Signature", ""), ("Date", ""))


def test_a_signed_report_says_by_whom_when_and_with_which_key() -> None:
    document = of(begun(), SIGNATURE | {"checked": "The content is as it was signed."})
    assert document.banner == ""
    (block,) = under(document, "Signature", SignatureBlock)
    assert dict(block.pairs) == {
        "Signed as": "Clinician A, clinician",
        "Signed by": "Clinician A",
        "Signed at": "2026-11-23 11:02 (UTC+01:00)",
        "Key": "ab12 cd34",
        "Checked": "The content is as it was signed.",
    }


def test_an_incomplete_one_says_why_before_all_else_and_shows_what_is_open_first() -> None:
    document = of(begun(), SIGNATURE, incomplete="the last bus")
    first = document.blocks[0]
    assert isinstance(first, Paragraph) and first.tone == "note"
    assert text(first.content) == "Signed as incomplete: the last bus"
    names = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    assert names.index("Not established") < names.index("Listed")


@pytest.mark.parametrize("signature", [None, SIGNATURE])
def test_a_made_up_patient_is_named_as_one_on_every_page(signature: dict[str, Any] | None) -> None:
    document = of(begun(made_up=True), signature)
    assert document.banner.startswith("MADE-UP PATIENT: for practice, not a record of care")
    assert ("not signed" in document.banner) is (signature is None)


@pytest.mark.parametrize("signature", [None, SIGNATURE])
@pytest.mark.parametrize("made_up", [False, True])
def test_a_report_from_a_record_is_set_without_a_fault(signature: dict[str, Any] | None, made_up: bool) -> None:
    session = begun(made_up=made_up)
    session.jot("x" * 200)
    session.summarise("y" * 400)
    session.respond({"heart.any_kind": response(session, "heart.any_kind", "reviewed", note="z" * 300)})
    for incomplete in (None, "w" * 200):
        document = of(session, signature, incomplete=incomplete)
        assert faults(render_pdf(document, paper="a4", made_at=Clock().now()), document) == []


def test_a_long_reference_and_product_keep_their_place() -> None:
    document = of(replace_opening(begun(), reference="R" * 120, product="p" * 200))
    assert faults(render_pdf(document, paper="us-letter", made_at=Clock().now()), document) == []


def replace_opening(session: Session, **changes: Any) -> Session:
    return Session.replay(
        PACK, replace(session.opening, **changes), [s.to_json() for s in session.history.done], Clock()
    )


def test_every_tier_has_its_mark() -> None:
    assert set(MARK_NAMES) == {*TIERS, "open"}
