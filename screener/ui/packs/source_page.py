"""One source: what of it was read and how far, and every rule, figure and fact that rests on it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from screener.forms.details import Resting, SourceDetail
from screener.language import tr
from screener.ui.packs.entry_page import EntryPage
from screener.ui.packs.opened import ShownSource
from screener.ui.packs.parts import Table, change_card, column, facts_grid, link_to, spoken_facts
from screener.ui.widgets.controls import label
from screener.ui.widgets.finding_card import finding_card
from screener.ui.widgets.growing import Make
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.read_card import ReadCard


class SourcePage(EntryPage):
    """The right side of the browser while a source is chosen."""

    def __init__(self) -> None:
        super().__init__(tr("Source"))
        self.shown: ShownSource | None = None

    def show_source(self, shown: ShownSource, said: str = "") -> None:
        """Show a source; `said` is what there is to say of it first."""
        if (shown, said) == (self.shown, self._said):
            return
        self._said = said
        again = self.shown is not None and self.shown.detail.ref == shown.detail.ref
        self.shown, detail = shown, shown.detail
        nothing = tr("Nothing that is browsed here rests on it.")
        parts: list[Make] = [
            partial(self._head, detail, said),
            lambda: change_card(detail.change) if detail.change is not None else None,
            *(partial(finding_card, finding) for finding in shown.written.findings),
            *(partial(self._group, title, resting) for title, resting in detail.groups),
            lambda: label(nothing, "muted", wrap=True) if not detail.groups else None,
            partial(self._written_card, shown.written),
        ]
        self.build(parts, again=again)

    def _head(self, detail: SourceDetail, said: str) -> QWidget:
        small = label(detail.ref, "small", wrap=True)
        facts = [*detail.facts, *([(tr("Link"), detail.link)] if detail.link else [])]
        card = ReadCard(f"{detail.title}. {spoken_facts(facts)}", padding_px=16)
        card.body.addWidget(facts_grid(facts))
        self._first = card
        if detail.link:
            deeds = QWidget()
            FlowLayout(deeds, gap_px=4).addWidget(self._copy_of(detail.link))
            card.body.addWidget(deeds)
        return column(small, label(detail.title, "title", wrap=True), self._news_of(said), card, gap_px=8)

    def _group(self, title: str, resting: tuple[Resting, ...]) -> Table:
        rows = [(self._entry(title, one), label(one.said, "muted", wrap=True)) for one in resting]
        many = len(resting)
        return Table(f"{title} ({many})", (tr("Rests on it"), tr("As what")), rows, (5, 4))

    def _entry(self, group: str, one: Resting) -> QWidget:
        if not one.rule:
            return label(one.title, wrap=True)
        made = link_to("rule", one.rule, one.title, self.go.emit)
        made.setAccessibleName(
            tr("Open the rule {rule}: {title}, in {group}").format(rule=one.rule, title=one.title, group=group)
        )
        return made
