"""Readings that lapsed with their day: named in record and report, and nowhere the readings of the visit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from screener.clock import FixedClock
from screener.exchange.dataset.files import files
from screener.exchange.dataset.made import data_set
from screener.exchange.fhir.bundle import written as bundle_written
from screener.exchange.fhir.reading import read
from screener.exchange.html import render_html
from screener.exchange.pdf import render_pdf
from screener.exchange.plain import render_text
from screener.exchange.report import report
from screener.records.record import build, canonical
from screener.records.redacted import redacted
from screener.screening.opening import Opening
from screener.screening.session import Session
from tests.exchange.fhir.made import begun, resources, signed
from tests.exchange.tagged import structure
from tests.exchange.test_dataset import Of
from tests.records.sittings import shipped

READINGS, TITLE = "bp.readings", "Readings of another day, not used"
HIGH = [{"systolic": "191", "diastolic": "121", "phase": "before", "at": "23:50", "arm": "left"}]
TODAY = [{"systolic": "118", "diastolic": "76", "phase": "before", "at": "09:20"}]
MADE_AT = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.fixture
def session() -> Session:
    """Measured before midnight; the visit has moved on to the next day."""
    clock = FixedClock(datetime(2026, 11, 26, 23, 50, tzinfo=UTC))
    opening: Opening = replace(begun().opening, visit_date="2026-11-26")
    made = Session(shipped(), opening, clock)
    made.answer(READINGS, HIGH, note="own cuff")
    clock.moment = datetime(2026, 11, 27, 9, 15, tzinfo=UTC)
    made.set_visit("visit_date", "2026-11-27")
    return made


def content_of(session: Session) -> dict[str, Any]:
    """As it is sealed and read back."""
    content: dict[str, Any] = json.loads(canonical(build(session)))
    return content


def asked(content: dict[str, Any]) -> dict[str, Any]:
    """The question as the record has it."""
    return next(q for theme in content["themes"] for q in theme["questions"] if q["id"] == READINGS)


def test_the_record_names_them_with_their_day_apart_from_the_answers(session: Session) -> None:
    content = content_of(session)
    (kept,) = content["readings_of_another_day"]
    assert (kept["question"], kept["day"]) == (READINGS, "2026-11-26")
    assert "191/121" in kept["words"]
    assert kept["recorded"]["accounts"][0]["value"] == HIGH
    assert asked(content)["recorded"] is None and asked(content)["state"] == "not_asked"


def test_a_record_without_any_says_nothing_of_it(session: Session) -> None:
    assert "readings_of_another_day" in content_of(session)
    session.undo()
    assert "readings_of_another_day" not in content_of(session)
    assert TITLE not in render_text(report(build(session)))


def test_the_report_says_which_and_of_which_day_as_text_as_html_and_printed(session: Session) -> None:
    session.answer(READINGS, TODAY)
    document = report(content_of(session))
    assert document == report(build(session))
    printed = structure(render_pdf(document, paper="a4", made_at=MADE_AT)).text
    told = (TITLE, "191/121", "26 Nov 2026", "own cuff", "no rule read them", "readings of 26 Nov 2026 stand below")
    for said in (render_text(document), render_html(document), printed):
        flat = "".join(said.split())
        for part in (*told, "118/76"):
            assert "".join(part.split()) in flat, part


def test_what_is_measured_on_the_day_of_the_visit_stands_alone_as_its_answer(session: Session) -> None:
    session.answer(READINGS, TODAY)
    content = content_of(session)
    assert "118/76" in asked(content)["words"] and "191" not in asked(content)["words"]
    assert len(content["readings_of_another_day"]) == 1


def test_the_journal_gives_the_same_bytes(session: Session) -> None:
    steps = [json.loads(json.dumps(step)) for step in session.journaled(session.history.done)]
    again = Session.replay(shipped(), session.opening, steps, session.clock)
    assert canonical(build(again)) == canonical(build(session))


@pytest.mark.parametrize("measured", [None, TODAY])
def test_a_bundle_tells_of_them_in_its_document_alone(session: Session, measured: list[dict[str, str]] | None) -> None:
    if measured is not None:
        session.answer(READINGS, measured)
    bundle = json.loads(bundle_written(signed(session), (), shipped()))
    (cover,) = resources(bundle, "Composition")
    (section,) = [one for one in cover["section"] if one["title"] == TITLE]
    assert "191/121" in section["text"]["div"] and "of 26 Nov 2026; no rule read them" in section["text"]["div"]
    for kind in ("Observation", "QuestionnaireResponse", "DetectedIssue"):
        assert "191" not in json.dumps([strip(one) for one in resources(bundle, kind)]), kind
    back = read(json.dumps(bundle).encode(), shipped(), "made")
    found = [entry.raw for entry in back.recorded[READINGS].entries] if READINGS in back.recorded else None
    assert (found is None) == (measured is None)
    assert "191" not in json.dumps(found)


def strip(one: dict[str, Any]) -> dict[str, Any]:
    """Without what is made of chance: ids that may hold any figure."""
    return {key: value for key, value in one.items() if key in ("item", "component", "valueQuantity", "detail", "code")}


def test_tables_of_records_do_not_have_them(session: Session, tmp_path: Path) -> None:
    made = data_set(Of([content_of(session)]), shipped())
    written = b"".join(piece for _, pieces in files(made, tmp_path / "out.csv") for piece in pieces)
    assert b"191" not in written and b"121" not in written


def test_a_redacted_copy_keeps_how_many_and_nothing_of_them(session: Session) -> None:
    left = redacted(content_of(session), shipped())
    assert left["readings_of_another_day"] == 1
    assert "191" not in json.dumps(left["themes"]) and "own cuff" not in json.dumps(left)
