"""A quiet line on a question's card: what the patient answered in a file, when, and the ways to use that answer."""

from __future__ import annotations

from screener.forms.model import Question
from screener.forms.words import by_words, short_day
from screener.language import WINDOW, tr
from screener.screening.offered import Offer
from screener.ui.screening.earlier import EarlierLine
from screener.ui.screening.offer_line import OfferLine
from screener.ui.session_controller import SessionController
from screener.ui.widgets.visible import reveal


class FileLine(OfferLine):
    """Offers, and fills in nothing by itself; undo takes it back.

    *Asked today, same* records the answer as said today by whoever speaks. *Use it* records it as the file has it,
    under whoever answered there, with a note of the file and its day. Of an answer of another day, to what is asked
    anew at every visit or on a dose day, there is no such way.
    """

    def __init__(self, controller: SessionController, question: Question, earlier: EarlierLine) -> None:
        super().__init__(question, "F", tr("{label}: use the answer from the file").format(label=question.label))
        self._controller, self._earlier = controller, earlier
        session = controller.session
        self._anew = session.rules.pathway.course is not None or session.pack.asked_anew(question.id)
        self._found: Offer | None = None

    @property
    def may_be_taken(self) -> bool:
        """Whether it can be used without being asked."""
        return self._made is not None and not self.isHidden() and not self._made.use.isHidden()

    def refresh(self, *, alone: bool) -> None:
        """Show what there is; the ways to use it only while nothing is recorded. After the line of earlier records."""
        session = self._controller.session
        found = self._found = session.offered(self._question.id)
        recorded = session.recorded.get(self._question.id)
        taken = found is not None and recorded is not None and recorded.entry_of(found.file.informant) is not None
        if found is None or taken or not alone:
            reveal(self, False)
            return
        of_today = found.file.authored == session.visit["visit_date"]
        free = recorded is None
        self._offer(
            _words(found),
            found.source_in(WINDOW),
            same=free and not self._earlier.offered,
            use=free and (of_today or not self._anew),
        )

    def same(self) -> None:
        """It was asked now and the answer is the same: record it as said now, with where it stood before."""
        if self.offered:
            assert self._found is not None
            self._controller.answer(self._question.id, self._found.given, note=self._found.source)
            self.taken.emit()

    def take(self) -> None:
        """Record the answer as the file has it."""
        if self.may_be_taken:
            found = self._found
            assert found is not None
            self._controller.answer(self._question.id, found.given, by=found.file.informant, note=found.source)
            self.taken.emit()


def _words(found: Offer) -> str:
    day = short_day(found.file.authored, WINDOW) or tr("no date")
    who = by_words(found.file.by, WINDOW)
    return tr("{who}, {day}, by file: {words}").format(who=who.capitalize(), day=day, words=found.words(WINDOW))
