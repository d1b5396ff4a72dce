"""A quiet line on a question's card: what there is, and one letter that records it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.forms.model import Question
from screener.ui.fields.letter_link import LetterLink
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import label
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.visible import reveal


class OneOffer(QWidget):
    """Offers, and fills in nothing by itself. It is gone while there is nothing to offer."""

    taken = Signal()

    def __init__(
        self,
        controller: SessionController,
        question: Question,
        letter: str,
        text: str,
        name: str,
        *,
        by_line: bool = False,
    ) -> None:
        """`text`: what the letter does; `name`: the same with the question, for a screen reader.

        `by_line`: the question is answered in a line, where a letter alone is a letter.
        """
        super().__init__()
        self._controller, self._question = controller, question
        flow = FlowLayout(self, gap_px=6)
        self._said = label("", "small", wrap=True)
        self._link = LetterLink(letter, text, name, by_line=by_line)
        self._link.clicked.connect(self.take)
        for part in (self._said, self._link):
            flow.addWidget(part)
        self.hide()

    def refresh(self) -> None:
        """Show what there is to offer now."""
        raise NotImplementedError

    @property
    def offered(self) -> bool:
        """Whether there is something to record now."""
        raise NotImplementedError

    def take(self) -> None:
        """Record it."""
        raise NotImplementedError

    def _offer(self, words: str) -> None:
        """Show these words while there is something to offer."""
        self._said.setText(words)
        self._link.describe(words)
        reveal(self, self.offered)
