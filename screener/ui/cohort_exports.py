"""What was counted in a table, written where somebody wants it: the report as PDF or HTML, the outcomes as CSV."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock
from screener.language import tr
from screener.ui.cohorts import fits
from screener.ui.exporting import so_far
from screener.ui.jobs import Ended, Jobs, as_long_as_open
from screener.ui.shell.save_page import Writing
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.ui.packs.in_table import InTable
    from screener.ui.shell.save_page import SavePage

_KINDS = {"pdf": "PDF", "html": "HTML", "csv": tr("Table")}


class CohortExports(QObject):
    """Asks where, then writes on a thread of its own, with the functions that the command line writes with."""

    _so_far = Signal(object, object)

    def __init__(self, window: MainWindow, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._clock = window, clock
        self._jobs = Jobs("export", self)
        self._page: SavePage | None = None
        self._over = False
        self._so_far.connect(self._show_so_far)

    def open(self, state: InTable, ending: str) -> None:
        """Ask where the file goes, over the page that is open."""
        from screener.ui.shell.save_page import SavePage

        if state.counted is None or state.counted.shown is None:
            return
        self._page = page = SavePage(writing(ending))
        page.save.connect(partial(self._write, page, state, ending))
        page.closed.connect(self._window.close_over)
        self._window.show_over(page)

    def end(self) -> None:
        """The records are closed: what is still being written is left, and nothing of it stays."""
        self._over = True
        self._jobs.abandon()

    def _write(self, page: SavePage, state: InTable, ending: str, path: Path, letter: bool) -> None:
        shown = self._window.while_shown
        made = self._outcomes if ending == "csv" else partial(self._report, letter)
        self._jobs.submit(
            as_long_as_open(self._is_over, partial(made, state, path)),
            shown(page, lambda _: page.show_written(path)),
            shown(page, page.show_problem),
        )

    def _is_over(self) -> bool:
        return self._over

    # On its thread

    def _report(self, letter: bool, state: InTable, path: Path) -> None:
        from screener.exchange.burden import About, burden_document
        from screener.store.files import write_whole

        counted = state.counted
        assert counted is not None and counted.rules is not None and counted.shown is not None
        document = burden_document(About(counted.name, counted.rules), counted.shown, counted.comparison)
        if path.suffix.lower() == ".pdf":
            from screener.exchange.pdf import render_pdf

            write_whole(path, render_pdf(document, paper="us-letter" if letter else "a4", made_at=self._clock.now()))
        else:
            from screener.exchange.web import render_page

            write_whole(path, render_page(document, made_at=self._clock.now()))

    def _outcomes(self, state: InTable, path: Path) -> None:
        from screener.records.cohort.asking import Wish, write_outcomes

        assert state.pack is not None and state.table is not None
        write_outcomes(state.pack, Wish(state.table, state.map, state.by), path, self._tell, fits)

    def _tell(self, done: int, of: int) -> None:
        if self._over:
            raise Ended
        self._so_far.emit(done, of)

    def _show_so_far(self, done: int, of: int) -> None:
        if self._page is not None and self._window.shows(self._page) and done < of:
            self._page.show_so_far(so_far(done, of))


def writing(ending: str) -> Writing:
    """What is asked before it is written."""
    if ending == "csv":
        return Writing(
            title=tr("Save the outcomes of every record"),
            lead=tr(
                "A row for each record with its id, a column for each rule. Beside it stands a table of what was "
                "found, with row, column and what was expected; files of these names are replaced. Neither is "
                "encrypted."
            ),
            name=tr("outcomes") + ".csv",
            suffix=".csv",
            kind=_KINDS[ending],
        )
    return Writing(
        title=tr("Save the report of the counts"),
        lead=tr(
            "How often each item would be listed in the table: counts alone, with small numbers hidden. The report is "
            "in English."
        ),
        name=tr("how often listed") + f".{ending}",
        suffix=f".{ending}",
        kind=_KINDS[ending],
        tick=tr("On Letter paper") if ending == "pdf" else "",
    )
