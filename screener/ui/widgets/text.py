"""Text: labels whose lines breathe, wrap and tell their true height; headings; lines cut with an ellipsis."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from screener.ui.style.theme import scaled

Runs = Sequence[tuple[str, bool]]
"""Pieces of one text; True where a piece is strong."""
_BODY_LEADING, _TITLE_LEADING = 1.4, 1.25
_TITLE_FROM_PX = 20
_WIDEST_HINT_PX = 640
_WIDEST = 1_000_000.0
_REDRESSED = frozenset({QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange})


class WrapLabel(QLabel):
    """Plain text, parts of it strong if wanted, that wraps anywhere it must and knows its height for every width."""

    def __init__(self, text: str = "", level: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[tuple[str, bool], ...] = ()
        self._heights: dict[int, int] = {}
        self._in_one_line: float | None = None
        self._step: float | None = None
        self._dressed = self.font()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if level:
            self.setProperty("level", level)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        self.show_runs(((text, False),))

    def show_runs(self, runs: Runs) -> None:
        """Show pieces one after the other, the strong ones in a heavier weight."""
        self._runs = tuple(runs)
        super().setText("".join(text for text, _ in self._runs))
        self._forget()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        inside = max(1, width - margins.left() - margins.right())
        if inside not in self._heights:
            # Most labels are shorter than their place: one line, wherever they stand.
            short = "\n" not in self.text() and inside >= self._natural_width()
            self._heights[inside] = round(self._line_height() if short else self._lines(inside)[1])
        return self._heights[inside] + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        width = min(round(self._natural_width() + 1.5), scaled(_WIDEST_HINT_PX)) + margins.left() + margins.right()
        return QSize(width, self.heightForWidth(width))

    def _natural_width(self) -> float:
        """How wide it is where nothing wraps, in pixels."""
        if self._in_one_line is None:
            self._in_one_line = self._lines(_WIDEST)[0].maximumWidth()
        return self._in_one_line

    def minimumSizeHint(self) -> QSize:
        margins = self.contentsMargins()
        width = min(self.sizeHint().width(), scaled(40) + margins.left() + margins.right())
        return QSize(width, round(self._line_height()) + margins.top() + margins.bottom())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_text(painter)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        box = QRectF(self.contentsRect())
        layout, height = self._lines(box.width())
        top = box.top()
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max(0.0, (box.height() - height) / 2)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(painter, QPointF(box.left(), round(top)))

    def _lines(self, width: float) -> tuple[QTextLayout, float]:
        """The text laid out for a width, and its height; both in pixels."""
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        side = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        option = QTextOption(side & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        height, step = 0.0, self._line_height()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height + (step - line.height()) / 2))
            height += step
        layout.endLayout()
        return layout, max(height, step)

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats, at = [], 0
        for text, strong in self._runs:
            if strong and text:
                piece = QTextLayout.FormatRange()
                piece.start, piece.length, piece.format = at, len(text), QTextCharFormat()
                piece.format.setFontWeight(QFont.Weight.DemiBold)
                formats.append(piece)
            at += len(text)
        return formats

    def _line_height(self) -> float:
        if self._step is None:
            pixels = QFontInfo(self.font()).pixelSize()
            leading = _TITLE_LEADING if pixels >= scaled(_TITLE_FROM_PX) else _BODY_LEADING
            self._step = max(QFontMetricsF(self.font()).height(), round(pixels * leading))
        return self._step

    def _forget(self) -> None:
        self._heights.clear()
        self._in_one_line = self._step = None
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Dressed anew at every new place in a page, mostly as before: then no line breaks elsewhere.
        if event.type() in _REDRESSED and self.font() != self._dressed:
            self._dressed = self.font()
            self._forget()


class LineLabel(QLabel):
    """Text of one line. It begins where the window begins, whichever way the text itself is read.

    Qt goes by the text: an English caption in a window that is read from the right would stand at the far end of the
    field that it belongs to.
    """

    def __init__(self, text: str = "", level: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._wanted = self.alignment()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if level:
            self.setProperty("level", level)
        self._align()

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:  # noqa: N802 - Qt's name
        self._wanted = alignment
        self._align()

    def _align(self) -> None:
        wanted = self._wanted
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            wanted = QStyle.visualAlignment(self.layoutDirection(), wanted) | Qt.AlignmentFlag.AlignAbsolute
        if wanted != self.alignment():
            super().setAlignment(wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where there is no room; the whole text is its name and, when cut, its tip."""

    def __init__(self, text: str = "", level: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if level:
            self.setProperty("level", level)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setText(text)
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(scaled(40), self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def shown_text(self) -> str:
        """What there is room for."""
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def _tell_whole(self) -> None:
        self.setToolTip(self.text() if self.shown_text() != self.text() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self.shown_text())
        painter.end()


def label(
    text: str = "", level: str = "", parent: QWidget | None = None, *, wrap: bool = False, selectable: bool = False
) -> QLabel:
    """A label of one of the sheet's levels: page, title, large, strong, muted, small, small-strong, alarm, figure."""
    if wrap and not selectable:
        return WrapLabel(text, level, parent)
    made = LineLabel(text, level, parent)
    if wrap:
        made.setWordWrap(True)
        made.setMinimumWidth(40)
    if selectable:
        # A painted text cannot be marked with the mouse: this one is Qt's own.
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def heading(text: str) -> WrapLabel:
    """What stands above a section: small, strong, muted."""
    return WrapLabel(text, "small-strong")


def restyle(widget: QWidget) -> None:
    """Have the style sheet look at a widget's changed properties."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()
    widget.update()
