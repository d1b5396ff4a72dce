"""A quiet line on the first open question of one look: yes to each of them, named before the key is pressed."""

from __future__ import annotations

from screener.forms.model import Question
from screener.language import tr
from screener.screening.saying import Saying
from screener.screening.together import open_together
from screener.ui.screening.one_offer import OneOffer
from screener.ui.session_controller import SessionController
from screener.ui.widgets.speech import announce


class EachYes(OneOffer):
    """Each question keeps an answer of its own, and one undo takes back what one press said."""

    def __init__(self, controller: SessionController, question: Question) -> None:
        called = tr("{label}: yes to each of these").format(label=question.label)
        super().__init__(controller, question, "A", tr("Yes to each of these"), called)
        self._open: tuple[str, ...] = ()

    @property
    def offered(self) -> bool:
        return bool(self._open)

    def refresh(self) -> None:
        """Name those that are open now."""
        found = open_together(self._controller.session, self._question.id)
        self._open = found if found[:1] == (self._question.id,) else ()
        self._offer(self._named)

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
