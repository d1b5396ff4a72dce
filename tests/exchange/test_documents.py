"""Every document that the program prints, in both sizes; and of each, a file with one thing taken out is not passed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, get_args

import pikepdf
import pytest

from screener.exchange.blank_form import blank_form
from screener.exchange.crisis_card import crisis_card
from screener.exchange.pdf import Paper, render_pdf
from screener.exchange.report import report
from screener.records.document import Document
from screener.records.record import build
from screener.training.debrief import debrief
from screener.training.printed import printed
from screener.training.rehearsal import read_patient
from screener.training.sheets import actor_sheet, observer_sheet, recorder_sheet
from tests.exchange.faults import faults
from tests.exchange.placed import sizes
from tests.exchange.sample import MADE_AT, STANDING
from tests.records.sittings import shipped
from tests.training.test_rehearsal import FIRST, rehearsed
from tests.training.thursdays import an_hour, thursday

DOCUMENTS: dict[str, Callable[[], Document]] = {
    "report": lambda: report(build(rehearsed(read_patient(FIRST)))),
    "debrief": lambda: printed(debrief(thursday(), an_hour(shipped(), wrote="I was unsure."), shipped())),
    "blank form": lambda: blank_form(shipped(), "dose-day", ("us-label",)),
    "crisis card": lambda: crisis_card("Somebody is there.\n\nNorthside: 555 0100", STANDING, 4),
    "actor": lambda: actor_sheet(thursday(), shipped()),
    "recorder": lambda: recorder_sheet(thursday(), shipped()),
    "observer": lambda: observer_sheet(thursday(), shipped()),
}
WIDTHS = {"a4": 595, "us-letter": 612}


@cache
def document(name: str) -> Document:
    return DOCUMENTS[name]()


@cache
def made(name: str, paper: Paper = "a4") -> bytes:
    return render_pdf(document(name), paper=paper, made_at=MADE_AT)


@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_and_printed_without_a_fault(name: str, paper: Paper) -> None:
    assert faults(made(name, paper), document(name)) == []
    assert {round(width) for width, _ in sizes(made(name, paper))} == {WIDTHS[paper]}


# --- what is taken out of a good file ---------------------------------------------------------------------------------


def elements(opened: pikepdf.Pdf, *roles: str) -> Iterator[Any]:
    """The elements of the structure with one of these roles, in reading order."""

    def walk(one: Any) -> Iterator[Any]:
        kids = one.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if str(kid.S)[1:] in roles:
                    yield kid
                yield from walk(kid)

    return walk(opened.Root.StructTreeRoot)


def header_cells(opened: pikepdf.Pdf) -> None:
    for cell in elements(opened, "TH"):
        cell.S = pikepdf.Name.TD


def a_level(opened: pikepdf.Pdf) -> None:
    last = list(elements(opened, "H1", "H2", "H3"))[-1]
    last.S = pikepdf.Name("/H5")


def language(opened: pikepdf.Pdf) -> None:
    del opened.Root.Lang


def title(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["dc:title"]


def display_of_the_title(opened: pikepdf.Pdf) -> None:
    opened.Root.ViewerPreferences.DisplayDocTitle = False


def words_of_a_figure(opened: pikepdf.Pdf) -> None:
    """None of ours has a figure; one paragraph is made one."""
    next(elements(opened, "P")).S = pikepdf.Name.Figure


def the_mark_of_a_line(opened: pikepdf.Pdf) -> None:
    opened.pages[0].contents_add(b"q 40 40 200 1 re f Q")


def the_mark_of_a_page_s_foot(opened: pikepdf.Pdf) -> None:
    page = opened.pages[-1]
    kept, skipped = [], []
    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        if name in ("BDC", "BMC"):
            properties = step.operands[1] if len(step.operands) > 1 else pikepdf.Dictionary()
            skipped.append(properties.get("/Subtype") == "/Footer")
        if not (name in ("BDC", "BMC", "EMC") and skipped[-1]):
            kept.append(step)
        if name == "EMC":
            skipped.pop()
    page.Contents = opened.make_stream(pikepdf.unparse_content_stream(kept))


def the_mark_that_it_is_tagged(opened: pikepdf.Pdf) -> None:
    opened.Root.MarkInfo.Marked = False


TAKEN_OUT: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "header cells": (header_cells, "without one head of header cells"),
    "a level": (a_level, "skips a level"),
    "the language": (language, "the language is not"),
    "the title": (title, "not in its metadata"),
    "the display of the title": (display_of_the_title, "the file's name in place of the title"),
    "the words of a figure": (words_of_a_figure, "a figure without words"),
    "the mark of a line": (the_mark_of_a_line, "something is drawn that is neither"),
    "the mark of a page's foot": (the_mark_of_a_page_s_foot, "neither tagged nor marked"),
    "that it is tagged": (the_mark_that_it_is_tagged, "not marked as tagged"),
}
WITHOUT = {"header cells": ("crisis card",), "a level": ("crisis card",)}
"""Documents that have none of it."""


@pytest.mark.parametrize("what", TAKEN_OUT)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_with_one_thing_taken_out_is_not_passed(name: str, what: str) -> None:
    take, fault = TAKEN_OUT[what]
    with pikepdf.open(io.BytesIO(made(name))) as opened:
        if name in WITHOUT.get(what, ()):
            assert not list(elements(opened, "TH", "H1", "H2", "H3"))
            return
        if what == "header cells" and not list(elements(opened, "TH")):
            assert not list(elements(opened, "Table"))
            return
        take(opened)
        out = io.BytesIO()
        opened.save(out)
    assert any(fault in one for one in faults(out.getvalue(), document(name)))


def test_a_figure_that_is_told_in_words_is_no_fault() -> None:
    with pikepdf.open(io.BytesIO(made("crisis card"))) as opened:
        words_of_a_figure(opened)
        next(elements(opened, "Figure")).Alt = pikepdf.String("The words of the card")
        out = io.BytesIO()
        opened.save(out)
    assert faults(out.getvalue(), document("crisis card")) == []
