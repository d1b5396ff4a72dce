"""What stands while the window waits for the daily backup before it closes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from screener.language import tr
from screener.text import WorldError, problem_words
from screener.ui.shell.form_page import FormPage
from screener.ui.widgets.controls import ActionButton
from screener.ui.widgets.speech import announce
from screener.ui.widgets.working import Working


class ClosingPage(FormPage):
    """Says what is waited for. It can be left without, or the window stays open after all."""

    leave = Signal()
    stay = Signal()

    def __init__(self) -> None:
        super().__init__(
            tr("Before the window closes"), tr("Everything is saved. The window closes by itself afterwards.")
        )
        self.working = Working()
        self.body.addWidget(self.working)
        self._leave = ActionButton(tr("Close without a backup"), "Ctrl+Q")
        self._leave.clicked.connect(self.leave)
        self._stay = ActionButton(tr("Stay"), "Esc")
        self._stay.setShortcut("Esc")
        self._stay.clicked.connect(self.stay)
        self.finish(self._leave, self._stay)
        self._first = self._stay
        self.working.begin(tr("Making the daily backup… Close again to leave without it."))

    def show_progress(self, done: int, of: int) -> None:
        """How far it is."""
        share = done / of if of else 0.0
        if share >= 0.5:
            self.working.say(tr("Trying the daily backup… Close again to leave without it."))
        self.working.show_share(share)

    def show_problem(self, problem: WorldError) -> None:
        """Say why there is none: the window can be closed all the same."""
        self.working.end()
        said = tr("The daily backup was not made. {problem}").format(problem=problem_words(problem))
        self.say(said)
        announce(self, said)
        self._leave.setFocus(Qt.FocusReason.OtherFocusReason)
