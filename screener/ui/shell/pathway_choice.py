"""What is being considered: a card for each pathway, and the facts of the chosen one with what it asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from screener.forms.model import OneOf, Pack, Pathway
from screener.ui.style.theme import scaled
from screener.ui.widgets.big_choice import BigChoice
from screener.ui.widgets.controls import Segmented, chip, heading, label
from screener.ui.widgets.inline import InlineChoice
from screener.ui.widgets.layout import Card, FlowLayout


class PathwayCard(BigChoice):
    """One pathway as a large choice among others."""

    def __init__(self, pathway: Pathway) -> None:
        super().__init__(pathway.title, pathway.summary)
        self.pathway_id = pathway.id
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(f"Pathway: {pathway.title}")
        self.setAccessibleDescription(f"{pathway.summary} {pathway.legal}")


class PathwayDetails(Card):
    """The chosen pathway: its legal standing, whose label holds, the product, the profiles that apply, its facts."""

    def __init__(self, pack: Pack, pathway: Pathway, country: str) -> None:
        super().__init__()
        self.pathway, self._pack = pathway, pack
        self.body.addWidget(label(pathway.title, "large", wrap=True))
        self.body.addWidget(label(pathway.legal, wrap=True))
        choosing = next((need for need in pathway.needs if isinstance(need, OneOf)), None)
        self.profile: Segmented | None = None
        if choosing is not None:
            options = [(name, pack.profile(name).short) for name in choosing.one_of]
            self.profile = Segmented("Profile: whose label holds", options)
            if country in choosing.one_of:
                self.profile.show_chosen(country)
            self.body.addWidget(label("Whose label holds", "strong"))
            self.profile.user_chose.connect(self._show_label)
            self.body.addWidget(self.profile)
        self.product = InlineChoice("Product of this visit", pathway.products, "as it will be taken")
        self.product.setProperty("look", "")
        self.product.setMinimumWidth(scaled(360))
        caption = label("Product of this visit", "strong")
        caption.setBuddy(self.product)
        self.body.addSpacing(4)
        self.body.addWidget(caption)
        self.body.addWidget(self.product, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addSpacing(8)
        self._facts(pack, pathway)

    def _show_label(self) -> None:
        """The label that was chosen is one of the rules that apply."""
        chosen = self.profile.chosen if self.profile is not None else None
        self._label_chip.setText(self._pack.profile(chosen).title if chosen else "")
        self._label_chip.setVisible(bool(chosen))

    def _facts(self, pack: Pack, pathway: Pathway) -> None:
        self.body.addWidget(heading("Rules that apply"))
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=6)
        for name in [need for need in pathway.needs if isinstance(need, str)]:
            flow.addWidget(chip(pack.profile(name).title))
        self._label_chip = chip("")
        flow.addWidget(self._label_chip)
        self.body.addWidget(holder)
        self._show_label()
        self.body.addSpacing(4)
        self.body.addWidget(heading("About this pathway"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, scaled(170))
        for line, fact in enumerate(pathway.facts):
            grid.addWidget(label(fact.label, "muted", wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(fact.text, "", wrap=True), line, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 3)
        self.body.addLayout(grid)


class PathwayChoice(QWidget):
    """All pathways side by side; arrows move and choose, as in a row of radio buttons."""

    chosen = Signal(object)

    def __init__(self, pathways: Sequence[Pathway]) -> None:
        super().__init__()
        self._pathways = {pathway.id: pathway for pathway in pathways}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        self.cards = [PathwayCard(pathway) for pathway in pathways]
        for place, card in enumerate(self.cards):
            card.toggled.connect(self._toggled)
            grid.addWidget(card, place // 3, place % 3)
        self.setFocusProxy(self.cards[0])

    def _toggled(self, on: bool) -> None:
        card = self.sender()
        assert isinstance(card, PathwayCard)
        if on:
            self.chosen.emit(self._pathways[card.pathway_id])
