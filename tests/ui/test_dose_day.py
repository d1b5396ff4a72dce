"""The list of a dose day on screen: it follows the clock without moving, and is worked by its keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from screener.clock import FixedClock
from screener.forms.shorthand import Typed
from screener.records.browse import LastVisit
from screener.records.day_line import Deed, Moment, Whom
from screener.records.dose_day import PersonOfDay
from screener.ui.shell import day_line
from screener.ui.shell.day_line import Meant
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


def as_before(visit: LastVisit) -> str:
    return f"{visit.product or 'no product'} as before"


BEFORE = (
    LastVisit("SYN-0107", "M 1969", "2026-11-19", "dose-day", ("general",), "Spravato"),
    LastVisit("SYN-0009", "", "2026-11-12", "dose-day", ("general",), ""),
)


class Shown:
    """The page in a window, with a clock that is turned by hand."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clock = FixedClock(datetime(2026, 11, 26, 10, 40, tzinfo=UTC))
        self.page = DoseDayPage(self.clock.now, as_before)
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


def test_what_is_entered_after_midnight_on_the_list_of_the_day_before_waits_for_the_new_list(
    qtbot: QtBot, shown: Shown
) -> None:
    shown.page.show_people(PEOPLE)
    shown.types("0042 b 1988 dose")
    shown.clock.moment = shown.clock.moment.replace(day=27, hour=0, minute=0)
    with qtbot.assertNotEmitted(shown.page.told), qtbot.waitSignal(shown.page.day_turned):
        shown.key(Qt.Key.Key_Return)
    assert shown.page.line.text == "0042 b 1988 dose"


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


def told(shown: Shown, text: str) -> str:
    """What the line says back of a text that is typed where the keyboard is in the list."""
    shown.types(text)
    line = shown.page.line.line
    assert QApplication.focusWidget() is line
    return line.accessibleDescription()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("42", "SYN-0042 · B 1988. Enter opens the screening."),
        ("syn-00", "SYN-0031, SYN-0042, SYN-0007, SYN-0009: type more of the reference, or the second mark."),
        ("0031 k1974", "SYN-0031 · K 1974. The second mark says who this is: Enter opens the screening."),
        ("0031 K 1974 140/88 75", "Enter records: reading 140/88 75."),
        ("0031 K 1974 140/88 75 97%", "Enter records: reading 140/88 75, saturation 97 %."),
        ("0031 140/88", "Enter asks whether this is the person, then records: reading 140/88."),
        ("0042 b 1988 dose", "Enter records: dose given now."),
        ("0042 b 1988 lea 1231", "Enter records: leaving at 12:31."),
        ("0031 K 1974 well", "“well” is no second mark, no reading, and neither dose nor leaving."),
        ("0031 B 1988", "“B 1988” is no second mark, no reading, and neither dose nor leaving."),
        ("0007 140/88", "Signed. Enter opens the record; nothing is recorded from here."),
        ("0107", "Enter opens a new screening of today, to be looked over; with the second mark it begins."),
        ("0107 M 1969", "Enter begins today's visit: Spravato as before."),
        ("0107 M 1969 dose 930", "Enter begins today's visit: Spravato as before. Dose planned at 09:30."),
        ("0107 M 1969 140/88", "Nothing is begun today: only a planned time can be told, as in dose 0930."),
        ("0107 dose 0930", "With the second mark behind the reference it begins with this time."),
        ("0009", "SYN-0009. Enter opens a new screening of today, to be looked over."),
        ("0009 dose 0930", "SYN-0009. Without a second mark it is begun there, without a time."),
        ("zz", "Nobody of today, and nobody who was here in the last 60 days, has this in the reference."),
    ],
)
def test_the_line_over_the_list_says_what_it_means_before_enter(shown: Shown, text: str, said: str) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    assert said in told(shown, text)
    QApplication.sendPostedEvents()
    assert any(said in one for one in shown.said)


@pytest.mark.parametrize(
    ("text", "whom", "by_mark", "tells"),
    [
        ("42", PEOPLE[1], False, None),
        ("0031 K 1974 140/88 75 97%", PEOPLE[0], True, Typed(((140, 88, 75),), 97)),
        ("0107 M 1969 dose 930", BEFORE[0], True, Moment(Deed.DOSE, "09:30")),
        ("0107", BEFORE[0], False, None),
        ("0007 140/88", PEOPLE[2], False, None),
    ],
)
def test_enter_in_the_line_does_what_it_says(
    qtbot: QtBot, shown: Shown, text: str, whom: Whom, by_mark: bool, tells: Typed | Moment | None
) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    shown.types(text)
    with qtbot.waitSignal(shown.page.told) as heard:
        shown.key(Qt.Key.Key_Return)
    assert heard.args == [Meant(whom, by_mark, tells), text]
    assert shown.page.line.line.text() == ""


def test_where_one_reference_stands_there_twice_it_is_said_that_no_more_typing_tells_them_apart(shown: Shown) -> None:
    shown.page.show_people((PEOPLE[1], replace(PEOPLE[1], screening="s9")))
    said = "SYN-0042 stands in the list more than once: Down leads there, Enter opens the one you mean."
    assert told(shown, "0042 b 1988 dose") == said


@pytest.mark.parametrize("text", ["syn-00", "0031 K 1974 well", "zz", "0009 dose 0930", "0107 M 1969 140/88"])
def test_where_it_is_not_clear_enter_does_nothing_and_the_text_stays(qtbot: QtBot, shown: Shown, text: str) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    shown.types(text)
    with qtbot.assertNotEmitted(shown.page.told):
        shown.key(Qt.Key.Key_Return)
    assert shown.page.line.line.text() == text


def test_without_the_second_mark_it_is_asked_who_this_is_before_anything_is_recorded(
    qtbot: QtBot, shown: Shown
) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    shown.types("0031 140/88 75")
    with qtbot.assertNotEmitted(shown.page.told):
        shown.key(Qt.Key.Key_Return)
    assert shown.heard == "This is the person: record it"
    with qtbot.waitSignal(shown.page.told) as heard:
        shown.key(Qt.Key.Key_Space)
    assert heard.args[0] == Meant(PEOPLE[0], True, Typed(((140, 88, 75),)))


def test_esc_empties_the_line_before_it_leaves_the_page(qtbot: QtBot, shown: Shown) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    shown.types("42")
    with qtbot.assertNotEmitted(shown.page.closed):
        shown.key(Qt.Key.Key_Escape)
    assert shown.page.line.line.text() == ""
    shown.key(Qt.Key.Key_Down)
    assert shown.heard.startswith("SYN-0031")
    with qtbot.waitSignal(shown.page.closed):
        shown.key(Qt.Key.Key_Escape)


def test_the_question_who_this_is_says_who_and_what_and_esc_goes_back_to_what_was_typed(
    qtbot: QtBot, shown: Shown
) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    shown.types("0031 140/88")
    shown.key(Qt.Key.Key_Return)
    asked = QApplication.focusWidget()
    assert asked is not None
    assert asked.accessibleDescription() == "SYN-0031 · K 1974. Enter records: reading 140/88."
    with qtbot.assertNotEmitted(shown.page.closed), qtbot.assertNotEmitted(shown.page.told):
        shown.key(Qt.Key.Key_Escape)
    line = shown.page.line.line
    assert QApplication.focusWidget() is line and not asked.isVisible()
    assert line.text() == "0031 140/88" and "Enter asks whether" in line.accessibleDescription()


def test_what_is_typed_at_the_question_who_this_is_goes_on_in_the_line(shown: Shown) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    shown.types("0031 140/8")
    shown.key(Qt.Key.Key_Return)
    assert told(shown, "8") == "SYN-0031 · K 1974. Enter asks whether this is the person, then records: reading 140/88."


@pytest.mark.parametrize("text", ["zz", "0009 dose 0930", "0107 M 1969 140/88"])
def test_why_enter_does_nothing_is_said_aloud(shown: Shown, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    said = told(shown, text)
    aloud: list[str] = []
    monkeypatch.setattr(day_line, "announce", lambda _, words, **__: aloud.append(words))
    shown.key(Qt.Key.Key_Return)
    assert aloud == [said]


def test_while_something_is_typed_the_list_that_is_read_again_leaves_the_keyboard_where_it_is(shown: Shown) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    shown.types("0042")
    shown.page.show_people(PEOPLE, "s1", BEFORE)
    shown.types(" b 1988 dose")
    assert shown.page.line.line.text() == "0042 b 1988 dose"


def test_while_it_is_asked_who_this_is_the_list_that_is_read_again_asks_no_other_question(
    qtbot: QtBot, shown: Shown
) -> None:
    shown.page.show_people(PEOPLE, "", BEFORE)
    shown.types("0042 140/88 75")
    shown.key(Qt.Key.Key_Return)
    shown.page.show_people(PEOPLE, "s1", BEFORE)
    assert shown.heard == "This is the person: record it"
    with qtbot.assertNotEmitted(shown.page.open_draft), qtbot.waitSignal(shown.page.told):
        shown.key(Qt.Key.Key_Return)
        shown.key(Qt.Key.Key_Return)


def test_what_is_typed_before_the_list_is_read_stands_in_the_line(qtbot: QtBot, shown: Shown) -> None:
    shown.page.focus_first()
    with qtbot.assertNotEmitted(shown.page.new):
        said = told(shown, "0042 b 1988 dose")
    assert said == "Looking through the records…"
    shown.page.show_people(PEOPLE, "", BEFORE)
    assert "Enter records: dose given now." in shown.page.line.line.accessibleDescription()
    with qtbot.waitSignal(shown.page.told):
        shown.key(Qt.Key.Key_Return)


def test_every_control_has_a_name(shown: Shown) -> None:
    for people in (PEOPLE, ()):
        shown.page.show_people(people, "", BEFORE)
        assert nameless(shown.page) == []
