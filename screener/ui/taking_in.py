"""Takes a form of another system into the clinic's folder: read, looked over, checked, written whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from screener.language import tr
from screener.refusals import why
from screener.text import WorldError
from screener.ui.content import folder_words
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.exchange.fhir.foreign.reading import Incoming
    from screener.forms.findings import Finding
    from screener.forms.model import Pack
    from screener.forms.own_questions import Edit
    from screener.ui.shell.taking_in_page import TakingInPage

Written = Callable[["tuple[Edit, ...]"], object]


class TakingIn(QObject):
    """One form at a time; `written` hears what was written, so that it can be taken back."""

    def __init__(self, window: MainWindow, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._jobs = window, jobs
        self._page: TakingInPage | None = None

    def open(self, pack: Pack, folder: Path, back: Callable[[], object], written: Written) -> None:
        """Show the page; leaving it goes `back`."""
        from screener.ui.shell.taking_in_page import TakingInPage

        page = TakingInPage(pack, folder_words(folder), Path.home())
        page.look.connect(partial(self._look, page, pack))
        page.take.connect(partial(self._take, page, folder, written))
        page.back.connect(back)
        self._page = page
        self._window.show_page(page)
        page.focus_first()

    def end(self) -> None:
        self._page = None

    def _look(self, page: TakingInPage, pack: Pack, file: Path) -> None:
        def read() -> Incoming:
            from screener.exchange.fhir.foreign.reading import MOST_BYTES, incoming

            try:
                with file.open("rb") as opened:
                    raw = opened.read(MOST_BYTES + 1)
            except OSError as wrong:
                said = tr("{file} cannot be read: {why}.").format(file=file.name, why=why(wrong))
                raise WorldError(said, tr("Choose another file.")) from wrong
            return incoming(raw, file.name, pack)

        self._jobs.submit(read, partial(self._found, page), partial(self._failed, page))

    def _found(self, page: TakingInPage, found: Incoming) -> None:
        if self._shows(page):
            page.show_found(found)

    def _take(
        self, page: TakingInPage, folder: Path, written: Written, found: Incoming, pathways: tuple[str, ...], own: bool
    ) -> None:
        def write() -> tuple[list[Finding], tuple[Edit, ...]]:
            from screener.exchange.fhir.foreign.into_folder import edits, findings, put
            from screener.exchange.fhir.foreign.reading import files

            made = edits(folder, files(found, pathways, declared=own), found.title)
            stopping = findings(folder, made)
            if not stopping:
                put(made)
            return stopping, made

        self._jobs.submit(write, partial(self._taken, page, written), partial(self._failed, page))

    def _taken(self, page: TakingInPage, written: Written, result: tuple[list[Finding], tuple[Edit, ...]]) -> None:
        stopping, made = result
        if not stopping:
            written(made)
        elif self._shows(page):
            page.show_findings(stopping)

    def _failed(self, page: TakingInPage, problem: WorldError) -> None:
        if self._shows(page):
            page.show_problem(problem)

    def _shows(self, page: TakingInPage) -> bool:
        return self._page is page and self._window.base is page
