"""The live list: what is listed, and beside it what is not established, in the order of the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.evaluation import RuleOutcome
from screener.forms.reasons import because_lines, missing_lines
from screener.forms.statements import render_statement
from screener.forms.words import FURTHER_LEVEL, STRENGTH_WORDS
from screener.records.record import product_line
from screener.screening.listing import LiveList, OpenGroup, live_list, still_open
from screener.screening.session import Session
from screener.ui.widgets.controls import ElidedLabel, LinkButton, chip, heading, label
from screener.ui.widgets.layout import Card, FlowLayout, ScrollPage, clear, plain
from screener.ui.widgets.marks import Mark, MarkCounts


class ItemCard(Card):
    """One item of the list: mark, heading, fact, strength, source, and the way to its why."""

    why = Signal(str)

    def __init__(self, session: Session, outcome: RuleOutcome, *, words: bool = True) -> None:
        listed = outcome.outcome == "listed"
        critical = listed and outcome.tier == "time-critical"
        super().__init__("card-critical" if critical else "card" if listed else "card-open", padding_px=12)
        self.rule_id = outcome.rule.id
        row = QHBoxLayout()
        row.setSpacing(9)
        row.addWidget(Mark(outcome.tier if listed else "open"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        row.addLayout(column, 1)
        self.body.addLayout(row)
        title = outcome.title if listed else f"{outcome.title}: not established"
        if not words:
            self.setAccessibleName("one item, words hidden while the patient is not alone")
            column.addWidget(label("Item", "muted"))
            return
        self.setAccessibleName(title)
        column.addWidget(label(title, "strong", wrap=True))
        for text, level in zip(_facts(session, outcome), ("muted", ""), strict=False):
            if text:
                column.addWidget(label(text, level, wrap=True))
        source = session.pack.sources[outcome.rule.source.ref]
        product = product_line(source, session.visit["product"])
        if listed and product:
            column.addWidget(label(product, "small", wrap=True))
        chips = QWidget()
        flow = FlowLayout(chips, gap_px=6)
        flow.addWidget(chip(STRENGTH_WORDS[outcome.rule.source.strength]))
        if outcome.rule.status == "draft":
            flow.addWidget(chip("draft: no source read"))
        column.addWidget(chips)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(ElidedLabel(source.title, "small"), 1)
        button = LinkButton("Why", f"Why: {title}")
        button.clicked.connect(self._asked)
        foot.addWidget(button)
        column.addLayout(foot)

    def _asked(self) -> None:
        self.why.emit(self.rule_id)


def _facts(session: Session, outcome: RuleOutcome) -> tuple[str, str]:
    """The fact with its source's line, and the answers it rests on; of an open item, what is missing."""
    if outcome.outcome == "listed":
        fact = render_statement(outcome, session.rules, session.answers, session.facts)
        because = "; ".join(because_lines(outcome, session.rules, session.answers, session.facts))
        return f"{fact} {FURTHER_LEVEL}." if outcome.could_be_higher else fact, because
    return "", "; ".join(missing_lines(outcome, session.rules, session.answers))


class LiveListPanel(QWidget):
    """The right side of the interview: "For clinician review"."""

    why = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: object = None
        self.setProperty("look", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("For clinician review")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        head = plain("bar")
        head_column = QVBoxLayout(head)
        head_column.setContentsMargins(12, 12, 12, 10)
        head_column.setSpacing(4)
        head_column.addWidget(label("For clinician review", "large"))
        row = QHBoxLayout()
        row.setSpacing(6)
        self._counts = MarkCounts()
        self._still = label("", "small")
        row.addWidget(self._counts)
        row.addWidget(self._still)
        row.addStretch(1)
        head_column.addLayout(row)
        column.addWidget(head)
        self._page = ScrollPage("surface", 520, 12)
        self._page.body.setSpacing(8)
        column.addWidget(self._page, 1)

    def refresh(self) -> LiveList:
        """Show the list as it stands; cards are made anew only when something in it differs."""
        items = live_list(self._session)
        self._counts.show_counts(items.marks())
        waiting = len(still_open(self._session))
        self._still.setText(f"still to ask {waiting}" if waiting else "")
        alone = self._session.visit["room"] in ("", "alone")
        now = (items, alone, self._session.visit["product"], self._statements(items))
        if now != self._shown:
            self._shown = now
            self._rebuild(items, alone)
        return items

    def _statements(self, items: LiveList) -> tuple[tuple[str, str], ...]:
        shown = [*items.listed, *(item for group in items.open for item in group.items)]
        return tuple(_facts(self._session, outcome) for outcome in shown)

    def _rebuild(self, items: LiveList, alone: bool) -> None:
        body = self._page.body
        clear(body)
        critical = [o for o in items.listed if o.tier == "time-critical"]
        if critical:
            self._group("Time-critical", critical, (), alone)
        notes = [o for o in items.listed if o.rule.class_ == "efficacy note"]
        rest = [o for o in items.listed if o not in critical and o not in notes]
        for theme in self._session.form.themes:
            listed = [o for o in rest if o.rule.id in theme.names]
            groups = tuple(g for g in items.open if g.items[0].rule.id in theme.names)
            if listed or groups:
                self._group(theme.title, listed, groups, alone)
        if notes:
            self._group("Notes on efficacy, apart from safety", notes, (), alone)
        if not items.listed and not items.open:
            self._say_nothing_is_listed(len(items.otherwise_open))
        body.addStretch(1)

    def _say_nothing_is_listed(self, open_items: int) -> None:
        """What is not established comes first: an empty list is no comfort."""
        body = self._page.body
        if open_items:
            body.addWidget(heading("Not established"))
            many = "1 item is" if open_items == 1 else f"{open_items} items are"
            text = f"{many} not established: the answers they wait for are not there yet. Ctrl+O names them."
            body.addWidget(label(text, "muted", wrap=True))
        body.addWidget(heading("Not listed on these answers"))
        body.addWidget(label("Nothing was listed on the answers given so far.", "muted", wrap=True))

    def _group(self, title: str, listed: list[RuleOutcome], groups: tuple[OpenGroup, ...], alone: bool) -> None:
        self._page.body.addWidget(heading(title))
        for outcome in [*listed, *(item for group in groups for item in group.items)]:
            card = ItemCard(self._session, outcome, words=alone)
            card.why.connect(self.why)
            self._page.body.addWidget(card)
