"""A quiet line on an empty list of medicines: none is taken, and that is all, in the words of the question after it."""

from __future__ import annotations

from screener.forms.model import Question
from screener.language import tr
from screener.rules.values import State
from screener.screening.saying import Saying
from screener.ui.screening.one_offer import OneOffer
from screener.ui.session_controller import SessionController
from screener.ui.widgets.speech import announce


class NoneAtAll(OneOffer):
    """Offered while nothing is recorded of either; both keep an answer of their own, and one undo takes both back."""

    def __init__(self, controller: SessionController, question: Question, complete: Question) -> None:
        """`complete`: whether that is all."""
        called = tr("{label}: none, and that is all").format(label=question.label)
        super().__init__(controller, question, "A", tr("None, and that is all"), called, by_line=True)
        self._complete = complete
        self._free = False

    @property
    def offered(self) -> bool:
        return self._free

    def refresh(self) -> None:
        """Quote the question that is answered as well."""
        session, both = self._controller.session, (self._question.id, self._complete.id)
        self._free = all(session.is_shown(q) and session.state(q) is State.NOT_ASKED for q in both)
        self._offer(f"“{self._complete.text}”")

    def take(self) -> None:
        """Record both, as said by whoever speaks."""
        if self._free:
            by = self._controller.informant
            self._controller.answer_together([Saying(self._question.id, [], by), Saying(self._complete.id, "yes", by)])
            said = tr("No medicines, and {question}: yes").format(question=self._complete.label)
            announce(self, said)
            self.taken.emit()
