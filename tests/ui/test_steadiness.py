"""Nothing on a page moves while somebody types: not for a warning, what was understood, or a line above it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.rules.values import Kind
from screener.ui.autosave import SaveState, SaveStatus
from screener.ui.fields.medicine_row import MedicineRow
from screener.ui.screening.card import QuestionCard
from screener.ui.screening.theme_page import ThemePage
from screener.ui.style.theme import Theme
from tests.ui.desks import OpenDesk, session_of
from tests.ui.geometry import lay_out

TYPED = {
    Kind.NUMBER: "72",
    Kind.DATE: "12 Oct 2026",
    Kind.TIME: "10:31",
    Kind.DATETIME: "10:31",
    Kind.TEXT: "A few words and a few more, as many as a line holds and then some",
    Kind.READINGS: "151/94 82",
    Kind.MEDICINES: "sertraline 50 mg",
    Kind.INSTRUMENT: "10",
}
"""What is typed into each kind: on the way there it is half a word, a figure out of range, a name not known."""
OF_EACH = 2


@pytest.fixture(params=["esketamine-clinic", "dose-day"])
def desk(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[OpenDesk]:
    made = OpenDesk(qtbot, session_of(request.param))
    made.confirm()
    yield made
    made.close()


def cards(desk: OpenDesk) -> list[QuestionCard]:
    return [card for card in desk.workspace.findChildren(QuestionCard) if card.isVisible()]


def tops(desk: OpenDesk) -> dict[str, int]:
    """Where each card stands on the screen."""
    return {card.question.id: card.mapTo(desk.window, QPoint(0, 0)).y() for card in cards(desk)}


def heights(desk: OpenDesk) -> dict[str, int]:
    """How far down its page each card stands: to go on to the next box of an instrument may scroll the page."""
    return {card.question.id: card.y() for card in cards(desk)}


def turn(qtbot: QtBot, desk: OpenDesk, theme: str) -> None:
    interview = desk.workspace.interview
    interview.show_theme(theme)
    for link in interview.findChildren(QAbstractButton):
        if link.text() == "All of them" and link.isVisibleTo(interview):
            link.click()
    qtbot.waitUntil(lambda: interview.whole)
    QTest.qWait(10)


def moved_by(desk: OpenDesk, card: QuestionCard, text: str) -> list[str]:
    """What moved, key by key, while a text was typed into a card."""
    card.take_focus()
    QTest.qWait(10)
    before, moves = heights(desk), []
    for sign in text:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, sign)
        QTest.qWait(2)
        now = heights(desk)
        moves += [f"{card.question.id} {sign!r}: {q} by {now[q] - y}" for q, y in before.items() if now.get(q, y) != y]
    return moves


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scale"), [(1440, 1.0), (1024, 1.0), (1440, 1.5)])
def test_no_card_moves_while_a_field_of_any_kind_is_typed_into(
    qtbot: QtBot, desk: OpenDesk, width: int, scale: float
) -> None:
    theme = Theme.of(QApplication.instance())  # type: ignore[arg-type]
    theme.apply("light", scale)
    desk.window.resize(width, 900)
    seen: dict[Kind, int] = {}
    moves: list[str] = []
    try:
        for each in desk.session.form.themes:
            turn(qtbot, desk, each.id)
            for card in cards(desk):
                kind = card.question.kind
                if kind in TYPED and seen.get(kind, 0) < OF_EACH:
                    seen[kind] = seen.get(kind, 0) + 1
                    moves += moved_by(desk, card, TYPED[kind])
    finally:
        theme.apply("light", 1.0)
    assert moves == []
    assert len(seen) >= 5, seen


def line(desk: OpenDesk, name: str) -> QLineEdit:
    (found,) = [one for one in desk.workspace.findChildren(QLineEdit) if one.accessibleName() == name]
    return found


@pytest.fixture
def intake(qtbot: QtBot) -> Iterator[OpenDesk]:
    made = OpenDesk(qtbot, session_of("esketamine-clinic"))
    made.confirm()
    yield made
    made.close()


def card_of(desk: OpenDesk, question: str) -> QuestionCard:
    return next(card for card in cards(desk) if card.question.id == question)


def theme_of(desk: OpenDesk, question: str) -> str:
    return next(t.id for t in desk.session.form.themes if any(q.id == question for q in t.questions))


def test_a_warning_comes_when_the_typing_pauses_and_its_room_stays_until_the_card_is_left(
    qtbot: QtBot, intake: OpenDesk
) -> None:
    turn(qtbot, intake, theme_of(intake, "body.height"))
    card = card_of(intake, "body.height")
    assert moved_by(intake, card, "72") == []
    assert card.messages.waits and not card._doubt.isVisible()
    qtbot.waitUntil(card._doubt.isVisible)
    lay_out(intake.window)
    before = tops(intake)
    QTest.keyClick(line(intake, card.question.label), Qt.Key.Key_Home)
    QTest.keyClicks(line(intake, card.question.label), "1")
    QTest.qWait(10)
    assert not card._doubt.isVisible(), "172 cm is doubted by nobody"
    assert tops(intake) == before
    card_of(intake, "body.weight").take_focus()
    qtbot.waitUntil(lambda: tops(intake) != before)


def test_a_warning_is_there_at_once_when_the_field_is_left(qtbot: QtBot, intake: OpenDesk) -> None:
    turn(qtbot, intake, theme_of(intake, "body.height"))
    card = card_of(intake, "body.height")
    moved_by(intake, card, "72")
    card_of(intake, "body.weight").take_focus()
    assert card._doubt.isVisible()


def test_no_card_is_squeezed_while_those_below_it_are_made(qtbot: QtBot, intake: OpenDesk) -> None:
    [page] = intake.workspace.interview.findChildren(ThemePage)
    squeezed, looked = list[str](), 0
    page.show_theme(theme_of(intake, "bp.readings"))
    while not page.whole:
        page._build_more()
        looked += 1
        squeezed += [c.question.id for c in cards(intake) if c.height() < c.heightForWidth(c.width())]
    assert looked > 1 and not squeezed


def test_what_is_said_of_saving_moves_nothing_on_the_bar(qtbot: QtBot, intake: OpenDesk) -> None:
    intake.session.answer("person.age", 52)
    bar = intake.workspace.above.top
    bar.show_undo("Age: 52 years")
    places = []
    for status in (SaveStatus(SaveState.WAITING), SaveStatus(SaveState.SAVED, at="2026-11-23T10:22:07")):
        bar.show_saved(status)
        QTest.qWait(20)
        assert bar.saved.width() >= bar.saved.sizeHint().width()
        places.append((bar.undo.x(), bar.saved.x()))
    assert bar.undo.isVisible() and places[0] == places[1]


def test_a_line_that_comes_above_the_page_moves_no_card(qtbot: QtBot, intake: OpenDesk) -> None:
    turn(qtbot, intake, theme_of(intake, "bp.readings"))
    card_of(intake, "bp.readings").take_focus()
    QTest.qWait(10)
    before = tops(intake)
    intake.workspace.above.alarm.show_text("1 time-critical item, no response since 10:22")
    QTest.qWait(20)
    assert intake.workspace.above.alarm.isVisible() and tops(intake) == before
    intake.workspace.above.alarm.show_text("")
    QTest.qWait(20)
    assert tops(intake) == before


def test_names_offered_lie_over_the_page_within_sight_and_take_a_click(qtbot: QtBot, intake: OpenDesk) -> None:
    turn(qtbot, intake, theme_of(intake, "medicines.list"))
    card = card_of(intake, "medicines.list")
    assert moved_by(intake, card, "sertra") == []
    (offered,) = [w for w in intake.window.findChildren(QWidget) if w.accessibleName().endswith("names found")]
    assert offered.isVisible() and not offered.isWindow()
    under = intake.window.childAt(offered.mapTo(intake.window, offered.rect().center()))
    assert under is not None and offered.isAncestorOf(under), "something lies over it"
    row = offered.visualItemRect(offered.item(0)).center()  # type: ignore[attr-defined]
    QTest.mouseClick(offered.viewport(), Qt.MouseButton.LeftButton, pos=row)  # type: ignore[attr-defined]
    assert not offered.isVisible()
    recorded = intake.session.recorded["medicines.list"].to_json()
    assert "Sertra" in str(recorded), "the first that was offered"


def test_a_medicine_that_is_added_below_the_fold_comes_into_view_whole_unless_somebody_scrolled_away(
    qtbot: QtBot, intake: OpenDesk
) -> None:
    intake.window.resize(1024, 700)
    turn(qtbot, intake, theme_of(intake, "medicines.list"))
    add = line(intake, "Medicines: add a medicine by its name or trade name")

    def focus() -> QWidget:
        now = QApplication.focusWidget()
        assert now is not None
        return now

    for name in ("lithium", "propranolol", "sumatriptan"):
        add.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClicks(add, name)
        QTest.keyClick(add, Qt.Key.Key_Return)
        row = next(row for row in intake.window.findChildren(MedicineRow) if row.isAncestorOf(focus()))
        qtbot.waitUntil(partial(whole, row))
    page = intake.window.findChild(ThemePage)
    assert isinstance(page, ThemePage)
    scroll(page, up=True)
    page.body.addSpacing(400)
    lay_out(intake.window)
    QTest.qWait(50)
    assert page.verticalScrollBar().value() == 0


def whole(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


def scroll(page: ThemePage, *, up: bool) -> None:
    """By the wheel, to the end."""
    down = QWheelEvent(
        QPointF(20, 20), page.viewport().mapToGlobal(QPointF(20, 20)), QPoint(), QPoint(0, 120000 if up else -120000),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.viewport(), down)
