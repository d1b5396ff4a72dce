"""Opening the records: with the passphrase, or with the recovery key and a new passphrase."""

from __future__ import annotations

import math
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.text import WorldError
from screener.ui.shell.form_page import LEAST_CHARACTERS, FormPage, text_line
from screener.ui.widgets.controls import ActionButton, LinkButton, label

_TICK_MS = 250


class UnlockPage(FormPage):
    """The passphrase; or the recovery key with a new passphrase."""

    unlock = Signal(str)
    recover = Signal(str, str)
    try_out = Signal()

    def __init__(self, lead: str = "") -> None:
        super().__init__("Open the records", lead or "The records on this computer are encrypted.")
        self.passphrase = text_line(secret=True)
        self.add("Passphrase", self.passphrase)
        self.passphrase.returnPressed.connect(self._go)
        self._recovery = QWidget()
        column = QVBoxLayout(self._recovery)
        column.setContentsMargins(0, 0, 0, 0)
        self.key, self.new, self.again = text_line(480), text_line(secret=True), text_line(secret=True)
        for text, line in (
            ("Recovery key", self.key),
            ("New passphrase", self.new),
            ("New passphrase again", self.again),
        ):
            line.textEdited.connect(self._hush)
            line.returnPressed.connect(self._recover)
            line.setAccessibleName(text)
            column.addWidget(label(text, "strong"))
            column.addWidget(line)
        recover = ActionButton("Open with the recovery key")
        recover.clicked.connect(self._recover)
        column.addWidget(recover, 0, Qt.AlignmentFlag.AlignLeft)
        self._recovery.hide()
        self.body.addWidget(self._recovery)
        self._button = ActionButton("Open", "Enter", "primary")
        self._button.clicked.connect(self._go)
        forgotten = LinkButton("Passphrase forgotten")
        forgotten.clicked.connect(self._show_recovery)
        trying = LinkButton("Try it with a made-up patient")
        trying.clicked.connect(self.try_out)
        self.finish(self._button)
        self.body.insertWidget(self.body.count() - 1, forgotten)
        self.body.insertWidget(self.body.count() - 1, trying)
        self._wait = QTimer(self, interval=_TICK_MS)
        self._wait.timeout.connect(self._count_down)
        self._free_at = 0.0

    def _go(self) -> None:
        if not self._left_s and self.passphrase.text():
            self._button.setEnabled(False)
            self.say("Opening…")
            self.unlock.emit(self.passphrase.text())

    def _show_recovery(self) -> None:
        self._recovery.show()
        self._button.hide()
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hush(self) -> None:
        """What was said of the words before does not stand beside the new ones."""
        self.say("")

    def _recover(self) -> None:
        if not self.key.text().strip():
            self.say("Type the recovery key that was printed or written down when the records were set up.")
            self.key.setFocus(Qt.FocusReason.OtherFocusReason)
        elif len(self.new.text()) < LEAST_CHARACTERS:
            self.say(f"The new passphrase needs at least {LEAST_CHARACTERS} characters; it has {len(self.new.text())}.")
            self.new.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.new.text() != self.again.text():
            self.say("The two passphrases differ. Type the second one again.")
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.say("Opening…")
            self.recover.emit(self.key.text(), self.new.text())

    def show_problem(self, problem: WorldError) -> None:
        """Say why it stayed closed; after wrong tries the next one waits, counted down in words."""
        self._button.setEnabled(True)
        super().show_problem(problem)
        self._said = problem.said
        wait_s = getattr(problem, "retry_after_s", 0)
        if wait_s:
            self._free_at = monotonic() + wait_s
            self._button.setEnabled(False)
            self._wait.start()
            self._count_down()
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _left_s(self) -> int:
        """Whole seconds until the next try; 0 when it is possible."""
        return max(0, math.ceil(self._free_at - monotonic()))

    def _count_down(self) -> None:
        if self._left_s:
            self.say(f"{self._said} The next try is possible in {self._left_s} s.")
            return
        self._wait.stop()
        self._button.setEnabled(True)
        self.say(f"{self._said} The next try is possible now.")
