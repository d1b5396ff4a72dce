"""One row of the debrief: what was said, recorded and is true, and what the list did; side by side if there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from screener.language import WINDOW, tr
from screener.training.parts import Effect, Row
from screener.training.printed import NO_ITEM, spoken_answer
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import WrapLabel, label, restyle
from screener.ui.widgets.marks import MARK_NAMES, Mark
from screener.ui.widgets.read_card import ReadCard

HEADS = (
    tr("The patient’s words or the story"),
    tr("Recorded"),
    tr("Story"),
    tr("What the list did with it"),
)
SHARES = (30, 15, 15, 40)
BESIDE_FROM_PX = 720
"""From this width on, at a text size of 100 %, the four stand side by side."""


class Fourfold(QWidget):
    """Four parts side by side in the same shares in every row, or one under another where there is little room."""

    def __init__(self, cells: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = cells
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for share, cell in zip(SHARES, cells, strict=True):
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            policy.setHorizontalStretch(share)
            cell.setSizePolicy(policy)
        self._beside: bool | None = None
        self._place(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(event.size().width() >= scaled(BESIDE_FROM_PX))
        super().resizeEvent(event)

    def _place(self, beside: bool) -> None:
        if beside is self._beside:
            return
        self._beside = beside
        for place, (share, cell) in enumerate(zip(SHARES, self._cells, strict=True)):
            self._grid.removeWidget(cell)
            row, column = (0, place) if beside else (place, 0)
            self._grid.addWidget(cell, row, column)
            self._grid.setColumnStretch(place, share if beside or place == 0 else 0)
            if isinstance(cell, Cell):
                cell.show_head(not beside)

    def sizeHint(self) -> QSize:
        # Of its own: cells that ask for no width would be measured at none, and be as high as a column of letters.
        width = max(self.width(), scaled(BESIDE_FROM_PX))
        return QSize(width, self._grid.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(200), super().minimumSizeHint().height())


class Cell(QWidget):
    """One part of a row, under a head of its own where it does not stand under that of the table."""

    def __init__(self, head: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self._head = label(head, "small-strong", wrap=True)
        self.column.addWidget(self._head)
        self._head.hide()

    def show_head(self, shown: bool) -> None:
        self._head.setVisible(shown)

    def add(self, widget: QWidget) -> None:
        self.column.addWidget(widget)


class DebriefHeads(QWidget):
    """What the four parts of the rows are; gone where the rows name them themselves."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 6, 13, 0)
        self._heads = Fourfold([label(head, "small-strong", wrap=True) for head in HEADS])
        column.addWidget(self._heads)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._heads.setVisible(event.size().width() - 26 >= scaled(BESIDE_FROM_PX))


class DebriefRow(ReadCard):
    """Tab and J come to it; Up and Down go on from it; Enter, or a double click, replays from before it."""

    chosen = Signal(object)
    stepped = Signal(int)
    entered = Signal(object)

    def __init__(self, row: Row) -> None:
        super().__init__(spoken(row))
        self.row = row
        if row.second is not None:
            self.setAccessibleDescription(tr("Enter replays from 30 s before it."))
        cells = [Cell(head) for head in HEADS]
        self._told(cells[0])
        cells[1].add(label(spoken_answer(row, story=False), wrap=True))
        cells[2].add(label(spoken_answer(row, story=True), wrap=True))
        self._list(cells[3])
        for cell in cells:
            cell.column.addStretch(1)
        self.body.addWidget(Fourfold(cells))

    def _told(self, cell: Cell) -> None:
        row = self.row
        cell.add(label(f"“{row.words}”" if row.words else row.title, "strong", wrap=True))
        below = [row.title] * bool(row.words) + [row.how] * bool(row.how)
        if below:
            cell.add(label(" · ".join(below), "small", wrap=True))
        for earlier in row.earlier:
            cell.add(label(tr("before: {said}").format(said=earlier), "small", wrap=True))

    def _list(self, cell: Cell) -> None:
        for effect in self.row.effects:
            cell.add(effect_line(effect))
        if not self.row.effects:
            cell.add(label(WINDOW.word(NO_ITEM), "muted", wrap=True))
        for remark in self.row.remarks:
            cell.add(label(remark, wrap=True))
        if self.row.note:
            cell.add(label(tr("The author: {note}").format(note=self.row.note), "muted", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit(self.row)
            case _:
                super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.entered.emit(self.row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit(self.row)

    def show_chosen(self, chosen: bool) -> None:
        """Be the row that a replay begins before."""
        self.setProperty("look", "card-chosen" if chosen else "card")
        restyle(self)


def effect_line(effect: Effect) -> QWidget:
    """The mark of an item, its title, and what the list did with it."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(7)
    if effect.mark:
        line.addWidget(Mark(effect.mark), 0, Qt.AlignmentFlag.AlignTop)
    else:
        line.addSpacing(scaled(12) + 7)
    said = WrapLabel()
    said.show_runs(((f"{effect.title}. ", True), (effect.text, False)))
    line.addWidget(said, 1)
    return holder


def spoken(row: Row) -> str:
    """The whole row, as it is read aloud."""
    told = f"“{row.words}”, {row.title}" if row.words else row.title
    said = [", ".join(part for part in (told, row.how) if part)]
    said += [tr("before: {said}").format(said=earlier) for earlier in row.earlier]
    said.append(tr("Recorded: {answer}").format(answer=spoken_answer(row, story=False)))
    said.append(tr("Story: {answer}").format(answer=spoken_answer(row, story=True)))
    for effect in row.effects:
        mark = f"{MARK_NAMES[effect.mark]}: " if effect.mark else ""
        said.append(f"{mark}{effect.title}. {effect.text}")
    said += [WINDOW.word(NO_ITEM)] * (not row.effects)
    said += [*row.remarks]
    said += [tr("The author: {note}").format(note=row.note)] if row.note else []
    return ". ".join(part.rstrip(".") for part in said) + "."
