"""Debrief and sheets on paper: PDF/UA in both sizes, said to be made up on every page by banner and watermark."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import get_args

import pypdf
import pytest

from screener.exchange.pdf import Paper, render_pdf, render_text
from screener.exchange.report import report
from screener.records.document import Document
from screener.records.record import build
from screener.training.debrief import debrief
from screener.training.printed import BANNER, NO_ITEM, UNWRITTEN, WATERMARK, printed
from screener.training.retold import Retold
from screener.training.sheets import actor_sheet, observer_sheet, paper_kit, recorder_sheet
from tests.exchange.faults import faults
from tests.exchange.tagged import artifacts, structure
from tests.training.guide import shipped
from tests.training.thursdays import an_hour, thursday

MADE_AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
CUTS = (None, 10, 20, 40)


def of_an_hour(wrote: str | None = "I was unsure about the bladder.") -> Document:
    return printed(debrief(thursday(), an_hour(shipped(), wrote=wrote), shipped()))


def made(document: Document, paper: Paper = "a4") -> bytes:
    return render_pdf(document, paper=paper, made_at=MADE_AT)


def kit(cut: int | None) -> Document:
    return paper_kit(thursday(), shipped(), cut)


DOCUMENTS: dict[str, Callable[[], Document]] = {
    "debrief": of_an_hour,
    "before the key": lambda: of_an_hour(None),
    **{f"kit, {cut}": partial(kit, cut) for cut in CUTS},
    "actor": lambda: actor_sheet(thursday(), shipped()),
    "recorder": lambda: recorder_sheet(thursday(), shipped()),
    "observer": lambda: observer_sheet(thursday(), shipped()),
    "report": lambda: report(build(Retold(an_hour(shipped()), shipped()).session)),
}


@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_page_says_that_the_patient_is_made_up_and_is_read_without_a_fault(name: str, paper: Paper) -> None:
    document = DOCUMENTS[name]()
    pdf = made(document, paper)
    assert faults(pdf, document) == []
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    behind = artifacts(pdf)
    assert len(behind) == len(pages)
    for number, (page, outside) in enumerate(zip(pages, behind, strict=True), start=1):
        # Drawn behind the text and no part of what is read out; the banner says it in words, on the first page as text.
        assert outside.count(WATERMARK) == (1 if number == 1 else 2), number
        assert page.extract_text().count(WATERMARK) >= 2
    assert WATERMARK in structure(pdf).text


def test_a_report_of_a_person_has_no_watermark() -> None:
    content = build(Retold(an_hour(shipped()), shipped()).session)
    content["opening"]["made_up"] = False
    assert report(content).watermark == ""


def test_the_debrief_on_paper_says_what_the_screen_says() -> None:
    found = debrief(thursday(), an_hour(shipped()), shipped())
    text = render_text(printed(found))
    wanted = [effect.text for row in found.rows for effect in row.effects]
    wanted += [row.words for row in found.rows] + [remark for row in found.rows for remark in row.remarks]
    wanted += [one.words for one in found.never_told] + [one.words for one in found.timeline]
    wanted += [item.did for item in (*found.items, *found.traps)] + [item.note for item in (*found.items, *found.traps)]
    wanted += [*found.discussion, found.try_next, found.wrote or "", NO_ITEM, BANNER]
    wanted += [one.words for one in found.times] + [title for one in found.guesses for title in one.listed]
    assert [words for words in wanted if words not in text] == []


def test_before_the_trainee_has_written_paper_shows_nothing_of_the_key() -> None:
    text = render_text(of_an_hour(None))
    assert UNWRITTEN in text
    for secret in ("Some nights", "A telephone is nobody", "dozen times", "For discussion"):
        assert secret not in text


def test_the_recorders_sheet_shows_nothing_of_the_key() -> None:
    text = render_text(recorder_sheet(thursday(), shipped()))
    scenario = thursday()
    secrets = [told.words for fact in scenario.facts for told in fact.told] + [fact.title for fact in scenario.facts]
    secrets += [item.note for item in scenario.expected] + [scenario.story, scenario.interruption.words]
    assert [secret for secret in secrets if secret in text] == []
    assert scenario.opening_line in text
    assert scenario.reference in text


def test_a_shortened_recorders_sheet_names_what_is_known_from_before_and_nothing_that_is_left_to_ask() -> None:
    text = render_text(recorder_sheet(thursday(), shipped(), 10))
    assert "Repeatedly, and at present" in text
    assert "Passing water often" not in text
    assert "10 minutes" in text


def test_the_actors_sheet_has_every_word_with_what_it_takes_and_the_stop_word_first() -> None:
    scenario = thursday()
    text = render_text(actor_sheet(scenario, shipped()))
    assert all(told.words in text for fact in scenario.facts for told in fact.told)
    assert "with nobody else in the room" in text
    assert "the friend says it, when asked in open words" in text
    assert text.index("Stop word: Bakery") < text.index(scenario.story)
    assert scenario.content_warning in text
    shortened = render_text(actor_sheet(scenario, shipped(), 10))
    assert "One for sleeping" not in shortened
    assert "Some nights I think about how." in shortened


def test_the_observer_brings_the_interruption_within_the_time_and_has_room_to_write_but_no_place_for_a_mark() -> None:
    text = render_text(observer_sheet(thursday(), shipped()))
    assert "Minute 12: You break in" in text
    assert "Minute 8: You break in" in render_text(observer_sheet(thursday(), shipped(), 10))
    assert not any(word in text.lower() for word in ("score", "points", "mark out", "grade", "passed"))


@pytest.mark.parametrize("cut", CUTS)
def test_each_of_the_three_gets_sheets_of_their_own_also_where_both_sides_are_printed_on(cut: int | None) -> None:
    pages = [
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made(paper_kit(thursday(), shipped(), cut)))).pages
    ]
    begins = [
        next(number for number, text in enumerate(pages, start=1) if title in text)
        for title in ("For who plays the patient", "For who asks and records", "For who watches")
    ]
    assert begins == sorted(begins)
    assert all(number % 2 for number in begins)
