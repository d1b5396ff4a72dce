"""One rule: in words, as written, its source and others, a place to try it, its cases and checks, what it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from screener.forms.conditions import LevelTree
from screener.forms.details import NOT_RE_READ, LevelWords, RuleDetail, SourceWords
from screener.forms.words import TIER_WORDS
from screener.language import WINDOW, tr
from screener.ui.packs.cases import CasesTable
from screener.ui.packs.entry_page import EntryPage
from screener.ui.packs.how_often import HowOftenCard
from screener.ui.packs.in_table import InTable
from screener.ui.packs.links import ACROSS_PX, TextLink
from screener.ui.packs.logic_card import Logic, LogicCard
from screener.ui.packs.opened import ShownRule
from screener.ui.packs.parts import (
    Table,
    bare_card,
    change_card,
    column,
    facts_grid,
    link_to,
    spoken_facts,
)
from screener.ui.packs.trying import TryIt
from screener.ui.style.theme import scaled
from screener.ui.widgets.condition import ConditionView, spoken
from screener.ui.widgets.controls import ActionButton, LinkButton, WrapLabel, chip, heading, label
from screener.ui.widgets.finding_card import finding_card
from screener.ui.widgets.growing import Make
from screener.ui.widgets.layout import Card, FlowLayout, Halves
from screener.ui.widgets.marks import Mark
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.tab_order import order_tab


class RulePage(EntryPage):
    """The right side of the browser while a rule is chosen."""

    trying_changed = Signal()
    """The place to try the rule is there, or asks other questions."""
    compare = Signal(str, object)
    """Under what the records of the table are to be counted as well."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(tr("Rule"))
        self._now = now
        self.shown: ShownRule | None = None
        self.trying: TryIt | None = None
        self.cases: CasesTable | None = None
        self.logic: LogicCard | None = None
        self._logic = Logic()
        self.how_often: HowOftenCard | None = None
        self._table = InTable()
        self._try_wanted = False
        self._tried: Mapping[str, Any] = {}
        """What was tried of the rule that is shown, for when the place to try it is built anew."""

    def show_rule(self, shown: ShownRule, said: str = "") -> None:
        """Show a rule; `said` is what there is to say of it first. What was tried of the same rule stays."""
        if (shown, said) == (self.shown, self._said):
            return
        self._said = said
        again = self.shown is not None and self.shown.rule.id == shown.rule.id
        if self.trying is not None:
            self._tried = self.trying.raws
        if not again:
            self._tried, self._try_wanted = {}, False
        self.shown, self.trying, self.cases, self.logic, self.how_often = shown, None, None, None, None
        detail = shown.detail
        parts: list[Make] = [
            partial(self._head, detail, said),
            lambda: change_card(detail.change) if detail.change is not None else None,
            *(partial(finding_card, finding) for finding in shown.written.findings),
            lambda: Halves(
                column(self._words(detail), self._standing(detail)),
                column(self._source(detail), self._logic_checks(shown), self._how_often(shown)),
                from_px=640,
            ),
            partial(self._try, shown),
            partial(self._cases, shown),
            lambda: self._others(detail.others) if detail.others else None,
            lambda: Halves(column(self._written_card(shown.written)), column(self._questions(detail)), from_px=640),
        ]
        self.build(parts, again=again)

    def show_logic(self, logic: Logic) -> None:
        """The logic checks have come further."""
        self._logic = logic
        if self.logic is not None and self.logic.show_logic(logic):
            order_tab(self)

    def show_table(self, state: InTable) -> None:
        """The table that somebody loaded has come further."""
        self._table = state
        if self.how_often is not None and self.how_often.show_table(state):
            order_tab(self)

    def focus_trying(self) -> None:
        """The first question to try, as soon as it is there."""
        if self.trying is not None:
            self.trying.focus_first()
        else:
            self._try_wanted = True

    # Parts

    def _try(self, shown: ShownRule) -> TryIt:
        self.trying = TryIt(self._now)
        self.trying.asks_others.connect(self.trying_changed)
        self.trying.use(shown.pack, shown.rule, self._tried)
        if self._try_wanted:
            self._try_wanted = False
            QTimer.singleShot(0, self.trying, self.trying.focus_first)
        return self.trying

    def _head(self, detail: RuleDetail, said: str) -> QWidget:
        reread = f"{detail.reread[:1].lower()}{detail.reread[1:]}"
        title = QWidget()
        row = QHBoxLayout(title)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Mark(detail.tier, 16), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label(detail.title, "title", wrap=True), 1)
        chips = QWidget()
        flow = FlowLayout(chips, gap_px=6)
        for text in detail.chips:
            not_in_force = text.startswith(("Draft", "Switched", "Retired"))
            flow.addWidget(chip(text, kind="dashed" if not_in_force else "outlined"))
        small = label(f"{detail.theme} · {detail.id} · {reread}", "small", wrap=True)
        return column(small, title, chips, facts_grid(detail.facts), self._news_of(said), gap_px=8)

    def _words(self, detail: RuleDetail) -> ReadCard:
        trees = [LevelTree(_level_title(level), level.lines) for level in detail.levels]
        statements = dict.fromkeys(level.statement for level in detail.levels)
        said = [
            tr("In words. Listed when {spoken}").format(spoken=spoken(trees)),
            *(tr("It then says: {text}").format(text=text) for text in statements),
        ]
        card = ReadCard(". ".join(said), padding_px=16)
        card.body.addWidget(heading(tr("In words: listed when")))
        view = ConditionView()
        view.show_trees(trees)
        card.body.addWidget(view)
        card.body.addSpacing(4)
        card.body.addWidget(heading(tr("It then says")))
        for text in statements:
            card.body.addWidget(label(text, wrap=True))
        if detail.note:
            card.body.addWidget(heading(tr("Remark for authors")))
            card.body.addWidget(label(detail.note, wrap=True))
        card.body.addStretch(1)
        self._first = card
        return card

    def _source(self, detail: RuleDetail) -> Card:
        source = detail.source
        facts = _source_facts(source)
        said = tr("What the source says. {rstrip}. {spoken_facts}").format(
            rstrip=(source.says or detail.title).rstrip("."), spoken_facts=spoken_facts(facts)
        )
        card = Card()
        read = bare_card(said)
        read.body.addWidget(heading(tr("What the source says")))
        chips = QWidget()
        flow = FlowLayout(chips, gap_px=6)
        flow.addWidget(chip(source.strength))
        read.body.addWidget(chips)
        if source.says:
            read.body.addWidget(label(source.says, wrap=True))
        read.body.addWidget(facts_grid(facts))
        card.body.addWidget(read)
        deeds = QWidget()
        flow = FlowLayout(deeds, gap_px=4)
        rests = LinkButton(
            tr("All that rests on this source"),
            tr("Open the source {ref}: all that rests on it").format(ref=source.ref),
        )
        rests.clicked.connect(partial(self.go.emit, "source", source.ref))
        flow.addWidget(rests)
        if source.link:
            flow.addWidget(self._copy_of(source.link))
        card.body.addWidget(deeds)
        card.body.addStretch(1)
        return card

    def _others(self, others: Sequence[SourceWords]) -> Table:
        rows = []
        for other in others:
            where = ", ".join(part for part in (other.line, other.at) if part)
            below = WrapLabel(where, "small")
            below.setContentsMargins(scaled(ACROSS_PX), 0, 0, 0)
            source = column(link_to("source", other.ref, other.title, self.go.emit), below, gap_px=0)
            own = f"“{other.own_words}”" if other.own_words else ""
            strength = column(
                label(other.strength, wrap=True), *([label(own, "small", wrap=True)] if own else []), gap_px=0
            )
            rows.append((label(other.says, wrap=True), source, strength))
        return Table(tr("What other sources say"), (tr("It says"), tr("Source"), tr("Its strength")), rows, (4, 4, 2))

    def _cases(self, shown: ShownRule) -> Card:
        card = Card()
        card.setAccessibleName(tr("Worked cases"))
        card.body.addWidget(heading(tr("Worked cases, run now")))
        if shown.cases is None:
            card.body.addWidget(label(shown.written.files, "muted", wrap=True))
            return card
        self.cases_said = label(shown.cases.said, "muted", wrap=True)
        if shown.cases.lines:
            table = self.cases = CasesTable(shown.cases)
            table.tried.connect(self._try_case)
            card.body.addWidget(table)
            foot = QWidget()
            flow = FlowLayout(foot, gap_px=10)
            button = ActionButton(tr("Try the chosen case"), "Enter", "quiet")
            button.clicked.connect(table.try_current)
            flow.addWidget(button)
            flow.addWidget(self.cases_said)
            card.body.addWidget(foot)
        else:
            card.body.addWidget(self.cases_said)
        return card

    def _logic_checks(self, shown: ShownRule) -> LogicCard:
        self.logic = LogicCard(shown.pack, shown.rule.id, self._logic)
        self.logic.go.connect(self.go)
        return self.logic

    def _how_often(self, shown: ShownRule) -> HowOftenCard:
        self.how_often = HowOftenCard(shown.pack, shown.rule, self._table)
        self.how_often.go.connect(self.go)
        self.how_often.compare.connect(self.compare)
        return self.how_often

    def _try_case(self, case: object) -> None:
        from screener.forms.trying import CaseLine

        assert self.trying is not None and isinstance(case, CaseLine)
        self.trying.try_case(case)
        self.trying.focus_first()

    def _questions(self, detail: RuleDetail) -> Card:
        card = Card()
        card.setAccessibleName(tr("Questions"))
        for read, title in (
            (True, tr("Questions that it reads")),
            (False, tr("Questions that decide what is shown, or are worked with")),
        ):
            alike = [use for use in detail.questions if use.read is read]
            if alike:
                card.body.addWidget(heading(title))
            for use in alike:
                card.body.addWidget(link_to("question", use.id, use.label, self.go.emit))
                shown = WrapLabel(f"{use.text} · {use.shown}", "small")
                shown.setContentsMargins(scaled(ACROSS_PX), 0, 0, scaled(4))
                card.body.addWidget(shown)
        card.body.addStretch(1)
        return card

    def _standing(self, detail: RuleDetail) -> Card:
        card = Card()
        card.setAccessibleName(tr("Standing and register"))
        read = bare_card(tr("Standing. {reread}").format(reread=detail.reread))
        read.body.addWidget(heading(tr("Standing")))
        read.body.addWidget(label(detail.reread + ("." if detail.reread == NOT_RE_READ else ""), wrap=True))
        card.body.addWidget(read)
        card.body.addWidget(heading(tr("Rows of the register that it stands for")))
        if not detail.rows:
            card.body.addWidget(label(tr("None: it is a rule of a clinic's own."), "muted", wrap=True))
        for row in detail.rows:
            facts = f": {row.facts}" if row.facts else ""
            card.body.addWidget(label(f"{row.row}{facts}", wrap=True))
            if row.others:
                links = QWidget()
                flow = FlowLayout(links, gap_px=2, rows_px=0)
                flow.addWidget(label(tr("with"), "small"))
                for other in row.others:
                    flow.addWidget(self._rule_link(row.row, other))
                card.body.addWidget(links)
        card.body.addStretch(1)
        return card

    def _rule_link(self, row: str, other: str) -> TextLink:
        made = link_to("rule", other, other, self.go.emit)
        made.setAccessibleName(tr("Open the rule {other}, of row {row}").format(other=other, row=row))
        return made


def _level_title(level: LevelWords) -> str:
    if not level.title:
        return ""
    tier = f", {WINDOW.word(TIER_WORDS[level.tier]).lower()}" if level.tier is not None else ""
    return f"{level.title}{tier}"


def _source_facts(source: SourceWords) -> list[tuple[str, str]]:
    facts = (
        (tr("Source"), ", ".join(part for part in (source.title, source.line) if part)),
        (tr("Place in it"), source.at),
        (tr("Its own words"), f"“{source.own_words}”" if source.own_words else ""),
        (tr("Product"), source.product),
        (tr("Text read"), source.read),
        (tr("Link"), source.link),
    )
    return [fact for fact in facts if fact[1]]
