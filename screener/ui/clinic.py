"""Everything over an open vault: home, settings, beginning and opening screenings, and the way to its rooms."""

from __future__ import annotations

import os
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock, today
from screener.store.roles import Right
from screener.text import WorldError
from screener.ui.actions import bind
from screener.ui.appearance import Appearance
from screener.ui.backing_up import BackingUp
from screener.ui.choices import CHOICES, ClinicChoices
from screener.ui.content import Content
from screener.ui.jobs import Jobs
from screener.ui.keeping import Keeping
from screener.ui.own_questions import OwnQuestions
from screener.ui.rooms import Rooms
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.records.browse import Draft
    from screener.screening.opening import Opening
    from screener.screening.session import Session
    from screener.store.vault import Vault
    from screener.ui.autosave import SaveStatus
    from screener.ui.content import OpenContent
    from screener.ui.handing_over import HandingOver
    from screener.ui.screening.workspace import Workspace
    from screener.ui.screening_list import ScreeningList
    from screener.ui.shell.new_screening import Beginning
    from screener.ui.shell.screening_table import Line


class Clinic(QObject):
    """One open vault in the window, with at most one open screening. `made_up`: the vault is memory, and forgets."""

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
        *,
        made_up: bool = False,
    ) -> None:
        super().__init__(window)
        self._window, self._vault, self._content, self._jobs = window, vault, content, jobs
        self._appearance, self._clock, self.made_up = appearance, clock, made_up
        # Read while nobody else is at the vault, and held by this program alone from here on.
        self.choices = ClinicChoices.of(vault.shelf.recall(CHOICES))
        self.workspace: Workspace | None = None
        self._list: ScreeningList | None = None
        self._keeping = Keeping(window, vault, jobs)
        self.backing_up = BackingUp(window, vault, jobs, home, self._keeping)
        self._rooms = Rooms(window, vault, content, jobs, clock, self._say, self)
        self._rooms.left.connect(self.show_home)
        self._rooms.lock.connect(self.lock)
        self._own = OwnQuestions(window, content, jobs, home, self)
        self._handing: HandingOver | None = None
        self._over = False

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
        """The list of screenings, with what there is to say of the last deed.

        With a made-up patient there is none to go back to, but the doors.
        """
        from screener.records.record import standing_line
        from screener.ui.screening_list import ScreeningList
        from screener.ui.shell.home import HomePage

        self.workspace = self._handing = None
        if self.made_up:
            self.locked.emit()
            return
        account = self._vault.account
        page = HomePage(f"{account.name}, {account.title}", account.rights, self.choices.lock_after_min)
        page.open_draft.connect(self._open_draft)
        page.open_record.connect(self._rooms.open_record)
        page.discard.connect(self._show_discard)
        page.try_out.connect(self.try_out)
        page.lock.connect(self.lock)
        page.settings.connect(self.show_settings)
        page.accounts.connect(partial(self._keeping.open_accounts, self.show_home))
        page.sheet.connect(partial(self._keeping.open_sheet, self.show_home))
        page.backups.connect(partial(self.backing_up.open, self.show_home))
        page.audit_log.connect(self._rooms.show_log)
        page.rules.connect(partial(self._rooms.browse, self.show_home))
        bind(page, "rules", partial(self._rooms.browse, self.show_home))
        bind(page, "lock", self.lock)
        page.show_pack(self._open)
        self._window.show_page(page)
        self._window.say_standing(standing_line(self._pack))
        if self._keeping.sheet_is_missing:
            page.remind_of_the_sheet()
        if Right.SCREEN not in account.rights:
            page.found.show_text(said)
            return
        page.new.connect(self._show_new)
        bind(page, "new", self._show_new)
        bind(page, "search", page.search.setFocus)
        # Held here: what a signal leads to is not held by it.
        self._list = ScreeningList(page, self._vault.shelf, self._jobs, lambda: self._window.base is page)
        self._list.open(said)

    def _say(self, problem: WorldError) -> None:
        """Say what the store could not do, on whatever page is shown."""
        from screener.ui.shell.home import HomePage

        page = self._window.base
        if isinstance(page, HomePage):
            page.show_problem(problem)
            return
        show = getattr(page, "show_problem", None)
        if callable(show):
            show(problem)

    # Settings

    def show_settings(self, said: str = "") -> None:
        """Appearance, content, what the clinic chose, and the ways to accounts and backups."""
        from screener.ui.shell.settings import SettingsPage

        theme, account = self._appearance.theme, self._vault.account
        page = SettingsPage(
            self._open, self.choices, theme.choice, theme.text_scale, account.rights, self._keeping.choosers, said
        )
        page.appearance.connect(self._appearance.dress)
        page.save.connect(self._keep_choices)
        page.back.connect(self.show_home)
        page.accounts.connect(partial(self._keeping.open_accounts, self.show_settings))
        page.passphrase.connect(partial(self._keeping.open_passphrase, self.show_settings))
        page.backups.connect(partial(self.backing_up.open, self.show_settings))
        page.content.choose.connect(self._content.choose)
        page.content.shipped.connect(self._content.use_shipped)
        page.content.again.connect(self._content.read)
        page.content.findings.connect(self.findings)
        page.content.browse.connect(partial(self._rooms.browse, self.show_settings))
        page.content.own.connect(partial(self._own.open, self.show_settings))
        bind(page, "rules", partial(self._rooms.browse, self.show_settings))
        self._window.show_page(page)

    def show_content(self) -> None:
        """Content was read, or is being read: pages that speak of it say so. An open screening is not touched."""
        from screener.ui.shell.home import HomePage
        from screener.ui.shell.settings import SettingsPage

        page = self._window.base
        if isinstance(page, SettingsPage):
            page.show_content(self._open, reading=self._content.reading)
        elif isinstance(page, HomePage):
            page.show_pack(self._open)
        self._rooms.show_content()
        self._own.show_content()

    def _keep_choices(self, choices: ClinicChoices) -> None:
        shelf, value = self._vault.shelf, choices.to_json()
        self._jobs.submit(lambda: shelf.remember(CHOICES, value), partial(self._kept_choices, choices), self._say)

    def _kept_choices(self, choices: ClinicChoices, _: object) -> None:
        if not self._over:
            self.choices = choices
            self.chose.emit()
            self.show_home()

    # Screenings

    def _show_new(self) -> None:
        from screener.records.references import References
        from screener.ui.shell.new_screening import NewScreeningPage

        pack, shelf = self._pack, self._vault.shelf
        page = NewScreeningPage(pack, today(self._clock), self.choices.country, self._vault.account.role, {})
        # Under the content that was shown when it was chosen, also if the files are read again in the meantime.
        page.begin.connect(partial(self._begin, pack))
        page.back.connect(self.show_home)
        self._window.show_page(page)
        self._jobs.submit(
            lambda: References({known.reference: known.second_mark for known in shelf.known()}),
            lambda known: page.show_known(known) if self._window.base is page else None,
            self._say,
        )

    def _begin(self, pack: Pack, wanted: Beginning) -> None:
        from screener.screening.opening import Opening, PackStamp

        opening = Opening(
            reference=wanted.reference,
            second_mark=wanted.second_mark,
            pathway=wanted.pathway,
            profiles=wanted.profiles,
            parameters=dict(self.choices.parameters),
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

        self._jobs.submit(begin, partial(self._begun, pack, opening, wanted.age), self._say)

    def _begun(self, pack: Pack, opening: Opening, age: int | None, screening: str) -> None:
        from screener.screening.session import Session

        workspace = self.open_screening(Session(pack, opening, self._clock), screening)
        if age is not None and "person.age" in workspace.controller.session.questions:
            workspace.controller.answer("person.age", age)

    def _open_draft(self, screening: str) -> None:
        shelf = self._vault.shelf
        self._jobs.submit(lambda: shelf.draft(screening), self._draft_read, self._say)

    def _draft_read(self, draft: Draft) -> None:
        """Go on under the content that the screening was begun with; where that is gone, under today's, and say so."""
        from screener.screening.opening import Opening
        from screener.screening.session import Session

        try:
            opening = Opening.from_json(draft.opening)
            pack = self._content.begun_with(opening.pack.hash)
            session = Session.replay(pack or self._pack, opening, draft.steps, self._clock)
        except WorldError as problem:
            self._say(problem)
            return
        workspace = self.open_screening(session, draft.screening)
        said = [_changed_content(opening, session)] if pack is None else []
        said += _another_day(session, today(self._clock))
        workspace.say(" ".join(said))
        workspace.resume(dict(draft.digest.get("place", {})))
        if self._handing is not None:
            self._handing.resume()

    def open_screening(self, session: Session, screening: str) -> Workspace:
        """Show a screening, at the confirmation of who it is about."""
        from screener.records.record import standing_line
        from screener.ui.handing_over import HandingOver
        from screener.ui.screening.desk import Desk
        from screener.ui.screening.workspace import Workspace
        from screener.ui.session_controller import SessionController

        desk = Desk(
            shelf=self._vault.shelf,
            jobs=self._jobs,
            screening=screening,
            crisis_card=self.choices.crisis_card,
            check_passphrase=None if self.made_up else self._vault.unlock,
        )
        workspace = Workspace(SessionController(session, self), desk)
        workspace.left.connect(self.show_home)
        self._rooms.beside(workspace, screening)
        workspace.autosave.status_changed.connect(partial(_tell_saved, screening))
        bind(workspace, "lock", self.lock)
        self._handing = HandingOver(self._window, workspace, desk, self.choices)
        self._handing.lock.connect(self.lock)
        self.workspace = workspace
        self._window.show_page(workspace)
        self._window.say_standing(standing_line(session.pack))
        return workspace

    def lock(self) -> None:
        """Ask for the passphrase again. What was typed goes to disk first, behind the cover that hides it at once."""
        if self.workspace is None:
            self.locked.emit()
        else:
            if self._handing is not None:
                self._handing.end_for_lock()
            self.workspace.cover()
            self.workspace.when_paused(self.locked.emit)

    def nobody_there(self) -> None:
        """Nobody has touched anything for a while. A screen that was handed over has its own time, and its sign."""
        if self._handing is None or not self._handing.is_away:
            self.lock()

    def _show_discard(self, line: Line) -> None:
        from screener.ui.shell.discard import DiscardPage

        page = DiscardPage(line)
        page.discard.connect(partial(self._discard, line))
        page.back.connect(self.show_home)
        self._window.show_page(page)

    def _discard(self, line: Line, reason: str) -> None:
        from screener.ui.shell.discard import DISCARDED, PartIsSigned

        shelf = self._vault.shelf

        def discard() -> None:
            if shelf.parts(line.id):
                raise PartIsSigned
            shelf.discard(line.id, reason)

        self._jobs.submit(discard, lambda _: self._discarded(DISCARDED.format(begun=line.started)), self._say)

    def _discarded(self, said: str) -> None:
        if not self._over:
            self.show_home(said)

    # A made-up patient

    def open_made_up(self, scenario: Path) -> None:
        """One made-up patient, half filled, in the middle of a screening."""
        from screener.screening.session import Session
        from screener.training.rehearsal import fill, opening, read_patient

        try:
            patient = read_patient(scenario)
            begun = opening(patient, self._pack, self._clock, self._vault.account.name)
        except WorldError as problem:
            self.locked.emit()
            self._say(problem)
            return
        session = Session(self._pack, begun, self._clock)
        screening = self._vault.shelf.begin(begun.to_json())
        changes = fill(session, patient)
        session.history.done.clear()
        self._vault.shelf.append(screening, [step.to_json() for change in changes for step in change.steps], {})
        self.open_screening(session, screening)

    def close(self) -> None:
        """Leave the screening's own threads and close the vault, once the store thread has done what it has begun."""
        self._over = True
        self._rooms.end()
        self._own.end()
        self._keeping.end()
        self.backing_up.end()
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


def _another_day(session: Session, day: date) -> list[str]:
    """What is said where a screening is gone on with on another day than its visit's."""
    visit = session.visit["visit_date"]
    if day.isoformat() == visit:
        return []
    return [
        f"The visit date is {visit}; today is {day.isoformat()}. Readings and answers about that day stay those of it."
    ]


def _changed_content(opening: Opening, session: Session) -> str:
    said = (
        f"This screening was begun under pack {opening.pack.id} {opening.pack.version}, which is not on this computer "
        "any more: its rules are those of today."
    )
    if not session.unread:
        return said
    return f"{said} Answers that the content of today does not take are kept and stand in the report."


def _tell_saved(screening: str, status: SaveStatus) -> None:
    from screener.ui.autosave import SaveState

    if status.state is SaveState.SAVED:
        tell("SCREENER_SAVED_FD", f"saved {screening} {status.number}\n".encode())


def tell(variable: str, line: bytes) -> None:
    """Write a line to the descriptor that a test or a benchmark gave; nothing where none is given."""
    descriptor = os.environ.get(variable, "")
    if descriptor.isdigit():
        os.write(int(descriptor), line)
