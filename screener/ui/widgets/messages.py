"""Messages in their place: notices, banners, empty states. Nothing pops up and nothing goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from screener.ui.style.theme import current, scaled
from screener.ui.widgets.marks import Mark
from screener.ui.widgets.text import label
from screener.ui.widgets.visible import reveal

_STRIPE_PX = 14
_SIGNS = {"info": "i", "warning": "!"}
_SIGN_NAMES = {"info": "note", "warning": "attention"}


class Sign(QLabel):
    """What kind of message it is, by shape: a letter in a circle to know, in a square to act on."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setAccessibleName(_SIGN_NAMES[kind])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(18), scaled(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = QColor(current().review if self._kind == "warning" else current().accent)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(ink, max(1.4, scaled(14) / 10))
        painter.setPen(pen)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self._kind == "warning":
            painter.drawRoundedRect(box, scaled(3), scaled(3))
        else:
            painter.drawEllipse(box)
        font = QFont(self.font())
        font.setPixelSize(scaled(11))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, _SIGNS[self._kind])
        painter.end()


class Notice(QFrame):
    """A calm message in its place, with what to do next.

    `kind` is told by shape and words: "info", "warning" (something to act on), "doubt" (mistyped, not agreeing).
    """

    def __init__(
        self, text: str = "", kind: str = "info", parent: QWidget | None = None, *, action: QPushButton | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "info" if kind == "info" else "notice")
        self._kind, self._action = kind, action
        self._label: QLabel | None = None
        """Made, with what stands beside it, when there is something to say: most notices of a page never have to."""
        self.show_text(text)

    def _make(self) -> QLabel:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(9)
        sign = Mark("check", 14) if self._kind == "doubt" else Sign(self._kind)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        made = label("", wrap=True)
        row.addWidget(made, 1)
        if self._action is not None:
            row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    @property
    def text(self) -> str:
        return "" if self._label is None else self._label.text()

    def show_text(self, text: str) -> None:
        """Say something, or nothing: then the notice is gone."""
        if self._label is None and (text or self._action is not None):
            self._label = self._make()
        if self._label is not None:
            self._label.setText(text)
        self.setAccessibleName(text)
        reveal(self, bool(text))


class Banner(QFrame):
    """A line across the page that stays while something holds, with at most one way out of it."""

    def __init__(self, text: str, action: QPushButton | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(Sign("info"))
        self._label = label(text, wrap=True)
        row.addWidget(self._label, 1)
        if action is not None:
            row.addWidget(action)


class StripedBanner(QLabel):
    """The standing banner over everything made-up: striped, so that it is told by more than colour."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(scaled(200), self.heightForWidth(scaled(900)))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), scaled(26))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - 16), 10_000)
        wrapped = self._words().boundingRect(room, self._flags(), self.text())
        return max(scaled(26), wrapped.height() + scaled(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(t.stripe_one))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.stripe_two))
        wide, height = scaled(_STRIPE_PX), self.height()
        for x in range(-height, self.width() + wide, 2 * wide):
            corners = ((x, height), (x + height, 0), (x + height + wide, 0), (x + wide, height))
            painter.drawPolygon(QPolygon([QPoint(*corner) for corner in corners]))
        painter.setFont(self._font())
        painter.setPen(QColor(t.on_stripe))
        painter.drawText(self.rect().adjusted(8, 0, -8, 0), self._flags(), self.text())
        painter.end()

    def _flags(self) -> int:
        return int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(scaled(12))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _words(self) -> QFontMetrics:
        return QFontMetrics(self._font())


class EmptyState(QWidget):
    """What stands where nothing is yet: a line, and the way to begin."""

    def __init__(self, title: str, text: str, button: QPushButton | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(6)
        for said, level in ((title, "large"), (text, "muted")):
            made = label(said, level, wrap=True)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(made)
        if button is not None:
            column.addSpacing(8)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
