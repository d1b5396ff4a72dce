"""The foot of Settings: what of the clinic's choices is not saved, and what is asked before the page is left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from screener.language import tr
from screener.ui.actions import BY_ID
from screener.ui.style.theme import unscaled
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import FlowLayout, plain
from screener.ui.widgets.messages import Sign
from screener.ui.widgets.speech import announce

_BESIDE_PX = 760
"""From this width of text on the buttons stand beside what is said."""
NOTHING = tr("What this clinic chose is saved as it is shown.")


class SettingsFoot(QWidget):
    """Always there, so that nothing moves when something is changed. Asks in its place, and never over the page."""

    save = Signal()
    put_back = Signal()
    save_and_leave = Signal()
    leave = Signal()
    stay = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Saving"))
        self.asks = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(24, 8, 24, 8)
        self._row.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(10)
        self._sign = Sign("warning")
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self._text = label(NOTHING, "muted", wrap=True)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(row, 1)
        holder = plain()
        flow = FlowLayout(holder, gap_px=10)
        self._save = ActionButton(tr("Save"), BY_ID["save_settings"].key_hint, "primary")
        self._back = ActionButton(tr("Put back"))
        self._back.setAccessibleDescription(tr("Shows what is saved, in place of what was changed"))
        self._save_and_leave = ActionButton(tr("Save and leave"), "", "primary")
        self._leave = ActionButton(tr("Leave without saving"))
        self._stay = ActionButton(tr("Stay"), "Esc")
        for button, signal in (
            (self._save, self.save),
            (self._back, self.put_back),
            (self._save_and_leave, self.save_and_leave),
            (self._leave, self.leave),
            (self._stay, self.stay),
        ):
            button.clicked.connect(signal)
            flow.addWidget(button)
        self._row.addWidget(holder, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_unsaved(())

    @property
    def text(self) -> str:
        return self._text.text()

    def show_unsaved(self, names: Sequence[str], said: str = "") -> None:
        """Name what is not saved; where nothing is, say so, or what came of the last deed."""
        self._show(asking=False)
        self._save.setEnabled(bool(names))
        self._back.setEnabled(bool(names))
        self._say(
            tr("Not saved yet: {names}.").format(names=", ".join(names)) if names else said or NOTHING,
            attention=bool(names),
        )

    def ask(self, names: Sequence[str], doing: str) -> None:
        """Ask what becomes of it before the page is left."""
        self._show(asking=True)
        text = tr("Not saved yet: {names}. {doing} all the same?").format(names=", ".join(names), doing=doing)
        self._say(text, attention=True)
        self._save_and_leave.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, text, urgent=True)

    def show_problem(self, text: str) -> None:
        """Say why it was not saved."""
        self._show(asking=False)
        for button in (self._save, self._back):
            button.setEnabled(True)
        self._say(text, attention=True)
        announce(self, text, urgent=True)

    def show_saving(self) -> None:
        """It is on its way to the disk."""
        self._say(tr("Saving…"), attention=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = unscaled(event.size().width()) >= _BESIDE_PX
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)

    def _say(self, text: str, *, attention: bool) -> None:
        self._text.setText(text)
        self._sign.setVisible(attention)

    def _show(self, *, asking: bool) -> None:
        self.asks = asking
        for button in (self._save, self._back):
            button.setVisible(not asking)
        for button in (self._save_and_leave, self._leave, self._stay):
            button.setVisible(asking)
