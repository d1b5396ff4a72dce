"""A quiet line where the last session is asked for: what its record holds of the readings, taken by one key."""

from __future__ import annotations

from screener.forms.model import Question
from screener.language import WINDOW, tr
from screener.records.last_session import LastSession, last_session
from screener.rules.values import State
from screener.ui.screening.one_offer import OneOffer
from screener.ui.session_controller import SessionController


class LastSessionLine(OneOffer):
    """That record is the one who says it, and one undo takes all of it back."""

    def __init__(self, controller: SessionController, question: Question) -> None:
        called = tr("{label}: as in that record").format(label=question.label)
        super().__init__(controller, question, "R", tr("As in that record"), called)
        self._found: LastSession | None = None

    @property
    def offered(self) -> bool:
        return self._found is not None

    def refresh(self) -> None:
        """Offer what the last session's record holds, while nothing is recorded here."""
        session = self._controller.session
        pathway = session.rules.pathway
        free = session.state(self._question.id) is State.NOT_ASKED
        earlier = self._controller.earlier
        found = last_session(earlier, pathway.course, pathway.id, session.questions) if free else None
        self._found = found
        said = tr("Last session, {readings}").format(readings=found.words(WINDOW)) if found is not None else ""
        self._offer(said)

    def take(self) -> None:
        """Record it, with where it is from."""
        if self._found is not None:
            self._controller.answer_together(self._found.sayings())
            self.taken.emit()
