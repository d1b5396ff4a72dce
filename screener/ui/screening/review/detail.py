"""One item under review: why as a tree, what the source says, what others say, and the clinician's response."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from screener.forms.evaluation import RuleOutcome
from screener.forms.words import STRENGTH_WORDS, PackNames, because_lines, missing_lines, render_statement
from screener.records.record import product_line, source_line
from screener.rules.evaluate import PARAMETER
from screener.rules.explain import Branch
from screener.rules.truth import Truth
from screener.rules.words import heading, leaf_words
from screener.screening.listing import live_list
from screener.screening.review import Standing, may_share_response, response, standing
from screener.screening.session import Session
from screener.screening.steps import Response, ResponseKind
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import LinkButton, chip, label
from screener.ui.widgets.layout import Card, FlowLayout, Notice, ScrollPage, clear
from screener.ui.widgets.marks import Mark

KINDS: tuple[tuple[ResponseKind, str], ...] = (
    ("reviewed", "Reviewed"),
    ("more_information", "More information needed"),
    ("discussed_with_patient", "Discussed with the patient"),
    ("discussed_with_colleague", "Discussed with, or referred to, a colleague"),
)
_MET = {Truth.YES: ("met", "met"), Truth.NO: ("not met", "not-met"), Truth.UNKNOWN: ("not answered", "not-answered")}


class ItemDetail(ScrollPage):
    """The right side of the review. Nothing is preselected; the program draws nothing from a response."""

    go_to_question = Signal(str)

    def __init__(self, controller: SessionController) -> None:
        super().__init__("page", 960, 32)
        self._controller = controller
        self._session: Session = controller.session
        self.rule_id: str | None = None

    def show_item(self, rule_id: str | None) -> None:
        """Show an item, or that there is none."""
        clear(self.body)
        self.rule_id = rule_id
        if rule_id is None:
            self.body.addWidget(label("No item to respond to", "title"))
            text = "Not listed on these answers. The report names every check that ran and what is not established."
            self.body.addWidget(label(text, "muted", wrap=True))
            self.body.addStretch(1)
            return
        outcome = self._session.outcomes[rule_id]
        self._head(outcome)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.addWidget(self._why(outcome), 0, 0)
        grid.addWidget(self._source(outcome), 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        if outcome.rule.others:
            self.body.addWidget(self._others(outcome))
        self.response = ResponseCard(self._controller, outcome)
        self.body.addWidget(self.response)
        self.body.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def _head(self, outcome: RuleOutcome) -> None:
        theme = self._session.pack.theme_of[outcome.rule.id].title
        self.body.addWidget(label(f"{theme} · {outcome.rule.id} · pack {self._session.pack.head.version}", "small"))
        row = QHBoxLayout()
        row.setSpacing(10)
        listed = outcome.outcome == "listed"
        row.addWidget(Mark(outcome.tier if listed else "open", 16), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label(outcome.title if listed else f"{outcome.title}: not established", "title", wrap=True), 1)
        self.body.addLayout(row)

    def _why(self, outcome: RuleOutcome) -> Card:
        card = Card()
        listed = outcome.outcome == "listed"
        card.body.addWidget(label("Why it is listed" if listed else "What keeps it open", "small-strong"))
        if listed:
            said = render_statement(outcome, self._session.rules, self._session.answers, self._session.facts)
            card.body.addWidget(label(said, wrap=True))
        names = PackNames(self._session.pack, self._session.opening.parameters)
        for level, branch in self._session.rules.trees(outcome.rule.id, self._session.facts):
            if level is not None:
                title = next(entry.title for entry in outcome.rule.levels if entry.id == level)
                card.body.addWidget(label(title, "small"))
            self._branch(card, branch, 0, names)
        lines = because_lines(outcome, self._session.rules, self._session.answers, self._session.facts)
        lines = lines if listed else missing_lines(outcome, self._session.rules, self._session.answers)
        card.body.addSpacing(4)
        card.body.addWidget(label("Because" if listed else "Missing", "small-strong"))
        ids = outcome.because if listed else outcome.missing
        for line in lines:
            card.body.addWidget(label(line, "muted", wrap=True))
        links = QWidget()
        flow = FlowLayout(links, gap_px=4)
        for question_id in (q for q in self._session.questions if q in ids and not q.startswith(PARAMETER)):
            button = LinkButton(f"Go to: {self._session.questions[question_id].label}")
            button.setProperty("question", question_id)
            button.clicked.connect(self._go)
            flow.addWidget(button)
        card.body.addWidget(links)
        if outcome.could_be_higher:
            more = "; ".join(missing_lines(outcome, self._session.rules, self._session.answers))
            card.body.addWidget(label(f"Could be higher; missing: {more}", "muted", wrap=True))
        card.body.addStretch(1)
        return card

    def _go(self) -> None:
        button = self.sender()
        assert button is not None
        self.go_to_question.emit(button.property("question"))

    def _branch(self, card: Card, branch: Branch, depth: int, names: PackNames) -> None:
        row = QHBoxLayout()
        row.setSpacing(9)
        row.addSpacing(scaled(20) * depth)
        word, look = _MET[branch.truth]
        badge = label(word)
        badge.setProperty("look", look)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        text = heading(branch.node) if branch.parts else leaf_words(branch.node, names)
        row.addWidget(label(text, wrap=True), 1)
        card.body.addLayout(row)
        for part in branch.parts:
            self._branch(card, part, depth + 1, names)

    def _source(self, outcome: RuleOutcome) -> Card:
        card = Card()
        ref = outcome.rule.source
        source = self._session.pack.sources[ref.ref]
        card.body.addWidget(label("What the source says", "small-strong"))
        chips = QWidget()
        flow = FlowLayout(chips, gap_px=6)
        for text in (
            STRENGTH_WORDS[ref.strength],
            source.country,
            *(["draft: no source read"] if outcome.rule.status == "draft" else []),
        ):
            if text:
                flow.addWidget(chip(text))
        card.body.addWidget(chips)
        if ref.says:
            card.body.addWidget(label(ref.says, wrap=True))
        if ref.own_words:
            card.body.addWidget(label(f"In its own words: “{ref.own_words}”", wrap=True))
        product = product_line(source, self._session.visit["product"])
        if product:
            card.body.addWidget(label(product, wrap=True))
        card.body.addWidget(label(source_line(source, ref.at), "muted", wrap=True))
        card.body.addWidget(
            label(f"Text read: {source.read}" + (f" ({source.how_far})" if source.how_far else ""), "small", wrap=True)
        )
        basis = ", ".join(outcome.rule.basis)
        reread = outcome.rule.reread
        by = f"re-read by {reread.by}, {reread.on}" if reread.by else "not yet re-read by a named clinician"
        card.body.addWidget(label(f"Fact base {basis}; {by}", "small", wrap=True))
        card.body.addStretch(1)
        return card

    def _others(self, outcome: RuleOutcome) -> Card:
        card = Card()
        card.body.addWidget(label("What other sources say", "small-strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for line, other in enumerate(outcome.rule.others):
            source = self._session.pack.sources[other.ref]
            grid.addWidget(label(other.says, wrap=True), line, 0)
            grid.addWidget(label(source_line(source, other.at), "muted", wrap=True), line, 1)
            grid.addWidget(chip(STRENGTH_WORDS[other.strength]), line, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        card.body.addLayout(grid)
        return card


class ResponseCard(Card):
    """The clinician's response to one item, kept with the record."""

    def __init__(self, controller: SessionController, outcome: RuleOutcome) -> None:
        super().__init__()
        self._controller, self._outcome = controller, outcome
        self._session = controller.session
        self.setAccessibleName("Your response")
        self.body.addWidget(
            label("Your response (kept with the record; the program draws nothing from it)", "small-strong")
        )
        held = standing(self._session, outcome.rule.id)
        self._show_lapse(held)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self._kinds(), 1)
        self.note = QPlainTextEdit()
        self.note.setAccessibleName("Note to the response")
        self.note.setPlaceholderText("Note")
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(scaled(84))
        row.addWidget(self.note, 1)
        self.body.addLayout(row)
        self._share = self._sharing()
        if held.response is not None:
            self._show(held.response)
        self._show_more()

    def _kinds(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._group = QButtonGroup(self)
        self.buttons: dict[ResponseKind, QRadioButton] = {}
        for place, (kind, text) in enumerate(KINDS):
            button = QRadioButton(text)
            button.setAccessibleName(f"Your response: {text}")
            self._group.addButton(button, place)
            self.buttons[kind] = button
            column.addWidget(button)
            if kind == "more_information":
                column.addWidget(self._more())
        self._group.idClicked.connect(self._show_more)
        return holder

    def _more(self) -> QWidget:
        self._details = QWidget()
        row = QHBoxLayout(self._details)
        row.setContentsMargins(26, 0, 0, 0)
        self.from_whom, self.until = QLineEdit(), QLineEdit()
        for text, line in (("from", self.from_whom), ("by", self.until)):
            row.addWidget(label(text, "muted"))
            line.setAccessibleName(f"More information needed: {'from whom' if text == 'from' else 'by when'}")
            row.addWidget(line)
        return self._details

    def _show_more(self) -> None:
        self._details.setVisible(self.buttons["more_information"].isChecked())

    def _sharing(self) -> QCheckBox | None:
        """One response for several items open for the same missing answers, where that may be."""
        items = live_list(self._session, review=True)
        group = next((g for g in items.open if any(o.rule.id == self._outcome.rule.id for o in g.items)), None)
        if group is None or len(group.items) < 2 or not may_share_response(self._session, group.items):
            return None
        box = QCheckBox(f"Also for the {len(group.items) - 1} other item(s) open for the same missing answers")
        box.setProperty("rules", [o.rule.id for o in group.items])
        self.body.addWidget(box)
        return box

    def _show_lapse(self, held: Standing) -> None:
        if not held.lapsed:
            return
        changes = "; ".join(f"{name}: {then} → {now}" for name, then, now in held.difference)
        self.body.addWidget(
            Notice(f"The response below was given for an earlier state and asks again. Since then: {changes}", "doubt")
        )

    def _show(self, given: Response) -> None:
        self.buttons[given.kind].setChecked(True)
        self.note.setPlainText(given.note)
        self.from_whom.setText(given.from_whom)
        self.until.setText(given.until)

    @property
    def kind(self) -> ResponseKind | None:
        return next((kind for kind, button in self.buttons.items() if button.isChecked()), None)

    def save(self) -> bool:
        """Record the response; False while none is chosen."""
        kind = self.kind
        if kind is None:
            return False
        more = kind == "more_information"
        rules: list[str] = self._share.property("rules") if self._share is not None and self._share.isChecked() else []
        made = {
            rule_id: response(
                self._session,
                rule_id,
                kind,
                note=self.note.toPlainText().strip(),
                from_whom=self.from_whom.text().strip() if more else "",
                until=self.until.text().strip() if more else "",
            )
            for rule_id in dict.fromkeys([self._outcome.rule.id, *rules])
        }
        self._controller.respond(made, origin=self)
        return True
