"""The debrief in the window: the trainee writes before the key shows, and rows are gone through by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from screener.ui.actions import ACTIONS, DEBRIEF
from screener.ui.key_switches import WALK, SingleKeys
from screener.ui.shell.window import MainWindow
from screener.ui.training.debrief_page import DebriefPage
from screener.ui.training.debrief_row import DebriefRow
from screener.ui.training.time_bar import TimeBar
from screener.ui.widgets.read_card import ReadCard
from tests.ui.desks import show_in_window
from tests.ui.geometry import faults
from tests.ui.modes import MODES, USUAL
from tests.ui.names import name_of
from tests.ui.test_pages import LEAST_TARGET_PX, controls, nameless, twice
from tests.ui.walk.debriefing import bare, whole

Open = Callable[[DebriefPage], DebriefPage]


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Open]:
    windows: list[MainWindow] = []

    def show(page: DebriefPage) -> DebriefPage:
        window = show_in_window(qtbot, page)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.waitUntil(lambda: page.body.whole)
        page.focus_first()
        windows.append(window)
        return page

    yield show
    for window in windows:
        window.close()


def said(page: QWidget) -> str:
    return "\n".join(shown.text() for shown in page.findChildren(QLabel) if shown.isVisibleTo(page))


def key(page: QWidget, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for one in keys:
        QTest.keyClick(QApplication.focusWidget() or page, one, modifier)
        QApplication.sendPostedEvents()


def button(page: QWidget, name: str) -> QAbstractButton:
    return next(one for one in page.findChildren(QAbstractButton) if one.accessibleName() == name and one.isVisible())


def at(page: DebriefPage) -> str:
    focus = QApplication.focusWidget()
    assert isinstance(focus, DebriefRow)
    assert page.isAncestorOf(focus)
    return focus.row.subject


def test_the_trainee_writes_before_the_key_is_shown(qtbot: QtBot, opened: Open) -> None:
    page = opened(DebriefPage(whole(None)))
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPlainTextEdit)
    assert name_of(focus) == "What were you unsure of? What would you ask next time?"
    assert "Some nights" not in said(page)
    assert not button(page, "Save debrief as PDF").isEnabled()
    assert not button(page, "Print").isEnabled()
    QTest.keyClicks(focus, "The bladder.")
    with qtbot.waitSignal(page.wrote) as wrote:
        key(page, Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert wrote.args == ["The bladder."]
    page.show_debrief(whole("The bladder."))
    qtbot.waitUntil(lambda: page.body.whole)
    assert "“Some nights I think about how.”" in said(page)
    assert "“The bladder.”" in said(page)


def test_nothing_written_is_taken_too(qtbot: QtBot, opened: Open) -> None:
    page = opened(DebriefPage(whole(None)))
    with qtbot.waitSignal(page.wrote) as wrote:
        QTest.mouseClick(button(page, "Show the debrief"), Qt.MouseButton.LeftButton)
    assert wrote.args == [""]


def test_keys_go_through_the_rows_and_enter_replays_from_before_one(qtbot: QtBot, opened: Open) -> None:
    page = opened(DebriefPage(whole()))
    assert at(page) == "reason"
    key(page, Qt.Key.Key_J, Qt.Key.Key_Down)
    assert at(page) == "bleed"
    key(page, Qt.Key.Key_K)
    assert at(page) == "bp.readings"
    key(page, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert at(page) == "reason"
    key(page, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_J)
    assert at(page) == "thoughts"
    with qtbot.waitSignal(page.replay) as replay:
        key(page, Qt.Key.Key_Return)
    assert replay.args == [484 - 30]


def test_the_button_replays_from_before_the_chosen_row(qtbot: QtBot, opened: Open) -> None:
    page = opened(DebriefPage(whole()))
    row = next(one for one in page.findChildren(DebriefRow) if one.row.subject == "bleed")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    row.setFocus()
    replay = button(page, "Replay from 30 s before")
    assert replay.toolTip().startswith("From 30 s before “They did a scan once.")
    with qtbot.waitSignal(page.replay) as heard:
        QTest.mouseClick(replay, Qt.MouseButton.LeftButton)
    assert heard.args == [319 - 30]
    with qtbot.waitSignal(page.replay) as heard:
        QTest.mouseDClick(row, Qt.MouseButton.LeftButton)
    assert heard.args == [319 - 30]


def test_every_moment_of_the_timeline_is_one_to_replay_from(qtbot: QtBot, opened: Open) -> None:
    page = opened(DebriefPage(whole()))
    page.body.finish()
    moments = whole().timeline
    links = [one for one in page.findChildren(QAbstractButton) if one.accessibleName().startswith("Replay from 0")]
    assert [one.text() for one in links] == [one.clock for one in moments] and len(moments) > 10
    for link, moment in zip(links, moments, strict=True):
        assert link.accessibleName() == f"Replay from {moment.clock}: {moment.words}"
        link.setFocus()
        with qtbot.waitSignal(page.replay) as heard:
            QTest.keyClick(link, Qt.Key.Key_Space)
        assert heard.args == [int(moment.second)]


def test_a_row_without_a_moment_offers_no_replay(qtbot: QtBot, opened: Open) -> None:
    page = opened(DebriefPage(bare()))
    key(page, Qt.Key.Key_J)
    assert at(page) == "thoughts"
    assert not button(page, "Replay from 30 s before").isEnabled()
    with qtbot.assertNotEmitted(page.replay):
        key(page, Qt.Key.Key_Return)


def test_walking_by_single_keys_can_be_switched_off(qtbot: QtBot, opened: Open) -> None:
    SingleKeys.current().turn(WALK, on=False)
    try:
        page = opened(DebriefPage(whole()))
        key(page, Qt.Key.Key_J)
        assert at(page) == "reason"
        key(page, Qt.Key.Key_Down)
        assert at(page) == "bp.readings"
    finally:
        SingleKeys.current().turn(WALK, on=True)


def test_what_is_wanted_of_it_goes_out_as_signals(qtbot: QtBot, opened: Open) -> None:
    page = opened(DebriefPage(whole()))
    control = Qt.KeyboardModifier.ControlModifier
    for signal, name, pressed in (
        (page.save_pdf, "Save debrief as PDF", Qt.Key.Key_S),
        (page.print_out, "Print", Qt.Key.Key_P),
        (page.again, "Try again", None),
        (page.closed, "Back", None),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button(page, name), Qt.MouseButton.LeftButton)
        if pressed is not None:
            with qtbot.waitSignal(signal):
                key(page, pressed, modifier=control)
    with qtbot.waitSignal(page.closed):
        key(page, Qt.Key.Key_Escape)


def test_every_declared_key_is_bound(opened: Open) -> None:
    page = opened(DebriefPage(whole()))
    bound = {action.objectName() for action in page.findChildren(QAction)}
    assert {f"action.{one.id}" for one in ACTIONS if one.where == DEBRIEF} <= bound


def test_a_screen_reader_hears_a_whole_row_and_the_time_that_the_bar_shows(opened: Open) -> None:
    page = opened(DebriefPage(whole()))
    row = next(one for one in page.findChildren(DebriefRow) if one.row.subject == "bladder")
    assert row.accessibleName() == (
        "“I drink a lot of coffee, that is all.”, Urinary frequency since March, told the first time. "
        "Recorded: Not recorded. Story: Passing water often. "
        "not established: Urinary symptoms now. Not established. With “Passing water often” it is listed."
    )
    (bar,) = page.findChildren(TimeBar)
    assert "Mood 4:35" in bar.accessibleName()
    table = next(one for one in page.findChildren(ReadCard) if one.accessibleName().startswith("Time by theme"))
    assert "Mood: 4:35" in table.accessibleName()


@pytest.mark.parametrize("make", [lambda: whole(None), whole, bare], ids=["before", "an hour", "nearly nothing"])
def test_every_control_has_a_name_of_its_own_and_room_for_a_finger(opened: Open, make: Callable[[], object]) -> None:
    page = opened(DebriefPage(make()))  # type: ignore[arg-type]
    assert nameless(page) == []
    assert twice(page) == []
    small = [name_of(one) for one in controls(page) if min(one.width(), one.height()) < LEAST_TARGET_PX]
    assert small == []


@pytest.mark.parametrize("mode", MODES)
def test_it_lies_as_it_should_in_every_mode(qapp: QApplication, opened: Open, mode: str) -> None:
    MODES[mode].dress(qapp)
    try:
        for found in (whole(None), whole()):
            page = opened(DebriefPage(found))
            page.window().resize(1024, 768)
            assert [str(fault) for fault in faults(page)] == []
    finally:
        USUAL.dress(qapp)


def test_a_row_that_is_left_stays_chosen(opened: Open) -> None:
    page = opened(DebriefPage(whole()))
    row = next(one for one in page.findChildren(DebriefRow) if one.row.subject == "bladder")
    row.setFocus()
    QApplication.sendEvent(row, QFocusEvent(QEvent.Type.FocusOut))
    button(page, "Try again").setFocus()
    assert row.property("look") == "card-chosen"
    others = {one.property("look") for one in page.findChildren(DebriefRow) if one is not row}
    assert others == {"card"}
