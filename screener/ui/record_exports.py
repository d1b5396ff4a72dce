"""What a signed record can be taken out as: asked for on one page, written after its line in the audit log."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from screener.language import tr
from screener.records.signed_file import SUFFIX
from screener.ui.jobs import Jobs
from screener.ui.shell.save_page import Writing
from screener.ui.shell.window import MainWindow
from screener.ui.taking_out import TakingOut

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.records.browse import Shelf, SignedRecord
    from screener.records.document import Document
    from screener.ui.shell.export_page import ExportPage, Offer
    from screener.ui.shell.save_page import SavePage

Amended = tuple["SignedRecord", "list[SignedRecord]"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way out: its offer, what is asked before it is written, its kind in the audit log, its bytes."""

    offer: Offer
    writing: Writing
    kind: str
    made: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class RecordExports:
    """Over one shelf and the thread that it is used on. `pack_of`: the content of a hash, or the nearest there is."""

    window: MainWindow
    shelf: Shelf
    jobs: Jobs
    pack_of: Callable[[str], Pack]

    def open(self, read: Amended) -> None:
        """Show what there is to choose from, over the record's page."""
        found = {way.offer.id: way for way in ways(read, self.pack_of)}
        page = page_of([way.offer for way in found.values()])
        page.chosen.connect(partial(self._choose, read[0], found))
        page.closed.connect(self.window.close_over)
        self.window.show_over(page)

    def _choose(self, record: SignedRecord, found: Mapping[str, Way], chosen: str) -> None:
        self._ask_where(record, found[chosen])

    def _ask_where(self, record: SignedRecord, way: Way) -> None:
        from screener.ui.shell.save_page import SavePage

        page = SavePage(way.writing)
        page.save.connect(partial(self._take_out, page, record, way))
        page.closed.connect(self.window.close_over)
        self.window.show_over(page)

    def _take_out(self, page: SavePage, record: SignedRecord, way: Way, path: Path, _: bool) -> None:
        from screener.store.files import write_elsewhere

        shown = self.window.while_shown
        written = partial(shown(page, page.show_written), path)
        TakingOut(self.shelf, self.jobs).take(
            record,
            way.kind,
            lambda: write_elsewhere(path, [way.made()]),
            written,
            shown(page, page.show_problem),
        )


def ways(read: Amended, pack_of: Callable[[str], Pack]) -> list[Way]:
    """Everything that a record can be taken out as."""
    from screener.ui.shell.export_page import Offer

    record, amendments = read
    text, html = (note_of(record, suffix) for suffix in (".txt", ".html"))
    return [
        Way(
            Offer("text", tr("Text for another system's note"), tr("The whole report as plain text.")),
            text,
            "text",
            partial(_text_of, record, amendments),
        ),
        Way(
            Offer(
                "html",
                tr("HTML for another system's note"),
                tr("The whole report with its headings and tables, without any style of its own."),
            ),
            html,
            "html",
            partial(_html_of, record, amendments),
        ),
        Way(
            Offer(
                "signed",
                tr("Signed file"),
                tr("Byte for byte as it was signed, to be checked anywhere. It holds all that was said."),
            ),
            signed_file_of(record),
            "signed file",
            partial(_signed_of, record, amendments),
        ),
        Way(
            Offer(
                "fhir",
                tr("FHIR bundle (R4)"),
                tr("For another system that reads FHIR: every answer, measurement, medicine and item in one document."),
            ),
            fhir_of(record),
            "fhir",
            partial(_fhir_of, record, amendments, pack_of),
        ),
        Way(
            Offer(
                "redacted",
                tr("Redacted copy"),
                tr("Without reference, names, notes and typed text; of every date its year."),
            ),
            REDACTED,
            "redacted",
            partial(_redacted_of, record, pack_of),
        ),
    ]


def page_of(offers: Sequence[Offer]) -> ExportPage:
    """The page on which one of them is chosen."""
    from screener.ui.shell.export_page import ExportPage

    return ExportPage(tr("Export"), tr("Each export leaves a line in the audit log."), offers)


def _redacted_of(record: SignedRecord, pack_of: Callable[[str], Pack]) -> bytes:
    from screener.records.redacted import written

    content = json.loads(record.content)
    return written(content, pack_of(content["pack"]["hash"]))


def _fhir_of(record: SignedRecord, amendments: list[SignedRecord], pack_of: Callable[[str], Pack]) -> bytes:
    from screener.exchange.fhir.bundle import written

    return written(record, amendments, pack_of(json.loads(record.content)["pack"]["hash"]))


def _signed_of(record: SignedRecord, amendments: list[SignedRecord]) -> bytes:
    from screener.records.signed_file import SignedFile, written

    return written(SignedFile(record, tuple(amendments)))


def _text_of(record: SignedRecord, amendments: list[SignedRecord]) -> bytes:
    from screener.exchange.plain import render_text

    return render_text(_document(record, amendments)).encode("utf-8")


def _html_of(record: SignedRecord, amendments: list[SignedRecord]) -> bytes:
    from screener.exchange.html import render_html

    return render_html(_document(record, amendments)).encode("utf-8")


def _document(record: SignedRecord, amendments: list[SignedRecord]) -> Document:
    from screener.ui.screening.review.report import document_of

    return document_of(json.loads(record.content), record, amendments)


REDACTED = Writing(
    title=tr("Save a redacted copy"),
    lead=tr(
        "Left out are the reference, every id and name, who was in the room, notes, "
        "jots, the summary, amendments, and all that was typed as text; of every date "
        "its year stays. The copy is not signed and says so. What is left can still "
        "point to a person who is known otherwise."
    ),
    name=tr("redacted screening.json"),
    suffix=".json",
    kind=tr("Redacted copy"),
)


def _name_of(record: SignedRecord) -> str:
    content = json.loads(record.content)
    return f"{content['opening']['reference']} {content['visit']['visit_date']}".replace("/", "-")


def note_of(record: SignedRecord, suffix: str) -> Writing:
    """What is asked before a report is written into a file that another system's note takes."""
    is_html = suffix == ".html"
    return Writing(
        title=tr("Save the report as HTML") if is_html else tr("Save the report as text"),
        lead=tr(
            "The whole report with its amendments, to be pasted or filed in another system. The file is neither "
            "encrypted nor signed; whether a record is as it was signed can be checked on its signed file."
        ),
        name=f"{_name_of(record)}{suffix}",
        suffix=suffix,
        kind=tr("HTML") if is_html else tr("Text"),
    )


def signed_file_of(record: SignedRecord) -> Writing:
    """What is asked before a record is written into a file with its signatures."""
    return Writing(
        title=tr("Save the signed record as a file"),
        lead=tr(
            "The record with its amendments, byte for byte as they were signed. Whoever "
            "has the file and the signer's key can check it anywhere, with “screener "
            "verify”. The file is not encrypted and holds all that the record says."
        ),
        name=f"{_name_of(record)}{SUFFIX}",
        suffix=SUFFIX,
        kind=tr("Signed record"),
    )


def fhir_of(record: SignedRecord) -> Writing:
    """What is asked before a record is written as a FHIR Bundle."""
    return Writing(
        title=tr("Save the record as a FHIR bundle"),
        lead=tr(
            "One document Bundle of FHIR R4 for another system: the form as it was asked, every answer or why there is "
            "none, measurements, medicines, listed items with their sources and responses, and the signature with the "
            "bytes that were signed. Its Patient is the reference and nothing else; the signed bytes hold all that the "
            "record says. The file is not encrypted."
        ),
        name=f"{_name_of(record)}.fhir.json",
        suffix=".json",
        kind=tr("FHIR bundle"),
    )
