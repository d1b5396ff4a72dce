"""A quiet line on a question that asks when a reading was taken: the time that stands beside the reading already."""

from __future__ import annotations

from PySide6.QtCore import Signal

from screener.forms.model import Question
from screener.language import tr
from screener.screening.course import TimeOfReading, time_of_reading
from screener.ui.fields.letter_link import LetterLink
from screener.ui.session_controller import SessionController
from screener.ui.widgets.visible import reveal


class ReadingTime(LetterLink):
    """Offers, and fills in nothing by itself; while an answer stands there is nothing to offer."""

    taken = Signal()

    def __init__(self, controller: SessionController, question: Question) -> None:
        super().__init__("R")
        self._controller, self._question = controller, question
        self._found: TimeOfReading | None = None
        self.clicked.connect(self.take)
        self.hide()

    @property
    def offered(self) -> bool:
        return self._found is not None

    def refresh(self) -> None:
        """Offer what the readings say now."""
        session = self._controller.session
        recorded = self._question.id in session.recorded
        self._found = None if recorded else time_of_reading(session, self._question.id)
        if self._found is not None:
            number, at = self._found.number, self._found.at[11:]
            self.show_words(
                tr("As in reading {number}, {at}").format(number=number, at=at),
                tr("{label}: as in reading {number}, {at}").format(label=self._question.label, number=number, at=at),
            )
        reveal(self, self.offered)

    def take(self) -> None:
        """Record that time, as if it had been typed."""
        if self._found is not None:
            self._controller.answer(self._question.id, self._found.at)
            self.taken.emit()
