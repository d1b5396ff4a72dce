"""The cover: a plain screen that hides everything at once.

Back with one key for a minute, with the passphrase after.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from screener.language import tr
from screener.text import WorldError, problem_words
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import Notice

FREE_RETURN_S = 60


class CoverPage(QWidget):
    """Shows nothing of the screening: no reference, mark, list or answer."""

    lifted = Signal()

    def __init__(self, now: Callable[[], datetime], check_passphrase: Callable[[str], None] | None) -> None:
        super().__init__()
        self._now, self._check = now, check_passphrase
        self._since = now()
        self._asks = False
        self.passphrase_was_right = False
        """Whether the passphrase lifted it, not one key within the minute."""
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Covered"))
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.setSpacing(10)
        title = label("Screener", "page")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        self._line = label("", "muted", wrap=True)
        self._line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._line)
        self._back = ActionButton(tr("Back"), "F9", "primary")
        self._back.clicked.connect(self.try_to_lift)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignHCenter)
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setPlaceholderText(tr("Passphrase"))
        self._passphrase.setAccessibleName(tr("Passphrase"))
        self._passphrase.setMinimumWidth(scaled(240))
        self._passphrase.returnPressed.connect(self.try_to_lift)
        column.addWidget(self._passphrase, 0, Qt.AlignmentFlag.AlignHCenter)
        self._notice = Notice("")
        self._notice.setMinimumWidth(scaled(420))
        row = QHBoxLayout()  # not aligned in the column: that would give it the height of the whole width
        row.addStretch(1)
        row.addWidget(self._notice)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def cover(self) -> None:
        """Begin to cover."""
        self._since, self._asks, self.passphrase_was_right = self._now(), False, False
        self._passphrase.clear()
        self._passphrase.hide()
        self._notice.show_text("")
        self._line.setText(tr("Covered. What was typed is kept."))
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """From now on only the passphrase uncovers, where there is one."""
        self._asks = True
        if self._check is not None:
            self._line.setText(tr("Covered. What was typed is kept. Your passphrase, please."))
            self._passphrase.show()
            self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_to_lift(self) -> None:
        """Uncover: at once within the minute, with the right passphrase after it."""
        late = (self._now() - self._since).total_seconds() > FREE_RETURN_S
        if not (late or self._asks) or self._check is None:
            self.lifted.emit()
            return
        self._passphrase.show()
        if not self._passphrase.text():
            if late:
                self._line.setText(tr("Covered for more than a minute: your passphrase, please."))
            self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            self._check(self._passphrase.text())
        except WorldError as wrong:
            self._notice.show_text(problem_words(wrong))
            self._passphrase.selectAll()
            return
        self._passphrase.clear()
        self.passphrase_was_right = True
        self.lifted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F9, Qt.Key.Key_Escape):
            self.try_to_lift()
            return
        super().keyPressEvent(event)
