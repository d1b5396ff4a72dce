"""A quiet line on a question's card: what an earlier record holds for it, and the ways to use that answer today."""

from __future__ import annotations

from screener.forms.model import Question
from screener.language import WINDOW, tr
from screener.records.earlier import EarlierAnswer
from screener.records.sitting import brief_day, not_asked
from screener.screening.answers import Carried, Recorded
from screener.ui.screening.offer_line import OfferLine
from screener.ui.session_controller import SessionController
from screener.ui.widgets.visible import reveal


class EarlierLine(OfferLine):
    """Offers, and fills in nothing by itself; undo takes it back.

    *Asked today, same* records the answer as said today by whoever speaks. *Use it* takes it over unasked, as said by
    the record of its day, with a note of where it came from; on a dose day there is no such way.
    """

    def __init__(self, controller: SessionController, question: Question) -> None:
        super().__init__(question, "E", tr("{label}: use the earlier answer").format(label=question.label))
        self._controller = controller
        self._found: EarlierAnswer | None = None
        self._read_from: object = None
        self._dose_day = controller.session.rules.pathway.course is not None

    @property
    def may_be_taken_over(self) -> bool:
        """Whether it can be used without being asked."""
        return self.offered and not self._dose_day

    def refresh(self, *, alone: bool) -> None:
        """Show what there is; the ways to use it only while nothing is recorded today."""
        session, earlier = self._controller.session, self._controller.earlier
        if self._read_from is not earlier:
            self._read_from = earlier
            self._found = earlier.answer(session.pack, self._question.id) if earlier else None
        found = self._found
        recorded = session.recorded.get(self._question.id)
        taken = found is not None and recorded is not None and recorded.entry_of(found.informant) is not None
        if found is None or taken or not alone:
            reveal(self, False)
            return
        free = recorded is None
        self._offer(self._words(found, recorded), found.source_in(WINDOW), same=free, use=free and not self._dose_day)

    def _words(self, found: EarlierAnswer, recorded: Recorded | None) -> str:
        today = self._controller.session.visit["visit_date"]
        day = brief_day(found.record.visit_date, today, WINDOW)
        if recorded is None:
            return f"{not_asked(day, found.record, today, WINDOW)}: {found.shown}"
        if any(_same_as(entry.carried, found) for entry in recorded.entries):
            return tr("Asked today, same as {day}: {words}").format(day=day, words=found.shown)
        return tr("{day}, signed record: {words}").format(day=day, words=found.shown)

    def same(self) -> None:
        """It was asked today and the answer is the same: record it as said today, carried from that record."""
        if self._free:
            assert self._found is not None
            self._controller.answer(self._question.id, self._found.raw, carried=self._found.asked_today)
            self.taken.emit()

    def take(self) -> None:
        """Record the earlier answer, as said by the record of its day."""
        if self._free and not self._dose_day:
            found = self._found
            assert found is not None
            self._controller.answer(
                self._question.id, found.raw, by=found.informant, note=found.source, carried=found.record
            )
            self.taken.emit()

    @property
    def _free(self) -> bool:
        return self._found is not None and self._question.id not in self._controller.session.recorded


def _same_as(carried: Carried | None, found: EarlierAnswer) -> bool:
    return carried is not None and carried.asked and carried.record == found.record.record
