"""Home's list of screenings: asked of the vault page by page, and anew for every word that is looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from screener.language import tr
from screener.records.browse import Json, Shelf
from screener.records.paging import Found, first, further, waited_for
from screener.text import WorldError
from screener.ui.jobs import Jobs

if TYPE_CHECKING:
    from screener.ui.shell.home import HomePage

Opened = tuple[Found, Sequence[tuple[str, Json]]]


class ScreeningList:
    """Fills one home page, for as long as it `stands`. An answer to words that were changed meanwhile is dropped."""

    def __init__(self, page: HomePage, shelf: Shelf, jobs: Jobs, stands: Callable[[], bool]) -> None:
        self._page, self._shelf, self._jobs, self._stands = page, shelf, jobs, stands
        self._found = Found()
        self._asked = 0
        page.look_for.connect(self.look_for)
        page.more.connect(self.further)

    def open(self, said: str = "") -> None:
        """The whole list as home opens, with what there is to say of the last deed."""
        shelf = self._shelf
        self._page.wait()
        ticket = self._next()
        self._jobs.submit(
            lambda: (first(shelf), tuple(waited_for(shelf.waiting()))),
            partial(self._opened, ticket, said),
            self._failed,
        )

    def look_for(self, words: str) -> None:
        """Those with these words."""
        if not self._stands():
            return
        if words == self._found.words:
            self._next()  # whatever is still on its way is not wanted any more
            self._page.show_found(self._found)
            return
        shelf, ticket = self._shelf, self._next()
        self._page.wait()
        # Asked for other words while it waited its turn, it is not done at all.
        self._jobs.submit(
            lambda: first(shelf, words) if ticket == self._asked else None, partial(self._show, ticket), self._failed
        )

    def further(self) -> None:
        """One page more of what is shown."""
        if not self._stands():
            return
        shelf, found, ticket = self._shelf, self._found, self._next()
        self._page.wait()
        self._jobs.submit(lambda: further(shelf, found), partial(self._show_further, ticket), self._failed)

    def _next(self) -> int:
        self._asked += 1
        return self._asked

    def _opened(self, ticket: int, said: str, opened: Opened) -> None:
        if not self._stands():
            return
        found, waiting = opened
        stopped = found.interrupted
        if stopped is not None:
            interrupted = tr(
                "{reference} was open when the program last stopped: {steps} steps are on "
                "disk. Open it to go on at the question that was open."
            ).format(reference=stopped.opening["reference"], steps=stopped.steps)
            said = f"{said}\n{interrupted}"
        self._page.found.show_text(said.strip())
        self._page.show_waiting(waiting)
        self._show(ticket, found)

    def _show(self, ticket: int, found: Found | None) -> None:
        if found is not None and ticket == self._asked and self._stands():
            self._found = found
            self._page.show_found(found)

    def _show_further(self, ticket: int, found: Found) -> None:
        if ticket == self._asked and self._stands():
            self._found = found
            self._page.show_found(found, further=True)

    def _failed(self, problem: WorldError) -> None:
        if self._stands():
            self._page.show_problem(problem)
