"""A quiet line where the last session is asked for: what its record holds of the readings, taken by one key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.forms.model import Question
from screener.language import WINDOW, tr
from screener.records.last_session import LastSession, last_session
from screener.rules.values import State
from screener.ui.fields.letter_link import LetterLink
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import label
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.visible import reveal


class LastSessionLine(QWidget):
    """Offers, and fills in nothing by itself: that record is the one who says it, and one undo takes all of it back."""

    taken = Signal()

    def __init__(self, controller: SessionController, question: Question) -> None:
        super().__init__()
        self._controller, self._question = controller, question
        self._found: LastSession | None = None
        flow = FlowLayout(self, gap_px=6)
        self._said = label("", "small", wrap=True)
        called = tr("{label}: as in that record").format(label=question.label)
        self._link = LetterLink("R", tr("As in that record"), called)
        self._link.clicked.connect(self.take)
        for part in (self._said, self._link):
            flow.addWidget(part)
        self.hide()

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
        self._said.setText(said)
        self._link.describe(said)
        reveal(self, self.offered)

    def take(self) -> None:
        """Record it, with where it is from."""
        if self._found is not None:
            self._controller.answer_together(self._found.sayings())
            self.taken.emit()
