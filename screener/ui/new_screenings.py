"""Beginning screenings over an open vault: the page, somebody who was here before, what waits from before a lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock, today
from screener.text import WorldError
from screener.ui.adjusting import Unfinished
from screener.ui.choices import ClinicChoices
from screener.ui.content import Content
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from screener.forms.model import Pack
    from screener.records.browse import LastVisit
    from screener.screening.opening import Opening
    from screener.screening.session import Session
    from screener.store.vault import Vault
    from screener.ui.screening.workspace import Workspace
    from screener.ui.shell.new_screening import Beginning, FilledIn, NewScreeningPage


@dataclass(frozen=True, slots=True)
class Opened:
    """How a screening that is begun comes into the window."""

    says: Callable[[], None]
    """It takes a moment, and that is said."""
    open: Callable[[Session, str], Workspace]
    known: Callable[[Workspace, str, str], None]
    """Its person was named by reference and second mark; a question to go to, and what there is to say."""
    failed: Callable[[WorldError], None]


class NewScreenings(QObject):
    """Shows the page for a new one, and begins what was filled in there, or on the list of the day."""

    left = Signal()

    def __init__(
        self,
        window: MainWindow,
        vault: Vault,
        content: Content,
        choices: Callable[[], ClinicChoices],
        jobs: Jobs,
        clock: Clock,
        unfinished: Unfinished,
        opened: Opened,
        parent: QObject,
    ) -> None:
        """`choices`: those of the clinic, as they are kept now. `unfinished`: what waits for this account."""
        super().__init__(parent)
        self._window, self._vault, self._content, self._choices = window, vault, content, choices
        self._jobs, self._clock, self._unfinished, self._opened = jobs, clock, unfinished, opened
        self._page: NewScreeningPage | None = None

    @property
    def _pack(self) -> Pack:
        found = self._content.pack
        assert found is not None, "nothing over a vault is shown without content"
        return found

    def show(self) -> None:
        """With what was filled in when the records were locked, if it was not begun."""
        page, waits = self.show_on(""), self._unfinished.new
        if waits is not None:
            self._unfinished.new = None
            page.take_up(waits)

    def show_again(self, visit: LastVisit) -> None:
        """A screening of whoever was here before, with what is known of that visit filled in, to be looked over."""
        self.show_on(visit.pathway).fill_in(visit)

    def begin_again(self, visit: LastVisit, planned: str) -> None:
        """The same for somebody whom reference and second mark have named: begun at once; where the content has
        changed so that it cannot be, it is to be looked over."""
        from screener.ui.shell.new_screening import Beginning

        pack, page = self._pack, self._window.base
        known = {one.id for one in pack.pathways} | {one.id for one in pack.profiles}
        if not {visit.pathway, *visit.profiles} <= known:
            self.show_again(visit)
            return
        again = Beginning(
            reference=visit.reference,
            second_mark=visit.second_mark,
            age=None,
            pathway=visit.pathway,
            profiles=visit.profiles,
            product=visit.product,
            visit_date=today(self._clock).isoformat(),
            role=self._vault.account.role,
        )
        self._begin(page, pack, again, partial(self._begun_again, planned))

    def _begun_again(self, at: str, workspace: Workspace) -> None:
        from screener.records.day_entry import planned

        if at:
            workspace.controller.answer_together(planned(workspace.controller.session, at))
        self._opened.known(workspace, "", "")

    def show_on(self, pathway: str) -> NewScreeningPage:
        from screener.records.references import References
        from screener.ui.shell.new_screening import NewScreeningPage

        pack, shelf = self._pack, self._vault.shelf
        self._window.say_opening()
        page = NewScreeningPage(pack, today(self._clock), self._choices().country, self._vault.account.role, {})
        # Under the content that was shown when it was chosen, also if the files are read again in the meantime.
        page.begin.connect(partial(self._begin, page, pack))
        page.back.connect(self.left)
        page.choose(pathway)
        self._page = page
        self._window.show_page(page)
        self._jobs.submit(
            lambda: References({known.reference: known.second_mark for known in shelf.known()}),
            self._window.while_shown(page, page.show_known),
            self._opened.failed,
        )
        return page

    def _begin(self, page: QWidget, pack: Pack, wanted: Beginning, then: Callable[[Workspace], object] = bool) -> None:
        from screener.screening.opening import Opening, PackStamp

        opening = Opening(
            reference=wanted.reference,
            second_mark=wanted.second_mark,
            pathway=wanted.pathway,
            profiles=wanted.profiles,
            parameters=dict(self._choices().parameters),
            product=wanted.product,
            visit_date=wanted.visit_date,
            clinician=self._vault.account.name,
            role=wanted.role,
            begun_at=self._clock.now().isoformat(timespec="seconds"),
            pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
        )
        shelf = self._vault.shelf

        def begin() -> str:
            self._content.keep(pack)
            return shelf.begin(opening.to_json())

        def show(screening: str) -> None:
            then(self._begun(pack, opening, wanted.age, screening))

        begun = self._window.while_shown(page, show)

        def on_disk(screening: str) -> None:
            self._unfinished.new = None  # locked meanwhile, it waits no more: it stands in the list
            begun(screening)

        self._opened.says()
        self._jobs.submit(begin, on_disk, self._opened.failed)

    def _begun(self, pack: Pack, opening: Opening, age: int | None, screening: str) -> Workspace:
        from screener.screening.session import Session

        workspace = self._opened.open(Session(pack, opening, self._clock), screening)
        if age is not None and "person.age" in workspace.controller.session.questions:
            workspace.controller.answer("person.age", age)
        return workspace

    @property
    def filled_in(self) -> FilledIn | None:
        """What is filled in on the page that is open; None where there is none, or everything is as it came."""
        here = self._page is not None and self._page is self._window.base
        return self._page.filled_in if here and self._page is not None else None

    def put_aside(self) -> None:
        """The records are locked: what is filled in waits for this account."""
        self._unfinished.new = self.filled_in or self._unfinished.new
