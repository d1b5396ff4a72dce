"""The palette: everything that can be done or gone to from here, found by its words, over the page that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from screener.forms.name_search import Named, NameSearch
from screener.language import tr
from screener.ui.style.theme import current, scaled
from screener.ui.widgets.chips import cap_size, cap_words, paint_cap
from screener.ui.widgets.outline import paint_box
from screener.ui.widgets.row_list import Row as AnyRow
from screener.ui.widgets.row_list import RowDelegate, RowList
from screener.ui.widgets.speech import announce
from screener.ui.widgets.text import label

_WIDTH_PX, _TOP_SHARE, _MARGIN_PX, _LIST_PX = 640, 0.1, 24, 440
_SAID_AFTER_MS = 250
_SCRIM = QColor(0, 0, 0, 110)
_EDITING = (
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be done or gone to. `more`: further words it is found by."""

    text: str
    kind: str
    run: Callable[[], object] = field(compare=False)
    keys: tuple[str, ...] = ()
    under: str = ""
    """What stands below it, such as a question's whole text."""
    more: str = ""
    only_found: bool = False
    """It is there once something is typed: there are too many of its kind to read through."""


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    entry: Entry
    head: bool = False

    @property
    def title(self) -> str:
        return self.entry.text

    @property
    def spoken(self) -> str:
        key = tr("key {keys}").format(keys=self.entry.keys[0]) if self.entry.keys else ""
        return ", ".join(part for part in (self.entry.text, self.entry.kind, key) if part)


_SIDE_PX, _PAD_PX, _GAP_PX = 12, 6, 12


class _Delegate(RowDelegate):
    """What it is called, what kind of thing it is, its key; below it more of its words."""

    def height(self, row: AnyRow, width: int) -> int:
        assert isinstance(row, _Row)
        below = self.metrics("small").height() if row.entry.under else 0
        return max(self.metrics().height() + below + 2 * scaled(_PAD_PX), scaled(30))

    def paint_row(self, painter: QPainter, row: AnyRow, box: QRect, *, chosen: bool, over: bool) -> None:
        assert isinstance(row, _Row)
        t, entry = current(), row.entry
        ground = QRectF(box).adjusted(2, 1, -2, -1)
        if chosen or over:
            paint_box(painter, ground, scaled(6), t.accent_soft if chosen else t.hover, t.focus if chosen else None)
        inner = box.adjusted(scaled(_SIDE_PX), scaled(_PAD_PX), -scaled(_SIDE_PX), -scaled(_PAD_PX))
        line = QRect(inner.left(), inner.top(), inner.width(), self.metrics().height())
        if not entry.under:
            line.moveCenter(QPoint(line.center().x(), box.center().y()))
        right = self._paint_end(painter, entry, line)
        self._paint_text(
            painter, entry.text, QRect(line.left(), line.top(), right - line.left(), line.height()), t.text
        )
        if entry.under:
            below = QRect(inner.left(), line.bottom() + 1, inner.width(), self.metrics("small").height())
            self._paint_text(painter, entry.under, below, t.muted, "small")

    def _paint_end(self, painter: QPainter, entry: Entry, line: QRect) -> int:
        """The key and the kind at the right end; returns where the text has to end."""
        right = line.right()
        if entry.keys:
            words = cap_words(entry.keys[0])
            size = cap_size(words, self.font())
            box = QRectF(right - size.width(), line.center().y() - size.height() / 2 + 1, size.width(), size.height())
            paint_cap(painter, self.seen(box), words, self.font(), current().muted, current().chip)
            right -= size.width() + scaled(_GAP_PX)
        room = min(self.metrics("small").horizontalAdvance(entry.kind), line.width() // 3)
        kind = QRect(right - room, line.top(), room + 1, line.height())
        self._paint_text(painter, entry.kind, kind, current().muted, "small")
        return right - room - scaled(_GAP_PX)

    def _paint_text(self, painter: QPainter, text: str, box: QRect, ink: str, size: str = "body") -> None:
        painter.setFont(self.font(size))
        painter.setPen(QColor(ink))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(self.seen(box), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)


class _Line(QLineEdit):
    """The words that are looked for. Tab stays in it."""

    def focusNextPrevChild(self, on: bool) -> bool:
        return True


class Palette(QWidget):
    """Stands over the whole of `over` until something is chosen, Esc is pressed or the keyboard goes elsewhere."""

    ended = Signal()

    def __init__(self, over: QWidget, entries: Sequence[Entry], had_focus: QWidget | None) -> None:
        super().__init__(over)
        self._below, self._entries, self._had_focus = over, list(entries), had_focus
        self._search = NameSearch([Named(entry.text, f"{entry.more} {entry.under} {entry.kind}") for entry in entries])
        self._over = False
        self.setAccessibleName(tr("Palette"))
        card = QFrame(self)
        card.setProperty("look", "palette")
        self._card = card
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        self.line = _Line()
        self.line.setPlaceholderText(tr("An action, a theme, a question, a room"))
        self.line.setAccessibleName(tr("Do something, or go somewhere"))
        self.line.setAccessibleDescription(tr("Type a part of its name. Arrows choose, Enter does it, Esc goes back."))
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        column.addWidget(self.line)
        self._counted = label("", "small", wrap=True)
        column.addWidget(self._counted)
        self.list = RowList(tr("Found"))
        self.list.setProperty("look", "rail-list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.clicked.connect(self._do_current)
        column.addWidget(self.list, 1)
        self._said = QTimer(self, singleShot=True, interval=_SAID_AFTER_MS)
        self._said.timeout.connect(self._say_count)
        over.installEventFilter(self)
        self._typed("")
        self._place()

    def open(self) -> None:
        """Show it, with the keyboard in its line."""
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._say_count()

    # What is found

    def _typed(self, text: str) -> None:
        places = self._search.find(text) if text.strip() else self._unasked()
        rows = [_Row(str(place), self._entries[place]) for place in places]
        self.list.show_rows(rows)
        self.list.scrollToTop()
        self.list.setVisible(bool(rows))
        self._counted.setText(self._count(len(rows), text.strip()))
        self._place()
        self._said.start()

    def _unasked(self) -> list[int]:
        return [place for place, entry in enumerate(self._entries) if not entry.only_found]

    def _count(self, many: int, typed: str) -> str:
        if not many:
            return tr("Nothing here is called “{typed}”. Another word may do; Esc goes back.").format(typed=typed)
        if typed:
            said = tr("{many} found")
        elif len(self._unasked()) == len(self._entries):
            said = tr("{many} here")
        else:
            said = tr("{many} here; questions are found by their words")
        return f"{said.format(many=many)} · {tr('arrows choose, Enter does it, Esc goes back')}"

    def _say_count(self) -> None:
        first = self._spoken()
        announce(self.line, f"{self._counted.text()}. {first}" if first else self._counted.text())

    def _spoken(self) -> str:
        index = self.list.currentIndex()
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole)) if index.isValid() else ""

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._below and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self.line and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                # No key of the page below acts while this stands over it, but by what is listed here.
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Backtab: -1}
        pages = {Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key == Qt.Key.Key_Escape:
            self.close_it()
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._do_current()
        elif key in moves:
            self._move(moves[key])
        elif key in pages and not event.modifiers():
            self._move(pages[key])
        else:
            return self._take_other(event)
        return True

    def _take_other(self, event: QKeyEvent) -> bool:
        """The key of something that is listed does it; other keys of the page do nothing here."""
        if any(event.matches(standard) for standard in _EDITING):
            return False
        pressed = QKeySequence(event.keyCombination())
        for entry in self._entries:
            if any(pressed == QKeySequence(key) for key in entry.keys if len(key) > 1):
                self._run(entry)
                return True
        if pressed == QKeySequence("Ctrl+K"):
            self.close_it()
            return True
        return False

    def _move(self, by: int) -> None:
        for _ in range(abs(by)):
            self.list.step(1 if by > 0 else -1)
        index = self.list.currentIndex()
        if index.isValid():
            announce(
                self.line,
                tr("{spoken}, {row} of {count}").format(
                    spoken=self._spoken(), row=index.row() + 1, count=len(self.list.rows.rows)
                ),
            )

    def _do_current(self) -> None:
        if self.list.current:
            self._run(self._entries[int(self.list.current)])

    def _run(self, entry: Entry) -> None:
        self.close_it()
        entry.run()

    # Coming and going

    def close_it(self, *, back: bool = True) -> None:
        """Be gone; with `back`, the keyboard is where it was."""
        if self._over:
            return
        self._over = True
        if back and self._had_focus is not None:
            # Before it is hidden: else Qt would have the keyboard stop somewhere else on the way.
            self._had_focus.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.ended.emit()
        self.deleteLater()

    def _place(self) -> None:
        over = self._below
        self.setGeometry(over.rect())
        width = min(scaled(_WIDTH_PX), over.width() - 2 * _MARGIN_PX)
        top = min(int(over.height() * _TOP_SHARE), _MARGIN_PX * 4)
        above = self.line.sizeHint().height() + self._counted.heightForWidth(width - 24) + 24 + 16
        rows = min(self._rows_height(), scaled(_LIST_PX))
        height = min(above + rows, over.height() - top - _MARGIN_PX)
        self._card.setGeometry((over.width() - width) // 2, top, width, height)

    def _rows_height(self) -> int:
        """What the rows take that would be shown, and a little more than fits of them."""
        height, model = 0, self.list.rows
        for place in range(model.rowCount()):
            height += self.list.sizeHintForIndex(model.index(place)).height()
            if height > scaled(_LIST_PX):
                break
        return height + 4 if height else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _SCRIM)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_it()
