"""One source: what of it was read and how far, and every rule, figure and fact that rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from screener.forms.details import Resting, SourceDetail
from screener.forms.findings import Finding
from screener.forms.library import Excerpt
from screener.ui.packs.parts import Table, column, facts_grid, finding_card, link_to, spoken_facts
from screener.ui.packs.staged import Part, StagedPage
from screener.ui.widgets.controls import LinkButton, label
from screener.ui.widgets.layout import FlowLayout, Notice
from screener.ui.widgets.read_card import ReadCard


@dataclass(frozen=True, slots=True)
class ShownSource:
    """All that is shown of a source; the excerpt is None until the files are read."""

    detail: SourceDetail
    excerpt: Excerpt | None = None
    findings: tuple[Finding, ...] = ()


class SourcePage(StagedPage):
    """The right side of the browser while a source is chosen."""

    go = Signal(str, str)
    open_folder = Signal(object)

    def __init__(self) -> None:
        super().__init__("Source")
        self.shown: ShownSource | None = None
        self._said = ""
        self._facts: QWidget = self
        self._news = Notice("", parent=self)

    def show_source(self, shown: ShownSource, said: str = "") -> None:
        """Show a source; `said` is what there is to say of it first."""
        if (shown, said) == (self.shown, self._said):
            return
        self._said = said
        again = self.shown is not None and self.shown.detail.ref == shown.detail.ref
        self.shown, detail = shown, shown.detail
        nothing = "Nothing that is browsed here rests on it."
        parts: list[Part] = [
            partial(self._head, shown, said),
            *(partial(finding_card, finding) for finding in shown.findings),
            *(partial(self._group, title, resting) for title, resting in detail.groups),
            lambda: label(nothing, "muted", wrap=True) if not detail.groups else None,
        ]
        self.build(parts, again=again)

    def _head(self, shown: ShownSource, said: str) -> QWidget:
        detail = shown.detail
        place = f" · {shown.excerpt.place}" if shown.excerpt is not None else ""
        small = label(f"{detail.ref}{place}", "small", wrap=True)
        self._news = Notice(said)
        facts = [*detail.facts, *([("Link", detail.link)] if detail.link else [])]
        card = ReadCard(f"{detail.title}. {spoken_facts(facts)}", padding_px=16)
        card.body.addWidget(facts_grid(facts))
        self._facts = card
        return column(small, label(detail.title, "title", wrap=True), self._news, card, self._deeds(shown), gap_px=8)

    def focus_first(self) -> None:
        self._facts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _deeds(self, shown: ShownSource) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=4)
        if shown.detail.link:
            copy = LinkButton("Copy the link", f"Copy the link to the source: {shown.detail.link}")
            copy.clicked.connect(self._copy_link)
            flow.addWidget(copy)
        if shown.excerpt is not None and shown.excerpt.path is not None:
            opened = LinkButton("Open the folder", f"Open the folder of {shown.excerpt.file}")
            opened.clicked.connect(partial(self.open_folder.emit, shown.excerpt.path))
            flow.addWidget(opened)
        return holder

    def _copy_link(self) -> None:
        assert self.shown is not None
        QGuiApplication.clipboard().setText(self.shown.detail.link)
        self._news.show_text("Link copied. It is opened nowhere.")

    def _group(self, title: str, resting: tuple[Resting, ...]) -> Table:
        rows = [(self._entry(title, one), label(one.said, "muted", wrap=True)) for one in resting]
        many = len(resting)
        return Table(f"{title} ({many})", ("Rests on it", "As what"), rows, (5, 4))

    def _entry(self, group: str, one: Resting) -> QWidget:
        if not one.rule:
            return label(one.title, wrap=True)
        made = link_to("rule", one.rule, one.title, self.go.emit)
        made.setAccessibleName(f"Open the rule {one.rule}: {one.title}, in {group}")
        return made
