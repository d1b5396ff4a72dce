"""What is half written on a form waits wherever one goes, behind the lock too, for the account that wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from screener.ui.shell.half_written import HalfWritten

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from screener.ui.adjusting import Unfinished
    from screener.ui.shell.window import MainWindow


class Waiting(QObject):
    """Takes what is written from each page that goes, and gives it to the next page of the same form."""

    def __init__(self, window: MainWindow, unfinished: Unfinished, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._unfinished = window, unfinished
        self._over = False
        window.goes.connect(self._keep)
        window.turned.connect(self._give)

    def _keep(self, page: QWidget) -> None:
        if self._over or not isinstance(page, HalfWritten) or page.filling.done:
            return
        written, forms = page.written, self._unfinished.forms
        if written is None:
            forms.pop(page.filling.form, None)
        else:
            forms[page.filling.form] = page.filling, written

    def _give(self) -> None:
        page = self._window.base
        if self._over or not isinstance(page, HalfWritten):
            return
        filling, written = self._unfinished.forms.get(page.filling.form, (page.filling, None))
        if filling is page.filling:  # its own, and it may have been written on since
            return
        del self._unfinished.forms[page.filling.form]
        if self._unfinished.left_at is filling:
            self._unfinished.left_at = None
        if not filling.done:
            page.take_up(written)

    def look(self) -> None:
        """Take what stands on the page that is open, which stays."""
        self._keep(self._window.base)

    def put_aside(self) -> None:
        """The records are locked: home says afterwards which form was on the screen."""
        page = self._window.base
        self.look()
        if isinstance(page, HalfWritten) and page.filling.form in self._unfinished.forms:
            self._unfinished.left_at = page.filling

    def end(self) -> None:
        """The records are closed: what comes to the window from here on is nobody's who had them open."""
        self._over = True
