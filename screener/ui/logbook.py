"""The audit log in the window: read page by page, checked, taken out as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock, today
from screener.language import WINDOW, tr, tr_n
from screener.store.roles import Right
from screener.text import WorldError
from screener.ui.jobs import Ended, Jobs, as_long_as_open
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.store.accounts import AccountLine
    from screener.store.audit import AuditLine, Wanted
    from screener.store.chain import BadRow
    from screener.store.proofs import Extent
    from screener.store.vault import Vault
    from screener.ui.shell.log_page import LogPage
    from screener.ui.shell.save_page import SavePage, Writing

T = TypeVar("T")
_LINES_AT_ONCE = 1000


class Logbook(QObject):
    """Shows the log, as far as the open account may read it."""

    closed = Signal()
    erase = Signal()
    _so_far = Signal(int)
    """Comes from the store's thread: how many lines are written."""

    def __init__(self, window: MainWindow, vault: Vault, jobs: Jobs, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._vault, self._jobs, self._clock = window, vault, jobs, clock
        self._writing: SavePage | None = None
        self._over = False
        self._so_far.connect(self._show_so_far)

    def open(self) -> None:
        """Ask who there is, and show the page."""
        show = self._window.while_shown(self._window.base, self._show)
        self._jobs.submit(self._vault.people.lines, show, self._say)

    def end(self) -> None:
        """The records are locked: what is still being written is left."""
        self._over = True

    def _is_over(self) -> bool:
        return self._over

    def _show(self, people: list[AccountLine]) -> None:
        from screener.ui.shell.log_page import LogPage, May

        rights = self._vault.account.rights
        may = May(references=Right.SCREEN in rights, erase=Right.PURGE in rights)
        page = LogPage([(named(person), person.id) for person in people], may, today(self._clock))
        page.wanted.connect(partial(self._read, page))
        page.more.connect(partial(self._read, page))
        page.check.connect(partial(self._check, page))
        page.take_out.connect(self._ask_where)
        page.erase.connect(self.erase)
        page.closed.connect(self.closed)
        self._window.show_page(page)
        page.begin()

    def _say(self, problem: WorldError) -> None:
        if not self._over:
            self._window.show_problem(problem)

    def _for(self, page: LogPage | SavePage, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Have something done for a page, as long as that page stands and the records are open."""
        shown = self._window.while_shown
        self._jobs.submit(as_long_as_open(self._is_over, work), shown(page, done), shown(page, page.show_problem))

    # Reading

    def _read(self, page: LogPage, wanted: Wanted) -> None:
        self._for(page, partial(self._vault.audit_page, wanted), partial(page.show_lines, wanted))

    # Checking

    def _check(self, page: LogPage) -> None:
        vault = self._vault
        self._for(page, lambda: (vault.extent(), vault.verify()), partial(_show_checked, page))

    # Taking out

    def _ask_where(self, wanted: Wanted) -> None:
        from screener.ui.shell.save_page import SavePage

        page = SavePage(table_of_lines(f"{today(self._clock)}", references=Right.SCREEN in self._vault.account.rights))
        page.save.connect(partial(self._take_out, page, wanted))
        page.closed.connect(self._window.close_over)
        self._window.show_over(page)

    def _take_out(self, page: SavePage, wanted: Wanted, path: Path, references: bool) -> None:
        from screener.exchange.tables import csv_pieces
        from screener.store.files import write_elsewhere

        self._writing = page

        def work() -> None:
            self._vault.note_log_export(references=references)
            header = (*_HEADER, "reference") if references else _HEADER
            write_elsewhere(path, csv_pieces(header, self._rows(wanted, references)))

        self._for(page, work, lambda _: page.show_written(path))

    def _rows(self, wanted: Wanted, references: bool) -> Iterator[tuple[object, ...]]:
        """On the store's thread: every line that fits, latest first."""
        before, done = None, 0
        while True:
            if self._over:
                raise Ended
            page = self._vault.audit_page(replace(wanted, before=before, limit=_LINES_AT_ONCE))
            for line in page.lines:
                yield _row(line, references)
            done += len(page.lines)
            self._so_far.emit(done)
            if page.more is None:
                return
            before = page.more

    def _show_so_far(self, done: int) -> None:
        if self._writing is not None and self._window.shows(self._writing):
            self._writing.show_so_far(tr_n("Writing… 1 line so far.", "Writing… {n} lines so far.", done))


def _show_checked(page: LogPage, found: tuple[Extent, tuple[BadRow, ...]]) -> None:
    reach, bad = found
    page.show_checked(not bad, bad_words(bad) if bad else whole_words(reach))


_HEADER = ("line", "when", "who", "deed", "what")


def _row(line: AuditLine, references: bool) -> tuple[object, ...]:
    from screener.store.deed_words import name_of, sentence

    cells = (line.number, line.at, line.name or line.account, name_of(line.deed), sentence(line))
    return (*cells, line.about if line.screening else "") if references else cells


def named(person: AccountLine) -> str:
    """An account as it is offered to look for."""
    return tr("{name} (removed)").format(name=person.name) if person.until else person.name


def table_of_lines(day: str, *, references: bool) -> Writing:
    """What is asked before lines of the log are written into a file."""
    from screener.ui.shell.save_page import Writing

    return Writing(
        title=tr("Save the audit log as a table"),
        lead=tr(
            "The lines that the filters let through, latest first: when, who, what was "
            "done. The file lies outside the encrypted records, and a line of the log says "
            "that it was written."
        ),
        name=tr("audit log {day}.csv").format(day=day),
        suffix=".csv",
        kind=tr("Table"),
        tick=tr("With the references of the screenings") if references else "",
        tick_help=tr("Left out unless ticked."),
    )


def whole_words(reach: Extent) -> str:
    """What is said where everything is as it was written."""
    lines = tr_n("1 line", "{n} lines", reach.deeds)
    steps = tr_n("1 step", "{n} steps", reach.steps)
    signed = tr_n("1 record or amendment is as signed.", "{n} records and amendments are as signed.", reach.records)
    if reach.erased:
        erased = tr("Of {erased} more only the signatures are left.").format(erased=reach.erased)
        signed = f"{signed} {erased}"
    return tr(
        "Both logs are whole: {lines} of the audit log, {steps} of the journal. "
        "{signed} That nothing is missing at the end was looked at when the "
        "records were opened; a record or a backup that is kept elsewhere shows it "
        "from outside."
    ).format(lines=lines, steps=steps, signed=signed)


def bad_words(bad: tuple[BadRow, ...]) -> str:
    """What is said where something is not, the first bad row of each log named."""
    named = "; ".join(
        tr("{log}, row {number}: {what}").format(
            log=WINDOW.word(row.log), number=row.number, what=WINDOW.word(row.what)
        )
        for row in bad
    )
    return tr(
        "Not as it was written: {named}. Leave the folder of the records as it is, "
        "copy it somewhere safe, and restore the latest backup from before into "
        "another folder; both can then be compared."
    ).format(named=named)
