"""What was done is taken back and done again, by its name: said, and on the bar wherever the answers can be seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from screener.language import tr
from screener.screening.change import Change
from screener.screening.steps import VisitChanged
from screener.ui.screening.bars import TopBar
from screener.ui.screening.pages import Pages
from screener.ui.session_controller import SessionController
from screener.ui.widgets.speech import announce


class TakingBack(QObject):
    """Undo and redo of one screening."""

    def __init__(self, controller: SessionController, pages: Pages, bar: TopBar, say_day: Callable[[], object]) -> None:
        """`say_day`: says that the visit date is another one."""
        super().__init__(pages)
        self._say_day = say_day
        self._controller, self._pages, self._bar = controller, pages, bar
        self._history = controller.session.history

    def undo(self) -> None:
        """Take back what was done last, and come to it where answers go on by themselves."""
        name = self._history.undo_name
        if name:
            undone = self._controller.undo()
            announce(self._pages, tr("Undone: {name}").format(name=name))
            self._say_what_follows(undone)
            if self._pages.at_interview:
                self._pages.interview.come_back_to(undone.questions)

    def redo(self) -> None:
        """Do again what was taken back last."""
        name = self._history.redo_name
        if name:
            done = self._controller.redo()
            announce(self._pages, tr("Done again: {name}").format(name=name))
            self._say_what_follows(done)

    def _say_what_follows(self, change: Change) -> None:
        if any(isinstance(step, VisitChanged) and step.field == "visit_date" for step in change.steps):
            self._say_day()

    def show_names(self) -> None:
        """The bar says what would be undone and done again, and nothing while answers are hidden."""
        if self._pages.room in (None, "check"):
            self._bar.show_undo(self._history.undo_name, self._history.redo_name)
        else:
            self._bar.show_undo(None, None)
