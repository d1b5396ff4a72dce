"""The report on screen, page by page as it prints, and saving it as PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from screener.records.amendment import counted, printed
from screener.records.browse import SignedRecord
from screener.records.document import Document
from screener.store.files import write_elsewhere
from screener.text import WorldError, moment, problem_words
from screener.ui.actions import BY_ID, bind
from screener.ui.content import is_there, path_typed
from screener.ui.jobs import Jobs
from screener.ui.screening.review.amendments import AmendmentsCard
from screener.ui.style.theme import scaled
from screener.ui.taking_out import TakingOut, nothing_to_write
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.layout import FlowLayout, Notice, ScrollPage, clear, plain
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal

Content = Callable[[], tuple[Mapping[str, Any], SignedRecord | None]]
Paper = Literal["a4", "us-letter"]
_PAGE_PX = 820


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was set: the PDF, its pages as PNG, and its text."""

    pdf: bytes
    pages: tuple[bytes, ...]
    title: str


class ReportPage(QWidget):
    """Preview of the report and saving. Setting the type runs beside the window, with a sign."""

    closed = Signal()
    _amendments: Sequence[SignedRecord] = ()

    def __init__(self, content: Content, take_out: TakingOut | None = None) -> None:
        """`take_out`: how something of a signed record leaves the vault; None where this account may not have that."""
        super().__init__()
        self._content, self._take_out = content, take_out
        self._jobs = Jobs("report", self)
        self.destroyed.connect(self._jobs.close)
        self._made: Made | None = None
        self._paper: Paper = "a4"
        self._paper_was_chosen = False
        self._may_replace: Path | None = None
        """The file that the next Save may write over: it was asked, or was written here."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._pages = ScrollPage("page", 880, 24, centred=True)
        self._pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages.setAccessibleName("Report preview")
        self._notice = Notice("")
        column.insertWidget(1, self._notice)
        column.addWidget(self._pages, 1)

    def _head(self) -> QWidget:
        head = plain("bar")
        row = FlowLayout(head, gap_px=10, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        self._title = label("Report preview", "large")
        row.addWidget(self._title)
        paper = Segmented("Paper", [("a4", "A4"), ("us-letter", "Letter")])
        paper.show_chosen("a4")
        paper.user_chose.connect(self._paper_chosen)
        self._papers = paper
        row.addWidget(paper)
        for button in self._further_deeds():
            row.addWidget(button)
        deeds = QWidget()
        inner = QHBoxLayout(deeds)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        self._path = QLineEdit()
        self._path.setAccessibleName("Save the report as")
        self._path.setFixedWidth(scaled(320))
        self._path.textChanged.connect(self._path_changed)
        self._path.returnPressed.connect(self._save_pdf)
        inner.addWidget(self._path)
        choose = ActionButton("Choose…")
        choose.clicked.connect(self._choose)
        inner.addWidget(choose)
        self._save = ActionButton("Save PDF", "", "primary")
        self._save.clicked.connect(self._save_pdf)
        inner.addWidget(self._save)
        self._of_saving = (self._path, choose, self._save)
        self._close = ActionButton("Back", "Esc")
        self._close.clicked.connect(self.closed)
        inner.addWidget(self._close)
        row.addWidget(deeds)
        return head

    def _further_deeds(self) -> Sequence[ActionButton]:
        """What else can be done with this report."""
        return ()

    def open(self) -> None:
        """Set the report anew."""
        content, record = self._content()
        self._title.setText(
            "Report preview, not signed"
            if record is None
            else f"Signed {moment(record.signature.signed_at)} by {record.signature.signer}"
        )
        self._close.setText("Back" if record is None else "Done")
        for part in self._of_saving:
            reveal(part, record is None or self._take_out is not None)
        self._notice.show_text("")
        if not self._paper_was_chosen:
            self._paper = "us-letter" if _is_american(content) else "a4"
            self._papers.show_chosen(self._paper)
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{content['opening']['reference']} {content['visit']['visit_date']}.pdf".replace("/", "-")
        if not self._path.text():
            self._path.setText(str(Path(folder) / name))
        self._set(_document(content, record, self._amendments))
        self._path.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paper_chosen(self, paper: Paper | None) -> None:
        self._paper, self._paper_was_chosen = paper or self._paper, True
        self._papers.show_chosen(self._paper)
        self._set(_document(*self._content(), self._amendments))

    def _set(self, document: Document) -> None:
        self._made = None
        self._save.setEnabled(False)
        self._say("Setting the report…")
        paper, now = self._paper, datetime.fromisoformat(self._content()[0]["made_at"])
        self._jobs.submit(lambda: _make(document, paper, now), self._show, self._failed)

    def _say(self, text: str) -> None:
        clear(self._pages.body)
        self._pages.body.addWidget(Notice(text))
        self._pages.body.addStretch(1)

    def _show(self, made: Made) -> None:
        self._made = made
        self._save.setEnabled(True)
        clear(self._pages.body)
        for number, data in enumerate(made.pages, start=1):
            pixels = QPixmap()
            pixels.loadFromData(data, "PNG")
            pixels.setDevicePixelRatio(pixels.width() / min(scaled(_PAGE_PX), pixels.width()))
            page: QLabel = label("")
            page.setPixmap(pixels)
            page.setAccessibleName(f"Report, page {number} of {len(made.pages)}")
            self._pages.body.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._pages.body.addStretch(1)

    def _failed(self, problem: WorldError) -> None:
        self._say(problem_words(problem))

    def _choose(self) -> None:
        ask_path(self, Chosen.NEW_FILE, "Save the report", path_typed(self._path.text()), self._take, "PDF (*.pdf)")

    def _take(self, path: Path) -> None:
        self._path.setText(str(path))
        # The dialog asked before it named a file that is there; it knew nothing of an ending that is put to it here.
        self._may_replace = path if path.suffix.lower() == ".pdf" else None

    def _save_pdf(self) -> None:
        if self._made is None:
            return
        path = path_typed(self._path.text())
        if not path.name:
            self._tell("Write where the file goes.")
            self._path.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        if is_there(path) and path != self._may_replace:
            self._may_replace = path
            self._tell(f"{path.name} is there already. Save once more to replace it, or give another name.")
            return
        record, write = self._content()[1], partial(write_elsewhere, path, [self._made.pdf])
        if record is not None and self._take_out is not None:
            self._take_out.take(record, "pdf", write, partial(self._saved, path), self._not_saved)
            return
        try:
            write()
        except WorldError as wrong:
            self._not_saved(wrong)
        else:
            self._saved(path)

    def _saved(self, path: Path) -> None:
        self._may_replace = path
        self._tell(f"Saved {path}")

    def _not_saved(self, problem: WorldError) -> None:
        self._tell(f"Not saved. {problem_words(problem)}")

    def _path_changed(self, text: str) -> None:
        self._path.setToolTip(text)
        self._may_replace = None

    def _tell(self, text: str) -> None:
        self._notice.show_text(text)
        announce(self, text)

    def close_jobs(self) -> None:
        """End the page's own thread."""
        self._jobs.close()


def _is_american(content: Mapping[str, Any]) -> bool:
    """Whether the rules of this record are those of a country that prints on Letter."""
    return any(profile["id"] in ("us-label", "oregon") for profile in content["profiles"])


def _document(
    content: Mapping[str, Any], record: SignedRecord | None, amendments: Sequence[SignedRecord] = ()
) -> Document:
    from screener.exchange.report import report

    signature = None
    if record is not None:
        signed = record.signature
        signature = {"signer": signed.signer, "signed_at": signed.signed_at, "fingerprint": signed.fingerprint}
    return report(content, signature, [printed(amendment) for amendment in amendments])


def _make(document: Document, paper: Paper, now: datetime) -> Made:
    from screener.exchange.pdf import render_pages, render_pdf

    pdf = render_pdf(document, paper=paper, made_at=now)
    return Made(pdf, tuple(render_pages(document, paper=paper, made_at=now)), document.title)


class RecordPage(ReportPage):
    """A signed record, read-only, as its report; what was added to it stands above its pages and in print after it."""

    amend = Signal()
    signed_file = Signal()
    redacted = Signal()
    history = Signal()
    """The records of its reference are asked for."""

    def __init__(
        self, record: SignedRecord, amendments: Sequence[SignedRecord] = (), take_out: TakingOut | None = None
    ) -> None:
        import json

        super().__init__(lambda: (json.loads(record.content), record), take_out)
        self._amendments, self._record = amendments, record
        self.setAccessibleName("Signed record")
        if take_out is not None:
            bind(self, "chart_text", partial(self._copy_text, take_out))
        bind(self, "history", self.history.emit)
        self.open()
        self._title.setText(", ".join(part for part in (self._title.text(), counted(len(amendments))) if part))
        self._close.setShortcut("Esc")  # only now: a new text takes a button's key away

    def _further_deeds(self) -> Sequence[ActionButton]:
        deeds = [("Amend…", self.amend)]
        if self._take_out is not None:
            deeds += [("Signed file…", self.signed_file), ("Redacted…", self.redacted)]
        buttons = []
        for text, signal in deeds:
            button = ActionButton(text)
            button.clicked.connect(signal)
            buttons.append(button)
        others = ActionButton("All records", BY_ID["history"].key_hint)
        others.setAccessibleName("All records of this reference")
        others.clicked.connect(self.history)
        return (*buttons, others)

    def _say(self, text: str) -> None:
        super()._say(text)
        self._show_amendments()

    def _show(self, made: Made) -> None:
        super()._show(made)
        self._show_amendments()

    def _show_amendments(self) -> None:
        if self._amendments:
            card = AmendmentsCard(self._amendments)
            card.setMaximumWidth(scaled(_PAGE_PX))
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(card, 1000)
            row.addStretch(1)
            self._pages.body.insertLayout(0, row)

    def _copy_text(self, take_out: TakingOut) -> None:
        take_out.take(self._record, "chart text", nothing_to_write, self._copy, self._not_copied)

    def _copy(self) -> None:
        from screener.exchange.plain import render_text

        QGuiApplication.clipboard().setText(render_text(_document(*self._content(), self._amendments)))
        self._tell("Copied as chart text: paste it into the other system's note.")

    def _not_copied(self, problem: WorldError) -> None:
        self._tell(f"Not copied. {problem_words(problem)}")
