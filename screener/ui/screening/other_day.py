"""A quiet line under readings: those of a day before the visit's, which count for nothing any more."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.model import Question
from screener.forms.words import answer_words, short_day
from screener.language import WINDOW, tr
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
        lapsed = self._controller.session.lapsed_by_day(self._question.id)
        self._said.setText(
            "\n".join(
                tr("Of {day}, not of this visit's day; no rule reads it: {words}").format(
                    day=short_day(day, WINDOW),
                    words=answer_words(self._question, one.given, brief=True, say=WINDOW),
                )
                for day, one in lapsed
            )
        )
        reveal(self, bool(lapsed))
