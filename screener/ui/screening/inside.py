"""A page of another area inside the bars of a screening: the way there, and back to where one was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from screener.language import tr
from screener.ui.screening.interview import InterviewPage
from screener.ui.session_controller import SessionController
from screener.ui.widgets.visible import give_keyboard_back

Room = Literal["records", "rules", "check", "hand-over", "returned", "file"]
"""What such a page shows: the records of this reference, the rules, the answers to check, what is handed over to the
patient, what came back, what a file holds."""
WHAT_IS_SHOWN: Mapping[Room, str] = {
    "records": tr("every item"),
    "rules": tr("every rule"),
    "check": tr("answers"),
    "hand-over": tr("the questions of a theme"),
    "returned": tr("what the patient answered"),
    "file": tr("answers"),
}
"""What whoever else is in the room would read on it."""


class Inside(QObject):
    """Holds at most one page, in place of one of the screening's own. It is gone as soon as one of these is shown."""

    def __init__(self, stack: QStackedWidget, controller: SessionController) -> None:
        super().__init__(stack)
        self._stack = stack
        self.page: QWidget | None = None
        self.room: Room | None = None
        self.came_from: QWidget | None = None
        """The screening's own page that was shown before."""
        self.changed = False
        """The screening is another one than when that page was left."""
        self._had_keyboard: QWidget | None = None
        self._held: QWidget | None = None
        """A page that was left for a moment, and is there until another one is shown than where one went."""
        stack.currentChanged.connect(self._turned)
        controller.changed.connect(self._note)

    def show(self, page: QWidget, room: Room) -> None:
        """Show a page of another area. One that is shown already gives way to it, and the way back stays."""
        if self.page is None:
            self.came_from, self._had_keyboard = self._stack.currentWidget(), self._stack.window().focusWidget()
            self.changed = False
        before, self.page, self.room = self.page, page, room
        self._let_go()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._take_out(before)
        self.focus()

    def hold(self) -> Callable[[], None]:
        """Before another page is shown for a moment: the way back to this one, as it is left, with the keyboard."""
        page, room = self.page, self.room
        focus: QWidget | None = self._stack.window().focusWidget()
        assert page is not None
        self.page, self.room, self._held = None, None, page

        def come_back() -> None:
            if self._held is page:
                self.page, self.room, self._held = page, room, None
                self._stack.setCurrentWidget(page)
                if not give_keyboard_back(focus, page):
                    self.focus()

        return come_back

    def focus(self) -> None:
        """Put the keyboard where the page begins."""
        focus = getattr(self.page, "focus_first", None)
        if callable(focus):
            focus()

    def give_keyboard_back(self) -> bool:
        """To where it was before; False where that is gone."""
        had, self._had_keyboard = self._had_keyboard, None
        return give_keyboard_back(had, self._stack)

    def _turned(self) -> None:
        if self.page is not None and self._stack.currentWidget() is not self.page:
            before, self.page, self.room = self.page, None, None
            self._take_out(before)
        if self._held is not None and not isinstance(self._stack.currentWidget(), InterviewPage):
            self._let_go()

    def _let_go(self) -> None:
        held, self._held = self._held, None
        self._take_out(held)

    def _note(self) -> None:
        self.changed = True

    def _take_out(self, page: QWidget | None) -> None:
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()
