"""A key answers nothing that somebody scrolled out of sight: the question comes back first, and that is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.rules.values import State
from screener.ui.key_switches import DIGITS, SingleKeys
from screener.ui.screening.card import QuestionCard
from screener.ui.screening.theme_page import ThemePage
from screener.ui.style.theme import Theme
from screener.ui.widgets.layout import ScrollPage
from tests.journeys.person import Person
from tests.ui.desks import OpenDesk, session_of
from tests.ui.test_handover import Handed


class AtDesk(OpenDesk):
    """Somebody with keyboard and mouse at a theme that is longer than the window."""

    def __init__(self, qtbot: QtBot, pathway: str = "esketamine-clinic") -> None:
        super().__init__(qtbot, session_of(pathway))
        self.confirm()
        self.window.resize(1280, 720)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.person = Person(qtbot.waitUntil, self.window)
        self.qtbot = qtbot

    @property
    def page(self) -> ThemePage:
        [found] = self.window.findChildren(ThemePage)
        return found

    def on(self, question: str) -> QuestionCard:
        self.workspace.interview.go_to(question)
        self.qtbot.waitUntil(lambda: self.page.whole)
        card = self.page.cards[question]
        self.qtbot.waitUntil(lambda: whole(card))
        QTest.qWait(30)
        assert whole(card) and self.workspace.interview.question_id == question
        return card

    def scrolls_away(self, card: QWidget) -> None:
        """With the wheel, to the far end of the page, until nothing of it is in sight."""
        wheel(self.page, -120 * 60 if card.y() < self.page.height() else 120 * 60)
        self.qtbot.waitUntil(lambda: card.visibleRegion().isEmpty())

    def state(self, question: str) -> State:
        return self.session.state(question)

    def close(self) -> None:
        self.workspace.autosave.commit()
        super().close()


def wheel(page: ScrollPage, by: int) -> None:
    """As the mouse sends it to the window, over the middle of a page."""
    middle = page.viewport().mapTo(page.window(), page.viewport().rect().center())
    handle = page.window().windowHandle()
    assert handle is not None
    QTest.wheelEvent(handle, QPointF(middle), QPoint(0, by))


def whole(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[AtDesk]:
    made = AtDesk(qtbot)
    yield made
    made.close()


@pytest.fixture
def question(desk: AtDesk) -> str:
    """A question of options at the top of a long theme."""
    desk.workspace.interview.show_theme("blood-pressure-and-heart")
    return "heart.attack"


@pytest.mark.parametrize("key", ["2", "Alt+2", "U", "Alt+D", "L", "Space", "Return", "Backspace"])
def test_the_first_key_brings_the_question_back_and_answers_nothing(desk: AtDesk, question: str, key: str) -> None:
    card = desk.on(question)
    desk.scrolls_away(card)
    desk.person.press(key)
    assert desk.state(question) is State.NOT_ASKED
    assert whole(card) and desk.workspace.interview.question_id == question
    said = f"“{card.question.label}” was out of sight: it is in view again, and the key answered nothing."
    assert desk.person.sees(said)
    if key != "Backspace":
        desk.person.press(key)
        assert desk.state(question) is not State.NOT_ASKED, "now it can be seen"
        assert not desk.person.sees(said)


def test_backspace_takes_no_answer_back_that_cannot_be_seen(desk: AtDesk, question: str) -> None:
    card = desk.on(question)
    desk.person.press("2")
    desk.scrolls_away(card)
    desk.person.press("Backspace")
    assert desk.state(question) is State.ANSWERED and whole(card)
    desk.person.press("Backspace")
    assert desk.state(question) is State.NOT_ASKED


def test_what_the_key_repeats_while_it_is_held_down_answers_nothing_either(desk: AtDesk, question: str) -> None:
    card = desk.on(question)
    desk.scrolls_away(card)
    focus = QApplication.focusWidget()
    assert focus is not None
    for repeated in (False, True, True):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_2, Qt.KeyboardModifier.NoModifier, "2", repeated)
        QApplication.sendEvent(focus, held)
    assert desk.state(question) is State.NOT_ASKED and whole(card)


def test_scrolled_a_little_what_is_in_sight_is_answered_at_once(desk: AtDesk, question: str) -> None:
    card = desk.on(question)
    before = card.mapTo(desk.page, QPoint(0, 0)).y()
    wheel(desk.page, -30)  # it stands at the foot of the window
    desk.qtbot.waitUntil(lambda: card.mapTo(desk.page, QPoint(0, 0)).y() != before)
    assert whole(card)
    desk.person.press("2")
    assert desk.state(question) is State.ANSWERED


def test_scrolled_by_the_keys_of_pages_it_comes_back_too(desk: AtDesk, question: str) -> None:
    card = desk.on(question)
    for _ in range(12):
        desk.person.press("PgDown")
    assert card.visibleRegion().isEmpty()
    desk.person.press("1")
    assert desk.state(question) is State.NOT_ASKED and whole(card)


def test_scrolled_back_by_the_wheel_it_is_answered_at_once(desk: AtDesk, question: str) -> None:
    card = desk.on(question)
    desk.scrolls_away(card)
    up = card.mapTo(desk.page, QPoint(0, 0)).y() < 0
    while not whole(card):
        wheel(desk.page, 120 if up else -120)
        QTest.qWait(5)
    desk.person.press("1")
    assert desk.state(question) is State.ANSWERED


def test_keys_that_answer_nothing_do_what_they_do(desk: AtDesk, question: str) -> None:
    card = desk.on(question)
    desk.scrolls_away(card)
    desk.person.press("Tab")
    assert not desk.person.sees("answered nothing")
    desk.on(question)
    desk.scrolls_away(card)
    SingleKeys.current().turn(DIGITS, on=False)
    try:
        desk.person.press("2")
    finally:
        SingleKeys.current().turn(DIGITS, on=True)
    assert desk.state(question) is State.NOT_ASKED and card.visibleRegion().isEmpty()


def test_what_is_typed_into_a_text_comes_into_view_with_the_first_sign(desk: AtDesk) -> None:
    card = desk.on("body.height")
    desk.scrolls_away(card)
    desk.person.type("7")
    assert whole(card)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit) and line.text() == "7"


def test_on_a_dose_day_the_keyboard_stays_at_what_was_not_answered(qtbot: QtBot) -> None:
    desk = AtDesk(qtbot, "dose-day")
    try:
        card = desk.on("bp.last_session")
        desk.scrolls_away(card)
        desk.person.press("2")
        assert desk.workspace.interview.question_id == "bp.last_session" and whole(card)
        assert desk.state("bp.last_session") is State.NOT_ASKED
        desk.person.press("2")
        assert desk.state("bp.last_session") is State.ANSWERED
        assert desk.workspace.interview.question_id != "bp.last_session"
    finally:
        desk.close()


def test_in_the_patients_hands_an_option_comes_back_too(qtbot: QtBot, qapp: QApplication) -> None:
    handed = Handed(qtbot, session_of("ketamine-clinic"))
    Theme.of(qapp).apply("light", 1.6)
    try:
        handed.window.resize(1024, 600)
        handed.window.activateWindow()
        qtbot.waitUntil(handed.window.isActiveWindow)
        page = handed.give()
        handed.press(page, "Begin")
        while page._card is None or page._card._field.option(6) is None:
            page.next_question()
        card, person = page._card, Person(qtbot.waitUntil, handed.window)
        first = card._field.option(1)
        assert first is not None
        qtbot.waitUntil(first.hasFocus)
        QTest.qWait(30)
        wheel(page._asking, -120 * 60)
        qtbot.waitUntil(lambda: first.visibleRegion().isEmpty())
        person.press("1")
        assert card.question.id not in handed.session.recorded and whole(first)
        assert person.sees("Here is the question again. Nothing was marked.")
        person.press("1")
        assert card.question.id in handed.session.recorded
        assert not person.sees("Nothing was marked")
    finally:
        Theme.of(qapp).apply("light", 1.0)
        handed.close()
