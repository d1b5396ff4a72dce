"""Predict first: what stands in the list's place, the guesses of the class, and how they stand beside the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.actions import BY_ID
from screener.ui.training.telling_strip import StripButton
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.layout import Card, ScrollPage, clear
from screener.ui.widgets.speech import announce


class PredictPanel(QWidget):
    """Stands where the list would. Nothing of the list is in it, or anywhere else, until it is uncovered."""

    guessed = Signal(str)
    uncover = Signal()
    done = Signal()
    """Enter in the empty line: whoever typed goes back to the story."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Predict first"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage("surface", 520, 14)
        column.addWidget(page)
        body = page.body
        body.setSpacing(10)
        body.addWidget(label(tr("Predict first"), "large", wrap=True))
        lead = tr(
            "The list is covered. What does the class expect on it? Guesses are kept for the debrief as they are."
        )
        body.addWidget(label(lead, "muted", wrap=True))
        self.line = QLineEdit()
        self.line.setAccessibleName(tr("A guess of the class"))
        self.line.setPlaceholderText(tr("A guess, then Enter"))
        self.line.returnPressed.connect(self._entered)
        body.addWidget(self.line)
        self._guesses = QVBoxLayout()
        self._guesses.setSpacing(6)
        body.addLayout(self._guesses)
        show = StripButton(tr("Show the list"), BY_ID["uncover"].key_hint)
        show.clicked.connect(self.uncover)
        body.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch(1)
        self.show_guesses(())

    @property
    def unfinished(self) -> str:
        """What is typed and not entered."""
        return self.line.text().strip()

    def enter(self) -> None:
        """Take what is typed for a guess."""
        if self.unfinished:
            self.guessed.emit(self.unfinished)
            self.line.clear()

    def _entered(self) -> None:
        if self.unfinished:
            self.enter()
        else:
            self.done.emit()

    def show_guesses(self, guesses: Sequence[str]) -> None:
        """The guesses so far, in the order in which they came."""
        clear(self._guesses)
        for guess in guesses:
            self._guesses.addWidget(guess_card(guess))
        if not guesses:
            self._guesses.addWidget(label(tr("No guess yet."), "muted", wrap=True))
        if guesses:
            announce(self, tr("Kept: {guess}").format(guess=guesses[-1]))


def guess_card(guess: str) -> QWidget:
    """One guess, as it was typed."""
    card = Card(padding_px=10)
    card.setAccessibleName(guess)
    card.body.addWidget(label(guess, wrap=True))
    return card


class GuessesBeside(QWidget):
    """What the class said, above the list that is there again. Nothing says which of it came true."""

    def __init__(self, guesses: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(tr("The class expected"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 4)
        column.setSpacing(4)
        column.addWidget(heading(tr("The class expected")))
        for guess in guesses:
            column.addWidget(label(tr("“{guess}”").format(guess=guess), wrap=True))
