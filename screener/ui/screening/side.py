"""What stands in the live list's place for a moment: a jot, what is still open, the crisis card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from screener.ui.screening.interview import InterviewPage
from screener.ui.screening.jots import JotPanel
from screener.ui.screening.panels import Panel, StillOpenPanel, crisis_card
from screener.ui.session_controller import SessionController


class Side(QObject):
    """Opens panels beside the interview, from wherever one is, and brings one back to the question one came from."""

    def __init__(
        self,
        controller: SessionController,
        interview: InterviewPage,
        card: str,
        show_interview: Callable[[], None],
    ) -> None:
        super().__init__(interview)
        self._controller, self._interview, self._card = controller, interview, card
        self._show_interview = show_interview
        self._came_from: str | None = None
        self._draft = ""

    def show_jot(self) -> None:
        """A jot, with what was typed into it last and not kept."""
        panel = JotPanel(self._controller, self._draft)
        panel.put_aside.connect(self._keep_draft)
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
            self._show_interview()
        panel.closed.connect(self._close)
        self._interview.show_panel(panel)
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._interview.show_panel(None)
        if self._came_from is not None:
            self._interview.go_to(self._came_from)

    def _jump(self, question_id: str) -> None:
        self._interview.show_panel(None)
        self._interview.go_to(question_id)

    def forget_draft(self) -> None:
        """No panel is open, and no jot is half written."""
        self._interview.show_panel(None)
        self._draft = ""

    def _keep_draft(self, text: str) -> None:
        self._draft = text
