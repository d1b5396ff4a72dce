"""A document page by page as it prints: looked at, read as text, saved as PDF, printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from screener.exchange.pdf import Paper
from screener.language import tr, tr_n
from screener.records.document import Document
from screener.store.files import write_elsewhere
from screener.text import WorldError, problem_words
from screener.ui.actions import BY_ID, bind
from screener.ui.content import is_there, path_typed
from screener.ui.jobs import Jobs
from screener.ui.paper.bars import Bars
from screener.ui.paper.choice import PaperChoice
from screener.ui.paper.sheets import PagesView
from screener.ui.paper.viewing import ViewingBar
from screener.ui.style.theme import scaled
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import FlowLayout, Notice, plain
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from screener.ui.paper.printer import PrintRun

PPI, SHARPEST_PPI, PRINTED_PPI = 144, 288, 300
_LARGE_TEXT_PX = 150


@dataclass(frozen=True, slots=True)
class ToPrint:
    """A document with the moment it was made and the name that is offered for its file."""

    document: Document
    made_at: datetime
    file_name: str


class PreviewPage(QWidget):
    """One document before it is saved or printed. Setting the type runs beside the window, with a sign."""

    closed = Signal()

    def __init__(self, what: str, title: str = "") -> None:
        """`what`: the document as it is called where it is named, such as "Report"."""
        super().__init__()
        self._what = what
        self.setAccessibleName(tr("{what} preview").format(what=what))
        self._jobs = Jobs("paper", self)
        self.destroyed.connect(self._jobs.close)
        self._shown: ToPrint | None = None
        self._pages: Sequence[bytes] = ()
        self._pdf: bytes | None = None
        self._save_once_set = False
        self._round = 0
        """Counts what was set: what comes late of an earlier one is not shown."""
        self._sharpening = False
        self._run: PrintRun | None = None
        self._paper_was_chosen = False
        self._may_replace: Path | None = None
        """The file that the next Save may write over: that was asked for twice."""
        self._written: tuple[Path, bytes] | None = None
        """What was saved last: where, and what."""
        self._view = PagesView(tr("{what} preview").format(what=what))
        self._view.zoomed.connect(self._sharpen)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName(tr("Text of the document"))
        self._text.setTabChangesFocus(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._text)
        self._notice = Notice("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = ViewingBar(self._view)
        self._bar.as_text.connect(self._show_as)
        bars = Bars(self)
        bars.add(self._head(title or tr("{what} preview").format(what=what)))
        bars.add(self._bar)
        column.addWidget(bars)
        column.addWidget(self._notice)
        column.addWidget(self._stack, 1)
        self._bind()

    # Building

    def _head(self, title: str) -> QWidget:
        head = plain("bar")
        row = FlowLayout(head, gap_px=10, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        self._title = label(title, "large")
        row.addWidget(self._title)
        self._papers = PaperChoice()
        self._papers.user_chose.connect(self._paper_chosen)
        row.addWidget(self._papers)
        for button in self._further_deeds():
            row.addWidget(button)
        row.addWidget(self._saving())
        return head

    def _saving(self) -> QWidget:
        deeds = QWidget()
        inner = QHBoxLayout(deeds)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        self._path = QLineEdit()
        self._path.setAccessibleName(tr("Save the document as"))
        # With large text the buttons beside it need the room.
        self._path.setFixedWidth(scaled(260) if scaled(100) < _LARGE_TEXT_PX else scaled(100))
        self._path.textChanged.connect(self._path_changed)
        self._path.returnPressed.connect(self._save_pdf)
        choose = ActionButton(tr("Choose…"))
        choose.clicked.connect(self._choose)
        self._save = ActionButton(tr("Save PDF"), "", "primary")
        self._save.clicked.connect(self._save_pdf)
        self._print = ActionButton(tr("Print…"), BY_ID["print"].key_hint)
        self._print.clicked.connect(self.print_it)
        self._close = ActionButton(tr("Back"), "Esc")
        self._close.clicked.connect(self.closed)
        self._of_saving = (self._path, choose, self._save, self._print)
        for part in (*self._of_saving, self._close):
            inner.addWidget(part)
        self._let(saved=False, printed=False)
        return deeds

    def _further_deeds(self) -> Sequence[ActionButton]:
        """What else can be done with this document."""
        return ()

    def _bind(self) -> None:
        view = self._view
        for action, deed in (
            ("page_on", lambda: self._turn(1)),
            ("page_back", lambda: self._turn(-1)),
            ("first_page", lambda: self._go_to(1)),
            ("last_page", lambda: self._go_to(view.many)),
            ("zoom_in", lambda: view.zoom_by(1)),
            ("zoom_out", lambda: view.zoom_by(-1)),
            ("whole_page", lambda: view.fit("page")),
            ("whole_width", lambda: view.fit("width")),
        ):
            bind(view, action, deed)
        bind(self, "as_text", self._bar.turn)

    # What is shown

    def show_document(self, shown: ToPrint, paper: Paper | None = None) -> None:
        """Set a document. `paper` is taken unless the person has chosen one here."""
        if paper is not None and not self._paper_was_chosen:
            self._papers.show_chosen(paper)
        if not self._path.text() or (self._shown is not None and self._shown.file_name != shown.file_name):
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            self._path.setText(str(Path(folder) / shown.file_name))
        self._shown = shown
        self._set()

    def close_with_escape(self) -> None:
        """Let Esc leave, where nothing around this page does that."""
        self._close.setShortcut("Esc")

    def focus_first(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set(self) -> None:
        assert self._shown is not None
        self._round += 1
        self._pages, self._pdf, self._sharpening, self._save_once_set = (), None, False, False
        self._let(saved=False, printed=False)
        self._notice.show_text("")
        self._say(tr("Setting the pages…"))
        shown, paper, number = self._shown, self._papers.paper, self._round
        self._jobs.submit(partial(_text_of, shown), partial(self._show_text, number), self._failed)
        self._jobs.submit(partial(_pages_of, shown, paper, PPI), partial(self._show_pages, number), self._failed)
        self._jobs.submit(partial(_pdf_of, shown, paper), partial(self._keep_pdf, number), self._failed)

    def _show_text(self, number: int, text: str) -> None:
        if number == self._round:
            self._text.setPlainText(text)

    def _show_pages(self, number: int, pages: Sequence[bytes]) -> None:
        if number != self._round:
            return
        self._pages = pages
        self._view.show_pages(pages, PPI, self._what, self._above())
        self._let(saved=True, printed=True)
        announce(self, f"{self._what}: {_many(len(pages))}")

    def _keep_pdf(self, number: int, pdf: bytes) -> None:
        if number == self._round:
            self._pdf = pdf
            if self._save_once_set:
                self._save_pdf()

    def _above(self) -> QWidget | None:
        """What stands on screen before the first page."""
        return None

    def _say(self, text: str) -> None:
        self._view.show_widget(Notice(text))
        self._bar.show_page(0, 0)

    def _failed(self, problem: WorldError) -> None:
        self._say(problem_words(problem))

    def _sharpen(self) -> None:
        """Pages that are shown larger than they were set are set once more."""
        ppi = min(self._view.wanted_ppi, SHARPEST_PPI)
        if not self._pages or self._sharpening or self._shown is None or ppi <= self._view.ppi * 1.05:
            return
        self._sharpening = True
        finer = SHARPEST_PPI if ppi > 1.5 * PPI else 1.5 * PPI
        done = partial(self._sharpened, self._round, finer)
        self._jobs.submit(partial(_pages_of, self._shown, self._papers.paper, finer), done, self._failed)

    def _sharpened(self, number: int, ppi: float, pages: Sequence[bytes]) -> None:
        if number == self._round:
            self._sharpening = False
            self._view.sharpen(pages, ppi)
            self._sharpen()

    def _show_as(self, text: bool) -> None:
        self._stack.setCurrentWidget(self._text if text else self._view)
        (self._text if text else self._view).setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, by: int) -> None:
        self._view.step(by)
        self._tell_page()

    def _go_to(self, page: int) -> None:
        self._view.go_to(page)
        self._tell_page()

    def _tell_page(self) -> None:
        if self._view.many:
            announce(self, tr("Page {current} of {many}").format(current=self._view.current, many=self._view.many))

    def _paper_chosen(self) -> None:
        self._paper_was_chosen = True
        if self._shown is not None:
            self._set()

    # Saving

    def _choose(self) -> None:
        here, title = path_typed(self._path.text()), tr("Save the document as")
        ask_path(self, Chosen.NEW_FILE, title, here, self._chosen, "PDF (*.pdf)")

    def _chosen(self, path: Path) -> None:
        self._path.setText(str(path))
        # The dialog asked before it named a file that is there; it knew nothing of an ending that is put to it here.
        self._may_replace = path if path.suffix.lower() == ".pdf" else None

    def _save_pdf(self) -> None:
        if self._pdf is None:
            self._save_once_set = self._shown is not None
            return
        path = path_typed(self._path.text())
        if not path.name:
            self._tell(tr("Write where the file goes."))
            return
        path = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        if is_there(path) and path != self._may_replace:
            self._may_replace = path
            said = (
                tr("{name} is saved, as it is shown here. Save once more to replace it, or give another name.")
                if self._written == (path, self._pdf)
                else tr("{name} is there already. Save once more to replace it, or give another name.")
            )
            self._tell(said.format(name=path.name))
            return
        done = partial(self._saved, path, self._pdf)
        self._take("pdf", partial(write_elsewhere, path, [self._pdf]), done, self._not_saved)

    def _take(
        self,
        kind: str,
        write: Callable[[], object],
        done: Callable[[], object],
        failed: Callable[[WorldError], None],
    ) -> None:
        """Have something leave the program: `write` it, then say it is `done`, or that it `failed`."""
        try:
            write()
        except WorldError as wrong:
            failed(wrong)
        else:
            done()

    def _saved(self, path: Path, pdf: bytes) -> None:
        # Once more would write it again, with another line in the audit log: that is asked as of any file.
        self._may_replace, self._written = None, (path, pdf)
        self._tell(tr("Saved {path}").format(path=path))

    def _not_saved(self, problem: WorldError) -> None:
        self._tell(tr("Not saved. {problem}").format(problem=problem_words(problem)))

    def _path_changed(self, text: str) -> None:
        self._path.setToolTip(text)
        self._may_replace = None

    # Printing

    def print_it(self) -> None:
        """Ask for a printer; then the pages are set finely enough for it, and handed over one by one."""
        if not self._pages or self._run is not None or self._shown is None or not self._print.isEnabled():
            return
        from screener.ui.paper.printer import ask_printer

        printer = ask_printer(self, self._shown.document.title, self._papers.paper, len(self._pages))
        if printer is None:
            return
        self._print.setEnabled(False)
        self._tell(tr("Setting the pages for the printer…"))
        work = partial(_pages_of, self._shown, self._papers.paper, PRINTED_PPI)
        self._jobs.submit(work, partial(self._hand_over, printer), self._not_printed)

    def _hand_over(self, printer: QPrinter, pages: Sequence[bytes]) -> None:
        from screener.ui.paper.printer import pages_wanted

        wanted = [pages[place] for place in pages_wanted(printer, len(pages))]
        self._take("paper", _nothing, partial(self._begin, printer, wanted), self._not_printed)

    def _begin(self, printer: QPrinter, pages: Sequence[bytes]) -> None:
        from screener.ui.paper.printer import PrintRun

        self._run = PrintRun(printer, pages, self)
        self._run.at_page.connect(self._show_progress)
        self._run.done.connect(partial(self._printed, len(pages)))
        self._run.failed.connect(self._printer_failed)
        self._run.begin()

    def _show_progress(self, page: int, many: int) -> None:
        self._notice.show_text(tr("Printing, page {page} of {many}…").format(page=page, many=many))

    def _printed(self, many: int) -> None:
        self._end_printing(tr("Handed to the printer: {many}.").format(many=_many(many)))

    def _printer_failed(self) -> None:
        self._end_printing(tr("Not printed: the printer took no page. Save the PDF instead, or look at the printer."))

    def _not_printed(self, problem: WorldError) -> None:
        self._end_printing(tr("Not printed. {problem}").format(problem=problem_words(problem)))

    def _end_printing(self, said: str) -> None:
        self._run = None
        self._print.setEnabled(True)
        self._tell(said)

    # What is said

    def _tell(self, text: str) -> None:
        self._notice.show_text(text)
        announce(self, text)

    def _let(self, *, saved: bool, printed: bool) -> None:
        self._save.setEnabled(saved)
        self._print.setEnabled(printed and self._run is None)

    def _offer(self, offered: bool) -> None:
        """Whether this document may leave the program."""
        for part in self._of_saving:
            reveal(part, offered)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DeferredDelete:  # whichever way it was left
            self.close_jobs()
        return super().event(event)

    def close_jobs(self) -> None:
        """End the page's own thread, and what is being printed."""
        if self._run is not None:
            self._run.stop()
        self._jobs.close()


def _nothing() -> None:
    """Paper is no file."""


def _many(pages: int) -> str:
    return tr_n("1 page", "{n} pages", pages)


def _text_of(shown: ToPrint) -> str:
    from screener.exchange.plain import render_text

    return render_text(shown.document)


def _pages_of(shown: ToPrint, paper: Paper, ppi: float) -> Sequence[bytes]:
    from screener.exchange.pdf import render_pages

    return tuple(render_pages(shown.document, paper=paper, made_at=shown.made_at, ppi=ppi))


def _pdf_of(shown: ToPrint, paper: Paper) -> bytes:
    from screener.exchange.pdf import render_pdf

    return render_pdf(shown.document, paper=paper, made_at=shown.made_at)
