"""Everything over an open vault: home, settings, beginning and opening screenings, and the way to its rooms."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock
from screener.language import tr
from screener.store.roles import Right
from screener.text import WorldError
from screener.ui.actions import BY_ID, bind
from screener.ui.adjusting import Adjusting, PutAside
from screener.ui.appearance import Appearance
from screener.ui.backing_up import BackingUp
from screener.ui.choices import ClinicChoices
from screener.ui.content import Content
from screener.ui.dose_day import DoseDay
from screener.ui.dropping import Dropping
from screener.ui.jobs import Jobs
from screener.ui.keeping import Keeping
from screener.ui.new_screenings import NewScreenings, Opened
from screener.ui.own_questions import OwnQuestions
from screener.ui.papers import Papers
from screener.ui.rooms import Rooms, Way
from screener.ui.shell.window import MainWindow
from screener.ui.telling import tell
from screener.ui.waiting import Waiting

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from screener.forms.model import Pack
    from screener.records.browse import Draft
    from screener.screening.session import Session
    from screener.store.vault import Vault
    from screener.ui.autosave import SaveStatus
    from screener.ui.content import OpenContent
    from screener.ui.handing_over import HandingOver
    from screener.ui.locking import Locking
    from screener.ui.screening.workspace import Workspace
    from screener.ui.screening_list import ScreeningList
    from screener.ui.shell.discard import DiscardPage
    from screener.ui.shell.screening_table import Line


class Clinic(QObject):
    """One open vault in the window, with at most one open screening."""

    locked = Signal()
    try_out = Signal()
    findings = Signal()
    """Somebody wants to see what is wrong with the content."""
    chose = Signal()
    """The clinic's choices are others now."""

    def __init__(
        self,
        window: MainWindow,
        vault: Vault,
        content: Content,
        jobs: Jobs,
        appearance: Appearance,
        clock: Clock,
        home: Path,
        aside: PutAside | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._vault, self._content, self._jobs = window, vault, content, jobs
        self._clock = clock
        aside = aside or PutAside()
        self._aside, self._unfinished = aside, aside.of(vault.account.id)
        self._waiting = Waiting(window, self._unfinished, self)
        self.workspace: Workspace | None = None
        self._list: ScreeningList | None = None
        self._keeping = Keeping(window, vault, jobs)
        self.backing_up = BackingUp(window, vault, jobs, home, self._keeping)
        self.adjusting = Adjusting(
            window, vault, content, jobs, appearance, clock, home, self._keeping, self.backing_up, aside
        )
        self.adjusting.left.connect(self.show_home)
        self.adjusting.chose.connect(self.chose)
        self.adjusting.findings.connect(self.findings)
        self.adjusting.rules.connect(self._browse_from_settings)
        self._rooms = Rooms(
            window,
            vault,
            content,
            lambda: self.choices.country,
            jobs,
            clock,
            self._unfinished,
            self._forget,
            self._say,
            self,
        )
        self._rooms.left.connect(self._show_list)
        self._dose_day = DoseDay(window, vault.shelf, jobs, clock, lambda: self._pack, self._read_draft)
        self._new = NewScreenings(
            window,
            vault,
            content,
            lambda: self.choices,
            jobs,
            clock,
            self._unfinished,
            Opened(self._say_opening, self._open_new, self._known, self._not_opened),
            self,
        )
        self._new.left.connect(self._show_list)
        self._dose_day.new.connect(self._new.show_on)
        self._dose_day.again.connect(self._new.show_again)
        self._dose_day.begin_again.connect(self._new.begin_again)
        self._dose_day.open_draft.connect(self._open_draft)
        self._dose_day.open_known.connect(self._open_known)
        self._dose_day.open_record.connect(self._rooms.open_record)
        self._dose_day.late.connect(self._say_late)
        self._dose_day.closed.connect(self.show_home)
        self._list_of_the_day = False
        """Where a screening that is left leads back to: the dose day, if that list was opened last, else home."""
        self._own = OwnQuestions(window, content, jobs, home, self)
        self.adjusting.own.connect(partial(self._own.open, self.adjusting.open))
        self._handing: HandingOver | None = None
        self._locking: Locking | None = None
        self._papers = Papers(window, vault, content, lambda: self.choices, clock, self)
        self._papers.left.connect(self.show_home)
        self._papers.settings.connect(self.adjusting.open)
        self._dropping = Dropping(
            window, jobs, lambda: self.workspace, lambda: self.is_handed_over, lambda: self._pack, self
        )
        self._over = False
        window.turned.connect(self._turned)

    def _turned(self) -> None:
        """A screening whose page has gone is open no more; pages beside it stand under the content of today."""
        from screener.ui.standing import standing_words

        if self.workspace is not None and not self._window.shows(self.workspace):
            self.workspace.shut()
            self.workspace = self._handing = self._locking = None
        if self.workspace is None and not self._over:
            self._window.say_standing(standing_words(self._pack))

    @property
    def _open(self) -> OpenContent:
        found = self._content.open
        assert found is not None, "nothing over a vault is shown without content"
        return found

    @property
    def _pack(self) -> Pack:
        return self._open.pack

    # Home

    def show_home(self, said: str = "") -> None:
        """The list of screenings, with what there is to say of the last deed."""
        from screener.ui.screening_list import ScreeningList
        from screener.ui.shell.home import HomePage
        from screener.ui.standing import standing_words

        self._list_of_the_day = False
        waits = (self.adjusting.reminder, self._unfinished.reminder)
        said = said or " ".join(one for one in waits if one)
        account = self._vault.account
        page = HomePage(f"{account.name}, {account.title}", account.rights, self.choices.lock_after_min)
        page.open_draft.connect(self._open_draft)
        page.open_record.connect(self._rooms.open_record)
        page.discard.connect(self._show_discard)
        page.try_out.connect(self.try_out)
        page.lock.connect(self.lock)
        page.settings.connect(self.adjusting.open)
        page.accounts.connect(partial(self._keeping.open_accounts, self.show_home))
        page.sheet.connect(partial(self._keeping.open_sheet, self.show_home))
        page.backups.connect(partial(self.backing_up.open, self.show_home))
        page.audit_log.connect(self._rooms.show_log)
        page.rules.connect(partial(self._rooms.browse, self.show_home))
        page.forms.connect(self._papers.open)
        bind(page, "forms", self._papers.open)
        bind(page, "rules", partial(self._rooms.browse, self.show_home))
        page.rail.show_pack(self._open)
        self._window.show_page(page)
        self._window.say_standing(standing_words(self._pack))
        if self._keeping.sheet_is_missing:
            page.remind_of_the_sheet()
        if Right.SCREEN not in account.rights:
            page.found.show_text(said)
            return
        page.new.connect(self._new.show)
        bind(page, "new", self._new.show)
        page.dose_day.connect(self.show_dose_day)
        bind(page, "dose_day", self.show_dose_day)
        page.records.connect(self._rooms.show_history)
        bind(page, "records", page.ask_for_records)
        if Right.EXPORT in account.rights:
            page.export.connect(self._show_export)
            bind(page, "export", self._show_export)
        bind(page, "search", page.search.setFocus)
        # Held here: what a signal leads to is not held by it.
        self._list = ScreeningList(
            page, self._vault.shelf, self._jobs, lambda: not self._over and self._window.shows(page)
        )
        self._list.open(said)
        self._dose_day.count(self._window.while_shown(page, page.rail.show_of_today))

    def _show_export(self) -> None:
        """Of all signed screenings, and of those that home's search finds where it is the page that is open."""
        from screener.ui.shell.home import HomePage

        page = self._window.base
        self._rooms.show_export(page.words if isinstance(page, HomePage) else "")

    def show_dose_day(self) -> None:
        """Who is here today for a dose, and what is due."""
        self._list_of_the_day = True
        typed, self._unfinished.day_line = self._unfinished.day_line, ""
        self._dose_day.open(typed)

    def ways(self) -> list[Way]:
        """The rooms that this account can go to."""
        home, rights = self.show_home, self._vault.account.rights
        ways = (
            Way("list", tr("Home"), home),
            Way("new", BY_ID["new"].text, self._new.show, Right.SCREEN),
            Way("dose_day", BY_ID["dose_day"].text, self.show_dose_day, Right.SCREEN),
            Way("forms", BY_ID["forms"].text, self._papers.open),
            Way("settings", tr("Settings"), self.adjusting.open),
            Way("accounts", tr("Accounts"), partial(self._keeping.open_accounts, home), Right.ACCOUNTS),
            Way("passphrase", tr("Your passphrase"), partial(self._keeping.open_passphrase, home)),
            Way("backups", tr("Backups"), partial(self.backing_up.open, home), Right.CHOOSE),
            Way("export", BY_ID["export"].text, self._show_export, Right.EXPORT),
            Way("log", tr("Audit log"), self._rooms.show_log, Right.LOG),
            Way("rules", BY_ID["rules"].text, partial(self._rooms.browse, home)),
        )
        return [way for way in ways if way.right is None or way.right in rights]

    def _show_list(self) -> None:
        """The list that was opened last."""
        self.show_dose_day() if self._list_of_the_day else self.show_home()

    def _say(self, problem: WorldError) -> None:
        """Say what the store could not do, while these records are open."""
        if not self._over:
            self._window.show_problem(problem)

    def _forget(self, reference: str) -> None:
        """What is kept under a reference was erased: nothing that was typed about it waits."""
        self._aside.forget(reference)
        self._dose_day.typed = ""  # it may name a part of that reference

    def _say_late(self, text: str) -> None:
        """Say what became of something whose page has gone, while these records are open."""
        if not self._over:
            self._window.say_below(text)

    # Settings

    @property
    def choices(self) -> ClinicChoices:
        """What the clinic chose, as it is kept."""
        return self.adjusting.choices

    def _browse_from_settings(self) -> None:
        self._rooms.browse(self.adjusting.open)

    def show_content(self) -> None:
        """Content was read, or is being read: pages that speak of it say so. An open screening is not touched."""
        from screener.ui.shell.home import HomePage

        page = self._window.base
        if isinstance(page, HomePage):
            page.rail.show_pack(self._open)
        self.adjusting.show_content()
        self._rooms.show_content()
        self._own.show_content()

    # Screenings

    def _open_new(self, session: Session, screening: str) -> Workspace:
        """One that has just begun."""
        self._dose_day.begun(screening)
        workspace = self.open_screening(session, screening)
        workspace.autosave.renew()
        workspace.controller.begin()
        return workspace

    def _open_draft(self, screening: str) -> None:
        """Go on under the content that the screening was begun with; where that is gone, under today's, and say so."""
        self._open_then(screening, self._draft_opened)

    def _open_known(self, screening: str, question: str, news: str) -> None:
        """The same for somebody whom reference and second mark have named: at a question, with something to say."""

        def opened(read: tuple[Draft, Session, bool]) -> None:
            self._known(self._draft_opened(read), question, news)

        self._open_then(screening, opened)

    def _known(self, workspace: Workspace, question: str = "", news: str = "") -> None:
        """Reference and second mark were typed a moment ago: the person is confirmed by that, and it is said."""
        from screener.ui.screening.identity import who_words
        from screener.ui.typed_ahead import TypedAhead

        workspace.confirm_by_itself()
        session = workspace.controller.session
        course = session.rules.pathway.course
        if question and session.is_shown(question):
            workspace.interview.go_to(question)
        if course is not None and question == course.readings:  # what is typed next is no other figure of the last one
            workspace.interview.add_reading()
        typed = tr("{who}: confirmed by reference and second mark, as they were typed.")
        said = f"{typed.format(who=who_words(session)[1])} {news}".strip()
        TypedAhead(workspace, partial(workspace.above.say_news, said))

    def _open_then(self, screening: str, opened: Callable[[tuple[Draft, Session, bool]], object]) -> None:
        self._say_opening()
        self._jobs.submit(
            partial(self._read_draft, screening, self._pack),
            self._window.while_shown(self._window.base, opened),
            self._not_opened,
        )

    def _say_opening(self) -> None:
        """To read a long screening and to make its pages takes about a second."""
        self._window.say_standing(tr("Opening the screening…"))

    def _not_opened(self, problem: WorldError) -> None:
        from screener.ui.standing import standing_words

        if not self._over:
            self._window.say_standing(standing_words(self._pack))
            self._dose_day.not_opened()
        self._say(problem)

    def _read_draft(self, screening: str, of_today: Pack) -> tuple[Draft, Session, bool]:
        """The draft, the screening as it stands, whether its own content is at hand. For the store thread."""
        from screener.screening.opening import Opening
        from screener.screening.session import Session

        draft = self._vault.shelf.draft(screening)
        opening = Opening.from_json(draft.opening)
        own = self._content.begun_with(opening.pack.hash)
        return draft, Session.replay(own or of_today, opening, draft.steps, self._clock), own is not None

    def _draft_opened(self, read: tuple[Draft, Session, bool]) -> Workspace:
        draft, session, own = read
        workspace = self.open_screening(session, draft.screening)
        workspace.above.go_on("" if own else _changed_content(session))
        workspace.resume(draft.digest)
        if self._handing is not None:
            self._handing.resume()
        return workspace

    def open_screening(self, session: Session, screening: str) -> Workspace:
        """Show a screening, at the confirmation of who it is about."""
        from screener.ui.handing_over import HandingOver
        from screener.ui.locking import Locking
        from screener.ui.screening.desk import Desk
        from screener.ui.screening.workspace import Workspace
        from screener.ui.session_controller import SessionController
        from screener.ui.standing import standing_words

        desk = Desk(
            shelf=self._vault.shelf,
            jobs=self._jobs,
            screening=screening,
            crisis_card=self.choices.crisis_card,
            country=self.choices.country,
            check_passphrase=self._vault.unlock,
            comes_back=self._list_of_the_day,
        )
        workspace = Workspace(SessionController(session, self), desk)
        workspace.left.connect(self._show_list)
        self._rooms.beside(workspace, screening)
        workspace.autosave.status_changed.connect(partial(_tell_saved, screening))
        self._handing = HandingOver(self._window, workspace, desk, self.choices)
        self._handing.lock.connect(self.lock)
        self._locking = Locking(self._window, workspace, self._handing)
        self._locking.ready.connect(self._lock)
        self.workspace = workspace
        self._window.show_page(workspace)
        self._window.say_standing(standing_words(session.pack))
        return workspace

    @property
    def half_written(self) -> dict[str, object]:
        """What is written on a form, on the screen or left, and gone once the program ends; by the form's title."""
        self._waiting.look()
        self._rooms.look()
        filled, line = self._new.filled_in, self._dose_day.typed
        here: dict[str, object] = {} if filled is None else {BY_ID["new"].text: filled}
        here |= {BY_ID["dose_day"].text: line} if line else {}
        return here | deepcopy(self._unfinished.half_written)

    def lock(self) -> None:
        """Ask for the passphrase again. What was typed goes to disk first, behind the cover that hides it at once."""
        if self._locking is None:
            self.adjusting.put_aside()
            self._rooms.put_aside()
            self._waiting.put_aside()
            self._new.put_aside()
            self._unfinished.day_line = self._dose_day.typed or self._unfinished.day_line
            self._lock()
        else:
            self._locking.lock()

    def _lock(self) -> None:
        """Once, however often it was asked for while something was still on its way to the disk."""
        if not self._over:
            self.locked.emit()

    def nobody_there(self) -> None:
        """Nobody has touched anything for a while. A screen that was handed over has its own time, and its sign."""
        if not self.is_handed_over:
            self.lock()

    def is_home(self, page: QWidget) -> bool:
        """Whether a page is the list of screenings."""
        from screener.ui.shell.home import HomePage

        return isinstance(page, HomePage)

    @property
    def is_handed_over(self) -> bool:
        """The screen is in the patient's hands."""
        return self._handing is not None and self._handing.is_away

    def _show_discard(self, line: Line) -> None:
        from screener.ui.shell.discard import DiscardPage

        page = DiscardPage(line)
        page.discard.connect(partial(self._discard, page, line))
        page.back.connect(self.show_home)
        self._window.show_page(page)

    def _discard(self, page: DiscardPage, line: Line, reason: str) -> None:
        from screener.ui.shell.discard import DISCARDED, PartIsSigned

        shelf, filling, aside = self._vault.shelf, page.filling, self._aside

        def discard() -> None:
            if shelf.parts(line.id):
                raise PartIsSigned
            shelf.discard(line.id, reason)

        said = DISCARDED.format(begun=line.started)
        show = self._window.while_shown(page, lambda _: self.show_home(said))

        def discarded(_: object) -> None:
            filling.done = True
            aside.drop(filling.form)
            show(None)

        self._jobs.submit(discard, discarded, self._say)

    def close(self) -> None:
        """Leave the screening's own threads and close the vault, once the store thread has done what it has begun."""
        self._over = True
        self._waiting.end()
        self._rooms.end()
        self._papers.end()
        self._dropping.end()
        self._own.end()
        self.backing_up.end()
        self.adjusting.end()
        self.adjusting.deleteLater()
        self._keeping.deleteLater()
        self.backing_up.deleteLater()
        if self.workspace is not None:
            self.workspace.shut()
            self.workspace = None
        if self._jobs.ended:
            self._vault.close()
        else:
            self._jobs.submit(self._vault.close, _nothing, _nothing)


def _nothing(_: object) -> None:
    return


def _changed_content(session: Session) -> str:
    opening = session.opening
    said = tr(
        "This screening was begun under pack {id} {version}, which is not on this "
        "computer any more: its rules are those of today."
    ).format(id=opening.pack.id, version=opening.pack.version)
    if not session.unread:
        return said
    return tr("{said} Answers that the content of today does not take are kept and stand in the report.").format(
        said=said
    )


def _tell_saved(screening: str, status: SaveStatus) -> None:
    from screener.ui.autosave import SaveState

    if status.state is SaveState.SAVED:
        tell("SCREENER_SAVED_FD", f"saved {screening} {status.number}\n".encode())
