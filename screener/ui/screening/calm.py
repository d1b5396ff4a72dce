"""What there is to say of an answer is said once the typing pauses: until then nothing on the page moves."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from screener.ui.widgets.layout import Notice
from screener.ui.widgets.visible import keep_room

PAUSE_MS = 900
"""Who has typed nothing for so long is not in the middle of a word."""


class CalmMessages(QObject):
    """Notices of one card. While a line of it is typed into they come late, and keep their room until it is left."""

    def __init__(self, card: QWidget) -> None:
        super().__init__(card)
        self._card = card
        self._wanted: dict[Notice, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._say_what_waits)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    @property
    def waits(self) -> bool:
        """Whether something is still to be said."""
        return any(self._wanted.values())

    def typed(self) -> None:
        """A key was typed into a line of the card."""
        if self._is_typed_into(QApplication.focusWidget()):
            self._pause.start()

    def say(self, notice: Notice, text: str) -> None:
        """Say something, or nothing any more, as soon as nobody is disturbed by it."""
        self._wanted[notice] = text
        if not self._is_typed_into(QApplication.focusWidget()):
            self._settle()
        elif not text and notice.text:
            # What holds no longer is taken away at once; its room stays until the card is left.
            keep_room(notice)
            notice.hide()
        if not self._pause.isActive() and text:
            self._pause.start()

    def say_at_once(self) -> str:
        """Say what waits, for the typing is over; the words, or empty where nothing waits."""
        said = " ".join(text for text in self._wanted.values() if text)
        self._say_what_waits()
        return said

    def _say_what_waits(self) -> None:
        for notice, text in [*self._wanted.items()]:
            if text:
                del self._wanted[notice]
                self._show(notice, text)

    def _settle(self) -> None:
        self._pause.stop()
        waiting, self._wanted = self._wanted, {}
        for notice, text in waiting.items():
            self._show(notice, text)

    def _show(self, notice: Notice, text: str) -> None:
        keep_room(notice, kept=False)
        notice.show_text(text)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if self._wanted and not self._is_typed_into(now):
            self._settle()

    def _is_typed_into(self, widget: QWidget | None) -> bool:
        return isinstance(widget, QLineEdit | QPlainTextEdit) and self._card.isAncestorOf(widget)
