"""A line under a yes or no question of a dose day: what is typed there (the time, who it is) says yes as well."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from screener.forms.model import Question
from screener.language import tr
from screener.rules.expressions import Ask
from screener.rules.values import State
from screener.screening.saying import Saying
from screener.screening.session import Session
from screener.ui.fields import field_for
from screener.ui.fields.base import Setting
from screener.ui.fields.typing import TextField
from screener.ui.screening.calm import CalmMessages
from screener.ui.screening.going_on import goes_on_by_itself
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import label
from screener.ui.widgets.layout import Notice
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal


def typed_with(session: Session, gate: Question) -> Question | None:
    """The question that is typed in one line with this one, on a dose day; None where there is none."""
    if not goes_on_by_itself(session):
        return None
    hanging = (q for q in session.questions.values() if q.says_yes and isinstance(q.shown_when, Ask))
    return next((q for q in hanging if isinstance(q.shown_when, Ask) and q.shown_when.ask == gate.id), None)


class OneLine(QWidget):
    """Offered while nothing is recorded of either; it stays while it is typed into, and both have their own cards."""

    settled = Signal(str)
    """All was said in it: the keyboard is wanted after this question."""
    complete = Signal()
    """The same, by the last figure of a time: Enter may still follow."""

    def __init__(self, controller: SessionController, gate: Question, detail: Question, setting: Setting) -> None:
        super().__init__()
        self._controller, self._gate, self.detail = controller, gate, detail
        self._began = False
        """Yes was said here, by typing: it goes again with what was typed."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(detail.text, "muted", wrap=True))
        self._field = field_for(detail, setting)
        self._field.said.connect(self._hear)
        self._field.refused.connect(self._refuse)
        self._field.done.connect(self._done)
        self._field.complete.connect(self._complete)
        self._field.enter_ends = lambda: goes_on_by_itself(controller.session)
        if isinstance(self._field, TextField):
            self._field.show_keys()
        column.addWidget(self._field)
        column.addWidget(label(tr("What is typed here says yes. Alt+2 says no."), "small", wrap=True))
        self._refusal = Notice("", "info")
        self._messages = CalmMessages(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        column.addWidget(self._refusal)

    @property
    def offered(self) -> bool:
        """Nothing is recorded yet of either."""
        session = self._controller.session
        return all(session.state(q.id) is State.NOT_ASKED for q in (self._gate, self.detail))

    @property
    def unfinished(self) -> Any:
        return self._field.unfinished

    def show_unfinished(self, typed: Any) -> None:
        self._field.show_unfinished(typed)

    def first_focus(self) -> QWidget:
        return self._field.first_focus()

    def refresh(self) -> None:
        """There while it can be typed into, or is; empty again once what was typed is taken back."""
        typed_into = self.isAncestorOf(QApplication.focusWidget() or self)
        if self.offered and (self._began or not typed_into):
            self._field.show_raw(None)
            self._began = False
        reveal(self, self.offered or (typed_into and self._began))

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is not None and self.isAncestorOf(old) and not self.isAncestorOf(now or self):
            self.refresh()

    def _hear(self, raw: Any, typing: bool) -> None:
        if typing:
            self._messages.typed()
        by, gate, detail = self._controller.informant, self._gate.id, self.detail.id
        if raw is not None and (self._began or self.offered):
            first = [] if self._began else [Saying(gate, "yes", by)]
            self._began = True
            self._controller.answer_together([Saying(detail, raw, by), *first], typing=typing, origin=self)
        elif raw is None and self._began:
            self._began = False
            self._controller.clear_together([detail, gate], by=by, origin=self)

    def _refuse(self, text: str) -> None:
        self._messages.say(self._refusal, text)

    def _done(self) -> bool:
        said = self._messages.say_at_once()
        if said:
            announce(self, said)
        elif self._began and self._field.unfinished is None:
            self.settled.emit(self.detail.id)
            return True
        return False

    def _complete(self) -> None:
        if self._done():
            self.complete.emit()
