"""The presenter's own window: the words, the author's note, what comes next. Never for the class."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.training.play_page import DEEDS, DeedKeys, Deeds
from screener.ui.training.stray_sign import SIGN
from screener.ui.training.telling_strip import PlayButtons
from screener.ui.training.telling_words import Notes
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.layout import Banner, Card, Halves, Notice, ScrollPage, clear, plain

_SIZE, _LEAST = QSize(960, 720), QSize(480, 420)
_NEXT = 4


class PresenterView(QWidget):
    """A window beside the class's, with the same keys. Closing it ends nothing."""

    closed = Signal()

    def __init__(self, title: str, deeds: Deeds) -> None:
        super().__init__()
        self.setWindowTitle(tr("Presenter view · {title}").format(title=title))
        self.setAccessibleName(tr("Presenter view"))
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_LEAST)
        self._keys = DeedKeys(self, deeds)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        private = tr("Private to the presenter: for your own screen, never for the class. The patient is made up.")
        column.addWidget(Banner(private))
        self._page = ScrollPage("page", 1180, 20)
        column.addWidget(self._page, 1)
        foot = plain("foot")
        row = QVBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        self._buttons = PlayButtons([deed for deed in DEEDS if deed != "presenter"])
        self._buttons.asked.connect(self._keys.do)
        row.addWidget(self._buttons)
        column.addWidget(foot)

    def show_notes(self, notes: Notes) -> None:
        """Show one beat."""
        body = self._page.body
        clear(body)
        told = notes.telling
        body.addWidget(
            label(" · ".join(part for part in (told.place, notes.minute, told.room) if part), "strong", wrap=True)
        )
        if notes.stray:
            body.addWidget(
                Notice(tr("{sign}. {back}").format(sign=SIGN, back=tr("W leads back to the step below.")), "warning")
            )
        body.addWidget(Halves(_now(notes), _next(notes), 640, shares=(3, 2)))
        body.addStretch(1)
        self.setAccessibleDescription(told.said)

    def offer(self, offered: frozenset[str]) -> None:
        """Only these are done now."""
        self._buttons.offer(offered)
        self._keys.offer(offered)

    def show_on(self, action_id: str, *, on: bool) -> None:
        self._buttons.show_on(action_id, on=on)

    def come_beside(self, window: QWidget) -> None:
        """Onto another screen than the class's window where there is one, else beside it."""
        self.setGeometry(place_beside(window.frameGeometry(), window.screen().geometry(), *_other_screens(window)))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.takes(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


def _now(notes: Notes) -> QWidget:
    told = notes.telling
    card = Card("card")
    card.body.addWidget(heading(tr("The class sees")))
    if told.who:
        card.body.addWidget(label(told.who, "strong", wrap=True))
    words = tr("“{words}”").format(words=told.words) if told.quoted and told.words else told.words
    if words:
        card.body.addWidget(label(words, "large", wrap=True))
    for title, text in ((tr("What you do"), notes.cue), (tr("The author's note"), notes.note)):
        if text:
            card.body.addWidget(heading(title))
            card.body.addWidget(label(text, wrap=True))
    card.body.addStretch(1)
    return card


def _next(notes: Notes) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    if notes.discussion:
        card = Card("card-chosen")
        card.body.addWidget(heading(tr("To discuss, when you come to it")))
        for ask in notes.discussion:
            card.body.addWidget(label(ask, wrap=True))
        column.addWidget(card)
    card = Card("card")
    card.body.addWidget(heading(tr("What comes next")))
    for text in notes.coming[:_NEXT] or (tr("This is the last step: the debrief follows."),):
        card.body.addWidget(label(text, wrap=True))
    column.addWidget(card)
    column.addStretch(1)
    return holder


def _other_screens(window: QWidget) -> list[QRect]:
    return [screen.availableGeometry() for screen in QGuiApplication.screens() if screen is not window.screen()]


def place_beside(window: QRect, screen: QRect, *others: QRect) -> QRect:
    """Where the presenter's window stands: in the middle of the first other screen, else at the side with more room."""
    if others:
        found = QRect(0, 0, *_SIZE.boundedTo(others[0].size()).toTuple())
        found.moveCenter(others[0].center())
        return found
    right, left = screen.right() - window.right(), window.left() - screen.left()
    width = max(_LEAST.width(), min(_SIZE.width(), max(right, left)))
    height = min(_SIZE.height(), screen.height())
    x = window.right() + 1 if right >= left else window.left() - width
    found = QRect(x, window.top(), width, height)
    found.moveLeft(max(screen.left(), min(found.left(), screen.right() + 1 - width)))
    found.moveTop(max(screen.top(), min(found.top(), screen.bottom() + 1 - height)))
    return found
