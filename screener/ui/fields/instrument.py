"""An instrument's numbers: its items by their numbers, its total and further scores. Item texts are never shown."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from screener.forms.answering import NotAnAnswer, exact, read_value
from screener.forms.model import Question
from screener.forms.words import interval_words
from screener.language import WINDOW, tr
from screener.rules.scores import ItemScale, Scoring
from screener.rules.values import InstrumentResult
from screener.rules.words import figure_words
from screener.ui.fields.base import Field, Setting
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import label
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.visible import keep_room

_NUMBER_AT_MOST = 3
"""So short is an item's number, which stands over the middle of its box; a longer caption begins with it."""


class _Line(QLineEdit):
    """One figure; arrows, and Backspace where nothing stands, go on to the figures beside it."""

    step = Signal(int)
    left = Signal()
    """The keyboard went on."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = event.key(), self.cursorPosition()
        back = (key == Qt.Key.Key_Left and at == 0) or (key == Qt.Key.Key_Backspace and not self.text())
        on = key == Qt.Key.Key_Right and at == len(self.text())
        # A figure that is marked whole is left by an arrow either way.
        whole = bool(self.text()) and self.selectedText() == self.text()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif back or (whole and key == Qt.Key.Key_Left):
            self.step.emit(-1)
        elif on or (whole and key == Qt.Key.Key_Right):
            self.step.emit(1)
        else:
            super().keyPressEvent(event)


def _is_number(caption: str) -> bool:
    return len(caption) <= _NUMBER_AT_MOST


class _Box(QWidget):
    """One figure with what it is called above it."""

    edited = Signal()
    full = Signal(object)
    """A whole answer stands in it: the next one may be typed."""
    step = Signal(object, int)
    """The keyboard goes on beyond its end: 1 forwards, -1 back."""

    def __init__(
        self, field: InstrumentField, row: QWidget, caption: str, name: str, scale: ItemScale | None, width_px: int
    ) -> None:
        super().__init__(row)
        beside = row.layout()
        assert beside is not None
        beside.addWidget(self)
        self.caption, self._scale = caption, scale
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self.line = _Line()
        self.line.step.connect(self._step)
        self.line.setAccessibleName(name)
        self.line.setFixedWidth(scaled(width_px))
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.textEdited.connect(self._typed)
        self.line.left.connect(self._left)
        # No buddy of the line: a screen reader would hear "1" instead of whose item it is.
        head = label(caption, "small")
        head.setMinimumWidth(scaled(width_px))
        if _is_number(caption):
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for part in (head, self.line):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        field.share_undo(self.line)

    def _typed(self, text: str) -> None:
        self.edited.emit()
        if self._scale is not None and self._is_whole(text.strip()):
            self.full.emit(self)

    def _step(self, by: int) -> None:
        self.step.emit(self, by)

    def _left(self) -> None:
        if self._is_half(self.line.text().strip()):
            self.edited.emit()

    @property
    def _answers(self) -> list[str]:
        return [] if self._scale is None else [figure_words(value) for value in self._scale.values]

    def _is_whole(self, text: str) -> bool:
        """Whether no further figure could make a longer answer of it."""
        return text in self._answers and not any(other != text and other.startswith(text) for other in self._answers)

    def _is_half(self, text: str) -> bool:
        """Whether it only begins an answer, as 1 begins 10."""
        return bool(text) and text not in self._answers and any(other.startswith(text) for other in self._answers)

    def raw(self) -> Any:
        """The figure, or None; NotAnAnswer where it is none."""
        text = self.line.text().strip().replace(",", ".")
        if not text or (self.line.hasFocus() and self._is_half(text)):
            return None  # half an answer is no mistake while it is being typed
        value = exact(text)
        if self._scale is not None and value not in self._scale.values:
            raise NotAnAnswer(
                tr("{text} is no answer to {caption}: {scale_words}").format(
                    text=text, caption=self.caption, scale_words=_scale_words(self._scale)
                )
            )
        return int(value) if value == value.to_integral_value() else str(value)

    def show_raw(self, raw: Any) -> None:
        try:
            same = self.raw() == raw
        except NotAnAnswer:
            same = False
        if not same:
            with QSignalBlocker(self.line):
                self.line.setText("" if raw is None else str(raw))


def _scale_words(scale: ItemScale) -> str:
    step = {right - left for left, right in pairwise(scale.values)}
    low, high = figure_words(scale.low), figure_words(scale.high)
    if step == {Decimal(1)} and len(scale.values) > 2:
        return tr("{low} to {high}").format(low=low, high=high)
    if len(step) == 1 and len(scale.values) > 6:
        return tr("{low} to {high} in steps of {step}").format(low=low, high=high, step=figure_words(step.pop()))
    return tr("{others} or {high}").format(others=", ".join(map(figure_words, scale.values[:-1])), high=high)


def _span(items: list[str]) -> str:
    """Items in a row: `Items 1 to 8`."""
    if len(items) < 2 or not all(item.isdigit() for item in items):
        return ", ".join(items)
    return (
        tr("Items {items} and {items_2}").format(items=items[0], items_2=items[-1])
        if len(items) == 2
        else tr("Items {items} to {items_2}").format(items=items[0], items_2=items[-1])
    )


class InstrumentField(Field):
    """Boxes for the items and scores of one instrument. A whole answer moves on to the next item."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(question, setting, parent)
        self._scoring = question.scoring or Scoring({}, {})
        self._problems: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._items: dict[str, _Box] = {}
        for _, items in groupby(self._scoring.items, lambda item: _is_number(self._scoring.title_of(item))):
            row = self._row(column, even=True)
            self._items |= {item: self._item_box(item, row) for item in items}
        self._scores: dict[str, _Box] = {}
        if self._scoring.scores:
            row = self._row(column, even=False)
            self._scores = {name: self._score_box(name, row) for name in self._scoring.scores}
        self._told = label("", "muted", wrap=True)
        column.addWidget(label(self._answers_words(), "small", wrap=True))
        column.addWidget(self._told)
        keep_room(self._told, any(made.of != "given" for made in self._scoring.scores.values()))
        self._told.hide()

    def _row(self, column: QVBoxLayout, *, even: bool) -> QWidget:
        """Where boxes stand beside each other, in as many rows as they need."""
        holder = QWidget(self)
        FlowLayout(holder, gap_px=8, rows_px=6, even=even)
        column.addWidget(holder)
        return holder

    def _answers_words(self) -> str:
        """What may be typed, and that the texts are with the clinic."""
        by_scale: dict[str, list[str]] = {}
        for item, scale in self._scoring.items.items():
            by_scale.setdefault(_scale_words(scale), []).append(self._scoring.title_of(item))
        said = [tr("Each item: {by_scale}.").format(by_scale=next(iter(by_scale)))] if len(by_scale) == 1 else []
        said += [f"{_span(items)}: {scale}." for scale, items in by_scale.items() if len(by_scale) > 1]
        said += [
            tr("{title_of}: {low} to {high}.").format(
                title_of=self._scoring.title_of(name), low=figure_words(made.low), high=figure_words(made.high)
            )
            for name, made in self._scoring.scores.items()
        ]
        return " ".join([*said, tr("Numbers only; the items' texts are with the clinic's own copy.")])

    def _item_box(self, item: str, row: QWidget) -> _Box:
        title = self._scoring.title_of(item)
        name = f"{self.question.label}: {(title if title != item else tr('item {item}').format(item=item))}"
        scale = self._scoring.items[item]
        width = 44 if max(len(figure_words(value)) for value in scale.values) < 3 else 56
        box = _Box(self, row, title, name, scale, width)
        box.edited.connect(self._hear)
        box.full.connect(self._next)
        box.step.connect(self._step)
        return box

    def _score_box(self, name: str, row: QWidget) -> _Box:
        title = self._scoring.title_of(name)
        box = _Box(self, row, title, f"{self.question.label}: {title}", None, 76)
        box.edited.connect(self._hear)
        box.step.connect(self._step)
        return box

    def _boxes(self) -> list[_Box]:
        return [*self._items.values(), *self._scores.values()]

    def _next(self, box: _Box) -> None:
        """On to the next item; after the last one the keyboard stays, for a total beside items is typed on purpose."""
        if self._boxes().index(box) + 1 < len(self._items):
            self._step(box, 1)

    def _step(self, box: _Box, by: int) -> None:
        boxes = self._boxes()
        place = boxes.index(box) + by
        if 0 <= place < len(boxes):
            boxes[place].line.setFocus(Qt.FocusReason.TabFocusReason)
            boxes[place].line.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        for before, after in pairwise(box.line for box in self._boxes()):
            QWidget.setTabOrder(before, after)
        super().showEvent(event)

    def _hear(self) -> None:
        problems: list[str] = []
        items = self._read(self._items, problems)
        scores = self._read(self._scores, problems)
        total = scores.pop(self._scoring.main, None)
        found = {"items": items, "total": total, "scores": scores}
        raw = {key: value for key, value in found.items() if value not in (None, {})}
        if raw:
            try:
                read_value(self.question, raw)
            except NotAnAnswer as wrong:
                problems.append(f"{wrong}. {wrong.suggestion}")
                raw = {"items": items} if items else {}  # a score that cannot stand takes no item with it
        self._problems = problems
        self._tell(raw)
        self.said.emit(raw or None, True)
        self.refused.emit(" ".join(problems))

    def _read(self, boxes: dict[str, _Box], problems: list[str]) -> dict[str, Any]:
        found = {}
        for name, box in boxes.items():
            try:
                value = box.raw()
            except NotAnAnswer as wrong:
                problems.append(f"{wrong}.")
                continue
            if value is not None:
                found[name] = value
        return found

    def _tell(self, raw: Any) -> None:
        """What the items come to so far."""
        said = []
        if isinstance(raw, dict) and raw.get("items"):
            result = read_value(self.question, raw)
            assert isinstance(result, InstrumentResult)
            for name, made in self._scoring.scores.items():
                if made.of == "given" or self._scoring.given(result, name) is not None:
                    continue
                title, value = self._scoring.title_of(name), self._scoring.score(result, name)
                said.append(
                    tr("{title} by the items: {interval_words}").format(
                        title=title, interval_words=interval_words(value, WINDOW)
                    )
                )
        self._told.setText(" · ".join(said))
        self._told.setVisible(bool(said))

    @property
    def unfinished(self) -> Any:
        if not self._problems:
            return None
        return [box.line.text() for box in self._boxes()]

    def show_unfinished(self, typed: Any) -> None:
        for box, text in zip(self._boxes(), typed, strict=True):
            box.line.setText(text)
        self._hear()

    def show_raw(self, raw: Any) -> None:
        self._problems = []
        given = raw if isinstance(raw, dict) else {}
        items = {str(item): value for item, value in given.get("items", {}).items()}
        scores = {self._scoring.main: given.get("total"), **given.get("scores", {})}
        for item, box in self._items.items():
            box.show_raw(items.get(item))
        for name, box in self._scores.items():
            box.show_raw(scores.get(name))
        self._tell(raw)

    def first_focus(self) -> QWidget:
        boxes = self._boxes()
        return boxes[0].line if boxes else self
