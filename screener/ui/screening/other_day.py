"""A quiet line under readings: those of a day before the visit's, which count for nothing any more."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.model import Question
from screener.forms.words import answer_words, short_day
from screener.language import WINDOW, tr
from screener.screening.another_day import measured_on
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import label
from screener.ui.widgets.visible import reveal


class OtherDayLine(QWidget):
    """Is there only where the visit moved on to another day with readings behind it."""

    def __init__(self, controller: SessionController, question: Question) -> None:
        super().__init__()
        self._controller, self._question = controller, question
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._said = label("", "muted", wrap=True)
        column.addWidget(self._said)
        self.hide()

    def refresh(self) -> None:
        """Name them, as of their day."""
        lapsed = self._controller.session.lapsed.get(self._question.id)
        if lapsed is not None:
            self._said.setText(
                tr("Of {day}, not of this visit's day; no rule reads it: {words}").format(
                    day=short_day(measured_on(lapsed), WINDOW),
                    words=answer_words(self._question, lapsed.given, brief=True, say=WINDOW),
                )
            )
        reveal(self, lapsed is not None)
