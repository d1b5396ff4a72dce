"""A place to try a rule: its questions with their real fields, and at once what comes of them. Nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from screener.forms.answering import NotAnAnswer, read_given
from screener.forms.cases import DAY
from screener.forms.medicine_search import MedicineSearch
from screener.forms.model import Pack, Question, Rule
from screener.forms.trying import OUTCOMES, Asked, CaseLine, Trial, Tried, two_accounts
from screener.forms.words import FURTHER_LEVEL, TIER_WORDS, answer_words
from screener.language import WINDOW, tr
from screener.ui.fields import field_for
from screener.ui.fields.base import Setting
from screener.ui.fields.medicines import MedicinesField
from screener.ui.fields.readings import ReadingsField
from screener.ui.key_switches import digits, letters
from screener.ui.style.theme import scaled
from screener.ui.widgets.captioned import captioned_beside
from screener.ui.widgets.chips import Chip
from screener.ui.widgets.condition import ConditionView
from screener.ui.widgets.controls import ActionButton, Segmented, heading, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import Card, FlowLayout, Halves, Notice, clear, hairline
from screener.ui.widgets.marks import Mark
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab
from screener.ui.widgets.visible import reveal
from screener.ui.widgets.would_change import WouldChange

NOT_ASKED, ANSWERED, DIFFER = "not_asked", "answered", "accounts"
_STATES = (
    (ANSWERED, tr("Answered")),
    ("not_known", tr("Not known")),
    ("declined", tr("Declined")),
    ("come_back", tr("Come back")),
    (NOT_ASKED, tr("Not asked")),
)
_ROLES = {
    "read": "",
    "gate": tr("decides whether another question is shown"),
    "input": tr("a value is worked out from it"),
}
_STATE_KEYS = {
    Qt.Key.Key_U: "not_known",
    Qt.Key.Key_D: "declined",
    Qt.Key.Key_L: "come_back",
    Qt.Key.Key_Backspace: NOT_ASKED,
}
_BESIDE_FROM_PX = 700


class TryQuestion(QWidget):
    """One question with its field, and how it stands: answered, not known, declined, come back, not asked."""

    said = Signal()

    def __init__(self, asked: Asked, setting: Setting, *, may_differ: bool) -> None:
        super().__init__()
        self.question: Question = asked.question
        self.raw: Any = None
        """As JSON has it; None while it is not asked."""
        self.setAccessibleName(self.question.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        head = QWidget()
        flow = FlowLayout(head, gap_px=8, rows_px=0)
        flow.addWidget(label(self.question.label, "strong", wrap=True))
        role = _ROLES[asked.role]
        flow.addWidget(label(f"{self.question.id} · {role}" if role else self.question.id, "small", wrap=True))
        column.addWidget(head)
        self.field = field_for(self.question, setting)
        self.field.said.connect(self._hear)
        self.field.refused.connect(self._refuse)
        column.addWidget(self.field)
        states = [*_STATES[:1], *([(DIFFER, tr("Accounts differ"))] if may_differ else []), *_STATES[1:]]
        self.states = Segmented(tr("{label}, how it stands").format(label=self.question.label), states)
        self.states.show_chosen(NOT_ASKED)
        self.states.user_chose.connect(self._state_chosen)
        column.addWidget(self.states, 0, Qt.AlignmentFlag.AlignLeft)
        self._more = Notice("", "info")
        column.addWidget(self._more)
        self._refusal = Notice("", "doubt")
        column.addWidget(self._refusal)
        self._hidden = ""

    def _hear(self, raw: Any, _typing: bool) -> None:
        self.raw = raw
        self._show_state()
        self.said.emit()

    def _refuse(self, text: str) -> None:
        self._refusal.show_text(tr("Not read: {text}").format(text=text) if text else "")

    def _state_chosen(self, state: str | None) -> None:
        if state == ANSWERED:
            self._show_state()
            self.field.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if state == DIFFER:
            self.show_raw(two_accounts(self.question))
        else:
            self.show_raw(None if state in (None, NOT_ASKED) else {"state": state})
        self.said.emit()

    def show_raw(self, raw: Any) -> None:
        """Show an answer, a state, several accounts, or that nothing was asked."""
        self.raw = raw
        plain = raw is not None and not (isinstance(raw, Mapping) and ("state" in raw or "accounts" in raw))
        self._refusal.show_text("")
        self.field.show_raw(_for_field(raw) if plain else None)
        self._show_state()

    def _show_state(self) -> None:
        raw, state, accounts = self.raw, ANSWERED, ""
        if raw is None:
            state = NOT_ASKED
        elif isinstance(raw, Mapping) and "state" in raw:
            state = str(raw["state"])
        elif isinstance(raw, Mapping) and "accounts" in raw:
            state, accounts = DIFFER, self._accounts(raw)
        known = {name for name, _ in _STATES} | {DIFFER}
        self.states.show_chosen(state if state in known else None)
        hidden = tr("Not shown under these answers ({hidden}): what is chosen here is not evaluated.").format(
            hidden=self._hidden
        )
        self._more.show_text(hidden if self._hidden else accounts)

    def _accounts(self, raw: Mapping[str, Any]) -> str:
        try:
            return tr("Accounts: {answer_words}").format(
                answer_words=answer_words(self.question, read_given(self.question, raw), say=WINDOW)
            )
        except NotAnAnswer as wrong:
            return str(wrong)

    def show_hidden(self, because: str) -> None:
        """Say that other answers hide this question, and which; empty: it is shown."""
        if because != self._hidden:
            self._hidden = because
            self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        key = Qt.Key(event.key())
        letter = alt or (plain and (letters() or key == Qt.Key.Key_Backspace))
        digit = Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and (alt or (plain and digits()))
        if letter and key in _STATE_KEYS:
            self._state_chosen(_STATE_KEYS[key])
        elif not (digit and self.field.pick(key - Qt.Key.Key_0)):
            super().keyPressEvent(event)


def _for_field(raw: Any) -> Any:
    """Tuples of a case as the lists that fields take."""
    if isinstance(raw, tuple):
        return [_for_field(one) for one in raw]
    return raw


class TryIt(Card):
    """Questions at the left, what comes of them at the right, or one below the other where narrow."""

    asks_others = Signal()
    """The questions are others now."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._trial: Trial | None = None
        self._pack: Pack | None = None
        self._rule: Rule | None = None
        self._day = DAY
        self._search: MedicineSearch | None = None
        self._asked: list[TryQuestion] = []
        self._last = ""
        self.setAccessibleName(tr("Try it"))
        self.body.addWidget(heading(tr("Try it (nothing is kept)")))
        self.body.addWidget(Halves(self._left(), self._right(), from_px=_BESIDE_FROM_PX, shares=(5, 4)))

    def _left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._around = QWidget()
        self._around_flow = FlowLayout(self._around, gap_px=10, rows_px=6)
        column.addWidget(self._around)
        self._refused_day = Notice("", "doubt")
        column.addWidget(self._refused_day)
        inside = QWidget()
        self._questions = QVBoxLayout(inside)
        self._questions.setContentsMargins(0, 0, 0, 0)
        self._questions.setSpacing(12)
        column.addWidget(inside)
        column.addStretch(1)
        return holder

    def _right(self) -> QWidget:
        self._result = QWidget()
        column = QVBoxLayout(self._result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QWidget()
        flow = FlowLayout(head, gap_px=8)
        self._mark = Mark("open", 16)
        self._outcome = Chip("", large=True)
        self._tier = label("", "small")
        for part in (self._mark, self._outcome, self._tier):
            flow.addWidget(part)
        column.addWidget(head)
        self._title = label("", "strong", wrap=True)
        self._statement = label("", wrap=True)
        for said in (self._title, self._statement):
            column.addWidget(said)
        column.addWidget(hairline())
        self._tree = ConditionView()
        column.addWidget(self._tree)
        self._because = QWidget()
        self._because_column = QVBoxLayout(self._because)
        self._because_column.setContentsMargins(0, 4, 0, 0)
        self._because_column.setSpacing(3)
        column.addWidget(self._because)
        self.would_change = WouldChange()
        column.addWidget(self.would_change)
        deeds = QWidget()
        row = FlowLayout(deeds, gap_px=8)
        self.copy = ActionButton(tr("Copy as a worked case"))
        self.copy.setAccessibleDescription(tr("YAML of these answers and what comes of them, for the file of rules"))
        self.copy.clicked.connect(self._copy)
        self.blank = ActionButton(tr("Take all answers back"), "", "quiet")
        self.blank.clicked.connect(self._blank)
        for button in (self.copy, self.blank):
            row.addWidget(button)
        column.addWidget(deeds)
        self._copied = Notice("")
        column.addWidget(self._copied)
        column.addStretch(1)
        return self._result

    # Which rule, and around it

    def use(self, pack: Pack, rule: Rule, raws: Mapping[str, Any]) -> None:
        """Try this rule, with answers that are known already."""
        self._pack, self._rule, self._day, self._last = pack, rule, DAY, ""
        self._search = None
        self._copied.show_text("")
        self._refused_day.show_text("")
        self._trial = Trial(pack, rule)
        self._show_around()
        self._show_questions(raws)
        self._try_out(say=False)

    @property
    def raws(self) -> dict[str, Any]:
        """What is answered now."""
        return {one.question.id: one.raw for one in self._asked if one.raw is not None}

    def _show_around(self) -> None:
        assert self._trial is not None and self._pack is not None and self._rule is not None
        clear(self._around_flow)
        rule, titles = self._rule, {pathway.id: pathway.short for pathway in self._pack.pathways}
        self._pathway = DropDown(tr("Pathway it is tried on"), [(titles[name], name) for name in rule.pathways])
        self._pathway.show_value(self._trial.pathway)
        self._pathway.activated.connect(self._around_chosen)
        self._day_line = QLineEdit(self._day.isoformat())
        self._day_line.setAccessibleName(tr("Visit date it is tried on"))
        self._day_line.setFixedWidth(scaled(104))
        self._day_line.editingFinished.connect(self._around_chosen)
        self._figures: dict[str, DropDown] = {}
        parts: list[tuple[str, QWidget]] = [(tr("Pathway"), self._pathway), (tr("Visit date"), self._day_line)]
        for parameter in self._trial.chosen_from:
            options: list[tuple[str, object]] = [(tr("not chosen"), "")]
            options += [(option.label, option.id) for option in parameter.options]
            made = DropDown(tr("{title}, the clinic's figure").format(title=parameter.title), options)
            made.show_value(self._trial.parameters.get(parameter.id, ""))
            made.activated.connect(self._around_chosen)
            self._figures[parameter.id] = made
            parts.append((parameter.title, made))
        for text, control in parts:
            holder = captioned_beside(text, control)
            self._around_flow.addWidget(holder)
            # One pathway is no choice. It stands hidden among the others: what has no place would outlive the page.
            reveal(holder, control is not self._pathway or len(rule.pathways) > 1)

    def _around_chosen(self) -> None:
        """Another pathway, day or figure: what is answered stays."""
        try:
            day = date.fromisoformat(self._day_line.text().strip())
        except ValueError:
            self._refused_day.show_text(tr("Not a day: write the visit date as 2026-11-23."))
            return
        self._refused_day.show_text("")
        parameters = {name: str(made.currentData()) for name, made in self._figures.items() if made.currentData()}
        self._rebuild(str(self._pathway.currentData()), parameters, day)

    def _rebuild(self, pathway: str, parameters: Mapping[str, str], day: date) -> None:
        assert self._pack is not None and self._rule is not None and self._trial is not None
        before = [asked.question.id for asked in self._trial.asked]
        self._day = day
        self._trial = Trial(self._pack, self._rule, pathway=pathway, parameters=parameters, day=day)
        if [asked.question.id for asked in self._trial.asked] != before:
            self._show_questions(self.raws)
        self._try_out()

    def _show_questions(self, raws: Mapping[str, Any]) -> None:
        assert self._trial is not None
        clear(self._questions)
        self._asked = []
        setting = Setting(lambda: self._day, self._now, (), self._medicines)
        for number, asked in enumerate(self._trial.asked):
            if number:
                self._questions.addWidget(hairline())
            made = TryQuestion(asked, setting, may_differ=asked.question.id in self._trial.differing)
            made.show_raw(raws.get(asked.question.id))
            made.said.connect(self._answered)
            self._questions.addWidget(made)
            self._asked.append(made)
        order_tab(self)
        self.asks_others.emit()

    def _medicines(self) -> MedicineSearch | None:
        if self._search is None and self._pack is not None:
            self._search = MedicineSearch(self._pack.medicines)
        return self._search

    # What is done

    def try_case(self, case: CaseLine) -> None:
        """Put the answers of a worked case into the fields."""
        self._pathway.show_value(case.pathway)
        self._day_line.setText(case.day.isoformat())
        for name, made in self._figures.items():
            made.show_value(case.parameters.get(name, ""))
        self._rebuild(case.pathway, case.parameters, case.day)
        for one in self._asked:
            one.show_raw(case.given.get(one.question.id))
        self._try_out()

    def _answered(self) -> None:
        self._try_out()

    def _blank(self) -> None:
        for one in self._asked:
            one.show_raw(None)
        self._try_out()

    def _copy(self) -> None:
        assert self._trial is not None
        QGuiApplication.clipboard().setText(self._trial.case(self.raws))
        self._copied.show_text(tr("Copied as a worked case. Paste it below “cases:” of the rule."))
        announce(self, tr("Copied as a worked case."))

    # What comes of it

    def _try_out(self, *, say: bool = True) -> None:
        assert self._trial is not None
        tried = self._trial.try_out(self.raws)
        for one in self._asked:
            one.show_hidden(tried.hidden.get(one.question.id, ""))
        self._show(tried)
        self.would_change.use(partial(self._trial.would_change, self.raws))
        if say:
            self._copied.show_text("")
            if self._said(tried) != self._last:
                announce(self, self._said(tried))
        self._last = self._said(tried)

    @staticmethod
    def _said(tried: Tried) -> str:
        level = f", {tried.title}" if tried.level is not None else ""
        return f"{WINDOW.word(OUTCOMES[tried.outcome]).capitalize()}{level}"

    def _show(self, tried: Tried) -> None:
        listed = tried.outcome == "listed"
        self._mark.set_kind(tried.tier if listed else "open")
        reveal(self._mark, tried.outcome != "not_listed")
        kinds: Mapping[str, Any] = {"listed": "soft", "not_listed": "outlined", "not_established": "dashed"}
        self._outcome.set_kind(kinds[tried.outcome])
        self._outcome.show_runs(((WINDOW.word(OUTCOMES[tried.outcome]), True),))
        self._tier.setText(WINDOW.word(TIER_WORDS[tried.tier]) if listed else "")
        for said, text in ((self._title, tried.title if tried.level else ""), (self._statement, tried.statement)):
            said.setText(text)
            reveal(said, bool(text))
        self._tree.show_trees(tried.trees)
        clear(self._because_column)
        blocks = (
            (tr("Because"), tried.because if tried.outcome != "not_established" else ()),
            (WINDOW.word(FURTHER_LEVEL) if tried.could_be_higher else tr("Missing"), tried.missing),
            (tr("Worked out"), tuple(f"{name}: {value}" for name, value in tried.worked_out)),
            (tr("Not read"), tuple(tried.refused.values())),
        )
        for title, lines in blocks:
            if lines:
                self._because_column.addWidget(heading(title))
                for line in lines:
                    self._because_column.addWidget(label(line, wrap=True))
        self._result.setAccessibleName(tr("What comes of it: {said}").format(said=self._said(tried)))

    @property
    def takes_rows(self) -> bool:
        """Whether one of its questions is a list."""
        return any(isinstance(one.field, ReadingsField | MedicinesField) for one in self._asked)

    def add_row(self) -> None:
        """A new row of the list that has the keyboard, else of the first one: readings, or medicines."""
        rows = [one for one in self._asked if isinstance(one.field, ReadingsField | MedicinesField) and one.isVisible()]
        focus = self.window().focusWidget()
        one = next((one for one in rows if one.isAncestorOf(focus)), rows[0] if rows else None)
        if one is not None and isinstance(one.field, ReadingsField | MedicinesField):
            one.field.add_row()

    def focus_first(self) -> None:
        """Put the keyboard on the first question."""
        if self._asked:
            self._asked[0].field.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
