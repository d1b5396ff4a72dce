"""The way from a file to answers that are offered: chosen or dropped, read, looked at, offered."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from screener.language import tr, tr_n
from screener.screening.session import Session
from screener.text import WorldError
from screener.ui.screening.desk import Desk
from screener.ui.session_controller import SessionController

if TYPE_CHECKING:
    from screener.exchange.fhir.incoming import Incoming
    from screener.ui.screening.file_page import FilePage, FoundPage


_NAMED = 4
"""So many themes are named where something is offered."""


class FileWay(QObject):
    """Nothing is offered before its line stands in the audit log."""

    def __init__(
        self,
        controller: SessionController,
        desk: Desk,
        show: Callable[[QWidget], None],
        close: Callable[[], None],
        shown: Callable[[], QWidget | None],
        say: Callable[[str], None],
        parent: QObject,
    ) -> None:
        """`show`, `close`: a page inside the bars of the screening; `shown`: what stands there now.

        `say`: what came of it, above the interview.
        """
        super().__init__(parent)
        self._controller, self._desk = controller, desk
        self._show, self._close, self._shown, self._say = show, close, shown, say

    def open(self) -> None:
        """Ask for a file."""
        self._ask()

    def take(self, path: Path) -> None:
        """Read a file that was dropped."""
        self._read(self._ask(), path)

    def _ask(self) -> FilePage:
        from screener.ui.screening.file_page import FilePage

        page = FilePage(self._controller.session)
        page.chosen.connect(partial(self._read, page))
        page.closed.connect(self._close)
        self._show(page)
        return page

    def _read(self, page: FilePage, path: Path) -> None:
        from screener.exchange.fhir.incoming import Wanted, of_path

        page.show_reading(path.name)
        session = self._controller.session
        offset = session.clock.now().utcoffset() or timedelta()
        day = date.fromisoformat(session.visit["visit_date"])
        wanted = Wanted(session.pack, session.opening.pathway, day, timezone(offset))
        self._desk.jobs.submit(
            partial(of_path, path, wanted), partial(self._found, page), partial(self._not_done, page)
        )

    def _found(self, page: FilePage, found: Incoming) -> None:
        if not self._is_there(page):
            return
        from screener.ui.screening.file_page import FoundPage

        shown = FoundPage(self._controller.session, found)
        shown.offer.connect(partial(self._offer, shown, found))
        shown.closed.connect(self._close)
        self._show(shown)

    def _offer(self, page: FoundPage, found: Incoming, by: str) -> None:
        desk, count = self._desk, len(found.answers)
        self._desk.jobs.submit(
            lambda: desk.shelf.note_file(desk.screening, "fhir", count),
            lambda _: self._noted(page, found, by),
            partial(self._not_done, page),
        )

    def _not_done(self, page: FilePage | FoundPage, problem: WorldError) -> None:
        if self._is_there(page):
            page.show_problem(problem)

    def _is_there(self, page: QWidget) -> bool:
        """Nobody has left it meanwhile."""
        return isValid(page) and self._shown() is page

    def _noted(self, page: FoundPage, found: Incoming, by: str) -> None:
        if not self._is_there(page):
            return
        session = self._controller.session
        at = session.clock.now().isoformat(timespec="seconds")
        self._controller.offer_file(found.to_offer(by, at, session.opening.clinician))
        self._close()
        said = tr_n(
            "1 answer is offered at its question. It is recorded once you take it there.",
            "{n} answers are offered at their questions. Each is recorded once you take it there.",
            len(found.answers),
        )
        self._say(f"{said} {_where(session, found.answers)}")


def _where(session: Session, answered: Collection[str]) -> str:
    """The themes in which something is offered: the first of them by name."""
    inside = {session.pack.theme_of[name].id for name in answered}
    titles = [theme.title for theme in session.form.themes if theme.id in inside]
    more = len(titles) - _NAMED
    named = titles[:_NAMED] + ([tr_n("and 1 more", "and {n:,} more", more)] if more > 0 else [])
    return tr("Look in: {themes}.").format(themes=", ".join(named))
