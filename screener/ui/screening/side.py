"""What stands in the live list's place for a moment: a jot, what is still open, the crisis card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from screener.screening.change import Change
from screener.ui.screening.interview import InterviewPage
from screener.ui.screening.jots import JotPanel
from screener.ui.screening.panels import Panel, StillOpenPanel, crisis_card
from screener.ui.session_controller import SessionController


class Side(QObject):
    """Opens panels beside the interview, from wherever one is, and brings one back to where one came from."""

    def __init__(
        self,
        controller: SessionController,
        interview: InterviewPage,
        card: str,
        show_interview: Callable[[], None],
        leave_for_panel: Callable[[], Callable[[], None] | None],
    ) -> None:
        """`leave_for_panel`: the way back to the page that is shown; None where that is the interview."""
        super().__init__(interview)
        self._controller, self._interview, self._card = controller, interview, card
        self._show_interview, self._leave_for_panel = show_interview, leave_for_panel
        self._came_from: str | None = None
        self._back: Callable[[], None] | None = None
        self.draft = ""
        """A jot as far as it is written, kept at every key: whatever takes the panel's place takes no word of it."""
        controller.changed.connect(self._changed)

    def show_jot(self) -> None:
        """A jot, with what was typed into it last and not kept."""
        panel = self._interview.panel
        if isinstance(panel, JotPanel) and self._interview.isVisible():
            panel.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        panel = JotPanel(self._controller, self.draft)
        panel.drafted.connect(self._keep_draft)
        self._open(panel)
        panel.open(self._came_from)

    def show_still_open(self) -> None:
        """The questions that can still change an item; without the items while somebody else is in the room."""
        session = self._controller.session
        panel = StillOpenPanel(session, words=session.alone)
        panel.jump.connect(self._jump)
        self._open(panel)
        panel.refresh()
        panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_crisis_card(self) -> None:
        self._open(crisis_card(self._card))

    def _open(self, panel: Panel) -> None:
        self._came_from = self._interview.last_question
        if not self._interview.isVisible():
            self._back = self._leave_for_panel()
            self._show_interview()
        elif self._interview.panel is None:
            self._back = None
        panel.closed.connect(self._close)
        self._interview.show_panel(panel)
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._interview.show_panel(None)
        back, self._back = self._back, None
        if back is not None:
            back()
        elif self._came_from is not None:
            self._interview.go_to(self._came_from)

    def _jump(self, question_id: str) -> None:
        self._back = None
        self._interview.show_panel(None)
        self._interview.go_to(question_id)

    def _changed(self, change: Change, origin: object) -> None:
        """What is still open stays true while it is shown, and keeps its words back from the moment on they are."""
        panel = self._interview.panel
        if isinstance(panel, StillOpenPanel):
            panel.show_anew(words=self._controller.session.alone)

    def keep_draft(self) -> None:
        """What was typed and not kept becomes a jot: nobody asks for it again."""
        text = self.draft.strip()
        self.forget_draft()
        if text:
            self._controller.jot(text, None)

    def forget_draft(self) -> None:
        """No panel is open, and no jot is half written."""
        self._interview.show_panel(None)
        self.draft = ""

    def _keep_draft(self, text: str) -> None:
        self.draft = text
