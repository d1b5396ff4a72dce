"""Tables out of the records list: asked for on a page, written on a thread of its own, each record with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import polars
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from screener.records.record import build, canonical
from screener.store.audit import AuditLine, Wanted
from screener.store.deed_words import sentence
from screener.store.shelf import VaultShelf
from screener.store.vault import Vault
from screener.ui.exporting import Exporting, Which
from screener.ui.shell.export_page import ExportPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.save_page import SavePage
from screener.ui.shell.window import MainWindow
from tests.ui.desks import CLOCK, refuse, session_of, shipped, show_in_window
from tests.ui.test_log import press, says
from tests.ui.test_pages import nameless, twice

PASSPHRASE = "a plain passphrase"


class Room:
    """A vault with two signed screenings, one of them signed in two parts, and what exports them over its home."""

    def __init__(self, qtbot: QtBot, *, signed: bool = True) -> None:
        self._qtbot = qtbot
        self.vault = Vault.in_memory(CLOCK, name="Clinician A")
        shelf = self.vault.shelf
        if signed:
            one, other = session_of("esketamine-clinic"), session_of("ketamine-home")
            other.summarise("Sentinelword")
            first = shelf.begin(one.opening.to_json())
            shelf.seal_part(first, canonical(build(one)), {}, "")
            shelf.seal(first, canonical(build(one, part={"number": 2, "last": True, "earlier": []})), {}, "")
            second = shelf.begin(other.opening.to_json())
            shelf.seal(second, canonical(build(other)), {}, "")
        self.window: MainWindow = show_in_window(qtbot, HomePage("Clinician A"))
        self.exporting = Exporting(self.window, self.vault, CLOCK, shipped, lambda _: shipped())

    def close(self) -> None:
        self.exporting.end()
        self.vault.close()
        self.window.close()

    def offers(self) -> ExportPage:
        self.exporting.open()
        self._qtbot.waitUntil(lambda: isinstance(self.window.page, ExportPage))
        page = self.window.page
        assert isinstance(page, ExportPage)
        assert (nameless(page), twice(page)) == ([], [])
        return page

    def asks_where(self, form: str) -> SavePage:
        press(self.offers(), form)
        saving = self.window.page
        assert isinstance(saving, SavePage)
        assert (nameless(saving), twice(saving)) == ([], [])
        return saving

    def writes(self, saving: SavePage, path: Path) -> None:
        saving.path.setText(str(path))
        press(saving, "Write the file")
        self._qtbot.waitUntil(lambda: says(saving, f"Written: {path}"), timeout=60_000)

    def exports(self) -> list[AuditLine]:
        lines = self.vault.audit_page(Wanted(limit=100)).lines
        return [line for line in lines if line.deed in ("export", "read")]


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room(qtbot)
    yield made
    made.close()


def test_all_signed_screenings_become_tables_each_with_its_line_in_the_log(room: Room, tmp_path: Path) -> None:
    saving = room.asks_where("Table (CSV)")
    assert Path(saving.path.text()).name == "screenings 2026-11-23.csv"
    assert says(saving, "Leaves out reference, ids, names, notes and typed text")
    room.writes(saving, tmp_path / "all.csv")
    assert says(saving, f"2 screenings. Written: {tmp_path / 'all.csv'}")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["all-codebook.csv", "all-medicines.csv", "all.csv"]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text("utf-8-sig"), newline="")))
    assert [(row["pathway"], row["part"]) for row in rows] == [("esketamine-clinic", "2"), ("ketamine-home", "")]
    taken = room.exports()
    assert {line.subject for line in taken} == {row["record"] for row in rows}
    assert [sentence(line) for line in taken] == ["Took a signed record out as a row of a table."] * 2


def test_a_place_at_home_is_said_in_short(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    saving = room.asks_where("Table (CSV)")
    assert saving.path.text().startswith("~")
    saving.path.setText("~/all.csv")
    press(saving, "Write the file")
    room._qtbot.waitUntil(lambda: says(saving, "Written: ~/all.csv"), timeout=60_000)
    assert (tmp_path / "all.csv").exists()


def test_a_redacted_table_is_asked_for_by_a_box_and_says_so_in_the_log(room: Room, tmp_path: Path) -> None:
    saving = room.asks_where("Table (Parquet)")
    QTest.mouseClick(saving.tick, Qt.MouseButton.LeftButton)
    assert saving.tick.isChecked()
    room.writes(saving, tmp_path / "all.parquet")
    frame = polars.read_parquet(tmp_path / "all.parquet")
    assert frame.height == 2
    assert "reference" not in frame.columns
    assert (tmp_path / "all-summary.csv").exists()
    assert {line.details["kind"] for line in room.exports()} == {"redacted table"}


def test_where_nothing_is_signed_that_is_said_before_anything_is_asked(qtbot: QtBot) -> None:
    room = Room(qtbot, signed=False)
    page = room.offers()
    assert says(page, "No screening is signed yet. Open one, review it and sign it")
    assert page.choices == []
    home = room.window.base
    press(page, "Back")
    assert room.window.page is home
    for which in (Which(words="SYN"), Which(words="nobody")):
        room.exporting.open(which)
        qtbot.waitUntil(lambda: room.window.page is not home)
        asked = room.window.page
        assert isinstance(asked, ExportPage)
        assert asked.choices == []
        press(asked, "Back")
    room.close()


def test_whether_anything_is_signed_is_asked_without_reading_the_list(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VaultShelf, "records", refuse)
    assert len(room.offers().choices) == 2


def test_those_that_were_erased_meanwhile_are_missed_and_nothing_is_written(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = room.asks_where("Table (CSV)")
    monkeypatch.setattr(VaultShelf, "records", lambda *_, **__: [])
    saving.path.setText(str(tmp_path / "all.csv"))
    press(saving, "Write the file")
    room._qtbot.waitUntil(lambda: says(saving, "No screening is signed yet."))
    assert list(tmp_path.iterdir()) == []
    assert room.exports() == []


def test_what_is_still_being_written_when_the_records_are_locked_leaves_nothing(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving = room.asks_where("Table (CSV)")
    saving.path.setText(str(tmp_path / "all.csv"))
    monkeypatch.setattr(room.exporting, "_is_over", lambda: True)
    press(saving, "Write the file")
    room._qtbot.waitUntil(lambda: says(saving, "The records were closed before this was done."))
    assert list(tmp_path.iterdir()) == []


def test_esc_leads_back_step_by_step(room: Room) -> None:
    home = room.window.page
    room.window.activateWindow()
    room._qtbot.waitUntil(room.window.isActiveWindow)
    saving = room.asks_where("Table (CSV)")
    QTest.keyClick(saving, Qt.Key.Key_Escape)
    room._qtbot.waitUntil(lambda: isinstance(room.window.page, ExportPage))
    QTest.keyClick(room.window.page, Qt.Key.Key_Escape)
    room._qtbot.waitUntil(lambda: room.window.page is home)


def test_home_offers_it_to_whoever_may_take_records_out(qtbot: QtBot) -> None:
    from tests.ui.keeping import home_of

    page = home_of("clinician")
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.export):
        press(page, "Export…")
    without = home_of("administrator", administers=True)
    qtbot.addWidget(without)
    with pytest.raises(AssertionError, match="0 buttons"):
        press(without, "Export…")
