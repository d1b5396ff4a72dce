"""Side panels that stand in the live list's place for a moment: still open, crisis card. Esc returns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from screener.forms.words import STATE_WORDS, STRENGTH_WORDS
from screener.language import WINDOW, tr
from screener.screening.listing import StillOpen, open_questions
from screener.screening.session import Session
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.crisis_card import LEAD, TITLE, card_lines
from screener.ui.widgets.layout import ScrollPage

_NAMED = 2


class Panel(QWidget):
    """A titled column that closes with Esc."""

    closed = Signal()

    def __init__(self, title: str, lead: str = "") -> None:
        super().__init__()
        self.setProperty("look", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        self.body.addWidget(label(title, "large"))
        if lead:
            self.body.addWidget(label(lead, "muted", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


class StillOpenPanel(Panel):
    """What somebody meant to come back to, accounts that differ, then what can still change an item."""

    jump = Signal(str)

    def __init__(self, session: Session, *, words: bool = True) -> None:
        """Without `words`, while somebody else is in the room, questions are named and items are not."""
        super().__init__(
            tr("Still open"),
            tr("Questions to come back to, and those that can still change an item. Enter goes there."),
        )
        self._session, self._words = session, words
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Still open"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._activated)
        self.list.installEventFilter(self)
        self.body.addWidget(self.list, 1)
        self._empty = label(tr("Every question that can still change an item is answered."), "muted", wrap=True)
        self.body.addWidget(self._empty)

    def show_anew(self, *, words: bool) -> None:
        """The same list as things stand now, at the question that was chosen where it is still among them."""
        self._words = words
        chosen = [line.data(Qt.ItemDataRole.UserRole) for line in self.list.selectedItems()]
        self.refresh()
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) in chosen:
                self.list.setCurrentRow(row)

    def refresh(self) -> None:
        self.list.clear()
        found = open_questions(self._session)
        groups = (
            (tr("To come back to"), found.come_back),
            (tr("Accounts differ"), found.differing),
            (tr("Others"), found.others),
        )
        headed = bool(found.come_back or found.differing)
        for title, entries in groups:
            if headed and entries:
                self.list.addItem(self._heading(title))
            for entry in entries:
                self.list.addItem(self._line(entry))
        self._empty.setVisible(not found.all)
        self.list.setVisible(bool(found.all))
        if found.all:
            self.list.setCurrentRow(1 if headed else 0)

    def _heading(self, title: str) -> QListWidgetItem:
        """A line between questions: arrows step over it."""
        line = QListWidgetItem(title)
        line.setFlags(Qt.ItemFlag.NoItemFlags)
        line.setForeground(self.list.palette().text())
        font = line.font()
        font.setBold(True)
        line.setFont(font)
        return line

    def _line(self, entry: StillOpen) -> QListWidgetItem:
        question = self._session.questions[entry.question]
        said = [WINDOW.word(STATE_WORDS[self._session.state(entry.question)])]
        if self._words and entry.items:
            titles = [item.rule.title for item in entry.items]
            said += [WINDOW.word(STRENGTH_WORDS[entry.items[0].rule.source.strength])]
            said += [", ".join(titles[:_NAMED]) + (", …" if len(titles) > _NAMED else "")]
        line = QListWidgetItem(f"{question.label}\n{' · '.join(said)}")
        line.setData(Qt.ItemDataRole.UserRole, entry.question)
        return line

    def _activated(self, item: QListWidgetItem) -> None:
        self.jump.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            current = self.list.currentItem()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
                self._activated(current)
                return True
        return super().eventFilter(watched, event)


class TextPanel(Panel):
    """A text to read."""

    def __init__(self, title: str, lead: str, lines: list[tuple[str, str]]) -> None:
        super().__init__(title, lead)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page = ScrollPage("surface", 520, 4)
        for text, level in lines:
            page.body.addWidget(label(text, level, wrap=True, selectable=True))
        page.body.addStretch(1)
        self.body.addWidget(page, 1)
        close = ActionButton(tr("Close"), "Esc")
        close.clicked.connect(self.closed)
        self.body.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)


def crisis_card(text: str) -> TextPanel:
    """The site's own wording and numbers; blank says that it is blank."""
    return TextPanel(TITLE, LEAD, card_lines(text))
