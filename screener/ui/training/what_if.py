"""What if: answers are changed by hand, the list is watched, and everything is as it was."""

from __future__ import annotations

from screener.screening.history import History
from screener.ui.session_controller import SessionController


class WhatIf:
    """From `begin` to `end` everything that is done in a screening can be taken back, and is."""

    def __init__(self, controller: SessionController) -> None:
        self._controller = controller
        self._informant = controller.informant
        self.on = False

    def begin(self) -> None:
        """What was done since the history was made anew counts too: a change may be what it begins with."""
        self.on = True
        self._informant = self._controller.informant

    def end(self) -> None:
        """Take back whatever was done, also what was taken back and done again."""
        session = self._controller.session
        while session.history.done:
            self._controller.undo()
        session.history = History()
        if self._controller.informant != self._informant:
            self._controller.set_informant(self._informant)
        self.on = False
