"""A quiet line on a question's card: what an earlier record holds for it, and the ways to use that answer today."""

from __future__ import annotations

from screener.forms.model import Question
from screener.language import WINDOW, tr
from screener.records.earlier import Detail, EarlierAnswer
from screener.records.sitting import brief_day, not_asked
from screener.screening.answers import Carried, Recorded
from screener.screening.saying import Saying
from screener.ui.screening.offer_line import OfferLine
from screener.ui.session_controller import SessionController
from screener.ui.widgets.visible import reveal


class EarlierLine(OfferLine):
    """Offers, and fills in nothing by itself; undo takes it back.

    *Asked today, same* records the answer as said today by whoever speaks. *Use it* takes it over unasked, as said by
    the record of its day, with a note of where it came from; on a dose day, and for an age, there is no such way. What
    the same record holds in words beside it (who it is) is shown with it and comes with it.
    """

    def __init__(self, controller: SessionController, question: Question) -> None:
        super().__init__(question, "E", tr("{label}: use the earlier answer").format(label=question.label))
        self._controller = controller
        self._found: EarlierAnswer | None = None
        self._detail: Detail | None = None
        self._read_from: object = None
        self._only_asked = controller.session.rules.pathway.course is not None or question.same_for is not None

    @property
    def may_be_taken_over(self) -> bool:
        """Whether it can be used without being asked."""
        return self.offered and not self._only_asked

    def refresh(self, *, alone: bool) -> None:
        """Show what there is; the ways to use it only while nothing is recorded today."""
        session, earlier = self._controller.session, self._controller.earlier
        if self._read_from != (earlier, session.visit_date):
            self._read_from, asked = (earlier, session.visit_date), self._question.id
            self._found = earlier.answer(session.pack, asked, session.visit_date) if earlier else None
            self._detail = (
                earlier.detail(session.pack, session.questions, asked, session.visit_date) if earlier else None
            )
        found = self._found
        recorded = session.recorded.get(self._question.id)
        taken = found is not None and recorded is not None and recorded.entry_of(found.informant) is not None
        if found is None or taken or not alone:
            reveal(self, False)
            return
        free = recorded is None
        self._offer(self._words(found, recorded), found.source_in(WINDOW), same=free, use=free and not self._only_asked)

    def _words(self, found: EarlierAnswer, recorded: Recorded | None) -> str:
        today = self._controller.session.visit["visit_date"]
        day = brief_day(found.record.visit_date, today, WINDOW)
        if recorded is None:
            said = f"{not_asked(day, found.record, today, WINDOW)}: {found.shown}"
            more = [f"{detail.question.label}: {detail.answer.shown}" for detail in self._with_it()]
            return " · ".join((said, *more))
        if any(_same_as(entry.carried, found) for entry in recorded.entries):
            return tr("Asked today, same as {day}: {words}").format(day=day, words=found.shown)
        return tr("{day}, signed record: {words}").format(day=day, words=found.shown)

    def _with_it(self) -> list[Detail]:
        """What is said with this answer in words, while nothing is recorded of it today."""
        detail = self._detail
        return [] if detail is None or detail.question.id in self._controller.session.recorded else [detail]

    def _all(self) -> list[tuple[str, EarlierAnswer]]:
        assert self._found is not None
        return [(self._question.id, self._found), *((one.question.id, one.answer) for one in self._with_it())]

    def same(self) -> None:
        """It was asked today and the answer is the same: record it as said today, carried from that record."""
        if self._free:
            by = self._controller.informant
            self._controller.answer_together(
                [Saying(question, held.raw, by, carried=held.asked_today) for question, held in self._all()]
            )
            self.taken.emit()

    def take(self) -> None:
        """Record the earlier answer, as said by the record of its day."""
        if self._free and not self._only_asked:
            self._controller.answer_together(
                [Saying(question, held.raw, held.informant, held.source, held.record) for question, held in self._all()]
            )
            self.taken.emit()

    @property
    def _free(self) -> bool:
        return self._found is not None and self._question.id not in self._controller.session.recorded


def _same_as(carried: Carried | None, found: EarlierAnswer) -> bool:
    return carried is not None and carried.asked and carried.record == found.record.record
