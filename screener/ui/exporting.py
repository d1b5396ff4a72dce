"""Signed records of a vault as tables: what is wanted is asked, then they are read on a thread of their own."""

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
from screener.text import WorldError, problem_words
from screener.ui.content import folder_words
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
_FOUND = "found "
"""Before the form, where only those that were found are wanted."""
_STEP = 5
"""So many records are read between two words on how far it is."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which signed screenings: those found by `words`, those of one `reference`; without either all of them."""

    words: str = ""
    reference: str | None = None

    def latest(self, shelf: VaultShelf) -> list[RecordLine]:
        return latest(shelf.records(self.reference, words=self.words))


ALL = Which()


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

    def open(self, which: Which = ALL) -> None:
        """Show what there is to choose from, over the page that is open; of those found by words how many they are.

        Where nothing is signed at all, that is said before anybody is asked for anything.
        """
        here, shelf = self._window.page, self._vault.shelf

        def looked() -> int | None:
            if not shelf.has_signed():
                return None
            return len(which.latest(shelf)) if which.words else 0

        def shown(found: int | None) -> None:
            if self._window.page is here:
                self._ask_form(which, found)

        work = as_long_as_open(self._is_over, looked)
        self._jobs.submit(work, shown, self._window.while_shown(here, self._window.show_problem))

    def _ask_form(self, which: Which, found: int | None) -> None:
        """`found`: how many were found by words; None where nothing is signed."""
        page = page_of_none() if found is None else page_of_tables(which, found)
        page.chosen.connect(partial(self._ask_where, which))
        page.closed.connect(self._window.close_over)
        self._window.show_over(page)

    def end(self) -> None:
        """The records are locked: what is still being written is left, and nothing of it stays."""
        self._over = True
        self._jobs.close()

    def _is_over(self) -> bool:
        return self._over

    def _ask_where(self, which: Which, chosen: str) -> None:
        from screener.ui.shell.save_page import SavePage

        form = chosen.removeprefix(_FOUND)
        wanted = ALL if which.words and form == chosen else which
        page = SavePage(table_of_screenings(f"{today(self._clock)}", form, wanted))
        page.save.connect(partial(self._write, page, wanted))
        page.closed.connect(self._window.close_over)
        self._window.show_over(page)

    def _write(self, page: SavePage, which: Which, path: Path, redacted: bool) -> None:
        self._writing = page
        shown, pack = self._window.while_shown, self._pack()
        work = as_long_as_open(self._is_over, partial(self._written, which, path, redacted, pack))
        self._jobs.submit(work, shown(page, partial(_show_written, page, path)), shown(page, page.show_problem))

    # On its thread

    def _written(self, which: Which, path: Path, redacted: bool, pack: Pack) -> str:
        from screener.exchange.dataset.files import files
        from screener.exchange.dataset.made import data_set
        from screener.store.files import write_together

        shelf = self._vault.shelf
        found = which.latest(shelf)
        if not found:
            raise nothing_signed(which)
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
    page.show_so_far(f"{said} {tr('Written: {path}').format(path=folder_words(path))}")


def page_of_tables(which: Which = ALL, found: int = 0) -> ExportPage:
    """The page on which the form of the tables is chosen; where so many were `found` by words, which of them too."""
    from screener.ui.shell.export_page import ExportPage, Offer

    csv, parquet = tr("Table (CSV)"), tr("Table (Parquet)")
    for_csv = tr("For a spreadsheet, and for anything that reads tables.")
    for_parquet = tr("For statistics: each column has its type.")
    offers = [Offer(CSV, csv, for_csv), Offer(PARQUET, parquet, for_parquet)]
    if found:
        every = tr("All screenings: {form}")
        offers = [
            Offer(_FOUND + CSV, _those(found, csv), for_csv),
            Offer(_FOUND + PARQUET, _those(found, parquet), for_parquet),
            Offer(CSV, every.format(form=csv), for_csv),
            Offer(PARQUET, every.format(form=parquet), for_parquet),
        ]
    return ExportPage(tr("Export"), _lead(which, found), offers)


def page_of_none() -> ExportPage:
    """Says that nothing is signed yet, and what there would have to be."""
    from screener.ui.shell.export_page import ExportPage

    return ExportPage(tr("Export"), problem_words(nothing_signed()), [])


def _those(found: int, form: str) -> str:
    return tr_n("The 1 screening found: {form}", "The {n} screenings found: {form}", found, form=form)


def _lead(which: Which, found: int) -> str:
    if which.reference is not None:
        said = tr(
            "The signed screenings of {reference}, a row for each. Every record in it has its line in the audit log."
        )
        return said.format(reference=which.reference)
    if found:
        said = tr(
            "Signed screenings, a row for each: those found with “{words}”, or all. Every record in it has its line in "
            "the audit log."
        )
        return said.format(words=which.words)
    every = tr("All signed screenings, a row for each. Every record in it has its line in the audit log.")
    if which.words:
        return f"{tr('No signed screening is found with “{words}”.').format(words=which.words)} {every}"
    return every


def nothing_signed(which: Which = ALL) -> WorldError:
    """What is said where there is nothing to write."""
    if which.words:
        said = tr("No signed screening is found with “{words}”.").format(words=which.words)
        return WorldError(said, tr("Look for other words."))
    said = tr("No screening is signed yet.")
    return WorldError(said, tr("Open one, review it and sign it: signed screenings can be exported here."))


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


def table_of_screenings(day: str, form: str, which: Which = ALL) -> Writing:
    """What is asked before the tables are written."""
    name = tr("screenings {day}").format(day=day)
    lead = ""
    if which.reference is not None:
        lead = tr("Those of {reference} alone.").format(reference=which.reference)
        name = f"{which.reference} {day}".replace("/", "-")
    elif which.words:
        lead = tr("Those found with “{words}” alone.").format(words=which.words)
        name = tr("screenings found {day}").format(day=day)
    return Writing(
        title=tr("Save the screenings as tables"),
        lead=f"{lead} ".lstrip()
        + tr(
            "A row for each signed screening, with a column for how each question stands beside its answer. Beside the "
            "file that you name stand one of medicines and a codebook, called after it; files of these names are "
            "replaced. None is encrypted, and together they hold all that was answered."
        ),
        name=f"{name}.{form}",
        suffix=f".{form}",
        kind=tr("Table"),
        tick=tr("Redacted: without what says whose records these are"),
        tick_help=tr(
            "Leaves out reference, ids, names, notes and typed text; of every date its year stays. Counts stand beside "
            "it, in which small ones are suppressed. What is left can still point to a person who is known otherwise."
        ),
    )
