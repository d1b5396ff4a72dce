"""What the clinician reads first when the screen comes back: what is time-critical, then the rest of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from screener.forms.evaluation import RuleOutcome
from screener.forms.model import Question
from screener.forms.reasons import because_lines
from screener.forms.statements import render_statement
from screener.forms.words import answer_words
from screener.language import WINDOW, tr
from screener.screening.handover import Returned, Told, returned
from screener.screening.session import Session
from screener.screening.steps import HandOver
from screener.ui.actions import BY_ID
from screener.ui.widgets.controls import ActionButton, LinkButton, heading, label
from screener.ui.widgets.crisis_card import card_lines
from screener.ui.widgets.facts import fact_grid
from screener.ui.widgets.layout import Card, FlowLayout, ScrollPage
from screener.ui.widgets.marks import Mark
from screener.ui.widgets.read_card import ReadCard

_ENDED = {
    "finished": tr("gone through to the end"),
    "taken back": tr("given back before the end"),
    "locked": tr("the records were locked meanwhile"),
    "interrupted": tr("the program stopped meanwhile"),
}


class ReturnPage(ScrollPage):
    """Lists; it draws nothing from what it lists. Leaving it says that it was looked at."""

    done = Signal()
    go_to_question = Signal(str)
    go_to_item = Signal(str)

    def __init__(self, session: Session, handover: HandOver, crisis_card: str) -> None:
        super().__init__("page", 820, 32)
        self._session, self._handover, self._crisis = session, handover, crisis_card
        self.setAccessibleName(tr("Back from the patient"))
        self._first: QWidget | None = None
        came = returned(session, handover)
        self.body.setSpacing(14)
        for outcome in came.critical:
            self.body.addWidget(self._critical(outcome))
        self.body.addWidget(self._head())
        self._facts()
        for outcome in came.no_longer:
            self.body.addWidget(self._no_longer(outcome))
        self._lists(came)
        self.body.addStretch(1)

    def _head(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, gap_px=10, last_at_end=True)
        row.addWidget(label(tr("Back from the patient"), "page"))
        done = ActionButton(tr("Go on with the theme"), "", "" if self._first is not None else "primary")
        done.clicked.connect(self.done)
        row.addWidget(done)
        self._first = self._first or done
        return holder

    def _facts(self) -> None:
        theme = next((one.title for one in self._session.form.themes if one.id == self._handover.theme), "")
        times = tr("{begun_at} to {ended_at}").format(
            begun_at=self._handover.begun_at[11:16], ended_at=self._handover.ended_at[11:16]
        )
        facts = [
            (tr("Theme"), theme),
            (tr("Answered by"), WINDOW.word(self._handover.by)),
            (tr("On screen"), f"{times}, {_ENDED.get(self._handover.ended, '')}"),
        ]
        card = ReadCard("; ".join(f"{name}: {text}" for name, text in facts))
        card.body.addLayout(fact_grid(facts))
        self.body.addWidget(card)

    # What is time-critical

    def _critical(self, outcome: RuleOutcome) -> QWidget:
        session = self._session
        card = Card("card-critical")
        card.setAccessibleName(tr("Time-critical: {title}").format(title=outcome.title))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Mark("time-critical"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(outcome.title, "large", wrap=True), 1)
        card.body.addLayout(head)
        statement = render_statement(outcome, session.rules, session.answers, session.facts)
        because = "; ".join(because_lines(outcome, session.rules, session.answers, session.facts, WINDOW))
        for text, level in ((statement, ""), (tr("Because: {because}").format(because=because), "muted")):
            card.body.addWidget(label(text, level, wrap=True))
        go = ActionButton(tr("Go to the item"), BY_ID["time_critical"].key_hint, "primary")
        go.setProperty("rule", outcome.rule.id)
        go.clicked.connect(self._item_asked)
        self._first = self._first or go
        card.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        crisis = Card(padding_px=12)
        crisis.body.addWidget(heading(tr("Crisis card, in the site's own words")))
        for text, level in card_lines(self._crisis):
            crisis.body.addWidget(label(text, level, wrap=True))
        card.body.addWidget(crisis)
        return card

    def _no_longer(self, outcome: RuleOutcome) -> QWidget:
        text = tr(
            "Listed as time-critical on an answer that was then changed; not listed on the answers as they stand."
        )
        card = ReadCard(f"{outcome.title}. {text}", "card-open")
        card.body.addWidget(label(outcome.title, "strong", wrap=True))
        card.body.addWidget(label(text, wrap=True))
        return card

    def _item_asked(self) -> None:
        self.go_to_item.emit(str(self.sender().property("rule")))

    # The rest

    def _lists(self, came: Returned) -> None:
        self._list(
            tr("To talk about, as the patient asks"), [(t.question.id, t.question.label, t.words) for t in came.later]
        )
        self._list(tr("Left open"), [(q.id, q.label, "") for q in came.unanswered])
        self._list(
            tr("Changed while answering"), [(t.question.id, t.question.label, _changed(t)) for t in came.changed]
        )
        differing = [(t.question.id, t.question.label, _differing(t)) for t in came.differing]
        self._list(tr("Differs from what somebody else said"), differing)
        self._list(tr("Answered"), [(t.question.id, t.question.label, t.words) for t in came.answered])
        left = [(one.question.id, one.question.label, "") for one in came.left_out]
        self._list(tr("Never on the screen, for you to ask"), left)
        unread = [(one.id, one.label, _as_it_stands(self._session, one)) for one in came.unread]
        self._list(tr("Not read by the patient, and a question on the screen follows from it"), unread)
        if not came.answered and not came.later:
            self.body.addWidget(label(tr("No question was answered on the screen."), "muted", wrap=True))

    def _list(self, title: str, entries: Sequence[tuple[str, str, str]]) -> None:
        if not entries:
            return
        card = Card(padding_px=12)
        card.setAccessibleName(title)
        card.body.setSpacing(6)
        card.body.addWidget(heading(title))
        together = QWidget()
        flow = FlowLayout(together, gap_px=12)
        for question_id, text, words in entries:
            link = LinkButton(text, f"{title}: {text}: {words}" if words else f"{title}: {text}")
            link.setProperty("question", question_id)
            link.clicked.connect(self._question_asked)
            if words:
                card.body.addWidget(_line(link, words))
            else:
                flow.addWidget(link)
        card.body.addWidget(together)
        self.body.addWidget(card)

    def _question_asked(self) -> None:
        self.go_to_question.emit(str(self.sender().property("question")))

    def focus_first(self) -> None:
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)


def _as_it_stands(session: Session, question: Question) -> str:
    recorded = session.recorded.get(question.id)
    return "" if recorded is None else answer_words(question, recorded.given, say=WINDOW)


def _line(link: LinkButton, words: str) -> QWidget:
    line = QWidget()
    row = FlowLayout(line, gap_px=10)
    row.addWidget(link)
    row.addWidget(label(words, wrap=True))
    return line


def _changed(told: Told) -> str:
    said = tr("first {value}").format(value=told.before[0])
    for then in (*told.before[1:], told.words):
        said = tr("{before}, then {then}").format(before=said, then=then)
    return said


def _differing(told: Told) -> str:
    return f"{told.words}; {'; '.join(told.before)}"
