"""The line over the list of a dose day, in the running program: where nothing can be recorded from there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from screener.clock import SystemClock, today
from screener.screening.handover import begin
from screener.screening.opening import Opening
from screener.screening.session import Session
from screener.store.shelf import VaultShelf
from screener.store.vault import Vault
from screener.ui.screening.workspace import Workspace
from screener.ui.shell.dose_day_page import DoseDayPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.keys import KeysPage
from tests.store.places import CHEAP
from tests.ui.desks import refuse, session_of, shipped
from tests.ui.test_keeping import PASSPHRASE, Desk

TYPED = "0042 K 1974 128/82 71, 126/80 70"


def of_today(**other: Any) -> Opening:
    """A dose day whose visit is today."""
    return replace(session_of("dose-day").opening, visit_date=today(SystemClock()).isoformat(), **other)


def keep(home: Path, opening: Opening, *, handed_over: bool = False) -> None:
    vault, _ = Vault.create(home, name="Clinician A", passphrase=PASSPHRASE, cost=CHEAP)
    with vault:
        screening = vault.shelf.begin(opening.to_json())
        session = Session(shipped(), opening, SystemClock())
        change = begin(session, "this-visit", "Patient", again=False) if handed_over else None
        steps = session.journaled(change.steps) if change is not None else []
        digest = {"pathway": "Dose day", "state": "paused", "visit_date": opening.visit_date}
        vault.shelf.append(screening, steps, digest)


class Morning:
    """Somebody at the list of the day of a running program."""

    def __init__(self, qtbot: QtBot, home: Path, *, kept: bool) -> None:
        """`kept`: somebody stands in the list; else only below it."""
        self.desk = Desk(qtbot, home)
        self.desk.open().dose_day.emit()
        self.page = self.desk.page(DoseDayPage)
        self.desk.waits(lambda: (self.page.table if kept else self.page.before) is not None)

    def types(self, text: str) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.focusWidget() is self.page.line.line
        QTest.keyClicks(self.page.line.line, text)
        QTest.keyClick(self.page.line.line, Qt.Key.Key_Return)

    def news(self) -> str:
        """What is said over the screening that the line opened."""
        above = self.desk.page(Workspace).above
        self.desk.waits(lambda: "as they were typed" in above._news.text)
        return above._news.text


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@contextmanager
def at(qtbot: QtBot, home: Path, *, kept: bool = True) -> Iterator[Morning]:
    made = Morning(qtbot, home, kept=kept)
    yield made
    made.desk.close()


@pytest.fixture
def morning(qtbot: QtBot, home: Path) -> Iterator[Morning]:
    keep(home, of_today())
    with at(qtbot, home) as made:
        yield made


def test_where_the_disk_is_full_the_text_stands_in_its_line_again_and_can_be_entered_once_more(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(VaultShelf, "append", refuse)
        morning.types(TYPED)
        morning.desk.waits(lambda: "The disk is full" in morning.page.notice.text)
        assert morning.page.line.line.text() == TYPED
    QTest.keyClick(morning.page.line.line, Qt.Key.Key_Return)
    morning.desk.waits(lambda: morning.page.line._echo.text().startswith("Recorded. SYN-0042: "))
    assert morning.page.notice.isHidden()
    assert morning.page.table is not None
    (row,) = morning.page.table.rows
    assert row.person.before[0].startswith("128/82")


def test_where_a_visit_could_not_be_begun_its_line_stands_there_again(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last_week = (today(SystemClock()) - timedelta(days=7)).isoformat()
    keep(home, replace(of_today(), visit_date=last_week))
    with at(qtbot, home, kept=False) as morning:
        begins = "0042 K 1974 dose 0930"
        with monkeypatch.context() as full:
            full.setattr(VaultShelf, "begin", refuse)
            morning.types(begins)
            morning.desk.waits(lambda: "The disk is full" in morning.page.notice.text)
            assert morning.page.line.text == begins
        QTest.keyClick(morning.page.line.line, Qt.Key.Key_Return)
        assert "confirmed by reference and second mark" in morning.news()
        session = morning.desk.page(Workspace).controller.session
        assert str(session.answers["visit.dose_at"].value).endswith("09:30:00")


def test_the_list_of_keys_names_the_line_and_its_key(morning: Morning) -> None:
    QTest.keyClick(QApplication.focusWidget() or morning.page, Qt.Key.Key_F1)
    shown = [part.text() for part in morning.desk.page(KeysPage).findChildren(QLabel)]
    assert morning.page.line.line.accessibleName() in shown


def test_where_something_is_typed_by_then_it_stays_and_the_problem_says_what_was_not_recorded(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VaultShelf, "append", refuse)
    morning.types(TYPED)
    QTest.keyClicks(morning.page.line.line, "0042 K")
    morning.desk.waits(lambda: f"Not recorded from the list, “{TYPED}”. The disk is full" in morning.page.notice.text)
    assert morning.page.line.text == "0042 K"


def test_what_could_not_be_recorded_is_said_and_waits_where_the_list_was_left_by_then(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(VaultShelf, "append", refuse)
        morning.types(TYPED)
        morning.page.closed.emit()
        home = morning.desk.page(HomePage)
        news = morning.desk.window.news
        morning.desk.waits(lambda: f"Not recorded from the list, “{TYPED}”. The disk is full" in news.text)
    home.dose_day.emit()
    assert morning.desk.page(DoseDayPage).line.text == TYPED


def test_what_was_recorded_is_said_where_the_list_was_left_by_then(morning: Morning) -> None:
    morning.types(TYPED)
    morning.page.closed.emit()
    morning.desk.page(HomePage)
    news = morning.desk.window.news
    morning.desk.waits(lambda: news.text.startswith("Recorded. SYN-0042: Blood pressure and pulse: 128/82 71"))


def test_what_stands_in_the_line_and_was_not_entered_stands_there_again_when_the_list_is_opened_again(
    morning: Morning,
) -> None:
    QTest.keyClicks(morning.page.line.line, "0042 K")
    morning.page.closed.emit()
    morning.desk.page(HomePage).dose_day.emit()
    page = morning.desk.page(DoseDayPage)
    morning.desk.waits(lambda: page.table is not None)
    assert QApplication.focusWidget() is page.line.line
    assert (page.line.text, page.line.line.selectedText()) == ("0042 K", "0042 K")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0042 K 1974 186/118 90", "Recorded. SYN-0042: Blood pressure and pulse: 186/118 90. Newly listed"),
        ("0042 K 1974 dose 2359", "Not recorded from the list, “0042 K 1974 dose 2359”. 23:59 is still to come"),
    ],
)
def test_what_is_typed_of_the_next_person_meanwhile_goes_into_the_line_and_not_into_the_screening(
    morning: Morning, text: str, said: str
) -> None:
    morning.types(text)
    QTest.keyClicks(morning.page.line.line, "0042")
    morning.desk.waits(lambda: said in morning.page.kept.text)
    assert morning.desk.window.page is morning.page
    assert QApplication.focusWidget() is morning.page.line.line
    assert morning.page.line.text == "0042"


def test_what_is_typed_on_while_the_screening_comes_up_answers_nothing_in_it(morning: Morning) -> None:
    morning.types("0042 K 1974")
    workspace = morning.desk.page(Workspace)
    held = dict(workspace.controller.session.recorded)
    QTest.keyClicks(QApplication.focusWidget() or workspace, "1")
    assert "confirmed by reference and second mark" in morning.news()
    assert workspace.controller.session.recorded == held
    QTest.keyClicks(QApplication.focusWidget() or workspace, "1")
    assert workspace.controller.session.recorded != held


def test_one_that_is_in_the_patients_hands_is_opened_and_nothing_is_recorded(qtbot: QtBot, home: Path) -> None:
    keep(home, of_today(), handed_over=True)
    with at(qtbot, home) as morning:
        morning.types(TYPED)
        morning.desk.waits(lambda: morning.desk.window.page is not morning.page)
    with Vault.open(home, PASSPHRASE) as vault:
        (line,) = vault.shelf.drafts()
        assert "bp.readings" not in str(vault.shelf.draft(line.screening).steps)


def test_one_whose_pack_is_gone_is_opened_and_says_what_was_typed(qtbot: QtBot, home: Path) -> None:
    opening = of_today()
    keep(home, replace(opening, pack=replace(opening.pack, hash="gone")))
    with at(qtbot, home) as morning:
        morning.types(TYPED)
        assert f"Not recorded from the list, “{TYPED}”. The pack that it was begun with" in morning.news()


def test_what_waits_in_the_line_goes_with_what_is_erased(morning: Morning) -> None:
    line = morning.page.line.line
    QTest.keyClick(QApplication.focusWidget() or morning.page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(line, TYPED)
    clinic = morning.desk.program._clinic
    assert clinic is not None and list(clinic.half_written.values()) == [TYPED]
    clinic.show_home()
    morning.desk.page(HomePage)
    clinic._forget("SYN-0042")
    clinic.show_dose_day()
    assert morning.desk.page(DoseDayPage).line.text == ""
