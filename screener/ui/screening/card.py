"""One question on its card: the field, the states every question offers, who said it, a note, several accounts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from screener.forms.answering import doubts
from screener.forms.model import Question
from screener.forms.words import account_words, value_words
from screener.rules.values import Kind, State
from screener.screening.answers import INFORMANTS, Entry
from screener.ui.screening.fields import field_for
from screener.ui.screening.fields.base import Setting
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import LinkButton, Segmented, label
from screener.ui.widgets.layout import Card, FlowLayout, Notice

STATES = (("not_known", "Not known"), ("declined", "Declined"), ("come_back", "Come back"))
_STATE_KEYS = {Qt.Key.Key_U: "not_known", Qt.Key.Key_D: "declined", Qt.Key.Key_L: "come_back"}


class QuestionCard(Card):
    """Shows one question as it stands and hears the user. It changes nothing itself: the controller does."""

    def __init__(self, controller: SessionController, question: Question, setting: Setting) -> None:
        super().__init__()
        self.question = question
        self._controller = controller
        self.setAccessibleName(question.text)
        self._title = label(question.text, "strong", wrap=True)
        self.body.addWidget(self._title)
        if question.help:
            self.body.addWidget(label(question.help, "muted", wrap=True))
        self._field = None if question.kind is Kind.DERIVED else field_for(question, setting)
        self._derived = label("", "figure") if self._field is None else None
        self._build_field()
        self._doubt = Notice("", "doubt")
        self.body.addWidget(self._doubt)
        self._refusal = Notice("", "info")
        self.body.addWidget(self._refusal)
        self._accounts = QVBoxLayout()
        self.body.addLayout(self._accounts)
        self._note = self._build_note()
        self.refresh()

    # Building

    def _build_field(self) -> None:
        if self._field is None:
            assert self._derived is not None
            self.body.addWidget(self._derived)
            self.body.addWidget(label("Worked out from other answers; never typed.", "small"))
            return
        self._field.said.connect(self._hear)
        self._field.refused.connect(self._refuse)
        self._states = Segmented(self.question.label, STATES)
        self._states.user_chose.connect(self._hear_state)
        self._meta = label("", "small")
        self._note_button = LinkButton("Add note", f"{self.question.label}: note")
        self._note_button.clicked.connect(self._open_note)
        self._who_button = LinkButton("Other account", f"{self.question.label}: add another account")
        self._who_button.clicked.connect(self._open_informant)
        wide = self.question.kind in (Kind.READINGS, Kind.TEXT, Kind.CHOICES)
        row = QWidget()
        flow = FlowLayout(row, gap_px=12)
        if wide:
            self.body.addWidget(self._field)
        else:
            flow.addWidget(self._field)
        flow.addWidget(self._states)
        self.body.addWidget(row)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self._meta)
        foot.addStretch(1)
        foot.addWidget(self._who_button)
        foot.addWidget(self._note_button)
        self.body.addLayout(foot)
        self._informant = self._build_informant()

    def _build_informant(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        self._who = QComboBox()
        self._who.setEditable(True)
        self._who.addItems([name for name in INFORMANTS if name != self._controller.informant])
        self._who.setAccessibleName(f"{self.question.label}: who says so")
        self._other = Segmented(f"{self.question.label}, other account", self._other_options())
        self._other_line = QLineEdit()
        self._other_line.setPlaceholderText("what they say")
        self._other_line.setAccessibleName(f"{self.question.label}, other account")
        self._other.user_chose.connect(self._hear_other)
        self._other_line.editingFinished.connect(self._hear_other_line)
        row.addWidget(label("Also says:", "muted"))
        row.addWidget(self._who)
        choice = self.question.kind is Kind.YES_NO
        row.addWidget(self._other if choice else self._other_line)
        (self._other_line if choice else self._other).hide()
        row.addStretch(1)
        self.body.addWidget(holder)
        holder.hide()
        return holder

    def _other_options(self) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]

    def _build_note(self) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText("Note to this answer")
        line.setAccessibleName(f"{self.question.label}: note")
        line.editingFinished.connect(self._hear_note)
        self.body.addWidget(line)
        line.hide()
        return line

    # What the user did

    def _hear(self, raw: Any, typing: bool) -> None:
        if raw is None:
            self._controller.clear(self.question.id, by=self._controller.informant, origin=self)
        else:
            self._controller.answer(self.question.id, raw, typing=typing, origin=self)

    def _hear_state(self, state: str | None) -> None:
        self._hear(None if state is None else {"state": state}, False)

    def _hear_note(self) -> None:
        entry = self._own_entry()
        text = self._note.text().strip()
        if entry is None or entry.note == text:
            return
        raw = entry.raw if entry.state is State.ANSWERED else {"state": str(entry.state)}
        self._controller.answer(self.question.id, raw, by=entry.by, note=text, origin=None)

    def _hear_other(self, option: str | None) -> None:
        who = self._who.currentText().strip()
        if option is None or not who:
            return
        raw = option if option in ("yes", "no") else {"state": option}
        self._controller.answer(self.question.id, raw, by=who)
        self._informant.hide()

    def _hear_other_line(self) -> None:
        from screener.forms.answering import NotAnAnswer, read_value

        text, who = self._other_line.text().strip(), self._who.currentText().strip()
        if not text or not who:
            return
        try:
            read_value(self.question, text)
        except NotAnAnswer as wrong:
            self._refuse(f"Not stored: {wrong}. {wrong.suggestion}")
            return
        self._controller.answer(self.question.id, text, by=who)
        self._other_line.clear()
        self._informant.hide()

    def _use(self) -> None:
        button = self.sender()
        assert button is not None
        self._controller.use_account(self.question.id, button.property("by"))

    def _forget(self) -> None:
        button = self.sender()
        assert button is not None
        self._controller.clear(self.question.id, by=button.property("by"))

    def _refuse(self, text: str) -> None:
        self._refusal.show_text(text)

    def _open_note(self) -> None:
        self._note.show()
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_informant(self) -> None:
        self._informant.show()
        self._who.setFocus(Qt.FocusReason.OtherFocusReason)

    # Showing

    def _own_entry(self) -> Entry | None:
        recorded = self._controller.session.recorded.get(self.question.id)
        if recorded is None:
            return None
        return recorded.entry_of(self._controller.informant) or recorded.entries[0]

    def refresh(self, *, origin: object = None) -> None:
        """Show the question as the session holds it. The field that the user is typing into is left alone."""
        if self._field is None:
            self._show_derived()
            return
        entry = self._own_entry()
        answered = entry is not None and entry.state is State.ANSWERED
        typing = origin is self and answered
        if not typing:
            self._field.show_raw(entry.raw if entry is not None and answered else None)
            if answered or entry is None:
                self._refusal.show_text("")
        self._states.show_chosen(None if entry is None or answered else str(entry.state))
        self._show_meta(entry)
        self._show_doubts()
        self._show_accounts()

    def _show_derived(self) -> None:
        assert self._derived is not None
        answer = self._controller.session.facts.of(self.question.id)
        said = value_words(self.question, answer.value) if answer.value is not None else "not worked out yet"
        self._derived.setText(said)
        self._derived.setAccessibleName(f"{self.question.label}: {said}")

    def _show_meta(self, entry: Entry | None) -> None:
        self._meta.setText(f"{entry.by.capitalize()}, {entry.at[11:16]}" if entry is not None else "")
        self._note_button.setText("Note" if entry is not None and entry.note else "Add note")
        self._note_button.setEnabled(entry is not None)
        self._who_button.setEnabled(entry is not None)
        if entry is not None and not self._note.hasFocus():
            self._note.setText(entry.note)
            self._note.setVisible(bool(entry.note))

    def _show_doubts(self) -> None:
        given = self._controller.session.answers.get(self.question.id)
        found = doubts(self.question, given.value) if given is not None and given.value is not None else []
        self._doubt.show_text("Stored as typed; please look again: " + "; ".join(found) if found else "")

    def _show_accounts(self) -> None:
        from screener.ui.widgets.layout import clear

        clear(self._accounts)
        recorded = self._controller.session.recorded.get(self.question.id)
        if recorded is None or len(recorded.entries) < 2:
            return
        given = recorded.given
        if given.differ:
            self._accounts.addWidget(Notice("These accounts differ. Name the one used, or leave it open.", "doubt"))
        for entry, account in zip(recorded.entries, given.accounts, strict=True):
            self._accounts.addWidget(self._account_row(entry, account_words(self.question, account), recorded.used))

    def _account_row(self, entry: Entry, said: str, used: str | None) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        text: QLabel = label(f"{entry.by.capitalize()}: {said}", "strong" if entry.by == used else "")
        row.addWidget(text)
        row.addWidget(label(f"recorded {entry.at[11:16]} by {entry.recorded_by}", "small"))
        row.addStretch(1)
        name = f"{self.question.label}, account of {entry.by}"
        use = LinkButton("Used" if entry.by == used else "Use this account", f"{name}: use")
        use.setEnabled(entry.by != used)
        use.setProperty("by", entry.by)
        use.clicked.connect(self._use)
        row.addWidget(use)
        forget = LinkButton("Remove", f"{name}: remove")
        forget.setProperty("by", entry.by)
        forget.clicked.connect(self._forget)
        row.addWidget(forget)
        return holder

    # Keys

    def take_focus(self) -> None:
        """Put the keyboard on this question."""
        target = self._field.first_focus() if self._field is not None else self
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def add_reading(self) -> bool:
        """Add a row where the question holds readings."""
        from screener.ui.screening.fields.readings import ReadingsField

        if not isinstance(self._field, ReadingsField):
            return False
        self._field.add_row()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        key = Qt.Key(event.key())
        if self._field is not None and (plain or alt):
            if key in _STATE_KEYS:
                self._states.choose(_STATE_KEYS[key])
                return
            if alt and key == Qt.Key.Key_N and self._note_button.isEnabled():
                self._open_note()
                return
            if alt and key == Qt.Key.Key_I and self._who_button.isEnabled():
                self._open_informant()
                return
            if plain and key == Qt.Key.Key_Backspace:
                self._hear(None, False)
                return
            if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and self._field.pick(key - Qt.Key.Key_0):
                return
        super().keyPressEvent(event)
