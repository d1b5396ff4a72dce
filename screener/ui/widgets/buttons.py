"""Buttons that say what they do and with which key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from screener.language import tr
from screener.ui.style.theme import current, scaled
from screener.ui.style.tokens import CONTROL_RADIUS_PX, TARGET_PX
from screener.ui.widgets.chips import cap_size, cap_words, paint_cap
from screener.ui.widgets.mirrored import seen
from screener.ui.widgets.outline import paint_box, paint_focus, rect_of

_PAINTED_HERE = ("", "primary", "quiet")
_PADDING_PX, _QUIET_PADDING_PX, _LEAST_PADDING_PX, _GAP_PX = 14, 8, 5, 6
_MNEMONIC = int(Qt.TextFlag.TextShowMnemonic)


class KeyButton(QPushButton):
    """A button that Enter presses as Space does, wherever it stands."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


class ActionButton(KeyButton):
    """A button that shows its key as a small cap. `look`: "" (outlined), "primary", "quiet", or a look of the sheet."""

    def __init__(self, text: str, key: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._key = key
        if look:
            self.setProperty("look", look)
        self.setAccessibleName(text)
        self._tell_key()
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setText(text)
        self.setAccessibleName(text)
        if self._key:
            self._tell_key()

    def allow(self, allowed: bool, otherwise: str) -> None:
        """One that cannot be used says when it can."""
        self.setEnabled(allowed)
        if allowed:
            self._tell_key()
        else:
            self.setToolTip(f"{self.text().rstrip('…')}: {otherwise}")
            self.setAccessibleDescription(otherwise)

    def _tell_key(self) -> None:
        self.setAccessibleDescription(tr("Key {key}").format(key=self._key) if self._key else "")
        self.setToolTip(f"{self.text()} ({self._key})" if self._key else "")

    @property
    def _look(self) -> str:
        return str(self.property("look") or "")

    def sizeHint(self) -> QSize:
        if self._look not in _PAINTED_HERE:
            return super().sizeHint()
        padding = scaled(_QUIET_PADDING_PX if self._look == "quiet" else _PADDING_PX)
        width = self._words_width() + self._cap_width() + 2 * padding
        return QSize(width, max(scaled(TARGET_PX + 2), self.fontMetrics().height() + scaled(12)))

    def minimumSizeHint(self) -> QSize:
        # Where there is little room the cap goes first: the key stays in the tip and the description.
        hint = self.sizeHint()
        return QSize(hint.width() - self._cap_width(), hint.height()) if self._look in _PAINTED_HERE else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._look not in _PAINTED_HERE:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        fill, edge, ink = self._colours()
        paint_box(painter, rect_of(self), scaled(CONTROL_RADIUS_PX), fill, edge)
        if self.hasFocus():
            gap = current().on_accent if self._look == "primary" else None
            paint_focus(painter, rect_of(self), scaled(CONTROL_RADIUS_PX), gap=gap)
        self._paint_words(painter, ink)
        painter.end()

    def _colours(self) -> tuple[str | None, str | None, str]:
        """Fill, edge and ink as the button stands now."""
        t, over = current(), self.underMouse() and self.isEnabled()
        if self._look == "primary":
            if not self.isEnabled():
                return t.track, t.track, t.muted
            fill = t.accent_hover if over or self.isDown() else t.accent
            return fill, fill, t.on_accent
        ink = t.text if self.isEnabled() else t.off
        fill = t.accent_soft if self.isDown() else t.hover if over else t.surface
        if self._look == "quiet":
            return (fill if over or self.isDown() else None), None, t.accent if self.isEnabled() else t.off
        return fill, t.border if self.isEnabled() else t.track, ink

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        room = self.width() - 2 * scaled(_LEAST_PADDING_PX)
        cap = self._cap_width() if self._words_width() + self._cap_width() <= room else 0
        width = min(self._words_width(), room)
        left = (self.width() - width - cap) / 2
        painter.setFont(self._words_font())
        painter.setPen(QColor(ink))
        words = QRectF(left, 0, width + 1, self.height())
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width, _MNEMONIC)
        painter.drawText(seen(self, words), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, text)
        if cap:
            primary = self._look == "primary"
            size = cap_size(cap_words(self._key), self.font())
            top = round((self.height() - size.height()) / 2)
            box = QRectF(left + width + scaled(_GAP_PX), top, size.width(), size.height())
            edge = ink if primary else current().chip
            paint_cap(
                painter, seen(self, box), cap_words(self._key), self.font(), ink if primary else current().muted, edge
            )

    def _words_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Medium)
        return font

    def _words_width(self) -> int:
        return QFontMetrics(self._words_font()).size(_MNEMONIC, self.text()).width()

    def _cap_width(self) -> int:
        return cap_size(cap_words(self._key), self.font()).width() + scaled(_GAP_PX) if self._key else 0

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()


class LinkButton(KeyButton):
    """A quiet button that looks like a link."""

    def __init__(self, text: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("look", "link")
        self.setAccessibleName(name or text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
