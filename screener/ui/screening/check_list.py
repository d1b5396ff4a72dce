"""The answers that are looked over, as a list: the question left, the answer right, below it who said so and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView

from screener.clock import Clock
from screener.forms.words import by_words
from screener.language import WINDOW, tr, tr_n
from screener.rules.values import State
from screener.screening.checking import Checked, Part
from screener.screening.session import Session
from screener.ui.key_switches import walks
from screener.ui.screening.times import time_said
from screener.ui.style.theme import current, scaled, unscaled
from screener.ui.widgets.mirrored import seen
from screener.ui.widgets.outline import paint_box, paint_focus
from screener.ui.widgets.row_list import WRAPPED, RowDelegate, RowList
from screener.ui.widgets.row_list import Row as AnyRow

FOLD = tr("the rest")
"""The id of the row that folds and unfolds the rest."""
HEADS = {
    Part.LISTED: tr("A listed item stands on these"),
    Part.OPEN: tr("Not answered, or an item is not established without it"),
    Part.REST: tr("Other answers"),
    Part.HIDDEN: tr("Answered, and not asked as things stand"),
}
_NAMED = 3
"""More items than this are counted and not named."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer, the head of a group, or the row that folds the rest."""

    id: str
    title: str
    answer: str = ""
    under: str = ""
    """Below the question: its theme, where several are looked over."""
    lines: tuple[str, ...] = ()
    quiet: bool = False
    """No answer stands there."""
    head: bool = False

    @property
    def spoken(self) -> str:
        said = ": ".join(part for part in (self.title, self.answer) if part)
        return ". ".join((said, *(part for part in (self.under, *self.lines) if part)))


def rows_of(session: Session, found: Sequence[Checked], *, whole: bool, unfolded: bool, words: bool) -> list[Row]:
    """The rows of the page. Without `words`, while somebody else is in the room, items are counted and not named."""
    rows: list[Row] = []
    for part in Part:
        of_part = [checked for checked in found if checked.part is part]
        if not of_part:
            continue
        if part is Part.REST:
            do = tr("Enter hides them") if unfolded else tr("Enter shows them")
            rows.append(Row(FOLD, HEADS[part], f"{len(of_part)} · {do}"))
        else:
            rows.append(Row("", HEADS[part], str(len(of_part)), head=True))
        if part is not Part.REST or unfolded:
            rows += [_row(session, checked, whole=whole, words=words) for checked in of_part]
    return rows


def _row(session: Session, checked: Checked, *, whole: bool, words: bool) -> Row:
    return Row(
        checked.question,
        checked.label,
        checked.answer,
        session.pack.theme_of[checked.question].title if whole else "",
        tuple(_lines(checked, session.clock, words=words)),
        quiet=session.state(checked.question) is not State.ANSWERED,
    )


def _lines(checked: Checked, clock: Clock, *, words: bool) -> Iterator[str]:
    """What stands below an answer."""
    used = tr("{by}: {words} (used), {at}")
    told = [
        (used if one.used else "{by}: {words}, {at}").format(
            by=by_words(one.by, WINDOW), words=one.words, at=time_said(one.at, clock)
        )
        for one in checked.said
    ]
    if len(checked.said) == 1:
        told = [f"{by_words(checked.said[0].by, WINDOW).capitalize()}, {time_said(checked.said[0].at, clock)}"]
    if checked.jots:
        told.append(tr_n("1 jot", "{n} jots", checked.jots))
    if told:
        yield " · ".join(told)
    for one in checked.said:
        if one.note:
            yield tr("Note: {note}").format(note=WINDOW.word(one.note))
    if checked.items:
        yield _items(checked, words=words)
    if checked.hidden_by:
        yield tr("Not asked, because {hidden_by}").format(hidden_by="; ".join(checked.hidden_by))


def _items(checked: Checked, *, words: bool) -> str:
    count = len(checked.items)
    named = "; ".join(checked.items[:_NAMED])
    if count > _NAMED:
        named = tr("{named}; {count} more").format(named=named, count=count - _NAMED)
    if checked.part is Part.LISTED:
        return tr("Listed: {named}").format(named=named) if words else tr_n("1 item listed", "{n} items listed", count)
    if words:
        return tr("Not established without it: {named}").format(named=named)
    return tr_n("1 item not established without it", "{n} items not established without it", count)


_SIDE_PX, _TOP_PX, _GAP_PX, _HEAD_ABOVE_PX, _HEAD_BELOW_PX = 14, 8, 16, 16, 4
_STACKED_BELOW_PX, _LEFT_SHARE = 560, 0.38
CHANGE = tr("Change")


class CheckDelegate(RowDelegate):
    """Two columns with room for both, the answer below the question without it; at the end what changes it."""

    def _columns(self, width: int) -> tuple[int, int, int]:
        """Where the answer begins, and how wide question and answer may be."""
        left = scaled(_SIDE_PX)
        change = self.metrics().horizontalAdvance(CHANGE) + scaled(_GAP_PX)
        room = width - 2 * left - change
        if unscaled(width) < _STACKED_BELOW_PX:
            return left, room, room
        first = int(room * _LEFT_SHARE)
        return left + first + scaled(_GAP_PX), first, room - first - scaled(_GAP_PX)

    def height(self, row: AnyRow, width: int) -> int:
        assert isinstance(row, Row)
        if row.head:
            return self.metrics("small", strong=True).height() + scaled(_HEAD_ABOVE_PX + _HEAD_BELOW_PX)
        left, first, second = self._columns(width)
        question, answer = self._question(row, first), self._answer(row, second)
        high = question + answer if left == scaled(_SIDE_PX) else max(question, answer)
        return high + 2 * scaled(_TOP_PX)

    def _question(self, row: Row, room: int) -> int:
        return self.wrapped(row.title, room) + self.wrapped(row.under, room, "small")

    def _answer(self, row: Row, room: int) -> int:
        return self.wrapped(row.answer, room, strong=True) + sum(self.wrapped(t, room, "small") for t in row.lines)

    def paint_row(self, painter: QPainter, row: AnyRow, box: QRect, *, chosen: bool, over: bool) -> None:
        assert isinstance(row, Row)
        t = current()
        if row.head:
            self._head(painter, row, box)
            return
        ground = QRectF(box).adjusted(2, 1, -2, -1)
        if chosen or over:
            paint_box(painter, ground, scaled(6), t.accent_soft if chosen else t.hover, None)
        if chosen and self.view.hasFocus():
            paint_focus(painter, ground, scaled(6))
        painter.setPen(QColor(t.line))
        painter.drawLine(box.left() + scaled(_SIDE_PX), box.bottom(), box.right() - scaled(_SIDE_PX), box.bottom())
        left, first, second = self._columns(box.width())
        top = box.top() + scaled(_TOP_PX)
        below = self._text(painter, row.title, QPoint(box.left() + scaled(_SIDE_PX), top), first, t.text)
        under = QPoint(box.left() + scaled(_SIDE_PX), below)
        below = self._text(painter, row.under, under, first, t.muted, "small")
        at = QPoint(box.left() + left, below if left == scaled(_SIDE_PX) else top)
        ink = t.muted if row.quiet or row.id == FOLD else t.text
        strong = not row.quiet and row.id != FOLD
        at.setY(self._text(painter, row.answer, at, second, ink, strong=strong))
        for line in row.lines:
            at.setY(self._text(painter, line, at, second, t.muted, "small"))
        if row.id != FOLD:
            painter.setFont(self.font())
            painter.setPen(QColor(t.accent))
            painter.drawText(self.change_box(box), WRAPPED, CHANGE)

    def change_box(self, box: QRect) -> QRect:
        """Where the row says that its answer can be changed."""
        width = self.metrics().horizontalAdvance(CHANGE)
        left = box.right() - scaled(_SIDE_PX) - width
        at_end = QRect(left, box.top() + scaled(_TOP_PX), width + 2, self.metrics().height())
        return seen(self.view, at_end, box)

    def _text(
        self, painter: QPainter, text: str, at: QPoint, room: int, ink: str, size: str = "body", *, strong: bool = False
    ) -> int:
        """Paint a text; returns where the next one begins."""
        if not text:
            return at.y()
        high = self.wrapped(text, room, size, strong=strong)
        painter.setFont(self.font(size, strong=strong))
        painter.setPen(QColor(ink))
        painter.drawText(self.seen(QRect(at.x(), at.y(), room, high)), WRAPPED, text)
        return at.y() + high

    def _head(self, painter: QPainter, row: Row, box: QRect) -> None:
        inner = box.adjusted(scaled(_SIDE_PX), scaled(_HEAD_ABOVE_PX), -scaled(_SIDE_PX), -scaled(_HEAD_BELOW_PX))
        painter.setPen(QColor(current().muted))
        painter.setFont(self.font("small", strong=True))
        middle = Qt.AlignmentFlag.AlignVCenter
        count = self.metrics("small").horizontalAdvance(row.answer) + scaled(8)
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, inner.width() - count)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, title)
        painter.setFont(self.font("small"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, row.answer)


class CheckList(RowList):
    """J and K walk it as the arrows do; a click on what a row says at its end is as Enter."""

    def __init__(self) -> None:
        super().__init__(tr("Answers"))
        self.setProperty("look", "answers")
        self._delegate = CheckDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key())) if not event.modifiers() else None
        if step is not None and walks():
            self.step(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.current and not event.isAutoRepeat():
                self.entered.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid() or not self.current:
            return
        reach = self._delegate.change_box(self.visualRect(index)).adjusted(-8, -8, 8, 8)
        if self.current == FOLD or reach.contains(event.position().toPoint()):
            self.entered.emit(self.current)
