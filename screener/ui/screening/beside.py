"""A quiet line on the card of the readings: what was typed behind a reading and is recorded under another question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.answering import doubts
from screener.forms.words import value_words
from screener.language import WINDOW, tr
from screener.rules.values import State
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import label
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal


class BesideLine(QWidget):
    """Says where such a figure goes, and where it went for as long as it stands there."""

    complete = Signal()
    """It was recorded, and there is nothing to look at again: the line that it was typed in is done with."""

    def __init__(self, controller: SessionController, asked: Callable[[], str]) -> None:
        """`asked`: the question that takes such a figure now; empty where none does."""
        super().__init__()
        self._controller, self._asked = controller, asked
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._said = label("", "small", wrap=True)
        column.addWidget(self._said)
        self.hide()

    def hear(self, question_id: str, figure: int) -> None:
        """Record a figure under its question, as said by whoever speaks."""
        self._controller.answer(question_id, figure)
        self.refresh()
        announce(self, self._said.text())
        if not self._doubts():
            self.complete.emit()

    def refresh(self) -> None:
        """Say what stands there now."""
        words = self._words()
        self._said.setText(words)
        reveal(self, bool(words))

    def _words(self) -> str:
        session, asked = self._controller.session, self._asked()
        if not asked:
            return ""
        question, given = session.questions[asked], session.answers.get(asked)
        if given is None or given.value is None:
            waits = tr("A saturation typed behind a reading, as in {example}, is recorded as “{question}”.")
            free = session.state(asked) is State.NOT_ASKED
            return waits.format(example="128/82 71 98%", question=question.label) if free else ""
        said = tr("{value}: recorded as “{question}”.").format(
            value=value_words(question, given.value, say=WINDOW), question=question.label
        )
        again = "; ".join(self._doubts())
        look = tr("Stored as typed; please look again: {found}").format(found=again)
        return f"{said} {look}" if again else said

    def _doubts(self) -> list[str]:
        session, asked = self._controller.session, self._asked()
        given = session.answers.get(asked)
        if given is None or given.value is None:
            return []
        return doubts(session.questions[asked], given.value, session.visit_date, WINDOW)
