"""A large button with a title and what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.widgets.buttons import KeyButton
from screener.ui.widgets.chips import KeyCap
from screener.ui.widgets.text import label


class BigChoice(KeyButton):
    """Title, text and, where it has one, its key. As high as its text needs at the width it is given."""

    def __init__(self, title: str, text: str, *, key: str = "", least_px: int = 96, level: str = "strong") -> None:
        super().__init__()
        self._least_px = least_px
        self.setProperty("look", "pathway")
        self.setAccessibleName(title)
        self.setAccessibleDescription(tr("{text} Key {key}").format(text=text, key=key) if key else text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(5)
        head = QHBoxLayout()
        head.addWidget(label(title, level, wrap=True), 1)
        if key:
            self.setShortcut(key)
            head.addWidget(KeyCap(key), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(label(text, "muted", wrap=True))
        column.addStretch(1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        width = self.width() if self.width() > scaled(160) else scaled(300)
        return QSize(scaled(220), max(layout.heightForWidth(width), scaled(self._least_px)))
