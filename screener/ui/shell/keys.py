"""The list of keys, as declared with the actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.actions import ACTIONS, Action
from screener.ui.key_switches import SingleKeys
from screener.ui.shell.keys_section import KeysSettings, off_words
from screener.ui.style.theme import scaled
from screener.ui.widgets.chips import cap_words
from screener.ui.widgets.controls import ActionButton, KeyCap, heading, label
from screener.ui.widgets.layout import Card, FlowLayout, Notice, ScrollPage

_COLUMN_PX, _COLUMNS = 390, 3


class KeysPage(ScrollPage):
    """Every action with its keys, by the part of the window where it works. Esc or F1 goes back."""

    closed = Signal()

    def __init__(self, actions: Sequence[Action] = ACTIONS) -> None:
        """`actions`: those that this window has."""
        super().__init__("page", 1280, 32)
        self.setAccessibleName(tr("Keys"))
        head = QHBoxLayout()
        head.addWidget(label(tr("Keys"), "page"), 1)
        self._close = ActionButton(tr("Back"), "Esc")
        self._close.clicked.connect(self.closed)
        head.addWidget(self._close)
        self.body.addLayout(head)
        lead = tr(
            "Everything works by keyboard. On a question, digits choose an option and "
            "single letters a state; inside a text field they are text, and Alt with the "
            "letter does the same. On a dose day an answer by a key goes on to the next "
            "question that is not recorded yet."
        )
        self.body.addWidget(label(lead, "muted", wrap=True))
        self._off = Notice(off_words())
        self.body.addWidget(self._off)
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=12, at_top=True)
        for column in _columns(actions, self._switches()):
            flow.addWidget(column)
        self.body.addWidget(holder)
        self.body.addStretch(1)

    def _switches(self) -> QWidget:
        """The single keys of the lists beside it, which can be switched off, as they stand in Settings."""
        section = KeysSettings(tr("Single keys"))
        section.setFixedWidth(scaled(_COLUMN_PX))
        SingleKeys.current().changed.connect(self._turned)
        return section

    def _turned(self) -> None:
        self._off.show_text(off_words())

    def focus_first(self) -> None:
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _columns(actions: Sequence[Action], last: QWidget) -> list[QWidget]:
    """The groups in columns of about the same height, in the order of their first actions; `last` ends the shortest."""
    groups = {where: [a for a in actions if a.where == where] for where in dict.fromkeys(a.where for a in actions)}
    columns: list[list[str]] = [[] for _ in range(_COLUMNS)]
    for where in groups:
        shortest = min(columns, key=lambda column: sum(len(groups[name]) + 2 for name in column))
        shortest.append(where)
    shortest = min(columns, key=lambda column: sum(len(groups[name]) + 2 for name in column))
    made = []
    for names in columns:
        holder = QWidget()
        stack = QVBoxLayout(holder)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(12)
        for where in names:
            stack.addWidget(_group(where, groups[where]))
        if names is shortest:
            stack.addWidget(last)
        made.append(holder)
    return made


def _group(where: str, actions: list[Action]) -> QWidget:
    card = Card()
    card.setFixedWidth(scaled(_COLUMN_PX))
    card.body.addWidget(heading(where))
    column = QVBoxLayout()
    column.setSpacing(4)
    for action in actions:
        line = QWidget()
        line.setAccessibleName(f"{action.text}: {', '.join(action.keys)}")
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(action.text, wrap=True), 1)
        for key in {cap_words(key): key for key in action.keys}.values():
            row.addWidget(KeyCap(key))
        column.addWidget(line)
    card.body.addLayout(column)
    return card
