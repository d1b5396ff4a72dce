"""What was brought along: asked for, then looked at one by one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.language import tr
from screener.training.scenario import Paper
from screener.ui.training.encounter import Encounter
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.layout import clear
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce


class PapersBrought(QWidget):
    """The keyboard stays with the papers, though the button or the link that it was on has gone."""

    came = Signal(QWidget)
    """This is to be seen now."""

    def __init__(self, encounter: Encounter) -> None:
        super().__init__()
        self._encounter = encounter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bring = ActionButton(tr("Ask what was brought along"))
        self.bring.clicked.connect(self._ask)
        column.addWidget(self.bring, 0, Qt.AlignmentFlag.AlignLeft)
        self._papers = QVBoxLayout()
        self._papers.setSpacing(6)
        column.addLayout(self._papers)
        if encounter.shown:
            self._show()

    def show_paper(self, paper: Paper) -> None:
        """It is looked at."""
        self._show()
        self._go_to([one.id for one in self._encounter.papers].index(paper.id))

    def _ask(self) -> None:
        self._show()
        self._go_to(0)

    def _show(self) -> None:
        clear(self._papers)
        papers = self._encounter.papers
        if not papers:
            nothing = tr("Nothing was brought along.")
            card = ReadCard(nothing, padding_px=10)
            card.body.addWidget(label(nothing, "muted", wrap=True))
            self._papers.addWidget(card)
            announce(self, nothing)
        for paper in papers:
            seen = paper.id in self._encounter.shown
            self._papers.addWidget(_paper_card(paper) if seen else self._unseen(paper))
        self.bring.hide()

    def _go_to(self, place: int) -> None:
        item = self._papers.itemAt(place)
        shown = item.widget() if item is not None else None
        if shown is not None:
            shown.show()
            (shown.findChild(LinkButton) or shown).setFocus(Qt.FocusReason.OtherFocusReason)
            self.came.emit(shown)

    def _unseen(self, paper: Paper) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(paper.title, wrap=True), 1)
        link = LinkButton(tr("Look"))
        link.setAccessibleName(tr("Look at: {title}").format(title=paper.title))
        link.setProperty("paper", paper.id)
        link.clicked.connect(self._look)
        row.addWidget(link)
        return holder

    def _look(self) -> None:
        link = self.sender()
        assert link is not None
        self._encounter.show(link.property("paper"))


def _paper_card(paper: Paper) -> QWidget:
    card = ReadCard(f"{paper.title}: {paper.words}", padding_px=10)
    card.body.addWidget(label(paper.title, "small-strong", wrap=True))
    card.body.addWidget(label(paper.words, wrap=True))
    return card
