"""What happened beside the page that is open: one line at the foot of the window, until it is closed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from screener.language import tr
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import plain
from screener.ui.widgets.messages import Sign
from screener.ui.widgets.speech import announce


class NewsLine(QWidget):
    """Says one thing at a time and takes no focus. `asked`: somebody wants to see what stands behind it."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        bar = plain("foot")
        inner = QHBoxLayout(bar)
        inner.setContentsMargins(16, 6, 16, 6)
        inner.setSpacing(10)
        self._note, self._attention = Sign("info"), Sign("warning")
        inner.addWidget(self._note)
        inner.addWidget(self._attention)
        self._text = label("", wrap=True)
        inner.addWidget(self._text, 1)
        self.more = ActionButton("")
        self.more.clicked.connect(self.asked)
        inner.addWidget(self.more)
        self.shut = ActionButton(tr("Close"), "", "quiet")
        self.shut.setAccessibleName(tr("Close this line"))
        self.shut.clicked.connect(self.hide)
        inner.addWidget(self.shut)
        row.addWidget(bar)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; nothing when it is closed."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, text: str, more: str = "", *, attention: bool = False) -> None:
        """Say something, with the name of the button that shows what stands behind it, if there is anything."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._note.setVisible(not attention)
        self._attention.setVisible(attention)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.show()
        announce(self, text)
