"""A quiet line on a question's card: what an earlier record holds for it, and the way to use that answer today."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.forms.model import Question
from screener.records.earlier import EarlierAnswer
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import KeyCap, LinkButton, label
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.visible import reveal


class EarlierLine(QWidget):
    """Offers, and fills in nothing by itself. What is taken is recorded as said by the record of its day, with a note
    of where it came from; undo takes it back."""

    taken = Signal()

    def __init__(self, controller: SessionController, question: Question) -> None:
        super().__init__()
        self._controller, self._question = controller, question
        self._found: EarlierAnswer | None = None
        self._read_from: object = None
        flow = FlowLayout(self, gap_px=6)
        self._said = label("", "small", wrap=True)
        self._use = LinkButton("Use it", f"{question.label}: use the earlier answer")
        self._use.clicked.connect(self.take)
        self._key = KeyCap("E")
        for part in (self._said, self._use, self._key):
            flow.addWidget(part)
        self.hide()

    @property
    def offered(self) -> bool:
        """Whether there is an answer that can be taken now."""
        return self._found is not None and not self.isHidden() and not self._use.isHidden()

    def refresh(self, *, alone: bool) -> None:
        """Show what there is; the way to use it only while nothing is recorded today."""
        session, earlier = self._controller.session, self._controller.earlier
        if self._read_from is not earlier:
            self._read_from = earlier
            theme = session.pack.theme_of[self._question.id].id
            self._found = earlier.answer(self._question, theme) if earlier else None
        found = self._found
        recorded = session.recorded.get(self._question.id)
        taken = found is not None and recorded is not None and recorded.entry_of(found.informant) is not None
        if found is None or taken or not alone:
            reveal(self, False)
            return
        self._said.setText(f"{found.day}, signed record: {found.words}")
        self._said.setToolTip(found.source)
        self._use.setAccessibleDescription(f"{self._said.text()}. Key E, Alt+E while typing")
        for part in (self._use, self._key):
            reveal(part, recorded is None)
        reveal(self, True)

    def take(self) -> None:
        """Record the earlier answer, as said by the record of its day."""
        found = self._found
        if found is None or self._question.id in self._controller.session.recorded:
            return
        self._controller.answer(self._question.id, found.raw, by=found.informant, note=found.source)
        self.taken.emit()
