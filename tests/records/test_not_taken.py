"""What a file offered and nobody took is sealed in the record: who, of which day, what; taken answers are not in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from screener.exchange.fhir.bundle import written as bundle_written
from screener.exchange.fhir.reading import read
from screener.exchange.html import render_html
from screener.exchange.pdf import render_pdf
from screener.exchange.plain import render_text
from screener.exchange.report import report
from screener.records import signed_file
from screener.records.record import build, canonical
from screener.records.redacted import redacted
from screener.records.signed_file import SignedFile
from screener.screening.offered import OfferedFile
from screener.screening.session import Session
from screener.store.signing import is_as_signed
from tests.exchange.fhir.made import begun, resources, signed
from tests.exchange.tagged import structure
from tests.records.sittings import shipped
from tests.screening.test_session_machine import CLOCK, PACK, opening

READ_AT = "2026-11-23T09:00:00+00:00"
NO = {"value": "no"}
MADE_AT = datetime(2026, 11, 23, tzinfo=UTC)


def file_of(name: str = "portal.json", by: str = "patient", day: str = "2026-11-12", **answers: Any) -> OfferedFile:
    said = {question.replace("__", "."): one for question, one in answers.items()}
    return OfferedFile(name, name, "ab" * 32, by, day, READ_AT, "Clinician A", said)


def offered(*files: OfferedFile) -> Session:
    session = Session(PACK, opening(), CLOCK)
    for file in files:
        session.offer_file(file)
    return session


def kept(session: Session) -> list[tuple[str, str, str]]:
    """File, question and words, as the record has them."""
    content = json.loads(canonical(build(session)))
    files = content.get("offered_not_taken", [])
    return [(file["name"], one["question"], one["words"]) for file in files for one in file["answers"]]


def use(session: Session, question: str) -> None:
    """As `Use it` does."""
    offer = session.offered(question)
    assert offer is not None
    session.answer(question, offer.given, by=offer.file.informant, note=offer.source)


def same(session: Session, question: str) -> None:
    """As `Asked today, same` does."""
    offer = session.offered(question)
    assert offer is not None
    session.answer(question, offer.given, note=offer.source)


def test_what_nobody_took_is_kept_with_who_said_it_when_and_what() -> None:
    session = offered(file_of(heart__bleed=NO, heart__mi={"state": "declined"}, body__weight={"value": "71.5"}))
    (file,) = build(session)["offered_not_taken"]
    assert {name: said for name, said in file.items() if name != "answers"} == {
        "name": "portal.json",
        "sha256": "ab" * 32,
        "by": "patient",
        "authored": "2026-11-12",
        "read_at": READ_AT,
        "read_by": "Clinician A",
    }
    assert [(one["question"], one.get("value"), one.get("state")) for one in file["answers"]] == [
        ("heart.mi", None, "declined"),
        ("heart.bleed", "no", None),
        ("body.weight", "71.5", None),
    ]
    assert kept(session)[0] == ("portal.json", "heart.mi", "declined")
    assert session.recorded == {}


@pytest.mark.parametrize("take", [use, same])
def test_what_was_taken_stands_under_its_question_alone(take: Callable[[Session, str], None]) -> None:
    session = offered(file_of(heart__mi=NO, heart__bleed=NO))
    take(session, "heart.mi")
    assert [question for _, question, _ in kept(session)] == ["heart.bleed"]
    session.undo()
    assert [question for _, question, _ in kept(session)] == ["heart.mi", "heart.bleed"]


def test_where_something_else_was_recorded_what_the_file_said_is_kept_beside_it() -> None:
    session = offered(file_of(heart__mi=NO))
    session.answer("heart.mi", "yes")
    assert kept(session) == [("portal.json", "heart.mi", "no")]
    same(session, "heart.mi")
    session.answer("heart.mi", "yes")
    assert kept(session) == [("portal.json", "heart.mi", "no")], "the note stays, the answer is another"


def test_of_two_files_of_one_person_and_day_each_tells_its_own() -> None:
    first = file_of("first.json", heart__mi={"value": "yes"}, heart__bleed=NO)
    session = offered(first, file_of("second.json", heart__mi=NO))
    use(session, "heart.mi")
    assert kept(session) == [("first.json", "heart.mi", "yes"), ("first.json", "heart.bleed", "no")]


def test_what_the_content_asks_no_more_is_kept_as_the_file_has_it() -> None:
    session = offered(file_of(gone__question={"value": {"a": 1}}, body__weight={"value": "heavy"}))
    assert kept(session) == [("portal.json", "body.weight", "heavy"), ("portal.json", "gone.question", '{"a": 1}')]


def test_a_record_of_which_all_was_taken_or_nothing_offered_has_no_such_key() -> None:
    assert "offered_not_taken" not in build(offered())
    session = offered(file_of(heart__mi=NO))
    use(session, "heart.mi")
    assert "offered_not_taken" not in build(session)
    assert "Offered and not taken" not in render_text(report(build(session)))


def test_the_journal_gives_the_same_bytes_in_whatever_order_it_keeps_names() -> None:
    session = offered(file_of(heart__bleed=NO, heart__mi=NO, body__weight={"value": "70"}))
    steps = [json.loads(json.dumps(step.to_json(), sort_keys=True)) for step in session.history.done]
    again = Session.replay(PACK, session.opening, steps, CLOCK)
    assert canonical(build(again)) == canonical(build(session))


def test_report_says_so_as_text_as_html_and_printed() -> None:
    session = offered(file_of(heart__bleed=NO))
    document = report(json.loads(canonical(build(session))))
    assert document == report(build(session))
    printed = structure(render_pdf(document, paper="a4", made_at=MADE_AT)).text
    for said in (render_text(document), render_html(document), printed):
        flat = " ".join(said.split())
        for part in ("Offered and not taken", "patient, 12 Nov 2026, portal.json", "ab" * 32):
            assert part.replace(" ", "") in flat.replace(" ", ""), part


def shipped_session() -> Session:
    session = begun()
    session.answer("heart.attack", "yes")
    session.offer_file(file_of(heart__attack=NO, heart__failure=NO))
    return session


def test_a_bundle_tells_it_in_its_document_and_reads_back_what_was_recorded_alone() -> None:
    session = shipped_session()
    raw = bundle_written(signed(session), (), shipped())
    (cover,) = resources(json.loads(raw), "Composition")
    (section,) = [one for one in cover["section"] if one["title"] == "Offered and not taken"]
    assert "no (patient, 12 Nov 2026, portal.json; read 2026-11-23 09:00 by Clinician A)" in section["text"]["div"]
    back = read(raw, shipped(), "made")
    assert list(back.recorded) == ["heart.attack"]
    assert [entry.raw for entry in back.recorded["heart.attack"].entries] == ["yes"]


def test_signed_with_it_a_record_is_as_signed_and_comes_back_whole() -> None:
    made = SignedFile(signed(shipped_session()))
    assert is_as_signed(made)
    assert signed_file.read(signed_file.written(made)) == made
    content = made.record.content.replace(b'"words":"no"', b'"words":"na"')
    assert content != made.record.content
    assert not is_as_signed(SignedFile(replace(made.record, content=content)))


def test_a_redacted_copy_keeps_how_many_and_nothing_of_them() -> None:
    content = json.loads(canonical(build(shipped_session())))
    left = redacted(content, shipped())
    assert left["offered_not_taken"] == 2
    assert "portal.json" not in json.dumps(left)
    del content["offered_not_taken"]
    assert redacted(content, shipped())["offered_not_taken"] == 0
