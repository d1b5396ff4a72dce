"""One choice out of a few joined buttons, or none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from screener.ui.style.theme import current, scaled
from screener.ui.style.tokens import CONTROL_RADIUS_PX, TARGET_PX
from screener.ui.widgets.flow import ItemLayout
from screener.ui.widgets.group import BareGroup, take_group_key
from screener.ui.widgets.heard import Heard
from screener.ui.widgets.outline import paint_focus

_PADDING_PX = 14


class Segment(Heard, QPushButton):
    """One option of a `Segmented`; paints its part of the joined outline."""

    step = Signal(int)
    """An arrow key was pressed: 1 forwards, -1 back."""
    entered = Signal()
    """It has the focus."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        # Says "radio button" to a screen reader; the group, which is not exclusive, decides what a click does.
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hear_toggles()
        self.first = self.last = True
        self.stacked = False

    def sizeHint(self) -> QSize:
        # As wide as the chosen, heavier text: nothing moves when the choice does.
        width = QFontMetrics(self._font(strong=True)).horizontalAdvance(self.text()) + 2 * scaled(_PADDING_PX)
        return QSize(width, max(scaled(TARGET_PX + 2), self.fontMetrics().height() + scaled(12)))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(24), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not take_group_key(self, event, self.step.emit):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t, chosen = current(), self.isChecked()
        painter = QPainter(self)
        self._paint_box(painter)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), scaled(CONTROL_RADIUS_PX), gap=t.on_accent if chosen else None)
        painter.setFont(self._font(strong=chosen))
        ink = t.on_accent if chosen else t.text
        painter.setPen(QColor(ink if self.isEnabled() else t.muted if chosen else t.off))
        inner = self.rect().adjusted(4, 0, -4, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _paint_box(self, painter: QPainter) -> None:
        t, chosen = current(), self.isChecked()
        fill, edge = t.surface, t.border if self.isEnabled() else t.track
        if chosen:
            fill = edge = t.accent if self.isEnabled() else t.track
        elif self.isEnabled() and (self.isDown() or self.underMouse()):
            fill = t.accent_soft if self.isDown() else t.hover
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(fill))
        radius = scaled(CONTROL_RADIUS_PX)
        painter.drawRoundedRect(self._joined_box(radius + 2), radius, radius)
        if not self.last and not chosen:
            painter.setPen(QPen(QColor(t.line if self.isEnabled() else t.track), 1))
            self._paint_divider(painter)

    def _joined_box(self, beyond: float) -> QRectF:
        """The outline of this part; where another part joins it reaches beyond the edge, so that no corner shows."""
        before, after = (0.5 if self.first else -beyond), (-0.5 if self.last else beyond)
        if self.stacked:
            return QRectF(self.rect()).adjusted(0.5, before, -0.5, after)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            before, after = -after, -before
        return QRectF(self.rect()).adjusted(before, 0.5, after, -0.5)

    def _paint_divider(self, painter: QPainter) -> None:
        if self.stacked:
            y = self.height() - 0.5
            painter.drawLine(QPointF(1, y), QPointF(self.width() - 1, y))
            return
        x = 0.5 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - 0.5
        painter.drawLine(QPointF(x, 1), QPointF(x, self.height() - 1))

    def _font(self, *, strong: bool) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Medium)
        return font


class _Joined(ItemLayout):
    """Puts segments beside each other, or below each other where the row has no room."""

    def height_in(self, width: int) -> int:
        heights = [item.sizeHint().height() for item in self.shown()]
        return (max(heights) if width >= self._row_width() else sum(heights)) if heights else 0

    def wanted(self) -> QSize:
        width = sum(item.sizeHint().width() for item in self.shown())
        return QSize(width, max((item.sizeHint().height() for item in self.shown()), default=0))

    def least(self) -> QSize:
        hints = [item.sizeHint() for item in self.shown()]
        widest = max((hint.width() for hint in hints), default=0)
        return QSize(min(widest, scaled(120)), max((hint.height() for hint in hints), default=0))

    def place(self, rect: QRect) -> None:
        items = self.shown()
        hints = [item.sizeHint() for item in items]
        stacked = rect.width() < self._row_width()
        widest = min(rect.width(), max((hint.width() for hint in hints), default=0))
        at = QPoint(rect.topLeft())
        for place, (item, hint) in enumerate(zip(items, hints, strict=True)):
            segment = item.widget()
            assert isinstance(segment, Segment)
            segment.stacked, segment.first, segment.last = stacked, place == 0, place == len(items) - 1
            box = QRect(at, QSize(widest if stacked else hint.width(), hint.height()))
            if not stacked and segment.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                box.moveRight(rect.left() + self._row_width() - 1 - (at.x() - rect.left()))
            item.setGeometry(box)
            at += QPoint(0, hint.height()) if stacked else QPoint(hint.width(), 0)

    def _row_width(self) -> int:
        return self.sizeHint().width()


class Segmented(BareGroup):
    """One choice out of a few joined buttons, or none: choosing the chosen one takes it back.

    With `always` there is no taking back: whoever presses the chosen one again keeps it, and nothing is emitted.

    Arrows move, Space and Enter choose, Tab leaves. `user_chose` is emitted for the user's deeds only.
    """

    user_chose = Signal(object)
    """The option id, or None when it was taken back."""

    def __init__(
        self,
        group_name: str,
        options: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        always: bool = False,
    ) -> None:
        super().__init__(group_name, parent)
        self._always = always
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._ids = [option for option, _ in options]
        self._chosen: str | None = None
        row = _Joined(self)
        for place, (_, text) in enumerate(options):
            button = Segment(text, f"{group_name}: {text}")
            button.step.connect(self._step)
            button.entered.connect(self._entered)
            row.addWidget(button)
            self._group.addButton(button, place)
        self._group.idClicked.connect(self._clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._stop_at(0)

    @property
    def chosen(self) -> str | None:
        return self._chosen

    def show_chosen(self, option: str | None) -> None:
        """Show a choice without saying that the user made it."""
        self._chosen = option
        for place, name in enumerate(self._ids):
            self._group.button(place).setChecked(name == option)
        if not any(button.hasFocus() for button in self._group.buttons()):
            self._stop_at(self._ids.index(option) if option in self._ids else 0)

    def rename(self, group_name: str) -> None:
        """Be called otherwise, with every option."""
        self.setAccessibleName(group_name)
        for button in self._group.buttons():
            button.setAccessibleName(f"{group_name}: {button.text()}")

    def choose(self, option: str) -> None:
        """Choose as the user would: an option, or take the chosen one back where there may be none."""
        self._clicked(self._ids.index(option))

    def button_of(self, option: str) -> QPushButton:
        """The button of an option."""
        found = self._group.button(self._ids.index(option))
        assert isinstance(found, QPushButton)
        return found

    def sizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None:
            return super().sizeHint()
        hint = layout.sizeHint()
        # Before it has its place its width is any: as low as it wants to be, so that nothing makes room for more.
        narrow = self.testAttribute(Qt.WidgetAttribute.WA_Resized) and self.width() < hint.width()
        return QSize(hint.width(), layout.heightForWidth(self.width())) if narrow else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # below each other they are higher than in a row

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def _clicked(self, place: int) -> None:
        again = self._ids[place] == self._chosen
        if again and self._always:
            self.show_chosen(self._chosen)
            return
        option = None if again else self._ids[place]
        self.show_chosen(option)
        self.user_chose.emit(option)

    def _step(self, by: int) -> None:
        place = self._group.id(self._sender()) + by
        if 0 <= place < len(self._ids):
            self._group.button(place).setFocus(Qt.FocusReason.TabFocusReason)

    def _entered(self) -> None:
        self._stop_at(self._group.id(self._sender()))

    def _sender(self) -> Segment:
        sender = self.sender()
        assert isinstance(sender, Segment)
        return sender

    def _stop_at(self, place: int) -> None:
        """Tab comes to one button of the group: where one was, else the chosen one, else the first."""
        for other, button in enumerate(self._group.buttons()):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == place else Qt.FocusPolicy.ClickFocus)
        if self._ids:
            self.setFocusProxy(self._group.button(place))
