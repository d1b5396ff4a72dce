"""One question before a patient: in words for them, large, with the same ways to answer as everywhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from screener.forms.answering import doubts
from screener.forms.model import Question
from screener.language import WINDOW, tr
from screener.rules.values import Kind, State
from screener.screening.answers import Entry
from screener.screening.handover import follows
from screener.screening.on_screen import for_patient
from screener.ui.fields import field_for
from screener.ui.fields.base import Setting
from screener.ui.key_switches import digits
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import Segmented, label
from screener.ui.widgets.layout import FlowLayout, Notice
from screener.ui.widgets.speech import announce
from screener.ui.widgets.unseen import answers_itself

STATES = [
    ("not_known", tr("I do not know")),
    ("declined", tr("I would rather not say")),
    ("come_back", tr("I want to talk about it")),
]


class PatientQuestion(QWidget):
    """Shows what this informant said, and nothing that anybody else did. It changes nothing itself."""

    on = Signal()
    """Enter was pressed where it means nothing else: the next question is wanted."""

    def __init__(self, controller: SessionController, question: Question, by: str, setting: Setting) -> None:
        super().__init__()
        self.question = question
        self._controller, self._by, self._setting = controller, by, setting
        self._shown = for_patient(question)
        self.setAccessibleName(self._shown.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        for text, words in follows(controller.session, question, by):
            column.addWidget(label(f"{text} {_sentence(words)}".strip(), "muted", wrap=True))
        column.addWidget(label(self._shown.text, "page", wrap=True))
        if question.kind is Kind.CHOICES:
            # Boxes alone do not say to a patient that more than one may be marked.
            several = tr("Mark all that apply to you.")
            column.addWidget(label(several, "muted", wrap=True))
            self.setAccessibleDescription(several)
        self._field = field_for(self._shown, setting)
        self._field.said.connect(self._hear)
        self._field.refused.connect(self._refuse)
        column.addWidget(self._field)
        self._back, self._notice, self._doubt = Notice(""), Notice("", "info"), Notice("", "doubt")
        self._states = Segmented(tr("{text} Without an answer").format(text=self._shown.text), STATES)
        self._states.user_chose.connect(self._hear_state)
        holder = QWidget()
        FlowLayout(holder, gap_px=10).addWidget(self._states)
        for part in (holder, self._back, self._notice, self._doubt):
            column.addWidget(part)
        for option in self.findChildren(QAbstractButton):
            option.installEventFilter(self)
        self.refresh()

    def _entry(self) -> Entry | None:
        recorded = self._controller.session.recorded.get(self.question.id)
        return None if recorded is None else recorded.entry_of(self._by)

    def _hear(self, raw: Any, typing: bool) -> None:
        if raw is None:
            self._controller.clear(self.question.id, by=self._by, origin=self)
        else:
            self._controller.answer(self.question.id, raw, by=self._by, typing=typing, origin=self)

    def _hear_state(self, state: str | None) -> None:
        self._hear(None if state is None else {"state": state}, False)

    def _refuse(self, text: str) -> None:
        self._notice.show_text(tr("Not kept yet: {text}").format(text=text) if text else "")

    def refresh(self, *, origin: object = None) -> None:
        """Show the answer as it stands. The field that is being typed into is left alone."""
        self._back.show_text("")
        entry = self._entry()
        answered = entry is not None and entry.state is State.ANSWERED
        if not (origin is self and (answered or self._field.unfinished is not None)):
            self._field.show_raw(entry.raw if entry is not None and answered else None)
            self._refuse("")
        self._states.show_chosen(None if entry is None or answered else str(entry.state))
        self._show_doubts()

    def _show_doubts(self) -> None:
        recorded = self._controller.session.recorded.get(self.question.id)
        accounts = () if recorded is None else recorded.given.accounts
        value = next((account.value for account in accounts if account.by == self._by), None)
        found = [] if value is None else doubts(self.question, value, self._setting.visit_day(), WINDOW)
        self._doubt.show_text(
            tr("Kept as you typed it; please look again: {found}").format(found="; ".join(found)) if found else ""
        )

    def take_focus(self) -> None:
        self._field.first_focus().setFocus(Qt.FocusReason.TabFocusReason)

    def where_answered(self, focus: QWidget, event: QKeyEvent) -> QWidget | None:
        """What would show the answer that a key gives while this control has the keyboard; None where it gives none."""
        number = self._digit(event)
        return focus if answers_itself(focus, event) else None if number is None else self._field.option(number)

    def say_kept_back(self) -> None:
        """A key came while its answer could not be seen."""
        said = tr("Here is the question again. Nothing was marked.")
        announce(self, said)
        self._back.show_text(said)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on what is chosen goes on: to a patient it does not mean that the answer is taken back."""
        chosen = isinstance(watched, QAbstractButton) and watched.isChecked()
        if not chosen or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if not event.isAutoRepeat():
            self.on.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        number = self._digit(event)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on.emit()
        elif number is None or not self._field.pick(number):
            super().keyPressEvent(event)

    @staticmethod
    def _digit(event: QKeyEvent) -> int | None:
        """The option that a key stands for."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        key = Qt.Key(event.key())
        meant = Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and (alt or (plain and digits()))
        return key - Qt.Key.Key_0 if meant else None


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""
