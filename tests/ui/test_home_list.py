"""Home with many screenings: pages, a search that the vault does, late answers, and what a role is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from screener.records.browse import Listing
from screener.records.paging import PAGE
from screener.store.roles import Right, rights_of
from screener.store.vault import Vault
from screener.text import WorldError
from screener.ui.screening_list import ScreeningList
from screener.ui.shell.home import HomePage
from screener.ui.shell.screening_row import Row
from screener.ui.style.theme import Theme
from tests.ui.desks import CLOCK, show_in_window
from tests.ui.walk.at_hand import ByHand

Key = Qt.Key


class Home:
    """A home page over a vault in memory; jobs are done when a test says so."""

    def __init__(self, qtbot: QtBot, signed: int = 0, rights: frozenset[Right] = frozenset(Right)) -> None:
        self.vault, self.jobs = Vault.in_memory(CLOCK, name="Clinician A"), ByHand()
        for number in range(signed):
            self.begin(f"SYN-{number:04}", signed=True)
        self.page = HomePage("Clinician A, clinician", rights)
        self.window = show_in_window(qtbot, self.page)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.list = ScreeningList(self.page, self.vault.shelf, self.jobs, lambda: True)

    def begin(self, reference: str, *, signed: bool = False, **digest: Any) -> str:
        opening = {"reference": reference, "pathway": "kap", "clinician": "Clinician A", "begun_at": "2026-11-23T09:00"}
        screening = self.vault.shelf.begin(opening | {"visit_date": "2026-11-23"})
        self.vault.shelf.append(screening, (), {"pathway": "KAP", "state": "paused"} | digest)
        if signed:
            self.vault.shelf.seal(screening, b'{"visit": {}, "incomplete": null}', {"pathway": "KAP"}, "any")
        return screening

    def open(self) -> None:
        self.list.open()
        self.jobs.work_off()

    @property
    def references(self) -> list[str]:
        return [row.cells.reference for row in self.page.findChildren(Row) if not row.isHidden()]

    def says(self, words: str) -> bool:
        return any(words in shown.text() for shown in self.page.findChildren(QLabel) if shown.isVisible())

    def button(self, name: str) -> QAbstractButton:
        return next(one for one in self.page.findChildren(QAbstractButton) if one.accessibleName() == name)


def test_more_is_shown_by_keyboard_and_the_keyboard_goes_on_where_the_list_does(qtbot: QtBot) -> None:
    home = Home(qtbot, signed=PAGE + 20)
    home.open()
    qtbot.waitUntil(lambda: len(home.references) == PAGE)
    assert home.says(f"the latest {PAGE} of {PAGE + 20}")
    more = home.button("Show more")
    more.setFocus()
    QTest.keyClick(more, Key.Key_Return)
    home.jobs.work_off()
    qtbot.waitUntil(lambda: len(home.references) == PAGE + 20)
    assert not more.isVisible() and home.says(f"Signed: {PAGE + 20}")
    qtbot.waitUntil(lambda: getattr(QApplication.focusWidget(), "text", str)() == "SYN-0019")


def test_the_search_waits_for_a_pause_in_typing_and_is_asked_once(qtbot: QtBot) -> None:
    home = Home(qtbot, signed=12)
    home.open()
    asked: list[str] = []
    home.page.look_for.connect(asked.append)
    home.page.search.setFocus()
    QTest.keyClicks(home.page.search, "0011")
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["0011"]
    home.jobs.work_off()
    assert home.references == ["SYN-0011"] and home.says("Signed: 1")
    QTest.keyClick(home.page.search, Key.Key_Escape)
    home.jobs.work_off()
    assert len(home.references) == 12


class Late(ByHand):
    """Answers in the order in which a test wants them."""

    def submit(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[WorldError], None]
    ) -> Future[Any]:
        value = work()
        self._kept.append((lambda: value, done, failed))
        return Future()


def test_an_answer_to_words_that_were_changed_meanwhile_is_dropped(qtbot: QtBot) -> None:
    home = Home(qtbot, signed=12)
    home.open()
    late = Late()
    home.list._jobs = late
    for words in ("0003", "0004"):
        home.page.look_for.emit(words)
    late._kept.reverse()
    late.work_off()
    assert home.references == ["SYN-0004"]


def test_a_search_that_waits_its_turn_behind_another_is_not_done_at_all(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(qtbot, signed=3)
    home.open()
    looked: list[str] = []
    listing = home.vault.shelf.listing

    def look(**wanted: Any) -> Listing:
        looked.append(wanted["words"])
        return listing(**wanted)

    monkeypatch.setattr(home.vault.shelf, "listing", look)
    for words in ("0", "00", "000"):
        home.page.look_for.emit(words)
    home.jobs.work_off()
    assert set(looked) == {"000"}


def test_that_an_answer_takes_a_moment_is_said(qtbot: QtBot) -> None:
    home = Home(qtbot, signed=3)
    home.list.open()
    qtbot.waitUntil(lambda: home.says("Looking through the records…"))
    home.jobs.work_off()
    assert not home.says("Looking through the records…") and len(home.references) == 3


def test_nothing_found_and_nothing_yet_are_told_apart(qtbot: QtBot) -> None:
    home = Home(qtbot)
    home.open()
    qtbot.waitUntil(lambda: home.says("No screenings yet"))
    home.page.look_for.emit("anybody")
    home.jobs.work_off()
    qtbot.waitUntil(lambda: home.says("No screening matches “anybody”."))


def test_what_is_waited_for_is_read_by_tab_and_one_link_leads_to_it(qtbot: QtBot) -> None:
    home = Home(qtbot, signed=40)
    home.begin("SYN-0900", waiting_for=[{"what": "ECG", "from": "her cardiologist", "until": "Thu 26 Nov"}])
    home.open()
    link = home.button("Waiting for: 1")
    qtbot.waitUntil(link.isVisible)
    QApplication.sendPostedEvents()
    link.setFocus()
    QTest.keyClick(link, Key.Key_Return)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Waiting for: SYN-0900 ECG from her cardiologist by Thu 26 Nov"


def test_the_keyboard_begins_on_the_search_and_arrows_lead_into_the_list_and_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = heard_by(monkeypatch)
    home = Home(qtbot, signed=3)
    qtbot.waitUntil(home.page.search.hasFocus)
    home.open()
    assert said == ["Unfinished: 0 · Signed: 3"]
    qtbot.waitUntil(lambda: home.page.findChildren(Row)[0].link.isVisible())
    assert home.page.search.hasFocus(), "nothing opens by a key that was meant for the page before"
    seen = []
    for _ in range(4):
        QTest.keyClick(focused(), Key.Key_Down)
        seen.append(focused().text())
    assert seen == ["SYN-0002", "SYN-0001", "SYN-0000", "SYN-0000"]
    for _ in range(3):
        QTest.keyClick(focused(), Key.Key_Up)
    assert home.page.search.hasFocus()


def test_without_any_screening_the_keyboard_begins_on_what_begins_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = heard_by(monkeypatch)
    home = Home(qtbot)
    qtbot.waitUntil(home.page.search.hasFocus)
    home.open()
    assert said == ["No screenings yet"]
    qtbot.waitUntil(home.page.begin.hasFocus)
    home.page.focus_first()
    assert home.page.begin.hasFocus()


def test_who_types_at_once_is_not_moved_where_there_is_no_screening_yet(qtbot: QtBot) -> None:
    home = Home(qtbot)
    qtbot.waitUntil(home.page.search.hasFocus)
    QTest.keyClicks(home.page.search, "SY")
    home.open()
    assert home.page.search.hasFocus() and home.page.search.text() == "SY"


def test_down_before_the_search_has_answered_stays_in_what_is_found(qtbot: QtBot) -> None:
    home = Home(qtbot, signed=12)
    home.open()
    home.page.search.setFocus()
    QTest.keyClicks(home.page.search, "0003")
    qtbot.waitUntil(lambda: home.page.findChildren(Row)[0].link.isVisible())
    QTest.keyClick(home.page.search, Key.Key_Down)
    assert focused().text() == "SYN-0011", "the list that stands there still"
    home.page._ask()
    home.jobs.work_off()
    qtbot.waitUntil(lambda: focused().text() == "SYN-0003")


def test_down_from_the_last_row_leads_to_more(qtbot: QtBot) -> None:
    home = Home(qtbot, signed=PAGE + 1)
    home.open()
    qtbot.waitUntil(lambda: len(home.references) == PAGE)
    more = home.button("Show more")
    qtbot.waitUntil(more.isVisible)
    last = home.page.findChildren(Row)[-1].link
    last.setFocus()
    QTest.keyClick(last, Key.Key_Down)
    assert more.hasFocus()


def focused() -> Any:
    """What has the keyboard."""
    return QApplication.focusWidget()


def heard_by(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What home has a screen reader say from here on."""
    said: list[str] = []
    monkeypatch.setattr("screener.ui.shell.home.announce", lambda _, text: said.append(text))
    return said


def test_the_menu_of_a_row_opens_it_shows_the_records_of_its_reference_and_discards_what_is_unfinished(
    qtbot: QtBot,
) -> None:
    home = Home(qtbot, signed=1)
    draft = home.begin("SYN-0042")
    home.open()
    asked: list[object] = []
    for signal in (home.page.open_draft, home.page.open_record, home.page.records):
        signal.connect(asked.append)
    home.page.discard.connect(lambda line: asked.append(line.id))
    offered = {}
    for row in home.page.findChildren(Row):
        row.link.setFocus()
        for place in range(3):
            event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, row.link.pos(), QPoint())
            QApplication.sendEvent(row.link, event)
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            actions = menu.actions()
            offered[row.cells.reference] = [action.text() for action in actions]
            if place < len(actions):
                actions[place].trigger()
            menu.close()
    assert offered == {
        "SYN-0042": ["Open", "Records of SYN-0042", "Discard…"],
        "SYN-0000": ["Open", "Records of SYN-0000"],
    }
    record = home.vault.shelf.records()[0].record
    assert asked == [draft, "SYN-0042", draft, record, "SYN-0000"]


def test_the_records_of_the_row_with_the_keyboard_are_shown_or_of_the_only_reference(qtbot: QtBot) -> None:
    home = Home(qtbot, signed=2)
    home.open()
    asked: list[str] = []
    home.page.records.connect(asked.append)
    home.page.search.setFocus()
    home.page.ask_for_records()
    assert asked == [] and home.says("Whose records?")
    second = home.page.findChildren(Row)[1]
    second.link.setFocus()
    home.page.ask_for_records()
    assert asked == [second.cells.reference]
    home.page.search.setFocus()
    home.page.search.setText("SYN-0001")
    home.page._ask()
    home.jobs.work_off()
    home.page.ask_for_records()
    assert asked[1:] == ["SYN-0001"]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.of(qapp)
    yield made
    made.apply("light", 1.0)


@pytest.mark.parametrize(("width", "height", "scale"), [(1024, 768, 1.0), (1280, 720, 2.0), (1440, 900, 1.0)])
def test_rows_stand_in_their_columns_at_every_size(
    qtbot: QtBot, theme: Theme, width: int, height: int, scale: float
) -> None:
    home = Home(qtbot, signed=3)
    home.begin("SYN-0042", waiting={"time-critical": 1, "review": 12, "note": 3, "check": 2, "open": 10})
    home.open()
    theme.apply("light", scale)
    home.window.resize(width, height)
    QApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: home.page.width() == width)
    for row in home.page.findChildren(Row):
        ends = [left + wide for left, wide in row._columns.places.values()]
        assert ends == sorted(ends) and ends[-1] <= row.width(), row.cells.reference
        for link in (row.link, row.discard):
            assert link is None or row.rect().contains(link.geometry())
    assert home.window.width() == width


@pytest.mark.parametrize(
    ("role", "administers", "offered"),
    [
        (
            "clinician",
            True,
            [
                "Screenings",
                "Dose day",
                "Training",
                "Accounts",
                "Backups",
                "Audit log",
                "Rules and sources",
                "Print…",
                "Settings",
            ],
        ),
        (
            "clinician",
            False,
            ["Screenings", "Dose day", "Training", "Audit log", "Rules and sources", "Print…", "Settings"],
        ),
        ("trainer", False, ["Home", "Training", "Rules and sources", "Print…", "Settings"]),
        (
            "administrator",
            False,
            [
                "Home",
                "Training",
                "Accounts",
                "Backups",
                "Audit log",
                "Rules and sources",
                "Print…",
                "Settings",
            ],
        ),
    ],
)
def test_what_a_role_does_not_include_is_not_offered(
    qtbot: QtBot, role: str, administers: bool, offered: list[str]
) -> None:
    page = HomePage(f"Somebody, {role}", rights_of(role, administers=administers))
    window = show_in_window(qtbot, page)
    assert window.page is page
    rail = [b.text() for b in page.findChildren(QAbstractButton) if b.property("look") == "rail-item"]
    assert rail == offered
    assert any(b.text() == "New screening" for b in page.findChildren(QAbstractButton)) == (role == "clinician")


def test_a_screening_nobody_has_looked_at_yet_is_not_said_to_have_nothing_listed(qtbot: QtBot) -> None:
    home = Home(qtbot)
    home.begin("SYN-0001")
    home.begin("SYN-0002", waiting={"review": 0})
    home.open()
    rows = {row.cells.reference: row for row in home.page.findChildren(Row)}
    assert "listed without response: not worked out yet" in rows["SYN-0001"].cells.words
    assert "listed without response: none" in rows["SYN-0002"].cells.words
