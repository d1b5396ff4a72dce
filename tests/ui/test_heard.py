"""What assistive technology chooses is heard as what a hand clicks: an answer that shows is an answer that is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from screener.rules.values import Kind
from screener.ui.screening.card import QuestionCard
from screener.ui.screening.rail import RailItem
from screener.ui.widgets.choosing import MultiChoice
from screener.ui.widgets.segments import Segmented
from tests.ui.desks import OpenDesk, session_of

YES_NO = [("yes", "Yes"), ("no", "No")]


def choose(button: QAbstractButton) -> None:
    """As a screen reader does it: by the action that the button offers."""
    action = QAccessible.queryAccessibleInterface(button).actionInterface()
    offered = action.actionNames()
    toggle = QAccessibleActionInterface.toggleAction()
    action.doAction(toggle if toggle in offered else QAccessibleActionInterface.pressAction())


def test_joined_buttons_hear_it_and_take_it_back(qtbot: QtBot) -> None:
    made = Segmented("Psychosis ever", YES_NO)
    qtbot.addWidget(made)
    said: list[object] = []
    made.user_chose.connect(said.append)
    for option in ("yes", "no", "no"):
        choose(made.button_of(option))
    assert said == ["yes", "no", None]
    assert [button.isChecked() for button in made.findChildren(QAbstractButton)] == [False, False]


def test_what_is_shown_is_no_deed(qtbot: QtBot) -> None:
    made = Segmented("Psychosis ever", YES_NO)
    qtbot.addWidget(made)
    said: list[object] = []
    made.user_chose.connect(said.append)
    made.show_chosen("yes")
    assert said == []
    made.button_of("no").click()
    assert said == ["no"]


def test_boxes_hear_it(qtbot: QtBot) -> None:
    made = MultiChoice("Symptoms now", [("headache", "Headache"), ("none", "None of these")])
    qtbot.addWidget(made)
    said: list[object] = []
    made.user_chose.connect(said.append)
    choose(made.row_of("headache"))
    made.row_of("none").click()
    assert said == [("headache",), ("headache", "none")]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[OpenDesk]:
    made = OpenDesk(qtbot, session_of("ketamine-home"))
    made.confirm()
    yield made
    made.close()


def test_in_a_screening_a_theme_is_turned_to_and_its_questions_are_answered(qtbot: QtBot, desk: OpenDesk) -> None:
    theme = next(theme for theme in desk.session.form.themes if theme.id == "psychosis-risk")
    item = next(item for item in desk.workspace.findChildren(RailItem) if item.theme.id == theme.id)
    choose(item)
    qtbot.waitUntil(lambda: desk.workspace.interview.theme_id == theme.id and desk.workspace.interview.whole)
    QApplication.sendPostedEvents()
    asked = next(q for q in desk.session.shown_in(theme.id) if q.kind is Kind.YES_NO)
    card = next(card for card in desk.workspace.findChildren(QuestionCard) if card.question.id == asked.id)
    choose(next(b for b in card.findChildren(QAbstractButton) if b.accessibleName().endswith(": No")))
    assert desk.session.recorded[asked.id].entries[0].raw == "no"
    desk.workspace.autosave.commit()
    qtbot.waitUntil(lambda: desk.workspace.above.top.saved.text().startswith("Saved "))
