"""Chips and key caps: small outlined labels."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from screener.language import tr
from screener.ui.style.theme import current, scaled
from screener.ui.widgets.outline import paint_box, rect_of
from screener.ui.widgets.text import Runs, WrapLabel

ChipKind = Literal["outlined", "soft", "dashed"]
_CAP_FONT_PX, _CAP_HEIGHT_PX = 11, 17
_CAP_WORDS = {"Return": "↵", "Enter": "↵", "PgDown": "PgDn", "PageDown": "PgDn", "PageUp": "PgUp", "Escape": "Esc"}


class Chip(WrapLabel):
    """A small label in an outline: outlined, soft (on ochre: met, listed) or dashed (not answered, not established)."""

    def __init__(
        self, text: str | Runs = "", *, kind: ChipKind = "outlined", large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self._kind: ChipKind = kind
        self._large = large
        self.setProperty("look", "chip-large" if large else "chip")
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._pad()
        self.show_runs(((text, kind == "soft"),) if isinstance(text, str) else text)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), scaled(96)), super().minimumSizeHint().height())

    def set_kind(self, kind: ChipKind) -> None:
        """Be of another kind; the text stays."""
        self._kind = kind
        self.update()

    def _pad(self) -> None:
        across, down = (scaled(9), scaled(5)) if self._large else (scaled(7), scaled(1))
        self.setContentsMargins(across, down, across, down)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._pad()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        fill = {"outlined": t.surface, "soft": t.review_soft, "dashed": None}[self._kind]
        edge = {"outlined": t.chip, "soft": t.review, "dashed": t.border}[self._kind]
        paint_box(painter, rect_of(self), scaled(5 if self._large else 4), fill, edge, dashed=self._kind == "dashed")
        if self.heightForWidth(self.width()) <= self.height():
            self._paint_text(painter)
        else:
            self._paint_cut(painter)
        painter.end()

    def _paint_cut(self, painter: QPainter) -> None:
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = self.heightForWidth(self.width()) > self.height()
        self.setToolTip(self.text() if cut else "")


class KeyCap(QLabel):
    """The key of an action, drawn as a little key."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.show_key(key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_key(self, key: str) -> None:
        """Draw this key."""
        self.setText(cap_words(key))
        self.setAccessibleName(tr("key {key}").format(key=key))

    def sizeHint(self) -> QSize:
        return cap_size(self.text(), self.font())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_cap(painter, rect_of(self), self.text(), self.font(), current().muted, current().chip)
        painter.end()


def cap_words(key: str) -> str:
    """A key as it stands on a cap: "Ctrl+Return" is "Ctrl ↵"."""
    # "Ctrl++" is Ctrl and the plus itself.
    head, plus, last = (key[:-2], "+", "+") if key.endswith("++") else key.rpartition("+")
    modifiers = head.replace("+", " ")
    return f"{modifiers} {_CAP_WORDS.get(last, last)}" if plus and head else _CAP_WORDS.get(key, key)


def cap_size(words: str, font: QFont) -> QSize:
    """The room a cap takes beside text of this font."""
    return QSize(QFontMetrics(_cap_font(font)).horizontalAdvance(words) + scaled(10), scaled(_CAP_HEIGHT_PX))


def paint_cap(painter: QPainter, box: QRectF, words: str, font: QFont, ink: str, edge: str) -> None:
    """Paint one cap into `box`."""
    paint_box(painter, box, scaled(3), None, edge)
    painter.setFont(_cap_font(font))
    painter.setPen(QColor(ink))
    # Keys are named as they stand on the keyboard, in every language.
    before = painter.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.setLayoutDirection(before)


def _cap_font(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(scaled(_CAP_FONT_PX))
    small.setWeight(QFont.Weight.Medium)
    return small


def chip(text: str | Runs, *, large: bool = False, kind: ChipKind = "outlined") -> Chip:
    """A small outlined label."""
    return Chip(text, large=large, kind=kind)
