"""Buttons, segments, chips and labels: each with a name, a role, a key and a visible focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from screener.ui.style.theme import current, scaled


def label(text: str = "", level: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label of one of the sheet's levels: page, title, large, strong, muted, small, small-strong, alarm, figure."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if level:
        made.setProperty("level", level)
    if wrap:
        made.setWordWrap(True)
        made.setMinimumWidth(40)
        policy = made.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        made.setSizePolicy(policy)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def chip(text: str, *, large: bool = False) -> QLabel:
    """A small outlined label."""
    made = label(text)
    made.setProperty("look", "chip-large" if large else "chip")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def restyle(widget: QWidget) -> None:
    """Have the style sheet look at a widget's changed properties."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class ActionButton(QPushButton):
    """A button that shows its key as a small cap beside the text."""

    def __init__(self, text: str, key: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._key = key
        if look:
            self.setProperty("look", look)
        self.setAccessibleName(text)
        if key:
            self.setAccessibleDescription(f"Key {key}")
            self.setToolTip(f"{text} ({key})")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    def _cap_width(self) -> int:
        if not self._key:
            return 0
        font = self.font()
        font.setPixelSize(scaled(11))
        from PySide6.QtGui import QFontMetrics

        return QFontMetrics(font).horizontalAdvance(self._key) + scaled(10)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + (self._cap_width() + scaled(6) if self._key else 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._key:
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter

        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        primary = self.property("look") == "primary" and self.isEnabled()
        ink = QColor(current().on_accent if primary else (current().text if self.isEnabled() else current().muted))
        cap = self._cap_width()
        inner = self.rect()
        start = (inner.width() - (self.fontMetrics().horizontalAdvance(text) + scaled(6) + cap)) // 2
        painter.setPen(ink)
        font = self.font()
        if primary:
            font.setBold(True)
        painter.setFont(font)
        painter.drawText(inner.adjusted(start, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        small = self.font()
        small.setPixelSize(scaled(11))
        height = scaled(17)
        box = QRectF(inner.width() - start - cap, (inner.height() - height) / 2, cap, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink if primary else QColor(current().border), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(small)
        painter.setPen(ink if primary else QColor(current().muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        return super().event(event)


class LinkButton(QPushButton):
    """A quiet button that looks like a link."""

    def __init__(self, text: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("look", "link")
        self.setAccessibleName(name or text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class Segmented(QWidget):
    """One choice out of a few joined buttons, or none: choosing the chosen one takes it back. Emits only for the user's deeds."""

    user_chose = Signal(object)
    """The option id, or None when it was taken back."""

    def __init__(self, group_name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(group_name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._ids = [option for option, _ in options]
        self._chosen: str | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (_, text) in enumerate(options):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("look", "segment")
            button.setProperty("place", _place(place, len(options)))
            button.setAccessibleName(f"{group_name}: {text}")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == 0 else Qt.FocusPolicy.ClickFocus)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.installEventFilter(self)
            row.addWidget(button)
            self._group.addButton(button, place)
        self._group.idClicked.connect(self._clicked)
        self.setFocusProxy(self._group.button(0))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def chosen(self) -> str | None:
        return self._chosen

    def show_chosen(self, option: str | None) -> None:
        """Show a choice without saying that the user made it."""
        self._chosen = option
        for place, name in enumerate(self._ids):
            button = self._group.button(place)
            button.setChecked(name == option)
            tab = name == option or (option not in self._ids and place == 0)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)
        if option in self._ids:
            self.setFocusProxy(self._group.button(self._ids.index(option)))

    def choose(self, option: str) -> None:
        """Choose as the user would: an option, or take it back when it is the chosen one."""
        self._clicked(self._ids.index(option))

    def button_of(self, option: str) -> QPushButton:
        found = self._group.button(self._ids.index(option))
        assert isinstance(found, QPushButton)
        return found

    def _clicked(self, place: int) -> None:
        option = None if self._ids[place] == self._chosen else self._ids[place]
        self.show_chosen(option)
        self.user_chose.emit(option)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QPushButton):
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
            if step is not None:
                place = self._group.id(watched) + step
                if 0 <= place < len(self._ids):
                    self._group.button(place).setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._clicked(self._group.id(watched))
                return True
        return False


def _place(index: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if index == 0 else "last" if index == count - 1 else "middle"
