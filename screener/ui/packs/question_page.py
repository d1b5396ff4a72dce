"""One question: its words and options, when it is shown and why it is asked, the rules that read it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from screener.forms.browsing import RuleLine
from screener.forms.conditions import LevelTree
from screener.forms.details import OptionWords, QuestionDetail
from screener.forms.words import TIER_WORDS
from screener.language import WINDOW, tr
from screener.ui.packs.entry_page import EntryPage
from screener.ui.packs.opened import ShownQuestion
from screener.ui.packs.parts import (
    Table,
    bare_card,
    change_card,
    column,
    facts_grid,
    link_to,
    spoken_facts,
)
from screener.ui.widgets.condition import ConditionView, spoken
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.finding_card import finding_card
from screener.ui.widgets.growing import Make
from screener.ui.widgets.layout import Card, Halves
from screener.ui.widgets.read_card import ReadCard


class QuestionPage(EntryPage):
    """The right side of the browser while a question is chosen."""

    def __init__(self) -> None:
        super().__init__(tr("Question"))
        self.shown: ShownQuestion | None = None

    def show_question(self, shown: ShownQuestion, said: str = "") -> None:
        """Show a question; `said` is what there is to say of it first."""
        if (shown, said) == (self.shown, self._said):
            return
        self._said = said
        again = self.shown is not None and self.shown.detail.id == shown.detail.id
        self.shown, detail = shown, shown.detail
        parts: list[Make] = [
            partial(self._head, detail, said),
            lambda: change_card(detail.change) if detail.change is not None else None,
            *(partial(finding_card, finding) for finding in shown.written.findings),
            lambda: Halves(self._options(detail.options), self._showing(detail), from_px=700),
            partial(self._readers, shown.readers),
            partial(self._written_card, shown.written),
        ]
        self.build(parts, again=again)

    def _head(self, detail: QuestionDetail, said: str) -> QWidget:
        facts = ReadCard(f"{detail.text}. {spoken_facts(detail.facts)}", padding_px=16)
        facts.body.addWidget(facts_grid(detail.facts))
        self._first = facts
        small = label(f"{detail.theme} · {detail.id}", "small", wrap=True)
        return column(small, label(detail.text, "title", wrap=True), self._news_of(said), facts, gap_px=8)

    def _options(self, options: Sequence[OptionWords]) -> QWidget:
        said = "; ".join(f"{one.text} ({one.id})" for one in options) or tr("it has none")
        card = ReadCard(tr("Options: {said}").format(said=said), padding_px=16)
        card.body.addWidget(heading(tr("Options")))
        if not options:
            card.body.addWidget(label(tr("It has none of its own."), "muted", wrap=True))
        for one in options:
            text = label(one.text, wrap=True)
            card.body.addWidget(Halves(text, label(one.id, "small", wrap=True), 240, shares=(3, 1)))
            if one.help:
                card.body.addWidget(label(one.help, "small", wrap=True))
        card.body.addStretch(1)
        return card

    def _showing(self, detail: QuestionDetail) -> Card:
        trees = (LevelTree("", detail.shown),)
        always = tr("Always shown on the pathways that ask it.")
        said = (
            tr("When it is shown: {spoken}. {hidden}").format(spoken=spoken(trees), hidden=detail.hidden)
            if detail.shown
            else always
        )
        card = Card()
        read = bare_card(said)
        read.body.addWidget(heading(tr("When it is shown")))
        if detail.shown:
            view = ConditionView()
            view.show_trees(trees)
            read.body.addWidget(view)
            read.body.addWidget(label(detail.hidden, "muted", wrap=True))
        else:
            read.body.addWidget(label(always, wrap=True))
        card.body.addWidget(read)
        if detail.opens:
            card.body.addWidget(heading(tr("Its answer can show")))
            for name, text in detail.opens:
                card.body.addWidget(link_to("question", name, text, self.go.emit))
        card.body.addStretch(1)
        return card

    def _readers(self, readers: Sequence[RuleLine]) -> QWidget:
        if not readers:
            card = ReadCard(tr("No rule reads it"), padding_px=16)
            card.body.addWidget(heading(tr("Rules that read it")))
            card.body.addWidget(label(tr("No rule reads it; its answer stands in the report."), "muted", wrap=True))
            return card
        rows = [
            (
                link_to("rule", line.id, line.title, self.go.emit),
                label(WINDOW.word(TIER_WORDS[line.tier]), wrap=True),
                label(line.second, "small", wrap=True),
            )
            for line in readers
        ]
        return Table(tr("Rules that read it"), (tr("Rule"), tr("Tier"), tr("Source")), rows, (4, 1, 4))
