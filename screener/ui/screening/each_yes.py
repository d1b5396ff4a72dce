"""A quiet line on questions of one look: yes to each of them that is open, named before the key is pressed."""

from __future__ import annotations

from PySide6.QtCore import Signal

from screener.forms.model import Question
from screener.language import tr
from screener.screening.saying import Saying
from screener.screening.together import open_together
from screener.ui.fields.letter_link import LetterLink
from screener.ui.session_controller import SessionController
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal


class EachYes(LetterLink):
    """Offers; each question keeps an answer of its own, and one undo takes back what one press said."""

    taken = Signal()

    def __init__(self, controller: SessionController, question: Question) -> None:
        super().__init__("A")
        self._controller, self._question = controller, question
        self._open: tuple[str, ...] = ()
        self.clicked.connect(self.take)
        self.hide()

    @property
    def offered(self) -> bool:
        return bool(self._open)

    def refresh(self) -> None:
        """Name those that are open now."""
        self._open = open_together(self._controller.session, self._question.id)
        if self._open:
            named = self._named
            self.show_words(
                tr("Yes to each of these: {questions}").format(questions=named),
                tr("{label}: yes to each of these: {questions}").format(label=self._question.label, questions=named),
            )
        reveal(self, self.offered)

    @property
    def _named(self) -> str:
        return " · ".join(self._controller.session.questions[q].label for q in self._open)

    def take(self) -> None:
        """Record yes under each of them, as said by whoever speaks."""
        if self._open:
            named, by = self._named, self._controller.informant
            self._controller.answer_together([Saying(q, "yes", by) for q in self._open])
            announce(self, tr("Recorded as yes: {questions}").format(questions=named))
            self.taken.emit()
