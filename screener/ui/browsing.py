"""The browser of rules and sources in the window: what it shows is read and judged beside it, and read again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from screener.clock import Clock
from screener.language import tr
from screener.text import WorldError, problem_words
from screener.ui.cohorts import Cohorts
from screener.ui.content import Content, counted_findings, many_findings, pack_words
from screener.ui.jobs import Jobs
from screener.ui.logic_checks import LogicChecks
from screener.ui.shell.window import MainWindow
from screener.ui.showing_folder import show_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from screener.forms.browsing import Shelves
    from screener.forms.findings import Finding
    from screener.forms.library import Library
    from screener.forms.model import Pack
    from screener.ui.cohort_exports import CohortExports
    from screener.ui.content import OpenContent
    from screener.ui.packs.browser import BrowserPage
    from screener.ui.packs.opened import State

_OTHER_PACK = tr(
    "This screening was begun with a pack that is not the one whose folder is "
    "open: how a rule is written, and its worked cases, are not at hand."
)
_STOPPED = tr(
    "The folder has findings, so the last good pack is shown. How a rule is "
    "written, and its worked cases, stand here once they are mended."
)


class Browsing(QObject):
    """Opens the browser as a page, or inside a screening, and hands it what a thread of its own has read."""

    def __init__(self, window: MainWindow, content: Content, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._content, self._clock = window, content, clock
        self._jobs = Jobs("browsing", self)
        self._page: BrowserPage | None = None
        self._pack: Pack | None = None
        self._of_screening = False
        self._shown: OpenContent | None = None
        self._read: OpenContent | None = None
        """The content whose files were read last, or are being read: kept from one opening to the next."""
        self._library: Library | None = None
        """These files, once they are read."""
        self._logic = LogicChecks(self)
        self._logic.came_on.connect(self._show_logic)
        self._cohorts = Cohorts(self)
        self._cohorts.came_on.connect(self._show_table)
        self._exports: CohortExports | None = None
        self._over = False

    def open(self, back: Callable[[], object], kind: str = "", name: str = "") -> None:
        """Show the open content in place of the page that is shown; `back` leads from it."""
        found = self._content.open
        assert found is not None, "nothing over a vault is shown without content"
        self._window.say_opening()
        page = self._made(found.pack, back)
        if name:
            page.go_to(kind, name)
        self._window.show_page(page)
        self._fill()

    def open_inside(
        self, pack: Pack, show: Callable[[QWidget], object], back: Callable[[], object], rule: str = ""
    ) -> None:
        """Show the pack of a screening where `show` puts it; `back` leads from it."""
        self._window.say_opening()
        page = self._made(pack, back)
        self._of_screening = True
        self._cohorts.stand_aside()
        if rule:
            page.go_to("rule", rule)
        show(page)
        self._fill()

    def end(self) -> None:
        """Nothing is shown any more. What is being read is left alone: nobody at the window waits for it."""
        self._over = True
        self._logic.end()
        self._cohorts.end()
        if self._exports is not None:
            self._exports.end()
        self._jobs.abandon()

    def _made(self, pack: Pack, back: Callable[[], object]) -> BrowserPage:
        from screener.ui.packs.browser import BrowserPage

        page = BrowserPage(self._clock.now)
        page.closed.connect(back)
        page.closed.connect(self._closed)
        page.run_cases.connect(self._run_cases)
        page.open_folder.connect(self._open_folder)
        page.looks_at.connect(self._logic.prefer)
        self._connect_table(page)
        self._page, self._pack, self._of_screening = page, pack, False
        self._shown = None
        return page

    def _closed(self) -> None:
        self._page = None
        self._logic.rest()

    @property
    def _open_page(self) -> BrowserPage | None:
        """The page while it is there: another page may have taken its place, and it with it."""
        if self._page is not None and not isValid(self._page):
            self._page = None
        return self._page

    # Content

    def show_content(self) -> None:
        """Content was read, or is being read: an open page says so, and keeps its place."""
        page = self._open_page
        if page is None:
            return
        found = self._content.open
        if found is not None and not self._of_screening and not self._content.reading and found is not self._shown:
            self._pack = found.pack
            self._fill()
        else:
            page.show_state(self._state())

    def _fill(self) -> None:
        from screener.forms.browsing import shelves
        from screener.forms.library import read_library

        page, pack, found = self._page, self._pack, self._content.open
        assert page is not None and pack is not None and found is not None
        self._shown = found
        page.show_state(self._state())
        if not self._of_screening:
            self._cohorts.use(pack, own=found.origin != "shipped")
        own = found.pack.hash == pack.hash
        difference = found.difference if own else None
        self._jobs.submit(partial(shelves, pack, difference), partial(self._show_shelves, page), self._say)
        if own and self._read is not found:
            self._read, self._library = found, None
            self._logic.wait()
            folder = self._content.folder
            self._jobs.submit(
                partial(read_library, folder), partial(self._files_read, found), partial(self._not_read, found)
            )

    def _state(self) -> State:
        from screener.ui.packs.opened import READING, State

        found, pack = self._content.open, self._pack
        assert found is not None and pack is not None
        name = pack_words(pack)
        reread = tr("Re-read by a named clinician: {reread_rules} of {active_rules}").format(
            reread_rules=pack.reread_rules, active_rules=pack.active_rules
        )
        if not self._own:
            return State(name, reread, (), _OTHER_PACK)
        if found.stopping:
            said = tr("Last good pack; its folder has {many_findings}, read at {read_at} · {reread}").format(
                many_findings=many_findings(found.stopping), read_at=found.read_at, reread=reread
            )
            return State(name, said, found.findings, _STOPPED)
        how = (
            tr("Reading the files…")
            if self._content.reading
            else tr("Read at {read_at}, {counted_findings}").format(
                read_at=found.read_at, counted_findings=counted_findings(found.findings)
            )
        )
        return State(name, f"{how} · {reread}", found.findings, READING)

    def _show_shelves(self, page: BrowserPage, made: Shelves) -> None:
        if page is self._open_page:
            page.show_shelves(made)
            self._show_library()

    def _files_read(self, found: OpenContent, library: Library) -> None:
        if self._read is found:
            self._library = library
            self._show_library()

    def _not_read(self, found: OpenContent, problem: WorldError) -> None:
        if self._read is found:
            self._read = None
        self._say(problem)

    def _show_library(self) -> None:
        """Show the files on a page of the content that they are of."""
        page = self._open_page
        if page is not None and self._library is not None and self._read is self._shown and self._own:
            page.show_library(self._library)
            if self._of_screening:
                self._logic.show_kept(self._library)
            else:
                self._logic.begin(self._library)

    def _show_logic(self) -> None:
        """Show how far the logic checks are, while there is a page to show it on."""
        page = self._open_page
        if page is None:
            self._logic.rest()
        else:
            page.show_logic(self._logic.logic)

    # A table of records

    def _connect_table(self, page: BrowserPage) -> None:
        table, cohorts = page.side.table, self._cohorts
        table.choice.count.connect(cohorts.choose)
        table.choice.new_map.connect(cohorts.write_map)
        table.choice.forget.connect(cohorts.forget)
        table.stop.connect(cohorts.stop)
        table.part_by.connect(cohorts.part_by)
        table.compare.connect(cohorts.compare)
        page.side.rule.compare.connect(cohorts.compare)
        table.save.connect(self._save_counts)

    def _show_table(self) -> None:
        page = self._open_page
        if page is not None:
            page.show_table(self._cohorts.state)

    def _save_counts(self, ending: str) -> None:
        from screener.ui.cohort_exports import CohortExports

        if self._exports is None:
            self._exports = CohortExports(self._window, self._clock, self)
        self._exports.open(self._cohorts.state, ending)

    @property
    def _own(self) -> bool:
        """The page shows the content that is open, not the pack of a screening that was begun with another."""
        found = self._content.open
        return found is not None and self._pack is not None and found.pack.hash == self._pack.hash

    def _say(self, problem: WorldError) -> None:
        if not self._over:
            self._window.news.tell(problem_words(problem), attention=True)

    # Worked cases

    def _run_cases(self) -> None:
        page, library, shown = self._open_page, self._library, self._pack
        if page is None or shown is None:
            return
        if library is None or library.pack is None or not library.holds(shown):
            page.say_cases(tr("The worked cases are not at hand: the files could not be read as a whole, or not yet."))
            return
        page.say_cases(tr("Running every worked case…"), running=True)
        self._jobs.submit(library.run_cases, partial(self._cases_run, page, library.pack), self._say)

    def _cases_run(self, page: BrowserPage, pack: Pack, found: tuple[Finding, ...]) -> None:
        if page is not self._open_page:
            return
        count = sum(len(rule.cases) for rule in pack.rules.values() if rule.status not in ("retired", "off"))
        wrong = tr("{count} not as written").format(count=len(found)) if found else tr("all as written")
        page.say_cases(
            tr("{count} worked cases run at {now:%H:%M}: {wrong}.").format(
                count=count, now=self._clock.now(), wrong=wrong
            ),
            found,
        )

    # Files

    def _open_folder(self, file: Path) -> None:
        show_folder(file.parent, self._window.news.tell)
