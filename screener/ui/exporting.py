"""All signed records of a vault as tables: what is wanted is asked, then they are read on a thread of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock, today
from screener.language import tr, tr_n
from screener.text import WorldError
from screener.ui.jobs import Ended, Jobs, as_long_as_open
from screener.ui.shell.save_page import Writing
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.exchange.dataset.line import Line
    from screener.forms.model import Pack
    from screener.records.browse import RecordLine
    from screener.store.shelf import VaultShelf
    from screener.store.vault import Vault
    from screener.ui.shell.export_page import ExportPage
    from screener.ui.shell.save_page import SavePage

CSV, PARQUET = "csv", "parquet"
_STEP = 5
"""So many records are read between two words on how far it is."""


class Exporting(QObject):
    """The export of the records list: a row per screening, the medicines, a codebook."""

    _so_far = Signal(int, int)
    """Comes from its thread: how much of the way is done, and the whole of it."""

    def __init__(
        self, window: MainWindow, vault: Vault, clock: Clock, pack: Callable[[], Pack], pack_of: Callable[[str], Pack]
    ) -> None:
        """`pack`: today's content; `pack_of`: that of a hash, or the nearest there is."""
        super().__init__(window)
        self._window, self._vault, self._clock, self._pack, self._pack_of = window, vault, clock, pack, pack_of
        self._jobs = Jobs("export", self)
        self._writing: SavePage | None = None
        self._over = False
        self._so_far.connect(self._show_so_far)

    def open(self) -> None:
        """Show what there is to choose from, over the page that is open."""
        page = page_of_tables()
        page.chosen.connect(self._ask_where)
        page.closed.connect(self._window.close_over)
        self._window.show_over(page)

    def end(self) -> None:
        """The records are locked: what is still being written is left, and nothing of it stays."""
        self._over = True
        self._jobs.close()

    def _is_over(self) -> bool:
        return self._over

    def _ask_where(self, form: str) -> None:
        from screener.ui.shell.save_page import SavePage

        page = SavePage(table_of_screenings(f"{today(self._clock)}", form))
        page.save.connect(partial(self._write, page))
        page.closed.connect(self._window.close_over)
        self._window.show_over(page)

    def _write(self, page: SavePage, path: Path, redacted: bool) -> None:
        self._writing = page
        shown, pack = self._window.while_shown, self._pack()
        work = as_long_as_open(self._is_over, partial(self._written, path, redacted, pack))
        self._jobs.submit(work, shown(page, partial(_show_written, page, path)), shown(page, page.show_problem))

    # On its thread

    def _written(self, path: Path, redacted: bool, pack: Pack) -> str:
        from screener.exchange.dataset.files import files
        from screener.exchange.dataset.made import data_set
        from screener.store.files import write_together

        shelf = self._vault.shelf
        found = latest(shelf.records())
        if not found:
            raise nothing_signed()
        shelf.note_exports([line.record for line in found], "redacted table" if redacted else "table")
        source = _OfVault(shelf, found, self._pack_of if redacted else None, self._is_over)
        made = data_set(source, pack, redacted=redacted, tell=self._tell)
        write_together(files(made, path))
        return said_of(made.screenings, made.not_read)

    def _tell(self, done: int, whole: int) -> None:
        if self._over:
            raise Ended
        if done % _STEP == 0 or done == whole:
            self._so_far.emit(done, whole)

    def _show_so_far(self, done: int, whole: int) -> None:
        if self._writing is not None and self._window.shows(self._writing):
            self._writing.show_so_far(so_far(done, whole))


@dataclass(frozen=True, slots=True)
class _OfVault:
    """Signed records as lines of a data set; `pack_of` where they are to be redacted."""

    shelf: VaultShelf
    found: Sequence[RecordLine]
    pack_of: Callable[[str], Pack] | None
    is_over: Callable[[], bool]

    def __len__(self) -> int:
        return len(self.found)

    def line(self, place: int) -> Line:
        from screener.exchange.dataset.line import Signed, line_of, line_of_redacted
        from screener.records.redacted import redacted

        if self.is_over():
            raise Ended
        about = self.found[place]
        content = json.loads(self.shelf.exported(about.record).content)
        if self.pack_of is not None:
            return line_of_redacted(redacted(content, self.pack_of(content["pack"]["hash"])))
        signed = Signed(about.record, about.screening, about.signed_at, about.signer, about.amendments)
        return line_of(content, signed)


def latest(lines: Sequence[RecordLine]) -> list[RecordLine]:
    """One record of each screening, the one that was signed last; in the order in which they were signed.

    `lines`: latest first.
    """
    found: dict[str, RecordLine] = {}
    for line in lines:
        found.setdefault(line.screening, line)
    return list(found.values())[::-1]


def _show_written(page: SavePage, path: Path, said: str) -> None:
    page.show_written(path)
    page.show_so_far(f"{tr('Written: {path}').format(path=path)} {said}")


def page_of_tables() -> ExportPage:
    """The page on which the form of the tables is chosen."""
    from screener.ui.shell.export_page import ExportPage, Offer

    return ExportPage(
        tr("Export"),
        tr("All signed screenings, a row for each. Every record in it has its line in the audit log."),
        [
            Offer(CSV, tr("Table (CSV)"), tr("For a spreadsheet, and for anything that reads tables.")),
            Offer(PARQUET, tr("Table (Parquet)"), tr("For statistics: each column has its type.")),
        ],
    )


def nothing_signed() -> WorldError:
    """What is said where there is nothing to write."""
    return WorldError(tr("No screening is signed yet."), tr("Sign one, then there is something to write."))


def so_far(done: int, whole: int) -> str:
    """How far the writing is."""
    return tr("Writing… {percent} % done.").format(percent=100 * done // max(whole, 1))


def said_of(screenings: int, not_read: int) -> str:
    """What is in it, and what is not."""
    said = tr_n("1 screening.", "{n} screenings.", screenings)
    if not not_read:
        return said
    left = tr_n(
        "1 answer is told as not_read: today's content does not read it.",
        "{n} answers are told as not_read: today's content does not read them.",
        not_read,
    )
    return f"{said} {left}"


def table_of_screenings(day: str, form: str) -> Writing:
    """What is asked before the tables are written."""
    return Writing(
        title=tr("Save the screenings as tables"),
        lead=tr(
            "A row for each signed screening, with a column for how each question stands beside its answer. Beside the "
            "file that you name stand one of medicines and a codebook, called after it; files of these names are "
            "replaced. None is encrypted, and together they hold all that was answered."
        ),
        name=tr("screenings {day}").format(day=day) + f".{form}",
        suffix=f".{form}",
        kind=tr("Table"),
        tick=tr("Redacted: without what says whose records these are"),
        tick_help=tr(
            "Leaves out reference, ids, names, notes and typed text; of every date its year stays. Counts stand beside "
            "it, in which small ones are suppressed. What is left can still point to a person who is known otherwise."
        ),
    )
