"""Printing without a patient: what is asked, the preview of it, and what is said while it is printed."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter

from screener.exchange import pdf
from screener.exchange.plain import render_text
from screener.text import WorldError
from screener.ui.paper import preview, printer
from screener.ui.paper.preview import PreviewPage
from screener.ui.shell.print_page import PrintPage
from tests.ui.desks import shipped
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

CARD = "If you feel in danger, tell somebody near you.\nEmergency: 112"


class NoPaper(QObject):
    """Stands in for a run of the printer: every step is made when it is told to."""

    at_page, done, failed = Signal(int, int), Signal(), Signal()

    def __init__(self, _: object, pages: object, parent: QObject) -> None:
        super().__init__(parent)

    def begin(self) -> None:
        self.at_page.emit(1, 1)

    def stop(self) -> None:
        """Nothing was handed over."""


def walk_papers(reader: Reader, blank_page: bytes) -> None:
    """The page that asks, in its states; then each kind of paper in a preview, printed and not printed."""
    for name, card, may_choose in (("", CARD, True), (", blank card", "", True), (", may not choose", "", False)):
        page = PrintPage(shipped(), "", card, may_choose=may_choose)
        reader.read("print", f"as it opens{name}", page)
        for pathway in shipped().pathways:
            page._pathways.setCurrentIndex(page._pathways.findData(pathway.id))
            reader.read("print", f"{pathway.id}{name}", page)
            page._ask_form()
            reader.read("print", f"{pathway.id} asked for{name}", page)
        page._themes.show_chosen(())
        page._ask_form()
        reader.read("print", f"without a theme{name}", page)
        page.deleteLater()
        forget()
    _forms(reader)
    _preview(reader, blank_page)


def _forms(reader: Reader) -> None:
    from screener.exchange.blank_form import blank_form, themes_of
    from screener.exchange.crisis_card import crisis_card

    for pathway in shipped().pathways:
        document = blank_form(shipped(), pathway.id, ())
        reader.note("blank form", pathway.id, render_text(document).splitlines())
        part = blank_form(shipped(), pathway.id, (), [themes_of(shipped(), pathway.id)[0].id])
        reader.note("blank form", f"{pathway.id}, in part", render_text(part).splitlines())
    reader.note("crisis card", "on paper", render_text(crisis_card(CARD, "", 4)).splitlines())


def _preview(reader: Reader, blank_page: bytes) -> None:
    from screener.exchange.crisis_card import crisis_card
    from tests.ui.desks import CLOCK

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preview, "Jobs", ByHand)
        patch.setattr(pdf, "render_pdf", lambda *_, **__: b"%PDF-1.7")
        patch.setattr(pdf, "render_pages", lambda *_, **__: [blank_page])
        patch.setattr(printer, "ask_printer", lambda *_: QPrinter())
        patch.setattr(printer, "PrintRun", NoPaper)
        page = PreviewPage("Crisis card")
        page.resize(1440, 900)
        read = partial(reader.read, "print preview")
        page.show_document(preview.ToPrint(crisis_card(CARD, "at the foot"), CLOCK.now(), "Crisis card.pdf"))
        read("being set", page)
        (jobs,) = page.findChildren(ByHand)
        jobs.work_off()
        read("set", page)
        page._bar.turn()
        read("as text", page)
        page._bar.turn()
        for action in ("page_on", "last_page", "zoom_in", "whole_page"):
            next(one for one in page._view.actions() if one.objectName() == f"action.{action}").trigger()
            jobs.work_off()
            read(f"after {action}", page)
        page._path.setText("")
        page._save_pdf()
        read("no name to save as", page)
        _printed(page, jobs, read)
        page.deleteLater()
        forget()


def _printed(page: PreviewPage, jobs: ByHand, read: partial[None]) -> None:
    for end in ("done", "failed"):
        page.print_it()
        read("set for the printer", page)
        jobs.work_off()
        run = page._run
        assert isinstance(run, NoPaper)
        read("printing", page)
        getattr(run, end).emit()
        read(f"printing {end}", page)
    page._not_printed(WorldError("The audit log cannot be written.", "Make room on the disk."))
    read("not allowed out", page)
