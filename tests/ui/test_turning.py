"""Turning a page makes no more than it shows, each part of it once, and leads the keyboard over no card that goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.fields.letter_link import LetterLink
from screener.ui.screening.card import QuestionCard
from screener.ui.screening.theme_page import AT_ONCE, ThemePage
from screener.ui.widgets.layout import Notice
from tests.ui.desks import OpenDesk, session_of, shipped
from tests.ui.walk.made_up import Patients

PATHWAY = "ketamine-home"


@pytest.fixture(params=["empty", "answered"])
def desk(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[OpenDesk]:
    """A screening with the keyboard in its first page, and nothing of it answered or everything."""
    session = session_of(PATHWAY)
    if request.param == "answered":
        Patients(shipped(), PATHWAY).fill(session, set())
    made = OpenDesk(qtbot, session)
    made.confirm()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    qtbot.waitUntil(lambda: made.workspace.interview.whole)
    yield made
    made.close()


def page_of(desk: OpenDesk) -> ThemePage:
    (page,) = desk.workspace.interview.findChildren(ThemePage)
    return page


def forget_old_pages() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_keyboard_comes_to_the_new_page_by_way_of_no_card_of_the_old_one(qtbot: QtBot, desk: OpenDesk) -> None:
    # Once each card that went handed it on to the next one: a screen reader was told of every question that was left.
    interview, page = desk.workspace.interview, page_of(desk)
    interview.next_theme()
    qtbot.waitUntil(lambda: interview.whole)
    old, came_to = list(page.cards.values()), list[QWidget]()
    assert len(old) > 2

    def hear(_: QWidget | None, now: QWidget | None) -> None:
        came_to.extend([] if now is None else [now])

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.focusChanged.connect(hear)
    interview.next_theme()
    application.focusChanged.disconnect(hear)
    assert not [now.accessibleName() for now in came_to for card in old if card is now or card.isAncestorOf(now)]
    assert page.card_of(came_to[-1]) is page.card_of(QApplication.focusWidget()) is not None


def test_a_page_begins_with_the_cards_that_the_window_shows_and_the_keyboard_in_one_of_them(
    qtbot: QtBot, desk: OpenDesk
) -> None:
    interview, page = desk.workspace.interview, page_of(desk)
    for theme in desk.session.form.themes[1:]:
        interview.show_theme(theme.id)
        begun = list(page.cards.values())
        assert len(begun) <= AT_ONCE
        room = page.viewport().height()
        assert not [card for card in begun if card.y() > room], f"{theme.id}: no card is made that nobody sees"
        interview.focus_first()
        card = page.card_of(QApplication.focusWidget())
        assert (card is not None) is bool(desk.session.shown_in(theme.id))
        qtbot.waitUntil(lambda: interview.whole)
        forget_old_pages()


class Dressings(QObject):
    """How often each widget is dressed by the style sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.of: Counter[int] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange:
            self.of[id(watched)] += 1
        return False


@pytest.mark.parametrize("theme", ["trauma-and-dissociation", "medicines", "neurological", "support-and-integration"])
def test_each_part_of_a_page_is_dressed_about_once(qtbot: QtBot, desk: OpenDesk, theme: str) -> None:
    # A part that is filled first and put in its place afterwards is dressed anew there with all that stands in it:
    # once that was done three times for each widget, and took most of the time.
    interview, page = desk.workspace.interview, page_of(desk)
    application = QApplication.instance()
    assert application is not None
    dressings = Dressings()
    application.installEventFilter(dressings)
    interview.show_theme(theme)
    application.removeEventFilter(dressings)
    widgets = [widget for card in page.cards.values() for widget in (card, *card.findChildren(QWidget))]
    assert widgets
    assert sum(dressings.of[id(widget)] for widget in widgets) < 1.8 * len(widgets)


def test_what_a_card_does_not_show_is_not_made(qtbot: QtBot, desk: OpenDesk) -> None:
    for card in page_of(desk).cards.values():
        assert not [notice for notice in card.findChildren(Notice) if not notice.text and notice.children()]
        assert card.findChildren(LetterLink) == [], "nothing is offered out of an earlier record or a file"
        notes = [line for line in card.findChildren(QLineEdit) if line.accessibleName().endswith(": note")]
        assert notes == [], "no answer has a note"


def stops(card: QuestionCard) -> list[str]:
    """What Tab comes to from the card's first stop on, as long as it is on the card."""
    found: list[str] = []
    at: QWidget | None = card.window()
    for _ in range(5_000):
        assert at is not None
        at = at.nextInFocusChain()
        assert at is not None
        reached = at.isVisible() and bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if reached and card.isAncestorOf(at):
            found.append(at.accessibleName())
        elif reached and found:
            return found
    raise AssertionError("the way of Tab does not end")


def test_a_note_that_is_opened_is_the_last_that_tab_comes_to_on_its_card(qtbot: QtBot, desk: OpenDesk) -> None:
    interview = desk.workspace.interview
    interview.show_theme("neurological")
    interview.focus_first()
    card = page_of(desk).card_of(QApplication.focusWidget())
    assert card is not None
    question = card.question
    desk.workspace.controller.answer(question.id, "no")
    before = stops(card)
    QTest.keyClick(card, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert stops(card) == [*before, f"{question.label}: note"]
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName() == f"{question.label}: note"
    desk.workspace.controller.answer(question.id, "no", note="as before")
    interview.next_theme()
    interview.previous_theme()
    again = page_of(desk).card(question.id)
    assert (len(stops(again)), stops(again)[-1]) == (len(before) + 1, f"{question.label}: note")
    assert [line.text() for line in again.findChildren(QLineEdit) if line.isVisible()] == ["as before"]
