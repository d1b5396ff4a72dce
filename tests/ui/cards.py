"""One question's card in a window of its own, over a screening with the shipped content."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from screener.forms.medicine_search import MedicineSearch
from screener.screening.session import Session
from screener.ui.fields.base import Setting
from screener.ui.screening.card import QuestionCard
from screener.ui.session_controller import SessionController
from tests.ui.desks import session_of


class OpenCard:
    """The card of a question, listening to its session as on its page, with the keyboard in its field."""

    def __init__(self, qtbot: QtBot, question: str, pathway: str = "esketamine-clinic", width: int = 720) -> None:
        self.session: Session = session_of(pathway)
        self.question = self.session.questions[question]
        self.controller = SessionController(self.session)
        search = partial(MedicineSearch, self.session.pack.medicines)
        setting = Setting(lambda: self.session.visit_date, self.session.clock.now, (), search)
        self.card = QuestionCard(self.controller, self.question, setting)
        self.controller.setParent(self.card)
        self.controller.changed.connect(lambda _, origin: self.card.refresh(origin=origin))
        qtbot.addWidget(self.card)
        self._waits = qtbot.waitUntil
        self.card.resize(width, 600)
        with qtbot.waitExposed(self.card):
            self.card.show()
        self.card.activateWindow()
        self.card.take_focus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    @property
    def raw(self) -> Any:
        """What the record holds, as it was typed."""
        recorded = self.session.recorded.get(self.question.id)
        return None if recorded is None else recorded.to_json()["accounts"][0].get("value")

    @property
    def focus(self) -> QWidget:
        QApplication.sendPostedEvents()
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def focus_name(self) -> str:
        """As a screen reader forms it: the label that belongs to the control, else its own name."""
        interface = QAccessible.queryAccessibleInterface(self.focus)
        for other, relation in interface.relations():
            if relation == QAccessible.RelationFlag.Label and other is not None:
                return str(other.text(QAccessible.Text.Name))
        return str(interface.text(QAccessible.Text.Name))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifier)

    def type(self, text: str) -> None:
        for sign in text:
            QTest.keyClicks(self.focus, sign)

    def tab_to(self, name: str) -> None:
        """By Tab to a control; fails where a whole round does not meet it."""
        heard = []
        for _ in range(120):
            if self.focus_name == name:
                return
            heard.append(self.focus_name)
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name!r}; it went through {list(dict.fromkeys(heard))}")

    def tab_round(self) -> list[str]:
        """The names that Tab comes to, from here round to here again."""
        names = [self.focus_name]
        for _ in range(120):
            self.press(Qt.Key.Key_Tab)
            if self.focus_name == names[0]:
                return names
            names.append(self.focus_name)
        raise AssertionError("Tab never comes round")

    def says(self, text: str) -> bool:
        """What stands on the card once the typing has paused."""
        self._waits(lambda: not self.card.messages.waits)
        QApplication.sendPostedEvents()
        return any(text in shown.text() for shown in self.card.findChildren(QLabel) if shown.isVisible())
