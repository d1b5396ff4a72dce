"""Any of some options: rows that can be checked and whose text wraps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QStyle, QVBoxLayout, QWidget

from screener.ui.style.theme import current, scaled
from screener.ui.widgets.flow import FlowLayout
from screener.ui.widgets.group import BareGroup
from screener.ui.widgets.heard import Heard
from screener.ui.widgets.outline import paint_box, paint_focus, rect_of

_BOX_PX, _GAP_PX, _PADDING_PX = 18, 8, 5
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class _WrappingRow(Heard):
    """An indicator and its text: the text wraps, and the whole row is the target."""

    def _be_a_row(self, name: str) -> None:
        self.setAccessibleName(name or self.text())
        self.hear_toggles()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(1, width - self._text_left() - scaled(_PADDING_PX))
        text = self.fontMetrics().boundingRect(0, 0, room, 100_000, _WRAPPED, self.text()).height()
        return max(text, scaled(_BOX_PX)) + 2 * scaled(_PADDING_PX)

    def sizeHint(self) -> QSize:
        text = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2
        width = min(self._text_left() + text + scaled(_PADDING_PX), scaled(560))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), scaled(120)), scaled(_BOX_PX) + 2 * scaled(_PADDING_PX))

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        return self.rect().contains(pos)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.isEnabled() and self.underMouse():
            paint_box(painter, rect_of(self), scaled(4), t.hover, None)
        self._paint_indicator(painter)
        painter.setPen(QColor(t.text if self.isEnabled() else t.off))
        painter.drawText(self._text_box(), _WRAPPED, self.text())
        if self.hasFocus():
            paint_focus(painter, rect_of(self), scaled(4))
        painter.end()

    def _radius(self, side: float) -> float:
        """How round an indicator of this side is."""
        raise NotImplementedError

    def _paint_indicator(self, painter: QPainter) -> None:
        t, side = current(), scaled(_BOX_PX)
        middle = self._text_box().top() + self.fontMetrics().height() / 2
        at_left = QRect(scaled(_PADDING_PX), round(middle - side / 2), side, side)
        box = QRectF(QStyle.visualRect(self.layoutDirection(), self.rect(), at_left))
        if not self.isChecked():
            paint_box(painter, box, self._radius(side), t.surface, t.border if self.isEnabled() else t.track)
            return
        paint_box(painter, box, self._radius(side), t.accent if self.isEnabled() else t.track, None)
        inset = scaled(5)
        inner = box.adjusted(inset, inset, -inset, -inset)
        paint_box(painter, inner, self._radius(inner.width()), t.on_accent, None)

    def _text_box(self) -> QRect:
        """Where the text stands: in the middle of the height, its indicator beside the first line."""
        room = self.width() - self._text_left() - scaled(_PADDING_PX)
        height = self.fontMetrics().boundingRect(0, 0, max(1, room), 100_000, _WRAPPED, self.text()).height()
        at_left = QRect(self._text_left(), (self.height() - height) // 2, room, height)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), at_left)

    def _text_left(self) -> int:
        return scaled(_PADDING_PX + _BOX_PX + _GAP_PX)


class CheckRow(_WrappingRow, QCheckBox):
    """A box and its text; a checked box is filled with a square."""

    def __init__(self, text: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._be_a_row(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def _radius(self, side: float) -> float:
        return scaled(4) if side > scaled(_BOX_PX) / 2 else scaled(1)


class RadioRow(_WrappingRow, QRadioButton):
    """A ring and its text; the ring of the chosen one is filled and has a dot."""

    def __init__(self, text: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._be_a_row(name)

    def _radius(self, side: float) -> float:
        return side / 2


class MultiChoice(BareGroup):
    """Any of some options, in a column or in rows that wrap; emits for the user's deeds only."""

    user_chose = Signal(object)
    """The ids that are checked now, as a tuple in the order of the options."""

    def __init__(
        self,
        group_name: str,
        options: Sequence[tuple[str, str]],
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(group_name, parent)
        layout = FlowLayout(self, gap_px=4) if wrap else QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if isinstance(layout, QVBoxLayout):
            layout.setSpacing(2)
        self._rows: dict[str, CheckRow] = {}
        for option, text in options:
            row = CheckRow(text, f"{group_name}: {text}")
            row.clicked.connect(self._clicked)
            layout.addWidget(row)
            self._rows[option] = row
        if self._rows:
            self.setFocusProxy(next(iter(self._rows.values())))

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(option for option, row in self._rows.items() if row.isChecked())

    def show_chosen(self, options: Iterable[str]) -> None:
        """Show what is chosen without saying that the user chose it."""
        wanted = set(options)
        for option, row in self._rows.items():
            row.setChecked(option in wanted)

    def row_of(self, option: str) -> CheckRow:
        """The row of an option."""
        return self._rows[option]

    def _clicked(self) -> None:
        self.user_chose.emit(self.chosen)
