"""A quiet line on a question's card: something that stands already, and two ways to use it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from screener.forms.model import Question
from screener.language import tr
from screener.ui.fields.letter_link import LetterLink
from screener.ui.widgets.controls import label
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.visible import reveal


@dataclass(frozen=True, slots=True)
class Parts:
    """What the line is made of."""

    said: QLabel
    same: LetterLink
    use: LetterLink


class OfferLine(QWidget):
    """Offers, and fills in nothing by itself. It is empty until there is something to offer: mostly there never is."""

    taken = Signal()
    grew = Signal()
    """It is made of its parts now, after the page: Tab has to be led through them."""

    def __init__(self, question: Question, letter: str, use_name: str) -> None:
        """`letter`: the key of the second way; `use_name`: what that is called for a screen reader."""
        super().__init__()
        self._question, self._letter, self._use_name = question, letter, use_name
        self._made: Parts | None = None
        self.hide()

    def _parts(self) -> Parts:
        if self._made is None:
            same_name = tr("{label}: asked today, same").format(label=self._question.label)
            self._made = Parts(
                label("", "small", wrap=True),
                LetterLink("S", tr("Asked today, same"), same_name),
                LetterLink(self._letter, tr("Use it"), self._use_name),
            )
            self._made.same.clicked.connect(self.same)
            self._made.use.clicked.connect(self.take)
            flow = FlowLayout(self, gap_px=6)
            for part in (self._made.said, self._made.same, self._made.use):
                flow.addWidget(part)
            self.grew.emit()
        return self._made

    @property
    def offered(self) -> bool:
        """Whether there is an answer that can be said again now."""
        return self._made is not None and not self.isHidden() and not self._made.same.isHidden()

    def _offer(self, words: str, tip: str, *, same: bool, use: bool) -> None:
        """Show these words, and of the two ways those that are open."""
        parts = self._parts()
        parts.said.setText(words)
        parts.said.setToolTip(tip)
        for way, shown in ((parts.same, same), (parts.use, use)):
            way.describe(parts.said.text())
            reveal(way, shown)
        reveal(self, True)

    def same(self) -> None:
        """It was asked today and the answer is the same: record it as said today."""
        raise NotImplementedError

    def take(self) -> None:
        """Record it without asking."""
        raise NotImplementedError
