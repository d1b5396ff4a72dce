"""The rooms beside the desk: signed records, the records of a reference, the audit log, erasing, rules and sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock
from screener.store.roles import Right
from screener.text import WorldError
from screener.ui.content import Content
from screener.ui.history import History
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.exchange.pdf import Paper
    from screener.forms.model import Pack
    from screener.store.vault import Vault
    from screener.ui.adjusting import Unfinished
    from screener.ui.browsing import Browsing
    from screener.ui.erasing import Erasing
    from screener.ui.exporting import Exporting
    from screener.ui.logbook import Logbook
    from screener.ui.reading import Reading
    from screener.ui.screening.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a room: its id, which is that of the action that leads there too, if there is one; who may go."""

    id: str
    text: str
    go: Callable[[], object]
    right: Right | None = None


class Rooms(QObject):
    """Each room is made when somebody first enters it, and stays until the records are closed."""

    left = Signal()
    """Somebody leaves for home."""

    def __init__(
        self,
        window: MainWindow,
        vault: Vault,
        content: Content,
        country: Callable[[], str],
        jobs: Jobs,
        clock: Clock,
        unfinished: Unfinished,
        forget: Callable[[str], object],
        say: Callable[[WorldError], None],
        parent: QObject,
    ) -> None:
        """`country`: that of the clinic, as it is kept now. `unfinished`: what this account wrote and did not sign.

        `forget`: is told the reference of what was erased.
        """
        super().__init__(parent)
        self._window, self._vault, self._content, self._jobs = window, vault, content, jobs
        self._country, self._clock, self._unfinished, self._say = country, clock, unfinished, say
        self._forget = forget
        self._reading: Reading | None = None
        self._logbook: Logbook | None = None
        self._erasing: Erasing | None = None
        self._browser: Browsing | None = None
        self._exporting: Exporting | None = None
        self._history = History(vault.shelf, content, clock, self)

    # Signed records

    def open_record(self, record: str) -> None:
        """Read a signed record, with what was added to it."""
        from screener.ui.reading import Reading

        if self._reading is None:
            self._reading = Reading(
                self._window,
                self._vault,
                self._jobs,
                self._clock,
                self._unfinished,
                self._say,
                self._pack_of,
                self._first_paper,
            )
            self._reading.closed.connect(self.left)
            self._reading.history.connect(self.show_history)
        self._reading.open(record)

    def look(self) -> None:
        """Take what stands on the page of an amendment that is open, which stays."""
        if self._reading is not None:
            self._reading.look()

    def put_aside(self) -> None:
        """The records are locked: what is written of an amendment waits for this account."""
        if self._reading is not None:
            self._reading.put_aside()

    def _first_paper(self, content: Mapping[str, Any]) -> Paper:
        """By the content of today: a profile keeps its country from one version to the next."""
        from screener.ui.screening.review.report import first_paper

        return first_paper(self._todays_pack(), self._country(), content)

    def _pack_of(self, content_hash: str) -> Pack:
        """The content that a record was made with; where it is gone, today's."""
        found = self._content.begun_with(content_hash) or self._content.pack
        assert found is not None, "nothing over a vault is shown without content"
        return found

    # Records of a reference

    def show_history(self, reference: str, record: str = "") -> None:
        """The records of a reference; leaving goes back to the record that one came from, else home."""
        area = self._history.area(reference)
        area.open_record.connect(self.open_record)
        area.closed.connect(partial(self.open_record, record) if record else self.left)
        if Right.EXPORT in self._vault.account.rights:
            area.timeline.offer_export()
            area.timeline.export.connect(partial(self.show_export, reference=reference))
        self._window.show_page(area)

    def beside(self, workspace: Workspace, screening: str) -> None:
        """The earlier records for an open screening: its cards offer answers, and it is among them as it stands."""
        session = workspace.controller.session
        workspace.history_asked.connect(partial(self._show_inside, workspace, screening))
        self._history.read_earlier(session.opening.reference, screening, workspace.controller.take_earlier)
        workspace.open_rule.connect(partial(self._open_rule, workspace))

    def _show_inside(self, workspace: Workspace, screening: str) -> None:
        session = workspace.controller.session
        area = self._history.area(session.opening.reference, session, screening)
        area.closed.connect(workspace.pages.close_inside)
        workspace.pages.show_inside(area)

    # Taking records out as tables

    def show_export(self, words: str = "", reference: str | None = None) -> None:
        """What signed records can be taken out as, over the page that is open.

        All of them, or those found by the words of the search too; those of one `reference` alone.
        """
        from screener.ui.exporting import Exporting, Which

        if self._exporting is None:
            self._exporting = Exporting(self._window, self._vault, self._clock, self._todays_pack, self._pack_of)
        self._exporting.open(Which(words, reference))

    def _todays_pack(self) -> Pack:
        return self._pack_of("")

    # The audit log, and erasing

    def show_log(self) -> None:
        """Every deed, latest first."""
        from screener.ui.logbook import Logbook

        if self._logbook is None:
            self._logbook = Logbook(self._window, self._vault, self._jobs, self._clock)
            self._logbook.closed.connect(self.left)
            self._logbook.erase.connect(self._show_erase)
        self._logbook.open()

    def _show_erase(self) -> None:
        from screener.ui.erasing import Erasing

        if self._erasing is None:
            self._erasing = Erasing(self._window, self._vault, self._jobs, self._forget)
            self._erasing.closed.connect(self.show_log)
        self._erasing.open()

    # Rules and sources

    def browse(self, back: Callable[[], object]) -> None:
        """The rules of the open content; leaving goes `back`."""
        self._browsing().open(back)

    def _open_rule(self, workspace: Workspace, rule: str) -> None:
        """The rules of an open screening, inside its bars."""
        show = partial(workspace.pages.show_inside, room="rules")
        self._browsing().open_inside(workspace.controller.session.pack, show, workspace.pages.close_inside, rule)

    def _browsing(self) -> Browsing:
        from screener.ui.browsing import Browsing

        if self._browser is None:
            self._browser = Browsing(self._window, self._content, self._clock)
        return self._browser

    def show_content(self) -> None:
        """Content was read, or is being read."""
        if self._browser is not None:
            self._browser.show_content()

    def end(self) -> None:
        """The records are closed: what is still on its way is shown no more."""
        self._history.end()
        rooms = (self._reading, self._logbook, self._erasing, self._browser, self._exporting)
        for room in rooms:
            if room is not None:
                room.end()
        for room in rooms:
            if room is not None:
                room.deleteLater()
        self._reading = self._logbook = self._erasing = self._browser = self._exporting = None
