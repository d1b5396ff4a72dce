"""Finding a line of a list by typing a part of what it is called."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

PAUSE_MS = 1_200
"""After so long the next sign begins another word."""


class TypeAhead(QObject):
    """What is typed where the keyboard is on one of some lines puts it on the first line that holds it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: Mapping[str, QWidget] = {}
        self._typed = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._forget)

    def look_in(self, lines: Mapping[str, QWidget]) -> None:
        """From here on in these lines, each by what it is called."""
        self._forget()
        self._lines = lines
        for line in lines.values():
            line.installEventFilter(self)

    def _forget(self) -> None:
        self._typed = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not plain or not event.text().strip() or not event.text().isprintable():
            return False
        self._typed += event.text().casefold()
        self._pause.start()
        found = next((line for name, line in self._lines.items() if self._typed in name.casefold()), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
        return True
