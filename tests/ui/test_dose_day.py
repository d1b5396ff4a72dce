"""The list of a dose day on screen: it follows the clock without moving, and is worked by its keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from screener.clock import FixedClock
from screener.records.browse import LastVisit
from screener.records.dose_day import PersonOfDay
from screener.ui.shell.dose_day_page import DoseDayPage
from screener.ui.shell.dose_day_table import DoseDayTable, PersonRow
from screener.ui.shell.window import MainWindow
from tests.ui.desks import show_in_window
from tests.ui.test_pages import nameless

SOMEBODY = {
    "product": "Esketamine nasal spray",
    "before": {"words": "128/82 71, 126/80 70", "at": "09:58", "phase": "before"},
    "given_at": "2026-11-26T10:12",
    "after": None,
    "due": [{"phase": "about_40_min", "at": "2026-11-26T10:52", "recorded": False}],
    "left_at": "",
}
PEOPLE = (
    PersonOfDay("s1", "", "SYN-0031", "K 1974", "Dose day", "paused", ("before the dose, 10:05",), SOMEBODY),
    PersonOfDay("s2", "", "SYN-0042", "B 1988", "Dose day", "in progress", ()),
    PersonOfDay("s3", "r3", "SYN-0007", "", "Dose day", "signed", ("before the dose, 08:59", "after the dose, 11:24")),
)
BEFORE = (
    LastVisit("SYN-0107", "M 1969", "2026-11-19", "dose-day", ("general",), "Spravato"),
    LastVisit("SYN-0009", "", "2026-11-12", "dose-day", ("general",), ""),
)


class Shown:
    """The page in a window, with a clock that is turned by hand."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clock = FixedClock(datetime(2026, 11, 26, 10, 40, tzinfo=UTC))
        self.page = DoseDayPage(self.clock.now)
        self.window: MainWindow = show_in_window(qtbot, self.page)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def at(self, hour: int, minute: int, day: int = 26) -> None:
        self.clock.moment = self.clock.moment.replace(day=day, hour=hour, minute=minute)
        self.page.look_at_the_clock()
        QApplication.sendPostedEvents()

    @property
    def said(self) -> list[str]:
        return [shown.text() for shown in self.page.findChildren(QLabel) if shown.isVisibleTo(self.page)]

    def places(self) -> list[object]:
        parts = [*self.page.findChildren(PersonRow), *self.page.findChildren(QLabel)]
        return [part.geometry().getRect() for part in parts if part.isVisibleTo(self.page)]

    def types(self, text: str) -> None:
        for sign in text:
            QTest.keyClicks(QApplication.focusWidget() or self.page, sign)

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key)
        QApplication.sendPostedEvents()

    @property
    def heard(self) -> str:
        widget = QApplication.focusWidget()
        return "" if widget is None else widget.accessibleName()


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    made = Shown(qtbot)
    yield made
    made.window.close()


def test_as_time_passes_words_change_and_nothing_moves(shown: Shown) -> None:
    shown.page.show_people(PEOPLE)
    QApplication.sendPostedEvents()
    shown.at(10, 40)
    before = shown.places()
    assert "in 12 min" in shown.said
    for hour, minute, said in ((10, 52, "now"), (10, 58, "6 min ago"), (12, 7, "1 h 15 min ago")):
        shown.at(hour, minute)
        assert said in shown.said
        assert shown.places() == before


def test_the_clock_is_looked_at_by_itself(qtbot: QtBot, shown: Shown) -> None:
    shown.page.show_people(PEOPLE)
    shown.clock.moment = shown.clock.moment.replace(minute=58)
    qtbot.waitUntil(lambda: "6 min ago" in shown.said, timeout=8_000)


def test_up_and_down_go_from_one_to_the_next_and_enter_opens(qtbot: QtBot, shown: Shown) -> None:
    shown.page.show_people(PEOPLE)
    assert shown.heard == "SYN-0031, Dose day: open the screening"
    shown.key(Qt.Key.Key_Up)
    assert shown.heard.startswith("SYN-0031")
    shown.key(Qt.Key.Key_Down)
    with qtbot.waitSignal(shown.page.open_draft) as opened:
        shown.key(Qt.Key.Key_Return)
    assert opened.args == ["s2"]
    shown.key(Qt.Key.Key_Down)
    shown.key(Qt.Key.Key_Down)
    assert shown.heard == "SYN-0007, Dose day: open the record"
    with qtbot.waitSignal(shown.page.open_record) as opened:
        shown.key(Qt.Key.Key_Space)
    assert opened.args == ["r3"]


@pytest.mark.parametrize(("opened", "reference"), [("s2", "SYN-0042"), ("r3", "SYN-0007"), ("gone", "SYN-0031")])
def test_the_keyboard_comes_back_to_whoever_was_opened(shown: Shown, opened: str, reference: str) -> None:
    shown.page.show_people(PEOPLE, opened)
    assert shown.heard.startswith(reference)


def test_a_line_is_heard_whole_where_the_keyboard_is(shown: Shown) -> None:
    shown.page.show_people(PEOPLE)
    widget = QApplication.focusWidget()
    assert widget is not None
    assert "next reading: due 10:52, none recorded, in 12 min" in widget.accessibleDescription()
    shown.at(10, 58)
    assert "6 min ago" in widget.accessibleDescription()


def test_with_nobody_there_it_says_so_and_offers_to_begin(qtbot: QtBot, shown: Shown) -> None:
    shown.page.show_people(())
    QApplication.sendPostedEvents()
    assert "Nobody yet today" in shown.said
    with qtbot.waitSignal(shown.page.new):
        shown.key(Qt.Key.Key_Space)
    with qtbot.waitSignal(shown.page.closed):
        shown.key(Qt.Key.Key_Escape)


def test_at_midnight_the_list_asks_to_be_that_of_another_day(qtbot: QtBot, shown: Shown) -> None:
    shown.page.show_people(PEOPLE)
    with qtbot.waitSignal(shown.page.day_turned):
        shown.at(0, 1, day=27)


@pytest.mark.parametrize(("width", "heads"), [(1180, 1), (840, 1), (640, 3)])
def test_where_there_is_little_room_each_person_has_the_names_of_the_columns(
    qtbot: QtBot, width: int, heads: int
) -> None:
    holder = QWidget()
    window = show_in_window(qtbot, holder)
    table = DoseDayTable(PEOPLE, datetime(2026, 11, 26, 10, 40, tzinfo=UTC))
    table.setParent(holder)
    table.setGeometry(0, 0, width, 500)
    table.show()
    QApplication.sendPostedEvents()
    seen = [part for part in table.findChildren(QLabel) if part.isVisibleTo(table)]
    assert [part.text() for part in seen].count("Next reading") == heads
    for part in seen:
        assert part.mapTo(table, part.rect().topRight()).x() < table.width()
        assert part.heightForWidth(part.width()) <= part.height() + 1
    window.close()


def test_who_was_here_before_stands_below_in_the_order_of_the_references(qtbot: QtBot, shown: Shown) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    QApplication.sendPostedEvents()
    assert "Here before, nothing begun today" in shown.said
    assert [said for said in shown.said if said.startswith("last visit")] == [
        "last visit 12 Nov 2026",
        "last visit 19 Nov 2026",
    ]
    for _ in range(3):
        shown.key(Qt.Key.Key_Down)
    assert shown.heard == "SYN-0009: new screening of today"
    shown.key(Qt.Key.Key_Down)
    shown.key(Qt.Key.Key_Down)
    widget = QApplication.focusWidget()
    assert widget is not None and widget.accessibleDescription() == "M 1969; last visit 19 Nov 2026"
    with qtbot.waitSignal(shown.page.again) as wanted:
        shown.key(Qt.Key.Key_Return)
    assert wanted.args == [BEFORE[0]]
    shown.key(Qt.Key.Key_Up)
    shown.key(Qt.Key.Key_Up)
    assert shown.heard.startswith("SYN-0007")


def test_with_nobody_there_yet_the_keyboard_is_on_the_first_who_was_here_before(shown: Shown) -> None:
    shown.page.show_people((), "", BEFORE)
    QApplication.sendPostedEvents()
    assert "Nobody yet today" in shown.said
    assert shown.heard == "SYN-0009: new screening of today"
    shown.key(Qt.Key.Key_Up)
    assert shown.heard == "SYN-0009: new screening of today"


def test_a_part_of_a_reference_goes_to_whoever_it_is_of(qtbot: QtBot, shown: Shown) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    shown.types("42")
    assert shown.heard.startswith("SYN-0042")
    shown.types("9")
    assert shown.heard.startswith("SYN-0042")
    qtbot.waitUntil(lambda: not shown.page._ahead._pause.isActive())
    shown.types("syn-01")
    assert shown.heard.startswith("SYN-0107")


def test_every_control_has_a_name(shown: Shown) -> None:
    for people in (PEOPLE, ()):
        shown.page.show_people(people, "", BEFORE)
        assert nameless(shown.page) == []
