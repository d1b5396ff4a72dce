"""The patient's own words: jotted from anywhere, linked to a question now or later."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from screener.clock import Clock
from screener.language import tr
from screener.screening.change import Change
from screener.screening.steps import Jot
from screener.ui.fields.base import share_undo
from screener.ui.screening.panels import Panel
from screener.ui.screening.times import time_said
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, LinkButton, heading, label
from screener.ui.widgets.drop_down import DropDown, WrappingDropDown
from screener.ui.widgets.layout import ScrollPage, clear, hairline

_NOT_LINKED = tr("Not linked to a question")


class JotPanel(Panel):
    """A new jot, and those there are. Ctrl+Enter keeps, Esc returns."""

    drafted = Signal(str)
    """What is typed and not kept yet is something else, at every key; empty when nothing is."""

    def __init__(self, controller: SessionController, draft: str = "") -> None:
        super().__init__(
            tr("Jot"),
            tr(
                "The patient's own words. Ctrl+Enter keeps them with the time; Esc returns, "
                "and what is typed waits here."
            ),
        )
        self._controller = controller
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("Jot: the patient's own words"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(scaled(96))
        self.text.setPlainText(draft)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.textChanged.connect(self._say_draft)
        self.text.installEventFilter(self)
        share_undo(self.text, typing=lambda: bool(self.text.toPlainText()))
        # All of it scrolls: at large text the panel is higher than the window.
        page = ScrollPage("surface", 520, 0)
        self.body.addWidget(page, 1)
        page.body.addWidget(self.text)
        self.link = self._links(tr("Jot: linked to"))
        page.body.addWidget(label(tr("Linked to"), "muted"))
        page.body.addWidget(self.link)
        keep = ActionButton(tr("Keep"), "Ctrl+Return", "primary")
        keep.clicked.connect(self.keep)
        page.body.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)
        page.body.addSpacing(8)
        page.body.addWidget(heading(tr("Jots of this screening")))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        page.body.addLayout(self._list)
        page.body.addStretch(1)
        controller.changed.connect(self._changed)

    def open(self, question_id: str | None) -> None:
        """Begin a jot, offered to be linked to the question one came from."""
        self.link.show_value(question_id)
        self._show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Keep what was typed."""
        text = self.text.toPlainText().strip()
        if text:
            self._controller.jot(text, self.link.currentData(), origin=self)
            self.text.clear()
        self.closed.emit()

    def _say_draft(self) -> None:
        self.drafted.emit(self.text.toPlainText())

    def _links(self, name: str, linked: str | None = None) -> WrappingDropDown:
        """The questions that are asked now, and the one that is linked, whether or not it still is asked."""
        session = self._controller.session
        asked = [
            (q.label if session.is_shown(q.id) else tr("{label} (not asked)").format(label=q.label), q.id)
            for q in session.questions.values()
            if session.is_shown(q.id) or q.id == linked
        ]
        # As wide as the panel, whatever the longest question is called; and that is read whole.
        return WrappingDropDown(name, [(_NOT_LINKED, None), *asked])

    def _changed(self, change: Change, origin: object) -> None:
        if self.isVisible() and origin is not self:
            self._show()

    def _show(self) -> None:
        clear(self._list)
        jots = list(self._controller.session.jots.values())
        if not jots:
            self._list.addWidget(label(tr("None yet."), "muted"))
        for number, jot in enumerate(jots, start=1):
            if number > 1:
                self._list.addWidget(hairline())
            self._list.addWidget(self._row(jot, number))

    def _row(self, jot: Jot, number: int) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(jot_words(jot, self._controller.session.clock), wrap=True))
        link = self._links(tr("Jot {number}: linked to").format(number=number), jot.question)
        link.setProperty("look", "flat")
        link.show_value(jot.question)
        link.setProperty("jot", jot.id)
        link.activated.connect(self._linked)
        column.addWidget(link)
        remove = LinkButton(tr("Remove"), tr("Jot {number}: remove").format(number=number))
        remove.setProperty("jot", jot.id)
        remove.clicked.connect(self._removed)
        column.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _linked(self) -> None:
        link = self.sender()
        assert isinstance(link, DropDown)
        self._controller.link_jot(link.property("jot"), link.currentData(), origin=self)

    def _removed(self) -> None:
        button = self.sender()
        assert button is not None
        self._controller.remove_jot(button.property("jot"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The box would take the key for a new line.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _keeps(event):
            self.keep()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _keeps(event):
            self.keep()
        else:
            super().keyPressEvent(event)


def _keeps(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def jot_words(jot: Jot, clock: Clock) -> str:
    """A jot as it is shown: its time, and the words as they were said."""
    return f"{time_said(jot.at, clock)} “{jot.text}”"
