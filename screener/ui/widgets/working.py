"""The sign of work that takes a while: what it is, how far it is, and for how long it has been going on."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from screener.ui.widgets.marks import ThinBar
from screener.ui.widgets.speech import announce
from screener.ui.widgets.text import label
from screener.ui.widgets.visible import reveal


class Working(QFrame):
    """Hidden until `begin`. A bar where it is known how much there is to do; seconds always, so that it lives."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "info")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        self._text = label("", wrap=True)
        column.addWidget(self._text)
        row = QHBoxLayout()
        row.setSpacing(10)
        self._bar = ThinBar(0.0, "done")
        self._bar.setFixedWidth(240)
        row.addWidget(self._bar)
        self._figure = label("", "muted")
        row.addWidget(self._figure)
        row.addStretch(1)
        column.addLayout(row)
        self._seconds = 0
        self._share: float | None = None
        self._tick = QTimer(self, interval=1_000)
        self._tick.timeout.connect(self._second)
        self.hide()

    @property
    def text(self) -> str:
        """What it says is being done; nothing when it is not at work."""
        return self._text.text() if self._tick.isActive() else ""

    def begin(self, text: str) -> None:
        """From here on this is being done."""
        self._seconds, self._share = 0, None
        self.say(text)
        self._show()
        self._tick.start()
        reveal(self, True)

    def say(self, text: str) -> None:
        """The work has come to something else."""
        if text != self._text.text():
            self._text.setText(text)
            self.setAccessibleName(text)
            announce(self, text)

    def show_share(self, share: float) -> None:
        """How much of it is done, from 0 to 1."""
        self._share = share
        self._show()

    def end(self) -> None:
        """It is over: what came of it is said elsewhere."""
        self._tick.stop()
        self._text.setText("")
        reveal(self, False)

    def _second(self) -> None:
        self._seconds += 1
        self._show()

    def _show(self) -> None:
        reveal(self._bar, self._share is not None)
        self._bar.show_share(self._share or 0.0)
        done = f"{round(100 * self._share)} %, " if self._share is not None else ""
        self._figure.setText(f"{done}{self._seconds} s")
