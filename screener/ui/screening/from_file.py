"""A quiet line on a question's card: what the patient answered in a file, when, and the ways to use that answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.forms.model import Question
from screener.forms.words import by_words, short_day
from screener.language import WINDOW, tr
from screener.screening.offered import Offer
from screener.ui.fields.letter_link import LetterLink
from screener.ui.screening.earlier import EarlierLine
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import label
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.visible import reveal


class FileLine(QWidget):
    """Offers, and fills in nothing by itself; undo takes it back.

    *Asked today, same* records the answer as said today by whoever speaks. *Use it* records it as the file has it,
    under whoever answered there, with a note of the file and its day. Of an answer of another day, to what is asked
    anew at every visit or on a dose day, there is no such way.
    """

    taken = Signal()

    def __init__(self, controller: SessionController, question: Question, earlier: EarlierLine) -> None:
        super().__init__()
        self._controller, self._question, self._earlier = controller, question, earlier
        session = controller.session
        self._anew = session.rules.pathway.course is not None or session.pack.asked_anew(question.id)
        self._found: Offer | None = None
        flow = FlowLayout(self, gap_px=6)
        self._said = label("", "small", wrap=True)
        called = question.label
        self._same = LetterLink("S", tr("Asked today, same"), tr("{label}: asked today, same").format(label=called))
        self._same.clicked.connect(self.same)
        self._use = LetterLink("F", tr("Use it"), tr("{label}: use the answer from the file").format(label=called))
        self._use.clicked.connect(self.take)
        for part in (self._said, self._same, self._use):
            flow.addWidget(part)
        self.hide()

    @property
    def offered(self) -> bool:
        """Whether there is an answer that can be said again now."""
        return self._found is not None and not self.isHidden() and not self._same.isHidden()

    @property
    def may_be_taken(self) -> bool:
        """Whether it can be used without being asked."""
        return self._found is not None and not self.isHidden() and not self._use.isHidden()

    def refresh(self, *, alone: bool) -> None:
        """Show what there is; the ways to use it only while nothing is recorded. After the line of earlier records."""
        session = self._controller.session
        found = self._found = session.offered(self._question.id)
        recorded = session.recorded.get(self._question.id)
        taken = found is not None and recorded is not None and recorded.entry_of(found.file.informant) is not None
        if found is None or taken or not alone:
            reveal(self, False)
            return
        self._said.setText(_words(found))
        self._said.setToolTip(found.source_in(WINDOW))
        for way in (self._same, self._use):
            way.describe(self._said.text())
        of_today = found.file.authored == session.visit["visit_date"]
        reveal(self._same, recorded is None and not self._earlier.offered)
        reveal(self._use, recorded is None and (of_today or not self._anew))
        reveal(self, True)

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
