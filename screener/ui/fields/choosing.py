"""Fields of options: yes or no, one of some, any of some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.model import Question
from screener.language import WINDOW, tr
from screener.rules.values import Kind
from screener.ui.fields.base import Field, Setting
from screener.ui.fields.letter_link import LetterLink
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import CheckRow, RadioRow, Segmented, label
from screener.ui.widgets.group import take_group_key

SEGMENTS_AT_MOST = 4
CHARACTERS_AT_MOST = 44
_HELP_LEFT_PX = 31


def shown_option(question: Question, option: str) -> str:
    """What an option is called on screen: yes and no in the language of the window, any other as the content has it."""
    text = question.option_text(option)
    return WINDOW.word(text) if question.kind is Kind.YES_NO else text


def is_column(question: Question) -> bool:
    """Whether one of its options is chosen out of a column: they are many or long, or have words of their own."""
    shown = [shown_option(question, option) for option in question.option_ids]
    long = len(shown) > SEGMENTS_AT_MOST or sum(map(len, shown)) > CHARACTERS_AT_MOST
    return long or any(option.help for option in question.options)


class ChoiceField(Field):
    """One option or none; joined buttons where they fit in a row, a column of radio buttons otherwise."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(question, setting, parent)
        options = [(name, shown_option(question, name)) for name in question.option_ids]
        helps = {option.id: option.help for option in question.options if option.help}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._segments = None if is_column(question) else Segmented(question.label, options, self)
        self._column = None if self._segments else _RadioColumn(question.label, options, helps, self)
        if self._segments is not None:
            self._segments.user_chose.connect(self._hear)
            row.addWidget(self._segments)
        if self._column is not None:
            for button in self._column.buttons.values():
                button.clicked.connect(self._column_clicked)
            row.addWidget(self._column, 1)
        row.addStretch(0)

    def _hear(self, option: str | None) -> None:
        self.said.emit(option, False)

    def _column_clicked(self) -> None:
        assert self._column is not None
        option = self._column.clicked_option(self.sender())
        self.said.emit(option, False)

    def show_raw(self, raw: Any) -> None:
        option = raw if isinstance(raw, str) else None
        if self._segments is not None:
            self._segments.show_chosen(option)
        if self._column is not None:
            self._column.show_chosen(option)

    def is_whole(self, raw: Any) -> bool:
        return True

    def first_focus(self) -> QWidget:
        if self._segments is not None:
            return self._segments
        assert self._column is not None
        return self._column.first()

    def pick(self, number: int) -> bool:
        button = self.option(number)
        if button is not None and self._segments is not None:
            self._segments.choose(self.question.option_ids[number - 1])
        elif button is not None:
            button.click()
        return button is not None

    def option(self, number: int) -> QAbstractButton | None:
        if not 1 <= number <= len(self.question.option_ids):
            return None
        option = self.question.option_ids[number - 1]
        if self._segments is not None:
            return self._segments.button_of(option)
        assert self._column is not None
        return self._column.buttons[option]


def _add_help(text: str, button: QAbstractButton, column: QVBoxLayout) -> None:
    """What belongs to an option stands below it, and is its description."""
    if text:
        button.setAccessibleDescription(text)
        said = label(text, "small", wrap=True)
        said.setContentsMargins(scaled(_HELP_LEFT_PX), 0, 0, 4)
        column.addWidget(said)


class _Radio(RadioRow):
    """One option of a column; Enter chooses as Space does."""

    step = Signal(int)
    """An arrow key was pressed: 1 forwards, -1 back."""
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not take_group_key(self, event, self.step.emit):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class _RadioColumn(QWidget):
    """Radio buttons that can all be off: clicking the chosen one takes it back.

    As in a row of joined buttons, arrows move without choosing, and Tab comes to one of them and leaves.
    """

    def __init__(
        self, group_name: str, options: list[tuple[str, str]], helps: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(group_name)
        self._chosen: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.buttons: dict[str, _Radio] = {}
        for name, text in options:
            button = _Radio(text, f"{group_name}: {text}")
            button.setAutoExclusive(False)
            button.step.connect(self._step)
            button.entered.connect(self._entered)
            column.addWidget(button)
            _add_help(helps.get(name, ""), button, column)
            self.buttons[name] = button
        self._stop_at(next(iter(self.buttons.values())))

    def _step(self, by: int) -> None:
        buttons = list(self.buttons.values())
        place = buttons.index(self._sender()) + by
        if 0 <= place < len(buttons):
            buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _entered(self) -> None:
        self._stop_at(self._sender())

    def _sender(self) -> _Radio:
        sender = self.sender()
        assert isinstance(sender, _Radio)
        return sender

    def _stop_at(self, stop: _Radio) -> None:
        for button in self.buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)

    def clicked_option(self, button: object) -> str | None:
        name = next(option for option, candidate in self.buttons.items() if candidate is button)
        self.show_chosen(None if name == self._chosen else name)
        return self._chosen

    def show_chosen(self, option: str | None) -> None:
        self._chosen = option
        for name, button in self.buttons.items():
            with QSignalBlocker(button):
                button.setChecked(name == option)
        if not any(button.hasFocus() for button in self.buttons.values()):
            self._stop_at(self.first())

    def first(self) -> _Radio:
        """Where Tab comes to: the chosen option, else the first."""
        return self.buttons.get(self._chosen or "", next(iter(self.buttons.values())))


class ChoicesField(Field):
    """Any of some options, and "none of these" as an answer of its own."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(question, setting, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._boxes: dict[str, CheckRow] = {}
        for option in question.options:
            self._boxes[option.id] = self._box(option.text, column)
            _add_help(option.help, self._boxes[option.id], column)
        self._none = self._box(tr("None of these"), column)
        if question.all_of_these:
            name = tr("{group_name}: all of these").format(group_name=question.label)
            all_of_these = LetterLink("A", tr("All of these"), name)
            all_of_these.clicked.connect(self.take_all)
            column.addWidget(all_of_these)

    def _box(self, text: str, column: QVBoxLayout) -> CheckRow:
        box = CheckRow(text, f"{self.question.label}: {text}")
        box.clicked.connect(self._hear)
        column.addWidget(box)
        return box

    def _hear(self) -> None:
        ticked = [name for name, box in self._boxes.items() if box.isChecked()]
        raw: list[str] | None = ticked or None
        if self.sender() is self._none:
            raw = [] if self._none.isChecked() else None
        # The ticks and "none of these" contradict each other: what was not said last goes from the screen too.
        self.show_raw(raw)
        self.said.emit(raw, False)

    def show_raw(self, raw: Any) -> None:
        ticked = raw if isinstance(raw, list | tuple) else ()
        for name, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setChecked(name in ticked)
        with QSignalBlocker(self._none):
            self._none.setChecked(raw is not None and not ticked)

    def take_all(self) -> bool:
        if self.question.all_of_these:
            raw = list(self._boxes)
            self.show_raw(raw)
            self.said.emit(raw, False)
        return self.question.all_of_these

    def is_whole(self, raw: Any) -> bool:
        return not raw or (self.question.all_of_these and len(raw) == len(self._boxes))

    def first_focus(self) -> QWidget:
        return next(iter(self._boxes.values()), self._none)

    def pick(self, number: int) -> bool:
        box = self.option(number)
        if box is not None:
            box.click()
        return box is not None

    def option(self, number: int) -> QAbstractButton | None:
        boxes = [*self._boxes.values(), self._none]
        return boxes[number - 1] if 1 <= number <= len(boxes) else None
