"""How far work on the store thread is, told in the window's thread; and the wish to leave it undone."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Signal

from screener.language import tr
from screener.text import WorldError


class LeftUndone(WorldError):  # noqa: N818 - named after what the person at the desk is told
    """Somebody did not want to wait: the work ended, and nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__(tr("It was left undone, and nothing of it was kept."))


class Progress(QObject):
    """Hears of progress where the work is done, and says `moved` where the window is."""

    moved = Signal(object, object)
    """(bytes done, bytes in all)"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = Event()

    def hear(self, done: int, of: int) -> None:
        """Called by the work. Raises `LeftUndone` once it is not waited for any more."""
        if self._left.is_set():
            raise LeftUndone
        self.moved.emit(done, of)

    def leave(self) -> None:
        """End the work at its next step."""
        self._left.set()
