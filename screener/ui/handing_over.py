"""Hands the screen to the patient and takes it back: between an open screening and the window that it stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.language import tr
from screener.screening import handover
from screener.ui.choices import ClinicChoices
from screener.ui.screening.desk import Desk
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.screening.steps import HandOver, HandOverEnd
    from screener.ui.handover.page import HandoverPage
    from screener.ui.screening.workspace import Workspace


class HandingOver(QObject):
    """One open screening's hand-overs, one after another. Nothing of the screening is in reach while one lasts."""

    lock = Signal()
    """Nobody came after the screen had been hidden for as long as the records may stand open."""

    def __init__(self, window: MainWindow, workspace: Workspace, desk: Desk, choices: ClinicChoices) -> None:
        super().__init__(workspace)
        self._window, self._workspace, self._desk, self._choices = window, workspace, desk, choices
        self._controller = workspace.controller
        self._page: HandoverPage | None = None
        workspace.handover_asked.connect(self.ask)
        workspace.pages.came_back.connect(self._show_what_came)

    @property
    def is_away(self) -> bool:
        """The screen is in the patient's hands."""
        return self._page is not None

    @property
    def _words(self) -> str:
        return self._choices.patient_words or self._choices.crisis_card

    # Giving

    def ask(self) -> None:
        """Which theme, and who answers; what came back before that is looked at first."""
        from screener.screening.on_screen import themes_for_patients
        from screener.ui.handover.begin_page import BeginPage

        session = self._controller.session
        if handover.unseen(session) is not None:
            if self._workspace.pages.room != "returned":
                self._show_what_came()
            self._workspace.above.say_news(tr("This came back from the patient and was not looked at yet."))
            return
        if not themes_for_patients(session):
            self._workspace.above.say_news(tr("No question of this pathway that is shown now has words for patients."))
            return
        page = BeginPage(session, self._workspace.interview.theme_id, self._words, self._choices.blank_after_min)
        page.begin.connect(self._begin)
        page.back.connect(self._workspace.pages.close_inside)
        self._workspace.pages.show_inside(page, room="hand-over")

    def _begin(self, theme: str, by: str, again: bool) -> None:
        from screener.ui.handover.blanking import Blanking
        from screener.ui.handover.page import HandoverPage

        self._workspace.pages.close_inside()
        self._controller.hand_over(theme, by, again=again)
        handed = self._controller.session.handed_over
        assert handed is not None, "it has just begun"
        desk, choices = self._desk, self._choices
        blanking = Blanking(self, 60 * choices.blank_after_min, 60 * choices.lock_after_min)
        page = HandoverPage(self._controller, handed, self._words, desk.check_passphrase, desk.jobs, blanking)
        blanking.setParent(page)
        blanking.over.connect(self.lock)
        page.turned.connect(self._workspace.autosave.commit)
        page.came_back.connect(self._came_back)
        self._workspace.autosave.status_changed.connect(page.show_status)
        self._page = page
        self._window.give(page, page.give_back)
        blanking.watch(self._window.windowHandle())

    # Taking back

    def _came_back(self, finished: bool) -> None:
        if self._page is None:  # it is being locked: that takes the screen away, or brings it back covered
            return
        self._end("finished" if finished else "taken back")
        self._window.take_back()
        self._show_what_came()

    def end_for_lock(self) -> None:
        """The records are about to be locked: the hand-over ends, hidden."""
        if self._page is not None:
            self._page.hide_all()
            self._end("locked")

    def end_without_lock(self) -> None:
        """The records could not be locked: the window is the clinician's again, covered."""
        self._window.take_back()
        self._show_what_came()

    def _end(self, how: HandOverEnd) -> None:
        assert self._page is not None, "only what was handed over comes back"
        self._page = None
        self._controller.take_back(how)
        self._workspace.autosave.commit()

    def resume(self) -> None:
        """A screening is opened again: what came back unseen is shown first, also where nothing brought it back."""
        if self._controller.session.handed_over is not None:
            self._controller.take_back("interrupted")
        self._show_what_came()

    def _show_what_came(self) -> None:
        """What came back and was not looked at: again and again, until it is."""
        from screener.ui.handover.return_page import ReturnPage

        handed = handover.unseen(self._controller.session)
        if handed is None:
            return
        page = ReturnPage(self._controller.session, handed, self._choices.crisis_card)
        page.done.connect(lambda: self._leave(handed, lambda: self._go_on(handed)))
        pages = self._workspace.pages
        page.go_to_question.connect(lambda name: self._leave(handed, lambda: pages.go_to_question(name)))
        page.go_to_item.connect(lambda rule: self._leave(handed, lambda: pages.show_item(rule)))
        pages.show_inside(page, room="returned")

    def _leave(self, handed: HandOver, then: Callable[[], object]) -> None:
        self._controller.look_at(handed)
        then()

    def _go_on(self, handed: HandOver) -> None:
        self._workspace.pages.go_to_theme(handed.theme)
        self._show_what_came()
