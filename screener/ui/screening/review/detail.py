"""One item under review: why as a tree, what the source says, figures now and before, what others say, the response."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from screener.forms.answering import Given
from screener.forms.conditions import standing_trees
from screener.forms.evaluation import RuleOutcome
from screener.forms.limits import Limits
from screener.forms.model import Question
from screener.forms.reasons import because_lines, missing_lines
from screener.forms.statements import render_statement
from screener.forms.words import FURTHER_LEVEL, STRENGTH_WORDS, PackNames
from screener.language import WINDOW, tr
from screener.records.record import product_line, source_line
from screener.records.trends import trends_behind
from screener.rules.evaluate import PARAMETER
from screener.screening.session import Session
from screener.ui.fields.chart import lines_of
from screener.ui.screening.review.earlier import EarlierItems
from screener.ui.screening.review.earlier_figures import EarlierFigures
from screener.ui.screening.review.readings import ReadingsCard, readings_in
from screener.ui.screening.review.response import ResponseCard
from screener.ui.session_controller import SessionController
from screener.ui.widgets.condition import ConditionView
from screener.ui.widgets.controls import ActionButton, LinkButton, chip, heading, label
from screener.ui.widgets.layout import Card, FlowLayout, Halves, ScrollPage, clear
from screener.ui.widgets.marks import Mark
from screener.ui.widgets.visible import reveal
from screener.ui.widgets.would_change import WouldChange


class ItemDetail(ScrollPage):
    """The right side of the review. Nothing is preselected; the program draws nothing from a response."""

    go_to_question = Signal(str)
    open_rule = Signal(str)
    to_list = Signal()
    """Back to the list, where the item is shown without it."""

    def __init__(self, controller: SessionController) -> None:
        super().__init__("page", 960, 32)
        self._controller = controller
        self._session: Session = controller.session
        self.rule_id: str | None = None
        self.response: ResponseCard | None = None
        self.drafts: dict[str, Any] = {}
        """Responses that are begun and not kept, by rule: whatever is shown in between takes no word of them."""
        self._way_back: ActionButton | None = None
        self._with_way_back = False
        self._below: QWidget | None = None
        """What stands at the end of the page, whichever item is shown."""

    def show_item(self, rule_id: str | None) -> None:
        """Show an item, or that there is none."""
        if self._below is not None:
            self.body.removeWidget(self._below)
        clear(self.body)
        self.rule_id, self.response = rule_id, None
        self._way_back = ActionButton(tr("Back to the items"), "Esc")
        self._way_back.clicked.connect(self.to_list)
        self.body.addWidget(self._way_back, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_way_back(self._with_way_back)
        self._fill(rule_id)
        if self._below is not None:
            self.body.addWidget(self._below)
        self.verticalScrollBar().setValue(0)

    def show_way_back(self, shown: bool) -> None:
        """Offer the way to the list, or not: where it stands beside the item there is none."""
        self._with_way_back = shown
        if self._way_back is not None:
            reveal(self._way_back, shown)

    def put_below(self, part: QWidget | None) -> None:
        """Have this at the end of the page, below every item; None: nothing any more."""
        if self._below is not None:
            self.body.removeWidget(self._below)
        self._below = part
        if part is not None:
            self.body.addWidget(part)

    def focus_first(self) -> None:
        """Put the keyboard where the page of the item begins: on the way back, where there is one."""
        if self._way_back is not None and self._with_way_back:
            self._way_back.show()  # at once: else it would get the keyboard after the next key
            self._way_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, rule_id: str | None) -> None:
        if rule_id is None:
            self.body.addWidget(label(tr("No item to respond to"), "title"))
            text = tr("Not listed on these answers. The report names every check that ran and what is not established.")
            self.body.addWidget(label(text, "muted", wrap=True))
            self.body.addStretch(1)
            return
        outcome = self._session.outcomes[rule_id]
        self._head(outcome)
        self.body.addWidget(Halves(self._why(outcome), self._source(outcome)))
        for question, given in self._readings(rule_id):
            self.body.addWidget(ReadingsCard(question, given, lines_of(self._limits, question.id)))
        self._earlier(rule_id)
        if outcome.rule.others:
            self.body.addWidget(self._others(outcome))
        self.response = ResponseCard(self._controller, outcome, self.drafts.get(rule_id))
        self.response.drafted.connect(partial(self._keep_draft, rule_id))
        self.body.addWidget(self.response)
        self.body.addStretch(1)

    def _earlier(self, rule_id: str) -> None:
        """What earlier records hold: the figures that the rule depends on, then how the item stood."""
        earlier = self._controller.earlier
        if not earlier:
            return
        figures = trends_behind(rule_id, self._session.rules, earlier.sittings)
        if figures:
            self.body.addWidget(EarlierFigures(figures))
        self.body.addWidget(EarlierItems(earlier.items(rule_id)))

    def _keep_draft(self, rule_id: str, draft: Any) -> None:
        if draft is None:
            self.drafts.pop(rule_id, None)
        else:
            self.drafts[rule_id] = draft

    def _head(self, outcome: RuleOutcome) -> None:
        theme = self._session.pack.theme_of[outcome.rule.id].title
        self.body.addWidget(
            label(
                tr("{theme} · {id} · pack {version}").format(
                    theme=theme, id=outcome.rule.id, version=self._session.pack.head.version
                ),
                "small",
                wrap=self._with_way_back,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        listed = outcome.outcome == "listed"
        row.addWidget(Mark(outcome.tier if listed else "open", 16), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(
            label(
                outcome.title if listed else tr("{title}: not established").format(title=outcome.title),
                "title",
                wrap=True,
            ),
            1,
        )
        rule = LinkButton(tr("Open the rule"), tr("Open the rule {id}").format(id=outcome.rule.id))
        rule.clicked.connect(partial(self.open_rule.emit, outcome.rule.id))
        row.addWidget(rule, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def _why(self, outcome: RuleOutcome) -> Card:
        card = Card()
        listed = outcome.outcome == "listed"
        card.body.addWidget(heading(tr("Why it is listed") if listed else tr("What keeps it open")))
        if listed:
            said = render_statement(outcome, self._session.rules, self._session.answers, self._session.facts)
            card.body.addWidget(label(said, wrap=True))
        names = PackNames(self._session.pack, self._session.opening.parameters)
        session = self._session
        tree = ConditionView()
        tree.show_trees(standing_trees(session.rules, outcome.rule.id, names, session.answers, session.facts))
        card.body.addWidget(tree)
        lines = because_lines(outcome, session.rules, session.answers, session.facts, WINDOW)
        lines = lines if listed else missing_lines(outcome, session.rules, session.answers, WINDOW)
        card.body.addSpacing(4)
        card.body.addWidget(heading(tr("Because") if listed else tr("Missing")))
        ids = outcome.because if listed else outcome.missing
        for line in lines:
            card.body.addWidget(label(line, "muted", wrap=True))
        links = QWidget()
        flow = FlowLayout(links, gap_px=4)
        for question_id in (q for q in self._session.questions if q in ids and not q.startswith(PARAMETER)):
            button = LinkButton(tr("Go to: {label}").format(label=self._session.questions[question_id].label))
            button.setProperty("question", question_id)
            button.clicked.connect(self._go)
            flow.addWidget(button)
        card.body.addWidget(links)
        if outcome.could_be_higher:
            more = "; ".join(missing_lines(outcome, session.rules, session.answers, WINDOW))
            card.body.addWidget(
                label(
                    tr("{further_level}; missing: {more}").format(further_level=WINDOW.word(FURTHER_LEVEL), more=more),
                    "muted",
                    wrap=True,
                )
            )
        card.body.addWidget(WouldChange(partial(self._would_change, outcome.rule.id)))
        card.body.addStretch(1)
        return card

    def _readings(self, rule_id: str) -> Iterator[tuple[Question, Given]]:
        """The readings that a rule can depend on, where some were taken."""
        for question_id in self._session.rules.rests_on(rule_id):
            question, given = self._session.questions[question_id], self._session.answers.get(question_id)
            if given is not None and any(readings_in(account) for account in given.accounts):
                yield question, given

    @cached_property
    def _limits(self) -> Limits:
        rules = self._session.rules
        return Limits(self._session.pack, rules.rules.values(), rules.parameters)

    def _would_change(self, rule_id: str) -> list[str]:
        from screener.forms.analysis.turn_words import would_change

        return would_change(self._session.rules, rule_id, self._session.answers, self._session.visit_date)

    def _go(self) -> None:
        button = self.sender()
        assert button is not None
        self.go_to_question.emit(button.property("question"))

    def _source(self, outcome: RuleOutcome) -> Card:
        card = Card()
        ref = outcome.rule.source
        source = self._session.pack.sources[ref.ref]
        card.body.addWidget(heading(tr("What the source says")))
        chips = QWidget()
        flow = FlowLayout(chips, gap_px=6)
        for text in (
            WINDOW.word(STRENGTH_WORDS[ref.strength]),
            source.country,
            *([tr("draft: no source read")] if outcome.rule.status == "draft" else []),
        ):
            if text:
                flow.addWidget(chip(text))
        card.body.addWidget(chips)
        if ref.says:
            card.body.addWidget(label(ref.says, wrap=True))
        if ref.own_words:
            card.body.addWidget(label(tr("In its own words: “{own_words}”").format(own_words=ref.own_words), wrap=True))
        product = product_line(source, self._session.visit["product"], WINDOW)
        if product:
            card.body.addWidget(label(product, wrap=True))
        card.body.addWidget(label(source_line(source, ref.at), "muted", wrap=True))
        card.body.addWidget(
            label(
                tr("Text read: {read}").format(read=source.read) + (f" ({source.how_far})" if source.how_far else ""),
                "small",
                wrap=True,
            )
        )
        basis = ", ".join(outcome.rule.basis)
        reread = outcome.rule.reread
        by = (
            tr("re-read by {by}, {on}").format(by=reread.by, on=reread.on)
            if reread.by
            else tr("not yet re-read by a named clinician")
        )
        card.body.addWidget(label(tr("Fact base {basis}; {by}").format(basis=basis, by=by), "small", wrap=True))
        card.body.addStretch(1)
        return card

    def _others(self, outcome: RuleOutcome) -> Card:
        card = Card()
        card.body.addWidget(heading(tr("What other sources say")))
        for other in outcome.rule.others:
            source = QWidget()
            flow = FlowLayout(source, gap_px=6)
            flow.addWidget(chip(WINDOW.word(STRENGTH_WORDS[other.strength])))
            flow.addWidget(label(source_line(self._session.pack.sources[other.ref], other.at), "muted", wrap=True))
            card.body.addWidget(Halves(label(other.says, wrap=True), source))
        return card
