"""Fields that are typed into: numbers, dates, times, text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from screener.forms.answering import NotAnAnswer, read_value
from screener.forms.model import Question
from screener.forms.words import value_words
from screener.language import WINDOW, tr
from screener.rules.words import unit_words
from screener.screening.spoken_dates import ambiguous, parse
from screener.ui.fields.base import Field, Setting
from screener.ui.key_switches import SingleKeys, letters
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import KeyCap, LinkButton, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.flow import FlowLayout
from screener.ui.widgets.hints import hold_hint
from screener.ui.widgets.visible import keep_room, reveal

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONG_DATE = "= 28 September 2028"
_TO_THE_MINUTE = re.compile(r"(?:[01]\d|2[0-3])[:.]?[0-5]\d|\d[:.][0-5]\d")
_HOUR_AND_MINUTE = re.compile(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]?\d)")


class LineField(Field):
    """A field of one typed line.

    What cannot be stored is said beside it and kept in the line; it is never lost or scolded. With `echo_room`, a text
    as long as what is understood mostly is, the line may wrap before what was understood.
    """

    def __init__(
        self,
        question: Question,
        setting: Setting,
        parent: QWidget | None,
        *,
        width_px: int,
        placeholder: str,
        echo_room: str = "",
    ) -> None:
        super().__init__(question, setting, parent)
        self._before: Any = None
        self._unfinished = self._typed = ""
        self.row = FlowLayout(self) if echo_room else QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(question.label)
        self.line.setPlaceholderText(placeholder)
        hold_hint(self.line, width_px)
        self.line.textEdited.connect(self._edited)
        self.line.editingFinished.connect(self._left)
        self.line.returnPressed.connect(self.done)
        self.share_undo(self.line)
        self.row.addWidget(self.line)
        self.echo = label("", "muted")
        self.echo.hide()
        self.row.addWidget(self.echo)
        if echo_room:
            # Its room is there before it is, in this row or the next: what is typed moves nothing.
            keep_room(self.echo)
            self.echo.setText(echo_room)
            self.echo.setMinimumSize(self.echo.sizeHint())
            self.echo.clear()
        else:
            self.row.addStretch(1)

    def raw_of(self, text: str) -> Any:
        """The raw JSON of a typed text; ValueError (NotAnAnswer) says what would do."""
        raise NotImplementedError

    def text_of(self, raw: Any) -> str:
        """How a stored value stands in the line."""
        return str(raw)

    def echo_of(self, raw: Any) -> str:
        """What was understood, when that is worth saying."""
        return ""

    def is_complete(self, text: str) -> bool:
        """Whether nothing more can be typed after this."""
        return False

    def _edited(self, text: str) -> None:
        grown, self._typed = text.startswith(self._typed) and text != self._typed, text
        self._unfinished = ""
        if not text.strip():
            self._hear(None)
            return
        try:
            raw = self.raw_of(text.strip())
            read_value(self.question, raw)
        except NotAnAnswer as wrong:
            # Half a word is no answer: what stood before the typing began stands until this can be read.
            self._unfinished = text
            self._say_echo("")
            self.said.emit(self._before, True)
            self.refused.emit(f"{wrong}. {wrong.suggestion}".strip())
            return
        self._hear(raw)
        # Not where something before it was put right: whoever does that looks at the line, and says when it is done.
        if grown and self.line.cursorPosition() == len(text) and self.is_complete(text):
            self.complete.emit()

    def _hear(self, raw: Any) -> None:
        self.refused.emit("")
        self._say_echo("" if raw is None else self.echo_of(raw))
        self.said.emit(raw, True)

    def _say_echo(self, text: str) -> None:
        self.echo.setText(text)
        self.echo.setVisible(bool(text))

    @property
    def unfinished(self) -> str | None:
        return self._unfinished or None

    def show_unfinished(self, typed: str) -> None:
        self.line.setText(typed)
        self._edited(typed)

    def show_raw(self, raw: Any) -> None:
        self._before, self._unfinished = raw, ""
        with QSignalBlocker(self.line):
            if not self._says(raw):
                self.line.setText("" if raw is None else self.text_of(raw))
        self._typed = self.line.text()
        self._say_echo("" if raw is None else self.echo_of(raw))

    def _left(self) -> None:
        """The typing is over: what is stored now is what the next typing begins from."""
        text = self.line.text().strip()
        if not self._unfinished:
            self._before = self.raw_of(text) if text else None

    def _says(self, raw: Any) -> bool:
        """Whether the line already says this value in the user's own way ("3w")."""
        try:
            return raw is not None and bool(self.line.text().strip()) and self.raw_of(self.line.text().strip()) == raw
        except NotAnAnswer:
            return False

    def is_whole(self, raw: Any) -> bool:
        return True

    def first_focus(self) -> QWidget:
        return self.line


class NumberField(LineField):
    """A number in the question's unit, or in another linear unit that is converted at entry."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(question, setting, parent, width_px=96, placeholder="")
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        units = [(unit_words(unit, say=WINDOW), unit) for unit in (question.unit, *question.units)]
        self._units = (
            DropDown(tr("{label}: unit").format(label=question.label), units, self) if question.units else None
        )
        if self._units is not None:
            self._units.activated.connect(self._unit_chosen)
            self.row.insertWidget(1, self._units)
        elif question.unit:
            self.row.insertWidget(1, label(unit_words(question.unit, say=WINDOW), "muted"))

    def _unit(self) -> str:
        return self.question.unit if self._units is None else str(self._units.currentData())

    def _unit_chosen(self) -> None:
        self._edited(self.line.text())

    def raw_of(self, text: str) -> Any:
        figure = text.replace(",", ".")
        return figure if self._unit() == self.question.unit else {"value": figure, "unit": self._unit()}

    def text_of(self, raw: Any) -> str:
        return str(raw["value"] if isinstance(raw, dict) else raw)

    def echo_of(self, raw: Any) -> str:
        return (
            f"= {value_words(self.question, read_value(self.question, raw), say=WINDOW)}"
            if isinstance(raw, dict)
            else ""
        )

    def show_raw(self, raw: Any) -> None:
        if self._units is not None and raw is not None:
            unit = raw["unit"] if isinstance(raw, dict) else self.question.unit
            with QSignalBlocker(self._units):
                self._units.setCurrentIndex(max(0, self._units.findData(unit)))
        super().show_raw(raw)


def spoken_date(text: str, day: date) -> str:
    """A date as people say it, as it is stored; NotAnAnswer where it is none, or one of two."""
    found = parse(text, day)
    if found is None:
        two = ambiguous(text)
        if two is not None:
            raise NotAnAnswer(
                tr("“{text}” can be {two} or {two_2}").format(text=text, two=two[0], two_2=two[1]),
                tr("Write the one that is meant."),
            )
        raise NotAnAnswer(
            tr("“{text}” is not read as a date").format(text=text),
            tr("Write 2026-03-05, 5 Mar 2026, March 2026, 2019 or 3w."),
        )
    return found


class DateField(LineField):
    """A date as people say it, echoed as the interval that is stored."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        hint = tr("12 Oct, 3w or 2019")
        super().__init__(question, setting, parent, width_px=190, placeholder=hint, echo_room=_LONG_DATE)

    def raw_of(self, text: str) -> Any:
        return spoken_date(text, self.setting.visit_day())

    def echo_of(self, raw: Any) -> str:
        return f"= {value_words(self.question, read_value(self.question, raw), say=WINDOW)}"


class TimeField(LineField):
    """A time of day."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(question, setting, parent, width_px=90, placeholder="10:31")

    def raw_of(self, text: str) -> Any:
        return _clock(text)

    def is_complete(self, text: str) -> bool:
        return bool(_TO_THE_MINUTE.fullmatch(text))


class DateTimeField(LineField):
    """A moment: a time is taken as one of the visit's day. Where it can be now, N in the empty line says so."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        hint, room = tr("10:31, or with a day"), f"{_LONG_DATE}, 00:00"
        super().__init__(question, setting, parent, width_px=170, placeholder=hint, echo_room=room)
        if not question.planned:
            self._now = LinkButton(tr("Now"), tr("{label}: now").format(label=question.label))
            self._now.clicked.connect(self._take_now)
            self._now_key = KeyCap("N")
            self.row.insertWidget(1, self._now)
            self.row.insertWidget(2, self._now_key)
            SingleKeys.current().changed.connect(self._show_key)
            self._show_key()

    def _show_key(self) -> None:
        self._now.setAccessibleDescription(tr("Key N in the empty line") if letters() else "")
        keep_room(self._now_key)
        reveal(self._now_key, letters())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._says_now(event):
            self._take_now()
            self.done.emit()
            return True
        return super().eventFilter(watched, event)

    def _says_now(self, event: QKeyEvent) -> bool:
        """No time is written with an N; what stands in the line already is not typed over by it."""
        free = self.line.selectedText() == self.line.text()
        alone = event.key() == Qt.Key.Key_N and not event.modifiers() and not event.isAutoRepeat()
        return alone and free and not self.question.planned and letters()

    def _take_now(self) -> None:
        """The time of the clock, as if it had been typed."""
        moment = self.setting.now()
        self.line.setText(self.text_of(f"{moment:%Y-%m-%dT%H:%M}"))
        self._edited(self.line.text())
        self._left()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_complete(self, text: str) -> bool:
        return bool(_TO_THE_MINUTE.fullmatch(text))

    def raw_of(self, text: str) -> Any:
        day, _, time = text.replace("T", " ").rpartition(" ")
        return f"{day or self.setting.visit_day().isoformat()}T{_clock(time)}"

    def text_of(self, raw: Any) -> str:
        day, _, time = str(raw).partition("T")
        return time[:5] if day == self.setting.visit_day().isoformat() else f"{day} {time[:5]}"

    def echo_of(self, raw: Any) -> str:
        return f"= {value_words(self.question, read_value(self.question, raw), say=WINDOW)}"


def _clock(text: str) -> str:
    digits = text.replace(".", ":").strip()
    if digits.isdigit() and len(digits) in (3, 4):
        digits = f"{digits[:-2]}:{digits[-2:]}"
    read = _HOUR_AND_MINUTE.fullmatch(digits)
    if read is None:
        raise NotAnAnswer(tr("“{text}” is not read as a time").format(text=text), tr("Write it as 10:31."))
    return f"{int(read['hour']):02}:{int(read['minute']):02}"


class TextField(Field):
    """Free text of a few lines."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(question, setting, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.box = QPlainTextEdit(self)
        self.box.setAccessibleName(question.label)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(scaled(64))
        self.box.textChanged.connect(self._changed)
        self.share_undo(self.box)
        column.addWidget(self.box)

    def show_keys(self) -> None:
        """Say in the empty box what Enter does where it ends the text."""
        self.box.setPlaceholderText(tr("Enter goes on, Shift+Enter begins a new line") if self.enter_ends() else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A text of several lines has Enter for itself.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            text, plain = self.box.toPlainText(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and text.strip() and "\n" not in text and self.enter_ends():
                self.done.emit()
                return True
        return super().eventFilter(watched, event)

    def _changed(self) -> None:
        text = self.box.toPlainText()
        self.said.emit(text if text.strip() else None, True)

    def show_raw(self, raw: Any) -> None:
        if self.box.toPlainText() != (raw or ""):
            with QSignalBlocker(self.box):
                self.box.setPlainText(raw or "")

    def first_focus(self) -> QWidget:
        return self.box
