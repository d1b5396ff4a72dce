"""The list beside the interview: what stays as it was stays the same card, and what goes or comes has its place."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from screener.rules.values import State
from screener.screening.listing import live_list
from screener.screening.session import Session
from screener.ui.screening.card import QuestionCard
from screener.ui.screening.interview import InterviewPage
from screener.ui.screening.live_list import ItemCard, LiveListPanel
from screener.ui.session_controller import SessionController
from tests.ui.desks import session_of, show_in_window

WITHOUT_WORDS = "While somebody else is in the room, items stand here without their words."
LISTED = ("heart.aneurysm", "heart.brain_bleed", "neuro.seizure")


def panel_of(qtbot: QtBot, session: Session) -> LiveListPanel:
    panel = LiveListPanel(session)
    show_in_window(qtbot, panel)
    panel.refresh()
    return panel


def cards(panel: LiveListPanel) -> list[ItemCard]:
    """From the top, as the eye meets them."""
    QTest.qWait(0)
    found = [card for card in panel.findChildren(ItemCard) if card.isVisible()]
    return sorted(found, key=lambda card: card.mapTo(panel, card.rect().topLeft()).y())


def expected(session: Session) -> list[str]:
    """What a list that is made anew shows."""
    fresh = LiveListPanel(session)
    fresh.refresh()
    body = fresh._page.body
    items = [item.widget() for place in range(body.count()) if (item := body.itemAt(place)) is not None]
    return [widget.rule_id for widget in items if isinstance(widget, ItemCard)]


def test_a_card_that_says_the_same_is_the_same_and_keeps_the_keyboard(qtbot: QtBot) -> None:
    session = session_of("esketamine-clinic")
    session.answer("heart.brain_bleed", "yes")
    panel = panel_of(qtbot, session)
    before = {card.rule_id: card for card in cards(panel)}
    assert before
    first = next(iter(before.values()))
    why = first.findChildren(QAbstractButton)[-1]
    why.setFocus()
    for question in LISTED:
        session.answer(question, "yes")
        panel.refresh()
    now = {card.rule_id: card for card in cards(panel)}
    assert len(now) > len(before)
    assert now[first.rule_id] is first
    assert QApplication.focusWidget() is why


def test_whatever_comes_and_goes_the_list_is_what_it_would_be_anew(qtbot: QtBot) -> None:
    session = session_of("esketamine-clinic")
    panel = panel_of(qtbot, session)
    for question in (*LISTED, *reversed(LISTED), *LISTED):
        if session.state(question) is State.ANSWERED:
            session.clear(question)
        else:
            session.answer(question, "yes")
        panel.refresh()
        assert [card.rule_id for card in cards(panel)] == expected(session)
    assert live_list(session).listed


def test_while_somebody_is_in_the_room_no_card_says_what_it_is(qtbot: QtBot) -> None:
    session = session_of("esketamine-clinic")
    session.answer("heart.brain_bleed", "yes")
    panel = panel_of(qtbot, session)
    title = cards(panel)[0].accessibleName()
    session.set_visit("room", "with partner or family")
    panel.refresh()
    assert title not in [card.accessibleName() for card in cards(panel)]
    assert WITHOUT_WORDS in [shown.text() for shown in panel.findChildren(QLabel) if shown.isVisible()]
    session.set_visit("room", "alone")
    panel.refresh()
    assert cards(panel)[0].accessibleName() == title
    assert WITHOUT_WORDS not in [shown.text() for shown in panel.findChildren(QLabel) if shown.isVisible()]


@pytest.mark.parametrize("wide", [1024, 1440, 1920, 2560, 3840])
def test_on_a_wide_screen_the_list_stands_near_the_questions_and_is_wider(qtbot: QtBot, wide: int) -> None:
    page = InterviewPage(SessionController(session_of("ketamine-home")))
    show_in_window(qtbot, page).resize(wide, 900)
    side = page.live.parentWidget()
    assert side is not None
    wanted = {1024: 276, 1440: 368, 1920: 556}.get(wide, 560)
    qtbot.waitUntil(lambda: page.width() == wide and side.width() == wanted)

    def is_near() -> bool:
        ends = max(card.mapTo(page, card.rect().topRight()).x() for card in page.findChildren(QuestionCard))
        return 0 < side.x() - ends < 400

    qtbot.waitUntil(is_near)
    qtbot.waitUntil(lambda: (side.x() + wanted == wide) is (wide <= 1920))
